-- H4 where a parcel is follows from its scans alone: the highest rank and the latest word among them
with told as (
  select p.tenant_id, p.parcel_id, p.rank, p.last_at, max(s.at) as latest,
         coalesce(max(case s.code when 'announced' then 0 when 'out_for_delivery' then 20 when 'ready_for_pickup' then 20 when 'lost' then 70
                                  when 'returned' then 80 when 'delivered' then 90 else 10 end) filter (where s.code is not null), 0) as highest
    from tracking.parcel p left join tracking.scan s on s.tenant_id = p.tenant_id and s.tracking_number = p.tracking_number and s.carrier = p.carrier
   group by p.tenant_id, p.parcel_id, p.rank, p.last_at)
select tenant_id, parcel_id, rank, highest, last_at, latest from told where rank <> highest or last_at is distinct from latest
