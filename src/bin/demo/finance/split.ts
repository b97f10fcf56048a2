import { present } from '../../../shared/invariant.ts';
import { print } from '../../output.ts';
import type { StoryTeller } from '../story-teller.ts';

const CONTRACTS = /* GraphQL */ `
  query Contracts {
    contracts(first: 10) {
      edges { node { id versions { terms { kind beneficiary } } parties { role partner { id } } } }
    }
  }`;

const SIMULATE = /* GraphQL */ `
  query Simulate($input: SimulateSplitInput!) {
    simulateSplit(input: $input) {
      contractName versionNumber
      lines { amount { amount } party partner { name } explanation }
    }
  }`;

interface Contracts {
  readonly contracts: { readonly edges: readonly { readonly node: ContractHead }[] };
}

interface ContractHead {
  readonly id: string;
  readonly versions: readonly { readonly terms: readonly Term[] }[];
  readonly parties: readonly { readonly role: string; readonly partner: { readonly id: string } }[];
}

interface Term {
  readonly kind: string;
  readonly beneficiary: string | null;
}

/** Two sales that nobody made yet: by a pool of campaigns, and by tiers under a cap. */
export async function simulateSplits(teller: StoryTeller): Promise<void> {
  const pool = await findContract(teller, ({ beneficiary }) => beneficiary === 'CAMPAIGN_POOL');
  const [owner, promoter] = suppliersOf(pool);
  print('Before a sale: who would get what of 199.00, when another partner earned the credit?');
  await teller.show(SIMULATE, {
    input: {
      contractId: pool.id,
      ownerPartnerId: owner,
      amount: '19900',
      providerFee: '119',
      credits: [{ partnerId: promoter, credit: '1' }],
    },
  });
  const tiers = await findContract(teller, ({ kind }) => kind === 'TIERED');
  print('Another contract has a fee in tiers under a cap. 9,900.00 were sold under it this month: what of 299.00?');
  await teller.show(SIMULATE, {
    input: {
      contractId: tiers.id,
      ownerPartnerId: suppliersOf(tiers)[0],
      amount: '29900',
      counted: [{ clause: '3.1', revenue: '990000' }],
    },
  });
}

/** @returns partners that supply content under a contract */
export function suppliersOf({ parties }: ContractHead): string[] {
  return parties.filter(({ role }) => role === 'SUPPLIER').map(({ partner }) => partner.id);
}

/** The demo's contract that has such a clause. */
export async function findContract(teller: StoryTeller, isMeant: (term: Term) => boolean): Promise<ContractHead> {
  const { contracts } = await teller.ask<Contracts>(CONTRACTS);
  const has = ({ versions }: ContractHead) => versions.some(({ terms }) => terms.some(isMeant));
  return present(contracts.edges.map(({ node }) => node).find(has), 'a contract of the demo with such a clause');
}
