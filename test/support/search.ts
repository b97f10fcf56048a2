import type { TestApp } from './test-app.ts';

export interface SearchedFor {
  readonly query: string;
  readonly first?: number;
  readonly after?: string | null;
  readonly domains?: readonly string[];
  readonly modules?: readonly string[];
  readonly kinds?: readonly string[];
  readonly languages?: readonly string[];
}

export interface Found {
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: { readonly score: number; readonly content: { readonly title: string } };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export const SEARCH = /* GraphQL */ `
  query ($query: String!, $first: Int! = 20, $after: String, $domains: [String!], $modules: [Module!],
      $kinds: [ContentKind!], $languages: [String!]) {
    search(query: $query, first: $first, after: $after, domains: $domains, modules: $modules, kinds: $kinds,
        languages: $languages) {
      edges { cursor node { score content { title partner { name } } } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

/** Searches through the API, as nobody unless `viewer` is given. */
export async function search(
  app: TestApp,
  { viewer, ...asked }: SearchedFor & { viewer?: { readonly token: string } },
): Promise<Found> {
  return (await app.query<{ search: Found }>(SEARCH, asked, viewer ?? {})).search;
}

/** The titles that a search finds, best first. */
export async function titlesFor(app: TestApp, query: string, rest: Partial<SearchedFor> = {}): Promise<string[]> {
  return (await search(app, { ...rest, query })).edges.map(({ node }) => node.content.title);
}
