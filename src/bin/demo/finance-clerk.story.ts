import { present } from '../../shared/invariant.ts';
import { monthOf, previousMonth } from '../../shared/month.ts';
import { print } from '../output.ts';
import type { DemoProduct } from './demo-product.ts';
import { StoryTeller } from './story-teller.ts';

const TIME_ZONE = 'Asia/Shanghai';

const PARTNERS = /* GraphQL */ `
  query Partners { partners(first: 50) { edges { node { id name } } } }`;

const CONTRACTS = /* GraphQL */ `
  query Contracts {
    contracts(first: 10) { edges { node { id name versions { number terms { beneficiary } } parties { role partner { id } } } } }
  }`;

const SIMULATE = /* GraphQL */ `
  query Simulate($input: SimulateSplitInput!) {
    simulateSplit(input: $input) {
      contractName
      versionNumber
      amount { amount currency }
      lines { party partner { name } amount { amount } term { clause } explanation }
    }
  }`;

const FIND_LINES = /* GraphQL */ `
  query FindLines($partnerId: ID!, $period: String!, $after: String) {
    statement(partnerId: $partnerId, period: $period) {
      lines(first: 100, after: $after) {
        edges { cursor node { postingId trace { touchpoint { channel } } } }
        pageInfo { endCursor hasNextPage }
      }
    }
  }`;

const STATEMENT = /* GraphQL */ `
  query Statement($partnerId: ID!, $period: String!, $after: String) {
    statement(partnerId: $partnerId, period: $period) {
      partner { name }
      period
      closedAt
      opening { amount currency }
      closing { amount currency }
      lines(first: 1, after: $after) {
        edges {
          node {
            kind
            amount { amount }
            effectiveAt
            trace {
              explanation
              order { price { amount } content { title } }
              payment { provider reference fee { amount } }
              contract { name versionNumber term { clause description } }
              touchpoint { campaignName partner { name } channel kind occurredAt credit }
              recompute { equal amount { amount } }
            }
          }
        }
      }
    }
  }`;

const VERIFY = /* GraphQL */ `
  query Verify { verifyLedger { isIntact fault { detail } transactions postings links unsealed headHash } }`;

interface Contracts {
  readonly contracts: { readonly edges: readonly { readonly node: ContractHead }[] };
}

interface ContractHead {
  readonly id: string;
  readonly versions: readonly { readonly terms: readonly { readonly beneficiary: string | null }[] }[];
  readonly parties: readonly { readonly role: string; readonly partner: { readonly id: string } }[];
}

interface Lines {
  readonly statement: {
    readonly lines: {
      readonly edges: readonly {
        readonly cursor: string;
        readonly node: { readonly trace: { readonly touchpoint: object | null } };
      }[];
      readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    };
  } | null;
}

/** Who gets what and why, to the cent and back to the click. */
export async function tellFinanceStory(product: DemoProduct): Promise<void> {
  print('', '── The finance clerk ───────────────────────────────────────────────', '');
  const teller = await StoryTeller.as(product, 'finance@example.com');
  const contract = await findPoolContract(teller);
  const [owner, promoter] = contract.parties.filter(({ role }) => role === 'SUPPLIER').map(({ partner }) => partner.id);
  print('Before a sale: who would get what of 199.00, when another partner earned the credit?');
  await teller.show(SIMULATE, {
    input: {
      contractId: contract.id,
      ownerPartnerId: owner,
      amount: '19900',
      providerFee: '119',
      credits: [{ partnerId: promoter, credit: '1' }],
    },
  });
  print('After the month: a line of a statement that a campaign earned, back to the click and the clause.');
  await showTracedLine(teller, product.clock.now());
  print('And the books as a whole?');
  await teller.waitForJobs();
  await teller.show(VERIFY);
}

async function findPoolContract(teller: StoryTeller): Promise<ContractHead> {
  const { contracts } = await teller.ask<Contracts>(CONTRACTS);
  const feedsPool = ({ versions }: ContractHead) =>
    versions.some(({ terms }) => terms.some(({ beneficiary }) => beneficiary === 'CAMPAIGN_POOL'));
  return present(
    contracts.edges.map(({ node }) => node).find(feedsPool),
    'a contract of the demo that feeds a campaign pool',
  );
}

/** Looks through the statements of last month for a line that a touchpoint earned, and shows it. */
async function showTracedLine(teller: StoryTeller, now: Date): Promise<void> {
  const period = previousMonth(monthOf(now, TIME_ZONE));
  const { partners } = await teller.ask<{ partners: { edges: { node: { id: string } }[] } }>(PARTNERS);
  for (const { node: partner } of partners.edges) {
    const after = await findTouchedLine(teller, { partnerId: partner.id, period });
    if (after === undefined) continue;
    await teller.show(STATEMENT, { partnerId: partner.id, period, after });
    return;
  }
  throw new Error(`No statement of ${period} has a line that a campaign earned.`);
}

/** @returns cursor of the line before the first one that a touchpoint earned; undefined when there is none */
async function findTouchedLine(
  teller: StoryTeller,
  of: { partnerId: string; period: string },
): Promise<string | null | undefined> {
  let before: string | null = null;
  for (let more = true; more; ) {
    const { statement }: Lines = await teller.ask<Lines>(FIND_LINES, { ...of, after: before });
    for (const { cursor, node } of statement?.lines.edges ?? []) {
      if (node.trace.touchpoint) return before;
      before = cursor;
    }
    more = statement?.lines.pageInfo.hasNextPage ?? false;
  }
  return undefined;
}
