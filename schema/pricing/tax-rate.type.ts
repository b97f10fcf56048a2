import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { type TaxRateRow, TaxRateSetError } from '../../src/pricing/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { ForbiddenFailure, InvalidInputFailure, UnauthenticatedFailure, UserError } from '../shared/user-error.ts';

@ObjectType('TaxRate', { description: "Tax within a country's prices.", simpleResolvers: true })
export class TaxRateType {
  @Field(() => ID, { description: 'Identifier of the rate.' })
  readonly id: string;

  @Field(() => String, { description: 'Where the buyer is: ISO 3166-1 alpha-2.' })
  readonly country: string;

  @Field(() => String, { description: 'On top of the net price: with "20", a sixth of the price is tax.' })
  readonly percent: string;

  @Field(() => Date, { description: "From when on it holds, until the country's next rate." })
  readonly validFrom: Date;

  @Field(() => Date, { description: 'When it was set.' })
  readonly createdAt: Date;
}

export const TaxRateConnection = connectionOf('TaxRate', () => TaxRateType);

@InputType('SetTaxRateInput', { description: 'A rate from an instant on.' })
export class SetTaxRateInputType {
  @Field(() => String, { description: 'Where the buyer is: ISO 3166-1 alpha-2.' })
  readonly country: string;

  @Field(() => String, { description: 'From 0 to 100 with up to four decimals: "7.7".' })
  readonly percent: string;

  @Field(() => Date, {
    nullable: true,
    description: 'From when on it holds; absent for now. Earlier sales keep theirs.',
  })
  readonly validFrom?: Date | null;
}

@ObjectType('SetTaxRateSuccess', { description: 'The rate is set.', simpleResolvers: true })
export class SetTaxRateSuccess {
  @Field(() => TaxRateType, { description: 'The rate.' })
  readonly taxRate: TaxRateType;
}

@ObjectType('TaxRateSetError', { implements: UserError, description: 'Another rate begins at that instant.' })
class TaxRateSetFailure extends UserError {
  static readonly source = TaxRateSetError;
}

export const SetTaxRateResult = mutationResult({
  name: 'SetTaxRateResult',
  success: SetTaxRateSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure, TaxRateSetFailure],
});

export function toTaxRate({ id, ...row }: TaxRateRow): TaxRateType {
  return build(TaxRateType, { ...row, id: globalId('TaxRate', id) });
}
