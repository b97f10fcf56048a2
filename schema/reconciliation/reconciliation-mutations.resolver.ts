import { Arg, Ctx, Resolver } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  AssignExceptionInputType,
  ExceptionStepInputType,
  ResolveExceptionInputType,
  ResolveExceptionsInputType,
} from './reconciliation.input.ts';
import {
  AcceptExceptionResult,
  AcceptExceptionSuccess,
  AssignExceptionResult,
  AssignExceptionSuccess,
  ReopenExceptionResult,
  ReopenExceptionSuccess,
  ResolveExceptionResult,
  ResolveExceptionSuccess,
  ResolveExceptionsResult,
  ResolveExceptionsSuccess,
  toResolveExceptionsRow,
} from './reconciliation.results.ts';
import { toReconciliationException } from './reconciliation-exception.type.ts';

function exceptionOf({ exceptionId }: { exceptionId: string }): string {
  return localId('ReconciliationException', exceptionId);
}

@Resolver()
export class ReconciliationMutationsResolver {
  @ResultMutation(AssignExceptionResult, {
    description: 'Give an exception to somebody of the finance staff. Finance and admins.',
  })
  async assignException(
    @Arg('input', () => AssignExceptionInputType, { description: 'To whom.' }) input: AssignExceptionInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<AssignExceptionSuccess> {
    const { reason } = input;
    const assigneeId = input.assigneeId ? localId('User', input.assigneeId) : null;
    const step = { exceptionId: exceptionOf(input), assigneeId, reason };
    const exception = await services.reconciliationExceptions.assign(actor, step);
    return build(AssignExceptionSuccess, { exception: toReconciliationException(exception) });
  }

  @ResultMutation(ResolveExceptionResult, {
    description:
      'Post what makes our books agree with the file, at the cost or gain of the platform. Finance and admins.',
  })
  async resolveException(
    @Arg('input', () => ResolveExceptionInputType, { description: 'What.' }) input: ResolveExceptionInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ResolveExceptionSuccess> {
    const resolution = { ...input, exceptionId: exceptionOf(input) };
    const exception = await services.reconciliationExceptions.resolve(actor, resolution);
    return build(ResolveExceptionSuccess, { exception: toReconciliationException(exception) });
  }

  @ResultMutation(AcceptExceptionResult, {
    description: 'Leave an exception as it is, for a reason. Finance and admins.',
  })
  async acceptException(
    @Arg('input', () => ExceptionStepInputType, { description: 'Which and why.' }) input: ExceptionStepInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<AcceptExceptionSuccess> {
    const step = { exceptionId: exceptionOf(input), reason: input.reason };
    const exception = await services.reconciliationExceptions.accept(actor, step);
    return build(AcceptExceptionSuccess, { exception: toReconciliationException(exception) });
  }

  @ResultMutation(ReopenExceptionResult, {
    description: 'Open an exception again; what was posted for it is posted back. Finance and admins.',
  })
  async reopenException(
    @Arg('input', () => ExceptionStepInputType, { description: 'Which and why.' }) input: ExceptionStepInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ReopenExceptionSuccess> {
    const step = { exceptionId: exceptionOf(input), reason: input.reason };
    const exception = await services.reconciliationExceptions.reopen(actor, step);
    return build(ReopenExceptionSuccess, { exception: toReconciliationException(exception) });
  }

  @ResultMutation(ResolveExceptionsResult, {
    description: 'Resolve many exceptions by their own differences, each for itself. Finance and admins.',
  })
  async resolveExceptions(
    @Arg('input', () => ResolveExceptionsInputType, { description: 'Which and why.' })
    input: ResolveExceptionsInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ResolveExceptionsSuccess> {
    const exceptionIds = input.exceptionIds.map((exceptionId) => exceptionOf({ exceptionId }));
    const answers = await services.reconciliationExceptions.resolveAll(actor, { ...input, exceptionIds });
    return build(ResolveExceptionsSuccess, { results: answers.map(toResolveExceptionsRow) });
  }
}
