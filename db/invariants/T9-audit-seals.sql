-- T9 the audit chain verifies: blocks follow each other without a gap, each holds the digest of its entries, and every entry is sealed or waits for it
with chain as (
  select tenant_id, block_no, entry_ids, merkle_root, previous_hash, hash,
         lag(block_no, 1, 0) over w as last_no, lag(hash, 1, decode(repeat('00', 32), 'hex')) over w as last_hash
    from audit.block window w as (partition by tenant_id order by block_no)),
sealed as (
  select c.tenant_id, c.block_no, u.entry_id, u.place from chain c cross join lateral unnest(c.entry_ids) with ordinality as u (entry_id, place)),
roots as (
  select s.tenant_id, s.block_no, count(e.entry_id) as found, audit.merkle_root(array_agg(audit.leaf(e) order by s.place)) as root
    from sealed s left join audit.entry e on e.tenant_id = s.tenant_id and e.entry_id = s.entry_id group by s.tenant_id, s.block_no),
waiting as (
  select j.tenant_id, w.entry_id::uuid as entry_id
    from (select tenant_id, payload from engine.job where step = 'audit.seal' union all select tenant_id, payload from engine.dead_letter where step = 'audit.seal') j
   cross join lateral jsonb_array_elements_text(j.payload -> 'entry_ids') as w (entry_id))
select c.tenant_id, c.block_no::text as place,
       case when c.block_no <> c.last_no + 1 then 'a block is missing before'
            when c.previous_hash <> c.last_hash or c.hash <> sha256(c.previous_hash || c.merkle_root) then 'the chain is broken'
            when r.found <> cardinality(c.entry_ids) then 'an entry is missing'
            else 'an entry was changed' end as fault
  from chain c join roots r on r.tenant_id = c.tenant_id and r.block_no = c.block_no
 where c.block_no <> c.last_no + 1 or c.previous_hash <> c.last_hash or c.hash <> sha256(c.previous_hash || c.merkle_root)
    or r.found <> cardinality(c.entry_ids) or r.root is distinct from c.merkle_root
union all
select h.tenant_id, h.block_no::text, 'the end of the chain is missing'
  from audit.head h left join audit.block b on b.tenant_id = h.tenant_id and b.block_no = h.block_no
 where h.block_no > 0 and (b.hash is distinct from h.hash)
union all
select e.tenant_id, e.entry_id::text, 'is not sealed and no job will seal it'
  from audit.entry e
 where not exists (select from sealed s where s.tenant_id = e.tenant_id and s.entry_id = e.entry_id)
   and not exists (select from waiting w where w.tenant_id = e.tenant_id and w.entry_id = e.entry_id)
