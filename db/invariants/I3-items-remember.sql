-- I3 every item of the inbox has the beginning of its history, a closed one its end, and one that is put off a timer that brings it back
select i.tenant_id, i.item_id, i.state from inbox.item i
 where not exists (select from inbox.entry e where e.tenant_id = i.tenant_id and e.item_id = i.item_id and e.what = 'opened')
    or (i.state = 'closed' and not exists (select from inbox.entry e where e.tenant_id = i.tenant_id and e.item_id = i.item_id and e.what = 'closed'))
    or (i.state = 'snoozed' and not exists (select from engine.job j where j.tenant_id = i.tenant_id and j.step = 'inbox.wake' and j.subject = i.item_id)
        and not exists (select from engine.dead_letter d where d.tenant_id = i.tenant_id and d.step = 'inbox.wake' and d.subject = i.item_id))
