import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { ContentSchema } from '../content/index.ts';
import {
  type ContractTables,
  findCoverage,
  findPartiesOfContracts,
  findVersionsOfContracts,
  findVersionsWithTerms,
  findVisibleContract,
  NoContractInForceError,
  type PartyRow,
  type VersionInForce,
  versionAt,
} from '../contracts/index.ts';
import { AllocationInputError, parseRatio } from '../math/allocation/index.ts';
import { findPartnersByIds } from '../partners/index.ts';
import { rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requirePartner, requireUser } from '../shared/actor.ts';
import { ForbiddenError, InvalidInputError } from '../shared/domain-error.ts';
import { present } from '../shared/invariant.ts';
import type { ShareDraft } from './share-draft.ts';
import { splitItem } from './split-item.ts';

/** A sale that did not happen. */
export interface SimulatedSale {
  readonly amountMinor: bigint;
  readonly providerFeeMinor: bigint;
  /** Now, when absent. Decides which version counts. */
  readonly soldAt?: Date | null | undefined;
  /** Who brought the buyer. Sum to one; none for a sale that no campaign led to. */
  readonly credits: readonly SimulatedCredit[];
}

export interface SimulatedCredit {
  readonly partnerId: string;
  /** Exact: `1/3`. */
  readonly credit: string;
}

/** By which contract: that of a content, or a named one, also one that is not signed yet. */
export type SimulatedContract = { readonly contentId: string } | NamedContract;

export interface NamedContract {
  readonly contractId: string;
  /** The one in effect at the sale, when absent. */
  readonly versionNumber?: number | null | undefined;
  /** Whose content is sold. May be left out where the contract has one supplier. */
  readonly ownerPartnerId?: string | null | undefined;
}

export interface SplitSimulation {
  readonly version: VersionInForce;
  readonly amountMinor: bigint;
  readonly shares: readonly ShareDraft[];
}

const MAX_CREDITS = 100;

interface ChosenVersion {
  readonly version: VersionInForce;
  readonly ownerPartnerId: string;
}

/** Says beforehand who would get what of a sale, by the code that splits real ones. */
export class SplitSimulator {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff, an admin or belongs to a party
   * @throws NoContractInForceError when no contract covers the content at the time of the sale
   * @throws InvalidInputError for amounts or credits that are none
   */
  async simulate(actor: Actor, contract: SimulatedContract, sale: SimulatedSale): Promise<SplitSimulation> {
    if (actor.kind !== 'SYSTEM') requireUser(actor);
    const facts = factsOf(sale);
    await this.#requirePartners(sale.credits);
    const soldAt = sale.soldAt ?? this.#platform.clock.now();
    const { version, ownerPartnerId } =
      'contentId' in contract
        ? await this.#versionOfContent(actor, contract.contentId, soldAt)
        : await this.#versionOfContract(actor, contract, soldAt);
    const { currency } = version;
    const { shares } = asInput(() => splitItem({ ...facts, ownerPartnerId }, { version, currency }));
    return { version, amountMinor: sale.amountMinor, shares };
  }

  async #versionOfContent(actor: Actor, contentId: string, soldAt: Date): Promise<ChosenVersion> {
    return this.#platform.database.transaction(async (em) => {
      const content = await rowsOf<InferKyselyDB<typeof ContentSchema>>(em)
        .selectFrom('contents')
        .select(['partner_id as ownerPartnerId', 'currency'])
        .where('id', '=', contentId)
        .executeTakeFirst();
      if (!content) throw new ForbiddenError();
      const { ownerPartnerId, currency } = content;
      const knownAt = this.#platform.clock.now();
      const coverage = await findCoverage(em, { supplierIds: [ownerPartnerId], knownAt });
      const version = coverage.versionAt({ ownerPartnerId, currency, soldAt });
      if (!version) {
        requirePartner(actor, ownerPartnerId, { staffRoles: ['FINANCE', 'ADMIN'] });
        throw new NoContractInForceError({ ownerPartnerId, currency, soldAt });
      }
      await this.#requireVisible(actor, version.contractId);
      return { version, ownerPartnerId };
    });
  }

  async #versionOfContract(actor: Actor, choice: NamedContract, soldAt: Date): Promise<ChosenVersion> {
    const { contractId, versionNumber } = choice;
    await this.#requireVisible(actor, contractId);
    const { database } = this.#platform;
    const ownerPartnerId = ownerOf(choice, await findPartiesOfContracts(database, [contractId]));
    const versions = await findVersionsOfContracts(database, [contractId]);
    const chosen = versionNumber
      ? versions.find(({ number }) => number === versionNumber)
      : versionAt(versions, { soldAt });
    if (!chosen) throw new InvalidInputError('versionNumber', 'The contract has no such version, or none in effect.');
    const [version] = await findVersionsWithTerms(database.read<ContractTables>(), [chosen.id]);
    return { version: present(version, 'a version that was just found'), ownerPartnerId };
  }

  async #requirePartners(credits: readonly SimulatedCredit[]): Promise<void> {
    const partners = await findPartnersByIds(
      this.#platform.database,
      credits.map(({ partnerId }) => partnerId),
    );
    const known = new Set(partners.map(({ id }) => id));
    const at = credits.findIndex(({ partnerId }) => !known.has(partnerId));
    if (at !== -1) throw new InvalidInputError(`credits.${at}.partnerId`, 'There is no such partner.');
  }

  async #requireVisible(actor: Actor, contractId: string): Promise<void> {
    if (!(await findVisibleContract(this.#platform.database, actor, contractId))) throw new ForbiddenError();
  }
}

/** @throws InvalidInputError naming the figure that is none */
function factsOf({ amountMinor, providerFeeMinor, credits }: SimulatedSale) {
  for (const [field, figure] of Object.entries({ amount: amountMinor, providerFee: providerFeeMinor })) {
    if (figure < 0n) throw new InvalidInputError(field, `"${field}" cannot be negative.`);
  }
  if (credits.length > MAX_CREDITS) {
    throw new InvalidInputError('credits', `At most ${MAX_CREDITS} credits, not ${credits.length}.`);
  }
  return {
    grossMinor: String(amountMinor),
    taxMinor: '0',
    providerFeeMinor: String(providerFeeMinor),
    credits: credits.map(({ partnerId, credit }, at) => {
      asInput(() => parseRatio(credit), `credits.${at}.credit`);
      return { touchpointId: `credit-${at}`, partnerId, campaignId: '', channel: '', credit };
    }),
  };
}

function ownerOf({ ownerPartnerId }: NamedContract, parties: readonly PartyRow[]): string {
  const suppliers = parties.filter(({ role }) => role === 'SUPPLIER').map(({ partnerId }) => partnerId);
  const owner = ownerPartnerId ?? (suppliers.length === 1 ? suppliers[0] : undefined);
  if (owner !== undefined && suppliers.includes(owner)) return owner;
  throw new InvalidInputError('ownerPartnerId', 'Name the supplier of the contract whose content is sold.');
}

function asInput<T>(compute: () => T, field?: string): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof AllocationInputError) throw new InvalidInputError(field ?? error.path, error.message);
    throw error;
  }
}
