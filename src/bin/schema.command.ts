import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createGraphqlSchema } from '../../schema/build-schema.ts';
import { undescribedIn } from '../../schema/shared/descriptions.ts';

const FILE = new URL('../../schema/schema.graphql', import.meta.url);

/** `schema write` and `schema check`: the committed contract against the one that the code makes. */
export function schemaCommand(): Command {
  const command = new Command('schema').description('Write or check schema/schema.graphql.');
  command
    .command('write')
    .description('Write the contract as the code makes it.')
    .action(async () => {
      await writeFile(FILE, await currentContract());
      process.stdout.write('Wrote schema/schema.graphql.\n');
    });
  command
    .command('check')
    .description('Fail when the committed contract differs, or something in it has no description.')
    .action(async () => {
      const bare = undescribedIn(await createGraphqlSchema());
      if (bare.length > 0) throw new Error(`These have no description:\n  ${bare.join('\n  ')}`);
      const committed = await readFile(FILE, 'utf8').catch(() => '');
      const place = firstDifference(committed, await currentContract());
      if (place) throw new Error(`schema/schema.graphql is not what the code makes: run "npm run schema".\n${place}`);
      process.stdout.write('schema/schema.graphql is what the code makes, and everything in it is described.\n');
    });
  return command;
}

/** Sorted, so that moving code changes nothing. */
async function currentContract(): Promise<string> {
  return `${printSchema(lexicographicSortSchema(await createGraphqlSchema()))}\n`;
}

function firstDifference(committed: string, current: string): string | null {
  if (committed === current) return null;
  const before = committed.split('\n');
  const after = current.split('\n');
  const at = after.findIndex((line, index) => line !== before[index]);
  const line = at < 0 ? after.length : at;
  return `  line ${line + 1}, committed: ${before[line] ?? ''}\n  line ${line + 1}, code makes: ${after[line] ?? ''}`;
}
