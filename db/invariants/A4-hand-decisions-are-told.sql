-- A4 what gave units a place by hand has the explanation of its decision, and a lock, or a refusal that counts no more, the decision that made it
select d.tenant_id, d.order_id, d.decision_id from allocation.manual_decision d
 where d.kind in ('allocate', 'move', 'split', 'merge')
   and not exists (select from allocation.explanation x where x.tenant_id = d.tenant_id and x.decision_id = d.decision_id and x.order_id = d.order_id and x.cause = 'manual')
union all
select k.tenant_id, k.order_id, k.decision_id from allocation.lock k
 where not exists (select from allocation.manual_decision d
                    where d.tenant_id = k.tenant_id and d.decision_id = k.decision_id and d.order_id = k.order_id and d.kind = 'lock')
union all
select l.tenant_id, l.order_id, l.decision_id from allocation.lifted l
 where not exists (select from allocation.manual_decision d
                    where d.tenant_id = l.tenant_id and d.decision_id = l.decision_id and d.order_id = l.order_id and d.kind = 'lift')
