-- N2 a promotion that is planned or on has the timer that ends it, and one that is planned the timer that begins it
select p.tenant_id, p.promotion_id, p.state, s.step
  from modes.promotion p
  cross join lateral (values ('modes.end-promotion'), ('modes.begin-promotion')) s (step)
 where p.state in ('planned', 'active') and (s.step = 'modes.end-promotion' or p.state = 'planned')
   and not exists (select from engine.job j where j.tenant_id = p.tenant_id and j.step = s.step and j.subject = p.promotion_id)
   and not exists (select from engine.dead_letter l where l.tenant_id = p.tenant_id and l.step = s.step and l.subject = p.promotion_id)
