-- Who did what: one row per request of a person or key, only ever added, sealed in a chain of blocks that shows every later change.
create schema audit;
grant usage on schema audit to ordo_app, ordo_maintenance;

create table audit.entry (
  tenant_id uuid not null,
  entry_id uuid not null,
  at timestamptz not null,
  actor text collate "C" not null,
  route text collate "C" not null,
  request_id uuid,
  status smallint,
  -- what it was about: an id, or a SKU, a location …; the first of subjects
  subject text collate "C",
  subjects text[] not null,
  count integer not null check (count > 0),
  -- keyed digests (HMAC-SHA-256, hex): they prove and compare, they tell nothing
  request_digest text collate "C",
  before_digest text collate "C",
  after_digest text collate "C",
  primary key (tenant_id, entry_id)
) partition by range (entry_id);
create table audit.entry_default partition of audit.entry default;
alter table audit.entry_default enable row level security;
alter table audit.entry_default force row level security;
create index entry_subject on audit.entry (tenant_id, subject, entry_id);
-- what a person did; the keys' share is far larger and is found by subject
create index entry_person on audit.entry (tenant_id, actor, entry_id) where starts_with(actor, 'user:');
select platform.close_ledger('audit.entry');

-- Sealed entries in the order of their ids: hash = sha256(previous_hash ‖ merkle_root).
create table audit.block (
  tenant_id uuid not null,
  block_no integer not null check (block_no > 0),
  entry_ids uuid[] not null check (cardinality(entry_ids) > 0),
  merkle_root bytea not null check (octet_length(merkle_root) = 32),
  previous_hash bytea not null check (octet_length(previous_hash) = 32),
  hash bytea not null check (octet_length(hash) = 32),
  sealed_at timestamptz not null,
  primary key (tenant_id, block_no)
);
select platform.close_ledger('audit.block');

-- The end of each tenant's chain: its row is what sealers wait for.
create table audit.head (
  tenant_id uuid primary key,
  block_no integer not null,
  hash bytea not null check (octet_length(hash) = 32)
);
select platform.close_table('audit.head');

-- The digest of one entry: sha256(0 ‖ text), the text its fields, each with its length before it, so that no two different entries give the same text.
create function audit.leaf(e audit.entry) returns bytea language sql immutable set search_path = pg_catalog as $$
  select sha256('\x00'::bytea || convert_to(
    (select string_agg(case when field is null then '-' else octet_length(field) || ':' || field end, ',' order by place)
       from unnest(array[
         e.tenant_id::text, e.entry_id::text, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), e.actor, e.route, e.request_id::text,
         e.status::text, e.count::text, e.request_digest, e.before_digest, e.after_digest] || e.subjects) with ordinality as f (field, place)), 'UTF8'))
$$;

-- The Merkle root of leaves in order: sha256(1 ‖ left ‖ right) level by level, an odd one goes up as it is.
create function audit.merkle_root(leaves bytea[]) returns bytea language plpgsql immutable set search_path = pg_catalog as $$
declare
  level bytea[] := leaves;
begin
  while cardinality(level) > 1 loop
    level := array(
      select case when level[i + 1] is null then level[i] else sha256('\x01'::bytea || level[i] || level[i + 1]) end
        from generate_series(1, cardinality(level), 2) as i order by i);
  end loop;
  return level[1];
end $$;
grant execute on function audit.leaf(audit.entry), audit.merkle_root(bytea[]) to ordo_app, ordo_maintenance;
