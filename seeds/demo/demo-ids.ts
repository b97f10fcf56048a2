import { idFromName } from '../../src/shared/ids.ts';

/** The same name gives the same id in every run, so that people can link to things of the demo. */
export function demoId(kind: string, key: string): string {
  return idFromName('demo', `${kind}:${key}`);
}
