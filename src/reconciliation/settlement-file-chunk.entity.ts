import { defineEntity, p } from '@mikro-orm/core';
import { ReconciliationRun } from './reconciliation-run.entity.ts';

export const SettlementFileChunkSchema = defineEntity({
  name: 'SettlementFileChunk',
  tableName: 'settlement_file_chunks',
  properties: {
    runId: () =>
      p.manyToOne(ReconciliationRun).mapToPk().name('run_id').deleteRule('no action').updateRule('no action').primary(),
    /** 0, 1, 2, ... */
    position: p.integer().primary(),
    bytes: p.blob(),
  },
});

/** A part of an uploaded file, kept where every worker reaches it. */
export class SettlementFileChunk extends SettlementFileChunkSchema.class {}
SettlementFileChunkSchema.setClass(SettlementFileChunk);
