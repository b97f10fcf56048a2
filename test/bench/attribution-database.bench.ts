import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connectPlatform } from '../../src/bin/open-platform.ts';
import { readConfig } from '../../src/platform/config.ts';
import { startScratchPostgres } from '../../src/platform/scratch-postgres.ts';
import { makeJourneys } from './attribution-database/make-journeys.ts';
import type { Bench, Measurement } from './bench.ts';

const CHILD = fileURLToPath(new URL('attribution-database/measure.ts', import.meta.url));
const JOURNEYS = 1_000_000;
const run = promisify(execFile);

/** Attribution of journeys that are in a PostgreSQL of its own on this machine; each task in a process of its own. */
export const attributionDatabaseBench: Bench = {
  name: 'attribution-database',
  description:
    'A million journeys in PostgreSQL. models: load, every model, total, in seconds. learn: the job that learns removal ' +
    'effects. campaign: the job that credits one campaign by all models, exactly. peak: RSS. [--journeys=1000000]',
  async run(args): Promise<Measurement[]> {
    const given = args.find((arg) => arg.startsWith('--journeys='))?.slice('--journeys='.length);
    const journeys = given === undefined ? JOURNEYS : Number(given);
    const postgres = await startScratchPostgres();
    const opened = await connectPlatform(readConfig({ LOG_LEVEL: 'error' }), postgres);
    try {
      process.stderr.write('making journeys\n');
      const { campaignId, ...made } = await makeJourneys(opened.platform, { journeys });
      const measure = async (name: string, task: readonly string[]): Promise<Measurement> => {
        const [kind = '', detail = ''] = task;
        const { stdout } = await run(process.execPath, ['--import', 'tsx', CHILD, kind, postgres.url, detail]);
        return { name, figures: JSON.parse(stdout) };
      };
      return [
        { name: 'rows', figures: { ...made } },
        await measure('all models', ['models']),
        await measure('learn, order 1', ['learn', '1']),
        await measure('learn, order 2', ['learn', '2']),
        await measure('one campaign', ['campaign', campaignId]),
      ];
    } finally {
      await opened.close();
    }
  },
};
