-- What the live board reads: views that other parts publish for it, and the two indexes without which it would have to scan.
create index parcel_on_the_way on shipping.parcel (tenant_id, handed_over_at, parcel_id) where state = 'handed_over';
create index parcel_left on shipping.parcel (tenant_id, location_id, handed_over_at) where handed_over_at is not null;

create view orders.v_order_number with (security_invoker = true) as
  select tenant_id, order_id, number from orders."order";
create view warehouse.v_queue with (security_invoker = true) as
  select tenant_id, location_id, state, ship_by, fulfilment_id, planned_at, released_at from warehouse.fulfilment_order
   where state in ('planned', 'released', 'picking', 'packed');
create view shipping.v_parcel_left with (security_invoker = true) as
  select tenant_id, parcel_id, location_id, state, handed_over_at from shipping.parcel where handed_over_at is not null;
create view intake.v_staged_waiting with (security_invoker = true) as
  select tenant_id, staged_id, channel, received_at from intake.staged where state = 'waiting';
create view payment.v_unmatched with (security_invoker = true) as
  select tenant_id, callback_id, provider, received_at from payment.callback where state = 'unmatched';
grant select on orders.v_order_number to ordo_app, ordo_maintenance;
grant select on warehouse.v_queue to ordo_app, ordo_maintenance;
grant select on shipping.v_parcel_left to ordo_app, ordo_maintenance;
grant select on intake.v_staged_waiting to ordo_app, ordo_maintenance;
grant select on payment.v_unmatched to ordo_app, ordo_maintenance;
