import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CommanderError } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attributeCommand } from '../../../src/bin/attribute.command.ts';
import { runCommand } from '../../support/run-command.ts';

let folder: string;
let notes: string;

const FORK = 'path,total_conversions,total_conversion_value,total_null\na > b,3,7,1\na > c,1,1,1\n';
const FORK_ROWS = [
  { channel: 'a', conversions: 2, value: 4, removalEffect: 1 },
  { channel: 'b', conversions: 1.5, value: 3, removalEffect: 0.75 },
  { channel: 'c', conversions: 0.5, value: 1, removalEffect: 0.25 },
];
const EVENTS = `user,time,channel,type,value
ann,2026-03-01T10:00:00Z,search,click,
ann,2026-03-08T10:00:00Z,email,view,
ann,2026-03-08T11:00:00Z,,conversion,30
bob,2026-03-02T10:00:00Z,email,click,
bob,2026-03-03T10:00:00Z,,conversion,12.5
bob,2026-03-04T10:00:00Z,social,click,
`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-attribute-'));
  notes = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    notes += chunk;
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function attribute(option: '--paths' | '--journeys', content: string | Buffer, ...options: string[]) {
  const file = join(folder, 'input.csv');
  await writeFile(file, content);
  return runCommand(attributeCommand(), [option, file, ...options]);
}

async function rowsOf(...call: Parameters<typeof attribute>) {
  const [option, content, ...options] = call;
  const { rows } = JSON.parse(await attribute(option, content, ...options, '--json'));
  return rows.map((row: (typeof FORK_ROWS)[number]) => ({
    ...row,
    conversions: Math.round(row.conversions * 1e9) / 1e9,
    value: Math.round(row.value * 1e9) / 1e9,
    removalEffect: row.removalEffect === null ? null : Math.round(row.removalEffect * 1e9) / 1e9,
  }));
}

