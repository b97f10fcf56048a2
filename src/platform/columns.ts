import { p } from '@mikro-orm/core';

/** An instant in UTC, to the microsecond in the database and the millisecond in JavaScript. */
export const timestamp = () => p.datetime().columnType('timestamptz');

/** Integer minor units of a currency that a neighbouring column names. */
export const minorUnits = () => p.bigint('bigint');

/** ISO 4217 code. */
export const currencyCode = () => p.string().length(3).columnType('char(3)');
