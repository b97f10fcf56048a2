import { detached } from './detached.ts';
import type { FileException, FileExceptionClass } from './settlement-line.ts';

/** What an exception may leave out. */
export type ExceptionDraft = Pick<FileException, 'class' | 'reason'> & Partial<FileException>;

const MAX_KEPT = 1_000;

/** Counts all exceptions of a file, gives each on once, and keeps the first ones. */
export class ExceptionLog {
  readonly #kept: FileException[] = [];
  readonly #counts: Partial<Record<FileExceptionClass, number>> = {};
  #fresh: FileException[] = [];

  add(draft: ExceptionDraft): void {
    const exception = {
      line: null,
      reference: null,
      currency: null,
      expectedMinor: null,
      actualMinor: null,
      ...draft,
      reason: detached(draft.reason),
      ...(draft.reference == null ? {} : { reference: detached(draft.reference) }),
    };
    this.#counts[exception.class] = (this.#counts[exception.class] ?? 0) + 1;
    if (this.#kept.length < MAX_KEPT) this.#kept.push(exception);
    this.#fresh.push(exception);
  }

  /** Those since the last call. */
  take(): readonly FileException[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  get kept(): readonly FileException[] {
    return this.#kept;
  }

  get counts(): Readonly<Partial<Record<FileExceptionClass, number>>> {
    return this.#counts;
  }
}
