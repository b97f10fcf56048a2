import { describe, expect, it } from 'vitest';
import { ROUNDING_RULES, type RoundingRule } from '../../../../src/math/allocation/index.ts';
import { amounts, credit, deduction, flat, POOL, sale, sentences, split, TAX, term, tiered } from './terms.ts';

const LADDER: [bigint, string][] = [
  [0n, '10'],
  [100_000n, '20'],
  [200_000n, '30'],
];

describe('a flat amount', () => {
  it('is paid of every sale beside the percentages of its step', () => {
    const shares = split([flat('author', 500n), term('school', '70')]);
    expect(amounts(shares)).toEqual(['author 500', 'school 7000', 'PLATFORM 2500']);
    expect(sentences(shares)[0]).toBe('5.00 a sale, from 100.00, the rest at step 2 (clause 3.2).');
    expect(shares[0]).toMatchObject({ basisMinor: 10_000n, countedMinor: 0n });
  });

  it.each<[RoundingRule, string[]]>([
    // 1.01: author .10, and 33.5 % = 33.835 units beside 57.165 left over. Only those two are rounded.
    ['LARGEST_REMAINDER', ['author 10', 'school 34', 'PLATFORM 57']],
    ['LISTED_ORDER', ['author 10', 'school 34', 'PLATFORM 57']],
    ['LARGEST_SHARE', ['author 10', 'school 33', 'PLATFORM 58']],
  ])('gets no unit of the rounding under %s', (rounding, expected) => {
    const terms = [flat('author', 10n), term('school', '33.5')];
    expect(amounts(split(terms, { sale: sale(101n), rounding }))).toEqual(expected);
  });

  it('takes all that there is when it exceeds the rest, and says so', () => {
    const shares = split([flat('author', 5_000n)], { sale: sale(3_000n) });
    expect(amounts(shares)).toEqual(['author 3000']);
    expect(sentences(shares)[0]).toBe(
      '50.00 a sale, from 30.00, the rest at step 2, ' +
        'cut in proportion because the claims of the step exceeded the rest (clause 3.2).',
    );
  });

  it('is cut in proportion together with the other claims of its step', () => {
    // 40.00 and 15.00 are claimed of 30.00: 3000 * 4000 / 5500 = 2181.8 and 818.2.
    const shares = split([flat('author', 4_000n), term('school', '50')], { sale: sale(3_000n) });
    expect(amounts(shares)).toEqual(['author 2182', 'school 818']);
    expect(amounts(split([flat('a', 4_000n), flat('b', 2_000n)], { sale: sale(3_000n) }))).toEqual([
      'a 2000',
      'b 1000',
    ]);
  });
});

describe('tiers', () => {
  it('cross two thresholds within one sale', () => {
    // From 900.00 to 2150.00: 100.00 at 10 %, 1000.00 at 20 %, 150.00 at 30 %, so 10.00 + 200.00 + 45.00.
    const shares = split([tiered('school', LADDER, { cumulativeMinor: 90_000n })], { sale: sale(125_000n) });
    expect(amounts(shares)).toEqual(['school 25500', 'PLATFORM 99500']);
    expect(shares[0]).toMatchObject({ basisMinor: 125_000n, countedMinor: 125_000n });
    expect(sentences(shares)[0]).toBe(
      '10% of 100.00, 20% of 1000.00 above 1000.00 and 30% of 150.00 above 2000.00, ' +
        'by tiers of 1250.00, the whole sale, after 900.00 of earlier sales (clause 3.3).',
    );
  });

  it('begin with the first rate when nothing has been counted', () => {
    const shares = split([tiered('school', LADDER)], { sale: sale(125_000n) });
    expect(amounts(shares)[0]).toBe('school 15000');
    expect(sentences(shares)[0]).toBe(
      '10% of the first 1000.00 and 20% of 250.00 above 1000.00, by tiers of 1250.00, the whole sale (clause 3.3).',
    );
  });

  it.each<[cumulative: bigint, amount: bigint]>([
    [0n, 10_000n],
    // 99,999 units at 10 % and one at 20 %: 10000.1.
    [1n, 10_000n],
    // One unit at 10 % and 99,999 at 20 %: 19999.9, beside a leftover of 80000.1.
    [99_999n, 20_000n],
    [100_000n, 20_000n],
    [200_000n, 30_000n],
    [10n ** 15n, 30_000n],
  ])('give 1000.00 its rates from where %s units have been counted', (cumulativeMinor, amount) => {
    const [share] = split([tiered('school', LADDER, { cumulativeMinor })], { sale: sale(100_000n) });
    expect(share?.amountMinor).toBe(amount);
  });

  it('have one rate only, and say it, in a sale that ends on the threshold', () => {
    const [share] = sentences(split([tiered('school', LADDER)], { sale: sale(100_000n) }));
    expect(share).toBe('10% of the first 1000.00, by tiers of 1000.00, the whole sale (clause 3.3).');
    const [within] = sentences(split([tiered('school', LADDER)], { sale: sale(5_000n) }));
    expect(within).toBe('10% of 50.00, by tiers of 50.00, the whole sale (clause 3.3).');
  });

  it('count the rest when they are taken of the rest', () => {
    // Tax and fee leave 92.80: 50.00 at 50 % and 42.80 at 60 % are 25.00 + 25.68.
    const paid = sale(10_000n, { taxMinor: 600n, providerFeeMinor: 120n });
    const rates: [bigint, string][] = [
      [0n, '50'],
      [5_000n, '60'],
    ];
    const shares = split([TAX, deduction('fee'), tiered('school', rates, { basis: 'REST' })], { sale: paid });
    expect(amounts(shares)).toEqual(['TAX_AUTHORITY 600', 'PAYMENT_PROVIDER 120', 'school 5068', 'PLATFORM 4212']);
    expect(shares.map(({ countedMinor }) => countedMinor)).toEqual([0n, 0n, 9_280n, 0n]);
  });

  it('count a pool once, however many touchpoints share it', () => {
    const terms = [tiered('pool', LADDER, { beneficiary: POOL })];
    const credits = [credit('t1', 'gym', [1n, 2n]), credit('t2', 'press', [1n, 2n])];
    const shares = split(terms, { credits });
    expect(amounts(shares)).toEqual(['gym 500', 'press 500', 'PLATFORM 9000']);
    expect(shares.map(({ countedMinor }) => countedMinor)).toEqual([10_000n, 0n, 0n]);
  });

  it('claim and count nothing of a free sale', () => {
    const shares = split([tiered('school', LADDER)], { sale: sale(0n) });
    expect(shares).toMatchObject([{ amountMinor: 0n, countedMinor: 0n }]);
    expect(sentences(shares)[0]).toBe('Nothing, by tiers of 0.00, the whole sale (clause 3.3).');
  });
});

