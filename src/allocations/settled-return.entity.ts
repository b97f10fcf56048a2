import { defineEntity, p } from '@mikro-orm/core';
import { Order, RETURN_KINDS } from '../orders/index.ts';
import { minorUnits, timestamp } from '../platform/columns.ts';

export const SettledReturnSchema = defineEntity({
  name: 'SettledReturn',
  tableName: 'settled_returns',
  properties: {
    kind: p.enum(RETURN_KINDS).primary(),
    /** The refund, or the chargeback, which is here twice when it was won. */
    sourceId: p.uuid().primary(),
    orderId: () => p.manyToOne(Order).mapToPk().name('order_id').index(),
    /** What the provider moved: positive to the buyer, negative back from there. */
    movedMinor: minorUnits(),
    /** Which part of it the parties of the sale gave back. The platform bears the rest. */
    sharedMinor: minorUnits(),
    /** What the provider asked for its work. */
    feeMinor: minorUnits(),
    settledAt: timestamp(),
  },
});

/** Says that money which went back to a buyer is in the books, also where no party had anything left to give back. */
export class SettledReturn extends SettledReturnSchema.class {}
SettledReturnSchema.setClass(SettledReturn);
