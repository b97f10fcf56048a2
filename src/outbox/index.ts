export type { JobName, JobPayloads } from './job-payloads.ts';
export { OutboxService, type PendingMessage } from './outbox.service.ts';
export { OutboxMessage, OutboxMessageSchema } from './outbox-message.entity.ts';
