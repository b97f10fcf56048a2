import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Lowers the priority of this process: on a machine that both share, somebody who waits for an answer goes before work
 * that nobody waits for. On Linux a priority is one thread's: those that collect garbage have begun before us.
 */
export function giveWay(): void {
  const priority = constants.priority.PRIORITY_BELOW_NORMAL;
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [process.pid];
  for (const thread of threads) {
    try {
      setPriority(thread, priority);
    } catch {
      // One that has ended meanwhile needs none, and where priorities may not be set, work is done at that of all.
    }
  }
}
