import type { Config } from '../platform/config.ts';
import type { OpenPlatform } from './open-platform.ts';

/** Whoever reads what a command prints may stop reading (`| head`): that ends the command, and is no failure. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** What the product says to the person who started it. Logs go elsewhere: to standard error, for programs. */
export function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** `  database  PostgreSQL at db:5432/tributary` */
export function labelled(label: string, text: string): string {
  return `  ${label.padEnd(8)}  ${text}`;
}

/** Seconds since the process began, the time to load the program with them. */
export function secondsSinceStart(): string {
  return (performance.now() / 1_000).toFixed(1);
}

/** Where the data is, without credentials. */
export function describeDatabase({ databaseUrl, isEmbedded, platform }: OpenPlatform): string {
  const { host, pathname } = new URL(databaseUrl);
  return isEmbedded
    ? `PostgreSQL of our own in ${platform.config.dataDir} at ${host}`
    : `PostgreSQL at ${host}${pathname}`;
}

export function describeQueues({ redisUrl }: Config): string {
  return redisUrl === undefined ? 'in the database' : `Redis at ${new URL(redisUrl).host}`;
}
