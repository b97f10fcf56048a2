import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { present } from '../../src/shared/invariant.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import type { RequestContext } from '../shared/context.ts';
import {
  ContractAcceptanceType,
  ContractPartyType,
  ContractTermType,
  ContractVersionType,
  toContractAcceptance,
  toContractTerm,
} from './contract.type.ts';

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

@Resolver(() => ContractTermType)
export class ContractTermResolver {
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
