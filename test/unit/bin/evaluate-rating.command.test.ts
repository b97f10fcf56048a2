import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CommanderError } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { evaluateCommand } from '../../../src/bin/evaluate.command.ts';
import { runCommand } from '../../support/run-command.ts';

let folder: string;
let train: string;
let test: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-rating-'));
  [train, test] = [join(folder, 'train.tsv'), join(folder, 'test.tsv')];
  await writeFile(train, 'ann\tx\t5\t100\nann\ty\t3\t101\n\nbob x 4\n');
  await writeFile(test, 'bob\ty\t2\t9\nzoe\tx\t9\nzoe\tw\t4\n');
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const run = (...options: string[]) =>
  runCommand(evaluateCommand(), ['rating', '--train', train, '--test', test, ...options]);

const ONE_ROUND = '{"userShrink": 1, "itemShrink": 1, "rounds": 1}';
/** Predicted are 4 - 1/2 - 1/6, 4 + 1/3 for somebody unknown, and 4 for an unknown pair. */
const ERRORS = [4 - 2 / 3 - 2, 9 - 4 - 1 / 3, 0];

describe('evaluate rating', () => {
  it('prints one JSON object on one line', async () => {
    const output = await run('--model', 'baseline', '--params', ONE_ROUND, '--json');
    expect(output.trimEnd()).not.toContain('\n');
    expect(JSON.parse(output)).toEqual({
      protocol: expect.stringContaining('held to the scale of the train ratings, 3 to 5'),
      model: 'baseline',
      params: { userShrink: 1, itemShrink: 1, rounds: 1 },
      users: 2,
      items: 2,
      ratings: 3,
      metrics: {
        rmse: expect.closeTo(Math.sqrt(ERRORS.reduce((sum, e) => sum + e * e, 0) / 3), 9),
        mae: expect.closeTo(ERRORS.reduce((sum, e) => sum + e, 0) / 3, 9),
      },
      seconds: expect.any(Number),
    });
  });

  it('measures every model, each with its own settings', async () => {
    const output = await run('--all', '--params', '{"mf": {"epochs": 2}}', '--json');
    const reports: { model: string; params: { epochs?: number } }[] = JSON.parse(output);
    expect(reports.map(({ model }) => model)).toEqual(['baseline', 'mf', 'svdpp', 'bayes-mf']);
    expect(reports[1]?.params.epochs).toBe(2);
    expect(reports[2]?.params.epochs).toBe(100);
  });

  it('prints a table with the rules of the protocol, and reads compressed files', async () => {
    await writeFile(train, gzipSync('ann x 5\nann y 3\nbob x 4\n'));
    const output = await run('--model', 'baseline', '--params', ONE_ROUND);
    expect(output).toMatch(/^3 ratings of 2 learners; 2 items in train$/m);
    expect(output).toMatch(/^baseline +2\.80\d\d +2\.0000 /m);
    expect(output).toMatch(/^- times are not used$/m);
  });

  it('compares with another model, learner by learner, also in a report', async () => {
    const path = join(folder, 'report.md');
    const words = ['--model', 'baseline', '--params', ONE_ROUND, '--compare', 'baseline', '--report', path];
    const { against, metrics } = JSON.parse(await run(...words, '--compare-params', '{"rounds": 9}', '--json'));
    expect(against).toMatchObject({ model: 'baseline', params: { rounds: 9, userShrink: 15 } });
    const other = JSON.parse(await run('--model', 'baseline', '--params', '{"rounds": 9}', '--json'));
    expect(against.differences.rmse.difference).toBeCloseTo(metrics.rmse - other.metrics.rmse, 12);
    expect(against.differences.mae.difference).toBeCloseTo(metrics.mae - other.metrics.mae, 12);
    expect(against.differences.rmse.lower).toBeLessThanOrEqual(against.differences.rmse.upper);
    expect(await readFile(path, 'utf8')).toContain('### baseline less baseline');
    expect(await run(...words)).toMatch(/^less baseline .*: difference, 95 % interval, p$/m);
  });

  it('draws the same with the same seed', async () => {
    const settings = ['--model', 'bayes-mf', '--params', '{"sampleCount": 3}', '--json', '--seed'];
    const metricsOf = async (seed: string) => JSON.parse(await run(...settings, seed)).metrics;
    expect(await metricsOf('4')).toEqual(await metricsOf('4'));
    expect(await metricsOf('4')).not.toEqual(await metricsOf('5'));
  });

  it.each([
    ['an unknown model', ['--model', 'oracle']],
    ['settings that are no object', ['--model', 'mf', '--params', '[]']],
    ['a seed that is no number', ['--model', 'mf', '--seed', 'x']],
  ])('refuses %s', async (_, options) => {
    await expect(run(...options)).rejects.toThrow(CommanderError);
  });

  it('wants one model or all, and settings that exist', async () => {
    await expect(run()).rejects.toThrow('Say either --model or --all.');
    await expect(run('--all', '--model', 'mf')).rejects.toThrow('Say either --model or --all.');
    await expect(run('--all', '--params', '{"oracle": {}}')).rejects.toThrow('There is no model "oracle".');
    await expect(run('--model', 'mf', '--params', '{"epochs": 0}')).rejects.toThrow('params.epochs');
    await expect(run('--model', 'mf', '--params', '{"k": 1}')).rejects.toThrow('params');
  });

  it.each([
    ['a rating that is no number', 'ann x 5\nann y good\n', 'train.tsv, line 2: "good" is no number.'],
    ['a line without a rating', 'ann x\n', 'train.tsv, line 1: the line has another form.'],
    ['a line with too many words', 'ann x 5\n\nann y 3 1 2\n', 'train.tsv, line 3: the line has another form.'],
    ['an id of another format', 'ann,x,5 x 5\n', 'train.tsv, line 1: "ann,x,5" is no id'],
    ['a file without a rating', '\n', 'train.tsv: there is no rating in it.'],
  ])('names file and line of %s', async (_, text, message) => {
    await writeFile(train, text);
    await expect(run('--model', 'baseline')).rejects.toThrow(message);
  });

  it('names a file that cannot be read', async () => {
    await rm(test);
    await expect(run('--model', 'baseline')).rejects.toThrow('test.tsv: cannot be read');
  });
});
