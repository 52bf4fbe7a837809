-- Money as a double-entry journal; an intent is what is to be paid for a demand, with balances that the journal explains.
create schema payment;
grant usage on schema payment to ordo_app, ordo_maintenance;

create table payment.intent (
  tenant_id uuid not null,
  intent_id uuid not null,
  demand_id uuid not null,
  method text collate "C" not null check (method in ('reference', 'card', 'wallet', 'cod', 'transfer')),
  provider text collate "C",
  currency text not null,
  amount bigint not null check (amount >= 0),
  state text not null default 'new' check (state in ('new', 'pending', 'authorised', 'captured', 'failed', 'expired', 'cancelled')),
  version integer not null default 1,
  authorised bigint not null default 0 check (authorised >= 0),
  captured bigint not null default 0 check (captured >= 0),
  refunded bigint not null default 0 check (refunded >= 0),
  voided bigint not null default 0 check (voided >= 0),
  -- what was asked of the provider and is not answered yet
  capturing bigint not null default 0 check (capturing >= 0),
  refunding bigint not null default 0 check (refunding >= 0),
  reference text,
  provider_ref text,
  redirect_url text,
  failure text,
  deadline_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, intent_id),
  check (refunded + refunding <= captured),
  check (method not in ('card') or captured + capturing + voided <= authorised)
) with (fillfactor = 80);
create index intent_demand on payment.intent (tenant_id, demand_id);
create index intent_provider_ref on payment.intent (tenant_id, provider, provider_ref) where provider_ref is not null;
select platform.close_table('payment.intent');

-- One row per booking; key makes it happen once. Entries of a booking sum to zero per currency; positive is debit.
create table payment.booking (
  tenant_id uuid not null,
  booking_id uuid not null,
  key text collate "C" not null,
  kind text not null,
  intent_id uuid,
  demand_id uuid,
  at timestamptz not null,
  actor text not null,
  primary key (tenant_id, booking_id),
  unique (tenant_id, key)
);
create index booking_intent on payment.booking (tenant_id, intent_id);
create index booking_demand on payment.booking (tenant_id, demand_id);
select platform.close_ledger('payment.booking');

create table payment.entry (
  tenant_id uuid not null,
  booking_id uuid not null,
  entry_no smallint not null,
  account text collate "C" not null,
  currency text not null,
  amount bigint not null check (amount <> 0),
  primary key (tenant_id, booking_id, entry_no)
);
select platform.close_ledger('payment.entry');
