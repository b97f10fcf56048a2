import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/shared/domain-error.ts';
import { globalId, localId, withoutType } from '../../../src/shared/global-id.ts';

const uuid = '01a20085-9b2c-7c43-8f0e-2b6f1d9a4c11';

describe('a global identifier', () => {
  it('leads back to the identifier in the table, for the type that it is of', () => {
    expect(localId('Content', globalId('Content', uuid))).toBe(uuid);
    expect(() => localId('Partner', globalId('Content', uuid))).toThrow(InvalidInputError);
  });

  it.each(['', 'Content', uuid, 'not base64!', globalId('Content', 'not a uuid')])('is not %j', (text) => {
    expect(() => localId('Content', text)).toThrow(InvalidInputError);
  });

  it('stands for the row where a file may name it by any identifier, and leaves other names as they are', () => {
    expect(withoutType(globalId('Content', uuid))).toBe(uuid);
    expect([uuid, 'cms:py-101', 'press:42', '青云'].map(withoutType)).toEqual([uuid, 'cms:py-101', 'press:42', '青云']);
  });
});
