/** Where categories of contents and of the moment come from; columns are known by field and value. */
const FIELDS = ['domain', 'kind', 'module', 'partner', 'occupation', 'time'] as const;
type Field = (typeof FIELDS)[number];

/** A value of a field, such as `['domain', 'technology']`. */
export type Category = readonly [Field, string];

/** Which columns the machines of a version have. */
export interface RankerLayout {
  /** Names of `FEATURES` as they were then: later ones are appended, and unknown to the version. */
  readonly featureNames: readonly string[];
  readonly categories: readonly Category[];
}

/** What of a content the ranker goes by. */
export interface RankedContent {
  readonly domainCode: string;
  readonly kind: string;
  readonly module: string;
  readonly partnerId: string;
}

/** What of the person and the moment it goes by. */
export interface RankedMoment {
  /** In lower case; null when it is unknown or the person does not let it be used. */
  readonly occupation: string | null;
  readonly atMs: number;
}

/** Places 0, 1, 2 to 3, 4 to 7 and so on have a column each, the last one for all that come later. */
export const POSITION_BUCKETS = 8;
const DAY_PARTS = 6;

export function positionBucket(position: number): number {
  return Math.min(POSITION_BUCKETS - 1, Math.floor(Math.log2(position + 1)));
}

/** The categories of a content, in the order of `FIELDS`. */
export function contentCategories({ domainCode, kind, module, partnerId }: RankedContent): Category[] {
  return [
    ['domain', domainCode],
    ['kind', kind],
    ['module', module],
    ['partner', partnerId],
  ];
}

/** Those of the person and the moment: four hours of a day of work or of rest, in UTC. */
export function momentCategories({ occupation, atMs }: RankedMoment): Category[] {
  const at = new Date(atMs);
  const isWeekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
  const part = Math.floor((at.getUTCHours() * DAY_PARTS) / 24);
  const time: Category = ['time', `${isWeekend ? 'weekend' : 'week'}:${part}`];
  return occupation === null ? [time] : [['occupation', occupation], time];
}

/**
 * The columns of a layout: two for each feature, its value and whether it is there at all, which says as much as the
 * source that brought a candidate; then those of the places; then the categories.
 */
export class RankerColumns {
  readonly count: number;
  readonly featureCount: number;
  readonly #categories: ReadonlyMap<Field, Map<string, number>>;

  constructor({ featureNames, categories }: RankerLayout) {
    this.featureCount = featureNames.length;
    const first = 2 * this.featureCount + POSITION_BUCKETS;
    this.#categories = new Map(FIELDS.map((field) => [field, new Map()]));
    categories.forEach(([field, value], at) => {
      this.#categories.get(field)?.set(value, first + at);
    });
    this.count = first + categories.length;
  }

  valueOf(feature: number): number {
    return 2 * feature;
  }

  presenceOf(feature: number): number {
    return 2 * feature + 1;
  }

  ofBucket(bucket: number): number {
    return 2 * this.featureCount + bucket;
  }

  /** Columns of the categories that the version knows, in their order. */
  of(categories: readonly Category[]): number[] {
    return categories.flatMap(([field, value]) => this.#categories.get(field)?.get(value) ?? []);
  }
}
