import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import type { Content } from './content.entity.ts';
import type { ContentState } from './content.state.ts';
import { ContentStep } from './content-step.entity.ts';

/** Writes who brought a content into the state that it is in now, and why. */
export function recordContentStep(
  em: EntityManager,
  { clock, ids }: Pick<Platform, 'clock' | 'ids'>,
  step: { content: Content; from: ContentState | null; actor: Actor; reasons: readonly string[] },
): void {
  const { content, from, actor, reasons } = step;
  em.create(
    ContentStep,
    {
      id: ids.next(),
      contentId: content.id,
      fromState: from,
      toState: content.state,
      by: actorName(actor),
      reasons: [...reasons],
      at: clock.now(),
    },
    { persist: true },
  );
}
