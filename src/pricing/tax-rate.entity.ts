import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';

export const TaxRateSchema = defineEntity({
  name: 'TaxRate',
  tableName: 'tax_rates',
  uniques: [{ properties: ['country', 'validFrom'] }],
  properties: {
    id: p.uuid().primary(),
    /** Where the buyer is. ISO 3166-1 alpha-2. */
    country: p.string().length(2).columnType('char(2)'),
    /** On top of the net price, as a decimal: with 20, a sixth of the price is tax. */
    percent: p.text(),
    validFrom: timestamp(),
    createdBy: p.text(),
    createdAt: timestamp(),
  },
});

/** Tax in a country's prices from an instant until its next rate. Never changed. */
export class TaxRate extends TaxRateSchema.class {}
TaxRateSchema.setClass(TaxRate);
