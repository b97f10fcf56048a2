import type { Clock } from '../shared/clock.ts';
import type { IdSource } from '../shared/ids.ts';
import type { Cache } from './cache.ts';
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import type { Logger } from './logger.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** What every service is given from outside: nothing of it is imported as a global. */
export interface Platform {
  readonly config: Config;
  readonly database: Database;
  readonly cache: Cache;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly logger: Logger;
}
