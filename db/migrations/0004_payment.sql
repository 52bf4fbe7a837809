-- Money as a double-entry journal; an intent is what is to be paid for a demand, with balances that the journal explains.
create schema payment;
grant usage on schema payment to ordo_app, ordo_maintenance;

create table payment.intent (
  tenant_id uuid not null,
  intent_id uuid not null,
  demand_id uuid not null,
  method text collate "C" not null check (method in ('reference', 'card', 'wallet', 'cod', 'transfer')),
  provider text collate "C",
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount >= 0),
  -- what is still owed after cancelling: what is authorised or captured beyond it goes back
  due bigint not null check (due >= 0),
  state text not null default 'new',
  -- raised with each event of the intent
  version integer not null default 0,
  authorised bigint not null default 0 check (authorised >= 0),
  captured bigint not null default 0 check (captured >= 0),
  refunded bigint not null default 0 check (refunded >= 0),
  voided bigint not null default 0 check (voided >= 0),
  -- what was asked of the provider and is not answered yet
  capturing bigint not null default 0 check (capturing >= 0),
  refunding bigint not null default 0 check (refunding >= 0),
  voiding bigint not null default 0 check (voiding >= 0),
  -- refunds granted for returns and goodwill, beside what cancelling gives back
  granted bigint not null default 0 check (granted >= 0),
  reference text,
  provider_ref text collate "C",
  redirect_url text,
  failure text,
  deadline_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, intent_id),
  constraint intent_state check (state in ('new', 'pending', 'authorised', 'captured', 'failed', 'expired', 'cancelled')),
  constraint intent_refunded_within_captured check (refunded + refunding <= captured),
  constraint intent_captured_within_authorised check (method <> 'card' or captured + capturing + voided + voiding <= authorised)
) with (fillfactor = 80);
create index intent_demand on payment.intent (tenant_id, demand_id);
create index intent_provider_ref on payment.intent (tenant_id, provider, provider_ref) where provider_ref is not null;
select platform.close_table('payment.intent');

-- One row per booking; key makes it happen once (absent where booking_id does: money paid at the channel is booked under the id of its intent).
create table payment.booking (
  tenant_id uuid not null,
  booking_id uuid not null,
  key text collate "C",
  kind text collate "C" not null check (kind in ('authorise', 'capture', 'void', 'refund', 'receive', 'match')),
  intent_id uuid,
  at timestamptz not null,
  actor text not null,
  primary key (tenant_id, booking_id)
);
create unique index booking_key on payment.booking (tenant_id, key) where key is not null;
create index booking_intent on payment.booking (tenant_id, intent_id);
select platform.close_ledger('payment.booking');

-- The entries of a booking sum to zero per currency, for every statement writes both sides of each transfer; positive is debit.
create table payment.entry (
  tenant_id uuid not null,
  booking_id uuid not null,
  entry_no smallint not null,
  account text collate "C" not null,
  currency text not null,
  amount bigint not null check (amount <> 0),
  primary key (tenant_id, booking_id, entry_no),
  constraint entry_account check (account in ('channel_clearing', 'provider_clearing', 'carrier_clearing', 'bank_clearing',
    'customer_payments', 'refunds_payable', 'unmatched_receipts', 'memo_authorised', 'memo_guaranteed'))
);
select platform.close_ledger('payment.entry');
