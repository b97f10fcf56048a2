import { DomainError } from '../../shared/domain-error.ts';

/** A file cannot be read as the settlement file of a profile. Nothing of it counts. */
export class SettlementFileError extends DomainError {
  readonly code = 'SETTLEMENT_FILE_UNREADABLE';
  readonly fileName: string;
  /** Where reading came to its end; null when the file as a whole is to blame. */
  readonly line: number | null;

  /** @param reason completes the sentence that begins with the file's name */
  constructor(fileName: string, reason: string, line: number | null = null) {
    super(line === null ? `${fileName} ${reason}` : `${fileName}, line ${line}: ${reason}`);
    this.fileName = fileName;
    this.line = line;
  }
}

export class UnknownProfileError extends DomainError {
  readonly code = 'UNKNOWN_PROFILE';

  constructor(name: string, known: readonly string[]) {
    super(`There is no profile "${name.slice(0, 40)}". The profiles are: ${known.join(', ')}.`);
  }
}
