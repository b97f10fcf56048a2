import { present } from '../../../shared/invariant.ts';
import { endOfMonth, previousMonth } from '../../../shared/month.ts';
import { print } from '../../output.ts';
import type { StoryTeller } from '../story-teller.ts';
import { writeProviderFile } from './provider-file.ts';

const SHOWN_LINES = 3;

const RUN = /* GraphQL */ `
  query Run($id: ID!) {
    reconciliationRun(id: $id) {
      state
      report {
        lines
        totals { kind matched { count gross { amount } } unmatched { count } movementsMissing { count gross { amount } } }
        exceptionCounts { class count }
      }
    }
    reconciliationExceptions(filter: { runId: $id }) {
      edges { node { id class reason expected { amount } actual { amount } difference { amount } } }
    }
  }`;

const RESOLVE = /* GraphQL */ `
  mutation Resolve($input: ResolveExceptionInput!) {
    resolveException(input: $input) {
      ... on ResolveExceptionSuccess { exception { state ledgerTransactionId steps { from to by reason } } }
      ... on UserError { code message }
    }
  }`;

const BOOKED = /* GraphQL */ `
  query Booked {
    ledgerAccount(code: "platform:reconciliation", currency: "CNY") { balance { amount } }
  }`;

interface Run {
  readonly reconciliationExceptions: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly class: string } }[];
  };
}

/** What the provider says it settled last month, held against the books. */
export async function reconcileMonth(
  teller: StoryTeller,
  { period, timeZone }: { period: string; timeZone: string },
): Promise<void> {
  print(
    "The provider's file of last month: one payment is not in it, and one has another fee. What does the clerk see?",
  );
  const span = { from: endOfMonth(previousMonth(period), timeZone), until: endOfMonth(period, timeZone) };
  const file = await writeProviderFile(teller.product.platform, span);
  const path = `/reconciliation/files?profile=stripe&provider=sandbox&name=stripe-${period}.csv`;
  const { runId } = await teller.upload<{ runId: string }>(path, file);
  const lines = file.split('\n');
  teller.tell(`POST ${path}`, `${lines.slice(0, SHOWN_LINES).join('\n')}\n... ${lines.length - 2} lines`);
  await teller.waitForJobs();
  const { reconciliationExceptions } = await teller.show<Run>(RUN, { id: runId });
  const exceptions = reconciliationExceptions.edges.map(({ node }) => node);
  const fee = present(
    exceptions.find((exception) => exception.class === 'FEE_DIFFERS'),
    'the other fee',
  );
  print('The fee is as the provider says: an entry puts it into the books. The payment is waited for.');
  await teller.show(RESOLVE, {
    input: {
      exceptionId: fee.id,
      reason: 'The fee of a foreign card, as in the price list.',
      idempotencyKey: 'demo-other-fee',
    },
  });
  await teller.show(BOOKED);
}
