import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { budgetCommand } from '../../../src/bin/budget.command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-budget-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function run(content: string, ...options: string[]): Promise<string> {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += chunk;
    return true;
  });
  const file = join(folder, 'history.csv');
  await writeFile(file, content);
  await budgetCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(['--csv', file, ...options], { from: 'user' });
  return output;
}

const curve = (most: number, pace: number) => (spend: number) => most * (1 - Math.exp(-spend / pace));

/** Lines on the curves of two channels. */
function history(revenue?: readonly [string, string]): string {
  const channels = [
    { id: 'EMAIL', at: curve(200, 10_000), revenue: revenue?.[0] },
    { id: 'SEARCH', at: curve(100, 10_000), revenue: revenue?.[1] },
  ];
  const lines = channels.flatMap((channel) =>
    [2_000, 5_000, 12_000, 25_000, 60_000].map((spend) =>
      [channel.id, spend, channel.at(spend), ...(revenue ? [channel.revenue] : [])].join(','),
    ),
  );
  return ['channel,spend,response', ...lines].join('\n').replace('response', revenue ? 'response,revenue' : 'response');
}

describe('budget', () => {
  it('prints shares that add up to the budget, fitted curves, and the shadow price', async () => {
    const answer = JSON.parse(await run(history(), '--total', '50000', '--json'));
    const [email, search] = answer.shares.map(({ spendMinor }: { spendMinor: string }) => Number(spendMinor));
    expect(email + search).toBe(50_000);
    // Equal marginal returns: the difference is pace ln(most / most), 6931.47, at whole units.
    expect(Math.abs(email - search - 10_000 * Math.log(2))).toBeLessThan(2);
    expect(answer.curves[0].most).toBeCloseTo(200, 3);
    expect(answer.shadowPrice).toBeCloseTo(answer.shares[0].marginalReturn, 6);
    expect(answer).toMatchObject({ totalMinor: '50000', spentMinor: '50000', unspentMinor: '0' });
  });

  it('keeps floors and ceilings, and prints a table for people', async () => {
    const output = await run(history(), '--total', '50000', '--ceiling', 'EMAIL=10000', '--ceiling', 'SEARCH=20000');
    expect(output).toMatch(/EMAIL +10000 .* CEILING/);
    expect(output).toContain('Spent 30000, left 20000.');
    expect(output).toContain('Everything stands at its ceiling.');
  });

  it('weighs commerce against courses', async () => {
    const text = history(['COURSE', 'COMMERCE']);
    const answer = JSON.parse(await run(text, '--total', '20000', '--lambda', '1', '--frontier', '3', '--json'));
    expect(answer.shares[1].spendMinor).toBe('20000');
    expect(answer.frontier).toHaveLength(3);
    await expect(run(history(), '--total', '5', '--lambda', '0.5')).rejects.toThrow('must say in a column revenue');
  });

  it.each([
    [
      'a line that is none',
      'channel,spend,response\nEMAIL,ten,5',
      [],
      'line 2: spend must be whole minor units, not "ten"',
    ],
    ['a missing column', 'channel,spend\nEMAIL,10', [], 'lacks the columns response'],
    ['no data', 'channel,spend,response\n', [], 'has no line of data'],
    ['a bound for nobody', 'channel,spend,response\nEMAIL,10,5', ['--floor', 'FAX=1'], 'has no channel "FAX"'],
    ['nothing spent', 'channel,spend,response\nEMAIL,0,5', [], 'nothing was ever spent on "EMAIL"'],
    [
      'floors beyond the budget',
      'channel,spend,response\nEMAIL,10,5',
      ['--floor', 'EMAIL=101'],
      'contradicts the floors',
    ],
  ])('fails plainly on %s', async (_what, content, options, reason) => {
    await expect(run(content, '--total', '100', ...options)).rejects.toThrow(reason);
  });
});
