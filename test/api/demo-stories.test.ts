import { afterEach, expect, it, vi } from 'vitest';
import { tellStories } from '../../src/bin/demo/tell-stories.ts';

afterEach(() => vi.restoreAllMocks());

/** Amounts as the answers have them, from `from` on up to `to`. */
function amountsBetween(text: string, { from, to }: { from: string; to: string }): bigint[] {
  const part = text.slice(text.indexOf(from), text.indexOf(to, text.indexOf(from)));
  return [...part.matchAll(/\{"amount": \{"amount": "(-?[\d.]+)"\}, "party"/g)].map(([, amount = '']) =>
    BigInt(amount.replace('.', '')),
  );
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

it('tells what a finance clerk does in a month, and every answer is the one that the story speaks of', async () => {
  let told = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    told += chunk;
    return true;
  });
  await tellStories({ today: new Date('2026-11-20T12:00:00Z'), only: 'finance' });
  expect(told).toContain('30% of 100.00 CNY and 25% of 199.00 CNY above 10000.00 CNY');
  expect(told).toContain('"recompute": {"equal": true');
  expect(told).toContain('The proof holds.');
  const refund = amountsBetween(told, { from: 'A buyer gets 50.00 back', to: 'And then the bank' });
  const chargeback = amountsBetween(told, { from: 'And then the bank', to: 'query Returned' });
  expect([sum(refund), sum(chargeback)]).toEqual([-5_000n, -4_900n]);
  expect(told).toMatch(/"returned": \{"amount": "99.00"\},\s+"refundable": \{"amount": "0.00"\}/);
  expect(told).toContain('"balance": {"amount": "65.00"}');
  expect(told).toContain('"reason": "NO_PAYOUT_DETAILS"');
  expect(told).toContain('"code": "SAME_PERSON"');
  expect(told).toContain('payout_id,partner,beneficiary,account,country,amount,currency,reference');
  expect(told).toContain('The bank answered: 10 of 10 are paid.');
  expect(told).toContain('"state": "COMPLETED"');
  expect(told).toContain('{"class": "FEE_DIFFERS", "count": 1}, {"class": "MISSING_IN_FILE", "count": 1}]');
  expect(told).toContain('"state": "RESOLVED"');
  expect(told).toContain('"balance": {"amount": "0.40"}');
  expect(told).toMatch(/"isIntact": true,\s+"fault": null/);
  expect(told).toContain('"unsealed": 0');
}, 180_000);
