import type { DomainCode } from './domains.ts';

/** A named learner as the hand-made lists write it; `interests` begins with the strongest. */
interface PersonSpec {
  readonly name: string;
  readonly country: string;
  readonly locale: 'zh-CN' | 'en';
  readonly birthYear: number;
  readonly occupation: string;
  readonly interests: readonly DomainCode[];
  readonly goals: readonly string[];
}

/** By key, unique over all people; also the local part of the address. */
export type PersonSpecs = Readonly<Record<string, PersonSpec>>;
