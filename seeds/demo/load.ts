import { bulkInsert } from '../../src/platform/bulk-insert.ts';
import type { EntityManager } from '../../src/platform/database.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { hashPassword } from '../../src/users/index.ts';
import { agreementRows } from './agreement-rows.ts';
import { behaviourRows } from './behaviour-rows.ts';
import { catalogueRows, type Row } from './catalogue-rows.ts';
import { buildDemoScenario } from './scenario.ts';
import type { DemoScenario } from './scenario.types.ts';

/** Writes the scenario as of the platform's clock into an empty database. */
export async function loadDemo(platform: Platform): Promise<DemoScenario> {
  const scenario = buildDemoScenario({ endsAt: platform.clock.now() });
  const passwordHash = await hashPassword(scenario.password);
  await platform.database.transaction(async (em) => {
    await insertAll(em, catalogueRows(scenario, passwordHash));
    await insertAll(em, agreementRows(scenario));
    await insertAll(em, behaviourRows(scenario));
  });
  return scenario;
}

async function insertAll(em: EntityManager, tables: ReadonlyMap<string, readonly Row[]>): Promise<void> {
  for (const [table, rows] of tables) await bulkInsert(em, table, rows);
}
