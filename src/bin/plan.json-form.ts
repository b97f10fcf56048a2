import { z } from 'zod';
import type { PlanProblem } from '../math/optimisation/index.ts';
import { UsageError } from './program.ts';

const MAX_TOLD = 20;
const id = z.string().min(1).max(200);
const count = z.int().min(0);
const minor = z
  .union([z.string().regex(/^\d{1,16}$/, 'must be a whole number of minor units, such as "1250"'), z.int().min(0)])
  .transform((amount) => BigInt(amount));

const channel = z.strictObject({
  id,
  costMinor: minor,
  capacity: count.nullable().default(null),
  slots: z
    .array(
      z.strictObject({
        at: z.iso.datetime({ offset: true }),
        capacity: count.nullable().default(null),
        weight: z.number().positive().default(1),
      }),
    )
    .default([]),
});

const user = z.strictObject({
  id,
  people: z.int().min(1).default(1),
  cap: count.nullable().default(null),
  channelCaps: z.record(id, count).default({}),
  consents: z.array(id).nullable().default(null),
  allowedSlots: z.record(id, z.array(z.string())).default({}),
});

const offer = z.strictObject({
  user: id,
  content: id,
  channel: id,
  userContent: z.number().min(0).default(1),
  contentChannel: z.number().min(0).default(1),
  response: z.number(),
});

const plan = z.strictObject({
  budgetMinor: minor.nullable(),
  channels: z.array(channel).min(1),
  contents: z.array(z.strictObject({ id, partner: id.nullable().default(null), floor: count.default(0) })).min(1),
  partners: z.array(z.strictObject({ id, floor: count.default(0) })).default([]),
  users: z.array(user),
  offers: z.array(offer),
  oncePerContent: z.boolean().default(true),
});

/**
 * Reads the JSON form of a plan.
 *
 * @param source what to call it in messages
 * @throws UsageError with everything that is not in order, each with where it stands.
 */
export function readPlanJson(text: string, source: string): PlanProblem {
  const read = plan.safeParse(parseJson(text, source));
  if (!read.success) {
    throw complaint(
      source,
      read.error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`),
    );
  }
  const { offers, users, ...rest } = read.data;
  return {
    ...rest,
    users: users.map((one) => ({
      ...one,
      channelCaps: new Map(Object.entries(one.channelCaps)),
      consents: one.consents && new Set(one.consents),
      allowedSlots: new Map(Object.entries(one.allowedSlots).map(([name, instants]) => [name, new Set(instants)])),
    })),
    offers: {
      ...placesOf(read.data, source),
      userContent: Float64Array.from(offers, ({ userContent }) => userContent),
      contentChannel: Float64Array.from(offers, ({ contentChannel }) => contentChannel),
      response: Float64Array.from(offers, ({ response }) => response),
    },
  };
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${source} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `users[3].channelCaps.SMS` */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || 'the file';
}

function complaint(source: string, problems: readonly string[]): UsageError {
  const told = problems.slice(0, MAX_TOLD).map((problem) => `  ${problem}`);
  if (problems.length > MAX_TOLD) told.push(`  and ${problems.length - MAX_TOLD} more`);
  return new UsageError(`${source} is no plan:\n${told.join('\n')}`);
}

function placesOf(
  { users, contents, channels, offers }: z.output<typeof plan>,
  source: string,
): Record<'users' | 'contents' | 'channels', Int32Array> {
  const problems: string[] = [];
  const columnOf = (list: readonly { readonly id: string }[], key: 'user' | 'content' | 'channel') => {
    const places = new Map(list.map((one, place) => [one.id, place]));
    return Int32Array.from(offers, (one, o) => {
      const place = places.get(one[key]);
      if (place === undefined) problems.push(`offers[${o}].${key}: there is no ${key} "${one[key]}"`);
      return place ?? 0;
    });
  };
  const columns = {
    users: columnOf(users, 'user'),
    contents: columnOf(contents, 'content'),
    channels: columnOf(channels, 'channel'),
  };
  if (problems.length > 0) throw complaint(source, problems);
  return columns;
}
