import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { invariant } from '../../shared/invariant.ts';
import { openContainer } from './container.ts';
import { FileReader } from './file-reader.ts';
import { rowsOf } from './header.ts';
import { openTable } from './open-table.ts';
import { SettlementFileError } from './settlement-file.errors.ts';
import type { FileSummary, SettlementBatch, SettlementReading } from './settlement-line.ts';
import type { SettlementProfile } from './settlement-profile.ts';
import { readTextLines } from './text-lines.ts';

export interface SettlementFile {
  readonly profile: SettlementProfile;
  /** The bytes from the start. Called once. */
  readonly open: () => Readable;
  /** For messages. */
  readonly fileName?: string;
}

/**
 * Reads the settlement file of a provider, a batch at a time; memory grows by some bytes a line, with which repeated
 * lines are found (see `SeenNames`), and by what a payout needs.
 */
export function readSettlementFile({ profile, open, fileName = 'The file' }: SettlementFile): SettlementReading {
  let summary: FileSummary | null = null;
  const named = { fileName: basename(fileName), profile };
  return {
    async *batches() {
      const source = open();
      try {
        const table = await openTable(openContainer(source, named), named);
        const reader = new FileReader(profile, table);
        yield* batchesOf(reader, readTextLines(table.bytes, table.encoding), profile);
        summary = reader.summary();
      } catch (error) {
        throw unreadable(named.fileName, error);
      } finally {
        source.destroy();
      }
    },
    summary() {
      invariant(summary !== null, 'the summary of a file is known once it is read to its end');
      return summary;
    },
  };
}

async function* batchesOf(
  reader: FileReader,
  lines: ReturnType<typeof readTextLines>,
  profile: SettlementProfile,
): AsyncGenerator<SettlementBatch> {
  const rows = rowsOf(profile);
  rows.expectCells(reader.width);
  for await (const more of lines) {
    rows.push(more);
    yield reader.read(rows, false);
  }
  yield reader.read(rows, true);
  yield reader.finish();
}

/** Told plainly where the file or what it lies on is to blame; anything else is a bug. */
function unreadable(fileName: string, error: unknown): unknown {
  if (error instanceof SettlementFileError || !(error instanceof Error)) return error;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new SettlementFileError(fileName, 'does not exist.');
  if (code === 'EISDIR') return new SettlementFileError(fileName, 'is a folder, no file.');
  if (code === 'EACCES') return new SettlementFileError(fileName, 'may not be read by this user.');
  const isOfFile = syscall !== undefined || code?.startsWith('Z_') || isOfZip(error);
  return isOfFile ? new SettlementFileError(fileName, `cannot be read to its end (${error.message}).`) : error;
}

/** What yauzl throws has no code, and our own code no such words. */
function isOfZip({ stack = '' }: Error): boolean {
  return stack.includes('yauzl');
}
