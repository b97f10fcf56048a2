import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { evaluateCommand } from '../../../src/bin/evaluate.command.ts';
import { tuneCommand } from '../../../src/bin/tune.command.ts';
import { runCommand } from '../../support/run-command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-protocols-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const run = (command: Command, ...words: string[]) => runCommand(command, words);

const evaluate = (...words: string[]) => run(evaluateCommand(), ...words);

describe('evaluate candidates', () => {
  it('ranks the item chosen among the given ones', async () => {
    // Popularity of 10, 20, 30: 3, 2, 1. Ranks: 10 first of three; 30 last of three.
    const train = await file('train.tsv', '1\t10\n2\t10\n3\t10\n1\t20\n2\t20\n1\t30\n');
    const test = await file('test.tsv', '4\t10\t20 30\n5\t30\t10 20\n');
    const output = await evaluate('candidates', '--train', train, '--test', test, '--model', 'popularity', '--json');
    expect(JSON.parse(output)).toMatchObject({
      model: 'popularity',
      users: 2,
      items: 3,
      metrics: { 'hr@1': 1 / 2, 'hr@5': 1, 'ndcg@1': 1 / 2, 'ndcg@5': (1 + 1 / 2) / 2, 'ndcg@10': (1 + 1 / 2) / 2 },
    });
  });

  it.each([
    ['a row without items not chosen', '4\t10\t\n', 'test.tsv, line 1: the line has another form'],
    ['spaces for tabs', '4\t10\t20\n5 10 20\n', 'test.tsv, line 2: the line has another form'],
    ['an item on both sides', '4\t10\t20 10\n', 'test.tsv, line 1: the item chosen, 10'],
    ['a word among numbers', '4\t10\t20\n5\t10\t20 x\n', 'test.tsv, line 2: "x" is no id'],
    ['nothing', '\n', 'test.tsv: there is no line'],
  ])('refuses %s', async (_, content, reason) => {
    const train = await file('train.tsv', '1\t10\n');
    const test = await file('test.tsv', content);
    const words = ['--train', train, '--test', test, '--model', 'popularity'];
    await expect(evaluate('candidates', ...words)).rejects.toThrow(reason);
  });
});

describe('evaluate leave-one-out', () => {
  const RATINGS = '1 10 5 100\n1 20 3 300\n1 30 4 200\n2 10 4 7\n2 30 2 7\n3 10 1 1\n';

  it('holds out the last by time, of equal times the last in the file, and draws what was never touched', async () => {
    const data = await file('ratings.txt', `${RATINGS}4 40 1 1\n`);
    // Held out are 20 of learner 1, among 40 alone, and 30 of learner 2, among 20 or 40; popularity left: 10 three, 30 one,
    // 40 one, 20 none.
    const words = ['--data', data, '--negatives', '1', '--k', '1', '--model', 'popularity', '--json'];
    const report = JSON.parse(await evaluate('leave-one-out', ...words));
    expect(report).toMatchObject({ users: 2, items: 4 });
    expect(report.metrics['hr@1']).toBeLessThanOrEqual(1 / 2);
    expect(report.protocol).toContain('among 1 random items');
  });

  it('says which line is wrong, and when there are too few items to draw from', async () => {
    const short = await file('short.txt', '1 10 5\n');
    await expect(evaluate('leave-one-out', '--data', short, '--model', 'popularity')).rejects.toThrow('line 1');
    const timeless = await file('timeless.txt', '1 10 5 1\n1 20 5 noon\n');
    await expect(evaluate('leave-one-out', '--data', timeless, '--model', 'popularity')).rejects.toThrow(
      'line 2: "noon" is no number',
    );
    const few = await file('few.txt', RATINGS);
    await expect(evaluate('leave-one-out', '--data', few, '--model', 'popularity')).rejects.toThrow('99 items');
  });
});

