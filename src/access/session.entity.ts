import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { User } from '../users/index.ts';

export const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().name('user_id').index(),
    /** SHA-256 of the token, hexadecimal. The token itself is shown once and never stored. */
    tokenHash: p.text().unique(),
    createdAt: timestamp(),
    expiresAt: timestamp(),
    revokedAt: timestamp().nullable(),
  },
});

/** One log-in on one device. */
export class Session extends SessionSchema.class {
  isLive(at: Date): boolean {
    return !this.revokedAt && at < this.expiresAt;
  }

  revoke(at: Date): void {
    this.revokedAt ??= at;
  }
}
SessionSchema.setClass(Session);
