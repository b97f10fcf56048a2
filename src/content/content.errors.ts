import { DomainError } from '../shared/domain-error.ts';
import type { QualityFinding } from './quality-rules.ts';
import type { LicenceRow } from './supply.queries.ts';

/** The content does not meet the quality rules yet. */
export class QualityRulesError extends DomainError {
  readonly code = 'QUALITY_RULES';
  readonly findings: readonly QualityFinding[];

  constructor(findings: readonly QualityFinding[]) {
    super(`The content does not meet ${findings.length} of the quality rules.`);
    this.findings = findings;
  }
}

/** Only what an active partner supplies is published. */
export class PartnerNotActiveError extends DomainError {
  readonly code = 'PARTNER_NOT_ACTIVE';

  constructor() {
    super('The partner is not active: its contents cannot be published.');
  }
}

/** Two exclusive licences of a content would hold in one country at one time. */
export class LicenceOverlapError extends DomainError {
  readonly code = 'LICENCE_OVERLAP';
  /** The one that was to be granted. */
  readonly licence: LicenceRow;
  /** The one that stands. */
  readonly otherLicence: LicenceRow;

  constructor(licence: LicenceRow, otherLicence: LicenceRow) {
    super(`An exclusive licence ${spanOf(licence)} would overlap the exclusive one ${spanOf(otherLicence)}.`);
    this.licence = licence;
    this.otherLicence = otherLicence;
  }
}

function spanOf({ territory, validFrom, validUntil }: LicenceRow): string {
  const end = validUntil ? `until ${validUntil.toISOString()}` : 'without end';
  return `for ${territory.join(', ')} from ${validFrom.toISOString()} ${end}`;
}
