import { describe, expect, it } from 'vitest';
import { checkSampleRatio } from '../../../../src/math/experiments/index.ts';
import { upperTail } from '../../../../src/math/experiments/sample-ratio.ts';

describe('upperTail', () => {
  it.each([
    [0.2, 1, 0.6547208460185768],
    [5, 4, 0.2872974951836458],
    [3.84, 1, 0.05004352124870519],
    [47.6, 1, 5.2268483099037445e-12],
    [391, 1, 5.013912573169179e-87],
    [120, 7, 7.661246463353007e-23],
    [900, 100, 6.929916559119848e-129],
  ])('of chi-square %d with %d degrees is that of scipy', (x, degrees, expected) => {
    expect(upperTail(x, degrees) / expected).toBeCloseTo(1, 9);
  });
});

describe('checkSampleRatio', () => {
  it('finds a split as even as chance makes it in order', () => {
    // Published with scipy: chi-square .20253125.
    const check = checkSampleRatio([21_306, 21_307, 21_387]);
    expect(check).toMatchObject({ verdict: 'OK', degreesOfFreedom: 2 });
    expect(check.statistic).toBeCloseTo(0.20253125, 12);
    expect(check.p).toBeCloseTo(0.9036929575604196, 12);
  });

  it('compares with weights on any scale', () => {
    // Expected 250 and 750: 50^2 / 250 + 50^2 / 750 = 13.33.
    const check = checkSampleRatio([300, 700], [1, 3]);
    expect(check).toMatchObject({ expected: [250, 750], verdict: 'ALARM' });
    expect(check.statistic).toBeCloseTo(40 / 3, 12);
    expect(checkSampleRatio([250, 750], [0.25, 0.75])).toMatchObject({ p: 1, verdict: 'OK' });
  });

  it('shows below .01 and alarms below .001', () => {
    // Statistics d^2 / 250: 6.4 is p .0114, 7.056 is .0079, 11.236 is .0008.
    expect(checkSampleRatio([540, 460]).verdict).toBe('OK');
    expect(checkSampleRatio([542, 458]).verdict).toBe('SHOWN');
    expect(checkSampleRatio([553, 447]).verdict).toBe('ALARM');
  });

  it('says when there are too few units to tell, and alarms at units that no chance explains', () => {
    expect(checkSampleRatio([7, 1])).toMatchObject({ verdict: 'TOO_FEW' });
    expect(checkSampleRatio([0, 0])).toMatchObject({ verdict: 'TOO_FEW', p: 1, statistic: 0 });
    expect(checkSampleRatio([500, 500, 1], [1, 1, 0])).toMatchObject({ verdict: 'ALARM', p: 0 });
    expect(checkSampleRatio([500, 500, 0], [1, 1, 0])).toMatchObject({ verdict: 'OK', degreesOfFreedom: 1 });
  });

  it('alarms at a whole arm that is missing', () => {
    expect(checkSampleRatio([100, 100, 0]).verdict).toBe('ALARM');
  });

  it('refuses what is no split', () => {
    expect(() => checkSampleRatio([5])).toThrow('from 2 to 200 arms');
    expect(() => checkSampleRatio([5, 1.5])).toThrow('whole number');
    expect(() => checkSampleRatio([5, 5], [1])).toThrow('one weight for each arm');
    expect(() => checkSampleRatio([5, 5], [1, -1])).toThrow('must not be -1');
    expect(() => checkSampleRatio([5, 5], [1, 0])).toThrow('at least two arms');
  });
});
