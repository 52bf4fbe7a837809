-- What is asked of payment providers and what they tell: requests are written before the call, callbacks are kept once each.

create table payment.provider (
  tenant_id uuid not null,
  provider text collate "C" not null check (provider ~ '^[a-z][a-z0-9-]{0,30}$'),
  adapter text collate "C" not null,
  base_url text not null,
  secret_sealed text not null,
  state text not null default 'active' check (state in ('active', 'paused')),
  updated_at timestamptz not null,
  primary key (tenant_id, provider)
);
select platform.close_table('payment.provider');

-- request_id is the idempotency key at the provider; key is the caller's and makes an intention happen once.
create table payment.request (
  tenant_id uuid not null,
  request_id uuid not null,
  intent_id uuid not null,
  kind text collate "C" not null check (kind in ('authorise', 'capture', 'void', 'refund')),
  amount bigint not null check (amount >= 0),
  key text collate "C" not null,
  reason text,
  state text collate "C" not null check (state in ('asked', 'done', 'failed', 'replaced')),
  -- times that the provider was called; the second time its record is queried first
  calls smallint not null default 0,
  failure text,
  asked_at timestamptz not null,
  answered_at timestamptz,
  primary key (tenant_id, request_id)
);
create unique index request_key on payment.request (tenant_id, key);
create index request_intent on payment.request (tenant_id, intent_id);
create index request_failed on payment.request (tenant_id, asked_at, request_id) where state = 'failed';
select platform.close_table('payment.request');

-- Each event of a provider once, as it was told; what belongs to nothing here waits for a person.
create table payment.callback (
  tenant_id uuid not null,
  callback_id uuid not null,
  provider text collate "C" not null,
  provider_event_id text collate "C" not null,
  outcome jsonb not null,
  intent_id uuid,
  state text collate "C" not null check (state in ('applied', 'unmatched', 'matched', 'returned')),
  reason text,
  received_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  primary key (tenant_id, callback_id),
  unique (tenant_id, provider, provider_event_id)
);
create index callback_unmatched on payment.callback (tenant_id, received_at, callback_id) where state = 'unmatched';
select platform.close_table('payment.callback');
