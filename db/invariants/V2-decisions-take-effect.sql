-- V2 a decision that waits out its undo has the job that makes it take effect
select d.tenant_id, d.decision_id from review.decision d
 where d.state = 'pending'
   and not exists (select from engine.job j where j.tenant_id = d.tenant_id and j.step = 'review.apply' and j.subject = d.decision_id)
   and not exists (select from engine.dead_letter l where l.tenant_id = d.tenant_id and l.step = 'review.apply' and l.subject = d.decision_id)
