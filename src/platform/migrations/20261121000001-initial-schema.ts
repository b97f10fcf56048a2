import { Migration } from '@mikro-orm/migrations';

export class InitialSchema20261121000001 extends Migration {
  override up(): void {
    this.addSql(
      `create table "ledger_accounts" ("id" uuid not null, "code" text not null, "currency" char(3) not null, "kind" text not null, "created_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "ledger_accounts" add constraint "ledger_accounts_code_currency_unique" unique ("code", "currency");`,
    );
    this.addSql(
      `create table "campaign_metrics_daily" ("campaign_id" uuid not null, "day" date not null, "partner_id" uuid not null, "channel" text not null, "impressions" int not null, "clicks" int not null, "registrations" int not null, "purchases" int not null, "revenue_minor" bigint not null, "refunded_minor" bigint not null, "cost_minor" bigint not null, primary key ("campaign_id", "day", "partner_id", "channel"));`,
    );
    this.addSql(
      `create table "contracts" ("id" uuid not null, "name" text not null, "currency" char(3) not null, "time_zone" text not null, "state" text not null, "created_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `create table "contract_steps" ("id" uuid not null, "contract_id" uuid not null, "from_state" text null, "to_state" text not null, "by" text not null, "reason" text not null, "at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "contract_steps_contract_id_index" on "contract_steps" ("contract_id");`);
    this.addSql(
      `create table "contract_versions" ("id" uuid not null, "contract_id" uuid not null, "number" int not null, "effective_from" timestamptz not null, "recorded_at" timestamptz null, "rounding" text not null, "pool_model" text not null, "note" text not null, "proposed_at" timestamptz not null, "proposed_by" text not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "contract_versions" add constraint "contract_versions_contract_id_number_unique" unique ("contract_id", "number");`,
    );
    this.addSql(
      `create table "conversions" ("id" uuid not null, "kind" text not null, "user_id" uuid null, "visitor_id" text null, "order_id" uuid null, "reported_by_partner_id" uuid null, "value_minor" bigint not null, "refunded_minor" bigint not null default '0', "currency" char(3) not null, "occurred_at" timestamptz not null, "received_at" timestamptz not null, "sequence" bigserial, primary key ("id"));`,
    );
    this.addSql(`alter table "conversions" add constraint "conversions_order_id_unique" unique ("order_id");`);
    this.addSql(`create index "conversions_user_id_occurred_at_index" on "conversions" ("user_id", "occurred_at");`);
    this.addSql(`create index "conversions_visitor_id_index" on "conversions" ("visitor_id");`);
    this.addSql(`create index "conversions_occurred_at_index" on "conversions" ("occurred_at");`);
    this.addSql(
      `create table "domains" ("code" text not null, "name" text not null, "name_zh" text not null, primary key ("code"));`,
    );
    this.addSql(
      `create table "interactions" ("id" uuid not null, "user_id" uuid not null, "content_id" uuid not null, "kind" text not null, "value" double precision null, "occurred_at" timestamptz not null, "received_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "interactions_user_id_occurred_at_index" on "interactions" ("user_id", "occurred_at");`);
    this.addSql(
      `create table "ledger_transactions" ("id" uuid not null, "idempotency_key" text not null, "content_hash" text not null, "kind" text not null, "reference" text not null, "effective_at" timestamptz not null, "recorded_at" timestamptz not null, "posting_count" smallint not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "ledger_transactions" add constraint "ledger_transactions_idempotency_key_unique" unique ("idempotency_key");`,
    );
    this.addSql(
      `create table "ledger_unsealed" ("transaction_id" uuid not null, "recorded_at" timestamptz not null, primary key ("transaction_id"));`,
    );
    this.addSql(
      `create index "ledger_unsealed_recorded_at_transaction_id_index" on "ledger_unsealed" ("recorded_at", "transaction_id");`,
    );
    this.addSql(
      `create table "model_versions" ("id" uuid not null, "model" text not null, "number" int not null, "params" jsonb not null, "stats" jsonb not null, "trained_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "model_versions" add constraint "model_versions_model_number_unique" unique ("model", "number");`,
    );
    this.addSql(
      `create table "model_pointers" ("model" text not null, "version_id" uuid not null, "switched_at" timestamptz not null, primary key ("model"));`,
    );
    this.addSql(
      `create table "content_popularity" ("version_id" uuid not null, "content_id" uuid not null, "score" double precision not null, primary key ("version_id", "content_id"));`,
    );
    this.addSql(
      `create index "content_popularity_version_id_score_content_id_index" on "content_popularity" ("version_id", "score", "content_id");`,
    );
    this.addSql(
      `create table "content_neighbours" ("version_id" uuid not null, "content_id" uuid not null, "neighbour_ids" uuid[] not null, "scores" real[] not null, primary key ("version_id", "content_id"));`,
    );
    this.addSql(
      `create table "outbox_messages" ("id" uuid not null, "job" text not null, "payload" jsonb not null, "created_at" timestamptz not null, "relayed_at" timestamptz null, "settled_at" timestamptz null, "error_code" text null, "error" text null, "progress" double precision not null default 0, "requested_by" text not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "outbox_messages_to_relay" on "outbox_messages" ("created_at", "id") where "relayed_at" is null;`,
    );
    this.addSql(`create index "outbox_messages_open" on "outbox_messages" ("relayed_at") where "settled_at" is null;`);
    this.addSql(
      `create table "partners" ("id" uuid not null, "name" text not null, "kind" text not null, "domain_code" text not null, "state" text not null, "country" char(2) not null, "description" text not null, "audience_size" int null, "external_ref" text null, "created_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`alter table "partners" add constraint "partners_external_ref_unique" unique ("external_ref");`);
    this.addSql(
      `create table "contract_terms" ("id" uuid not null, "version_id" uuid not null, "position" smallint not null, "clause" text not null, "step" smallint not null, "kind" text not null, "basis" text null, "percent" text null, "beneficiary" text null, "partner_id" uuid null, "cost" text null, "description" text not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "contract_terms" add constraint "contract_terms_version_id_position_unique" unique ("version_id", "position");`,
    );
    this.addSql(
      `create table "contract_acceptances" ("id" uuid not null, "version_id" uuid not null, "partner_id" uuid not null, "accepted_at" timestamptz not null, "accepted_by" text not null, "reason" text not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "contract_acceptances" add constraint "contract_acceptances_version_id_partner_id_unique" unique ("version_id", "partner_id");`,
    );
    this.addSql(
      `create table "contract_parties" ("id" uuid not null, "contract_id" uuid not null, "partner_id" uuid not null, "role" text not null, primary key ("id"));`,
    );
    this.addSql(`create index "contract_parties_partner_id_index" on "contract_parties" ("partner_id");`);
    this.addSql(
      `alter table "contract_parties" add constraint "contract_parties_contract_id_partner_id_unique" unique ("contract_id", "partner_id");`,
    );
    this.addSql(
      `create table "contents" ("id" uuid not null, "partner_id" uuid not null, "domain_code" text not null, "kind" text not null, "module" text not null, "level" text not null, "language" text not null, "title" text not null, "authors" text[] not null, "description" text not null, "keywords" text[] not null, "price_minor" bigint not null, "currency" char(3) not null, "duration_minutes" int null, "state" text not null, "published_at" timestamptz null, "external_ref" text null, "created_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "contents_partner_id_index" on "contents" ("partner_id");`);
    this.addSql(`create index "contents_domain_code_index" on "contents" ("domain_code");`);
    this.addSql(`alter table "contents" add constraint "contents_external_ref_unique" unique ("external_ref");`);
    this.addSql(`create index "contents_state_published_at_id_index" on "contents" ("state", "published_at", "id");`);
    this.addSql(
      `create table "content_steps" ("id" uuid not null, "content_id" uuid not null, "from_state" text null, "to_state" text not null, "by" text not null, "reasons" text[] not null, "at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "content_steps_content_id_index" on "content_steps" ("content_id");`);
    this.addSql(
      `create table "licences" ("id" uuid not null, "content_id" uuid not null, "territory" text[] not null, "exclusive" boolean not null, "valid_from" timestamptz not null, "valid_until" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "licences_content_id_index" on "licences" ("content_id");`);
    this.addSql(
      `create table "campaigns" ("id" uuid not null, "name" text not null, "description" text not null, "goal" text not null, "state" text not null, "lead_partner_id" uuid not null, "channels" text[] not null, "currency" char(3) not null, "budget_minor" bigint not null, "attribution_window_days" smallint not null, "view_window_days" smallint not null, "starts_at" timestamptz not null, "ends_at" timestamptz not null, "created_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "campaigns_lead_partner_id_index" on "campaigns" ("lead_partner_id");`);
    this.addSql(
      `create table "campaign_steps" ("id" uuid not null, "campaign_id" uuid not null, "from_state" text null, "to_state" text not null, "by" text not null, "reason" text not null, "at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "campaign_steps_campaign_id_index" on "campaign_steps" ("campaign_id");`);
    this.addSql(
      `create table "campaign_partners" ("id" uuid not null, "campaign_id" uuid not null, "partner_id" uuid not null, "role" text not null, primary key ("id"));`,
    );
    this.addSql(`create index "campaign_partners_partner_id_index" on "campaign_partners" ("partner_id");`);
    this.addSql(
      `alter table "campaign_partners" add constraint "campaign_partners_campaign_id_partner_id_unique" unique ("campaign_id", "partner_id");`,
    );
    this.addSql(
      `create table "campaign_costs" ("id" uuid not null, "campaign_id" uuid not null, "partner_id" uuid not null, "channel" text not null, "day" date not null, "cost_minor" bigint not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "campaign_costs" add constraint "campaign_costs_campaign_id_partner_id_channel_day_unique" unique ("campaign_id", "partner_id", "channel", "day");`,
    );
    this.addSql(
      `create table "campaign_contents" ("campaign_id" uuid not null, "content_id" uuid not null, primary key ("campaign_id", "content_id"));`,
    );
    this.addSql(
      `create table "attribution_runs" ("id" uuid not null, "campaign_id" uuid not null, "model" text not null, "number" int not null, "input_digest" text not null, "conversions" int not null, "computed_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "attribution_runs" add constraint "attribution_runs_campaign_id_model_number_unique" unique ("campaign_id", "model", "number");`,
    );
    this.addSql(
      `create table "attribution_credits" ("run_id" uuid not null, "conversion_id" uuid not null, "touchpoint_id" uuid not null, "partner_id" uuid not null, "channel" text not null, "credit_numerator" bigint not null, "credit_denominator" bigint not null, "value_minor" bigint not null, "currency" char(3) not null, primary key ("run_id", "conversion_id", "touchpoint_id"));`,
    );
    this.addSql(
      `create table "partner_steps" ("id" uuid not null, "partner_id" uuid not null, "from_state" text null, "to_state" text not null, "by" text not null, "reason" text not null, "at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "partner_steps_partner_id_index" on "partner_steps" ("partner_id");`);
    this.addSql(
      `create table "period_closings" ("period" char(7) not null, "closed_at" timestamptz not null, "closed_by" text not null, primary key ("period"));`,
    );
    this.addSql(
      `create table "ledger_postings" ("id" uuid not null, "transaction_id" uuid not null, "position" smallint not null, "account_id" uuid not null, "amount_minor" bigint not null, "currency" char(3) not null, "reference" text not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "ledger_postings_account_id_transaction_id_index" on "ledger_postings" ("account_id", "transaction_id");`,
    );
    this.addSql(
      `alter table "ledger_postings" add constraint "ledger_postings_transaction_id_position_unique" unique ("transaction_id", "position");`,
    );
    this.addSql(
      `create table "provider_events" ("provider" text not null, "event_id" text not null, "type" text not null, "payload" jsonb not null, "received_at" timestamptz not null, primary key ("provider", "event_id"));`,
    );
    this.addSql(
      `create table "ledger_seals" ("sequence" bigint not null, "transaction_id" uuid not null, "previous_hash" text not null, "hash" text not null, "sealed_at" timestamptz not null, primary key ("sequence"));`,
    );
    this.addSql(
      `alter table "ledger_seals" add constraint "ledger_seals_transaction_id_unique" unique ("transaction_id");`,
    );
    this.addSql(`alter table "ledger_seals" add constraint "ledger_seals_hash_unique" unique ("hash");`);
    this.addSql(
      `create table "statements" ("id" uuid not null, "partner_id" uuid not null, "currency" char(3) not null, "period" char(7) not null, "opening_minor" bigint not null, "closing_minor" bigint not null, "closed_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "statements" add constraint "statements_partner_id_currency_period_unique" unique ("partner_id", "currency", "period");`,
    );
    this.addSql(
      `create table "touchpoints" ("id" uuid not null, "campaign_id" uuid not null, "partner_id" uuid not null, "channel" text not null, "kind" text not null, "user_id" uuid null, "visitor_id" text null, "occurred_at" timestamptz not null, "received_at" timestamptz not null, "sequence" bigserial, primary key ("id"));`,
    );
    this.addSql(
      `create index "touchpoints_campaign_id_occurred_at_index" on "touchpoints" ("campaign_id", "occurred_at");`,
    );
    this.addSql(`create index "touchpoints_user_id_occurred_at_index" on "touchpoints" ("user_id", "occurred_at");`);
    this.addSql(`create index "touchpoints_visitor_id_index" on "touchpoints" ("visitor_id");`);
    this.addSql(
      `create table "visitor_links" ("visitor_id" text not null, "user_id" uuid not null, "seen_at" timestamptz not null, primary key ("visitor_id"));`,
    );
    this.addSql(`create index "visitor_links_user_id_index" on "visitor_links" ("user_id");`);
    this.addSql(
      `create table "users" ("id" uuid not null, "email" text null, "password_hash" text null, "display_name" text not null, "roles" text[] not null, "locale" text not null, "country" char(2) null, "birth_year" smallint null, "occupation" text null, "interests" text[] not null, "goals" text[] not null, "external_ref" text null, "created_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`alter table "users" add constraint "users_email_unique" unique ("email");`);
    this.addSql(`alter table "users" add constraint "users_external_ref_unique" unique ("external_ref");`);
    this.addSql(
      `create table "sessions" ("id" uuid not null, "user_id" uuid not null, "token_hash" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "sessions_user_id_index" on "sessions" ("user_id");`);
    this.addSql(`alter table "sessions" add constraint "sessions_token_hash_unique" unique ("token_hash");`);
    this.addSql(
      `create table "partner_members" ("id" uuid not null, "partner_id" uuid not null, "user_id" uuid not null, "role" text not null, "created_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "partner_members_user_id_index" on "partner_members" ("user_id");`);
    this.addSql(
      `alter table "partner_members" add constraint "partner_members_partner_id_user_id_unique" unique ("partner_id", "user_id");`,
    );
    this.addSql(
      `create table "orders" ("id" uuid not null, "user_id" uuid not null, "state" text not null, "currency" char(3) not null, "total_minor" bigint not null, "idempotency_key" text not null, "input_hash" text not null, "placed_at" timestamptz not null, "paid_at" timestamptz null, "refunded_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "orders_user_id_placed_at_id_index" on "orders" ("user_id", "placed_at", "id");`);
    this.addSql(
      `alter table "orders" add constraint "orders_user_id_idempotency_key_unique" unique ("user_id", "idempotency_key");`,
    );
    this.addSql(
      `create table "refunds" ("id" uuid not null, "order_id" uuid not null, "amount_minor" bigint not null, "reason" text not null, "state" text not null, "idempotency_key" text not null, "provider_reference" text null, "failure" text null, "requested_by" text not null, "requested_at" timestamptz not null, "settled_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "refunds" add constraint "refunds_provider_reference_unique" unique ("provider_reference");`,
    );
    this.addSql(
      `alter table "refunds" add constraint "refunds_order_id_idempotency_key_unique" unique ("order_id", "idempotency_key");`,
    );
    this.addSql(
      `create table "payments" ("id" uuid not null, "order_id" uuid not null, "provider" text not null, "provider_reference" text null, "method" text not null, "state" text not null, "amount_minor" bigint not null, "fee_minor" bigint null, "currency" char(3) not null, "failure" text null, "created_at" timestamptz not null, "captured_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`alter table "payments" add constraint "payments_order_id_unique" unique ("order_id");`);
    this.addSql(
      `alter table "payments" add constraint "payments_provider_provider_reference_unique" unique ("provider", "provider_reference");`,
    );
    this.addSql(
      `create table "order_items" ("id" uuid not null, "order_id" uuid not null, "position" smallint not null, "content_id" uuid not null, "owner_partner_id" uuid not null, "price_minor" bigint not null, primary key ("id"));`,
    );
    this.addSql(`create index "order_items_content_id_index" on "order_items" ("content_id");`);
    this.addSql(
      `alter table "order_items" add constraint "order_items_order_id_position_unique" unique ("order_id", "position");`,
    );
    this.addSql(
      `create table "allocations" ("id" uuid not null, "kind" text not null, "order_item_id" uuid not null, "refund_id" uuid null, "contract_version_id" uuid not null, "ledger_transaction_id" uuid not null, "amount_minor" bigint not null, "currency" char(3) not null, "period" char(7) not null, "effective_at" timestamptz not null, "facts" jsonb not null, "created_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "allocations" add constraint "allocations_ledger_transaction_id_unique" unique ("ledger_transaction_id");`,
    );
    this.addSql(
      `create unique index "allocations_one_sale_an_item" on "allocations" ("order_item_id") where "refund_id" is null;`,
    );
    this.addSql(
      `create unique index "allocations_one_an_item_and_refund" on "allocations" ("order_item_id", "refund_id");`,
    );
    this.addSql(
      `create table "allocation_shares" ("id" uuid not null, "allocation_id" uuid not null, "position" smallint not null, "party" text not null, "partner_id" uuid null, "term_id" uuid null, "touchpoint_id" uuid null, "posting_id" uuid null, "amount_minor" bigint not null, "basis_minor" bigint not null, "explanation" text not null, primary key ("id"));`,
    );
    this.addSql(
      `create index "allocation_shares_partner_id_allocation_id_index" on "allocation_shares" ("partner_id", "allocation_id");`,
    );
    this.addSql(
      `alter table "allocation_shares" add constraint "allocation_shares_posting_id_unique" unique ("posting_id");`,
    );
    this.addSql(
      `alter table "allocation_shares" add constraint "allocation_shares_allocation_id_position_unique" unique ("allocation_id", "position");`,
    );
    this.addSql(
      `create table "statement_lines" ("id" uuid not null, "statement_id" uuid not null, "position" int not null, "posting_id" uuid not null, "allocation_share_id" uuid not null, "kind" text not null, "amount_minor" bigint not null, "effective_at" timestamptz not null, "late_period" char(7) null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "statement_lines" add constraint "statement_lines_posting_id_unique" unique ("posting_id");`,
    );
    this.addSql(
      `alter table "statement_lines" add constraint "statement_lines_statement_id_position_unique" unique ("statement_id", "position");`,
    );
    this.addSql(
      `create table "entitlements" ("id" uuid not null, "user_id" uuid not null, "content_id" uuid not null, "order_id" uuid not null, "granted_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "entitlements_user_id_content_id_index" on "entitlements" ("user_id", "content_id");`);
    this.addSql(
      `alter table "entitlements" add constraint "entitlements_order_id_content_id_unique" unique ("order_id", "content_id");`,
    );
    this.addSql(
      `alter table "ledger_accounts" add constraint "ledger_accounts_kind_check" check ("kind" in ('ASSET', 'LIABILITY', 'REVENUE', 'EXPENSE'));`,
    );
    this.addSql(
      `alter table "campaign_metrics_daily" add constraint "campaign_metrics_daily_channel_check" check ("channel" in ('EMAIL', 'SOCIAL', 'SMS', 'PUSH', 'SEARCH', 'DISPLAY', 'PARTNER_SITE', 'OFFLINE'));`,
    );
    this.addSql(
      `alter table "contracts" add constraint "contracts_state_check" check ("state" in ('DRAFT', 'PROPOSED', 'COUNTERED', 'ACCEPTED', 'IN_FORCE', 'NOTICE_GIVEN', 'ENDED'));`,
    );
    this.addSql(
      `alter table "contract_steps" add constraint "contract_steps_contract_id_foreign" foreign key ("contract_id") references "contracts" ("id");`,
    );
    this.addSql(
      `alter table "contract_steps" add constraint "contract_steps_from_state_check" check ("from_state" in ('DRAFT', 'PROPOSED', 'COUNTERED', 'ACCEPTED', 'IN_FORCE', 'NOTICE_GIVEN', 'ENDED'));`,
    );
    this.addSql(
      `alter table "contract_steps" add constraint "contract_steps_to_state_check" check ("to_state" in ('DRAFT', 'PROPOSED', 'COUNTERED', 'ACCEPTED', 'IN_FORCE', 'NOTICE_GIVEN', 'ENDED'));`,
    );
    this.addSql(
      `alter table "contract_versions" add constraint "contract_versions_contract_id_foreign" foreign key ("contract_id") references "contracts" ("id");`,
    );
    this.addSql(
      `alter table "contract_versions" add constraint "contract_versions_rounding_check" check ("rounding" in ('LARGEST_REMAINDER', 'LISTED_ORDER', 'LARGEST_SHARE'));`,
    );
    this.addSql(
      `alter table "contract_versions" add constraint "contract_versions_pool_model_check" check ("pool_model" in ('LAST_TOUCH', 'LINEAR'));`,
    );
    this.addSql(
      `alter table "conversions" add constraint "conversions_kind_check" check ("kind" in ('REGISTRATION', 'PURCHASE', 'LEAD'));`,
    );
    this.addSql(
      `alter table "interactions" add constraint "interactions_kind_check" check ("kind" in ('VIEW', 'PROGRESS', 'RATE', 'LIKE', 'SHARE', 'DISMISS', 'PURCHASE'));`,
    );
    this.addSql(
      `alter table "model_versions" add constraint "model_versions_model_check" check ("model" in ('item-similarity'));`,
    );
    this.addSql(
      `alter table "model_pointers" add constraint "model_pointers_version_id_foreign" foreign key ("version_id") references "model_versions" ("id");`,
    );
    this.addSql(
      `alter table "model_pointers" add constraint "model_pointers_model_check" check ("model" in ('item-similarity'));`,
    );
    this.addSql(
      `alter table "content_popularity" add constraint "content_popularity_version_id_foreign" foreign key ("version_id") references "model_versions" ("id");`,
    );
    this.addSql(
      `alter table "content_neighbours" add constraint "content_neighbours_version_id_foreign" foreign key ("version_id") references "model_versions" ("id");`,
    );
    this.addSql(
      `alter table "partners" add constraint "partners_domain_code_foreign" foreign key ("domain_code") references "domains" ("code");`,
    );
    this.addSql(
      `alter table "partners" add constraint "partners_kind_check" check ("kind" in ('SCHOOL', 'TRAINING_FIRM', 'PUBLISHER', 'MEDIA', 'GYM', 'TRAVEL_AGENCY', 'BANK', 'SHOP', 'ENTERTAINMENT', 'COMMUNITY', 'OTHER'));`,
    );
    this.addSql(
      `alter table "partners" add constraint "partners_state_check" check ("state" in ('APPLIED', 'SCREENING', 'APPROVED', 'ACTIVE', 'SUSPENDED', 'TERMINATED', 'REJECTED'));`,
    );
    this.addSql(
      `alter table "contract_terms" add constraint "contract_terms_version_id_foreign" foreign key ("version_id") references "contract_versions" ("id");`,
    );
    this.addSql(
      `alter table "contract_terms" add constraint "contract_terms_partner_id_foreign" foreign key ("partner_id") references "partners" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "contract_terms" add constraint "contract_terms_kind_check" check ("kind" in ('PERCENTAGE', 'DEDUCTION'));`,
    );
    this.addSql(
      `alter table "contract_terms" add constraint "contract_terms_basis_check" check ("basis" in ('SALE', 'REST'));`,
    );
    this.addSql(
      `alter table "contract_terms" add constraint "contract_terms_beneficiary_check" check ("beneficiary" in ('PLATFORM', 'PARTNER', 'CONTENT_OWNER', 'CAMPAIGN_POOL'));`,
    );
    this.addSql(
      `alter table "contract_terms" add constraint "contract_terms_cost_check" check ("cost" in ('TAX', 'PROVIDER_FEE'));`,
    );
    this.addSql(
      `alter table "contract_acceptances" add constraint "contract_acceptances_version_id_foreign" foreign key ("version_id") references "contract_versions" ("id");`,
    );
    this.addSql(
      `alter table "contract_acceptances" add constraint "contract_acceptances_partner_id_foreign" foreign key ("partner_id") references "partners" ("id");`,
    );
    this.addSql(
      `alter table "contract_parties" add constraint "contract_parties_contract_id_foreign" foreign key ("contract_id") references "contracts" ("id");`,
    );
    this.addSql(
      `alter table "contract_parties" add constraint "contract_parties_partner_id_foreign" foreign key ("partner_id") references "partners" ("id");`,
    );
    this.addSql(
      `alter table "contract_parties" add constraint "contract_parties_role_check" check ("role" in ('SUPPLIER', 'LICENSOR', 'PROMOTER'));`,
    );
    this.addSql(
      `alter table "contents" add constraint "contents_partner_id_foreign" foreign key ("partner_id") references "partners" ("id");`,
    );
    this.addSql(
      `alter table "contents" add constraint "contents_domain_code_foreign" foreign key ("domain_code") references "domains" ("code");`,
    );
    this.addSql(
      `alter table "contents" add constraint "contents_kind_check" check ("kind" in ('COURSE', 'BOOK', 'LECTURE', 'ARTICLE', 'VIDEO', 'PRODUCT', 'EVENT', 'CAREER_SERVICE', 'FINANCIAL_PRODUCT'));`,
    );
    this.addSql(
      `alter table "contents" add constraint "contents_module_check" check ("module" in ('COURSE', 'COMMERCE', 'ENTERTAINMENT', 'COMMUNITY', 'CAREER', 'FINANCE'));`,
    );
    this.addSql(
      `alter table "contents" add constraint "contents_level_check" check ("level" in ('BEGINNER', 'INTERMEDIATE', 'ADVANCED'));`,
    );
    this.addSql(
      `alter table "contents" add constraint "contents_state_check" check ("state" in ('DRAFT', 'SUBMITTED', 'APPROVED', 'PUBLISHED', 'WITHDRAWN', 'REJECTED'));`,
    );
    this.addSql(
      `alter table "content_steps" add constraint "content_steps_content_id_foreign" foreign key ("content_id") references "contents" ("id");`,
    );
    this.addSql(
      `alter table "content_steps" add constraint "content_steps_from_state_check" check ("from_state" in ('DRAFT', 'SUBMITTED', 'APPROVED', 'PUBLISHED', 'WITHDRAWN', 'REJECTED'));`,
    );
    this.addSql(
      `alter table "content_steps" add constraint "content_steps_to_state_check" check ("to_state" in ('DRAFT', 'SUBMITTED', 'APPROVED', 'PUBLISHED', 'WITHDRAWN', 'REJECTED'));`,
    );
    this.addSql(
      `alter table "licences" add constraint "licences_content_id_foreign" foreign key ("content_id") references "contents" ("id");`,
    );
    this.addSql(
      `alter table "campaigns" add constraint "campaigns_lead_partner_id_foreign" foreign key ("lead_partner_id") references "partners" ("id");`,
    );
    this.addSql(
      `alter table "campaigns" add constraint "campaigns_state_check" check ("state" in ('DRAFT', 'PLANNED', 'LIVE', 'PAUSED', 'ENDED', 'SETTLED'));`,
    );
    this.addSql(
      `alter table "campaign_steps" add constraint "campaign_steps_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id");`,
    );
    this.addSql(
      `alter table "campaign_steps" add constraint "campaign_steps_from_state_check" check ("from_state" in ('DRAFT', 'PLANNED', 'LIVE', 'PAUSED', 'ENDED', 'SETTLED'));`,
    );
    this.addSql(
      `alter table "campaign_steps" add constraint "campaign_steps_to_state_check" check ("to_state" in ('DRAFT', 'PLANNED', 'LIVE', 'PAUSED', 'ENDED', 'SETTLED'));`,
    );
    this.addSql(
      `alter table "campaign_partners" add constraint "campaign_partners_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id");`,
    );
    this.addSql(
      `alter table "campaign_partners" add constraint "campaign_partners_partner_id_foreign" foreign key ("partner_id") references "partners" ("id");`,
    );
    this.addSql(
      `alter table "campaign_partners" add constraint "campaign_partners_role_check" check ("role" in ('LEAD', 'CONTENT', 'AUDIENCE', 'CHANNEL', 'SPONSOR'));`,
    );
    this.addSql(
      `alter table "campaign_costs" add constraint "campaign_costs_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id");`,
    );
    this.addSql(
      `alter table "campaign_costs" add constraint "campaign_costs_partner_id_foreign" foreign key ("partner_id") references "partners" ("id");`,
    );
    this.addSql(
      `alter table "campaign_costs" add constraint "campaign_costs_channel_check" check ("channel" in ('EMAIL', 'SOCIAL', 'SMS', 'PUSH', 'SEARCH', 'DISPLAY', 'PARTNER_SITE', 'OFFLINE'));`,
    );
    this.addSql(
      `alter table "campaign_contents" add constraint "campaign_contents_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "campaign_contents" add constraint "campaign_contents_content_id_foreign" foreign key ("content_id") references "contents" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "attribution_runs" add constraint "attribution_runs_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id");`,
    );
    this.addSql(
      `alter table "attribution_runs" add constraint "attribution_runs_model_check" check ("model" in ('LAST_TOUCH', 'LINEAR'));`,
    );
    this.addSql(
      `alter table "attribution_credits" add constraint "attribution_credits_run_id_foreign" foreign key ("run_id") references "attribution_runs" ("id");`,
    );
    this.addSql(
      `alter table "attribution_credits" add constraint "attribution_credits_channel_check" check ("channel" in ('EMAIL', 'SOCIAL', 'SMS', 'PUSH', 'SEARCH', 'DISPLAY', 'PARTNER_SITE', 'OFFLINE'));`,
    );
    this.addSql(
      `alter table "partner_steps" add constraint "partner_steps_partner_id_foreign" foreign key ("partner_id") references "partners" ("id");`,
    );
    this.addSql(
      `alter table "partner_steps" add constraint "partner_steps_from_state_check" check ("from_state" in ('APPLIED', 'SCREENING', 'APPROVED', 'ACTIVE', 'SUSPENDED', 'TERMINATED', 'REJECTED'));`,
    );
    this.addSql(
      `alter table "partner_steps" add constraint "partner_steps_to_state_check" check ("to_state" in ('APPLIED', 'SCREENING', 'APPROVED', 'ACTIVE', 'SUSPENDED', 'TERMINATED', 'REJECTED'));`,
    );
    this.addSql(
      `alter table "ledger_postings" add constraint "ledger_postings_transaction_id_foreign" foreign key ("transaction_id") references "ledger_transactions" ("id");`,
    );
    this.addSql(
      `alter table "ledger_postings" add constraint "ledger_postings_amount_check" check (amount_minor <> 0);`,
    );
    this.addSql(
      `alter table "ledger_postings" add constraint "ledger_postings_account_id_foreign" foreign key ("account_id") references "ledger_accounts" ("id");`,
    );
    this.addSql(
      `alter table "ledger_unsealed" add constraint "ledger_unsealed_transaction_id_foreign" foreign key ("transaction_id") references "ledger_transactions" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "ledger_seals" add constraint "ledger_seals_transaction_id_foreign" foreign key ("transaction_id") references "ledger_transactions" ("id");`,
    );
    this.addSql(
      `alter table "statements" add constraint "statements_partner_id_foreign" foreign key ("partner_id") references "partners" ("id");`,
    );
    this.addSql(
      `alter table "statements" add constraint "statements_period_foreign" foreign key ("period") references "period_closings" ("period");`,
    );
    this.addSql(
      `alter table "touchpoints" add constraint "touchpoints_channel_check" check ("channel" in ('EMAIL', 'SOCIAL', 'SMS', 'PUSH', 'SEARCH', 'DISPLAY', 'PARTNER_SITE', 'OFFLINE'));`,
    );
    this.addSql(
      `alter table "touchpoints" add constraint "touchpoints_kind_check" check ("kind" in ('IMPRESSION', 'CLICK', 'VISIT'));`,
    );
    this.addSql(
      `alter table "sessions" add constraint "sessions_user_id_foreign" foreign key ("user_id") references "users" ("id");`,
    );
    this.addSql(
      `alter table "partner_members" add constraint "partner_members_partner_id_foreign" foreign key ("partner_id") references "partners" ("id");`,
    );
    this.addSql(
      `alter table "partner_members" add constraint "partner_members_user_id_foreign" foreign key ("user_id") references "users" ("id");`,
    );
    this.addSql(
      `alter table "partner_members" add constraint "partner_members_role_check" check ("role" in ('OWNER', 'MANAGER', 'FINANCE', 'VIEWER'));`,
    );
    this.addSql(
      `alter table "orders" add constraint "orders_user_id_foreign" foreign key ("user_id") references "users" ("id");`,
    );
    this.addSql(
      `alter table "orders" add constraint "orders_state_check" check ("state" in ('PLACED', 'PAID', 'CANCELLED', 'REFUNDED'));`,
    );
    this.addSql(
      `alter table "refunds" add constraint "refunds_order_id_foreign" foreign key ("order_id") references "orders" ("id");`,
    );
    this.addSql(
      `alter table "refunds" add constraint "refunds_state_check" check ("state" in ('REQUESTED', 'SUCCEEDED', 'FAILED'));`,
    );
    this.addSql(
      `alter table "payments" add constraint "payments_order_id_foreign" foreign key ("order_id") references "orders" ("id");`,
    );
    this.addSql(
      `alter table "payments" add constraint "payments_state_check" check ("state" in ('PENDING', 'CAPTURED', 'FAILED', 'REFUNDED'));`,
    );
    this.addSql(
      `alter table "order_items" add constraint "order_items_order_id_foreign" foreign key ("order_id") references "orders" ("id");`,
    );
    this.addSql(
      `alter table "order_items" add constraint "order_items_content_id_foreign" foreign key ("content_id") references "contents" ("id");`,
    );
    this.addSql(
      `alter table "order_items" add constraint "order_items_owner_partner_id_foreign" foreign key ("owner_partner_id") references "partners" ("id");`,
    );
    this.addSql(
      `alter table "allocations" add constraint "allocations_order_item_id_foreign" foreign key ("order_item_id") references "order_items" ("id");`,
    );
    this.addSql(
      `alter table "allocations" add constraint "allocations_refund_id_foreign" foreign key ("refund_id") references "refunds" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "allocations" add constraint "allocations_contract_version_id_foreign" foreign key ("contract_version_id") references "contract_versions" ("id");`,
    );
    this.addSql(
      `alter table "allocations" add constraint "allocations_ledger_transaction_id_foreign" foreign key ("ledger_transaction_id") references "ledger_transactions" ("id");`,
    );
    this.addSql(
      `alter table "allocations" add constraint "allocations_kind_check" check ("kind" in ('SALE', 'REFUND'));`,
    );
    this.addSql(
      `alter table "allocation_shares" add constraint "allocation_shares_allocation_id_foreign" foreign key ("allocation_id") references "allocations" ("id");`,
    );
    this.addSql(
      `alter table "allocation_shares" add constraint "allocation_shares_partner_id_foreign" foreign key ("partner_id") references "partners" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "allocation_shares" add constraint "allocation_shares_posting_id_foreign" foreign key ("posting_id") references "ledger_postings" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "allocation_shares" add constraint "allocation_shares_term_id_foreign" foreign key ("term_id") references "contract_terms" ("id") on delete set null;`,
    );
    this.addSql(
      `alter table "allocation_shares" add constraint "allocation_shares_party_check" check ("party" in ('PLATFORM', 'PARTNER', 'PAYMENT_PROVIDER', 'TAX_AUTHORITY'));`,
    );
    this.addSql(
      `alter table "statement_lines" add constraint "statement_lines_statement_id_foreign" foreign key ("statement_id") references "statements" ("id");`,
    );
    this.addSql(
      `alter table "statement_lines" add constraint "statement_lines_posting_id_foreign" foreign key ("posting_id") references "ledger_postings" ("id");`,
    );
    this.addSql(
      `alter table "statement_lines" add constraint "statement_lines_allocation_share_id_foreign" foreign key ("allocation_share_id") references "allocation_shares" ("id");`,
    );
    this.addSql(
      `alter table "statement_lines" add constraint "statement_lines_kind_check" check ("kind" in ('SALE', 'REFUND'));`,
    );
    this.addSql(
      `alter table "entitlements" add constraint "entitlements_user_id_foreign" foreign key ("user_id") references "users" ("id");`,
    );
    this.addSql(
      `alter table "entitlements" add constraint "entitlements_content_id_foreign" foreign key ("content_id") references "contents" ("id");`,
    );
    this.addSql(
      `alter table "entitlements" add constraint "entitlements_order_id_foreign" foreign key ("order_id") references "orders" ("id");`,
    );
  }
}
