import { globalId } from '../../src/shared/global-id.ts';
import { aContent, type ContentOptions } from './contents.ts';
import { recordInteractions } from './interactions.ts';
import { aLearner, type TestPerson } from './people.ts';
import type { TestApp } from './test-app.ts';

export interface TestFeedItem {
  readonly cursor: string;
  readonly contentId: string;
  readonly title: string;
  readonly score: number;
  readonly isDiscovery: boolean;
  readonly reasons: readonly { readonly kind: string; readonly text: string; readonly because: string | null }[];
}

export interface TestFeed {
  readonly items: readonly TestFeedItem[];
  readonly ids: readonly string[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export interface FeedVariables {
  readonly first?: number;
  readonly after?: string | null;
  readonly modules?: readonly string[];
  readonly domains?: readonly string[];
  readonly kinds?: readonly string[];
  readonly languages?: readonly string[];
}

export const FEED = /* GraphQL */ `
  query ($first: Int, $after: String, $modules: [Module!], $domains: [String!], $kinds: [ContentKind!], $languages: [String!]) {
    viewer {
      feed(first: $first, after: $after, modules: $modules, domains: $domains, kinds: $kinds, languages: $languages) {
        edges {
          cursor
          node { score isDiscovery content { id title } reasons { kind text content { id } } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

interface FeedData {
  readonly viewer: {
    readonly feed: {
      readonly edges: readonly {
        readonly cursor: string;
        readonly node: {
          readonly score: number;
          readonly isDiscovery: boolean;
          readonly content: { readonly id: string; readonly title: string };
          readonly reasons: readonly { kind: string; text: string; content: { id: string } | null }[];
        };
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/** A page of a person's feed through the API, with local identifiers. */
export async function feedOf(app: TestApp, person: TestPerson, variables: FeedVariables = {}): Promise<TestFeed> {
  const { viewer } = await app.query<FeedData>(FEED, { first: 20, ...variables }, { token: person.token });
  const items = viewer.feed.edges.map(({ cursor, node }) => ({
    cursor,
    contentId: localOf(node.content.id),
    title: node.content.title,
    score: node.score,
    isDiscovery: node.isDiscovery,
    reasons: node.reasons.map(({ kind, text, content }) => ({ kind, text, because: content && localOf(content.id) })),
  }));
  return { items, ids: items.map((item) => item.contentId), ...viewer.feed.pageInfo };
}

/** Every page, one after the other. */
export async function wholeFeedOf(app: TestApp, person: TestPerson, variables: FeedVariables = {}): Promise<TestFeed> {
  const items: TestFeedItem[] = [];
  let after: string | null = null;
  for (;;) {
    const page: TestFeed = await feedOf(app, person, { ...variables, after });
    items.push(...page.items);
    if (!page.hasNextPage) return { ...page, items, ids: items.map((item) => item.contentId) };
    after = page.endCursor;
  }
}

function localOf(id: string): string {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const prefix = 'Content:';
  if (!text.startsWith(prefix) || globalId('Content', text.slice(prefix.length)) !== id) throw new Error(text);
  return text.slice(prefix.length);
}

const DAY_MS = 86_400_000;

/** Contents published a day apart, the last one now. */
export async function someContents(app: TestApp, count: number, options: ContentOptions = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at++) {
    const publishedAt = new Date(app.clock.now().getTime() - (count - 1 - at) * DAY_MS);
    ids.push((await aContent(app, { title: `Content ${at}`, publishedAt, ...options })).id);
  }
  return ids;
}

export function like(app: TestApp, person: TestPerson, ...contentIds: string[]): Promise<unknown> {
  const events = contentIds.map((contentId) => ({ contentId, kind: 'LIKE' as const }));
  return recordInteractions(app, person, events);
}

/** Somebody who likes all of these, so that they go together. */
export async function fan(app: TestApp, ...contentIds: string[]): Promise<void> {
  await like(app, await aLearner(app), ...contentIds);
}

/** One statement, beside the product. */
export async function execute(app: TestApp, statement: string, values: unknown[] = []): Promise<void> {
  await app.platform.database.pool.query(statement, values);
}

/** A list as it is kept, the last one made first. */
export interface KeptFeed {
  readonly shown: number;
  readonly contentIds: readonly string[];
  readonly sources: readonly string[];
  readonly propensities: readonly number[];
  readonly scores: readonly number[];
  readonly features: readonly number[];
  readonly versionId: string | null;
}

export async function keptFeedsOf(app: TestApp, person: TestPerson): Promise<KeptFeed[]> {
  const { rows } = await app.platform.database.pool.query<KeptFeed>(
    `select shown, content_ids::text[] as "contentIds", sources, propensities, scores, features,
      version_id as "versionId"
    from feeds where user_id = $1 order by id desc`,
    [person.id],
  );
  return rows;
}
