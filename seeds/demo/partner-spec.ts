import type { MemberRole } from '../../src/shared/actor.ts';
import type { DemoAudience, PartnerKind, PartnerStatus } from './catalogue.types.ts';
import type { DomainCode } from './domains.ts';

interface MemberSpec {
  readonly key: string;
  readonly name: string;
  readonly role: MemberRole;
  readonly occupation: string;
  readonly birthYear: number;
}

/** A partner as the hand-made list writes it: dates are counted in days before the scenario's end. */
export interface PartnerSpec {
  readonly name: string;
  readonly nameEn: string;
  readonly kind: PartnerKind;
  readonly domain: DomainCode;
  readonly country: string;
  readonly description: string;
  readonly audience: DemoAudience;
  readonly status: PartnerStatus;
  readonly appliedDaysAgo: number;
  readonly suspended?: { readonly daysAgo: number; readonly reason: string };
  readonly members: readonly MemberSpec[];
}
