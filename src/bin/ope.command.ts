import { Command, InvalidArgumentError } from 'commander';
import {
  DEFAULT_TRUST_RULES,
  estimatePolicy,
  expectRewards,
  type OffPolicyReading,
  type PolicyEstimate,
} from '../math/bandits/index.ts';
import { parseCount, parseShare } from './evaluate-options.ts';
import { type ChoiceLog, readChoiceLog } from './ope-log.ts';
import { type JudgedPolicy, policyFromFile, uniformPolicy } from './ope-policy.ts';
import { print } from './output.ts';

interface Options {
  readonly log: string;
  readonly policy: string;
  readonly reward?: string;
  readonly propensity?: string;
  readonly action?: string;
  /** False after --no-position; true when neither was given. */
  readonly position: string | boolean;
  readonly arms?: number;
  readonly clip?: number;
  readonly alpha: number;
  readonly minEss: number;
  readonly minEssShare: number;
  readonly gate: boolean;
  readonly json: boolean;
}

/** What the process ends with when a launch is not to rest on the estimate. */
const NOT_TRUSTED = 3;

/** `ope`: what a policy would have earned, from another's log. Needs no database. Failures are thrown to the one handler. */
export function opeCommand(): Command {
  return new Command('ope')
    .description('Estimate what a policy would have earned, from the log of another one. Needs no database.')
    .requiredOption('--log <file>', 'CSV: a row for each choice: arm, its propensity, reward; plain or gzip')
    .requiredOption(
      '--policy <name|file>',
      'uniform, or a CSV of arm and probability, by position if there is such a column',
    )
    .option('--reward <column>', 'what a choice earned (default: reward, click, conversion, ...)')
    .option('--propensity <column>', 'chance of the chosen arm (default: propensity, propensity_score, pscore, ...)')
    .option('--action <column>', 'the chosen arm (default: action, arm, item_id, ...)')
    .option('--position <column>', 'its place on the page (default: position, pos, slot, when there)')
    .option('--no-position', 'do not tell choices apart by position')
    .option('--arms <count>', 'arms there are, for uniform, when the log does not show all', parseCount)
    .option('--clip <weight>', 'cut weights at this number (default: none is cut)', parseClip)
    .option('--alpha <number>', 'intervals hold with a chance of 1 - alpha', parseShare, 0.05)
    .option(
      '--min-ess <rows>',
      'effective rows below which nothing is trusted',
      parseCount,
      DEFAULT_TRUST_RULES.leastEss,
    )
    .option('--min-ess-share <share>', 'the same as a share of rows', parseShare, DEFAULT_TRUST_RULES.leastEssShare)
    .option('--gate', `end with the exit code ${NOT_TRUSTED} when the estimate is not to be trusted`, false)
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', HELP)
    .action(estimateAndPrint);
}

const HELP = `
With w = probability of the chosen arm under the policy / its propensity:
  ips    mean of w reward; unbiased              snips  sum of w reward / sum of w
  dr     doubly robust: with what arms earned in the other four fifths of the log (by position)
  ess    effective rows, (sum w)^2 / sum w^2, of weights before they are cut

"trust" is false, "verdict" "do not trust" and "reasons" say why when effective rows are fewer than --min-ess or
--min-ess-share of all, fewer than ${DEFAULT_TRUST_RULES.leastRewardEss} effective rows earned something, a single row carries more than ${100 * DEFAULT_TRUST_RULES.mostWeightShare} % of the weight,
weights do not average to 1, or the policy chooses arms that the log never chose. Such an estimate launches nothing:
with --gate the exit code is ${NOT_TRUSTED} then.

--json prints {"policy", "rows", "arms", "loggedMean", "ips", "ipsStandardError", "ipsInterval", "snips",
"snipsStandardError", "snipsInterval", "dr", "drStandardError", "drInterval", "ess", "essShare", "meanWeight",
"maxWeight", "clippedRows", "trust", "verdict", "reasons"}; dr is null with fewer than ten rows.

Examples:
  ope --log thompson.csv.gz --policy uniform --json
  ope --log log.csv --action creative --reward bought --propensity p --policy new-policy.csv --gate`;

