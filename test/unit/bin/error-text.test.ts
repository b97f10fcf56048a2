import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorText } from '../../../src/bin/error-text.ts';

it('names a file that cannot be had, and what is wrong with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-'));
  const toldOf = (path: string) => readFile(path).then(String, errorText);
  try {
    expect(await toldOf(join(folder, 'none.json'))).toBe(`${join(folder, 'none.json')} does not exist.`);
    expect(errorText(Object.assign(new Error('EISDIR: x'), { code: 'EISDIR', path: folder }))).toBe(
      `${folder} is a folder, not a file.`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('repeats what other errors say', () => {
  expect(errorText(new Error('It is broken.'))).toBe('It is broken.');
  expect(errorText('as it is')).toBe('as it is');
});
