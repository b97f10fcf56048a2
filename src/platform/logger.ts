import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type { Logger } from 'pino';

/** Structured logs, one JSON object a line on standard error, with credentials removed. */
export function createLogger(config: Pick<Config, 'logLevel'>): Logger {
  return pino(
    {
      level: config.logLevel,
      base: null,
      serializers: { err: describeError },
      redact: {
        paths: ['password', '*.password', 'token', '*.token', 'headers.authorization', 'req.headers.authorization'],
        censor: '[redacted]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** What helps to find a fault. Drivers hang whole connections and rows of people on their errors. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return {
    type: name,
    message,
    code,
    constraint,
    stack,
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
