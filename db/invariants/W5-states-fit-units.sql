-- W5 the state of a fulfilment order follows from its units: nothing open in a shipped or cancelled one, something open in every other
with units as (
  select tenant_id, fulfilment_id, sum(to_pick) as to_pick, sum(picked) as picked, sum(packed) as packed, sum(shipped) as shipped
    from warehouse.fulfilment_line group by tenant_id, fulfilment_id)
select f.tenant_id, f.fulfilment_id, f.state, u.to_pick, u.picked, u.packed, u.shipped
  from warehouse.fulfilment_order f left join units u on u.tenant_id = f.tenant_id and u.fulfilment_id = f.fulfilment_id
 where u.fulfilment_id is null
    or case f.state
         when 'shipped' then u.to_pick + u.picked + u.packed > 0 or u.shipped = 0
         when 'cancelled' then u.to_pick + u.picked + u.packed + u.shipped > 0
         when 'packed' then u.to_pick + u.picked > 0 or u.packed = 0
         when 'picking' then u.to_pick + u.picked = 0
         else u.to_pick = 0 or u.picked + u.packed + u.shipped > 0 end
