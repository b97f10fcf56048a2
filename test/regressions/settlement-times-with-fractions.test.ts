import { expect, it } from 'vitest';
import { getSettlementProfile } from '../../src/reconciliation/index.ts';
import { fixedZone, InstantReader } from '../../src/reconciliation/reading/instant-text.ts';

it('reads fractions of a second wherever the seconds stand, also before the zone', () => {
  const [layout] = getSettlementProfile('stripe').layouts;
  const instants = new InstantReader(layout?.occurredAt.formats ?? []);
  const expected = new Date('2026-01-30T10:11:12Z');
  for (const text of ['2026-01-30T10:11:12.000Z', '2026-01-30T10:11:12Z', '2026-01-30 10:11:12.345678']) {
    expect(instants.read(text, fixedZone(0))).toEqual(expected);
  }
  expect(() => instants.read('2026-01-30T10:11:12.Z', fixedZone(0))).toThrow('which is none');
});