describe('evaluate cross-domain', () => {
  it('compares the same model with and without the source', async () => {
    // Whoever chose 1 in the source chose 8 in the target; learner 5 is known by the source alone but for 7.
    const source = await file('source.tsv', '1\t1\t1\n2\t1\t1\n3\t2\t1\n4\t2\t1\n5\t2\t1\n');
    const train = await file(
      'train.tsv',
      '1\t8\t1\n2\t8\t1\n1\t7\t1\n2\t7\t1\n3\t9\t1\n4\t9\t1\n3\t7\t1\n4\t7\t1\n5\t7\t1\n',
    );
    const test = await file('test.tsv', '5\t9\t1\n');
    const words = ['--source', source, '--train', train, '--test', test, '--k', '1', '--source-weight', '1'];
    const { metrics, users, items } = JSON.parse(
      await evaluate('cross-domain', ...words, '--model', 'item-knn', '--json'),
    );
    expect({ users, items }).toEqual({ users: 1, items: 3 });
    expect(metrics).toMatchObject({ 'with/all/recall@1': 1, 'with/few/recall@1': 1 });
    expect(metrics['without/all/recall@1']).toBeLessThanOrEqual(1);
  });

  it('leaves out what both domains list, when asked to', async () => {
    // Source item 1 is target item 8: the same two people. Source item 2 is something else.
    const source = await file('source.tsv', '1 1 2\n2 1\n3 2\n');
    const train = await file('train.tsv', '1 8\n2 9\n3 9\n');
    const test = await file('test.tsv', '2 8\n');
    const words = ['--source', source, '--train', train, '--test', test, '--k', '1', '--model', 'item-knn', '--json'];
    const kept = JSON.parse(await evaluate('cross-domain', ...words));
    const dropped = JSON.parse(await evaluate('cross-domain', ...words, '--drop-twins'));
    expect(kept.protocol).not.toContain('left out');
    expect(kept.metrics['with/all/recall@1']).toBe(1);
    expect(dropped.protocol).toContain('1 source items are left out');
    const titled = await file('titles.jsonl', '{"id": 2, "title": "Sea"}\n{"id": 9, "title": "sea"}\n');
    const withTitles = ['--drop-twins', '--source-items', titled, '--items', titled];
    const both = JSON.parse(await evaluate('cross-domain', ...words, ...withTitles));
    expect(both.protocol).toContain('2 source items are left out');
  });

  it('wants learners in common', async () => {
    const source = await file('source.tsv', '9 1\n');
    const train = await file('train.tsv', '1 8\n');
    const words = ['--source', source, '--train', train, '--test', train, '--model', 'popularity'];
    await expect(evaluate('cross-domain', ...words)).rejects.toThrow('source.tsv: no learner');
  });
});

