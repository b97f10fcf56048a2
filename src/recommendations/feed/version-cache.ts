import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../platform/logger.ts';

/** A feed waits so long for the first version of a process, then it goes on without one. */
const FIRST_PATIENCE_MS = 3_000;
/** A version that could not be loaded is tried again after so long. */
const RETRY_MS = 5_000;

export interface VersionSource<Version> {
  /** Null for a version that is not there. */
  load(versionId: string): Promise<Version | null>;
}

export interface VersionCacheOptions {
  /** A feed waits so long for a version that was just published, in milliseconds; then it goes on with the one before. */
  readonly patienceMs: number;
  readonly logger: Logger;
}

/** The version of a model that this process has: the one that serves, or the last one that could be loaded, or none. */
export class VersionCache<Version extends { readonly versionId: string }> {
  readonly #source: VersionSource<Version>;
  readonly #logger: Logger;
  readonly #patienceMs: number;
  #version: Version | null = null;
  /** The version asked for last: one that came too late does not take its place. */
  #wanted: string | null = null;
  #loading: { readonly versionId: string; readonly sinceMs: number; readonly done: Promise<void> } | null = null;
  #failed: { readonly versionId: string; readonly untilMs: number } | null = null;

  constructor(source: VersionSource<Version>, { patienceMs, logger }: VersionCacheOptions) {
    this.#source = source;
    this.#patienceMs = patienceMs;
    this.#logger = logger;
  }

  /** The version asked for, if it can be had soon. Never fails for lack of one. */
  async get(versionId: string | null): Promise<Version | null> {
    this.#wanted = versionId;
    if (versionId === null) this.#version = null;
    else if (this.#version?.versionId !== versionId && !this.#isGivenUp(versionId)) await this.#load(versionId);
    return this.#version;
  }

  #isGivenUp(versionId: string): boolean {
    return this.#failed?.versionId === versionId && performance.now() < this.#failed.untilMs;
  }

  async #load(versionId: string): Promise<void> {
    if (this.#loading?.versionId !== versionId) {
      const done = this.#read(versionId).finally(() => {
        if (this.#loading?.versionId === versionId) this.#loading = null;
      });
      this.#loading = { versionId, sinceMs: performance.now(), done };
    }
    const patience = new AbortController();
    const patienceMs = this.#version ? this.#patienceMs : FIRST_PATIENCE_MS;
    // Those who come later wait for the rest of it, and nobody once it is over.
    const waitMs = Math.max(0, this.#loading.sinceMs + patienceMs - performance.now());
    await Promise.race([this.#loading.done, delay(waitMs, undefined, { signal: patience.signal, ref: false })]);
    patience.abort();
  }

  async #read(versionId: string): Promise<void> {
    try {
      const version = await this.#source.load(versionId);
      if (version && this.#wanted === versionId) this.#version = version;
      if (version) return;
      this.#logger.warn({ versionId }, 'the model version is not there; feeds go on without it');
    } catch (error) {
      this.#logger.error({ err: error, versionId }, 'the model version could not be loaded; feeds go on without it');
    }
    this.#failed = { versionId, untilMs: performance.now() + RETRY_MS };
  }
}