describe('a cap', () => {
  it('holds a claim within one sale, and the platform keeps what it frees', () => {
    const shares = split([term('school', '20', { basis: 'SALE', cap: { leftMinor: 1_500n } })]);
    expect(amounts(shares)).toEqual(['school 1500', 'PLATFORM 8500']);
    expect(sentences(shares)[0]).toBe(
      '20% of 100.00, the whole sale, held to the 15.00 that the cap still allowed (clause 3.1).',
    );
  });

  it('leaves what it frees to the later steps', () => {
    const terms = [term('school', '70', { cap: { leftMinor: 1_000n } }), term('author', '50', { step: 3 })];
    expect(amounts(split(terms))).toEqual(['school 1000', 'author 4500', 'PLATFORM 4500']);
  });

  it('gives nothing more once it is used up', () => {
    const caps = { cap: { leftMinor: 0n } };
    expect(amounts(split([term('a', '20', caps), flat('b', 500n, caps), tiered('c', LADDER, caps)]))).toEqual([
      'a 0',
      'b 0',
      'c 0',
      'PLATFORM 10000',
    ]);
  });

  it.each(ROUNDING_RULES)('is not exceeded by a unit of the rounding under %s', (rounding) => {
    // 50 % of 10 units reaches the cap of 5 exactly; the others have 2.5 each, and the odd unit is theirs.
    const terms = [term('a', '50', { cap: { leftMinor: 5n } }), term('b', '25')];
    expect(amounts(split(terms, { sale: sale(10n), rounding }))).toEqual(['a 5', 'b 3', 'PLATFORM 2']);
  });

  it('lets a claim below it be rounded up to it', () => {
    // 50 % of 19 units is 9.5 under a cap of 10.
    const terms = [term('a', '50', { cap: { leftMinor: 10n } })];
    expect(amounts(split(terms, { sale: sale(19n) }))).toEqual(['a 10', 'PLATFORM 9']);
    expect(sentences(split(terms, { sale: sale(19n) }))[0]).not.toContain('cap');
  });

  it('holds tiers and flat amounts alike, while the tiers go on counting', () => {
    const caps = { cap: { leftMinor: 300n } };
    const shares = split([tiered('school', LADDER, caps), flat('author', 500n, caps)]);
    expect(amounts(shares)).toEqual(['school 300', 'author 300', 'PLATFORM 9400']);
    expect(shares[0]?.countedMinor).toBe(10_000n);
  });

  it('holds a claim before the step is cut', () => {
    // Tax leaves 80.00, of which 90.00 held to 60.00, and 40.00, are claimed: four fifths of each.
    const terms = [TAX, term('a', '90', { basis: 'SALE', cap: { leftMinor: 6_000n } }), flat('b', 4_000n)];
    const shares = split(terms, { sale: sale(10_000n, { taxMinor: 2_000n }) });
    expect(amounts(shares)).toEqual(['TAX_AUTHORITY 2000', 'a 4800', 'b 3200']);
    expect(sentences(shares)[1]).toBe(
      '90% of 100.00, the whole sale, held to the 60.00 that the cap still allowed, ' +
        'cut in proportion because the claims of the step exceeded the rest (clause 3.1).',
    );
  });

  it('holds the whole campaign pool, not each part of it', () => {
    const terms = [term('pool', '30', { beneficiary: POOL, cap: { leftMinor: 1_001n } })];
    const credits = [credit('t1', 'gym', [1n, 2n]), credit('t2', 'press', [1n, 2n])];
    expect(amounts(split(terms, { credits }))).toEqual(['gym 501', 'press 500', 'PLATFORM 8999']);
  });
});

