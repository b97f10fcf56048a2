import { execFileSync } from 'node:child_process';
import { constants } from 'node:os';
import { expect, it } from 'vitest';

const SCRIPT = `
  import { readdirSync } from 'node:fs';
  import { getPriority } from 'node:os';
  import { giveWay } from './src/bin/give-way.ts';
  giveWay();
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [process.pid];
  console.log(JSON.stringify(threads.map((thread) => getPriority(thread))));
`;

it('lowers the priority of every thread of a process', () => {
  const output = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', SCRIPT], { encoding: 'utf8' });
  const priorities = JSON.parse(output) as number[];
  expect(priorities.length).toBeGreaterThan(0);
  for (const priority of priorities) expect(priority).toBeGreaterThanOrEqual(constants.priority.PRIORITY_BELOW_NORMAL);
});
