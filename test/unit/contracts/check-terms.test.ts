import { describe, expect, it } from 'vitest';
import { checkTerms } from '../../../src/contracts/contract-terms.ts';
import { AmbiguousTermsError, type TermProposal } from '../../../src/contracts/index.ts';
import { InvalidInputError } from '../../../src/shared/domain-error.ts';

const context = { partyIds: ['press', 'gym'], currencies: ['CNY'] };
const both = { ...context, currencies: ['CNY', 'USD'] };

const words = { clause: '3.1', step: 2, description: 'A clause.' } as const;
const rate = { ...words, kind: 'PERCENTAGE', basis: 'SALE', percent: '10', beneficiary: 'CONTENT_OWNER' } as const;
const flat = { ...words, kind: 'FLAT', amountMinor: 100n, beneficiary: 'PLATFORM' } as const;
const tiers = [
  { from: '0', percent: '10' },
  { from: '100000', percent: '20.5' },
];
const tiered = {
  ...words,
  kind: 'TIERED',
  basis: 'REST',
  tiers,
  window: 'MONTH',
  beneficiary: 'CONTENT_OWNER',
} as const;
const discount = { ...words, step: 1, kind: 'DEDUCTION', cost: 'DISCOUNT', beneficiary: 'PLATFORM' } as const;
const toPress = { beneficiary: 'PARTNER', partnerId: 'press' } as const;
const advance = { ...words, kind: 'ADVANCE', amountMinor: 500n, percent: '50', ...toPress } as const;
const guarantee = { ...words, kind: 'MINIMUM_GUARANTEE', amountMinor: 900n, window: 'QUARTER', ...toPress } as const;

function outcome(terms: readonly TermProposal[], given = context): string {
  try {
    return checkTerms(terms, given).length === terms.length ? 'accepted' : 'lost';
  } catch (error) {
    if (error instanceof InvalidInputError) return error.field;
    if (error instanceof AmbiguousTermsError) return error.terms.map(({ position }) => position).join(' and ');
    throw error;
  }
}

