-- X3 what a disruption counts is what its orders say, and none waits once it is through
select d.tenant_id, d.disruption_id, d.state, d.waiting
  from disruptions.disruption d
  cross join lateral (
    select count(*) filter (where a.result = 'moved') as moved, count(*) filter (where a.result = 'part') as parted,
           count(*) filter (where a.result = 'inbox') as inboxed, count(*) filter (where a.result = 'kept') as kept,
           count(*) filter (where a.result = 'waits') as waits, count(*) filter (where a.result = 'gone') as gone,
           count(*) filter (where a.back = 'returned') as returned, count(*) filter (where a.back = 'elsewhere') as elsewhere,
           count(*) filter (where a.back = 'stays') as stays,
           count(*) filter (where a.result is null or a.back = 'asked') as open
      from disruptions.affected a where a.tenant_id = d.tenant_id and a.disruption_id = d.disruption_id) n
 where d.state not in ('draft', 'planned', 'discarded')
   and ((d.moved, d.parted, d.inboxed, d.kept, d.waits, d.gone, d.returned, d.elsewhere, d.stays)
        is distinct from (n.moved, n.parted, n.inboxed, n.kept, n.waits, n.gone, n.returned, n.elsewhere, n.stays)
        or (d.waiting < n.open) or (d.state = 'undone' and d.waiting > 0))
