/**
 * Short texts that may be lost at any time. A store that fails answers as if it were empty, since what is asked of it
 * can always be had in another way.
 */
export interface Cache {
  /** The text under `key`; null when there is none, or its time is over. */
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: { ttlMs: number }): Promise<void>;
  delete(key: string): Promise<void>;
}
