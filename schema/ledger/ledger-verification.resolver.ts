import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { globalId } from '../../src/shared/global-id.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  LedgerVerificationRunConnection,
  type LedgerVerificationRunType,
  LedgerVerificationType,
  StartLedgerVerificationResult,
  StartLedgerVerificationSuccess,
  toLedgerVerification,
  toLedgerVerificationRun,
} from './ledger-verification.type.ts';

@Resolver()
export class LedgerVerificationResolver {
  @Query(() => LedgerVerificationType, {
    description:
      'Recompute the books while you wait: every transaction balances, is what was posted, and is linked to the one ' +
      'before it; balances and holds are what their history says. For large books see "startLedgerVerification". ' +
      'Finance and admins.',
    complexity: 500,
  })
  async verifyLedger(@Ctx() { services, actor }: RequestContext): Promise<LedgerVerificationType> {
    return toLedgerVerification(await services.ledgerVerification.verify(actor));
  }

  @ResultMutation(StartLedgerVerificationResult, {
    description: 'Recompute the books by a job, which keeps what it finds. Finance and admins.',
  })
  async startLedgerVerification(@Ctx() { services, actor }: RequestContext): Promise<StartLedgerVerificationSuccess> {
    const jobId = await services.ledgerVerification.start(actor);
    return build(StartLedgerVerificationSuccess, { jobId: globalId('Job', jobId) });
  }

  @Query(() => LedgerVerificationRunConnection, {
    description: 'What jobs found that recomputed the books, latest first. Finance and admins.',
  })
  async ledgerVerifications(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<LedgerVerificationRunType>> {
    const rows = await services.ledgerVerification.list(actor, page.toRequest());
    const cursor = ({ finishedAt, id }: { finishedAt: Date; id: string }) => instantCursor(finishedAt, id);
    return toConnection(rows, { node: toLedgerVerificationRun, cursor });
  }
}
