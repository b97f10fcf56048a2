import { csvOf, STRIPE_COLUMNS } from './settlement-files.ts';
import type { TestApp } from './test-app.ts';

/** What the upload answered. */
export interface UploadAnswer {
  readonly status: number;
  readonly runId: string;
  readonly jobId: string;
  readonly isNew: boolean;
  readonly errors?: readonly { message: string; extensions: { code: string } }[];
}

export async function uploadFile(
  app: TestApp,
  who: { token?: string },
  content: string | Buffer,
  query: Record<string, string> = {},
): Promise<UploadAnswer> {
  const headers = who.token === undefined ? {} : { authorization: `Bearer ${who.token}` };
  const answer = await app.server.inject({
    method: 'POST',
    url: '/reconciliation/files',
    query: { profile: 'stripe', provider: 'sandbox', name: 'october.csv', ...query },
    headers: { ...headers, 'content-type': 'text/csv' },
    payload: Buffer.from(content),
  });
  return { status: answer.statusCode, ...answer.json() };
}

/** A line in Stripe's layout. Amounts in major units. */
export interface StripeLine {
  readonly txn: string;
  readonly at?: Date;
  readonly category: 'charge' | 'refund' | 'dispute' | 'dispute_reversal' | 'payout' | 'fee' | 'topup';
  readonly gross: string;
  readonly fee?: string;
  readonly net?: string;
  readonly currency?: string;
  readonly source?: string;
  readonly charge?: string;
  readonly payout?: string;
  readonly order?: string;
}

export function stripeFile(lines: readonly StripeLine[], at: Date): string {
  return csvOf(
    STRIPE_COLUMNS,
    lines.map((line) => stripeRow(line, at)),
  );
}

function stripeRow(line: StripeLine, at: Date): Record<string, string> {
  const { gross, fee = '0.00', currency = 'cny' } = line;
  return {
    balance_transaction_id: line.txn,
    created: (line.at ?? at).toISOString().slice(0, 19).replace('T', ' '),
    currency,
    gross,
    fee,
    net: line.net ?? (/^-?[\d.]+$/.test(gross) ? decimal(cents(gross) - cents(fee)) : gross),
    reporting_category: line.category,
    source_id: line.source ?? '',
    charge_id: line.charge ?? '',
    automatic_payout_id: line.payout ?? '',
    'payment_metadata[order_id]': line.order ?? '',
  };
}

export function cents(text: string): bigint {
  return BigInt(text.replace('.', ''));
}

/** Minor units of a currency with two decimals as text. */
export function decimal(minor: bigint): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const RUN = /* GraphQL */ `
  query ($id: ID!) {
    reconciliationRun(id: $id) {
      state failure
      report {
        lines unreadableLines
        exceptionCounts { class count }
        totals {
          currency kind
          lines { ...sum } matched { ...sum } unmatched { ...sum } repeated { ...sum } other { ...sum }
          movements { ...sum } movementsMatched { ...sum } movementsMissing { ...sum }
        }
      }
    }
    reconciliationExceptions(filter: { runId: $id }, first: 100) {
      edges { node {
        id class state lineNumber reference reason
        expected { amount } actual { amount } difference { amount } ledgerTransactionId steps { from to by reason }
      } }
    }
  }
  fragment sum on ReconciliationSum { count gross { minor } }`;

interface Sum {
  readonly count: number;
  readonly gross: { readonly minor: string };
}

export interface SeenException {
  readonly id: string;
  readonly class: string;
  readonly state: string;
  readonly lineNumber: number | null;
  readonly reference: string | null;
  readonly reason: string;
  readonly expected: { readonly amount: string } | null;
  readonly actual: { readonly amount: string } | null;
  readonly difference: { readonly amount: string } | null;
  readonly ledgerTransactionId: string | null;
  readonly steps: readonly { from: string | null; to: string; by: string; reason: string }[];
}

type Totals = Readonly<
  Record<
    'lines' | 'matched' | 'unmatched' | 'repeated' | 'other' | 'movements' | 'movementsMatched' | 'movementsMissing',
    Sum
  >
> & { readonly currency: string; readonly kind: string };

export interface SeenRun {
  readonly state: string;
  readonly failure: string | null;
  readonly report: { readonly lines: number; readonly totals: readonly Totals[] } | null;
  readonly exceptions: readonly SeenException[];
}

/** What finance sees of a run. @param id the run's global id */
export async function seeRun(app: TestApp, who: { token: string }, id: string): Promise<SeenRun> {
  const seen = await app.query<{
    reconciliationRun: Omit<SeenRun, 'exceptions'>;
    reconciliationExceptions: { edges: { node: SeenException }[] };
  }>(RUN, { id }, who);
  const exceptions = seen.reconciliationExceptions.edges.map(({ node }) => node);
  return { ...seen.reconciliationRun, exceptions };
}

/** Uploads a file and waits until it was dealt with. */
export async function reconciled(
  app: TestApp,
  who: { token: string },
  content: string,
  query: Record<string, string> = {},
): Promise<SeenRun & { id: string }> {
  const { runId } = await uploadFile(app, who, content, query);
  await app.drainJobs();
  return { id: runId, ...(await seeRun(app, who, runId)) };
}

/** Classes with the lines that they are about, in the order in which they were found. */
export function classesOf({ exceptions }: SeenRun): string[] {
  return exceptions.map(({ class: name, lineNumber }) => `${name} ${lineNumber}`);
}

/** The parts of a run's totals that do not add up; none should. */
export function wrongTotals({ report }: SeenRun): unknown[] {
  const minor = (sum: Sum) => [BigInt(sum.count), BigInt(sum.gross.minor)] as const;
  return (report?.totals ?? []).filter((row) => {
    const isSum = (whole: Sum, parts: readonly Sum[]) =>
      [0, 1].every((at) => parts.reduce((sum, part) => sum + (minor(part)[at] ?? 0n), 0n) === minor(whole)[at]);
    const file = isSum(row.lines, [row.matched, row.unmatched, row.repeated, row.other]);
    return !file || !isSum(row.movements, [row.movementsMatched, row.movementsMissing]);
  });
}

/** Balance of an account, debit positive, summed from its postings. */
export async function balanceOf(app: TestApp, code: string, currency = 'CNY'): Promise<bigint> {
  const [row] = await app.platform.database.orm.em.fork().execute<{ balance: string }[]>(
    `select coalesce(sum(amount_minor), 0)::text as balance
     from ledger_postings posting join ledger_accounts account on account.id = posting.account_id
     where account.code = ? and posting.currency = ?`,
    [code, currency],
  );
  return BigInt(row?.balance ?? 0);
}
