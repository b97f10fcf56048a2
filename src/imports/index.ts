export { ImportFileError, ImportRunningError } from './import.errors.ts';
export { type FileImport, ImportService } from './import.service.ts';
export type { ErrorFileWritten, ImportCounts, ImportProgress, ImportReport, OnProgress } from './import-report.ts';
export type { ImportOptions } from './import-run.ts';
export type { Importer, ImportServices } from './kinds/importer.ts';
export { importers } from './kinds/importers.ts';
export { findMooccubexFiles, type MooccubexImport } from './mooccubex/mooccubex.importer.ts';
export type { Refusal } from './refusals.ts';
export { openTextFile } from './sources/text-file.ts';
