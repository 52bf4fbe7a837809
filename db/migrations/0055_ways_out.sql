-- A person lets a place in again that had failed for an order, and what waits for a place keeps why its next try is when it is.

-- Rejections and short picks that count no more, each with the decision that lifted it; one that comes later counts by itself.
create table allocation.lifted (
  tenant_id uuid not null,
  order_id uuid not null,
  refusal_id uuid not null,
  decision_id uuid not null,
  primary key (tenant_id, order_id, refusal_id)
);
select platform.close_ledger('allocation.lifted');

-- The scan tells one short pick from another.
create or replace view warehouse.v_short_pick with (security_invoker = true) as
  select tenant_id, order_id, line_no, sku, location_id, fulfilment_id, quantity, reason, at, scan_id from warehouse.short_pick;

-- What is there already is looked at by 0059, in a transaction of its own: this one keeps others out.
alter table allocation.manual_decision drop constraint manual_decision_kind_check;
alter table allocation.manual_decision add constraint manual_decision_kind_check
  check (kind in ('allocate', 'move', 'split', 'merge', 'lock', 'unlock', 'priority', 'service', 'lift')) not valid;

-- What happens at the moment of the next try. The program before this one sets the moment alone: what it moves while both run has no word, or keeps that
-- of the moment before, until this program tries it.
alter table allocation.exception
  add column try_because text collate "C",
  add constraint exception_try_because_check
    check (try_because in ('slot', 'near', 'limit', 'suspension', 'place_back', 'reopening', 'rule_wait', 'rule_date')) not valid;
