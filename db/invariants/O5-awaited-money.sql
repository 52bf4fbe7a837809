-- O5 money that is awaited has a deadline that will be met, and every open request somebody who makes it
select i.tenant_id, i.intent_id as subject, 'no deadline' as lacks from payment.intent i
 where i.state = 'pending'
   and not exists (select from engine.job j where j.tenant_id = i.tenant_id and j.step in ('payment.deadline', 'payment.expire') and j.subject = i.intent_id)
   and not exists (select from engine.dead_letter d where d.tenant_id = i.tenant_id and d.step in ('payment.deadline', 'payment.expire') and d.subject = i.intent_id)
union all
select r.tenant_id, r.request_id, 'no call' from payment.request r
 where r.state = 'asked'
   and not exists (select from engine.job j where j.tenant_id = r.tenant_id and j.step = 'payment.' || r.kind and j.subject = r.request_id)
   and not exists (select from engine.dead_letter d where d.tenant_id = r.tenant_id and d.step = 'payment.' || r.kind and d.subject = r.request_id)
   -- an open page waits for its customer, under the deadline of its intent
   and not (r.kind = 'authorise' and exists (select from payment.intent i where i.tenant_id = r.tenant_id and i.intent_id = r.intent_id and i.provider_ref is not null))
