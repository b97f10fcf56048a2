import { globalId, localId } from '../../src/shared/global-id.ts';
import type { Random } from '../../src/shared/random.ts';
import { contractMutation, versionInput } from '../support/contract-operations.ts';
import { rawSql } from '../support/ledger.ts';
import { placeOrder, refundOrder } from '../support/order-operations.ts';
import { createBatch, moveBatch, recordResult } from '../support/payout-operations.ts';
import { aLearner } from '../support/people.ts';
import { aTouchpoint } from '../support/settlement.ts';
import type { Ledgerbook } from './ledgerbook.ts';
import type { RemoteApp } from './remote-app.ts';
import { anOldOrder, clausesOf, monthOfRound, type World } from './world.ts';

/** What deeds are done with. */
export interface Stage {
  readonly app: RemoteApp;
  readonly world: World;
  readonly random: Random;
  /** What was answered: it must be in the books afterwards, and nothing else may. */
  readonly book: Ledgerbook;
  readonly round: number;
}

/** Somebody buys what a campaign has shown them, and the sandbox collects by its webhook. */
export async function buy({ app, world, random, book }: Stage): Promise<void> {
  const learner = await aLearner(app);
  const ware = pick(world.wares, random);
  const [promoter] = world.parties.slice(1);
  const touch = { userId: learner.id, partnerId: promoter?.id ?? '', campaignId: world.campaignId };
  if (random.next() < 0.5) await aTouchpoint(app, touch);
  const paymentMethod = random.next() < 0.3 ? 'sandbox:slow' : 'sandbox:ok';
  const { order, code } = await placeOrder(app, learner, { contentIds: [ware.contentId], paymentMethod });
  if (!order) throw new Error(`No order was placed: ${code}`);
  book.orderIds.add(localId('Order', order.id));
}

/** The provider tells of a payment of the past. */
export async function payOld({ app, world, random, book, round }: Stage): Promise<void> {
  const { id, notice } = await anOldOrder(app, pick(world.wares, random), { month: monthOfRound(round), random });
  await app.notify(notice);
  book.orderIds.add(id);
}

/** A clerk gives a part of an earlier order back. */
export async function refund({ app, world, random, book }: Stage): Promise<void> {
  const order = await pickOrder(app, random, "state = 'PAID'");
  if (!order) return;
  const amountMinor = 1n + BigInt(Math.floor(random.next() * 3_000));
  const input = { orderId: globalId('Order', order), amountMinor, idempotencyKey: `refund-${app.platform.ids.next()}` };
  const answer = await refundOrder(app, pick(world.clerks, random), input);
  if (answer.order) book.refundKeys.add(input.idempotencyKey);
}

const DISPUTE = /* GraphQL */ `
  mutation ($input: TellSandboxDisputeInput!) {
    tellSandboxDispute(input: $input) { __typename ... on UserError { code message } }
  }`;

/** A buyer's bank takes a payment back, or gives one again. */
export async function dispute({ app, world, random }: Stage): Promise<void> {
  const [open] = await rawSql(app, `select order_id::text as id from chargebacks where state = 'OPEN' limit 1`);
  const untouched = 'not exists (select from chargebacks where order_id = orders.id)';
  const orderId = open ? String(open.id) : await pickOrder(app, random, `state = 'PAID' and ${untouched}`);
  if (!orderId) return;
  const event = open ? pick(['WON', 'WON', 'LOST'], random) : 'OPENED';
  const input = { orderId: globalId('Order', orderId), event };
  const { tellSandboxDispute: answer } = await app.query<{ tellSandboxDispute: { __typename: string; code?: string } }>(
    DISPUTE,
    { input },
    pick(world.clerks, random),
  );
  if (answer.__typename !== 'TellSandboxDisputeSuccess') throw new Error(`No dispute was told: ${answer.code}`);
}

const CLOSE = /* GraphQL */ `
  mutation ($input: String!) {
    closePeriod(period: $input) { __typename ... on UserError { code message } }
  }`;

