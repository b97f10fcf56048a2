import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { entities } from '../entities.ts';
import { Database } from '../platform/database.ts';
import { migrations } from '../platform/migrations/index.ts';
import { startScratchPostgres } from '../platform/scratch-postgres.ts';

/** `migrations check` and `migrations create`: entities against migrations, on a scratch server. */
export function migrationsCommand(): Command {
  const command = new Command('migrations').description('Compare the entities with the migrations.');
  command
    .command('check')
    .description('Fail when the entities have changes that no migration makes.')
    .action(async () => {
      const pending = await schemaDifference();
      if (pending.length > 0) throw new Error(`No migration makes these changes:\n${pending.join('\n')}`);
      process.stdout.write('The migrations make the schema that the entities describe.\n');
    });
  command
    .command('create')
    .argument('<name>', 'kebab-case, what the migration does')
    .description('Write a migration with the changes that the entities have and the migrations lack.')
    .action(async (name: string) => {
      const statements = await schemaDifference();
      const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
      const file = `src/platform/migrations/${stamp}-${name}.ts`;
      await writeFile(file, migrationSource(`${stamp}-${name}`, statements));
      process.stdout.write(`${file}: ${statements.length} statements. Add it to migrations/index.ts.\n`);
    });
  return command;
}

async function schemaDifference(): Promise<string[]> {
  const server = await startScratchPostgres();
  try {
    const database = await Database.connect({ url: server.url, poolMax: 2, entities, migrations });
    try {
      await database.migrate();
      const sql = await database.orm.schema.getUpdateSchemaSQL({ wrap: false });
      return sql.split('\n').filter((line) => line.trim() !== '');
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

function migrationSource(name: string, statements: readonly string[]): string {
  const lines = statements.map((sql) => `    this.addSql(\`${sql}\`);`).join('\n');
  return `import { Migration } from '@mikro-orm/migrations';

export class ${pascalCase(name)} extends Migration {
  override up(): void {
${lines}
  }
}
`;
}

function pascalCase(name: string): string {
  const [stamp = '', ...words] = name.split('-');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}${stamp}`;
}
