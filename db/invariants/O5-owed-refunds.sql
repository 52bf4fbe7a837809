-- O5 what is owed for returns is asked of payment, or will be: its job is there
select r.tenant_id, r.return_id, r.refund_due, r.refund_asked from returns.return r
 where r.refund_asked < r.refund_due
   and not exists (select from engine.job j where j.tenant_id = r.tenant_id and j.step = 'returns.refund' and j.subject = r.return_id)
   and not exists (select from engine.dead_letter d where d.tenant_id = r.tenant_id and d.step = 'returns.refund' and d.subject = r.return_id)
