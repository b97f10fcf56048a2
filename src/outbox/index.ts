export type { JobRow } from './job.queries.ts';
export type { JobName, JobPayloads } from './job-payloads.ts';
export { findOpenPayloads } from './outbox.queries.ts';
export { type JobFailure, OutboxService, type PendingMessage } from './outbox.service.ts';
export { OutboxMessageSchema } from './outbox-message.entity.ts';
