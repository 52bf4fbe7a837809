-- I1 every open thing of a source has its open item in the inbox, or a job that will make it
select s.tenant_id, s.kind, s.source_id, s.subject from inbox.v_source s
 where not exists (select from inbox.item i where i.tenant_id = s.tenant_id and i.source_id = s.source_id and i.state <> 'closed')
   and not exists (select from engine.job j where j.tenant_id = s.tenant_id and j.step = 'inbox.follow' and j.subject = s.subject)
   and not exists (select from engine.dead_letter d where d.tenant_id = s.tenant_id and d.step = 'inbox.follow' and d.subject = s.subject)
