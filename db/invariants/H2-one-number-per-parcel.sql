-- H2 a parcel that has a tracking number has it from exactly one living label of its carrier, and no other parcel has it
with labelled as (
  select p.tenant_id, p.parcel_id, p.carrier, p.tracking_number,
         (select count(*) from shipping.label l where l.tenant_id = p.tenant_id and l.parcel_id = p.parcel_id and l.state <> 'voided'
             and l.carrier = p.carrier and l.tracking_number = p.tracking_number) as labels,
         (select count(*) from shipping.parcel o where o.tenant_id = p.tenant_id and o.carrier = p.carrier and o.tracking_number = p.tracking_number) as parcels
    from shipping.parcel p where p.state in ('labelled', 'handed_over', 'delivered', 'lost'))
select tenant_id, parcel_id, carrier, tracking_number, labels, parcels from labelled where labels <> 1 or parcels <> 1