describe('evaluate cold-start', () => {
  const PROFILES = [10, 20, 30, 40].map(
    (id) => `{"id": ${id}, "title": "${id % 20 === 0 ? 'blue sea' : 'red sand'}"}\n`,
  );

  it('ranks the items that are not in train by their texts', async () => {
    const train = await file('train.txt', '1 10\n2 20\n3 10 11\n4 20 21\n5 10 11\n6 20 21\n');
    const test = await file('test.txt', '1 30\n2 40\n3 11\n');
    const items = await file(
      'items.jsonl',
      `${PROFILES.join('')}{"id": 11, "title": "red sand"}\n{"id": 21, "title": "blue sea"}\n`,
    );
    const words = ['--train', train, '--test', test, '--items', items, '--k', '1', '--json'];
    const report = JSON.parse(await evaluate('cold-start', ...words));
    // Item 11 stands in train, so learner 3 has no cold item.
    expect(report).toMatchObject({ model: 'content', users: 2, items: 2, metrics: { 'recall@1': 1 } });
    expect(report.metrics['random/recall@1']).toBeLessThanOrEqual(1);
  });

  it('cuts the cold items itself, all their interactions at once', async () => {
    const data = await file('data.txt', '1 10 20\n2 20 30\n3 30 40\n4 40 10\n');
    const items = await file('items.jsonl', PROFILES.join(''));
    const words = ['--data', data, '--items', items, '--cold-share', '0.5', '--k', '1', '--json'];
    expect(JSON.parse(await evaluate('cold-start', ...words))).toMatchObject({ items: 2 });
    expect(JSON.parse(await evaluate('cold-start', ...words, '--among', 'all'))).toMatchObject({ items: 4 });
  });

  it('fuses other modalities with the texts, and tells what each counts', async () => {
    const groups = [10, 30, 50, 70, 90].map((id) => [id, id + 10] as const);
    // Learners choose within one of two groups; titles say nothing, vectors say which group an item is of.
    const lines = Array.from({ length: 40 }, (_, learner) => {
      const chosen = groups.slice(0, 4).map((pair) => pair[learner % 2]);
      return `${learner} ${chosen.filter((_item, at) => at !== learner % 4).join(' ')}\n`;
    });
    const train = await file('train.txt', lines.join(''));
    const test = await file('test.txt', '0 90\n1 100\n2 90\n');
    const ids = groups.flat();
    const items = await file('items.jsonl', ids.map((id) => `{"id": ${id}, "title": "course ${id % 3}"}\n`).join(''));
    const rows = ids.map((id) => `{"id": "${id}", "vector": [${(id / 10) % 2}, ${1 - ((id / 10) % 2)}]}\n`);
    const vectors = await file('image.jsonl', rows.join(''));
    const words = ['--train', train, '--test', test, '--items', items, '--k', '1', '--json'];
    const { model, metrics } = JSON.parse(await evaluate('cold-start', ...words, '--vectors', `image=${vectors}`));
    expect(model).toBe('content-fusion');
    expect(metrics['recall@1']).toBe(1);
    expect(metrics['weight/image']).toBeGreaterThan(metrics['weight/text']);
    expect(metrics['weight/image'] + metrics['weight/text']).toBeCloseTo(1, 12);
    const fm = JSON.parse(await evaluate('cold-start', ...words, '--model', 'fm', '--params', '{"epochs": 2}'));
    expect(fm).toMatchObject({ model: 'fm', params: { epochs: 2, idDropout: 0.5 } });
    const short = await file('short.jsonl', `${rows[0]}{"id": 20, "vector": [1]}\n`);
    await expect(evaluate('cold-start', ...words, '--vectors', `image=${short}`)).rejects.toThrow(
      'short.jsonl, line 2: the vector has 1 numbers, the first one has 2.',
    );
    await expect(evaluate('cold-start', ...words, '--vectors', `text=${vectors}`)).rejects.toThrow('none "text"');
  });

  it.each([
    ['what is no JSON', '{"id": 10}\nid\n', 'items.jsonl, line 2: the line is no JSON'],
    ['a line without an id', '{"title": "sea"}\n', 'items.jsonl, line 1: the line: there is no "id"'],
    ['an id given twice', '{"id": 10}\n{"id": "10"}\n', 'items.jsonl, line 2: item 10'],
    ['a title that is a number', '{"id": 10, "title": 5}\n', 'items.jsonl, line 1: title'],
  ])('refuses %s', async (_, content, reason) => {
    const data = await file('data.txt', '1 10 20\n2 20 30\n');
    const items = await file('items.jsonl', content);
    await expect(evaluate('cold-start', '--data', data, '--items', items)).rejects.toThrow(reason);
  });
});

