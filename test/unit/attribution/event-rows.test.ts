import { describe, expect, it } from 'vitest';
import { EventRows } from '../../../src/attribution/effects/event-rows.ts';
import { PersonEvents } from '../../../src/attribution/effects/person-events.ts';
import { PathTable } from '../../../src/math/attribution/index.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 9, 1);
const EPOCH_MS = Date.UTC(2000, 0, 1);

interface Row {
  readonly account?: string;
  readonly pseudonym?: string;
  readonly day: number;
  /** Absent for a conversion. */
  readonly player?: number;
  /** Of a touchpoint 0 or, for a view, 1; of a conversion its kind. */
  readonly kind: number;
  readonly value?: bigint;
}

function field(bytes: Buffer | null): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes?.length ?? -1);
  return bytes ? Buffer.concat([length, bytes]) : length;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

/** As PostgreSQL sends rows: header, rows of six fields, and the mark behind the last. */
function copied(rows: readonly Row[]): Buffer {
  const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
  const lines = rows.map(({ account, pseudonym, day, player, kind, value }) => {
    const micros = BigInt(START_MS + day * DAY_MS - EPOCH_MS) * 1_000n + 999n;
    return Buffer.concat([
      Buffer.from([0, 6]),
      field(account === undefined ? null : Buffer.alloc(16, account)),
      field(pseudonym === undefined ? null : Buffer.from(pseudonym)),
      field(int64(micros)),
      field(player === undefined ? null : int32(player)),
      field(int32(kind)),
      field(value === undefined ? null : int64(value)),
    ]);
  });
  return Buffer.concat([header, ...lines, Buffer.from([0xff, 0xff])]);
}

/** The paths as lists of players, with what they came to and the ages of their touches in days. */
function readIn(bytes: Buffer, pieceLength: number) {
  const table = new PathTable({ keepAges: true });
  for (const name of ['a', 'b']) table.channel(name);
  const windows = [
    { clickDays: 10, viewDays: 1 },
    { clickDays: 3, viewDays: 0 },
  ];
  const events = new PersonEvents(table, windows);
  const rows = new EventRows(events);
  for (let at = 0; at < bytes.length; at += pieceLength) rows.take(bytes.subarray(at, at + pieceLength));
  rows.finish();
  const { offsets, steps, conversions, nulls, values, agesMs } = table.paths();
  const paths = Array.from(conversions, (count, path) => {
    const [from, to] = [offsets[path], offsets[path + 1]];
    const touches = Array.from(steps.subarray(from, to), (step) => 'ab'[step]).join('');
    const ages = Array.from(agesMs?.subarray(from, to) ?? [], (age) => age / DAY_MS);
    return { touches, ages, conversions: count, nulls: nulls[path], value: values[path] };
  });
  return { paths, converted: events.converted, lost: events.lost };
}

const ROWS: readonly Row[] = [
  // Bought twice and came back; the click on b was too old for the first purchase, and the view of b is worth nothing.
  { account: '1', day: 0, player: 1, kind: 0 },
  { account: '1', day: 1, player: 0, kind: 0 },
  { account: '1', day: 4, player: 1, kind: 1 },
  { account: '1', day: 4, player: 0, kind: 1 },
  { account: '1', day: 5, kind: 2, value: 1_000n },
  { account: '1', day: 6, player: 1, kind: 0 },
  // A conversion of another kind begins anew with the touchpoints before.
  { account: '1', day: 6, kind: 1, value: -5n },
  { account: '1', day: 7, kind: 2, value: 9_007_199_254_740_991n },
  { account: '1', day: 8, player: 1, kind: 0 },
  { account: '1', day: 12, player: 0, kind: 0 },
  // Another account, and somebody without one; the same letters in both places are different people.
  { account: '2', day: 1, player: 0, kind: 0 },
  { pseudonym: '2222222222222222', day: 2, kind: 2, value: 3n },
];

describe('the journeys in rows of events', () => {
  const whole = readIn(copied(ROWS), 100_000);

  it('are cut by person, kind of conversion and windows; what came last is lost', () => {
    expect(whole).toEqual({
      paths: [
        { touches: 'aa', ages: [4, 1], conversions: 1, nulls: 0, value: 1_000 },
        { touches: 'ab', ages: [5, 0], conversions: 1, nulls: 0, value: -5 },
        { touches: 'b', ages: [1], conversions: 1, nulls: 0, value: 9_007_199_254_740_991 },
        { touches: 'a', ages: [0], conversions: 0, nulls: 1, value: 0 },
        { touches: 'a', ages: [0], conversions: 0, nulls: 1, value: 0 },
        { touches: '', ages: [], conversions: 1, nulls: 0, value: 3 },
      ],
      converted: 3,
      lost: 2,
    });
  });

  it.each([1, 2, 7, 19, 64])('are the same when rows come in pieces of %i bytes', (pieceLength) => {
    expect(readIn(copied(ROWS), pieceLength)).toEqual(whole);
  });

  it('are none of nobody', () => {
    expect(readIn(copied([]), 5)).toEqual({ paths: [], converted: 0, lost: 0 });
  });

  it('may be longer than the arrays that they are gathered in', () => {
    const touches = Array.from({ length: 700 }, (): Row => ({ account: '1', day: 1, player: 0, kind: 0 }));
    const { paths } = readIn(copied([...touches, { account: '1', day: 2, kind: 1, value: 1n }]), 1_000);
    expect(paths).toMatchObject([{ touches: 'a'.repeat(700), conversions: 1 }]);
  });
});
