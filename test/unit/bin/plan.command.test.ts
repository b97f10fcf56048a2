import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { planCommand } from '../../../src/bin/plan.command.ts';

let folder: string;

beforeEach(async () => {
  process.exitCode = undefined;
  folder = await mkdtemp(join(tmpdir(), 'tributary-plan-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

const PLAN = {
  budgetMinor: '5',
  channels: [
    { id: 'EMAIL', costMinor: '2', slots: [{ at: '2026-11-23T09:00:00Z' }] },
    { id: 'SMS', costMinor: 3, capacity: 1 },
  ],
  contents: [{ id: 'course', floor: 1 }],
  users: [{ id: 'anna' }, { id: 'ben', consents: ['SMS'] }],
  offers: [
    { user: 'anna', content: 'course', channel: 'EMAIL', response: 100, userContent: 0.5 },
    { user: 'anna', content: 'course', channel: 'SMS', response: 90 },
    { user: 'ben', content: 'course', channel: 'EMAIL', response: 500 },
    { user: 'ben', content: 'course', channel: 'SMS', response: 70 },
  ],
};

async function run(content: string, ...options: string[]) {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += chunk;
    return true;
  });
  const file = join(folder, 'plan.json');
  await writeFile(file, content);
  await planCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(['--input', file, ...options], { from: 'user' });
  return { output, code: process.exitCode ?? 0 };
}

describe('plan', () => {
  it('prints one JSON object: who gets what, through which channel, when, and what binds', async () => {
    const { output, code } = await run(JSON.stringify(PLAN), '--json', '--gap', '0');
    expect(output.trimEnd()).not.toContain('\n');
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      status: 'OPTIMAL',
      objective: 120,
      sends: [
        {
          user: 'anna',
          content: 'course',
          channel: 'EMAIL',
          at: '2026-11-23T09:00:00Z',
          people: 1,
          value: 50,
          costMinor: '2',
        },
        { user: 'ben', content: 'course', channel: 'SMS', at: null, people: 1, value: 70, costMinor: '3' },
      ],
      budget: { limitMinor: '5', spentMinor: '5', unspentMinor: '0', reason: null },
      leftOut: { consent: 1, quietHours: 0 },
    });
  });

  it('prints a table for people', async () => {
    const { output } = await run(JSON.stringify(PLAN));
    expect(output).toContain('2 sends bring 120.00 minor units (OPTIMAL');
    expect(output).toContain('  anna: course through EMAIL at 2026-11-23T09:00:00Z, 50.00');
    expect(output).toContain('Spent 5 minor units, left 0.');
  });

  it('names what contradicts each other, with exit code 1', async () => {
    const { output, code } = await run(JSON.stringify({ ...PLAN, budgetMinor: 1 }), '--json');
    expect(JSON.parse(output)).toMatchObject({
      status: 'INFEASIBLE',
      constraints: [
        { kind: 'BUDGET', limit: 1 },
        { kind: 'CONTENT_FLOOR', subject: 'course', limit: 1 },
      ],
    });
    expect(code).toBe(1);
  });

  it.each([
    ['no JSON', '{', 'is not JSON'],
    ['an unknown key', JSON.stringify({ ...PLAN, colour: 1 }), 'colour'],
    ['a bad figure', JSON.stringify({ ...PLAN, users: [{ id: 'anna', cap: -1 }] }), 'users[0].cap: '],
    [
      'an offer of nobody',
      JSON.stringify({ ...PLAN, users: [{ id: 'anna' }] }),
      'offers[2].user: there is no user "ben"',
    ],
    [
      'a slot of no channel',
      JSON.stringify({ ...PLAN, users: [{ id: 'anna', allowedSlots: { FAX: [] } }, { id: 'ben' }] }),
      'user anna allows slots of channel FAX',
    ],
    ['a fraction of a minor unit', JSON.stringify({ ...PLAN, budgetMinor: '1.5' }), 'budgetMinor: '],
  ])('fails plainly on %s', async (_what, content, reason) => {
    await expect(run(content)).rejects.toThrow(reason);
  });
});
