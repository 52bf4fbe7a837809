-- N5 each decision with last good values says so in its explanation
select d.tenant_id, d.decision_id, d.degradation_id
  from allocation.degraded_decision d
  left join modes.degradation g on g.tenant_id = d.tenant_id and g.degradation_id = d.degradation_id
  left join allocation.explanation e on e.tenant_id = d.tenant_id and e.decision_id = d.decision_id
 where g.degradation_id is null or e.decision_id is null or not coalesce(e.detail -> 'degraded' ? g.kind, false)
