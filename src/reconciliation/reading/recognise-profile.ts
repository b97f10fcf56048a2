import type { Readable } from 'node:stream';
import { openContainer } from './container.ts';
import { openTable } from './open-table.ts';
import { SettlementFileError } from './settlement-file.errors.ts';
import type { SettlementProfile } from './settlement-profile.ts';

/** The profile whose header a file has; null when it is of none. For a hint to whoever named another one. */
export async function recogniseProfile(
  open: () => Readable,
  profiles: Iterable<SettlementProfile>,
): Promise<SettlementProfile | null> {
  for (const profile of profiles) {
    const source = open();
    const named = { fileName: 'The file', profile };
    try {
      await openTable(openContainer(source, named), named);
      return profile;
    } catch (error) {
      if (!(error instanceof SettlementFileError)) return null;
    } finally {
      source.destroy();
    }
  }
  return null;
}
