import type { CsrMatrix } from '../sparse/index.ts';
import type { NeighbourLists, RowBlock } from './neighbour-lists.ts';

/** How alike the rows of a matrix are, cut to the most similar ones of each. */
export interface SimilarityMeasure {
  readonly name: string;

  /**
   * The most similar other rows of each row of the block, best first, equal ones in the order of their index; only
   * positive similarities. Blocks are independent of one another: however the rows are cut, the lists are the same to
   * the bit, so that shards may run anywhere.
   *
   * @param matrix One row for each thing that is compared: items by users for the similarity of items.
   * @throws RangeError when the block is not within the rows.
   */
  similarRows(matrix: CsrMatrix, block: RowBlock): NeighbourLists;
}
