import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import {
  type Cursor,
  encodeCursor,
  MAX_PAGE_SIZE,
  type Page,
  type PageRequest,
  pageRequest,
} from '../../src/shared/page.ts';
import { build } from './build.ts';

@ObjectType('PageInfo', { description: 'Where a page stands within its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  readonly hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Always false: lists are paged forward.' })
  readonly hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge; absent when the page is empty.' })
  readonly startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge, for the next "after".' })
  readonly endCursor: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: `How many, from 1 to ${MAX_PAGE_SIZE}.` })
  readonly first: number;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge seen; absent for the first page.' })
  readonly after?: string | null;

  toRequest(): PageRequest {
    return pageRequest(this.first, this.after);
  }
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
}

/** The edge and connection types of a list of `node`, by the Relay specification. */
export function connectionOf<Node extends object>(name: string, node: () => new () => Node) {
  @ObjectType(`${name}Edge`, { description: `A ${name} within a list.`, simpleResolvers: true })
  class EdgeType implements Edge<Node> {
    @Field(() => String, { description: 'Opaque place of this edge in the list.' })
    readonly cursor: string;

    @Field(node, { description: `The ${name}.` })
    readonly node: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.`, simpleResolvers: true })
  class ConnectionType implements Connection<Node> {
    @Field(() => [EdgeType], { description: 'The page, in the order of the list.' })
    readonly edges: readonly EdgeType[];

    @Field(() => PageInfo, { description: 'Where the page stands within the list.' })
    readonly pageInfo: PageInfo;
  }
  return ConnectionType;
}

/** Turns a page of rows into a connection. */
export function toConnection<Row, Node>(
  page: Page<Row>,
  convert: { node: (row: Row) => Node; cursor: (row: Row) => Cursor },
): Connection<Node> {
  const edges = page.rows.map((row) => ({ cursor: encodeCursor(convert.cursor(row)), node: convert.node(row) }));
  const pageInfo = build(PageInfo, {
    hasNextPage: page.hasNextPage,
    hasPreviousPage: false,
    startCursor: edges.at(0)?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  });
  return { edges, pageInfo };
}
