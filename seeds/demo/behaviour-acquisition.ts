import { type Contact, chooseItem, type Drive, describe, meanInterest, noteVisit } from './behaviour-drives.ts';
import type { Learner } from './behaviour-learners.ts';
import { isOnOffer, type ShelfItem } from './behaviour-shelf.ts';
import type { ReachSpec } from './campaign-spec.ts';
import { DAY_MS, type DemoCalendar } from './demo-calendar.ts';
import { chance, weightedTable, wholeBetween } from './sampling.ts';
import type { TouchpointKind } from './scenario.types.ts';

/** Part of the sign-ups during a campaign that the campaign brought. */
const ACQUIRED_SHARE = 0.45;
const ACQUISITION_DAYS = 6;

/** People who signed up because of the campaign: contacts as a visitor first, then the account, then a first look. */
export function acquireNewcomers(drive: Drive, learners: readonly Learner[], calendar: DemoCalendar): Contact[] {
  const earliestMs = Math.max(drive.fromMs + DAY_MS, calendar.startsAt.getTime() + DAY_MS);
  return learners.flatMap((learner) => {
    const signUpMs = learner.user.createdAt.getTime();
    const item = chooseItem(drive, learner, signUpMs);
    if (signUpMs < earliestMs || signUpMs >= drive.toMs || !item) return [];
    const interest = meanInterest(learner, drive.items);
    if (!chance(drive.random, ACQUIRED_SHARE * Math.min(1, 0.3 + 5 * interest))) return [];
    return pathToSignUp(drive, { learner, item, signUpMs });
  });
}

function pathToSignUp(drive: Drive, path: { learner: Learner; item: ShelfItem; signUpMs: number }): Contact[] {
  const { random, spec } = drive;
  const { learner: person, item } = path;
  const say = (kind: TouchpointKind, reach: ReachSpec, atMs: number): Contact =>
    describe(drive, { person, item, reach, kind, atMs });
  const visitAtMs = path.signUpMs - wholeBetween(random, 40, 400) * 1000;
  const clickAtMs = visitAtMs - wholeBetween(random, 2, 15) * 1000;
  const impressionAtMs = clickAtMs - wholeBetween(random, 3, 240) * 1000;
  const sinceMs = Math.max(drive.fromMs, impressionAtMs - ACQUISITION_DAYS * DAY_MS);
  const seen = weightedTable(spec.reach, (reach) => reach.impressionsPerDay);
  const earlier = Array.from({ length: wholeBetween(random, 0, 3) }, () =>
    say('IMPRESSION', seen.draw(random), wholeBetween(random, sinceMs / 1000, impressionAtMs / 1000) * 1000),
  );
  const last = weightedTable(spec.reach, (reach) => reach.impressionsPerDay * reach.clickRate).draw(random);
  const firstLookMs = path.signUpMs + wholeBetween(random, 15, 300) * 1000;
  if (firstLookMs < drive.toMs && isOnOffer(item.content, person.country, firstLookMs)) {
    noteVisit(person, item, firstLookMs);
  }
  return [
    ...earlier,
    say('IMPRESSION', last, impressionAtMs),
    say('CLICK', last, clickAtMs),
    say('VISIT', last, visitAtMs),
  ];
}
