import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { Command } from 'commander';
import { describeConstraint, type FoundPlan, type NoPlan, PlanSolver } from '../math/optimisation/index.ts';
import { print } from './output.ts';
import { readPlanJson } from './plan.json-form.ts';
import { UsageError } from './program.ts';

interface Options {
  readonly input: string;
  readonly gap: number;
  readonly timeLimit: number;
  readonly json: boolean;
}

const SHOWN = 20;

/** `plan`: who gets what through which channel and when, at the optimum. Needs no database. */
export function planCommand(): Command {
  return new Command('plan')
    .description('Plan a campaign: who gets what, through which channel, when. Needs no database.')
    .requiredOption('--input <file>', 'the plan to be made, in JSON (see below); - for standard input')
    .option('--gap <share>', 'share of the optimum that whole numbers may cost; 0 for the very best', readGap, 1e-4)
    .option('--time-limit <seconds>', 'for the solver', readSeconds, 60)
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', HELP)
    .action(async ({ input, gap, timeLimit, json }: Options) => {
      const problem = readPlanJson(await readInput(input), input === '-' ? 'standard input' : input);
      await using solver = new PlanSolver();
      const answer = await solver.solve(problem, { gap, timeLimitMs: Math.ceil(timeLimit * 1_000) });
      print(json ? JSON.stringify(answer, amountsAsText) : toText(answer));
      if (answer.status === 'INFEASIBLE') process.exitCode = 1;
    });
}

const HELP = `
The JSON form, with what is taken where something is left out:
  {
    "budgetMinor": "5000",                     whole minor units, text or number; null for no limit
    "channels": [{ "id": "EMAIL", "costMinor": "2", "capacity": null,
      "slots": [{ "at": "2026-11-23T09:00:00Z", "capacity": null, "weight": 1 }] }],         no slots: no time
    "contents": [{ "id": "course-1", "partner": null, "floor": 0 }],                         floor: sends at least
    "partners": [{ "id": "school", "floor": 0 }],
    "users": [{ "id": "anna", "people": 1, "cap": null, "channelCaps": { "EMAIL": 1 },       caps: sends to each person
      "consents": ["EMAIL"],                                                                 left out or null: all channels
      "allowedSlots": { "EMAIL": ["2026-11-23T09:00:00Z"] } }],                              left out: all slots
    "offers": [{ "user": "anna", "content": "course-1", "channel": "EMAIL",
      "userContent": 1, "contentChannel": 1, "response": 420.5 }],                           in minor units
    "oncePerContent": true                     a person gets a content once, whatever the channel
  }
A user may be a persona: "people" says of how many. The plan maximises the sum of userContent x contentChannel x response
x weight of the slot. What it answers: sends, objective, bound (no plan brings more), binding limits with shadow prices,
and why budget is left. The exit code is 1 when no plan keeps all limits; those that contradict each other are named.

  npm run --silent cli -- plan --input plan.json --json`;

function readGap(text: string): number {
  const gap = Number(text);
  if (text.trim() !== '' && gap >= 0 && gap < 1) return gap;
  throw new UsageError(`--gap must be from 0 to below 1, not ${text}.`);
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds > 0 && seconds <= 86_400) return seconds;
  throw new UsageError(`--time-limit must be above 0 and at most 86400 seconds, not ${text}.`);
}

async function readInput(path: string): Promise<string> {
  return path === '-' ? readStream(process.stdin) : readFile(path, 'utf8');
}

function amountsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function toText(answer: FoundPlan | NoPlan): string {
  if (answer.status === 'INFEASIBLE') return `There is no such plan. ${answer.reason}`;
  const { sends, objective, bound, gap, binding, budget, leftOut } = answer;
  const rest = (all: number) => (all > SHOWN ? [`  and ${all - SHOWN} more (--json tells all)`] : []);
  const { unspentMinor, spentMinor } = budget;
  return [
    `${sends.length} sends bring ${objective.toFixed(2)} minor units (${answer.status}, ${answer.method}); no plan brings more than ${bound.toFixed(2)}, gap ${gap.toPrecision(2)}.`,
    ...sends.slice(0, SHOWN).map(sendText),
    ...rest(sends.length),
    'Limits that bind, with what one more would bring:',
    ...binding.slice(0, SHOWN).map((one) => `  ${one.price.toFixed(2).padStart(10)}  ${describeConstraint(one)}`),
    ...rest(binding.length),
    `Spent ${spentMinor} minor units${unspentMinor === null ? '' : `, left ${unspentMinor}`}. ${budget.reason ?? ''}`.trimEnd(),
    `Left out: ${leftOut.consent} offers without consent, ${leftOut.quietHours} within quiet hours only.`,
  ].join('\n');
}

function sendText({ user, content, channel, at, people, value }: FoundPlan['sends'][number]): string {
  const whom = people === 1 ? user : `${user} (${people} people)`;
  return `  ${whom}: ${content} through ${channel}${at === null ? '' : ` at ${at}`}, ${value.toFixed(2)}`;
}
