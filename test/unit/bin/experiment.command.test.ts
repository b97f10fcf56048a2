import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { experimentCommand } from '../../../src/bin/experiment.command.ts';
import { runCommand } from '../../support/run-command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-experiment-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const BASICS = ['--variant', 'arm', '--metric', 'bought', '--baseline', 'old'];

const run = (path: string, ...words: string[]) => runCommand(experimentCommand(), ['--csv', path, ...words]);

async function read(path: string, ...words: string[]) {
  return JSON.parse(await run(path, ...(words.length > 0 ? words : BASICS), '--json'));
}

/** `units` rows of an arm, of which the first `successes` bought. */
function rowsOf(arm: string, units: number, successes: number): string {
  return Array.from({ length: units }, (_, unit) => `${arm},${unit < successes ? 1 : 0}\n`).join('');
}

describe('experiment', () => {
  it('prints the readings of each arm against the baseline, which comes first', async () => {
    const path = await file('mails.csv', `arm,bought\n${rowsOf('new', 400, 60)}${rowsOf('old', 400, 40)}`);
    const { arms, ...report } = await read(path);
    expect(report).toMatchObject({
      metric: 'bought',
      kind: 'PROPORTION',
      baseline: 'old',
      sampleRatioP: 1,
      warnings: [],
    });
    expect(arms[0]).toEqual({
      arm: 'old',
      isBaseline: true,
      n: 400,
      expectedN: 400,
      mean: 0.1,
      lift: null,
      liftInterval: null,
      pFixed: null,
      pSequential: null,
      chanceToWin: null,
      sampleRatioP: 1,
    });
    // Variance of the lift (.1275 / .01 + .09 * .0225 / .0001) / 400 = .0825.
    expect(arms[1]).toMatchObject({ arm: 'new', n: 400, mean: 0.15, scale: 'LIFT', sampleRatioP: 1, notes: [] });
    expect(arms[1].lift).toBeCloseTo(0.5, 12);
    expect((arms[1].liftInterval[1] - arms[1].liftInterval[0]) / Math.sqrt(0.0825)).toBeCloseTo(2 * 1.963, 2);
    expect(arms[1].difference).toBeCloseTo(0.05, 12);
    expect(arms[1].pFixed).toBeCloseTo(0.0821, 3);
    expect(arms[1].pSequential).toBeGreaterThan(arms[1].pFixed);
    expect(arms[1].chanceToWin).toBeCloseTo(0.9592, 3);
    expect(arms[1].decision.verdict).toBe('WAIT');
  });

  it('reads gzip, tabs, quotes, a byte-order mark and words for numbers', async () => {
    const text = '\uFEFFarm\t"bought"\r\nold\ttrue\r\n"old"\tFalse\r\nnew\tyes\r\n\r\nnew\t0\r\n';
    const { arms } = await read(await file('tabs.tsv.gz', gzipSync(text)));
    expect(arms.map(({ arm, n, mean }: Record<string, unknown>) => [arm, n, mean])).toEqual([
      ['old', 2, 0.5],
      ['new', 2, 0.5],
    ]);
  });

  it('corrects several metrics as one family and watches guardrails', async () => {
    const rows = Array.from({ length: 600 }, (_, unit) => {
      const arm = unit % 2 === 0 ? 'old' : 'new';
      const spend = (unit % 7) + (arm === 'new' ? 2 : 0);
      return `${arm},${unit % 3 === 0 ? 1 : 0},${spend},${arm === 'new' && unit % 5 ? 1 : 0.1 * (unit % 4)}\n`;
    });
    const path = await file('family.csv', `arm,bought,spend,refunds\n${rows.join('')}`);
    const words = ['--metric', 'spend', '--guardrail', 'refunds', '--less-is-better', 'refunds'];
    const report = await read(path, ...BASICS, ...words);
    expect(report).toMatchObject({ baseline: 'old', correction: 'holm', sampleRatioP: 1 });
    const [bought, spend, refunds] = report.metrics;
    expect([bought.metric, spend.metric, refunds.metric]).toEqual(['bought', 'spend', 'refunds']);
    expect(spend.arms[1].pFixedCorrected).toBeCloseTo(2 * spend.arms[1].pFixed, 12);
    expect(spend).toMatchObject({ kind: 'MEAN', isGuardrail: false });
    expect(refunds).toMatchObject({ goal: 'DECREASE', isGuardrail: true });
    expect(refunds.arms[1].chanceToWin).toBeLessThan(1e-6);
    expect(spend.arms[1].decision).toEqual({ verdict: 'STOP_HARM', reason: 'Harmed beyond doubt: refunds.' });
    const text = await run(path, ...BASICS, ...words);
    expect(text).toContain('refunds (guardrail), mean by unit');
    expect(text).toContain('STOP_HARM: Harmed beyond doubt: refunds.');
  });

  it('sums rows by unit, and warns of units in several variants', async () => {
    const path = await file('units.csv', 'arm,bought,who\nold,1,a\nold,2,a\nnew,4,b\nold,9,c\nnew,9,c\n');
    const { arms, warnings } = await read(path, ...BASICS, '--unit', 'who');
    expect(arms.map(({ n, mean }: Record<string, unknown>) => [n, mean])).toEqual([
      [1, 3],
      [1, 4],
    ]);
    expect(warnings).toContain('1 units were seen in several variants; they are left out of every arm.');
    expect(arms[1].notes).toEqual(['TOO_FEW_UNITS']);
  });

  it('holds units against weights, and alarms when they did not fall so', async () => {
    const path = await file('split.csv', `arm,bought\n${rowsOf('new', 300, 30)}${rowsOf('old', 100, 20)}`);
    const even = await read(path);
    expect(even.sampleRatioP).toBeLessThan(1e-20);
    expect(even.warnings[0]).toMatch(/^ALARM/);
    expect(even.arms[1].decision.verdict).toBe('BROKEN');
    for (const weights of ['old=1,new=3', '{"old": 0.25, "new": 0.75}']) {
      expect(await read(path, ...BASICS, '--weights', weights)).toMatchObject({ sampleRatioP: 1, warnings: [] });
    }
    const promised = await read(path, ...BASICS, '--weights', 'old=1,new=3,third=4');
    expect(promised.arms[2]).toMatchObject({ arm: 'third', n: 0, mean: null, lift: null, notes: ['EMPTY_ARM'] });
  });

  it('decides at the horizon, and by the least lift', async () => {
    const path = await file('horizon.csv', `arm,bought\n${rowsOf('new', 4_000, 500)}${rowsOf('old', 4_000, 400)}`);
    const verdict = async (...words: string[]) => (await read(path, ...BASICS, ...words)).arms[1].decision.verdict;
    expect(await verdict('--horizon', '8000', '--alpha', '0.01')).toBe('ADOPT');
    expect(await verdict('--horizon', '9000', '--alpha', '0.0001')).toBe('WAIT');
    expect(await verdict('--least-lift', '5', '--alpha', '0.0001')).toBe('STOP_FUTILE');
  });

  it('draws beliefs to the prior', async () => {
    const path = await file('prior.csv', `arm,bought\n${rowsOf('new', 400, 60)}${rowsOf('old', 400, 40)}`);
    const { arms } = await read(path, ...BASICS, '--prior', '0,0.0001');
    expect(arms[1].chanceToWin).toBeCloseTo(0.5, 2);
  });

  it('reads the difference where the baseline is at zero', async () => {
    const path = await file('zero.csv', `arm,bought\n${rowsOf('new', 200, 20)}${rowsOf('old', 200, 0)}`);
    const { arms } = await read(path);
    expect(arms[1]).toMatchObject({
      lift: null,
      liftInterval: null,
      difference: 0.1,
      scale: 'DIFFERENCE',
      detectableLift: null,
    });
    expect(arms[1].pFixed).toBeLessThan(1e-4);
    expect(await run(path, ...BASICS)).toContain('The mean of the baseline is 0');
  });

  it('takes an empty cell as it is told to', async () => {
    const path = await file('empty.csv', 'arm,bought\nold,1\nold,\nnew,1\nnew,2\n,5\n');
    await expect(run(path, ...BASICS)).rejects.toThrow('empty.csv, line 3, column "bought": the cell is empty.');
    await expect(run(path, ...BASICS, '--empty', 'zero')).rejects.toThrow('line 6, column "arm": the cell is empty.');
    const skipped = await read(path, ...BASICS, '--empty', 'skip');
    expect(skipped.arms.map(({ n }: Record<string, unknown>) => n)).toEqual([1, 2]);
    expect(skipped.warnings).toContain('2 of 5 rows have an empty cell and are left out.');
  });

  it.each([
    ['a word', 'arm,bought\nold,1\nnew,much\n', BASICS, 'data.csv, line 3, column "bought": "much" is no number.'],
    [
      'a word behind a cell of two lines',
      'arm,note,bought\nold,"a\nb",1\n\nnew,c,0x1\n',
      BASICS,
      'line 5, column "bought"',
    ],
    ['a short row', 'arm,bought\nold,1\nnew\n', BASICS, 'data.csv, line 3: Invalid Record Length'],
    ['a quote that is not closed', 'arm,bought\nold,1\nnew,"1\n', BASICS, 'data.csv, line 3: Quote Not Closed'],
    ['no such column', 'arm,paid\nold,1\n', BASICS, 'no column "bought". Its columns are: arm, paid.'],
    ['a column twice', 'arm,bought,bought\nold,1,2\n', BASICS, 'the column "bought" twice'],
    ['no such baseline', 'arm,bought\na,1\nb,1\n', BASICS, 'the variants are a, b; there is no baseline "old".'],
    ['one arm', 'arm,bought\nold,1\n', BASICS, 'there is nothing to hold against the baseline'],
    ['nothing', '', BASICS, 'data.csv is empty'],
    [
      'weights that lack an arm',
      'arm,bought\nold,1\nnew,1\n',
      [...BASICS, '--weights', 'old=1,third=2'],
      'for the variant "new"',
    ],
    ['weights that are none', 'arm,bought\n', [...BASICS, '--weights', 'old'], 'It must give each arm one weight'],
    ['a metric twice', 'arm,bought\n', [...BASICS, '--guardrail', 'bought'], '"bought" is given twice'],
    ['a stray name', 'arm,bought\n', [...BASICS, '--less-is-better', 'x'], '"x" is of --less-is-better'],
    ['a prior of one number', 'arm,bought\n', [...BASICS, '--prior', '0'], 'a mean and a deviation above 0'],
    ['an alpha of 2', 'arm,bought\n', [...BASICS, '--alpha', '2'], 'above 0 and below 1'],
  ])('refuses %s', async (_, content, words, reason) => {
    const path = await file('data.csv', content);
    await expect(run(path, ...words)).rejects.toThrow(reason);
  });

  it('refuses ids for variants, and files that are none', async () => {
    const ids = Array.from({ length: 101 }, (_, id) => `user${id},1\n`).join('');
    await expect(run(await file('ids.csv', `arm,bought\n${ids}`), ...BASICS)).rejects.toThrow('more than 100 variants');
    await expect(run(join(folder, 'missing.csv'), ...BASICS)).rejects.toThrow('missing.csv does not exist.');
    await expect(run(folder, ...BASICS)).rejects.toThrow('is a folder, no file.');
    const cut = gzipSync(`arm,bought\n${rowsOf('old', 5_000, 40)}`).subarray(0, 60);
    await expect(run(await file('cut.csv.gz', cut), ...BASICS)).rejects.toThrow('cannot be read to its end');
  });
});
