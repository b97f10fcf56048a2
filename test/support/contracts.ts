import {
  Contract,
  ContractAcceptance,
  ContractParty,
  type ContractState,
  ContractStep,
  ContractTerm,
  ContractVersion,
  type PartyRole,
  type PayoutMinimum,
  type PoolModel,
  type TermProposal,
} from '../../src/contracts/index.ts';
import { wordsOf } from '../../src/contracts/term-row.ts';
import type { RoundingRule } from '../../src/math/allocation/index.ts';
import type { EntityManager } from '../../src/platform/database.ts';
import type { TestApp } from './test-app.ts';

export interface VersionOptions {
  readonly effectiveFrom?: Date;
  /** Now unless given; null for a version that is only proposed. */
  readonly recordedAt?: Date | null;
  readonly rounding?: RoundingRule;
  readonly poolModel?: PoolModel;
  readonly holdDays?: number;
  readonly payoutMinimums?: readonly PayoutMinimum[];
  /** The platform takes 30 % and the owner of the content the rest, unless given. */
  readonly terms?: readonly TermProposal[];
}

export interface ContractOptions {
  readonly name?: string;
  readonly currency?: string;
  /** The currency alone unless given. */
  readonly currencies?: readonly string[];
  readonly noticeDays?: number;
  /** As notice given now would make it. */
  readonly endsAt?: Date;
  readonly timeZone?: string;
  readonly state?: ContractState;
  readonly parties: readonly { readonly partnerId: string; readonly role?: PartyRole }[];
  /** One version unless given. */
  readonly versions?: readonly VersionOptions[];
}

export interface TestContract {
  readonly id: string;
  readonly versionIds: readonly string[];
}

const LONG_AGO = new Date('2020-01-01T00:00:00Z');

export function deduction(step: number, options: Partial<TermProposal> = {}): TermProposal {
  const clause = `${step}.0`;
  return {
    clause,
    step,
    kind: 'DEDUCTION',
    cost: 'PROVIDER_FEE',
    description: 'Fee of the payment provider.',
    ...options,
  };
}

export function share(
  step: number,
  options: Pick<TermProposal, 'percent' | 'beneficiary'> & Partial<TermProposal>,
): TermProposal {
  const basis = options.basis ?? 'REST';
  return { clause: `${step}.1`, step, kind: 'PERCENTAGE', description: `A part at step ${step}.`, ...options, basis };
}

export const platformAndOwner: readonly TermProposal[] = [
  share(1, { percent: '30', basis: 'SALE', beneficiary: 'PLATFORM' }),
  share(2, { percent: '100', beneficiary: 'CONTENT_OWNER' }),
];

/** A contract in force as it lies in the tables, accepted by every party. The first version counts from 2020 on. */
export async function aContract(app: TestApp, options: ContractOptions): Promise<TestContract> {
  const id = app.platform.ids.next();
  const at = app.clock.now();
  const parties = options.parties.map(({ partnerId, role = 'SUPPLIER' as const }) => ({ partnerId, role }));
  const facts = {
    name: options.name ?? `Contract ${id.slice(-4)}`,
    currency: options.currency ?? 'CNY',
    currencies: [...(options.currencies ?? [options.currency ?? 'CNY'])],
    timeZone: options.timeZone ?? 'Asia/Shanghai',
    noticeDays: options.noticeDays ?? 30,
    endsAt: options.endsAt ?? null,
    noticeGivenAt: options.endsAt ? at : null,
    state: options.state ?? ('IN_FORCE' as const),
    createdAt: at,
  };
  const versions = options.versions ?? [{}];
  const versionIds = versions.map(() => app.platform.ids.next());
  await app.platform.database.transaction(async (em) => {
    em.create(Contract, { id, ...facts }, { persist: true });
    const step = { fromState: null, toState: facts.state, by: 'system:test', reason: 'Made by a test.', at };
    em.create(ContractStep, { id: app.platform.ids.next(), contractId: id, ...step }, { persist: true });
    for (const party of parties) {
      em.create(ContractParty, { id: app.platform.ids.next(), contractId: id, ...party }, { persist: true });
    }
    for (const [index, version] of versions.entries()) {
      createVersion(em, app, { id: versionIds[index] ?? '', contractId: id, number: index + 1, version, parties });
    }
  });
  return { id, versionIds };
}

interface VersionPlace {
  readonly id: string;
  readonly contractId: string;
  readonly number: number;
  readonly version: VersionOptions;
  readonly parties: readonly { readonly partnerId: string }[];
}

function createVersion(em: EntityManager, app: TestApp, place: VersionPlace): void {
  const { id, contractId, number, version, parties } = place;
  const at = app.clock.now();
  const recordedAt = version.recordedAt === undefined ? at : version.recordedAt;
  em.create(
    ContractVersion,
    {
      id,
      contractId,
      number,
      effectiveFrom: version.effectiveFrom ?? LONG_AGO,
      recordedAt,
      rounding: version.rounding ?? 'LARGEST_REMAINDER',
      poolModel: version.poolModel ?? 'LAST_TOUCH',
      holdDays: version.holdDays ?? 0,
      payoutMinimums: version.payoutMinimums ?? [],
      note: 'Made by a test.',
      proposedAt: at,
      proposedBy: 'system:test',
    },
    { persist: true },
  );
  for (const [position, term] of (version.terms ?? platformAndOwner).entries()) {
    const place = { id: app.platform.ids.next(), versionId: id, position };
    em.create(ContractTerm, { ...place, ...wordsOf(term) }, { persist: true });
  }
  if (!recordedAt) return;
  for (const { partnerId } of parties) {
    const signature = { acceptedAt: recordedAt, acceptedBy: 'system:test', reason: 'Agreed.' };
    em.create(
      ContractAcceptance,
      { id: app.platform.ids.next(), versionId: id, partnerId, ...signature },
      { persist: true },
    );
  }
}
