import { globalId } from '../../src/shared/global-id.ts';
import type { TestApp } from './test-app.ts';

const MOVED = /* GraphQL */ `
  __typename
  ... on MoveContentSuccess { content { id state publishedAt } }
  ... on UserError { code message }
  ... on InvalidInputError { field }
  ... on IllegalTransitionError { from to }
  ... on QualityRulesError { findings { rule message } }`;

const operations = {
  submitContent: `mutation ($id: ID!) { submitContent(contentId: $id) { ${MOVED} } }`,
  publishContent: `mutation ($id: ID!) { publishContent(contentId: $id) { ${MOVED} } }`,
  withdrawContent: `mutation ($id: ID!, $reason: String! = "Out of date.") {
    withdrawContent(input: { contentId: $id, reason: $reason }) { ${MOVED} }
  }`,
  screenContent: `mutation ($id: ID!, $verdict: ScreeningVerdict!, $reasons: [String!]! = []) {
    screenContent(input: { contentId: $id, verdict: $verdict, reasons: $reasons }) { ${MOVED} }
  }`,
};

/** Moves a content through the API. @param contentId its local id */
export async function moveContent(
  app: TestApp,
  actor: { readonly token: string } | undefined,
  move: { operation: keyof typeof operations; contentId: string; verdict?: string; reasons?: string[] },
): Promise<Record<string, unknown>> {
  const { operation, contentId, ...variables } = move;
  const id = globalId('Content', contentId);
  const data = await app.query<Record<string, Record<string, unknown>>>(
    operations[operation],
    { id, ...variables },
    actor ?? {},
  );
  return data[operation] ?? {};
}