describe('attribute --paths', () => {
  it('prints one JSON object on one line, the highest credit first', async () => {
    const output = await attribute('--paths', FORK, '--model', 'last', '--json');
    expect(output).toBe(
      '{"model":"last","rows":[{"channel":"b","conversions":3,"value":7,"removalEffect":null},' +
        '{"channel":"c","conversions":1,"value":1,"removalEffect":null},' +
        '{"channel":"a","conversions":0,"value":0,"removalEffect":null}]}\n',
    );
  });

  it.each([
    ['other names of the columns, in another order', 'Nulls,Channel Path,Revenue,Conversions\n1,a>b,7,3\n1,a>c,1,1\n'],
    ['semicolons', 'path;conversions;value;nulls\na > b;3;7;1\na > c;1;1;1\n'],
    [
      'tabs, quotes, a byte-order mark, carriage returns and blank lines',
      `\uFEFF${FORK.replaceAll(',', '\t').replace('a > b', '" a  >b "').replaceAll('\n', '\r\n')}\r\n\r\n`,
    ],
    ['a path on several lines', `${FORK}a > b,0,0,0\n`.replace('3,7,1', '1,3,0\na>b,2,4,1')],
    ['gzip', gzipSync(FORK)],
  ])('reads %s', async (_, content) => {
    expect(await rowsOf('--paths', content, '--model', 'markov')).toEqual(FORK_ROWS);
  });

  it('takes value and nulls for zero when there are no such columns', async () => {
    expect(await rowsOf('--paths', 'path,conversions\na>b,3\nb,1.5\n', '--model', 'linear')).toEqual([
      { channel: 'b', conversions: 3, value: 0, removalEffect: null },
      { channel: 'a', conversions: 1.5, value: 0, removalEffect: null },
    ]);
  });

  it('tells orders apart', async () => {
    const content = 'path,conversions,nulls\na>b>c,3,0\nd>b>a,0,5\n';
    const effect = async (order: string) => {
      const rows = await rowsOf('--paths', content, '--model', 'markov', '--order', order);
      return rows.find((row: { channel: string }) => row.channel === 'd').removalEffect;
    };
    expect(await effect('2')).toBe(0);
    expect(await effect('1')).toBeGreaterThan(0.1);
  });

  it('notes what the table cannot say, beside the answer', async () => {
    expect(await rowsOf('--paths', 'path,conversions\n,4\na,1\n', '--model', 'shapley')).toEqual([
      { channel: 'a', conversions: 1, value: 0, removalEffect: null },
    ]);
    expect(notes).toContain('4 conversions had no touch before them');
    const none = await rowsOf('--paths', 'path,conversions,nulls\na>b,0,4\n', '--model', 'markov');
    expect(none.map((row: (typeof FORK_ROWS)[number]) => [row.conversions, row.removalEffect])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(notes).toContain('no touch led to a conversion');
  });

  it('prints a table for people', async () => {
    const output = await attribute('--paths', FORK, '--model', 'markov');
    expect(output).toMatch(/^channel +conversions +value +removal effect$/m);
    expect(output).toMatch(/^b +1\.5000 +3\.00 +0\.750000$/m);
  });

  it('tells intervals when asked for, the same under a seed', async () => {
    const options = ['--model', 'last', '--bootstrap', '200', '--seed', '3'];
    const { rows } = JSON.parse(await attribute('--paths', FORK, ...options, '--json'));
    const [from, to] = rows[0].intervals.conversions;
    expect(from).toBeLessThan(3);
    expect(to).toBeGreaterThan(3);
    expect(rows[0].intervals.value[1]).toBeCloseTo((7 / 3) * to, 9);
    expect(JSON.parse(await attribute('--paths', FORK, ...options, '--json')).rows).toEqual(rows);
    expect(await attribute('--paths', FORK, ...options)).toMatch(/^b +3\.0000 +\d\.\d\d to \d\.\d\d +7\.00/m);
  });

  it.each([
    ['a step without a name', 'path,conversions\na>b,1\na>>b,1\n', 'line 3: the path "a>>b" has a step without a name'],
    ['a number that is none', 'path,conversions\na,1\nb,many\n', 'line 3: conversions must be a number, not "many"'],
    ['a cell that is missing', 'path,conversions,value\na,1\n', 'line 2: value must be a number, not ""'],
    ['a number below zero', 'path,conversions,nulls\na,1,-2\n', 'line 2: nulls cannot be negative: "-2"'],
    ['a number without end', 'path,conversions\na,1e999\n', 'line 2: conversions must be a number'],
    ['a header without paths', 'route,conversions\na,1\n', 'line 1: there is no column of paths among "route"'],
    ['a header without conversions', 'path,nulls\na,1\n', 'line 1: there is no column of conversions'],
    ['an open quote', 'path,conversions\n"a,1\nb,1\n', 'line 3: Quote Not Closed'],
    ['an empty file', '', 'is empty'],
    ['what is not UTF-8', Buffer.from([0x70, 0xff, 0xfe, 0x0a]), 'is not UTF-8'],
  ])('refuses %s, by file and line', async (_, content, message) => {
    await expect(attribute('--paths', content, '--model', 'linear')).rejects.toThrow(message);
    await expect(attribute('--paths', content, '--model', 'linear')).rejects.toThrow('input.csv');
  });

  it('says why a file cannot be read', async () => {
    const read = (file: string) => runCommand(attributeCommand(), ['--paths', file, '--model', 'last']);
    await expect(read(join(folder, 'none.csv'))).rejects.toThrow('none.csv does not exist.');
    await expect(read(folder)).rejects.toThrow('is a folder, no file.');
  });

  it.each([
    ['no model', []],
    ['an unknown model', ['--model', 'oracle']],
    ['time-decay', ['--model', 'time-decay']],
    ['a window', ['--model', 'last', '--window', '3']],
    ['both sources', ['--model', 'last', '--journeys', 'x.csv']],
    ['an order of 0', ['--model', 'markov', '--order', '0']],
    ['an order that is no number', ['--model', 'markov', '--order', 'two']],
    ['a half-life of 0', ['--model', 'last', '--half-life', '0']],
    ['too few resamples', ['--model', 'last', '--bootstrap', '9']],
    ['a seed that is no whole number', ['--model', 'last', '--seed', '1.5']],
  ])('is a wrong call with %s', async (_, options) => {
    await expect(attribute('--paths', FORK, ...options)).rejects.toThrow(CommanderError);
  });

  it('is a wrong call without a file', async () => {
    await expect(runCommand(attributeCommand(), ['--model', 'last'])).rejects.toThrow('either --paths or --journeys');
  });
});

describe('attribute --journeys', () => {
  it('cuts journeys out of events, and takes what is left for journeys without a conversion', async () => {
    expect(await rowsOf('--journeys', EVENTS, '--model', 'linear')).toEqual([
      { channel: 'email', conversions: 1.5, value: 27.5, removalEffect: null },
      { channel: 'search', conversions: 0.5, value: 15, removalEffect: null },
      { channel: 'social', conversions: 0, value: 0, removalEffect: null },
    ]);
    // Of 3 journeys 2 convert, all by email; half of those at email came from search.
    const effects = await rowsOf('--journeys', EVENTS, '--model', 'markov');
    expect(effects.map((row: (typeof FORK_ROWS)[number]) => [row.channel, row.removalEffect])).toEqual([
      ['email', 1],
      ['search', 0.5],
      ['social', 0],
    ]);
  });

  it('weighs touches by age', async () => {
    const rows = await rowsOf('--journeys', EVENTS, '--model', 'time-decay', '--half-life', '3.5');
    // A week is two half-lives: 1/5 and 4/5.
    expect(rows.map((row: (typeof FORK_ROWS)[number]) => [row.channel, row.conversions, row.value])).toEqual([
      ['email', 1.8, 36.5],
      ['search', 0.2, 6],
      ['social', 0, 0],
    ]);
  });

  it('leaves out what is older than the window, and says so', async () => {
    const rows = await rowsOf('--journeys', EVENTS, '--model', 'first', '--window', '7');
    expect(rows.map((row: (typeof FORK_ROWS)[number]) => [row.channel, row.conversions])).toEqual([
      ['email', 2],
      ['search', 0],
      ['social', 0],
    ]);
    expect(notes).toContain('1 touches were too old');
  });

  it('reads other columns, times and types, and orders equal times by the file', async () => {
    const content = `event_type;customer_id;channel;timestamp;revenue
visit;7;b;2026-03-01 10:00;
visit;7;a;2026-03-01T11:00:00+01:00;
Sale;7;;1772359201;5
visit;7;c;1772359200500;
`;
    const rows = await rowsOf('--journeys', content, '--model', 'first', '--conversion-type', 'sale');
    expect(rows).toEqual([
      { channel: 'b', conversions: 1, value: 5, removalEffect: null },
      { channel: 'a', conversions: 0, value: 0, removalEffect: null },
      { channel: 'c', conversions: 0, value: 0, removalEffect: null },
    ]);
    const last = await rowsOf('--journeys', content, '--model', 'last', '--conversion-type', 'sale');
    expect(last[0].channel).toBe('c');
  });

  it('notes that nothing is a conversion', async () => {
    const touches = EVENTS.split('\n')
      .filter((line) => !line.includes('conversion'))
      .join('\n');
    await rowsOf('--journeys', touches, '--model', 'last', '--conversion-type', 'order');
    expect(notes).toContain('no line has the type "order"');
  });

  it.each([
    ['no user', 'user,time,channel,type\n,2026-03-01,a,click\n', 'line 2: there is no user'],
    [
      'no channel',
      'user,time,channel,type\nu,2026-03-01,,click\n',
      'line 2: there is no channel. Only conversions need none',
    ],
    ['no type', 'user,time,channel,type\nu,2026-03-01,a,\n', 'line 2: there is no type'],
    ['a time that is none', 'user,time,channel,type\nu,yesterday,a,click\n', 'line 2: time must be such as'],
    ['a day that is none', 'user,time,channel,type\nu,2026-02-30,a,click\n', 'line 2: time must be such as'],
    [
      'a value that is none',
      'user,time,channel,type,value\nu,2026-03-01,,conversion,x\n',
      'line 2: value must be a number',
    ],
    ['a header without times', 'user,channel,type\nu,a,click\n', 'line 1: there is no column of the time'],
    ['an empty file', '', 'is empty'],
  ])('refuses %s, by file and line', async (_, content, message) => {
    await expect(attribute('--journeys', content, '--model', 'linear')).rejects.toThrow(message);
  });
});
