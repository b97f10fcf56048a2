import type { Platform } from '../platform/platform.ts';
import { type Actor, requireRole } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { defaultErrorPath } from './error-file.ts';
import type { ImportCounts, ImportReport } from './import-report.ts';
import { type ImportOptions, type ImportRun, runImport } from './import-run.ts';
import { type Importer, type ImportServices, STAGED } from './kinds/importer.ts';
import { importers } from './kinds/importers.ts';
import { importMooccubex, type MooccubexImport } from './mooccubex/mooccubex.importer.ts';
import { openSource } from './sources/open-source.ts';
import { stageRecords } from './stage-records.ts';

export interface FileImport extends ImportOptions {
  /** `users`, `content`, `interactions`, `touchpoints` or `orders`. */
  readonly kind: string;
  /** Ends in `.csv` or `.jsonl`, or in one of them and `.gz`. */
  readonly path: string;
  /** Where refused records go; beside the file unless given. */
  readonly errorsPath?: string | undefined;
}

/** Brings records from files into the database, thousands at a time. A bad record never loses the good ones. */
export class ImportService {
  readonly #platform: Platform;
  readonly #services: ImportServices;

  constructor(platform: Platform, services: ImportServices) {
    this.#platform = platform;
    this.#services = services;
  }

  /**
   * Imports a file of one kind in one transaction. Running it again changes nothing: identifiers follow from the names
   * in the file.
   *
   * @throws ImportFileError when the file cannot be used at all; nothing has changed then
   * @throws ImportRunningError while another import runs
   * @throws ForbiddenError for anybody but an admin
   */
  async importFile(actor: Actor, request: FileImport): Promise<ImportReport> {
    requireRole(actor, 'ADMIN');
    const importer = importers.find(({ kind }) => kind === request.kind);
    if (!importer) throw new InvalidInputError('kind', `There is no importer for "${request.kind}".`);
    const names = Object.entries(importer.columns);
    const source = await openSource(request.path, {
      known: names.map(([name]) => name),
      required: names.filter(([, column]) => column.required).map(([name]) => name),
    });
    const errorPaths = new Map([[request.path, request.errorsPath ?? (await defaultErrorPath(request.path))]]);
    const scope = { platform: this.#platform, actor };
    return runImport(scope, { ...request, errorPaths, tables: importer.tables }, async (run) => {
      const read = await stageRecords(run, {
        table: STAGED,
        columns: importer.staging,
        path: request.path,
        source,
        read: (cells) => importer.read(cells, run.now),
      });
      run.onProgress({ stage: 'merging', records: read });
      return { [importer.kind]: await this.#merge(run, { importer, path: request.path, read }) };
    });
  }

  /**
   * Imports the folder of MOOCCubeX: schools, courses, learners and enrolments.
   *
   * @throws ImportFileError when a file is missing or cannot be used; nothing has changed then
   * @throws ImportRunningError while another import runs
   * @throws ForbiddenError for anybody but an admin
   */
  async importMooccubex(actor: Actor, request: MooccubexImport): Promise<ImportReport> {
    requireRole(actor, 'ADMIN');
    return importMooccubex({ platform: this.#platform, actor, services: this.#services }, request);
  }

  async #merge(run: ImportRun, file: { importer: Importer; path: string; read: number }): Promise<ImportCounts> {
    const { session, refusals } = run;
    const { importer, path, read } = file;
    const merged = await importer.merge({
      ...run,
      services: this.#services,
      refuse: (select, values) => refusals.refuse({ source: path, table: STAGED }, select, values),
    });
    const refused = await refusals.count(path);
    await session.em.flush();
    return { read, ...merged, unchanged: read - refused - merged.inserted - merged.updated, refused };
  }
}
