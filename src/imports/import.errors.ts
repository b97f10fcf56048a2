import { DomainError } from '../shared/domain-error.ts';

/** A file cannot be imported at all. Nothing of it went in. */
export class ImportFileError extends DomainError {
  readonly code = 'IMPORT_FILE_UNUSABLE';
  readonly path: string;

  /** @param reason completes the sentence that begins with the file's name */
  constructor(path: string, reason: string) {
    super(`${path} ${reason}`);
    this.path = path;
  }
}

/** Imports take turns: two at once could wait for each other's rows for ever. */
export class ImportRunningError extends DomainError {
  readonly code = 'IMPORT_RUNNING';

  constructor() {
    super('Another import is running on this database. Try again when it is done.');
  }
}
