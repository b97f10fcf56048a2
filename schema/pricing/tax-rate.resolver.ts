import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  SetTaxRateInputType,
  SetTaxRateResult,
  SetTaxRateSuccess,
  TaxRateConnection,
  TaxRateType,
  toTaxRate,
} from './tax-rate.type.ts';

@Resolver(() => TaxRateType)
export class TaxRateResolver {
  @Query(() => TaxRateConnection, {
    description: 'Rates by country, those of one in the sequence of their setting. Finance and admins.',
  })
  async taxRates(
    @Arg('country', () => String, { nullable: true, description: 'ISO 3166-1 alpha-2; absent for all.' })
    country: string | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<TaxRateType>> {
    return toConnection(await services.taxRates.list(actor, { country: country ?? null, page: page.toRequest() }), {
      node: toTaxRate,
      cursor: (row) => [row.country, row.id],
    });
  }

  @ResultMutation(SetTaxRateResult, { description: "Set a country's tax from an instant on. Finance and admins." })
  async setTaxRate(
    @Arg('input', () => SetTaxRateInputType, { description: 'The rate.' }) input: SetTaxRateInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<SetTaxRateSuccess> {
    return build(SetTaxRateSuccess, { taxRate: toTaxRate(await services.taxRates.set(actor, input)) });
  }
}
