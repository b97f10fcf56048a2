import { DomainError } from '../shared/domain-error.ts';
import type { QualityFinding } from './quality-rules.ts';

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
