-- O5 a parcel on its way is watched: a timer looks after it until it has arrived or is given up
select p.tenant_id, p.parcel_id from shipping.parcel p
 where p.state = 'handed_over'
   and not exists (select from engine.job j where j.tenant_id = p.tenant_id and j.step in ('tracking.watch', 'tracking.check', 'tracking.follow') and j.subject = p.parcel_id)
   and not exists (select from engine.dead_letter d where d.tenant_id = p.tenant_id and d.step in ('tracking.watch', 'tracking.check', 'tracking.follow') and d.subject = p.parcel_id)
