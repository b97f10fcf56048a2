import { sql } from 'kysely';
import { bulkInsert } from '../../src/platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../../src/platform/database.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { createServices, type Services } from '../../src/services.ts';
import { system } from '../../src/shared/actor.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { hashPassword } from '../../src/users/index.ts';
import { agreementRows } from './agreement-rows.ts';
import { behaviourRows } from './behaviour-rows.ts';
import { catalogueRows, type Row } from './catalogue-rows.ts';
import { buildDemoScenario } from './scenario.ts';
import type { DemoScenario } from './scenario.types.ts';

const LOADER = system('demo');
const ORDERS_A_TRANSACTION = 500;

/**
 * Writes the scenario as of the platform's clock into an empty database: what people did in bulk, and what follows from
 * it (the books, statements, credit, figures, the similarity model) by the services that do it every day.
 */
export async function loadDemo(platform: Platform): Promise<DemoScenario> {
  const scenario = buildDemoScenario({ endsAt: platform.clock.now() });
  const passwordHash = await hashPassword(scenario.password);
  await platform.database.transaction(async (em) => {
    await insertAll(em, catalogueRows(scenario, passwordHash));
    await insertAll(em, agreementRows(scenario));
    await insertAll(em, behaviourRows(scenario));
  });
  const clock = new ManualClock(scenario.startsAt);
  const services = createServices({ ...platform, clock });
  await keepBooks(scenario, services, clock);
  await deriveFigures(scenario, services);
  return scenario;
}

/** Tells the planner at once what a table holds: what is read next of three thousand orders took twice as long without. */
async function insertAll(em: EntityManager, tables: ReadonlyMap<string, readonly Row[]>): Promise<void> {
  for (const [table, rows] of tables) {
    await bulkInsert(em, table, rows);
    await sql`analyze ${sql.table(table)}`.execute(rowsOf(em));
  }
}

/** Month after month as it happened: pay advances, settle what was sold and refunded by then, then close. */
async function keepBooks(scenario: DemoScenario, services: Services, clock: ManualClock): Promise<void> {
  clock.set(scenario.salesStartAt);
  for (const { id } of scenario.contracts) await services.advances.payDue(id);
  let from = scenario.startsAt;
  for (const { key, closedAt } of scenario.closedPeriods) {
    clock.set(closedAt);
    await settle(scenario, services, { from, until: closedAt });
    await services.statements.closePeriod(LOADER, key);
    from = closedAt;
  }
  clock.set(scenario.endsAt);
  await settle(scenario, services, { from, until: scenario.endsAt });
  await services.ledger.seal();
}

async function settle(scenario: DemoScenario, services: Services, span: { from: Date; until: Date }): Promise<void> {
  const within = (at: Date) => at >= span.from && at < span.until;
  const sold = scenario.orders.filter(({ payment }) => within(payment.paidAt)).map(({ id }) => id);
  for (let at = 0; at < sold.length; at += ORDERS_A_TRANSACTION) {
    await services.allocations.settleSales(sold.slice(at, at + ORDERS_A_TRANSACTION));
  }
  const refunded = scenario.orders.flatMap(({ refund }) => (refund && within(refund.refundedAt) ? [refund.id] : []));
  if (refunded.length > 0) await services.allocations.settleRefunds(refunded);
}

async function deriveFigures(scenario: DemoScenario, services: Services): Promise<void> {
  for (const { id } of scenario.campaigns) {
    await services.campaignMetrics.refresh(id);
    await services.attribution.attributeCampaign(id);
  }
  await services.similarity.recompute();
  await services.searchIndex.index();
}