describe('evaluate with all models, a baseline and a report', () => {
  it('gives one object for each model, with the differences from the baseline', async () => {
    const train = await file('train.txt', '1 10 20\n2 10 20 30\n3 10 40\n4 20 30\n5 10 30 40\n');
    const test = await file('test.txt', '1 30\n3 20\n4 10\n');
    const report = join(folder, 'report.md');
    const words = ['--train', train, '--test', test, '--k', '1', '--report', report, '--baseline', 'popularity'];
    const entries = JSON.parse(
      await evaluate('ranking', ...words, '--all', '--params', '{"ease": {"l2": 3}}', '--json'),
    );
    const byName = new Map(entries.map((entry: { model: string }) => [entry.model, entry]));
    expect(byName.get('ease')).toMatchObject({ params: { l2: 3 }, users: 3 });
    expect(byName.get('popularity')).toMatchObject({
      against: { model: 'popularity', differences: { 'recall@1': { difference: 0, lower: 0, upper: 0, p: 1 } } },
    });
    expect(entries[0]).not.toHaveProperty('perUser');
    const text = await readFile(report, 'utf8');
    expect(text).toContain('- seed: 1');
    expect(text).toMatch(/^- machine: \d+ x /m);
    expect(text).toContain('### ease less popularity');
    expect(text).toContain('equal scores are ordered at random (seed 1)');
  });

  it('takes a file of pairs with numbers behind them', async () => {
    const train = await file('train.tsv', '1\t10\t5\t881250949\n1\t20\t3\t881250950\n2\t10\t4\t881250951\n');
    const test = await file('test.tsv', '2\t20\t5\t881250952\n');
    const words = ['--train', train, '--test', test, '--k', '1', '--model', 'popularity', '--json'];
    expect(JSON.parse(await evaluate('ranking', ...words))).toMatchObject({ items: 2, metrics: { 'recall@1': 1 } });
    expect(JSON.parse(await evaluate('ranking', ...words, '--format', 'lines')).items).toBeGreaterThan(2);
    await expect(evaluate('ranking', ...words, '--format', 'pairs')).resolves.toContain('"items":2');
  });
});

describe('tune', () => {
  const ROWS = Array.from({ length: 30 }, (_, user) => `${user} ${user % 3} ${3 + (user % 3)} ${6 + (user % 2)} 8\n`);

  it('tries the defaults first, then what the space holds, and reads nothing but train', async () => {
    const train = await file('train.txt', ROWS.join(''));
    const words = ['ranking', '--train', train, '--model', 'ease', '--trials', '4', '--json'];
    const space = '{"l2": {"min": 1, "max": 10, "scale": "log"}}';
    const report = JSON.parse(await run(tuneCommand(), ...words, '--space', space));
    expect(report.trials).toHaveLength(4);
    expect(report.trials[0].params).toEqual({});
    for (const { params } of report.trials.slice(1)) expect(params.l2).toBeGreaterThanOrEqual(1);
    const best = Math.max(...report.trials.map(({ score }: { score: number }) => score));
    expect(report.score).toBe(best);
    const again = JSON.parse(await run(tuneCommand(), ...words, '--space', space));
    expect(again.params).toEqual(report.params);
  });

  it('gives the better third three times the learners when it halves', async () => {
    const train = await file('train.txt', ROWS.join(''));
    const words = ['ranking', '--train', train, '--model', 'ease', '--trials', '9', '--strategy', 'halving', '--json'];
    const { trials } = JSON.parse(await run(tuneCommand(), ...words));
    const shares = trials.map(({ share }: { share: number }) => share.toFixed(2));
    expect(shares).toEqual([...Array(9).fill('0.11'), ...Array(3).fill('0.33'), '1.00']);
  });

  it('refuses a setting that the model does not have, and a space that is none', async () => {
    const train = await file('train.txt', ROWS.join(''));
    const words = ['ranking', '--train', train, '--model', 'ease'];
    await expect(run(tuneCommand(), ...words, '--space', '{"depth": {"choices": [1]}}')).rejects.toThrow('depth');
    await expect(run(tuneCommand(), ...words, '--space', '{"l2": {"min": 2, "max": 1}}')).rejects.toThrow('min <= max');
  });
});
