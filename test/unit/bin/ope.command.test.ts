import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { opeCommand } from '../../../src/bin/ope.command.ts';
import { runCommand } from '../../support/run-command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-ope-'));
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

const run = (path: string, ...words: string[]) => runCommand(opeCommand(), ['--log', path, ...words]);

async function estimate(path: string, ...words: string[]) {
  return JSON.parse(
    await run(path, ...(words.includes('--policy') ? words : ['--policy', 'uniform', ...words]), '--json'),
  );
}

/** Two arms; weights of the uniform policy 2, 2, 2/3, 1; earned 2, 0, 2/3, 0. */
const LOG = 'arm,p,reward\na,0.25,1\na,0.25,0\nb,0.75,1\nb,0.5,0\n';

describe('ope', () => {
  it('estimates what the uniform policy would have earned', async () => {
    const report = await estimate(await file('log.csv', LOG));
    expect(report).toMatchObject({
      policy: 'uniform',
      rows: 4,
      arms: 2,
      loggedMean: 0.5,
      dr: null,
      drStandardError: null,
    });
    expect(report.ips).toBeCloseTo(2 / 3, 12);
    // Squared distances of 2, 0, 2/3, 0 from 2/3 are 8/3.
    expect(report.ipsStandardError).toBeCloseTo(Math.sqrt(8 / 3 / 3 / 4), 12);
    expect(report.snips).toBeCloseTo(8 / 3 / (17 / 3), 12);
    expect(report.ess).toBeCloseTo((17 / 3) ** 2 / (9 + 4 / 9), 12);
    expect(report).toMatchObject({ trust: false, verdict: 'do not trust' });
    expect(report.reasons[0]).toMatchObject({ code: 'FEW_EFFECTIVE_ROWS' });
  });

  it('finds columns by their usual names, or by those given, plain or gzip', async () => {
    const plain = await estimate(await file('log.csv', LOG));
    const obd = LOG.replace('arm,p,reward', 'item_id,propensity_score,click');
    expect(await estimate(await file('obd.csv.gz', gzipSync(obd)))).toEqual(plain);
    const odd = await file('odd.csv', LOG.replace('arm,p,reward', 'Werbung;chance;Kauf').replaceAll(',', ';'));
    const words = ['--action', 'Werbung', '--propensity', 'chance', '--reward', 'Kauf'];
    expect(await estimate(odd, ...words)).toEqual(plain);
  });

  it('takes a policy from a file, by position where it has one', async () => {
    const log = await file('log.csv', 'arm,p,reward,position\na,0.25,1,1\na,0.25,0,2\nb,0.75,1,1\nb,0.5,0,2\n');
    const same = await file('policy.csv', 'arm,probability\na,1\nb,0\n');
    expect((await estimate(log, '--policy', same)).ips).toBeCloseTo(1, 12);
    const placed = await file('placed.csv', 'arm,position,probability\na,1,0.5\nb,1,0.5\na,2,1\n');
    // Weights 2, 4, 2/3, 0.
    const report = await estimate(log, '--policy', placed);
    expect(report.ips).toBeCloseTo((2 + 2 / 3) / 4, 12);
    expect(report.snips).toBeCloseTo((2 + 2 / 3) / (6 + 2 / 3), 12);
  });

  it('does not trust a policy whose arms the log never chose', async () => {
    const log = await file('log.csv', LOG);
    const policy = await file('policy.csv', 'arm,probability\na,0.5\nc,0.5\n');
    const codes = (report: { reasons: { code: string }[] }) => report.reasons.map(({ code }) => code);
    expect(codes(await estimate(log, '--policy', policy))).toContain('ARMS_WITHOUT_SUPPORT');
    const four = await estimate(log, '--arms', '4');
    expect(four.ips).toBeCloseTo(1 / 3, 12);
    expect(codes(four)).toContain('ARMS_WITHOUT_SUPPORT');
  });

  it('trusts a log that was as random as the policy, and has a doubly robust estimate of it', async () => {
    const rows = Array.from({ length: 400 }, (_, row) => `${row % 2 ? 'a' : 'b'},0.5,${row % 4 === 0 ? 1 : 0}\n`);
    const path = await file('random.csv', `arm,p,reward\n${rows.join('')}`);
    const report = await estimate(path, '--gate');
    expect(report).toMatchObject({ ips: 0.25, snips: 0.25, ess: 400, trust: true, verdict: 'trust', reasons: [] });
    expect(report.dr).toBeCloseTo(0.25, 3);
    expect(report.drStandardError).toBeGreaterThan(0);
    expect(await run(path, '--policy', 'uniform')).toContain('Verdict: trust');
    expect(await estimate(path, '--min-ess', '500')).toMatchObject({ trust: false });
  });

  it('cuts weights when told to', async () => {
    const report = await estimate(await file('log.csv', LOG), '--clip', '1');
    expect(report).toMatchObject({ clippedRows: 2, maxWeight: 2 });
    expect(report.ips).toBeCloseTo((1 + 2 / 3) / 4, 12);
  });

  it('ends with another exit code, where asked to, when a launch is not to rest on it', async () => {
    const path = await file('log.csv', LOG);
    const codes: unknown[] = [];
    const command = opeCommand().hook('postAction', () => {
      codes.push(process.exitCode);
    });
    await runCommand(command, ['--log', path, '--policy', 'uniform']);
    await runCommand(command, ['--log', path, '--policy', 'uniform', '--gate']);
    expect(codes).toEqual([undefined, 3]);
  });

  it.each([
    [
      'a propensity of 0',
      'arm,p,reward\na,1,1\nb,0,1\n',
      [],
      'log.csv, line 3, column "p": a propensity must be above 0',
    ],
    [
      'a propensity above 1',
      'arm,p,reward\na,1.5,1\n',
      [],
      'line 2, column "p": a propensity must be above 0 and at most 1',
    ],
    ['a reward that is none', 'arm,p,reward\na,1,x\n', [], 'line 2, column "reward": "x" is no number'],
    ['an arm without a name', 'arm,p,reward\n,1,1\n', [], 'line 2, column "arm": the cell is empty'],
    ['no propensities', 'arm,reward\na,1\n', [], 'no column for the propensity'],
    ['no such column', LOG, ['--reward', 'paid'], 'no column "paid"'],
    ['one row', 'arm,p,reward\na,1,1\n', [], 'has 1 rows; at least two'],
    ['too few arms', LOG, ['--arms', '1'], '--arms says 1, but the log has 2'],
    ['a weight of 0', LOG, ['--clip', '0'], 'It must be a number above 0'],
  ])('refuses %s', async (_, content, words, reason) => {
    const path = await file('log.csv', content);
    await expect(run(path, '--policy', 'uniform', ...words)).rejects.toThrow(reason);
  });

  it.each([
    ['that do not sum to one', 'arm,probability\na,0.5\nb,0.4\n', 'the probabilities sum to 0.9, not to 1.'],
    [
      'above one',
      'arm,probability\na,1.5\n',
      'policy.csv, line 2, column "probability": a probability must be from 0 to 1',
    ],
    ['of an arm twice', 'arm,probability\na,0.5\na,0.5\n', 'line 3, column "arm": the arm "a" comes twice'],
    ['of no arm', 'creative,probability\na,1\n', 'no column for the action'],
  ])('refuses probabilities %s', async (_, content, reason) => {
    const log = await file('log.csv', LOG);
    await expect(run(log, '--policy', await file('policy.csv', content))).rejects.toThrow(reason);
  });
});
