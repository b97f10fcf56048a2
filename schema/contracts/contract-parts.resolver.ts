import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { present } from '../../src/shared/invariant.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import {
  ContractAcceptanceType,
  ContractInForceType,
  ContractPartyType,
  ContractVersionType,
  toContractAcceptance,
  toContractVersion,
} from './contract.type.ts';
import { ContractTermType, TermTierType, toContractTerm } from './contract-term.type.ts';

async function loadPartner(id: string, { loaders }: RequestContext): Promise<PartnerType> {
  return toPartner(present(await loaders.partners.load(id), 'the partner of a contract'));
}

@Resolver(() => ContractPartyType)
export class ContractPartyResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  partner(@Root() party: ContractPartyType, @Ctx() context: RequestContext): Promise<PartnerType> {
    return loadPartner(party.partnerId, context);
  }
}

@Resolver(() => ContractVersionType)
export class ContractVersionResolver {
  @FieldResolver(() => PartnerType, {
    nullable: true,
    description: 'The party that put it on the table and has signed it by that; absent for the platform.',
  })
  proposer(@Root() version: ContractVersionType, @Ctx() context: RequestContext): Promise<PartnerType> | null {
    return version.proposerId === null ? null : loadPartner(version.proposerId, context);
  }

  @FieldResolver(() => [ContractTermType], { description: 'The clauses in the order of the text.' })
  async terms(@Root() version: ContractVersionType, @Ctx() { loaders }: RequestContext): Promise<ContractTermType[]> {
    return (await loaders.contractTerms.load(version.localId)).map(toContractTerm);
  }

  @FieldResolver(() => [ContractAcceptanceType], { description: 'Who has signed it, earliest first.' })
  async acceptances(
    @Root() version: ContractVersionType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ContractAcceptanceType[]> {
    return (await loaders.contractAcceptances.load(version.localId)).map(toContractAcceptance);
  }
}

/** An amount of a clause is in the currency that the clause names, or else in that of the contract. */
async function currencyOf(term: ContractTermType, { loaders }: RequestContext): Promise<string> {
  if (term.currency !== null) return term.currency;
  return present(await loaders.currencyOfVersion.load(term.versionId), 'the currency of a contract').currency;
}

@Resolver(() => ContractInForceType)
export class ContractInForceResolver {
  @FieldResolver(() => ContractVersionType, { description: 'The version.' })
  async version(
    @Root() { contract, versionId }: ContractInForceType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ContractVersionType> {
    const versions = await loaders.contractVersions.load(contract.localId);
    const version = versions.find(({ id }) => id === versionId);
    return toContractVersion(present(version, 'the version in force'));
  }
}

@Resolver(() => ContractTermType)
export class ContractTermResolver {
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'Of a FLAT per sale, of an ADVANCE in all, of a MINIMUM_GUARANTEE per window.',
  })
  async amount(@Root() term: ContractTermType, @Ctx() context: RequestContext): Promise<MoneyType | null> {
    return term.amountMinor === null ? null : toMoney(term.amountMinor, await currencyOf(term, context));
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: 'The most that it takes in the window of its cap.' })
  async cap(@Root() term: ContractTermType, @Ctx() context: RequestContext): Promise<MoneyType | null> {
    return term.capMinor === null ? null : toMoney(term.capMinor, await currencyOf(term, context));
  }

  @FieldResolver(() => [TermTierType], { nullable: true, description: 'Rates by what was sold so far, lowest first.' })
  async tiers(@Root() term: ContractTermType, @Ctx() context: RequestContext): Promise<TermTierType[] | null> {
    if (term.storedTiers === null) return null;
    const currency = await currencyOf(term, context);
    return term.storedTiers.map(({ from, percent }) =>
      build(TermTierType, { from: toMoney(BigInt(from), currency), percent }),
    );
  }

  @FieldResolver(() => PartnerType, { nullable: true, description: 'The partner, when the beneficiary is PARTNER.' })
  partner(@Root() term: ContractTermType, @Ctx() context: RequestContext): Promise<PartnerType> | null {
    return term.partnerId === null ? null : loadPartner(term.partnerId, context);
  }
}

@Resolver(() => ContractAcceptanceType)
export class ContractAcceptanceResolver {
  @FieldResolver(() => PartnerType, { nullable: true, description: 'The party; absent for the platform.' })
  partner(@Root() acceptance: ContractAcceptanceType, @Ctx() context: RequestContext): Promise<PartnerType> | null {
    return acceptance.partnerId === null ? null : loadPartner(acceptance.partnerId, context);
  }
}
