-- P1 an erased person has no personal data left: not in the person, the orders, the search keys, the notes, the files, and the log says that it was done
with erased as (
  select p.tenant_id, p.person_id, o.order_id, o.ship_city, o.ship_postcode, o.ship_lat, o.ship_lon, o.attributes
    from orders.person p left join orders.order o on o.tenant_id = p.tenant_id and o.person_id = p.person_id
   where p.erased_at is not null)
select p.tenant_id, p.person_id, 'person' as left_in from orders.person p
 where p.erased_at is not null and (num_nonnulls(p.name, p.email, p.phone, p.address_lines, p.district, p.note) > 0
    or not exists (select from privacy.erasure l where l.tenant_id = p.tenant_id and l.person_id = p.person_id))
union all
select l.tenant_id, l.person_id, 'log' from privacy.erasure l join orders.person p on p.tenant_id = l.tenant_id and p.person_id = l.person_id
 where p.erased_at is null
union all
select tenant_id, person_id, 'order' from erased where num_nonnulls(ship_city, ship_postcode, ship_lat, ship_lon) > 0 or attributes <> '{}'
union all
select e.tenant_id, e.person_id, 'former address' from erased e
  join orders.former_destination f on f.tenant_id = e.tenant_id and f.order_id = e.order_id
 where num_nonnulls(f.ship_city, f.ship_postcode, f.ship_lat, f.ship_lon) > 0
union all
select e.tenant_id, e.person_id, 'search key' from erased e join orders.search_key s on s.tenant_id = e.tenant_id and s.order_id = e.order_id
 where s.kind in ('phone', 'phone_tail', 'name', 'email')
union all
select e.tenant_id, e.person_id, 'note' from erased e join orders.note n on n.tenant_id = e.tenant_id and n.order_id = e.order_id where n.text <> '[erased]' and n.written_at <= (
  select l.erased_at from privacy.erasure l where l.tenant_id = e.tenant_id and l.person_id = e.person_id)
union all
select e.tenant_id, e.person_id, 'reason of a decision' from erased e join allocation.manual_decision d on d.tenant_id = e.tenant_id and d.order_id = e.order_id
 where d.reason <> '[erased]' and d.decided_at <= (select l.erased_at from privacy.erasure l where l.tenant_id = e.tenant_id and l.person_id = e.person_id)
union all
select e.tenant_id, e.person_id, 'rejection note' from erased e
  join warehouse.rejection_line l on l.tenant_id = e.tenant_id and l.order_id = e.order_id
  join warehouse.rejection r on r.tenant_id = l.tenant_id and r.rejection_id = l.rejection_id
 where r.note <> '[erased]' and r.at <= (select x.erased_at from privacy.erasure x where x.tenant_id = e.tenant_id and x.person_id = e.person_id)
union all
select e.tenant_id, e.person_id, 'file' from erased e join files.object f on f.tenant_id = e.tenant_id and f.person_id = e.person_id
union all
select e.tenant_id, e.person_id, 'label' from erased e
  join shipping.parcel_line l on l.tenant_id = e.tenant_id and l.order_id = e.order_id
  join shipping.parcel c on c.tenant_id = l.tenant_id and c.parcel_id = l.parcel_id
  join files.object f on f.tenant_id = c.tenant_id and f.file_id = c.label_file_id
union all
select e.tenant_id, e.person_id, 'raw message' from erased e
  join intake.staged s on s.tenant_id = e.tenant_id and s.order_id = e.order_id
  join files.object f on f.tenant_id = s.tenant_id and f.file_id = s.file_id
