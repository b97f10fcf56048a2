import DataLoader from 'dataloader';
import { type DomainRow, findDomainsByCodes } from '../../src/domains/index.ts';
import { present } from '../../src/shared/invariant.ts';
import type { LoaderScope } from '../shared/loader.ts';

/** By code: whoever has a code has it from a row that refers to the domain, so that it exists. */
export function createDomainLoaders({ platform }: LoaderScope) {
  const domains = new DataLoader<string, DomainRow>(async (codes) => {
    const rows = new Map((await findDomainsByCodes(platform.database, codes)).map((row) => [row.code, row]));
    return codes.map((code) => present(rows.get(code), `the domain ${code}`));
  });
  return { domains };
}
