-- Y3 exactly while an experiment runs, the newest fact of its kind gives its draft a share of the orders
select coalesce(e.tenant_id, f.tenant_id) as tenant_id, e.experiment_id, f.value->>'experiment_id' as deciding
  from (select tenant_id, experiment_id, kind from policies.experiment where stopped_at is null) e
  full join (
    select distinct on (tenant_id, key) tenant_id, key, value from platform.fact
     where kind = 'rules' and key like '%.experiment' order by tenant_id, key, valid_from desc, version_id desc) f
    on f.tenant_id = e.tenant_id and f.key = e.kind || '.experiment'
 where (f.value->>'experiment_id')::uuid is distinct from e.experiment_id
