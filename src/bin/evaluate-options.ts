import { type Command, InvalidArgumentError, Option } from 'commander';
import { RANKING_MODELS, type RankingModelName } from '../recommendations/evaluation/index.ts';

/** What every protocol of `evaluate` that ranks understands. */
export interface ModelOptions {
  readonly model?: RankingModelName;
  readonly all: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly compare?: RankingModelName;
  readonly baseline?: RankingModelName;
  readonly compareParams: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly k: readonly number[];
  readonly report?: string;
  readonly json: boolean;
}

export const OUTPUT_HELP = `
With --all, --params holds the settings of each model by its name: '{"ease": {"l2": 800}}'.
With --compare, each report has "against": the other model, and by metric the difference of the means over the same
learners, the 95 % interval and p of the paired bootstrap.
--json prints one object on one line: protocol, model, params, users, items, metrics, seconds; with --all, a list of
such objects on one line. A model that cannot take the data has "error" in place of its numbers.`;

export function withModelOptions(command: Command, cutoffs: readonly number[]): Command {
  return command
    .addOption(new Option('--model <name>', 'what to measure').choices(RANKING_MODELS))
    .option('--all', 'measure every model', false)
    .option('--params <json>', 'settings of the model; what is not given has its default', parseObject, {})
    .addOption(new Option('--compare <name>', 'a model to compare with, learner by learner').choices(RANKING_MODELS))
    .addOption(new Option('--baseline <name>', 'another name of --compare').choices(RANKING_MODELS))
    .option('--compare-params <json>', 'settings of the model compared with', parseObject, {})
    .option('--seed <number>', 'decides among equal scores, and all that is drawn', parseWhole, 1)
    .option('--k <list>', 'where rankings are cut, such as 10,20', parseCutoffs, cutoffs)
    .option('--report <file>', 'write a report in Markdown, with settings, machine, table and intervals')
    .option('--json', 'print JSON instead of a table', false);
}

export function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below, as anything else that is no object.
  }
  throw new InvalidArgumentError(`It must be a JSON object such as '{"shrink": 50}'.`);
}

export function parseWhole(text: string): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && value >= -(2 ** 31) && value < 2 ** 31) return value;
  throw new InvalidArgumentError('It must be a whole number of 32 bits.');
}

export function parseCount(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 100_000) return value;
  throw new InvalidArgumentError('It must be a whole number from 1 to 100000.');
}

export function parseShare(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('It must be a number above 0 and below 1.');
}

export function parseCutoffs(text: string): readonly number[] {
  const cutoffs = text.split(',').map(Number);
  const fits = cutoffs.every((k) => Number.isInteger(k) && k >= 1 && k <= 1000);
  if (fits && new Set(cutoffs).size === cutoffs.length) return cutoffs;
  throw new InvalidArgumentError('It must be distinct whole numbers from 1 to 1000, separated by commas.');
}
