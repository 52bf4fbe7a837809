-- I2 every open item of the inbox has its open source, or a job that will close it; promises end with their work within a minute, swept by time
select i.tenant_id, i.item_id, i.kind, i.source_id from inbox.item i
 where i.state <> 'closed'
   and case when i.kind = 'promise'
            then not exists (select from warehouse.fulfilment_order f where f.tenant_id = i.tenant_id and f.fulfilment_id = i.source_id)
            else not exists (select from inbox.v_source s where s.tenant_id = i.tenant_id and s.subject = i.subject and s.source_id = i.source_id)
                 and not exists (select from engine.job j where j.tenant_id = i.tenant_id and j.step = 'inbox.follow' and j.subject = i.subject)
                 and not exists (select from engine.dead_letter d where d.tenant_id = i.tenant_id and d.step = 'inbox.follow' and d.subject = i.subject) end
