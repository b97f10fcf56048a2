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
import { findPartnersByIds } from '../partners/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requirePartner, requireUser } from '../shared/actor.ts';
import { ForbiddenError, InvalidInputError } from '../shared/domain-error.ts';
import { present } from '../shared/invariant.ts';
import { quoted } from '../shared/quoted.ts';
import { countersOf } from './counter-book.ts';
import type { ShareDraft } from './share-draft.ts';
import {
  asInput,
  countersAssumed,
  factsOfSimulation,
  type SimulatedCredit,
  type SimulatedSale,
} from './simulated-sale.ts';
import { splitItem } from './split-item.ts';

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
  readonly currency: string;
  readonly shares: readonly ShareDraft[];
}

interface ChosenVersion {
  readonly version: VersionInForce;
  readonly ownerPartnerId: string;
}

interface SoldContent {
  readonly id: string;
  readonly ownerPartnerId: string;
  readonly domainCode: string;
  readonly module: string;
  readonly currency: string;
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
    await this.#requirePartners(sale.credits);
    const soldAt = sale.soldAt ?? this.#platform.clock.now();
    const contentId = 'contentId' in contract ? contract.contentId : sale.scope?.contentId;
    const content = contentId ? await this.#findContent(contentId) : null;
    if (contentId && !content && !('contentId' in contract)) {
      throw new InvalidInputError('scope.contentId', 'There is no such content.');
    }
    const { version, ownerPartnerId } =
      'contentId' in contract
        ? await this.#versionOfContent(actor, content, { currency: sale.currency, soldAt })
        : await this.#versionOfContract(actor, contract, soldAt);
    const currency = sale.currency ?? ('contentId' in contract ? content?.currency : null) ?? version.currency;
    if (!version.currencies.includes(currency)) {
      throw new InvalidInputError('currency', `The contract does not split sales in ${quoted(currency)}.`);
    }
    const { domainCode = sale.scope?.domainCode ?? '', module = sale.scope?.module ?? '' } = content ?? {};
    const { timeZone } = version;
    const place = { contentId: content?.id ?? '', domainCode, module, timeZone, ownerPartnerId, soldAt };
    const facts = factsOfSimulation(sale, place);
    const counters = countersAssumed(countersOf(facts, { version, currency }), sale);
    const { shares } = asInput(() => splitItem({ ...facts, counters }, { version, currency }));
    return { version, amountMinor: sale.amountMinor, currency, shares };
  }

  async #findContent(id: string): Promise<SoldContent | null> {
    const row = await this.#platform.database
      .read<InferKyselyDB<typeof ContentSchema>>()
      .selectFrom('contents')
      .select(['id', 'partner_id as ownerPartnerId', 'domain_code as domainCode', 'module', 'currency'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row ?? null;
  }

  async #versionOfContent(
    actor: Actor,
    content: SoldContent | null,
    sale: { currency?: string | null | undefined; soldAt: Date },
  ): Promise<ChosenVersion> {
    if (!content) throw new ForbiddenError();
    const { ownerPartnerId } = content;
    const currency = sale.currency ?? content.currency;
    const { soldAt } = sale;
    const coverage = await this.#platform.database.transaction((em) =>
      findCoverage(em, { supplierIds: [ownerPartnerId] }),
    );
    const version = coverage.versionAt({ ownerPartnerId, currency, soldAt });
    if (!version) {
      requirePartner(actor, ownerPartnerId, { staffRoles: ['FINANCE', 'ADMIN'] });
      throw new NoContractInForceError({ ownerPartnerId, currency, soldAt });
    }
    await this.#requireVisible(actor, version.contractId);
    return { version, ownerPartnerId };
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

function ownerOf({ ownerPartnerId }: NamedContract, parties: readonly PartyRow[]): string {
  const suppliers = parties.filter(({ role }) => role === 'SUPPLIER').map(({ partnerId }) => partnerId);
  const owner = ownerPartnerId ?? (suppliers.length === 1 ? suppliers[0] : undefined);
  if (owner !== undefined && suppliers.includes(owner)) return owner;
  throw new InvalidInputError('ownerPartnerId', 'Name the supplier of the contract whose content is sold.');
}
