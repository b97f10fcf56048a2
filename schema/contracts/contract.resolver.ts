import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { knownEnd, versionAt } from '../../src/contracts/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import { ContractAtArgs } from './contract.input.ts';
import {
  ContractConnection,
  ContractInForceType,
  ContractPartyType,
  ContractStepType,
  ContractType,
  ContractVersionType,
  toContract,
  toContractInForce,
  toContractParty,
  toContractStep,
  toContractVersion,
} from './contract.type.ts';

async function findContract(id: string, { actor, services }: RequestContext): Promise<ContractType | null> {
  const row = await services.contracts.find(actor, id);
  return row && toContract(row);
}

registerNode('Contract', findContract);

@Resolver(() => ContractType)
export class ContractResolver {
  @Query(() => ContractType, {
    nullable: true,
    description: 'A contract of a partner that the viewer belongs to; any one for finance and admins.',
  })
  contract(
    @Arg('id', () => ID, { description: 'Identifier of the contract.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ContractType | null> {
    return findContract(localId('Contract', id), context);
  }

  @Query(() => ContractConnection, { description: 'Contracts that the viewer may see, newest first.' })
  async contracts(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<ContractType>> {
    const rows = await services.contracts.list(actor, page.toRequest());
    return toConnection(rows, { node: toContract, cursor: (row) => instantCursor(row.createdAt, row.id) });
  }

  @Query(() => ContractInForceType, {
    nullable: true,
    description:
      "The contract and version that split a supplier's sale, by what was known at an instant; absent when none does " +
      'or the viewer may not see it.',
  })
  async contractAt(
    @Args(() => ContractAtArgs) { supplierId, ...sale }: ContractAtArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ContractInForceType | null> {
    const found = await services.contracts.contractAt(actor, { ...sale, supplierId: localId('Partner', supplierId) });
    return found && toContractInForce(found);
  }

  @FieldResolver(() => [ContractPartyType], { description: 'The partners that sign it, suppliers first.' })
  async parties(@Root() contract: ContractType, @Ctx() { loaders }: RequestContext): Promise<ContractPartyType[]> {
    return (await loaders.contractParties.load(contract.localId)).map(toContractParty);
  }

  @FieldResolver(() => [ContractVersionType], { description: 'All versions, also proposed ones, first one first.' })
  async versions(@Root() contract: ContractType, @Ctx() { loaders }: RequestContext): Promise<ContractVersionType[]> {
    return (await loaders.contractVersions.load(contract.localId)).map(toContractVersion);
  }

  @FieldResolver(() => ContractVersionType, {
    nullable: true,
    description: 'The version that splits a sale; absent when none was in effect.',
  })
  async versionAt(
    @Root() contract: ContractType,
    @Arg('soldAt', () => Date, { description: 'When the sale was.' }) soldAt: Date,
    @Arg('knownAt', () => Date, {
      nullable: true,
      description: 'By what was known then; absent for what is known now.',
    })
    knownAt: Date | null,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ContractVersionType | null> {
    const versions = await loaders.contractVersions.load(contract.localId);
    const known = knownAt ? { knownAt } : {};
    const version = versionAt(versions, { soldAt, ...known, endsAt: knownEnd(contract, known.knownAt) });
    return version && toContractVersion(version);
  }

  @FieldResolver(() => [ContractStepType], { description: 'How it came to its state, oldest first.' })
  async steps(@Root() contract: ContractType, @Ctx() { loaders }: RequestContext): Promise<ContractStepType[]> {
    return (await loaders.contractSteps.load(contract.localId)).map(toContractStep);
  }
}
