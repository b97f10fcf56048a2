import { DomainError } from '../../shared/domain-error.ts';

/** A file of interactions cannot be used. The message names the file, and the line where it is the line's fault. */
export class DatasetError extends DomainError {
  readonly code = 'INVALID_DATASET';
  readonly path: string;
  readonly line: number | null;

  constructor(path: string, at: { line?: number; reason: string }) {
    super(`${path}${at.line === undefined ? '' : `, line ${at.line}`}: ${at.reason}`);
    this.path = path;
    this.line = at.line ?? null;
  }
}
