-- The inbox: one ranked row for each thing that needs a person, kept by events; who has it, until when it sleeps, what was done.

-- What the sources publish: their open rows, each with what it is about (`subject`: what its events tell).
create view orders.v_order_worth with (security_invoker = true) as
  select tenant_id, order_id, number, currency, total, placed_at, shortage_policy,
         case when attributes ->> 'promised_at' ~ '^\d{4}-\d\d-\d\dT' and pg_input_is_valid(attributes ->> 'promised_at', 'timestamptz')
              then (attributes ->> 'promised_at')::timestamptz end as promised_at
    from orders."order";
create view orders.v_broken_order with (security_invoker = true) as
  select tenant_id, order_id, sum(backordered)::int as units, array_agg(sku order by line_no) as skus, min(shortage_reason) as reason
    from orders.order_line where backordered > 0 and shortage_reason like 'broken:%' group by tenant_id, order_id;
create view intake.v_open_staged with (security_invoker = true) as
  select tenant_id, staged_id, channel, external_id, reasons, attempts, received_at from intake.staged where state = 'waiting';
create view payment.v_open_receipt with (security_invoker = true) as
  select tenant_id, callback_id, intent_id, provider, (outcome ->> 'amount')::bigint as amount, outcome ->> 'currency' as currency,
         coalesce(outcome ->> 'payment_ref', outcome ->> 'provider_ref') as reference, coalesce(reason, outcome ->> 'status') as reason, received_at
    from payment.callback where state = 'unmatched';
create view payment.v_refused_request with (security_invoker = true) as
  select r.tenant_id, r.request_id, i.demand_id, r.kind, r.amount, i.currency, r.failure, r.asked_at
    from payment.request r join payment.intent i on i.tenant_id = r.tenant_id and i.intent_id = r.intent_id
   -- a page that could not be closed because money came is told of by its money
   where r.state = 'failed' and r.kind in ('capture', 'refund');
create view tracking.v_open_trouble with (security_invoker = true) as
  select e.tenant_id, e.exception_id, e.parcel_id, e.kind, e.code, e.opened_at from tracking.exception e where e.closed_at is null;
create view engine.v_dead_letter with (security_invoker = true) as
  select tenant_id, job_id, step, subject, attempts, error, died_at from engine.dead_letter;
create view identity.v_staff with (security_invoker = true) as
  select tenant_id, staff_id, name, role from identity.staff where left_at is null;
grant select on identity.v_staff to ordo_app, ordo_maintenance;
grant select on orders.v_order_worth, orders.v_broken_order, intake.v_open_staged, payment.v_open_receipt, payment.v_refused_request,
  tracking.v_open_trouble, engine.v_dead_letter to ordo_app, ordo_maintenance;

create schema inbox;
grant usage on schema inbox to ordo_app, ordo_maintenance;

