import type { ContentKind, ContentStatus, Level, ModuleCode } from './catalogue.types.ts';

/** A content as the hand-made lists write it: dates are counted in days before the scenario's end. */
export interface ContentSpec {
  readonly kind: ContentKind;
  /** Left out: the module that the kind usually belongs to. */
  readonly module?: ModuleCode;
  readonly owner: string;
  readonly title: string;
  readonly author: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly level: Level;
  readonly priceMinor: bigint;
  readonly durationMinutes: number;
  readonly publishedDaysAgo: number;
  /** Left out: `zh-CN`. */
  readonly language?: string;
  readonly licence?: LicenceSpec;
  /** Left out: PUBLISHED. */
  readonly status?: ContentStatus;
  readonly withdrawnDaysAgo?: number;
}

/** What differs from the usual licence: everywhere, not exclusive, from before publication, without end. */
interface LicenceSpec {
  readonly territory?: readonly string[];
  readonly exclusive?: boolean;
  /** Negative when the end is still to come. */
  readonly endedDaysAgo?: number;
}

/** By key, unique over all domains. */
export type ContentSpecs = Readonly<Record<string, ContentSpec>>;
