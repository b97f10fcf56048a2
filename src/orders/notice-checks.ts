import { WebhookRefusedError } from './webhook.errors.ts';

interface Sum {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** @throws WebhookRefusedError with `MISMATCH` when a provider speaks of another sum than ours */
export function requireSameSum(ours: Sum, theirs: Sum): void {
  if (ours.amountMinor === theirs.amountMinor && ours.currency === theirs.currency) return;
  throw new WebhookRefusedError('MISMATCH', 'The amount or currency is not the one that was asked for.');
}
