import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { bulkInsert } from '../platform/bulk-insert.ts';
import type { Database, EntityManager } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { CouponKind, CouponSchema } from './coupon.entity.ts';

type Tables = InferKyselyDB<typeof CouponSchema>;

export interface CouponRow {
  readonly id: string;
  readonly code: string;
  readonly kind: CouponKind;
  readonly percent: string | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly partnerId: string | null;
  readonly maxUses: number | null;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly description: string;
  readonly createdAt: Date;
}

const columns = [
  'id',
  'code',
  'kind',
  'percent',
  'amount_minor as amountMinor',
  'currency',
  'partner_id as partnerId',
  'max_uses as maxUses',
  'valid_from as validFrom',
  'valid_until as validUntil',
  'description',
  'created_at as createdAt',
] as const;

/** @returns false when the code is taken */
export async function insertCoupon(em: EntityManager, coupon: CouponRow, createdBy: string): Promise<boolean> {
  const row = {
    id: coupon.id,
    code: coupon.code,
    kind: coupon.kind,
    percent: coupon.percent,
    amount_minor: coupon.amountMinor,
    currency: coupon.currency,
    partner_id: coupon.partnerId,
    max_uses: coupon.maxUses,
    valid_from: coupon.validFrom,
    valid_until: coupon.validUntil,
    description: coupon.description,
    created_by: createdBy,
    created_at: coupon.createdAt,
  };
  return (await bulkInsert(em, 'coupons', [row])) === 1;
}

/** Newest first. */
export async function findCouponPage(database: Database, page: PageRequest): Promise<Page<CouponRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<Tables>()
    .selectFrom('coupons')
    .select(columns)
    .$if(after !== null, (query) => query.where(sql<boolean>`(created_at, id) < (${after?.at}, ${after?.id}::uuid)`))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** Codes of coupons: whoever used one knows it. */
export async function findCouponCodes(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await database
    .read<Tables>()
    .selectFrom('coupons')
    .select(['id', 'code'])
    .where(isAnyOf('id', ids))
    .execute();
  return new Map(rows.map(({ id, code }) => [id, code]));
}
