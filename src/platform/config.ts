import { z } from 'zod';

/** Raised at start-up with every wrong variable named, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const count = (low: number, high: number) => {
  const error = `must be a whole number from ${low} to ${high}`;
  return z.coerce.number({ error }).int({ error }).min(low, { error }).max(high, { error });
};
const port = count(0, 65_535);
const urlWith = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    error: `must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
  });

const HOSTS = /^\s*[a-z0-9.-]+(:\d+)?(\s*,\s*[a-z0-9.-]+(:\d+)?)*\s*$/i;

/** Known to everybody who reads this, and therefore refused in production. */
const WEBHOOK_SECRET_OF_DEVELOPMENT = 'sandbox-webhook-secret';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: urlWith('postgres:', 'postgresql:').optional(),
  DATABASE_POOL_MAX: count(2, 200).default(12),
  REDIS_URL: urlWith('redis:', 'rediss:').optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/, 'must be 1 to 40 letters, digits, - or _')
    .default('tributary'),
  DATA_DIR: z.string().min(1).default('.data'),
  DEMO_DATA: z.enum(['auto', 'never']).default('auto'),
  SESSION_TTL_HOURS: count(1, 24 * 365).default(24 * 14),
  WORKER_CONCURRENCY: count(1, 64).default(4),
  WORKER_LOCK_SECONDS: count(1, 600).default(30),
  PAYMENT_WEBHOOK_SECRET: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
  PAYMENT_WEBHOOK_URL: urlWith('http:', 'https:').optional(),
  SETTLEMENT_FILE_LIMIT_KIB: count(1, 1_048_576).default(524_288),
  REQUEST_BODY_LIMIT_KIB: count(16, 16_384).default(1_024),
  GRAPHQL_INTROSPECTION: z.enum(['on', 'off', 'auto']).default('auto'),
  GRAPHQL_MAX_COST: count(100, 1_000_000).default(5_000),
  FEED_EXPLORATION_PERCENT: count(0, 100).default(5),
  FEED_MODEL_PATIENCE_MS: count(0, 10_000).default(20),
  LINK_HOSTS: z.string().regex(HOSTS, { error: 'must be hosts such as "www.example.com", comma separated' }).optional(),
  TRUST_PROXY: z.string().optional(),
  SHUTDOWN_GRACE_SECONDS: count(1, 300).default(15),
});

/** Everything that the environment decides. Read once, at start-up, and passed on from there. */
export interface Config {
  readonly environment: 'development' | 'test' | 'production';
  readonly host: string;
  readonly port: number;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
  /** Absent: an embedded PostgreSQL is started in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly databasePoolMax: number;
  /** Absent: queue, cache and rate limits live in PostgreSQL. */
  readonly redisUrl: string | undefined;
  /** What our keys in Redis begin with. */
  readonly redisPrefix: string;
  readonly dataDir: string;
  /** `auto` loads the demo scenario into an empty embedded database. */
  readonly demoData: 'auto' | 'never';
  readonly sessionTtlHours: number;
  readonly workerConcurrency: number;
  /** How long a worker may show no sign of life before others take its jobs. */
  readonly workerLockMs: number;
  /** Signs what payment providers tell us. Whoever knows it can make an order look paid. */
  readonly paymentWebhookSecret: string;
  /** Where the sandbox payment provider delivers its webhooks: this product's own endpoint, as workers reach it. */
  readonly paymentWebhookUrl: string;
  readonly requestBodyLimitBytes: number;
  /** Of a settlement file as it comes; packed files are larger inside. */
  readonly settlementFileLimitBytes: number;
  /** Also decides on the explorer. */
  readonly introspection: boolean;
  /** Objects that one GraphQL operation may answer with. */
  readonly graphqlMaxCost: number;
  /** Share of the places of a feed, from the fifth on, that are given to little known contents by chance; 0 to 1. */
  readonly feedExploration: number;
  /** How long a feed waits for a model version that was just published, before it goes on with the one before. */
  readonly feedModelPatienceMs: number;
  /** Hosts that tracked links may lead to, beside paths of our own; lower case, with the port where it is not 443. */
  readonly linkHosts: readonly string[];
  /** Addresses of proxies whose word on the caller's address is taken, comma separated. */
  readonly trustProxy: string | undefined;
  readonly shutdownGraceMs: number;
}

/**
 * @param environment usually `process.env`; empty strings count as absent
 * @throws ConfigError naming each variable that is wrong and what it must be
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) throw new ConfigError(describe(result.error));
  const values = result.data;
  if (values.NODE_ENV === 'production' && values.PAYMENT_WEBHOOK_SECRET === undefined) {
    throw new ConfigError('PAYMENT_WEBHOOK_SECRET is needed in production: at least 16 characters that nobody knows.');
  }
  return {
    environment: values.NODE_ENV,
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
    databasePoolMax: values.DATABASE_POOL_MAX,
    redisUrl: values.REDIS_URL,
    redisPrefix: values.REDIS_PREFIX,
    dataDir: values.DATA_DIR,
    demoData: values.DEMO_DATA,
    sessionTtlHours: values.SESSION_TTL_HOURS,
    workerConcurrency: values.WORKER_CONCURRENCY,
    workerLockMs: values.WORKER_LOCK_SECONDS * 1_000,
    paymentWebhookSecret: values.PAYMENT_WEBHOOK_SECRET ?? WEBHOOK_SECRET_OF_DEVELOPMENT,
    paymentWebhookUrl: values.PAYMENT_WEBHOOK_URL ?? ownWebhookUrl(values.HOST, values.PORT),
    settlementFileLimitBytes: values.SETTLEMENT_FILE_LIMIT_KIB * 1_024,
    requestBodyLimitBytes: values.REQUEST_BODY_LIMIT_KIB * 1_024,
    introspection:
      values.GRAPHQL_INTROSPECTION === 'auto'
        ? values.NODE_ENV !== 'production'
        : values.GRAPHQL_INTROSPECTION === 'on',
    graphqlMaxCost: values.GRAPHQL_MAX_COST,
    feedExploration: values.FEED_EXPLORATION_PERCENT / 100,
    feedModelPatienceMs: values.FEED_MODEL_PATIENCE_MS,
    linkHosts: (values.LINK_HOSTS ?? '')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((host) => host !== ''),
    trustProxy: values.TRUST_PROXY,
    shutdownGraceMs: values.SHUTDOWN_GRACE_SECONDS * 1_000,
  };
}

/** A host to listen on everywhere is not one to connect to. */
function ownWebhookUrl(host: string, ownPort: number): string {
  const reachable = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  const bracketed = reachable.includes(':') ? `[${reachable}]` : reachable;
  return `http://${bracketed}:${ownPort}/webhooks/payments/sandbox`;
}

function describe(error: z.ZodError): string {
  const lines = error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  return `The configuration is wrong:\n${lines.join('\n')}\nThe README lists every variable.`;
}
