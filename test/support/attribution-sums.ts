import { type Ratio, ratio, sumRatios } from '../../src/math/allocation/index.ts';
import { type AttributionModel, type AttributionModelName, creditValue } from '../../src/math/attribution/index.ts';
import { present } from '../../src/shared/invariant.ts';
import type { RecountedJourney, StoredTouch } from './recount.ts';
import type { TestApp } from './test-app.ts';

/** What was earned, by campaign, day, partner, channel and currency: credit as a fraction, a space, and value. */
export type EarnedByCell = ReadonlyMap<string, string>;

/** What all campaigns earned by a model, as their current runs say. */
export async function storedSums(app: TestApp, model: AttributionModelName): Promise<EarnedByCell> {
  const { rows } = await app.platform.database.pool.query<{ cell: string; n: bigint; d: bigint; value: bigint }>(
    `select concat_ws(' ', r.campaign_id, to_char(s.day, 'YYYY-MM-DD'), s.partner_id, s.channel, s.currency) as cell,
            s.credit_numerator as n, s.credit_denominator as d, s.value_minor as value
     from attribution_sums s join attribution_runs r on r.id = s.run_id
     where r.model = $1
       and r.number = (select max(number) from attribution_runs o where (o.campaign_id, o.model) = (r.campaign_id, r.model))`,
    [model],
  );
  return sumsByCell(rows.map(({ cell, n, d, value }) => ({ cell, credit: ratio(n, d), value })));
}

/** The same from a recount, each journey by itself. */
export function recountedSums(journeys: readonly RecountedJourney[], kernel: AttributionModel): EarnedByCell {
  return sumsByCell(
    journeys.flatMap(({ conversion, touches }) => {
      const touchOf = new Map(touches.map((touch) => [touch.id, touch]));
      const [credited] = kernel.credit([
        { id: conversion.id, convertedAt: conversion.occurred_at, touches: touches.map(asPlayer) },
      ]);
      const credits = credited?.touches ?? [];
      const values = creditValue(conversion.value_minor - conversion.refunded_minor, credits);
      const day = conversion.occurred_at.toISOString().slice(0, 10);
      return credits.flatMap(({ touchId, credit }, at) => {
        const touch = present(touchOf.get(touchId), 'a touch');
        const cell = [touch.campaign_id, day, touch.partner_id, touch.channel, conversion.currency].join(' ');
        return credit.gt(0n) ? [{ cell, credit, value: values[at]?.valueMinor ?? 0n }] : [];
      });
    }),
  );
}

/** A touchpoint as kernels take it: a partner's channel in a campaign is one player. */
export function asPlayer(touch: StoredTouch) {
  const channel = `${touch.campaign_id} ${touch.partner_id} ${touch.channel}`;
  return { id: touch.id, sequence: touch.sequence, occurredAt: touch.occurred_at, channel };
}

/** All cells together. */
export function totalOf(earned: EarnedByCell): { conversions: string; valueMinor: bigint } {
  const parts = [...earned.values()].map((text) => text.split(' '));
  return {
    conversions: sumRatios(parts.map(([credit = '']) => fractionOf(credit))).toFraction(),
    valueMinor: parts.reduce((sum, [, value = '']) => sum + BigInt(value), 0n),
  };
}

function fractionOf(text: string): Ratio {
  const [n = '', d = '1'] = text.split('/');
  return ratio(BigInt(n), BigInt(d));
}

function sumsByCell(parts: readonly { cell: string; credit: Ratio; value: bigint }[]): EarnedByCell {
  const sums = [...Map.groupBy(parts, ({ cell }) => cell)].map(([cell, some]): [string, string] => {
    const value = some.reduce((sum, part) => sum + part.value, 0n);
    return [cell, `${sumRatios(some.map(({ credit }) => credit)).toFraction()} ${value}`];
  });
  return new Map(sums.sort());
}
