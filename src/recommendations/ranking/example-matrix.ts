import { CsrMatrix } from '../../math/sparse/index.ts';
import { FEATURE_COUNT, FEATURES } from '../feed/features.ts';
import {
  type Category,
  contentCategories,
  momentCategories,
  positionBucket,
  RankerColumns,
  type RankerLayout,
} from './ranker-columns.ts';
import type { ShownExamplesLog } from './shown-examples.ts';

/** A category that fewer people met is none: what one of them does would show in what others see. */
const LEAST_PEOPLE = 10;
/** Room for each example: all features, twice, its place, and a category of each field. */
const WIDEST = 2 * FEATURE_COUNT + 1 + 6;

/** The columns that the first examples, up to `end`, give cause for. */
export function layoutOf(log: ShownExamplesLog, end: number): RankerLayout {
  const people = new Map<string, { category: Category; users: Set<number> }>();
  const note = (category: Category, user: number) => {
    const key = JSON.stringify(category);
    const known = people.get(key) ?? { category, users: new Set() };
    // More need not be counted.
    if (known.users.size < LEAST_PEOPLE) known.users.add(user);
    people.set(key, known);
  };
  const ofContent = log.contents.map(contentCategories);
  for (const feed of log.feeds) {
    if (feed.to > end) break;
    if (feed.from === feed.to) continue;
    for (const category of momentCategories(feed)) note(category, feed.user);
    for (let e = feed.from; e < feed.to; e++) {
      for (const category of ofContent[log.content[e] as number] as Category[]) note(category, feed.user);
    }
  }
  const known = [...people].filter(([, { users }]) => users.size >= LEAST_PEOPLE);
  known.sort(([one], [other]) => (one < other ? -1 : 1));
  return { featureNames: FEATURES, categories: known.map(([, { category }]) => category) };
}

/** The first examples, up to `end`, by the columns of a layout. */
export function matrixOf(log: ShownExamplesLog, { layout, end }: { layout: RankerLayout; end: number }): CsrMatrix {
  const columns = new RankerColumns(layout);
  const ofContent = log.contents.map((content) => columns.of(contentCategories(content)));
  const offsets = new Int32Array(end + 1);
  const indices = new Int32Array(end * WIDEST);
  const values = new Float64Array(end * WIDEST);
  let at = 0;
  const put = (column: number, value: number) => {
    indices[at] = column;
    values[at] = value;
    at++;
  };
  for (const feed of log.feeds) {
    if (feed.to > end) break;
    const ofMoment = columns.of(momentCategories(feed));
    for (let e = feed.from; e < feed.to; e++) {
      for (let f = 0; f < FEATURE_COUNT; f++) {
        const value = log.features[e * FEATURE_COUNT + f] as number;
        if (value === 0) continue;
        put(columns.valueOf(f), value);
        put(columns.presenceOf(f), 1);
      }
      put(columns.ofBucket(positionBucket(log.position[e] as number)), 1);
      const categories = [...(ofContent[log.content[e] as number] as number[]), ...ofMoment];
      for (const column of categories.sort((one, other) => one - other)) put(column, 1);
      offsets[e + 1] = at;
    }
  }
  return CsrMatrix.fromParts({
    rowCount: end,
    columnCount: columns.count,
    offsets,
    columns: indices.slice(0, at),
    values: values.slice(0, at),
  });
}
