import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../../platform/columns.ts';

export const RemovalEffectVersionSchema = defineEntity({
  name: 'RemovalEffectVersion',
  tableName: 'removal_effect_versions',
  properties: {
    id: p.uuid().primary(),
    /** 1, 2, 3, ...: the highest is the one that runs share by. */
    number: p.integer().unique(),
    /** Of the Markov chain: players in the window that is a state. */
    markovOrder: p.smallint(),
    /** Conversions that something led to. */
    convertedJourneys: p.bigint('bigint'),
    /** What people met after their last conversion, or without any. */
    lostJourneys: p.bigint('bigint'),
    /** SHA-256 over order and effects: journeys that teach the same make no new version. */
    effectsDigest: p.text(),
    learntAt: timestamp(),
  },
});

/** What was learnt at some time from the journeys of everybody. Never changed. */
export class RemovalEffectVersion extends RemovalEffectVersionSchema.class {}
RemovalEffectVersionSchema.setClass(RemovalEffectVersion);
