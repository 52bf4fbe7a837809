-- H1 a label that was paid for is used with its parcel or given back with it; none is used twice or forgotten
select l.tenant_id, l.label_id, l.parcel_id, l.state, p.state as parcel_state
  from shipping.label l left join shipping.parcel p on p.tenant_id = l.tenant_id and p.parcel_id = l.parcel_id
 where p.parcel_id is null
    or (l.state = 'bought' and p.state in ('packed', 'handed_over', 'delivered', 'lost'))
    or (l.state = 'used' and p.state in ('packed', 'labelled', 'voided'))
    or (l.state = 'voided' and p.state <> 'voided')
    or (l.state = 'bought' and p.state = 'voided'
        and not exists (select from engine.job j where j.tenant_id = l.tenant_id and j.step = 'shipping.void' and j.subject = l.parcel_id)
        and not exists (select from engine.dead_letter d where d.tenant_id = l.tenant_id and d.step = 'shipping.void' and d.subject = l.parcel_id))
