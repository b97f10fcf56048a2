import { Migration } from '@mikro-orm/migrations';

/** Wakes the relay at the commit that wrote a message, so that it need not poll often. */
export class OutboxNotify20261121000003 extends Migration {
  override up(): void {
    this.addSql(`
      create function outbox_notify() returns trigger language plpgsql as $$
      begin
        perform pg_notify('outbox', '');
        return null;
      end $$`);
    this.addSql(`
      create trigger outbox_messages_notify after insert on outbox_messages
      for each statement execute function outbox_notify()`);
  }
}
