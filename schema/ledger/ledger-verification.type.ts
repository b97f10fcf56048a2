import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  LEDGER_FAULTS,
  type LedgerFaultKind,
  type LedgerVerification,
  type VerificationRow,
} from '../../src/ledger/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { ForbiddenFailure, UnauthenticatedFailure } from '../shared/user-error.ts';

export const LedgerFaultKindEnum = enumOf(LEDGER_FAULTS);
registerEnumType(LedgerFaultKindEnum, {
  name: 'LedgerFaultKind',
  description: 'In which way the books are not what was posted.',
});

@ObjectType('LedgerFault', { description: 'The first thing that is not as it was posted.', simpleResolvers: true })
export class LedgerFaultType {
  @Field(() => LedgerFaultKindEnum, { description: 'In which way.' })
  readonly kind: LedgerFaultKind;

  @Field(() => String, { nullable: true, description: 'The transaction; absent when it cannot be told.' })
  readonly transactionId: string | null;

  @Field(() => Int, { nullable: true, description: 'Place in the chain; absent for a transaction without a link.' })
  readonly sequence: number | null;

  @Field(() => String, { description: 'What is there, and what should be.' })
  readonly detail: string;
}

@ObjectType('LedgerVerification', {
  description: 'What recomputing the books from their rows found. Counts go up to the end, or to the first fault.',
  simpleResolvers: true,
})
export class LedgerVerificationType {
  @Field(() => Boolean, { description: 'Whether everything is as it was posted.' })
  readonly isIntact: boolean;

  @Field(() => LedgerFaultType, { nullable: true, description: 'The first fault; absent when there is none.' })
  readonly fault: LedgerFaultType | null;

  @Field(() => Int, { description: 'Transactions that balance and are what their content hash says.' })
  readonly transactions: number;

  @Field(() => Int, { description: 'Postings of these.' })
  readonly postings: number;

  @Field(() => Int, { description: 'Links of the hash chain that follow from one another.' })
  readonly links: number;

  @Field(() => Int, { description: 'Transactions that wait for their link.' })
  readonly unsealed: number;

  @Field(() => String, {
    description: 'Hash of the last link. Noted elsewhere, it proves that nothing before changed.',
  })
  readonly headHash: string;
}

@ObjectType('LedgerVerificationRun', { description: 'A verification that a job did.', simpleResolvers: true })
export class LedgerVerificationRunType {
  @Field(() => ID, { description: 'Identifier of the job.' })
  readonly jobId: string;

  @Field(() => String, { description: 'Who asked for it: "user:<id>", "system:schedule".' })
  readonly requestedBy: string;

  @Field(() => Date, { description: 'When it began.' })
  readonly startedAt: Date;

  @Field(() => Date, { description: 'When it was done.' })
  readonly finishedAt: Date;

  @Field(() => LedgerVerificationType, { description: 'What it found.' })
  readonly result: LedgerVerificationType;
}

export const LedgerVerificationRunConnection = connectionOf('LedgerVerificationRun', () => LedgerVerificationRunType);

@ObjectType('StartLedgerVerificationSuccess', { description: 'The books are being recomputed.', simpleResolvers: true })
export class StartLedgerVerificationSuccess {
  @Field(() => ID, {
    description: 'Identifier of the job: ask "job" how far it is, "ledgerVerifications" what it found.',
  })
  readonly jobId: string;
}

export const StartLedgerVerificationResult = mutationResult({
  name: 'StartLedgerVerificationResult',
  success: StartLedgerVerificationSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure],
});

export function toLedgerVerification({ fault, ...counts }: LedgerVerification): LedgerVerificationType {
  const { transactions, postings, links, unsealed, headHash } = counts;
  const named = fault && { ...fault, sequence: fault.sequence === null ? null : Number(fault.sequence) };
  return build(LedgerVerificationType, {
    isIntact: fault === null,
    fault: named && build(LedgerFaultType, named),
    transactions,
    postings,
    links,
    unsealed,
    headHash,
  });
}

export function toLedgerVerificationRun({ id, result, ...row }: VerificationRow): LedgerVerificationRunType {
  const { requestedBy, startedAt, finishedAt } = row;
  const said = { requestedBy, startedAt, finishedAt, result: toLedgerVerification(result) };
  return build(LedgerVerificationRunType, { jobId: globalId('Job', id), ...said });
}
