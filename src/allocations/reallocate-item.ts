import type { VersionInForce } from '../contracts/index.ts';
import { formatIn } from './format-amount.ts';
import { returnedShares } from './return-item.ts';
import type { ShareDraft } from './share-draft.ts';

/** A split in effect, or one that takes its place. */
export interface StandingSplit {
  readonly shares: readonly ShareDraft[];
  readonly version: Pick<VersionInForce, 'rounding' | 'terms' | 'number'>;
}

/**
 * The shares of a reallocation: each has the amount that the new split gives, and posts what that is more than what
 * stood before, both less what has been given back by now. What no new share answers to stands with an amount of zero
 * and takes back what is left of it.
 *
 * Shares answer to each other that give the same party by a clause of the same number; then, in their order, those that
 * give the same party at all. Shares of zero answer to nothing. So the difference of each party is exact, whichever way
 * clauses were renumbered.
 *
 * @param returnedMinor what the item's parties have given back in all
 * @returns shares whose amounts sum to the sale, and whose postings sum to zero
 */
export function reallocateItem(
  { before, after }: { before: StandingSplit; after: StandingSplit },
  { returnedMinor, currency }: { returnedMinor: bigint; currency: string },
): ShareDraft[] {
  const old = netShares(before, returnedMinor);
  const fresh = netShares(after, returnedMinor);
  const answerOf = matchShares(old, fresh);
  const said = explain({ before, after, returnedMinor }, formatIn(currency));
  const shares = fresh.map((net): ShareDraft => {
    const was = answerOf.get(net);
    const explanation = `${net.share.explanation} ${said(was?.share.amountMinor ?? 0n)}`;
    return { ...net.share, postedMinor: net.keptMinor - (was?.keptMinor ?? 0n), explanation };
  });
  const answered = new Set(answerOf.values());
  const lost = old.filter((net) => !answered.has(net) && net.keptMinor !== 0n);
  return [
    ...shares,
    ...lost.map(({ share, keptMinor }): ShareDraft => {
      const explanation = `Nothing. ${said(share.amountMinor)}`;
      return { ...share, amountMinor: 0n, postedMinor: -keptMinor, basisMinor: 0n, explanation };
    }),
  ];
}

/** A share with what its party has kept of it. */
interface NetShare {
  readonly share: ShareDraft;
  readonly clause: string | null;
  readonly keptMinor: bigint;
}

function netShares({ shares, version }: StandingSplit, returnedMinor: bigint): NetShare[] {
  const returned = returnedShares(shares, { returnedMinor, rounding: version.rounding });
  const clauseOf = new Map(version.terms.map(({ id, clause }) => [id, clause]));
  return shares.map((share, at) => {
    const keptMinor = share.amountMinor - (returned[at] ?? 0n);
    return { share, clause: clauseOf.get(share.termId ?? '') ?? null, keptMinor };
  });
}

/** For each new share the old one that it takes the place of. */
function matchShares(old: readonly NetShare[], fresh: readonly NetShare[]): Map<NetShare, NetShare> {
  const answers = new Map<NetShare, NetShare>();
  const open = new Set(old.filter(isSomething));
  for (const nameOf of [byClause, byParty]) {
    const waiting = Map.groupBy([...open], nameOf);
    for (const net of fresh.filter(isSomething)) {
      const was = answers.has(net) ? undefined : waiting.get(nameOf(net))?.shift();
      if (!was) continue;
      answers.set(net, was);
      open.delete(was);
    }
  }
  return answers;
}

function isSomething({ share }: NetShare): boolean {
  return share.amountMinor !== 0n;
}

function byParty({ share }: NetShare): string {
  return `${share.party} ${share.partnerId}`;
}

function byClause(net: NetShare): string {
  return `${byParty(net)} ${net.share.touchpointId} ${net.clause}`;
}

function explain(
  { before, after, returnedMinor }: { before: StandingSplit; after: StandingSplit; returnedMinor: bigint },
  format: (amountMinor: bigint) => string,
): (oldMinor: bigint) => string {
  const by =
    before.version.number === after.version.number
      ? 'Counted anew'
      : `Version ${after.version.number} in place of version ${before.version.number}`;
  const returned = returnedMinor === 0n ? '' : `, both less what was given back of ${format(returnedMinor)}`;
  return (oldMinor) => `${by}: ${format(oldMinor)} until now, and the difference is posted${returned}.`;
}
