import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { SHARE_PARTIES, type ShareDraft, type ShareParty, type SplitSimulation } from '../../src/allocations/index.ts';
import type { TermRow } from '../../src/contracts/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { ContractTermType, toContractTerm } from '../contracts/contract-term.type.ts';
import { build } from '../shared/build.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';

export const SharePartyEnum = enumOf(SHARE_PARTIES);
registerEnumType(SharePartyEnum, { name: 'ShareParty', description: 'Who ends up with money of a sale.' });

@ObjectType('SplitLine', { description: "One party's part of a sale or refund, and where it comes from." })
export class SplitLineType {
  /** Not part of the API. */
  readonly partnerId: string | null;

  @Field(() => SharePartyEnum, { description: 'Who gets it.' })
  readonly party: ShareParty;

  @Field(() => MoneyType, { description: 'How much. Negative where the party gives back or bears a cost.' })
  readonly amount: MoneyType;

  @Field(() => MoneyType, { description: 'What it was taken of.' })
  readonly basis: MoneyType;

  @Field(() => ContractTermType, { nullable: true, description: 'The clause that made it; absent where none speaks.' })
  readonly term: ContractTermType | null;

  @Field(() => String, { description: 'How it came about, in one sentence.' })
  readonly explanation: string;
}

@ObjectType('SplitSimulation', { description: 'Who would get what of a sale.', simpleResolvers: true })
export class SplitSimulationType {
  @Field(() => ID, { description: 'The contract that would split it.' })
  readonly contractId: string;

  @Field(() => String, { description: 'Name of the contract.' })
  readonly contractName: string;

  @Field(() => Int, { description: 'Number of the version that would split it.' })
  readonly versionNumber: number;

  @Field(() => MoneyType, { description: 'The sale.' })
  readonly amount: MoneyType;

  @Field(() => [SplitLineType], { description: 'In the order of the waterfall. The amounts sum to the sale.' })
  readonly lines: readonly SplitLineType[];
}

export function toSplitLine(
  share: ShareDraft,
  options: { terms: readonly TermRow[]; currency: string },
): SplitLineType {
  const { party, partnerId, amountMinor, basisMinor, explanation } = share;
  const term = options.terms.find(({ id }) => id === share.termId);
  return build(SplitLineType, {
    party,
    partnerId,
    amount: toMoney(amountMinor, options.currency),
    basis: toMoney(basisMinor, options.currency),
    term: term ? toContractTerm(term) : null,
    explanation,
  });
}

export function toSplitSimulation({ version, amountMinor, currency, shares }: SplitSimulation): SplitSimulationType {
  const { contractId, contractName, number, terms } = version;
  return build(SplitSimulationType, {
    contractId: globalId('Contract', contractId),
    contractName,
    versionNumber: number,
    amount: toMoney(amountMinor, currency),
    lines: shares.map((share) => toSplitLine(share, { terms, currency })),
  });
}