/** The month before the one whose sales come to light now is closed. */
export async function closeMonth({ app, world, random, book, round }: Stage): Promise<void> {
  if (round === 0) return;
  const period = monthOfRound(round - 1);
  const { closePeriod: answer } = await app.query<{ closePeriod: { __typename: string; code?: string } }>(
    CLOSE,
    { input: period },
    pick(world.clerks, random),
  );
  // Asked again after a failure, it may be closed already.
  if (answer.code !== undefined && answer.code !== 'PERIOD_CLOSED') throw new Error(`Not closed: ${answer.code}`);
  book.months.add(period);
}

/** Partners are paid: proposed, approved by a second person, sent, and answered by the bank. */
export async function payOut({ app, world, random, book }: Stage): Promise<void> {
  const [proposer, approver] = world.clerks;
  const { batch } = await createBatch(app, proposer, { currency: pick(['CNY', 'CNY', 'USD'], random) });
  if (!batch) return;
  const { id: batchId } = batch;
  if (!(await approved(app, approver, batchId))) return;
  await moved(moveBatch(app, proposer, { step: 'send', batchId }));
  for (const { node } of batch.payouts.edges) {
    const payoutId = node.id;
    const outcome = pick(['PAID', 'PAID', 'PAID', 'FAILED'] as const, random);
    const { payout, code } = await recordResult(app, proposer, { payoutId, outcome });
    if (!payout) throw new Error(`No answer of the bank was recorded: ${code}`);
    if (outcome === 'PAID') book.paidPayoutIds.add(localId('Payout', payoutId));
    if (outcome === 'PAID' && random.next() < 0.2) await recordResult(app, approver, { payoutId, outcome: 'RETURNED' });
  }
}

/** A refund or a chargeback that came in between makes a batch stale: it is called off, and planned again another time. */
async function approved(app: RemoteApp, approver: Stage['world']['clerks'][number], batchId: string): Promise<boolean> {
  const { batch, code } = await moveBatch(app, approver, { step: 'approve', batchId });
  if (batch) return true;
  if (code !== 'STALE_BATCH') throw new Error(`A batch was not approved: ${code}`);
  await moved(moveBatch(app, approver, { step: 'cancel', batchId, reason: 'Balances moved meanwhile.' }));
  return false;
}

async function moved(step: ReturnType<typeof moveBatch>): Promise<void> {
  const { batch, code } = await step;
  if (!batch) throw new Error(`A batch did not move on: ${code}`);
}

/** Both sides sign a version that reaches back over what was sold so far. */
export async function amendBack({ app, world, random, book, round }: Stage): Promise<void> {
  const { contractId, parties, clerks } = world;
  const id = globalId('Contract', contractId);
  const effectiveFrom = `${monthOfRound(Math.max(0, round - 6))}-01T00:00:00Z`;
  const terms = clausesOf(parties[1]?.id ?? '', String(20 + Math.floor(random.next() * 20)));
  const amended = { contractId: id, ...versionInput({ effectiveFrom, terms: terms.map(asInput) }) };
  const [next] = await rawSql(
    app,
    `select max(number)::int + 1 as number from contract_versions where contract_id = '${contractId}'`,
  );
  const versionNumber = Number(next?.number);
  await contractMutation(app, 'amendContract', { input: amended, token: clerks[0].token });
  for (const { globalId: partnerId, owner } of parties) {
    const input = { contractId: id, partnerId, versionNumber, reason: 'Agreed.' };
    await contractMutation(app, 'acceptContract', { input, token: owner.token });
  }
  book.versionNumbers.add(versionNumber);
}

function asInput({ partnerId, ...term }: ReturnType<typeof clausesOf>[number]) {
  return partnerId ? { ...term, partnerId: globalId('Partner', partnerId) } : term;
}

async function pickOrder(app: RemoteApp, random: Random, condition: string): Promise<string | null> {
  const rows = await rawSql(app, `select id::text as id from orders where ${condition} order by id`);
  return rows.length === 0 ? null : String(pick(rows, random).id);
}

export function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[Math.floor(random.next() * values.length)];
  if (value === undefined) throw new Error('There is nothing to pick from.');
  return value;
}
