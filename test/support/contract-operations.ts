import type { PartyRole, TermProposal } from '../../src/contracts/index.ts';
import { system } from '../../src/shared/actor.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { platformAndOwner } from './contracts.ts';
import { aMember, aPartner } from './partners.ts';
import type { TestPerson } from './people.ts';
import type { TestApp } from './test-app.ts';

/** What a contract mutation answers with. */
export interface ContractAnswer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly field?: string;
  readonly latestNumber?: number;
  readonly contract?: {
    readonly id: string;
    readonly state: string;
    readonly noticeGivenAt: string | null;
    readonly endsAt: string | null;
    readonly steps: readonly { from: string | null; to: string; by: string; reason: string; at: string }[];
    readonly versions: readonly ContractVersionAnswer[];
  };
}

interface ContractVersionAnswer {
  readonly number: number;
  readonly recordedAt: string | null;
  readonly withdrawnAt: string | null;
  readonly proposer: { readonly id: string } | null;
  readonly terms: readonly { readonly clause: string; readonly percent: string | null }[];
  readonly acceptances: readonly { readonly partner: { readonly id: string } | null; readonly reason: string }[];
}

const INPUT_OF = {
  draftContract: 'DraftContractInput',
  proposeContract: 'ProposeContractInput',
  proposeDraft: 'ProposeDraftInput',
  counterContract: 'CounterContractInput',
  amendContract: 'AmendContractInput',
  acceptContract: 'AcceptContractInput',
  withdrawContract: 'WithdrawContractInput',
  giveNotice: 'GiveNoticeInput',
} as const;

export type ContractMutation = keyof typeof INPUT_OF;

const SUCCESSES = ['Draft', 'Propose', 'Counter', 'Amend', 'Accept', 'Withdraw'].map(
  (name) => `${name}ContractSuccess`,
);

/** Sends one mutation about a contract and gives its answer, whichever of the union it is. */
export async function contractMutation(
  app: TestApp,
  name: ContractMutation,
  { input, token }: { input: object; token?: string | undefined },
): Promise<ContractAnswer> {
  const success = successOf(name);
  const query = /* GraphQL */ `
    mutation ($input: ${INPUT_OF[name]}!) {
      ${name}(input: $input) {
        __typename
        ... on ${success} {
          contract {
            id state noticeGivenAt endsAt
            steps { from to by reason at }
            versions {
              number recordedAt withdrawnAt proposer { id } terms { clause percent }
              acceptances { partner { id } reason }
            }
          }
        }
        ... on UserError { code message }
        ... on InvalidInputError { field }
        ${NUMBERED.has(name) ? '... on VersionSupersededError { latestNumber }' : ''}
      }
    }`;
  const data = await app.query<Record<string, ContractAnswer>>(query, { input }, token === undefined ? {} : { token });
  return data[name] ?? { __typename: 'nothing' };
}

const NUMBERED: ReadonlySet<string> = new Set(['counterContract', 'acceptContract', 'withdrawContract']);

function successOf(name: ContractMutation): string {
  if (name === 'giveNotice') return 'GiveNoticeSuccess';
  const verb = name === 'proposeDraft' ? 'Propose' : name.replace('Contract', '');
  return SUCCESSES.find((success) => success.toLowerCase().startsWith(verb.toLowerCase())) ?? name;
}

export interface NegotiationOptions {
  readonly state?: 'DRAFT' | 'PROPOSED';
  readonly effectiveFrom?: Date;
  readonly noticeDays?: number;
  readonly roles?: readonly PartyRole[];
  readonly terms?: readonly TermProposal[];
}

/** A contract that the platform has drafted or proposed, with one owner for each of its parties. */
export async function aNegotiation(app: TestApp, options: NegotiationOptions = {}) {
  const parties: { partnerId: string; role: PartyRole; owner: TestPerson }[] = [];
  for (const role of options.roles ?? ['SUPPLIER']) {
    const { id: partnerId } = await aPartner(app);
    parties.push({ partnerId, role, owner: await aMember(app, { partnerId }) });
  }
  const proposal = {
    ...versionWords,
    name: 'Distribution',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    noticeDays: options.noticeDays ?? 1,
    effectiveFrom: options.effectiveFrom ?? versionWords.effectiveFrom,
    terms: options.terms ?? platformAndOwner,
    parties: parties.map(({ partnerId, role }) => ({ partnerId, role })),
  };
  const { contracts } = app.services;
  const actor = system('test');
  const { id } =
    options.state === 'DRAFT' ? await contracts.draft(actor, proposal) : await contracts.propose(actor, proposal);
  return { id, contractId: globalId('Contract', id), parties };
}

/** What a version says that the tests do not care about. */
export const versionWords = {
  effectiveFrom: new Date('2026-10-01T00:00:00Z'),
  rounding: 'LARGEST_REMAINDER',
  poolModel: 'LAST_TOUCH',
  note: 'As discussed.',
  terms: platformAndOwner,
} as const;

/** The same as input of the API. */
export function versionInput(changes: object = {}) {
  const { effectiveFrom, note, terms } = versionWords;
  return { effectiveFrom: effectiveFrom.toISOString(), note, terms, ...changes };
}
