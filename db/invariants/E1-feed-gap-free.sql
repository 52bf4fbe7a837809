-- E1 the positions of the feed run from the oldest that is kept to the newest without a gap, each event once
select c.tenant_id, c.purged_position, c.last_position, f.positions, f.events, f.first, f.last from outbox.feed_counter c
  left join (
    select tenant_id, count(*) as positions, count(distinct event_id) as events, min(position) as first, max(position) as last
      from outbox.feed group by tenant_id) f on f.tenant_id = c.tenant_id
 where coalesce(f.positions, 0) <> c.last_position - c.purged_position
    or f.events <> f.positions
    or f.first <> c.purged_position + 1
    or f.last <> c.last_position
