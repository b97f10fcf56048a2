import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ImportFileError } from '../../../src/imports/index.ts';
import { openTextFile } from '../../../src/imports/sources/text-file.ts';
import { importFiles } from '../../support/import-files.ts';

async function textOf(path: string): Promise<string> {
  const file = await openTextFile(path);
  let text = '';
  for await (const chunk of file.chunks()) text += chunk;
  expect(file.fractionRead()).toBe(text === '' ? 0 : 1);
  return text;
}

const CHINESE = '学校\n'.repeat(100_000);

describe('a text file', () => {
  it('is read plain or compressed, whatever its name says of compression', async () => {
    await using files = await importFiles();
    expect(await textOf(await files.write('a.txt', CHINESE))).toBe(CHINESE);
    expect(await textOf(await files.write('a.txt.gz', CHINESE))).toBe(CHINESE);
    expect(await textOf(await files.write('packed.txt', gzipSync(CHINESE)))).toBe(CHINESE);
  });

  it('loses its byte order mark, also within gzip', async () => {
    await using files = await importFiles();
    expect(await textOf(await files.write('a.csv', '\uFEFFid\n'))).toBe('id\n');
    expect(await textOf(await files.write('a.csv.gz', '\uFEFFid\n'))).toBe('id\n');
  });

  it('may be empty', async () => {
    await using files = await importFiles();
    expect(await textOf(await files.write('a.csv', ''))).toBe('');
  });

  it('shows bytes that are no UTF-8 as U+FFFD', async () => {
    await using files = await importFiles();
    expect(await textOf(await files.write('gbk.csv', Buffer.from([0x61, 0xb9, 0xfa, 0x0a])))).toContain('\uFFFD');
  });

  it.each([
    ['missing.csv', null, 'does not exist'],
    ['no.csv.gz', Buffer.from('id,name\n'), 'is named .gz but is no gzip file'],
    ['excel.csv', Buffer.from('\uFEFFid', 'utf16le'), 'is UTF-16'],
  ])('is refused at once: %s', async (name, content, reason) => {
    await using files = await importFiles();
    const path = content ? await files.write(name, content) : `${files.folder}/${name}`;
    await expect(openTextFile(path)).rejects.toThrow(new ImportFileError(path, '').message + reason);
  });

  it('is no folder', async () => {
    await using files = await importFiles();
    await expect(openTextFile(files.folder)).rejects.toThrow('is a folder, no file.');
  });

  it('is refused where its compressed text breaks off', async () => {
    await using files = await importFiles();
    const path = await files.write('half.csv.gz', gzipSync(CHINESE).subarray(0, 300));
    await expect(textOf(path)).rejects.toThrow(ImportFileError);
  });
});
