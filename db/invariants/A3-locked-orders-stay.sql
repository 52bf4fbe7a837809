-- A3 an order that is locked to a location has open work there only
select k.tenant_id, k.order_id, k.location_id, p.fulfilment_id, p.location_id as lies_at
  from allocation.lock k join warehouse.v_open_place p on p.tenant_id = k.tenant_id and p.order_id = k.order_id
 where p.location_id <> k.location_id