describe('a clause by itself', () => {
  it.each<[string, TermProposal]>([
    ['a percentage', rate],
    ['a capped percentage', { ...rate, capMinor: 5n, capWindow: 'SALE' }],
    ['a percentage for a year', { ...rate, maxMonths: 12 }],
    ['a flat sum', flat],
    ['tiers', tiered],
    ['capped tiers', { ...tiered, capMinor: 1_000n, capWindow: 'CONTRACT' }],
    ['a discount with a funder', discount],
    ['a tax', { ...words, kind: 'DEDUCTION', cost: 'TAX' }],
    ['an advance', advance],
    ['an advance out of one content', { ...advance, contentId: 'content' }],
    ['a guarantee', guarantee],
    ['a percentage that is kept as it is signed', { ...rate, percent: '33.330' }],
  ])('may be %s', (_, term) => {
    const [checked] = checkTerms([term], context);
    expect(checked).toMatchObject(term);
  });

  it.each<[string, TermProposal, string]>([
    ['a percentage without a basis', { ...rate, basis: null }, 'terms.0.basis'],
    ['a percentage of an amount', { ...rate, amountMinor: 1n }, 'terms.0.amountMinor'],
    ['a flat percentage', { ...flat, percent: '3' }, 'terms.0.percent'],
    ['a flat sum of nothing', { ...flat, amountMinor: 0n }, 'terms.0.amountMinor'],
    ['a flat sum of more than there is', { ...flat, amountMinor: 10n ** 15n + 1n }, 'terms.0.amountMinor'],
    ['tiers without a window', { ...tiered, window: null }, 'terms.0.window'],
    ['tiers without tiers', { ...tiered, tiers: [] }, 'terms.0.tiers'],
    ['tiers that begin above zero', { ...tiered, tiers: tiers.slice(1) }, 'terms.0.tiers.0.from'],
    ['tiers that fall', { ...tiered, tiers: tiers.toReversed() }, 'terms.0.tiers.0.from'],
    ['tiers below zero', { ...tiered, tiers: [{ from: '-1', percent: '1' }] }, 'terms.0.tiers.0.from'],
    ['a tier over 100', { ...tiered, tiers: [{ from: '0', percent: '101' }] }, 'terms.0.tiers.0.percent'],
    ['a tier that is no number', { ...tiered, tiers: [{ from: '0', percent: 'ten' }] }, 'terms.0.tiers.0.percent'],
    ['a cap without a window', { ...rate, capMinor: 1n }, 'terms.0.capWindow'],
    ['a window without a cap', { ...rate, capWindow: 'MONTH' }, 'terms.0.capMinor'],
    ['a capped deduction', { ...discount, capMinor: 1n, capWindow: 'SALE' }, 'terms.0.capMinor'],
    ['a discount without a funder', { ...discount, beneficiary: null }, 'terms.0.beneficiary'],
    ['a discount that the pool funds', { ...discount, beneficiary: 'CAMPAIGN_POOL' }, 'terms.0.beneficiary'],
    ['a fee with a funder', { ...discount, cost: 'PROVIDER_FEE' }, 'terms.0.beneficiary'],
    ['an advance to the platform', { ...advance, beneficiary: 'PLATFORM', partnerId: null }, 'terms.0.beneficiary'],
    ['an advance to a stranger', { ...advance, partnerId: 'bank' }, 'terms.0.partnerId'],
    ['an advance in a window', { ...advance, window: 'MONTH' }, 'terms.0.window'],
    ['an advance that is no percentage', { ...advance, percent: '120' }, 'terms.0.percent'],
    ['a guarantee for one content', { ...guarantee, contentId: 'content' }, 'terms.0.contentId'],
    ['a guarantee with a percentage', { ...guarantee, percent: '1' }, 'terms.0.percent'],
    ['a duration of nothing', { ...rate, maxMonths: 0 }, 'terms.0.maxMonths'],
    ['a content and its domain', { ...rate, contentId: 'content', domainCode: 'arts' }, 'terms.0.domainCode'],
    ['a currency that is not the contract’s', { ...rate, currency: 'USD' }, 'terms.0.currency'],
    ['a step of a half', { ...rate, step: 1.5 }, 'terms.0.step'],
  ])('is not %s', (_, term, field) => {
    expect(outcome([term])).toBe(field);
  });

  it('names its currency when it has an amount and the contract several currencies', () => {
    for (const term of [flat, tiered, advance, guarantee, { ...rate, capMinor: 1n, capWindow: 'MONTH' as const }]) {
      expect(outcome([term], both)).toBe('terms.0.currency');
      expect(outcome([{ ...term, currency: 'USD' }], both)).toBe('accepted');
    }
    expect(outcome([rate], both)).toBe('accepted');
  });

  it('has a number of its own when it counts', () => {
    const other = { ...flat, step: 4 };
    for (const counting of [tiered, advance, guarantee, { ...rate, capMinor: 1n, capWindow: 'MONTH' as const }]) {
      expect(outcome([counting, other])).toBe('terms.1.clause');
      expect(outcome([counting, { ...other, clause: '3.2' }])).toBe('accepted');
    }
    expect(outcome([rate, other])).toBe('accepted');
  });
});