describe('percentages over 100 of one step, which no contract has but which scopes might bring together', () => {
  it('are cut in proportion', () => {
    expect(amounts(split([term('a', '80'), term('b', '70')], { sale: sale(1_500n) }))).toEqual(['a 800', 'b 700']);
  });
});

describe('the rounding rule of the contract', () => {
  it.each<[amount: bigint, shares: string, rule: RoundingRule, parts: bigint[]]>([
    [15n, '80:8:12', 'LARGEST_REMAINDER', [12n, 1n, 2n]],
    [15n, '80:8:12', 'LISTED_ORDER', [13n, 1n, 1n]],
    [15n, '80:8:12', 'LARGEST_SHARE', [13n, 1n, 1n]],
    [100n, '1:1:1', 'LARGEST_REMAINDER', [34n, 33n, 33n]],
    [100n, '1:1:1', 'LISTED_ORDER', [34n, 33n, 33n]],
    [100n, '1:1:1', 'LARGEST_SHARE', [34n, 33n, 33n]],
    [5n, '100:101:100:100', 'LARGEST_REMAINDER', [1n, 2n, 1n, 1n]],
    [5n, '100:101:100:100', 'LISTED_ORDER', [2n, 1n, 1n, 1n]],
    [5n, '100:101:100:100', 'LARGEST_SHARE', [1n, 2n, 1n, 1n]],
    [10_001n, '33:33:34', 'LARGEST_REMAINDER', [3300n, 3300n, 3401n]],
    [10_001n, '33:33:34', 'LISTED_ORDER', [3301n, 3300n, 3400n]],
    [10_001n, '33:33:34', 'LARGEST_SHARE', [3300n, 3300n, 3401n]],
    [99n, '0:50:50', 'LARGEST_REMAINDER', [50n, 49n]],
    [99n, '0:50:50', 'LISTED_ORDER', [50n, 49n]],
    [99n, '0:50:50', 'LARGEST_SHARE', [50n, 49n]],
  ])(
    'shares a pool of %s by credits of %s under %s, and nothing with whom has no credit',
    (gross, text, rounding, parts) => {
      const weights = text.split(':').map(BigInt);
      const total = weights.reduce((sum, weight) => sum + weight, 0n);
      const credits = weights.map((weight, index) => credit(`t${index}`, `p${index}`, [weight, total]));
      const shares = split([term('pool', '100', { beneficiary: POOL })], { sale: sale(gross), credits, rounding });
      expect(shares.map(({ amountMinor }) => amountMinor)).toEqual(parts);
    },
  );

  it.each<[amount: bigint, percents: string, rule: RoundingRule, parts: bigint[]]>([
    [15n, '80:8:12', 'LARGEST_REMAINDER', [12n, 1n, 2n]],
    [15n, '80:8:12', 'LISTED_ORDER', [13n, 1n, 1n]],
    [15n, '80:8:12', 'LARGEST_SHARE', [13n, 1n, 1n]],
    [10_001n, '33:33:34', 'LARGEST_REMAINDER', [3300n, 3300n, 3401n]],
    [10_001n, '33:33:34', 'LISTED_ORDER', [3301n, 3300n, 3400n]],
    [10_001n, '33:33:34', 'LARGEST_SHARE', [3300n, 3300n, 3401n]],
    [99n, '0:50:50', 'LARGEST_REMAINDER', [0n, 50n, 49n]],
    [99n, '0:50:50', 'LISTED_ORDER', [0n, 50n, 49n]],
    [99n, '0:50:50', 'LARGEST_SHARE', [0n, 50n, 49n]],
  ])('shares %s by percentages of %s under %s', (gross, text, rounding, parts) => {
    const terms = text.split(':').map((percent, index) => term(`p${index}`, percent));
    const shares = split(terms, { sale: sale(gross), rounding });
    expect(shares.map(({ amountMinor }) => amountMinor)).toEqual(parts);
  });
});
