import { type ContractTables, findVersionsWithTerms, type TermRow, type VersionInForce } from '../contracts/index.ts';
import type { Database } from '../platform/database.ts';
import { type Actor, partnerScope } from '../shared/actor.ts';
import { present } from '../shared/invariant.ts';
import type { AllocationRow } from './allocation.queries.ts';
import { type CounterFacts, type CreditFacts, isSplit } from './allocation-facts.ts';
import { type Recomputation, recompute, type StoredAllocation } from './recompute.ts';
import type { ShareDraft } from './share-draft.ts';
import {
  findAllocationsWithGrounds,
  findBookedShares,
  findTracedShares,
  findTracedTouchpoints,
  type TracedShareRow,
  type TracedTouchpoint,
  type TraceTables,
} from './trace.queries.ts';

/** Where a share comes from, all the way down. */
export interface ShareTrace {
  /** Of the share. */
  readonly id: string;
  readonly share: TracedShareRow;
  readonly allocation: AllocationRow;
  readonly version: VersionInForce;
  /** Null where no clause speaks. */
  readonly term: TermRow | null;
  /** What the clause had counted before the sale, and what the sale added; none of a clause that counts nothing. */
  readonly counters: readonly CounterFacts[];
  /** The splits whose place the one behind the share has taken, the latest first. */
  readonly superseded: readonly SupersededSplit[];
  /** Set for a share of a campaign pool. */
  readonly touchpoint: TracedTouchpoint | null;
  readonly credit: CreditFacts | null;
  readonly recomputation: Recomputation;
  /** The parts of the allocation that the reader may see: all for staff, those of its own partners for others. */
  readonly visibleShares: readonly ShareDraft[];
  /** Clauses that these cite, those of a version that was superseded included. */
  readonly terms: readonly TermRow[];
}

/** A split that no longer stands. */
interface SupersededSplit {
  readonly allocation: AllocationRow;
  readonly version: VersionInForce;
  readonly visibleShares: readonly ShareDraft[];
}

/** Staff who see what every party got. */
const STAFF = ['FINANCE', 'ADMIN'] as const;

/**
 * Traces shares to order, payment, contract and touchpoints, and computes each allocation again. A fixed number of
 * statements, however many shares.
 *
 * @param actor who reads: may see the shares asked for, which is for the caller to know
 */
export async function traceShares(
  database: Database,
  actor: Actor,
  shareIds: readonly string[],
): Promise<ShareTrace[]> {
  const scope = partnerScope(actor, { staffRoles: STAFF });
  const isVisible = ({ partnerId }: ShareDraft) => scope === 'ALL' || scope.includes(partnerId ?? '');
  const rows = database.read<TraceTables>();
  const shares = await findTracedShares(rows, shareIds);
  const stored = await findStored(database, unique(shares.map(({ allocationId }) => allocationId)));
  const touchpointIds = unique(shares.flatMap(({ touchpointId }) => touchpointId ?? []));
  const touchpoints = new Map((await findTracedTouchpoints(rows, touchpointIds)).map((touch) => [touch.id, touch]));
  const recomputed = new Map<string, Recomputation>();
  return shares.map((share): ShareTrace => {
    const again = recomputed.get(share.allocationId) ?? recompute(share.allocationId, stored);
    recomputed.set(share.allocationId, again);
    const touchpoint = touchpoints.get(share.touchpointId ?? '') ?? null;
    return { ...traceShare(share, { stored, isVisible }), touchpoint, recomputation: again };
  });
}

function traceShare(
  share: TracedShareRow,
  { stored, isVisible }: { stored: ReadonlyMap<string, StoredAllocation>; isVisible: (share: ShareDraft) => boolean },
): Omit<ShareTrace, 'touchpoint' | 'recomputation'> {
  const ofShare = present(stored.get(share.allocationId), 'the allocation of a share');
  const { allocation, version } = ofShare;
  const split = splitBehind(ofShare, stored);
  const earlier = supersededBy(split, stored);
  const terms = [...version.terms, ...earlier.flatMap((it) => it.version.terms)];
  return {
    id: share.id,
    share,
    allocation,
    version,
    term: terms.find(({ id }) => id === share.termId) ?? null,
    counters: countersOf(share, split.allocation),
    superseded: earlier.map((it) => ({ ...it, visibleShares: it.shares.filter(isVisible) })),
    credit: creditOf(share, split.allocation),
    visibleShares: ofShare.shares.filter(isVisible),
    terms,
  };
}

async function findStored(
  database: Database,
  allocationIds: readonly string[],
): Promise<Map<string, StoredAllocation>> {
  const rows = database.read<TraceTables>();
  const allocations = await findAllocationsWithGrounds(rows, allocationIds);
  const sharesOf = Map.groupBy(await findBookedShares(rows, [...allocations.keys()]), (share) => share.allocationId);
  const versionIds = unique([...allocations.values()].map(({ contractVersionId }) => contractVersionId));
  const versions = await findVersionsWithTerms(database.read<ContractTables>(), versionIds);
  const versionById = new Map(versions.map((version) => [version.id, version]));
  return new Map(
    [...allocations.values()].map((allocation) => {
      const version = present(versionById.get(allocation.contractVersionId), 'the version of an allocation');
      return [allocation.id, { allocation, version, shares: sharesOf.get(allocation.id) ?? [] }];
    }),
  );
}

/** The split that an allocation is, or takes back. */
function splitBehind(of: StoredAllocation, stored: ReadonlyMap<string, StoredAllocation>): StoredAllocation {
  const { facts } = of.allocation;
  return isSplit(facts) ? of : present(stored.get(facts.saleAllocationId), 'the split that a return takes back');
}

function supersededBy(
  { allocation }: StoredAllocation,
  stored: ReadonlyMap<string, StoredAllocation>,
): StoredAllocation[] {
  const earlier = stored.get(allocation.supersedesId ?? '');
  return earlier ? [earlier, ...supersededBy(earlier, stored)] : [];
}

function countersOf({ termId }: TracedShareRow, { facts }: AllocationRow): CounterFacts[] {
  if (!isSplit(facts) || termId === null) return [];
  return (facts.counters ?? []).filter((counter) => counter.termId === termId);
}

function creditOf({ touchpointId }: TracedShareRow, { facts }: AllocationRow): CreditFacts | null {
  if (!isSplit(facts) || touchpointId === null) return null;
  return facts.credits.find((credit) => credit.touchpointId === touchpointId) ?? null;
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