-- Everything open in one shape. Each branch finds its rows by `subject` over an index; nobody reads it whole but the hourly reconciling.
-- A hold `payment` follows from a refused request, which stands here itself.
create view inbox.v_source with (security_invoker = true) as
  select e.tenant_id, case when e.queue is null then 'allocation' else 'special' end as kind, e.exception_id as source_id, e.order_id as subject, e.order_id,
         o.number as title, e.reason, e.value, e.currency, o.promised_at as due_at, e.opened_at, e.queue,
         jsonb_build_object('skus', e.skus, 'units', e.units) as detail
    from allocation.v_open_exception e left join orders.v_order_worth o on o.tenant_id = e.tenant_id and o.order_id = e.order_id
  union all
  select h.tenant_id, case when h.reasons @> '[{"code": "address_unclear"}]' or h.kind = 'address' then 'address'
                           when h.kind = 'review' then 'review' when h.kind = 'lost' then 'lost' else 'hold' end,
         h.hold_id, h.order_id, h.order_id, h.number, coalesce(h.reasons -> 0 ->> 'code', h.kind), h.total, h.currency, h.expires_at, h.placed_at, null,
         jsonb_build_object('hold_kind', h.kind, 'reasons', h.reasons, 'blocks', to_jsonb(h.blocks))
    from orders.v_open_hold h where h.kind <> 'payment'
  union all
  select s.tenant_id, case when s.reasons @> '[{"code": "address_incomplete"}]' then 'address' else 'staged' end, s.staged_id, s.staged_id, null,
         s.external_id, coalesce(s.reasons -> 0 ->> 'code', 'malformed'), null, null, null, s.received_at, null,
         jsonb_build_object('channel', s.channel, 'reasons', s.reasons, 'attempts', s.attempts)
    from intake.v_open_staged s
  union all
  select c.tenant_id, 'payment', c.callback_id, c.callback_id, null, coalesce(c.reference, c.provider), 'unmatched', c.amount, c.currency, null, c.received_at, null,
         jsonb_build_object('provider', c.provider, 'cause', c.reason)
    from payment.v_open_receipt c
  union all
  select r.tenant_id, 'payment', r.request_id, r.demand_id, r.demand_id, o.number, 'refused_' || r.kind, r.amount, r.currency, null, r.asked_at, null,
         jsonb_build_object('failure', r.failure)
    from payment.v_refused_request r left join orders.v_order_worth o on o.tenant_id = r.tenant_id and o.order_id = r.demand_id
  union all
  select t.tenant_id, case when t.code = 'address_problem' then 'address' else 'parcel' end, t.exception_id, t.parcel_id, p.order_id,
         coalesce(p.tracking_number, o.number), t.kind, o.total, o.currency, p.promised_at, t.opened_at, null,
         jsonb_build_object('code', t.code, 'carrier', p.carrier, 'number', o.number)
    from tracking.v_open_trouble t
    left join lateral (select l.order_id, l.tracking_number, l.promised_at, l.carrier from shipping.v_order_parcel l
                        where l.tenant_id = t.tenant_id and l.parcel_id = t.parcel_id order by l.order_id limit 1) p on true
    left join orders.v_order_worth o on o.tenant_id = t.tenant_id and o.order_id = p.order_id
  union all
  select b.tenant_id, 'stock', b.order_id, b.order_id, b.order_id, o.number, b.reason, o.total, o.currency, o.promised_at, o.placed_at, null,
         jsonb_build_object('skus', b.skus, 'units', b.units)
    from orders.v_broken_order b join orders.v_order_worth o on o.tenant_id = b.tenant_id and o.order_id = b.order_id
  union all
  select d.tenant_id, 'dead_letter', d.job_id, d.job_id, o.order_id, coalesce(o.number, d.step), d.step, o.total, o.currency, null, d.died_at, null,
         jsonb_build_object('error', d.error, 'attempts', d.attempts, 'step', d.step)
    from engine.v_dead_letter d left join orders.v_order_worth o on o.tenant_id = d.tenant_id and o.order_id = d.subject;

-- Work on the floor that was to leave before now, or arrives by its carrier's p90 after what the customer was promised.
create view inbox.v_fulfilment with (security_invoker = true) as
  select q.tenant_id, q.fulfilment_id, q.location_id, q.state, q.ship_by, f.order_id, f.arrives_at, o.number, o.total, o.currency, o.promised_at, q.planned_at
    from warehouse.v_queue q
    join lateral (select l.order_id, l.promised_at as arrives_at from warehouse.v_fulfilment_line l
                   where l.tenant_id = q.tenant_id and l.fulfilment_id = q.fulfilment_id order by l.order_id, l.line_no limit 1) f on true
    left join orders.v_order_worth o on o.tenant_id = q.tenant_id and o.order_id = f.order_id;
grant select on inbox.v_source, inbox.v_fulfilment to ordo_app, ordo_maintenance;

-- Where an item stands: −⌊8 ln(mass ÷ hours left)⌋, the smallest first; a place is 13 % of weight. Hours left count at least a quarter.
create function inbox.rank_of(mass double precision, due_at timestamptz, at timestamptz) returns integer language sql stable as $$
  select -floor(8 * ln(greatest(mass, 1) / greatest(extract(epoch from due_at - at)::double precision / 3600, 0.25)))::int
$$;
-- When it will stand one place higher; null once no more time can be lost.
create function inbox.next_rank_at(mass double precision, due_at timestamptz, at timestamptz) returns timestamptz language sql stable as $$
  select case when h.hours >= 0.25 then greatest(due_at - make_interval(secs => h.hours * 3600), at + interval '1 second')
              when extract(epoch from due_at - at) > 900 then greatest(due_at - interval '15 minutes', at + interval '1 second') end
    from (select greatest(mass, 1) / exp((1 - inbox.rank_of(mass, due_at, at)) / 8.0) as hours) h
