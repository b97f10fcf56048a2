export { ImportFileError, ImportRunningError } from './import.errors.ts';
export { ImportService } from './import.service.ts';
export type { ImportReport } from './import-report.ts';
export type { ImportOptions } from './import-run.ts';
export type { Importer } from './kinds/importer.ts';
export { importers } from './kinds/importers.ts';
export { findMooccubexFiles } from './mooccubex/mooccubex.importer.ts';
export { openTextFile } from './sources/text-file.ts';
