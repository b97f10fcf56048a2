import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { SimulatedContract, SimulatedSale } from '../../src/allocations/index.ts';
import { InvalidInputError } from '../../src/shared/domain-error.ts';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import type { RequestContext } from '../shared/context.ts';
import { SimulateSplitInputType } from './split.input.ts';
import { SplitLineType, SplitSimulationType, toSplitSimulation } from './split.type.ts';

@Resolver(() => SplitLineType)
export class SplitResolver {
  @Query(() => SplitSimulationType, {
    description: 'Who would get what of a sale, by the code that splits real ones. Finance, admins and parties.',
  })
  async simulateSplit(
    @Arg('input', () => SimulateSplitInputType, { description: 'The sale.' }) input: SimulateSplitInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<SplitSimulationType> {
    return toSplitSimulation(await services.splitSimulator.simulate(actor, chosenContract(input), saleOf(input)));
  }

  @FieldResolver(() => PartnerType, { nullable: true, description: 'The partner, when it is one that gets it.' })
  async partner(@Root() line: SplitLineType, @Ctx() { loaders }: RequestContext): Promise<PartnerType | null> {
    if (line.partnerId === null) return null;
    return toPartner(present(await loaders.partners.load(line.partnerId), 'the partner of a share'));
  }
}

function chosenContract(input: SimulateSplitInputType): SimulatedContract {
  const { contentId, contractId, versionNumber, ownerPartnerId } = input;
  if (contentId && !contractId) return { contentId: localId('Content', contentId) };
  if (contractId && !contentId) {
    const owner = ownerPartnerId ? localId('Partner', ownerPartnerId) : null;
    return { contractId: localId('Contract', contractId), versionNumber, ownerPartnerId: owner };
  }
  throw new InvalidInputError('contentId', 'Name a content or a contract, one of the two.');
}

function saleOf(input: SimulateSplitInputType): SimulatedSale {
  const { amount, tax, discount, providerFee, currency, soldAt, credits, scope, counted } = input;
  return {
    amountMinor: amount,
    taxMinor: tax,
    discountMinor: discount,
    providerFeeMinor: providerFee,
    currency,
    soldAt,
    credits: credits.map(({ partnerId, credit }) => ({ partnerId: localId('Partner', partnerId), credit })),
    scope: scope && {
      ...scope,
      contentId: scope.contentId && localId('Content', scope.contentId),
      campaignId: scope.campaignId && localId('Campaign', scope.campaignId),
    },
    counted: counted.map(({ clause, revenue, taken }) => ({ clause, countedMinor: revenue, takenMinor: taken })),
  };
}
