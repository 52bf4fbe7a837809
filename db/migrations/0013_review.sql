-- Review: which rules held an order, what people decided and when it took effect; every decision is kept.
create schema review;
grant usage on schema review to ordo_app, ordo_maintenance;

-- One row for each hold that screening placed: the versions that it rests on and its clock.
create table review.screening (
  tenant_id uuid not null,
  hold_id uuid not null,
  order_id uuid not null,
  rules_version text collate "C" not null,
  policy_version text collate "C" not null,
  answer_due_at timestamptz not null,
  -- when nobody has decided by then, the order is rejected or let go
  lapses_at timestamptz not null,
  on_lapse text collate "C" not null check (on_lapse in ('reject', 'release')),
  screened_at timestamptz not null,
  primary key (tenant_id, hold_id)
);
create index screening_order on review.screening (tenant_id, order_id);
select platform.close_table('review.screening');

-- A decision waits out its undo as a job; first: one of two people has agreed.
create table review.decision (
  tenant_id uuid not null,
  decision_id uuid not null,
  hold_id uuid not null,
  order_id uuid not null,
  decision text collate "C" not null check (decision in ('approve', 'reject', 'hold')),
  state text collate "C" not null check (state in ('first', 'pending', 'applied', 'undone', 'overtaken')),
  note text,
  minutes integer,
  decided_by text not null,
  decided_at timestamptz not null,
  second_by text,
  second_at timestamptz,
  effective_at timestamptz not null,
  -- when the hold would have lapsed; while a decision waits out its undo it does not
  held_until timestamptz,
  ended_at timestamptz,
  primary key (tenant_id, decision_id),
  check (second_by is null or second_by <> decided_by),
  check ((ended_at is null) = (state in ('first', 'pending')))
);
create unique index decision_open on review.decision (tenant_id, hold_id) where ended_at is null;
create index decision_order on review.decision (tenant_id, order_id, decision_id);
select platform.close_table('review.decision');

-- What review reads of orders: open holds with the order that they hold.
create view orders.v_open_hold with (security_invoker = true) as
  select h.tenant_id, h.hold_id, h.order_id, h.kind, h.reasons, h.blocks, h.owner, h.placed_at, h.expires_at,
         o.number, o.channel, o.currency, o.total, o.payment_method, o.placed_at as order_placed_at, o.commercial,
         o.ship_country, o.ship_region, o.ship_city, o.ship_postcode
    from orders.hold h join orders.order o on o.tenant_id = h.tenant_id and o.order_id = h.order_id
   where h.ended_at is null;
grant select on orders.v_open_hold to ordo_app, ordo_maintenance;
