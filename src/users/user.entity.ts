import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import type { ROLES } from '../shared/actor.ts';

export const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    /** Lower case. Absent for people who came with an import and never signed up. */
    email: p.text().nullable().unique(),
    passwordHash: p.text().nullable(),
    displayName: p.text(),
    roles: p.array().$type<(typeof ROLES)[number][]>(),
    locale: p.text(),
    country: p.string().length(2).columnType('char(2)').nullable(),
    birthYear: p.smallint().nullable(),
    occupation: p.text().nullable(),
    interests: p.array(),
    goals: p.array(),
    /** Name of the person in the system that an import came from: `mooccubex:17`. */
    externalRef: p.text().nullable().unique(),
    createdAt: timestamp(),
  },
});

/** A person who can log in, or whose behaviour an import brought. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
