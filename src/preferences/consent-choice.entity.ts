import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { User } from '../users/index.ts';
import type { ConsentPurpose } from './consent-purposes.ts';

export const ConsentChoiceSchema = defineEntity({
  name: 'ConsentChoice',
  tableName: 'consent_choices',
  uniques: [{ properties: ['userId', 'purpose', 'number'] }],
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().name('user_id'),
    /** Plain text in the table, so that a new purpose needs no migration. */
    purpose: p.text().$type<ConsentPurpose>(),
    /** 1, 2, 3, ... within the person and the purpose. The last one counts. */
    number: p.integer(),
    granted: p.boolean(),
    chosenAt: timestamp(),
  },
});

/** What a person chose about one purpose. Never changed: another choice is a new row. */
export class ConsentChoice extends ConsentChoiceSchema.class {}
ConsentChoiceSchema.setClass(ConsentChoice);
