import type { Random } from '../../src/shared/random.ts';
import type { Engagement, Learner } from './behaviour-learners.ts';
import type { World } from './behaviour-world.ts';
import type { ContentKind } from './catalogue.types.ts';
import { DAY_MS } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import { between, pick, randomStream } from './sampling.ts';
import type { DemoOrder, DemoRefund } from './scenario.types.ts';

const REFUNDS = 120;
/** In Chinese and in English. */
const ANYONE: Reasons = {
  'zh-CN': ['买重了，家人已经买过。', '和想的不太一样。', '下单时选错了。'],
  en: ['Not what I expected from the description.', 'Bought by mistake.', 'We already had it at home.'],
};
const BY_KIND: Partial<Record<ContentKind, Reasons>> = {
  COURSE: {
    'zh-CN': ['时间安排有变，近期学不了。', '难度与预期不符。', '公司改为统一报名，个人这份不需要了。'],
    en: ['Harder than the outline suggested.', 'My schedule changed, no time for it now.'],
  },
  EVENT: { 'zh-CN': ['活动当天无法到场。', '孩子发烧，去不了了。'], en: ['I cannot attend on that day.'] },
  PRODUCT: { 'zh-CN': ['商品有磕碰，退货退款。', '尺寸不合适。'], en: ['It arrived with a dent.'] },
  CAREER_SERVICE: { 'zh-CN': ['已经拿到录用，用不上了。'], en: ['I found a job before the session.'] },
};

type Reasons = Readonly<Record<'zh-CN' | 'en', readonly string[]>>;

export interface Purchase {
  readonly learner: Learner;
  readonly engagements: readonly Engagement[];
  readonly placedAtMs: number;
}

/** An order before it is known whether it will be refunded. */
export interface DraftedOrder {
  readonly order: DemoOrder;
  readonly purchase: Purchase;
}

/** Full refunds, a day to almost four weeks after the payment: some of them fall in a later period than the sale. */
export function chooseRefunds(drafts: readonly DraftedOrder[], world: World): ReadonlyMap<string, DemoRefund> {
  const random = randomStream(world.seed, 'refunds');
  const endMs = world.calendar.endsAt.getTime();
  const open = drafts.filter(({ order }) => order.payment.paidAt.getTime() + 2 * DAY_MS < endMs);
  const refunds = new Map<string, DemoRefund>();
  while (refunds.size < REFUNDS) {
    const draft = pick(random, open);
    const { order } = draft;
    const fromMs = order.payment.paidAt.getTime() + DAY_MS;
    const untilMs = Math.min(fromMs + between(random, 1, 26) * DAY_MS, endMs);
    refunds.set(order.id, {
      id: demoId('refund', order.number),
      providerReference: `sandbox-refund-${order.number}`,
      amountMinor: order.totalMinor,
      reason: reasonFor(draft, random),
      refundedAt: new Date(world.rhythm.between(random, fromMs, untilMs)),
    });
  }
  return refunds;
}

function reasonFor({ purchase }: DraftedOrder, random: Random): string {
  const language = purchase.learner.locale === 'en' ? 'en' : 'zh-CN';
  const kind = purchase.engagements[0]?.item.content.kind;
  const fitting = purchase.engagements.length === 1 && kind ? (BY_KIND[kind]?.[language] ?? []) : [];
  return pick(random, [...ANYONE[language], ...fitting, ...fitting]);
}
