import { describe, expect, it } from 'vitest';
import { SandboxProvider, sandboxFeeMinor, type WebhookPost } from '../../../src/orders/index.ts';
import { ManualClock } from '../../../src/shared/clock.ts';

const clock = new ManualClock(new Date('2026-11-01T08:00:00Z'));
const paymentId = '01933d2e-0000-7000-8000-000000000001';
const charge = { paymentId, method: 'sandbox:ok', amountMinor: 9_900n, currency: 'CNY' };

function aSandbox(status = 200) {
  const posts: WebhookPost[] = [];
  const deliver = async (post: WebhookPost) => {
    posts.push(post);
    return status;
  };
  return { posts, provider: new SandboxProvider({ clock, secret: 'a secret of the tests', deliver }) };
}

describe('the sandbox payment provider', () => {
  it('keeps 0.6 %, rounded half up', () => {
    expect([0n, 83n, 84n, 250n, 9_900n, 1_000_000n].map(sandboxFeeMinor)).toEqual([0n, 0n, 1n, 2n, 59n, 6_000n]);
  });

  it('reads its own webhooks: a capture with its fee, a decline with its reason, a refund', async () => {
    const { posts, provider } = aSandbox();
    await provider.charge(charge);
    await provider.charge({ ...charge, method: 'sandbox:decline' });
    await provider.payBack({ refundId: paymentId, paymentReference: 'x', amountMinor: 9_900n, currency: 'CNY' });
    const sum = { amountMinor: 9_900n, currency: 'CNY', occurredAt: clock.now() };
    expect(posts.map((post) => provider.readNotice(post))).toEqual([
      expect.objectContaining({ ...sum, type: 'PAYMENT_CAPTURED', paymentId, feeMinor: 59n }),
      expect.objectContaining({ ...sum, type: 'PAYMENT_FAILED', paymentId, failure: expect.any(String) }),
      expect.objectContaining({ ...sum, type: 'REFUND_SUCCEEDED', refundId: paymentId }),
    ]);
  });

  it('tells of the same payment under the same names, however often it is asked', async () => {
    const { posts, provider } = aSandbox();
    const first = await provider.charge(charge);
    expect(await provider.charge(charge)).toEqual(first);
    const [one, two] = posts.map((post) => provider.readNotice(post));
    expect(two).toEqual(one);
  });

  it('does not acknowledge a request whose webhook was not accepted', async () => {
    const { provider } = aSandbox(500);
    await expect(provider.charge(charge)).rejects.toThrow('was answered with 500');
  });

  it('takes the methods that it documents and no others', () => {
    const { provider } = aSandbox();
    const methods = ['sandbox:ok', 'sandbox:decline', 'sandbox:', 'sandbox', 'SANDBOX:OK', 'toString'];
    expect(methods.filter((method) => provider.accepts(method))).toEqual(['sandbox:ok', 'sandbox:decline']);
  });
});
