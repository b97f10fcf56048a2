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

/** Contracts of some suppliers, for finding the version that splits each of many sales. */
export class ContractCoverage {
  readonly #versionsOf: ReadonlyMap<string, readonly VersionInForce[]>;

  /** @param contracts which suppliers are bound by which contract, each with the versions that are known */
  constructor(contracts: readonly { supplierId: string; currency: string; versions: readonly VersionInForce[] }[]) {
    this.#versionsOf = new Map(contracts.map((it) => [keyOf(it.supplierId, it.currency), it.versions]));
  }

  versionAt({ ownerPartnerId, currency, soldAt }: SaleKey): VersionInForce | null {
    return versionAt(this.#versionsOf.get(keyOf(ownerPartnerId, currency)) ?? [], { soldAt });
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
 * @returns null when none was in effect
 */
export function versionAt<Version extends { number: number; effectiveFrom: Date; recordedAt: Date | null }>(
  versions: readonly Version[],
  { soldAt, knownAt }: { soldAt: Date; knownAt?: Date },
): Version | null {
  const inEffect = versions.filter(
    ({ effectiveFrom, recordedAt }) =>
      effectiveFrom <= soldAt && recordedAt !== null && (knownAt === undefined || recordedAt <= knownAt),
  );
  return inEffect.reduce<Version | null>((best, next) => (best && best.number > next.number ? best : next), null);
}
