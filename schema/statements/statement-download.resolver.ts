import { Arg, Ctx, ID, Resolver, registerEnumType } from 'type-graphql';
import { globalId, localId } from '../../src/shared/global-id.ts';
import { type DownloadLink, STATEMENT_FILE_FORMATS, type StatementFileFormat } from '../../src/statements/index.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { enumOf } from '../shared/enum.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { StatementDownloadResult, StatementDownloadSuccess } from './statement.results.ts';

const StatementFileFormatEnum = enumOf(STATEMENT_FILE_FORMATS);
registerEnumType(StatementFileFormatEnum, {
  name: 'StatementFileFormat',
  description: 'What a statement is written as.',
  valuesConfig: {
    JSON: { description: 'Complete, and proves itself: `cli verify-proof` checks it.' },
    CSV: { description: 'One row a line, for spreadsheets.' },
    HTML: { description: 'A page to look at and to print.' },
  },
});

@Resolver()
export class StatementDownloadResolver {
  @ResultMutation(StatementDownloadResult, {
    description:
      'A link by which a browser can open a statement for five minutes, without a session. For those who may read it.',
  })
  async statementDownload(
    @Arg('partnerId', () => ID, { description: 'The partner.' }) partnerId: string,
    @Arg('period', () => String, { description: 'Month, "2026-10".' }) period: string,
    @Arg('format', () => StatementFileFormatEnum, { description: 'What it is written as.' })
    format: StatementFileFormat,
    @Arg('currency', () => String, { nullable: true, description: 'May be left out when there is only one.' })
    currency: string | null,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<StatementDownloadSuccess> {
    const request = { partnerId: localId('Partner', partnerId), period, format, currency };
    const link = await services.statementFiles.link(actor, request);
    return build(StatementDownloadSuccess, { url: urlOf(link), expiresAt: link.expiresAt });
  }
}

function urlOf({ file: { partnerId, period, currency, format }, token }: DownloadLink): string {
  const query = new URLSearchParams({ currency, link: token });
  return `/statements/${globalId('Partner', partnerId)}/${period}.${format.toLowerCase()}?${query}`;
}
