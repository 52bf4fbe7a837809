-- M3 what an intent awaits from its provider is the sum of its open requests
with open as (
  select tenant_id, intent_id,
         coalesce(sum(amount) filter (where kind = 'capture'), 0) as capturing,
         coalesce(sum(amount) filter (where kind = 'refund'), 0) as refunding,
         coalesce(sum(amount) filter (where kind = 'void'), 0) as voiding
    from payment.request where state = 'asked' group by tenant_id, intent_id)
select i.tenant_id, i.intent_id, i.capturing, o.capturing as asked_capturing, i.refunding, o.refunding as asked_refunding,
       i.voiding, o.voiding as asked_voiding
  from payment.intent i left join open o on o.tenant_id = i.tenant_id and o.intent_id = i.intent_id
 where i.capturing <> coalesce(o.capturing, 0) or i.refunding <> coalesce(o.refunding, 0) or i.voiding <> coalesce(o.voiding, 0)
