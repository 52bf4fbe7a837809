-- E1 every event has its position in the feed or is in a job that will give it one, unless it is older than the feed
with waiting as (
  select tenant_id, jsonb_array_elements_text(payload -> 'event_ids')::uuid as event_id from engine.job where step = 'outbox.feed'
  union all
  select tenant_id, jsonb_array_elements_text(payload -> 'event_ids')::uuid from engine.dead_letter where step = 'outbox.feed'),
oldest as (select tenant_id, min(event_id::text)::uuid as event_id from outbox.feed group by tenant_id)
select e.tenant_id, e.event_id, e.type, e.at from outbox.event e
  left join outbox.feed_counter c on c.tenant_id = e.tenant_id
  left join oldest o on o.tenant_id = e.tenant_id
 where not exists (select from outbox.feed f where f.tenant_id = e.tenant_id and f.event_id = e.event_id)
   and not exists (select from waiting w where w.tenant_id = e.tenant_id and w.event_id = e.event_id)
   and (coalesce(c.purged_position, 0) = 0 or e.event_id >= o.event_id)
