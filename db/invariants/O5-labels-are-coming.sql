-- O5 a packed parcel gets its label: the job that buys it is there, or dead-lettered where a person sees it
select p.tenant_id, p.parcel_id, p.fulfilment_id
  from shipping.parcel p join warehouse.fulfilment_order f on f.tenant_id = p.tenant_id and f.fulfilment_id = p.fulfilment_id
 where p.state = 'packed' and f.state = 'packed'
   and not exists (select from engine.job j where j.tenant_id = p.tenant_id and j.step = 'shipping.label' and j.subject = p.fulfilment_id)
   and not exists (select from engine.dead_letter d where d.tenant_id = p.tenant_id and d.step = 'shipping.label' and d.subject = p.fulfilment_id)
