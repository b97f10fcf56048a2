import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { evaluateCommand } from '../../../src/bin/evaluate.command.ts';
import { runCommand } from '../../support/run-command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-evaluate-'));
  await writeFile(join(folder, 'train.txt'), '1 10 20\n2 10 20 30\n3 10\n');
  await writeFile(join(folder, 'test.txt'), '1 30\n3 20\n4 10 30\n');
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const run = (...options: string[]) => {
  const files = ['--train', join(folder, 'train.txt'), '--test', join(folder, 'test.txt')];
  return runCommand(evaluateCommand(), ['ranking', ...files, ...options]);
};

describe('evaluate ranking', () => {
  it('prints one JSON object on one line', async () => {
    const output = await run('--model', 'popularity', '--k', '1,2', '--json');
    expect(output.trimEnd()).not.toContain('\n');
    expect(JSON.parse(output)).toEqual({
      protocol: expect.stringContaining('equal scores are ordered at random (seed 1)'),
      model: 'popularity',
      params: {},
      users: 3,
      items: 3,
      metrics: expect.objectContaining({
        // Ranked are 30 for learner 1, 20 and 30 for learner 3, all for learner 4, who is new.
        'recall@1': (1 + 1 + 1 / 2) / 3,
        'recall@2': (1 + 1 + 1 / 2) / 3,
        'coverage@1': 1,
      }),
      seconds: expect.any(Number),
    });
  });

  it('measures at 5, 10, 20 and 50 unless told otherwise', async () => {
    const { metrics, params } = JSON.parse(await run('--model', 'item-knn', '--params', '{"shrink": 50}', '--json'));
    const names = ['recall', 'ndcg', 'map', 'novelty', 'diversity', 'coverage'].flatMap((name) =>
      [5, 10, 20, 50].map((k) => `${name}@${k}`),
    );
    expect(Object.keys(metrics).sort()).toEqual(names.sort());
    expect(params).toMatchObject({ shrink: 50, neighbourCount: 200 });
  });

  it('prints a table with the rules of the protocol', async () => {
    const output = await run('--model', 'popularity', '--k', '1,2', '--seed', '9');
    expect(output).toMatch(/^ +@1 +@2$/m);
    expect(output).toMatch(/^recall +0\.8333 +0\.8333$/m);
    expect(output).toMatch(/^- equal scores are ordered at random \(seed 9\)$/m);
  });

  it.each([
    ['an unknown model', ['--model', 'oracle']],
    ['settings that are no JSON', ['--model', 'popularity', '--params', '{']],
    ['a seed that is no number', ['--model', 'popularity', '--seed', 'x']],
    ['a cutoff of 0', ['--model', 'popularity', '--k', '0']],
    ['a cutoff given twice', ['--model', 'popularity', '--k', '5,5']],
    ['settings that are a list', ['--model', 'popularity', '--params', '[1]']],
  ])('refuses %s', async (_, options) => {
    await expect(run(...options)).rejects.toThrow(CommanderError);
  });

  it('throws what is wrong with a file or a setting to the program', async () => {
    await expect(run('--model', 'item-knn', '--params', '{"shrink": -1}')).rejects.toThrow('params.shrink');
    await expect(run()).rejects.toThrow('either --model or --all');
    await expect(run('--model', 'ease', '--all')).rejects.toThrow('either --model or --all');
    await expect(run('--all', '--params', '{"oracle": {}}')).rejects.toThrow('"oracle"');
    await writeFile(join(folder, 'train.txt'), '1 10\n2 x\n');
    await expect(run('--model', 'popularity')).rejects.toThrow('train.txt, line 2');
  });
});