$$;

create table inbox.item (
  tenant_id uuid not null,
  item_id uuid not null,
  kind text collate "C" not null,
  source_id uuid not null,
  subject uuid not null,
  order_id uuid,
  title text not null,
  reason text collate "C" not null,
  value bigint,
  currency text,
  -- money at stake in the base currency × the weight of its kind
  mass double precision not null check (mass >= 1),
  due_at timestamptz not null,
  rank integer not null,
  next_rank_at timestamptz,
  state text collate "C" not null default 'open',
  queue text collate "C",
  -- whose it is: by rule, by hand, or because he claimed it
  assignee uuid,
  claimed_at timestamptz,
  snoozed_until timestamptz,
  -- the fix that was applied while its source is still open
  fix text collate "C",
  opened_at timestamptz not null,
  noticed_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  outcome text collate "C",
  primary key (tenant_id, item_id),
  constraint item_kind check (kind in ('allocation', 'special', 'address', 'payment', 'dead_letter', 'promise', 'stock', 'parcel', 'lost', 'staged', 'review', 'hold')),
  constraint item_state check (state in ('open', 'snoozed', 'closed')),
  check ((state = 'snoozed') = (snoozed_until is not null)),
  check ((state = 'closed') = (closed_at is not null)),
  check ((state = 'closed') = (outcome is not null)),
  check (claimed_at is null or assignee is not null)
) with (fillfactor = 80);
create unique index item_source on inbox.item (tenant_id, source_id) where state <> 'closed';
create index item_subject on inbox.item (tenant_id, subject) where state <> 'closed';
create index item_rank on inbox.item (tenant_id, rank, item_id) where state = 'open';
create index item_kind_rank on inbox.item (tenant_id, kind, rank, item_id) where state = 'open';
create index item_queue_rank on inbox.item (tenant_id, queue, rank, item_id) where state = 'open' and queue is not null;
create index item_assignee_rank on inbox.item (tenant_id, assignee, rank, item_id) where state = 'open' and assignee is not null;
create index item_snoozed on inbox.item (tenant_id, snoozed_until, item_id) where state = 'snoozed';
create index item_next_rank on inbox.item (tenant_id, next_rank_at) where state <> 'closed' and next_rank_at is not null;
create index item_promise on inbox.item (tenant_id, item_id) where state <> 'closed' and kind = 'promise';
create index item_closed on inbox.item (tenant_id, closed_at) where state = 'closed';
create index item_order on inbox.item (tenant_id, order_id) where order_id is not null;
select platform.close_table('inbox.item');

-- What happened to an item, one row each.
create table inbox.entry (
  tenant_id uuid not null,
  item_id uuid not null,
  entry_id uuid not null,
  at timestamptz not null,
  actor text not null,
  what text collate "C" not null check (what in ('opened', 'closed', 'claimed', 'released', 'snoozed', 'woke', 'assigned', 'noted', 'fixed', 'undone')),
  detail text,
  primary key (tenant_id, item_id, entry_id)
);
select platform.close_table('inbox.entry');

-- What each person of the staff can take on: queues ask for a skill.
create table inbox.skill (
  tenant_id uuid not null,
  skill text collate "C" not null,
  staff_id uuid not null,
  primary key (tenant_id, skill, staff_id)
);
create index skill_staff on inbox.skill (tenant_id, staff_id);
select platform.close_table('inbox.skill');

-- One row per tenant: whoever notes or closes items of it holds it, so that two never read a source and write its item past each other.
create table inbox.keeper (
  tenant_id uuid primary key,
  touched_at timestamptz not null
);
select platform.close_table('inbox.keeper');

-- For the board: what is open.
create view inbox.v_open_item with (security_invoker = true) as
  select tenant_id, item_id, kind, state, queue, assignee, due_at, opened_at from inbox.item where state = 'open';
grant select on inbox.v_open_item to ordo_app, ordo_maintenance;

-- What was open before there was an inbox is taken in by its step.
insert into engine.job (tenant_id, step, due_at, job_id, subject)
  select tenant_id, 'inbox.follow', now(), gen_random_uuid(), subject from (select distinct tenant_id, subject from inbox.v_source) s;