describe('clauses together', () => {
  const named = (scope: Partial<TermProposal>, at: number): TermProposal => ({ ...rate, ...scope, clause: `4.${at}` });
  const content = { contentId: 'content' };
  const domain = { domainCode: 'arts' };
  const campaign = { campaignId: 'campaign' };
  const channel = { channel: 'EMAIL' };
  const year = { maxMonths: 12 };

  it.each<[string, Partial<TermProposal>[], string]>([
    ['nothing and nothing', [{}, {}], '0 and 1'],
    ['a content and nothing', [content, {}], 'accepted'],
    ['two contents', [content, { contentId: 'other' }], 'accepted'],
    ['the same content twice', [content, content], '0 and 1'],
    ['a content and a domain', [content, domain], 'accepted'],
    ['a content and a module', [{ module: 'COURSE' }, content], 'accepted'],
    ['a domain and a module', [domain, { module: 'COURSE' }], '0 and 1'],
    ['a domain, a module and both', [domain, { module: 'COURSE' }, { ...domain, module: 'COURSE' }], 'accepted'],
    ['a content and a campaign', [content, campaign], '0 and 1'],
    ['a content, a campaign and both', [content, campaign, { ...content, ...campaign }], 'accepted'],
    ['a campaign and a channel', [{}, campaign, channel], '1 and 2'],
    ['a domain with a campaign and a content', [{ ...domain, ...campaign }, content], '0 and 1'],
    [
      'these and the content with the campaign',
      [{ ...domain, ...campaign }, content, { ...content, ...campaign }],
      'accepted',
    ],
    ['a third that is too narrow', [campaign, channel, { ...campaign, ...channel, ...domain }], '0 and 1'],
    [
      'two campaigns of one channel',
      [
        { ...channel, ...campaign },
        { ...channel, campaignId: 'other' },
      ],
      'accepted',
    ],
    ['a year and ever after', [year, {}], 'accepted'],
    ['half a year within a year', [year, { maxMonths: 6 }], 'accepted'],
    ['a year and a year', [year, year], '0 and 1'],
    ['a year and a content', [year, content], '0 and 1'],
    ['a year, a content and both', [year, content, { ...year, ...content }], 'accepted'],
    [
      'three sorts and all unions but the last',
      [
        content,
        campaign,
        channel,
        { ...content, ...campaign },
        { ...content, ...channel },
        { ...campaign, ...channel },
      ],
      '0 and 5',
    ],
    [
      'three sorts and all unions',
      [
        content,
        campaign,
        channel,
        { ...content, ...campaign },
        { ...content, ...channel },
        { ...campaign, ...channel },
        { ...content, ...campaign, ...channel },
      ],
      'accepted',
    ],
  ])('of one slot: %s', (_, scopes, expected) => {
    const small = scopes.map((scope, at) => ({ ...named(scope, at), percent: '1' }));
    expect(outcome(small)).toBe(expected);
  });

  it('compete only for the same thing', () => {
    const others: TermProposal[] = [
      { ...rate, clause: '5.1', step: 3 },
      { ...rate, clause: '5.2', beneficiary: 'PLATFORM' },
      { ...rate, clause: '5.3', ...toPress },
      { ...flat, clause: '5.4', beneficiary: 'CONTENT_OWNER' },
      { ...guarantee, clause: '5.5' },
    ];
    for (const other of others) expect(outcome([rate, other])).toBe('accepted');
    expect(outcome([rate, { ...tiered, clause: '5.6' }])).toBe('0 and 1');
    expect(outcome([guarantee, { ...guarantee, clause: '5.7', step: 9 }])).toBe('0 and 1');
    expect(outcome([guarantee, { ...guarantee, clause: '5.7', currency: 'CNY' }])).toBe('0 and 1');
    const byGym = { beneficiary: 'PARTNER', partnerId: 'gym' } as const;
    expect(outcome([discount, { ...discount, clause: '5.8', ...byGym, ...campaign }])).toBe('accepted');
    expect(
      outcome([
        { ...discount, ...channel },
        { ...discount, clause: '5.9', ...byGym, ...campaign },
      ]),
    ).toBe('0 and 1');
  });

  it('are added up in every sale that they can meet in, and only there', () => {
    const part = (percent: string, scope: Partial<TermProposal>, beneficiary: 'PLATFORM' | 'CAMPAIGN_POOL') =>
      ({ ...rate, percent, beneficiary, ...scope }) as const;
    const own = { ...rate, percent: '60' };
    expect(outcome([own, part('40', campaign, 'PLATFORM')])).toBe('accepted');
    expect(outcome([own, part('41', campaign, 'PLATFORM')])).toBe('terms.1.percent');
    expect(outcome([own, part('30', campaign, 'PLATFORM'), part('30', { campaignId: 'b' }, 'CAMPAIGN_POOL')])).toBe(
      'accepted',
    );
    expect(outcome([own, part('30', campaign, 'PLATFORM'), part('30', channel, 'CAMPAIGN_POOL')])).toBe(
      'terms.2.percent',
    );
    // The more specific rate takes the place of the wider one and does not add to it.
    expect(outcome([own, { ...own, ...campaign, percent: '90' }])).toBe('accepted');
    // Three that fit two by two, and not all at once.
    const three = [
      part('40', campaign, 'PLATFORM'),
      part('40', channel, 'CAMPAIGN_POOL'),
      { ...rate, percent: '21', ...domain },
    ];
    expect(outcome(three)).toBe('terms.2.percent');
  });

  it('name both when nothing says which applies, by clause and place', () => {
    const terms = [named(campaign, 1), named({}, 2), named(channel, 3)];
    expect(() => checkTerms(terms, context)).toThrow(
      /^Clauses "4.1" and "4.3" can meet in one sale, and neither is the more specific/,
    );
  });

  it('are refused when their scopes combine in more ways than anybody can read', () => {
    const sorts = ['campaignId', 'channel', 'domainCode', 'module'] as const;
    const many = sorts.flatMap((sort, step) =>
      Array.from({ length: 12 }, (_, at) => ({ ...named({ [sort]: `${at}` }, 0), percent: '1', step: step + 1 })),
    );
    expect(outcome(many)).toBe('terms');
  });
});
