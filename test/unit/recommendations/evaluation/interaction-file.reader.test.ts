import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRankingData } from '../../../../src/recommendations/evaluation/index.ts';
import { readInteractionFile } from '../../../../src/recommendations/evaluation/interaction-file.reader.ts';
import { Vocabulary } from '../../../../src/recommendations/evaluation/vocabulary.ts';
import { toRows } from '../../../support/sparse-matrices.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-evaluation-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const read = (path: string) => readInteractionFile(path, { learners: new Vocabulary(), items: new Vocabulary() });

describe('a file of interactions', () => {
  it('gives pairs, learners and items numbered as they come', async () => {
    const pairs = await read(await fileOf('plain.txt', '7 30 10\n9 10\n7 20\n'));
    expect(pairs).toEqual({ learners: [0, 0, 1, 0], items: [0, 1, 1, 2] });
  });

  it('reads the same compressed, whatever its name', async () => {
    const text = '1 2 3\n4 3\n';
    const plain = await read(await fileOf('a.txt', text));
    expect(await read(await fileOf('b.txt', gzipSync(text)))).toEqual(plain);
    expect(await read(await fileOf('c.txt.gz', gzipSync(text)))).toEqual(plain);
  });

  it('takes tabs, empty lines, line ends of Windows and a missing one at the end', async () => {
    const pairs = await read(await fileOf('loose.txt', '\uFEFF1\t2  3 \r\n\r\n4 3'));
    expect(pairs).toEqual({ learners: [0, 0, 1], items: [0, 1, 1] });
  });

  it('takes ids that are words', async () => {
    const pairs = await read(await fileOf('words.txt', 'U_1 C_2 课程3\nU_2 17\n'));
    expect(pairs).toEqual({ learners: [0, 0, 1], items: [0, 1, 2] });
  });

  it.each([
    ['a word among numbers', '1 2\n\n3 4 five\n', 'line 3: "five" is no id'],
    ['a fraction among numbers', '1 2\n3 4.5\n', 'line 2: "4.5" is no id'],
    ['commas', '1,2,3\n', 'line 1: "1,2,3" is no id'],
    ['bytes that are no text', Buffer.from([0x61, 0x20, 0xff, 0xfe, 0x0a]), 'line 1: '],
    ['no line', '', 'there is no learner with an item'],
    ['learners without items only', '1\n2\n', 'there is no learner with an item'],
    ['a broken archive', Buffer.from([0x1f, 0x8b, 1, 2, 3]), 'cannot be read'],
    ['an archive that was cut off', gzipSync('1 2 3\n'.repeat(100)).subarray(0, 25), 'cannot be read'],
  ])('is refused with its name and line for %s', async (title, content, reason) => {
    const path = await fileOf(`${title}.txt`, content);
    await expect(read(path)).rejects.toMatchObject({
      code: 'INVALID_DATASET',
      path,
      message: expect.stringMatching(new RegExp(`^${path}[,:] `)),
    });
    await expect(read(path)).rejects.toThrow(reason);
  });

  it('shortens what it quotes', async () => {
    const path = await fileOf('long.txt', `1 2\n1 ${'x'.repeat(5_000)}\n`);
    const message = await read(path).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message).toContain('line 2');
    expect(message.length).toBeLessThan(path.length + 250);
  });

  it('is refused when there is none', async () => {
    await expect(read(join(folder, 'absent.txt'))).rejects.toThrow('cannot be read');
  });
});

describe('a train and a test file', () => {
  it('share their learners and items, and an item given twice counts once', async () => {
    const train = await fileOf('train.txt', '1 10 20 10\n2 20\n');
    const test = await fileOf('test.txt', '2 30\n3 10\n');
    const data = await readRankingData({ train, test });
    expect(toRows(data.train)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(toRows(data.test)).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });
});
