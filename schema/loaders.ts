import type { Database } from '../src/platform/database.ts';
import { createUserLoaders } from './users/user.loaders.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** Batches and remembers reads within one request. */
export function createLoaders(database: Database) {
  return { ...createUserLoaders(database) };
}
