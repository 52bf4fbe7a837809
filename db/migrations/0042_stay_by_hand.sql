-- For disruptions: what a person has given a place, and where orders are locked to, is not undone with them.
create view allocation.v_placed_by_hand with (security_invoker = true) as
  select tenant_id, order_id, decision_id from allocation.manual_decision where kind in ('allocate', 'move', 'split', 'merge');
create view allocation.v_lock with (security_invoker = true) as
  select tenant_id, order_id, location_id from allocation.lock;
grant select on allocation.v_placed_by_hand, allocation.v_lock to ordo_app, ordo_maintenance;
