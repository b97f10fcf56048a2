import { present } from '../../../shared/invariant.ts';
import { checkProof } from '../../../statements/index.ts';
import { print } from '../../output.ts';
import type { StoryTeller } from '../story-teller.ts';

const PARTNERS = /* GraphQL */ `
  query Partners { partners(first: 50) { edges { node { id } } } }`;

const FIND_LINES = /* GraphQL */ `
  query FindLines($partnerId: ID!, $period: String!, $after: String) {
    statement(partnerId: $partnerId, period: $period) {
      lines(first: 100, after: $after) {
        edges { cursor node { trace { touchpoint { channel } } } }
        pageInfo { endCursor hasNextPage }
      }
    }
  }`;

const STATEMENT = /* GraphQL */ `
  query Statement($partnerId: ID!, $period: String!, $after: String) {
    statement(partnerId: $partnerId, period: $period) {
      partner { name }
      closedAt
      opening { amount }
      totals { kind count amount { amount } }
      closing { amount }
      merkleRoot
      lines(first: 1, after: $after) {
        edges {
          node {
            kind
            amount { amount }
            trace {
              explanation
              order { price { amount } content { title } }
              payment { provider reference fee { amount } }
              contract { name versionNumber term { clause description } }
              touchpoint { campaignName partner { name } channel kind occurredAt credit }
              recompute { equal amount { amount } }
            }
          }
        }
      }
    }
  }`;

const PROOF = /* GraphQL */ `
  query Proof($partnerId: ID!, $period: String!, $after: String) {
    statement(partnerId: $partnerId, period: $period) {
      merkleRoot
      lines(first: 1, after: $after) { edges { node { proof { leaf index size path root } } } }
    }
  }`;

interface LinesOf<Node> {
  readonly statement: {
    readonly merkleRoot: string | null;
    readonly lines: {
      readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
      readonly pageInfo: { readonly hasNextPage: boolean };
    };
  } | null;
}

interface Place extends Record<string, unknown> {
  readonly partnerId: string;
  readonly period: string;
  /** Cursor of the line before. */
  readonly after: string | null;
}

/** A closed statement, a line of it back to the click, and its proof, checked without the database. */
export async function traceStatement(teller: StoryTeller, period: string): Promise<void> {
  print('After the month: a statement, and a line of it that a campaign earned, back to the click and the clause.');
  const place = await findTouchedLine(teller, period);
  await teller.show(STATEMENT, place);
  print('Its root was noted when the month was closed. Is the line what it was then? The file alone says.');
  const { statement } = await teller.ask<LinesOf<{ proof: { leaf: string; path: string[] } }>>(PROOF, place);
  const { merkleRoot, lines } = present(statement, 'the statement');
  const { proof } = present(lines.edges[0], 'the line').node;
  const { holds, detail } = checkProof(proof, merkleRoot ?? undefined);
  const leaf = `leaf  ${proof.leaf}\npath  ${proof.path.length} hashes`;
  teller.tell(
    `$ npm run --silent cli -- verify-proof proof.json --root ${merkleRoot}`,
    `${leaf}\n${holds ? 'The proof holds.' : 'The proof DOES NOT HOLD.'} ${detail}`,
  );
}

/** Looks through the statements of a month for a line that a touchpoint earned. */
async function findTouchedLine(teller: StoryTeller, period: string): Promise<Place> {
  const { partners } = await teller.ask<{ partners: { edges: { node: { id: string } }[] } }>(PARTNERS);
  for (const { node: partner } of partners.edges) {
    const after = await cursorBeforeTouched(teller, { partnerId: partner.id, period });
    if (after !== undefined) return { partnerId: partner.id, period, after };
  }
  throw new Error(`No statement of ${period} has a line that a campaign earned.`);
}

/** @returns undefined when no line of the statement was earned by a touchpoint */
async function cursorBeforeTouched(
  teller: StoryTeller,
  of: { partnerId: string; period: string },
): Promise<string | null | undefined> {
  let before: string | null = null;
  for (let more = true; more; ) {
    type Touched = LinesOf<{ trace: { touchpoint: object | null } }>;
    const { statement }: Touched = await teller.ask<Touched>(FIND_LINES, { ...of, after: before });
    for (const { cursor, node } of statement?.lines.edges ?? []) {
      if (node.trace.touchpoint) return before;
      before = cursor;
    }
    more = statement?.lines.pageInfo.hasNextPage ?? false;
  }
  return undefined;
}
