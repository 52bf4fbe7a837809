-- A comparison whose replay failed for good ends as failed and says what went wrong; an experiment says which figure decides.

alter table lab.comparison
  add column failure_detail text check (length(failure_detail) between 1 and 500),
  add check (failure_detail is null or failure is not null);

with broken as (
  update lab.comparison c set state = 'failed', failure = 'broken', failure_detail = left(d.error, 500), ended_at = d.died_at
    from engine.dead_letter d
   where d.tenant_id = c.tenant_id and d.step = 'lab.replay' and d.subject = c.comparison_id and c.ended_at is null
  returning c.tenant_id, c.comparison_id),
queued as (
  delete from lab.queue q using broken b where q.tenant_id = b.tenant_id and q.comparison_id = b.comparison_id)
delete from lab.stretch s using broken b where s.tenant_id = b.tenant_id and s.comparison_id = b.comparison_id;

-- null: started before anybody was asked
alter table policies.experiment
  add column decides text collate "C" check (decides in ('cost', 'split', 'promise_kept', 'unallocated'));
