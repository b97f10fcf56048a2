import type { RoundingRule } from '../math/allocation/index.ts';
import type { PayoutMinimum, PoolModel } from './contract-version.entity.ts';
import type { TermRow } from './term-row.ts';

/** A version with all that a split needs of it and its contract. */
export interface VersionInForce {
  readonly id: string;
  readonly number: number;
  readonly effectiveFrom: Date;
  readonly recordedAt: Date | null;
  readonly rounding: RoundingRule;
  readonly poolModel: PoolModel;
  readonly contractId: string;
  readonly contractName: string;
  /** The first of its currencies. A sale is in any of these: format its amounts by its own. */
  readonly currency: string;
  readonly currencies: readonly string[];
  /** IANA name. */
  readonly timeZone: string;
  /** How long earnings are kept back before they can be paid out. */
  readonly holdDays: number;
  readonly payoutMinimums: readonly PayoutMinimum[];
  /** First instant whose sales the contract no longer splits; null when no end is known. */
  readonly endsAt: Date | null;
  /** By position. */
  readonly terms: readonly TermRow[];
}

/** What decides which contract splits a sale. */
export interface SaleKey {
  readonly ownerPartnerId: string;
  readonly currency: string;
  readonly soldAt: Date;
}

/** One contract of a supplier, with those of its versions that are known. */
export interface SupplierContract {
  readonly supplierId: string;
  readonly currencies: readonly string[];
  /** As far as it is known. */
  readonly endsAt: Date | null;
  readonly versions: readonly VersionInForce[];
}

/** Contracts of some suppliers, for finding the version that splits each of many sales. */
export class ContractCoverage {
  readonly #contractsOf: ReadonlyMap<string, readonly SupplierContract[]>;

  /** @param contracts which suppliers are bound by which contract; one after the other in time, never two at once */
  constructor(contracts: readonly SupplierContract[]) {
    const byKey = contracts.flatMap((contract) =>
      contract.currencies.map((currency) => ({ key: keyOf(contract.supplierId, currency), contract })),
    );
    const groups = Map.groupBy(byKey, ({ key }) => key);
    this.#contractsOf = new Map([...groups].map(([key, group]) => [key, group.map(({ contract }) => contract)]));
  }

  /** Decided by dates, not by states: a sale before the end of a contract is split by it, however much later. */
  versionAt({ ownerPartnerId, currency, soldAt }: SaleKey): VersionInForce | null {
    const contracts = this.#contractsOf.get(keyOf(ownerPartnerId, currency)) ?? [];
    const inEffect = contracts.flatMap(({ versions, endsAt }) => versionAt(versions, { soldAt, endsAt }) ?? []);
    return inEffect[0] ?? null;
  }
}

function keyOf(supplierId: string, currency: string): string {
  return `${supplierId} ${currency}`;
}

/**
 * The version that splits a sale: of those in effect by the sale and recorded by `knownAt`, the highest number. So a
 * later version takes the place of an earlier one from its effective date on, also where that lies in the past.
 *
 * @param knownAt what is known now, when absent: the versions given are then all that count
 * @param endsAt end of the contract, as far as it is known
 * @returns null when none was in effect
 */
export function versionAt<Version extends { number: number; effectiveFrom: Date; recordedAt: Date | null }>(
  versions: readonly Version[],
  { soldAt, knownAt, endsAt = null }: { soldAt: Date; knownAt?: Date; endsAt?: Date | null },
): Version | null {
  if (endsAt !== null && soldAt >= endsAt) return null;
  const inEffect = versions.filter(
    ({ effectiveFrom, recordedAt }) =>
      effectiveFrom <= soldAt && recordedAt !== null && (knownAt === undefined || recordedAt <= knownAt),
  );
  return inEffect.reduce<Version | null>((best, next) => (best && best.number > next.number ? best : next), null);
}

/** The end as it is known at an instant: nobody knows of it before notice is given. @param knownAt now, when absent */
export function knownEnd(
  { endsAt, noticeGivenAt }: { endsAt: Date | null; noticeGivenAt: Date | null },
  knownAt?: Date,
): Date | null {
  return knownAt && noticeGivenAt && noticeGivenAt > knownAt ? null : endsAt;
}
