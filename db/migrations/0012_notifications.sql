-- Messages to customers: one per fact, without any personal data; who gets it is read when it is sent.
create schema notifications;
grant usage on schema notifications to ordo_app, ordo_maintenance;

create table notifications.message (
  tenant_id uuid not null,
  message_id uuid not null,
  -- the fact: an event tells it, so the same fact cannot make two messages
  event_id uuid not null,
  order_id uuid not null,
  kind text collate "C" not null,
  -- ids, states and amounts
  data jsonb not null,
  state text collate "C" not null default 'waiting',
  reason text,
  written_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, message_id),
  unique (tenant_id, event_id),
  constraint message_kind check (kind in ('confirmed', 'shipped', 'delivered', 'cancelled', 'refunded', 'backordered')),
  constraint message_state check (state in ('waiting', 'sent', 'skipped', 'failed')),
  check ((state = 'waiting') = (ended_at is null))
);
create index message_order on notifications.message (tenant_id, order_id);
select platform.close_table('notifications.message');
