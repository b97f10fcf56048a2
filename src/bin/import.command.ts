import { Command } from 'commander';
import {
  findMooccubexFiles,
  type ImportOptions,
  type ImportReport,
  importers,
  openTextFile,
} from '../imports/index.ts';
import { system } from '../shared/actor.ts';
import { describeImporter, describeReport } from './import.text.ts';
import { print } from './output.ts';
import { progressView } from './progress-view.ts';
import { type CommandContext, withPlatform } from './with-platform.ts';

interface Options {
  readonly errors?: string;
  readonly dryRun?: true;
  readonly strict?: true;
  readonly json?: true;
}

const REFUSED_CODE = 2;
const OPERATOR = system('import');

/** `import`: records from files into the database. Failures are thrown to the program's one handler. */
export function importCommand(): Command {
  const command = new Command('import').description('Bring records from files into the database.');
  for (const importer of importers) {
    const sub = withOptions(new Command(importer.kind), 'file')
      .description(`Import ${importer.summary}, from CSV or JSON Lines.`)
      .argument('<file>', '.csv or .jsonl, plain or with .gz, UTF-8')
      .addHelpText('after', describeImporter(importer))
      .action(async (path: string, options: Options) => {
        // A mistyped name is told before a database is started for it.
        await openTextFile(path);
        const { kind } = importer;
        await run(options, ({ services }, shared) =>
          services.imports.importFile(OPERATOR, { ...shared, kind, path, errorsPath: options.errors }),
        );
      });
    command.addCommand(sub);
  }
  return command.addCommand(mooccubexCommand());
}

function mooccubexCommand(): Command {
  return withOptions(new Command('mooccubex'), 'folder')
    .description('Import MOOCCubeX: schools, courses, learners and enrolments.')
    .argument('<folder>', 'holds course_profiles.jsonl, train.txt and test.txt, plain or with .gz')
    .action(async (folder: string, options: Options) => {
      await findMooccubexFiles(folder);
      await run(options, ({ services }, shared) =>
        services.imports.importMooccubex(OPERATOR, { ...shared, folder, errorsFolder: options.errors }),
      );
    });
}

function withOptions(command: Command, errors: 'file' | 'folder'): Command {
  return command
    .option(`--errors <${errors}>`, 'where refused records go (default: <input>.errors.csv beside the input)')
    .option('--dry-run', 'try everything and keep nothing')
    .option('--strict', `exit with ${REFUSED_CODE} when a record was refused; without it, that is no failure`)
    .option('--json', 'print the report as one JSON object');
}

async function run(
  options: Options,
  work: (context: CommandContext, shared: ImportOptions) => Promise<ImportReport>,
): Promise<void> {
  await withPlatform(async (context) => {
    const view = progressView();
    const onProgress: NonNullable<ImportOptions['onProgress']> = ({ stage, fraction, records }) =>
      view.show({ stage, fraction, detail: `${records} records` });
    try {
      const report = await work(context, { dryRun: options.dryRun ?? false, onProgress, signal: context.signal });
      view.end();
      print(options.json ? JSON.stringify(report) : describeReport(report));
      if (options.strict && report.errorFiles.length > 0) process.exitCode = REFUSED_CODE;
    } finally {
      view.end();
    }
  });
}
