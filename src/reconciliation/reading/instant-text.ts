import { IANAZone } from 'luxon';
import { quoted } from '../../shared/quoted.ts';
import { LineFault } from './line-fault.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What the letters of a format stand for, as in `yyyy-MM-dd HH:mm:ss`. Single letters take one digit or two. */
const TOKENS: Readonly<Record<string, readonly [part: Part, pattern: string]>> = {
  yyyy: ['year', '(\\d{4})'],
  MM: ['month', '(\\d{2})'],
  M: ['month', '(\\d{1,2})'],
  dd: ['day', '(\\d{2})'],
  d: ['day', '(\\d{1,2})'],
  HH: ['hour', '(\\d{2})'],
  H: ['hour', '(\\d{1,2})'],
  mm: ['minute', '(\\d{2})'],
  // Fractions of a second are let go of.
  ss: ['second', '(\\d{2})(?:\\.\\d{1,9})?'],
};
const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
type Part = (typeof PARTS)[number];

interface Format {
  readonly pattern: RegExp;
  /** For each part the group that holds it; 0 where the format has none. */
  readonly groups: readonly number[];
}

/** Reads local times in the formats of a profile. */
export class InstantReader {
  readonly #formats: readonly Format[];

  constructor(formats: readonly string[]) {
    this.#formats = formats.map(compile);
  }

  /** @throws LineFault when the text has none of the formats, or is a day that no calendar has */
  read(text: string, zone: TimeZone): Date {
    for (const { pattern, groups } of this.#formats) {
      const match = pattern.exec(text);
      if (!match) continue;
      const month = partOf(match, groups, 1) || 1;
      const day = partOf(match, groups, 2) || 1;
      const minute = partOf(match, groups, 4);
      const second = partOf(match, groups, 5);
      const localMs = Date.UTC(partOf(match, groups, 0), month - 1, day, partOf(match, groups, 3), minute, second);
      const local = new Date(localMs);
      // Date.UTC carries over what a month or a day has not got.
      if (local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day || minute > 59 || second > 59) break;
      return new Date(localMs - zone.offsetMs(localMs));
    }
    throw new LineFault(`has the time ${quoted(text)}, which is none`);
  }
}

/** 0 where the format has no such part. */
function partOf(match: RegExpExecArray, groups: readonly number[], part: number): number {
  const group = groups[part];
  return group ? Number(match[group]) : 0;
}

function compile(format: string): Format {
  const groups = PARTS.map(() => 0);
  let group = 0;
  const pattern = format.replace(/yyyy|MM?|dd?|HH?|mm|ss|[^A-Za-z]/g, (token) => {
    const [part, digits] = TOKENS[token] ?? [];
    if (!part || !digits) return `\\${token}`;
    groups[PARTS.indexOf(part)] = ++group;
    return digits;
  });
  return { pattern: new RegExp(`^${pattern}$`), groups };
}

export interface TimeZone {
  /** East of Greenwich, at a local time given as if it were UTC. */
  offsetMs(localMs: number): number;
}

export function fixedZone(minutes: number): TimeZone {
  return { offsetMs: () => minutes * MINUTE_MS };
}

/** Null when there is no such zone. */
export function ianaZone(name: string): TimeZone | null {
  const zone = IANAZone.create(name);
  if (!zone.isValid) return null;
  const offsets = new Map<number, number>();
  return {
    offsetMs(localMs) {
      // Zones change by the hour at most; asking Intl for every line would take most of the time.
      const hour = Math.floor(localMs / HOUR_MS);
      let offset = offsets.get(hour);
      if (offset === undefined) {
        if (offsets.size > 10_000) offsets.clear();
        const guess = zone.offset(localMs) * MINUTE_MS;
        offset = zone.offset(localMs - guess) * MINUTE_MS;
        offsets.set(hour, offset);
      }
      return offset;
    },
  };
}
