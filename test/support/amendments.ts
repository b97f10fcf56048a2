import { ContractTerm, ContractVersion } from '../../src/contracts/index.ts';
import { wordsOf } from '../../src/contracts/term-row.ts';
import { platformAndOwner, type VersionOptions } from './contracts.ts';
import type { TestApp } from './test-app.ts';

/** One more version of a contract, signed by everybody now unless it says when. No job is wanted. @returns its id */
export async function amend(
  app: TestApp,
  contractId: string,
  version: VersionOptions & { readonly number: number },
): Promise<string> {
  const id = app.platform.ids.next();
  const at = app.clock.now();
  const { number, effectiveFrom = at, recordedAt = at, terms = platformAndOwner, ...words } = version;
  await app.platform.database.transaction(async (em) => {
    const told = { note: 'Made by a test.', proposedAt: at, proposedBy: 'system:test' };
    const defaults = { rounding: 'LARGEST_REMAINDER' as const, poolModel: 'LAST_TOUCH' as const, holdDays: 0 };
    em.create(
      ContractVersion,
      { id, contractId, number, effectiveFrom, recordedAt, payoutMinimums: [], ...told, ...defaults, ...words },
      { persist: true },
    );
    for (const [position, term] of terms.entries()) {
      const place = { id: app.platform.ids.next(), versionId: id, position };
      em.create(ContractTerm, { ...place, ...wordsOf(term) }, { persist: true });
    }
  });
  return id;
}
