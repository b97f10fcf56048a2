import { Command, InvalidArgumentError } from 'commander';
import { DateTime } from 'luxon';

/** `demo`: the three users' stories, with the real queries and answers. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('Tell the stories of the three users on the demo scenario, with the real queries and answers.')
    .option('--date <YYYY-MM-DD>', 'the day on which the stories take place', parseDay, parseDay('2026-11-20'))
    .option('--story <name>', 'only one: manager, learner or finance')
    .action(async ({ date, story }: { date: Date; story?: string }) => {
      const { tellStories } = await import('./demo/tell-stories.ts');
      await tellStories({ today: date, only: story });
    });
}

function parseDay(text: string): Date {
  const day = DateTime.fromISO(text, { zone: 'utc' });
  if (!day.isValid || text.length !== 10) throw new InvalidArgumentError('A day looks like 2026-11-20.');
  return day.set({ hour: 12 }).toJSDate();
}
