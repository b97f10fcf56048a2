import { Migration } from '@mikro-orm/migrations';

/**
 * Contracts that say more: several currencies, notice and end, hold days and payout minimums, who proposed a version,
 * and clauses of every kind with their scope. What is there keeps its meaning.
 */
export class ContractTerms20261122000002 extends Migration {
  override up(): void {
    this.#extendContracts();
    this.#extendVersions();
    this.#extendTerms();
    this.#letThePlatformSign();
    this.#guardVersions();
    this.#keepExclusiveLicencesApart();
  }

  #extendContracts(): void {
    this.addSql(`
      alter table "contracts" add column "currencies" text[] null, add column "notice_days" int null,
        add column "notice_given_at" timestamptz null, add column "ends_at" timestamptz null`);
    this.addSql(`update "contracts" set "currencies" = array["currency"::text], "notice_days" = 30`);
    this.addSql(`
      update "contracts" set "ends_at" = ended.at, "notice_given_at" = ended.at
      from (select contract_id, min(at) as at from contract_steps where to_state = 'ENDED' group by contract_id) ended
      where "contracts"."state" = 'ENDED' and ended.contract_id = "contracts"."id"`);
    this.addSql(`
      alter table "contracts" alter column "currencies" set not null, alter column "notice_days" set not null`);
  }

  #extendVersions(): void {
    this.addSql(`
      alter table "contract_versions" add column "hold_days" int null, add column "payout_minimums" jsonb null,
        add column "proposer_id" uuid null, add column "withdrawn_at" timestamptz null,
        add column "withdrawn_by" text null, add column "withdrawal_reason" text null`);
    this.addSql(`update "contract_versions" set "hold_days" = 0, "payout_minimums" = '[]'`);
    this.addSql(`
      alter table "contract_versions" alter column "hold_days" set not null,
        alter column "payout_minimums" set not null`);
    this.addSql(`
      alter table "contract_versions" add constraint "contract_versions_proposer_id_foreign"
        foreign key ("proposer_id") references "partners" ("id") on delete set null`);
  }

  #extendTerms(): void {
    this.addSql(`
      alter table "contract_terms" add column "amount_minor" bigint null, add column "tiers" jsonb null,
        add column "window" text null, add column "cap_minor" bigint null, add column "cap_window" text null,
        add column "max_months" smallint null, add column "content_id" uuid null, add column "domain_code" text null,
        add column "module" text null, add column "campaign_id" uuid null, add column "channel" text null,
        add column "currency" char(3) null`);
    const allowed = {
      kind: ['PERCENTAGE', 'FLAT', 'TIERED', 'DEDUCTION', 'ADVANCE', 'MINIMUM_GUARANTEE'],
      cost: ['TAX', 'PROVIDER_FEE', 'DISCOUNT'],
      window: ['MONTH', 'QUARTER', 'CONTRACT'],
      cap_window: ['SALE', 'MONTH', 'QUARTER', 'CONTRACT'],
    };
    for (const [column, values] of Object.entries(allowed)) {
      const name = `contract_terms_${column}_check`;
      this.addSql(`alter table "contract_terms" drop constraint if exists "${name}"`);
      const list = values.map((value) => `'${value}'`).join(', ');
      this.addSql(`alter table "contract_terms" add constraint "${name}" check ("${column}" in (${list}))`);
    }
  }

  #letThePlatformSign(): void {
    this.addSql(`alter table "contract_acceptances" alter column "partner_id" drop not null`);
    this.addSql(`alter table "contract_acceptances" drop constraint "contract_acceptances_partner_id_foreign"`);
    this.addSql(`
      alter table "contract_acceptances" add constraint "contract_acceptances_partner_id_foreign"
        foreign key ("partner_id") references "partners" ("id") on delete set null`);
    this.addSql(
      `create unique index "contract_acceptances_once_for_platform" on "contract_acceptances" ("version_id") where "partner_id" is null`,
    );
  }

  /** A version is proposed, and then recorded or withdrawn, once. Its words never change. */
  #guardVersions(): void {
    this.addSql(`
      create function contract_versions_guard() returns trigger language plpgsql as $$
      declare
        fate text[] := array['recorded_at', 'withdrawn_at', 'withdrawn_by', 'withdrawal_reason'];
      begin
        if tg_op = 'UPDATE' and old.recorded_at is null and old.withdrawn_at is null
           and to_jsonb(new) - fate = to_jsonb(old) - fate then
          return new;
        end if;
        raise exception 'the words of a contract version stay: % is refused', tg_op
          using errcode = 'integrity_constraint_violation';
      end $$`);
    this.addSql(`
      create trigger contract_versions_append_only before update or delete on contract_versions
      for each row execute function contract_versions_guard()`);
    this.addSql(`
      create trigger contract_versions_no_truncate before truncate on contract_versions
      for each statement execute function refuse_change()`);
  }

  /**
   * Two exclusive licences of a content never meet in a country at a time, whoever writes them. The content's row is
   * locked, so that two that are granted at once see each other.
   */
  #keepExclusiveLicencesApart(): void {
    this.addSql(`
      create function exclusive_licence_beside(
        content uuid, self uuid, countries text[], starts timestamptz, ends timestamptz
      ) returns uuid language sql stable as $$
        select id from licences
        where content_id = content and exclusive and id is distinct from self
          and (territory && countries or '*' = any(territory) or '*' = any(countries))
          and valid_from < coalesce(ends, 'infinity') and starts < coalesce(valid_until, 'infinity')
        order by valid_from, id limit 1
      $$`);
    this.addSql(`
      create function licences_guard() returns trigger language plpgsql as $$
      declare
        other uuid;
      begin
        perform 1 from contents where id = new.content_id for no key update;
        other := exclusive_licence_beside(new.content_id, new.id, new.territory, new.valid_from, new.valid_until);
        if other is not null then
          raise exception 'licences % and % of content % are both exclusive and overlap', new.id, other, new.content_id
            using errcode = 'exclusion_violation';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger licences_exclusive_apart after insert or update on licences
      for each row when (new.exclusive) execute function licences_guard()`);
  }
}