async function estimateAndPrint(options: Options): Promise<void> {
  const { reward, propensity, action, position } = options;
  const names = { reward, propensity, action, position: position === true ? undefined : position };
  const log = await readChoiceLog(options.log, names);
  const isUniform = options.policy === 'uniform';
  const policy = isUniform ? uniformPolicy(log, options.arms) : await policyFromFile(options.policy, log, names);
  const reading = judge(log, policy, options);
  print(options.json ? JSON.stringify(toJson(reading, { log, policy })) : toText(reading, { log, policy }));
  if (options.gate && !reading.trust.isTrusted) process.exitCode = NOT_TRUSTED;
}

function judge(log: ChoiceLog, policy: JudgedPolicy, options: Options): OffPolicyReading {
  const { rewards, propensities, arms, positions, armNames, positionNames } = log;
  const size = { armCount: armNames.length, positionCount: positionNames.length };
  const cellOf = (row: number) => (positions?.[row] ?? 0) * armNames.length + (arms[row] ?? 0);
  const modelled = expectRewards(
    { rewards, arms, positions: positions ?? undefined },
    { ...size, probabilities: policy.table },
  );
  return estimatePolicy(
    {
      rewards,
      propensities,
      targets: arms.map((_, row) => policy.table[cellOf(row)] ?? 0),
      // Of arms that the log never chose no model knows what they earn.
      modelled: policy.unsupported > 0 ? null : modelled,
      unsupported: policy.unsupported,
    },
    {
      clip: options.clip ?? null,
      alpha: options.alpha,
      trust: { ...DEFAULT_TRUST_RULES, leastEss: options.minEss, leastEssShare: options.minEssShare },
    },
  );
}

interface Judged {
  readonly log: ChoiceLog;
  readonly policy: JudgedPolicy;
}

function toJson(reading: OffPolicyReading, { log, policy }: Judged): Record<string, unknown> {
  const { rows, loggedMean, ess, meanWeight, maxWeight, clippedRows, trust } = reading;
  return {
    policy: policy.name,
    rows,
    arms: log.armNames.length,
    loggedMean,
    ...estimateJson('ips', reading.ips),
    ...estimateJson('snips', reading.snips),
    ...estimateJson('dr', reading.dr),
    ess,
    essShare: ess / rows,
    meanWeight,
    maxWeight,
    clippedRows,
    trust: trust.isTrusted,
    verdict: verdictOf(reading),
    reasons: trust.reasons,
  };
}

function estimateJson(name: string, estimate: PolicyEstimate | null): Record<string, unknown> {
  return {
    [name]: estimate?.value ?? null,
    [`${name}StandardError`]: estimate?.standardError ?? null,
    [`${name}Interval`]: estimate?.interval ?? null,
  };
}

function verdictOf({ trust }: OffPolicyReading): string {
  return trust.isTrusted ? 'trust' : 'do not trust';
}

function toText(reading: OffPolicyReading, { log, policy }: Judged): string {
  const { rows, loggedMean, ess, meanWeight, maxWeight, clippedRows, trust } = reading;
  const cell = (text: string) => text.padStart(14);
  const line = (name: string, estimate: PolicyEstimate | null) => {
    const values = estimate ? [estimate.value, estimate.standardError, ...estimate.interval].map(shown) : ['-'];
    return `${name.padEnd(8)}${values.map(cell).join('')}`;
  };
  return [
    `${policy.name}, by ${rows} choices among ${log.armNames.length} arms that earned ${shown(loggedMean)} on average`,
    '',
    `${''.padEnd(8)}${['value', 'se', 'from', 'to'].map(cell).join('')}`,
    line('ips', reading.ips),
    line('snips', reading.snips),
    line('dr', reading.dr),
    '',
    `Effective rows ${shown(ess)} (${shown((100 * ess) / rows)} %), mean weight ${shown(meanWeight)}, largest ${shown(maxWeight)}`,
    ...(clippedRows > 0 ? [`${clippedRows} weights were cut: the estimates are biased.`] : []),
    `Verdict: ${verdictOf(reading)}`,
    ...trust.reasons.map(({ reason }) => `- ${reason}`),
  ].join('\n');
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function parseClip(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}
