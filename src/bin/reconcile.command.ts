import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import {
  type FileSummary,
  getSettlementProfile,
  readSettlementFile,
  recogniseProfile,
  SettlementFileError,
  type SettlementProfile,
  settlementProfiles,
} from '../reconciliation/index.ts';
import { system } from '../shared/actor.ts';
import { present } from '../shared/invariant.ts';
import { print } from './output.ts';
import { UsageError } from './program.ts';
import { progressView } from './progress-view.ts';
import { readInstant } from './read-instant.ts';
import { type MatchedRun, settlementFileJson, settlementFileText } from './reconcile.text.ts';
import { withPlatform } from './with-platform.ts';

interface Options {
  readonly profile: string;
  readonly provider?: string;
  readonly dryRun?: true;
  readonly json?: true;
  readonly from?: string;
  readonly until?: string;
}

const OPERATOR = system('reconcile');
/** What the process ends with when it fails here. */
const UNREADABLE = 1;
const NOT_THE_FILE = 2;
const MAX_NAME = 200;
const CHUNK_BYTES = 256 * 1024;
const PROFILES = [...settlementProfiles.keys()].join(', ');

/** `reconcile`: reads the settlement file of a provider. Failures are thrown to the program's one handler. */
export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description('Read the settlement file of a payment provider, check it, and hold it against the books.')
    .argument('<file>', 'the file as the provider gives it: plain, in a ZIP, or gzip')
    .requiredOption('--profile <name>', `what kind of file it is: ${PROFILES}`)
    .option('--provider <name>', 'the payment provider whose payments it settles (default: that of the profile)')
    .option('--from <instant>', 'begin of the time that the file is about, such as 2026-10-01T00:00:00+08:00')
    .option('--until <instant>', 'end of that time, which is no part of it (default for both: that of its lines)')
    .option('--dry-run', 'only read and check the file; needs no database and changes nothing')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (path: string, options: Options) => {
      process.exitCode = NOT_THE_FILE;
      const profile = getSettlementProfile(options.profile);
      const [from, until] = [instantOf('from', options.from), instantOf('until', options.until)];
      process.exitCode = UNREADABLE;
      const summary = await readFile(path, profile);
      process.exitCode = NOT_THE_FILE;
      const provider = options.provider ?? profile.provider;
      const place = { profile: profile.name, provider, from, until };
      const matched = options.dryRun ? undefined : await matchFile(path, place);
      const show = options.json ? settlementFileJson : settlementFileText;
      print(show(summary, provider, matched));
      process.exitCode = 0;
    });
}

function instantOf(name: string, text: string | undefined): Date | undefined {
  return text === undefined ? undefined : readInstant(name, text);
}

/** The file is known to be readable by now. */
async function matchFile(
  path: string,
  place: { profile: string; provider: string; from: Date | undefined; until: Date | undefined },
): Promise<MatchedRun> {
  const found: MatchedRun[] = [];
  await withPlatform(async ({ services: { reconciliation } }) => {
    const upload = { ...place, fileName: basename(path).slice(0, MAX_NAME) };
    const { runId, isNew } = await reconciliation.upload(OPERATOR, upload, createReadStream(path));
    const view = process.stderr.isTTY ? progressView() : null;
    try {
      await reconciliation.reconcile(runId, (fraction) => view?.show({ stage: 'matching', fraction, detail: '' }));
    } finally {
      view?.end();
    }
    found.push({ run: present(await reconciliation.find(OPERATOR, runId), 'the run of a file'), isNew });
  });
  return present(found[0], 'what a file came to');
}

const HELP = `
"lines" counts the lines of data that were read, repeated ones among them. Header, totals, comments, blank lines, and
lines that cannot be read (these are exceptions, with their numbers) are not counted. The sums of a currency leave out
repeated lines, and payouts to the bank, which stand beside them. Amounts are signed as the balance with the provider sees them.

The exit code is 1 when the file cannot be read as the profile says, and 2 when something else fails: an option, or the
database. Exceptions within the file are no failure.`;

async function readFile(path: string, profile: SettlementProfile): Promise<FileSummary> {
  const sizeBytes = await sizeOf(path);
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const reading = readSettlementFile({ profile, open: () => stream, fileName: path });
  const view = process.stderr.isTTY ? progressView() : null;
  let lines = 0;
  try {
    for await (const batch of reading.batches()) {
      lines += batch.lines.length;
      view?.show({ stage: 'reading', fraction: stream.bytesRead / (sizeBytes || 1), detail: `${lines} lines` });
    }
    return reading.summary();
  } catch (error) {
    throw error instanceof SettlementFileError ? await withHint(error, path) : error;
  } finally {
    view?.end();
  }
}

async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path).catch(() => null);
  if (!stats) throw new SettlementFileError(path, 'does not exist, or may not be looked at.');
  if (!stats.isFile())
    throw new SettlementFileError(path, stats.isDirectory() ? 'is a folder, no file.' : 'is no file.');
  return stats.size;
}

/** Whoever names the wrong profile is told the right one. */
async function withHint(error: SettlementFileError, path: string): Promise<Error> {
  const right = await recogniseProfile(() => createReadStream(path), settlementProfiles.values());
  return right ? new UsageError(`${error.message} It looks like one of --profile ${right.name}.`) : error;
}
