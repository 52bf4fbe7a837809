-- N3 what was changed although rules were frozen was changed while a promotion had frozen them
select o.tenant_id, o.override_id, o.promotion_id, o.what
  from modes.freeze_override o
  left join modes.promotion p on p.tenant_id = o.tenant_id and p.promotion_id = o.promotion_id
 where p.promotion_id is null or not p.frozen or o.at < p.from_at or o.at >= coalesce(p.ended_at, p.until_at)
