import { type Measurement, percentile } from '../bench.ts';

/** One of two ways to do the same. Each unit of work is done by one caller, many callers at once. */
export interface Contender {
  readonly name: string;
  /** Done before each round and not counted. @returns what the callers do, one after the other */
  prepare(): Promise<(() => Promise<unknown>)[]>;
}

export interface RoundOptions {
  readonly rounds: number;
  readonly callers: number;
  /** What one unit of work counts for. */
  readonly unitsEach: number;
}

/** A long run says what it is at. */
export function say(stage: string): void {
  process.stderr.write(`${stage}\n`);
}

/** Lets two contenders work in turns, so that whatever else the machine does meets both. The rates are medians. */
export async function race(
  name: string,
  { ours, theirs }: { ours: Contender; theirs: Contender },
  options: RoundOptions,
): Promise<Measurement[]> {
  const rates = new Map<Contender, number[]>([
    [ours, []],
    [theirs, []],
  ]);
  const ratios = [];
  say(name);
  for (let round = 0; round < options.rounds; round++) {
    const turn = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
    const rateOf = new Map<Contender, number>();
    for (const contender of turn) rateOf.set(contender, await rate(contender, options));
    for (const [contender, perSecond] of rateOf) rates.get(contender)?.push(perSecond);
    ratios.push((rateOf.get(ours) ?? 0) / (rateOf.get(theirs) ?? Number.NaN));
  }
  const median = (contender: Contender) => percentile(rates.get(contender) ?? [], 0.5);
  return [
    { name: `${name}: ${ours.name}`, figures: { perSecond: median(ours) } },
    { name: `${name}: ${theirs.name}`, figures: { perSecond: median(theirs) } },
    { name: `${name}: ratio`, figures: { ratio: percentile(ratios, 0.5) } },
  ];
}

async function rate(contender: Contender, { callers, unitsEach }: RoundOptions): Promise<number> {
  const work = await contender.prepare();
  const startedMs = performance.now();
  await inParallel(work, callers);
  return (work.length * unitsEach) / ((performance.now() - startedMs) / 1_000);
}

/** Each caller takes the next piece of work when it is done with one. */
export async function inParallel(work: readonly (() => Promise<unknown>)[], callers: number): Promise<void> {
  let next = 0;
  const call = async () => {
    for (let todo = work[next++]; todo; todo = work[next++]) await todo();
  };
  await Promise.all(Array.from({ length: callers }, call));
}
