import type { Random } from '../../src/shared/random.ts';
import type { Engagement, Learner } from './behaviour-learners.ts';
import { isOnOffer } from './behaviour-shelf.ts';
import type { World } from './behaviour-world.ts';
import type { ContentKind } from './catalogue.types.ts';
import { DAY_MS } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import { between, chance, randomStream, wholeBetween } from './sampling.ts';
import type { DemoInteraction, InteractionKind } from './scenario.types.ts';

/** Most sittings that a content takes; kinds left out are not gone through bit by bit. */
const SITTINGS: Partial<Record<ContentKind, number>> = { COURSE: 9, BOOK: 5, VIDEO: 3, LECTURE: 2, ARTICLE: 1 };
const RETURN_RATE = 0.22;
const DISMISS_RATE = 0.07;

type Emit = (kind: InteractionKind, atMs: number, value?: number) => void;

interface Scene {
  readonly learner: Learner;
  readonly engagement: Engagement;
  readonly endMs: number;
  readonly world: World;
  readonly random: Random;
  readonly emit: Emit;
}

/** The trace that the engagements left, in order of time. Only what was on offer at the moment is looked at or used. */
export function recordInteractions(learners: readonly Learner[], world: World): readonly DemoInteraction[] {
  const random = randomStream(world.seed, 'interactions');
  const rows: Omit<DemoInteraction, 'id'>[] = [];
  const endMs = world.calendar.endsAt.getTime();
  for (const learner of learners) {
    for (const engagement of learner.engagements.values()) {
      const { content } = engagement.item;
      const emit: Emit = (kind, atMs, value) => {
        if (atMs >= endMs || !isOnOffer(content, learner.country, atMs)) return;
        const occurredAt = new Date(atMs);
        rows.push({ userId: learner.user.id, contentId: content.id, kind, value: value ?? null, occurredAt });
      };
      actOut({ learner, engagement, endMs, world, random, emit });
    }
  }
  return rows
    .sort((left, right) => left.occurredAt.getTime() - right.occurredAt.getTime())
    .map((row, index) => ({ id: demoId('interaction', String(index + 1)), ...row }));
}

function actOut(scene: Scene): void {
  const { engagement, random, emit, world } = scene;
  const firstViewMs = Math.min(...engagement.viewedAtMs);
  for (const atMs of engagement.viewedAtMs) emit('VIEW', atMs);
  if (chance(random, RETURN_RATE) && firstViewMs + 3_600_000 < scene.endMs) {
    const untilMs = Math.min(firstViewMs + 9 * DAY_MS, scene.endMs);
    emit('VIEW', world.rhythm.between(random, firstViewMs + 3_600_000, untilMs));
  }
  if (engagement.boughtAtMs !== null) emit('PURCHASE', engagement.boughtAtMs);
  const usableFromMs = engagement.item.content.priceMinor === 0n ? firstViewMs : engagement.boughtAtMs;
  const done = usableFromMs === null ? 0 : goThrough(scene, usableFromMs);
  react(scene, { firstViewMs, done });
}

/** Sittings until the content is finished, given up or refunded; returns the part that was completed. */
function goThrough(scene: Scene, fromMs: number): number {
  const { engagement, random, emit, world } = scene;
  const most = SITTINGS[engagement.item.content.kind];
  if (most === undefined || chance(random, 0.2)) return 0;
  const stopMs = engagement.refundedAtMs ?? scene.endMs;
  const sittings = wholeBetween(random, 1, most);
  const pace = between(random, 0.7, 1.4) / Math.max(1, most * 0.75);
  let done = 0;
  let atMs = fromMs;
  for (let sitting = 0; sitting < sittings && done < 1; sitting += 1) {
    atMs += wholeBetween(random, 180, 1500) * 1000;
    if (sitting > 0 && atMs + DAY_MS < stopMs) {
      atMs = world.rhythm.between(random, atMs, Math.min(atMs + 4 * DAY_MS, stopMs));
    }
    if (atMs >= stopMs) break;
    done = Math.min(1, Math.round((done + pace) * 100) / 100);
    emit('PROGRESS', atMs, done);
  }
  return done;
}

function react(scene: Scene, { firstViewMs, done }: { firstViewMs: number; done: number }): void {
  const { engagement, learner, random, emit } = scene;
  const interest = learner.attention.get(engagement.item.domain) ?? 0;
  const bought = engagement.boughtAtMs !== null;
  const afterMs = lastMoment(engagement) + wholeBetween(random, 30, 7200) * 1000;
  const knowsItMs = done >= 0.5 || bought ? afterMs + Math.floor(between(random, 0.02, 6) * DAY_MS) : null;
  if (knowsItMs !== null && chance(random, 0.38)) emit('RATE', knowsItMs, stars(scene));
  if (chance(random, (bought ? 0.22 : 0.08) + 0.12 * interest)) emit('LIKE', afterMs);
  if (chance(random, bought ? 0.07 : 0.025)) emit('SHARE', afterMs + 20_000);
  if (!bought && done === 0 && chance(random, DISMISS_RATE * (1.4 - interest))) emit('DISMISS', firstViewMs + 9_000);
}

function lastMoment({ viewedAtMs, boughtAtMs }: Engagement): number {
  return Math.max(...viewedAtMs, boughtAtMs ?? 0);
}

/** Around the quality of the content; whoever asked for the money back was not delighted. */
function stars({ engagement, random }: Scene): number {
  const mood = engagement.refundedAtMs === null ? 0 : -1.8;
  return Math.max(1, Math.min(5, Math.round(engagement.item.quality + mood + between(random, -1.5, 1.1))));
}
