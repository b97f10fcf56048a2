export { OutboxMessage, OutboxMessageSchema } from './outbox-message.entity.ts';
