import { monthOf, previousMonth } from '../../shared/month.ts';
import { print } from '../output.ts';
import type { DemoProduct } from './demo-product.ts';
import { payPartners } from './finance/payout.ts';
import { reconcileMonth } from './finance/reconciliation.ts';
import { returnMoney } from './finance/returns.ts';
import { simulateSplits } from './finance/split.ts';
import { traceStatement } from './finance/statement.ts';
import { StoryTeller } from './story-teller.ts';

const TIME_ZONE = 'Asia/Shanghai';

const VERIFY = /* GraphQL */ `
  query Verify { verifyLedger { isIntact fault { detail } transactions postings links unsealed headHash } }`;

/** Who gets what and why, to the cent, back to the click and on to the bank. */
export async function tellFinanceStory(product: DemoProduct): Promise<void> {
  print('', '── The finance clerk ───────────────────────────────────────────────', '');
  const teller = await StoryTeller.as(product, 'finance@example.com');
  const period = previousMonth(monthOf(product.clock.now(), TIME_ZONE));
  await simulateSplits(teller);
  await traceStatement(teller, period);
  await returnMoney(teller, TIME_ZONE);
  await payPartners(teller);
  await reconcileMonth(teller, { period, timeZone: TIME_ZONE });
  print('And the books as a whole?');
  await teller.waitForJobs();
  await teller.show(VERIFY);
}
