import { DomainError } from '../shared/domain-error.ts';

/** A model cannot go back from a version. */
export class NoEarlierVersionError extends DomainError {
  readonly code = 'NO_EARLIER_VERSION';
  /** Number of the version that serves; null when none does. */
  readonly servingVersion: number | null;

  constructor(from: number, serving: number | null) {
    super(
      serving === from
        ? `No version before ${from} is kept.`
        : `Version ${from} does not serve: ${serving === null ? 'none does' : `${serving} does`}.`,
    );
    this.servingVersion = serving;
  }
}
