import { Command } from 'commander';
import type { LedgerVerification } from '../ledger/index.ts';
import { system } from '../shared/actor.ts';
import { print } from './output.ts';
import { progressView } from './progress-view.ts';
import { withPlatform } from './with-platform.ts';

const OPERATOR = system('cli');

/** `verify-ledger`: recomputes the books from their rows. The exit code is 1 when something is not as it was posted. */
export function verifyLedgerCommand(): Command {
  return new Command('verify-ledger')
    .description(
      'Recompute the books: every transaction balances, is what was posted, and is linked to the one before.',
    )
    .option('--json', 'print one JSON object', false)
    .action(({ json }: { json: boolean }) =>
      withPlatform(async ({ services, signal }) => {
        const startMs = performance.now();
        const verification = await withProgress((onProgress) =>
          services.ledgerVerification.verify(OPERATOR, { signal, onProgress }),
        );
        const seconds = Math.round(performance.now() - startMs) / 1_000;
        print(json ? toJson(verification, seconds) : toText(verification, seconds));
        if (verification.fault) process.exitCode = 1;
      }),
    );
}

type OnProgress = (progress: { stage: string; fraction: number }) => void;

async function withProgress<T>(work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work(() => undefined);
  const view = progressView();
  try {
    return await work(({ stage, fraction }) => view.show({ stage, fraction }));
  } finally {
    view.end();
  }
}

function toJson(verification: LedgerVerification, seconds: number): string {
  const { fault, ...counts } = verification;
  const named = fault && { ...fault, sequence: fault.sequence === null ? null : Number(fault.sequence) };
  return JSON.stringify({ isIntact: fault === null, fault: named, ...counts, seconds });
}

function toText({ fault, ...counts }: LedgerVerification, seconds: number): string {
  const { transactions, postings, links, unsealed, headHash } = counts;
  const seen = `${transactions} transactions with ${postings} postings, ${links} links, ${unsealed} without a link yet`;
  if (!fault) return `The ledger is intact: ${seen}. ${seconds} s.\nHead of the chain: ${headHash}`;
  const place = fault.sequence === null ? '' : ` at link ${fault.sequence}`;
  const what = fault.transactionId === null ? '' : `, transaction ${fault.transactionId}`;
  return `The ledger is BROKEN${place}${what}: ${fault.kind}. ${fault.detail}\nIntact before that: ${seen}.`;
}
