-- Intake: messages that could not become orders yet, and imports of files with how far they have come.
create schema intake;
grant usage on schema intake to ordo_app, ordo_maintenance;

-- A message that is no order yet. The message itself is a file (personal data, 90 days); here are ids, states and typed reasons only.
create table intake.staged (
  tenant_id uuid not null,
  staged_id uuid not null,
  channel text collate "C" not null,
  external_id text collate "C" not null,
  source text collate "C" not null check (source in ('api', 'bulk', 'import', 'connector', 'edi')),
  state text collate "C" not null default 'waiting',
  reasons jsonb not null,
  content_sha256 bytea not null,
  file_id uuid not null,
  attempts integer not null default 1 check (attempts > 0),
  order_id uuid,
  received_at timestamptz not null,
  tried_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  note text,
  primary key (tenant_id, staged_id),
  constraint staged_state check (state in ('waiting', 'replayed', 'dismissed')),
  check ((state = 'waiting') = (settled_at is null)),
  check ((state = 'replayed') = (order_id is not null))
) with (fillfactor = 80);
create unique index staged_waiting on intake.staged (tenant_id, channel, external_id) where state = 'waiting' and external_id <> '';
create index staged_state on intake.staged (tenant_id, state, staged_id);
select platform.close_table('intake.staged');

-- Why waiting messages wait, by code and SKU: what a replay after a mended cause looks for. Gone when the message is settled.
create table intake.staged_cause (
  tenant_id uuid not null,
  code text collate "C" not null,
  sku text collate "C" not null default '',
  staged_id uuid not null,
  primary key (tenant_id, code, sku, staged_id)
);
create index staged_cause_message on intake.staged_cause (tenant_id, staged_id);
create index staged_cause_sku on intake.staged_cause (tenant_id, sku, staged_id) where sku <> '';
select platform.close_table('intake.staged_cause');

-- An import of files: what was read by which mapping, and how many groups of rows are settled. groups_done moves in the transaction
-- that keeps the orders, so a killed import goes on where it was.
create table intake.import_run (
  tenant_id uuid not null,
  run_id uuid not null,
  name text not null,
  channel text collate "C" not null,
  -- of the mapping and of the files: an import is resumed only with the same
  content_sha256 bytea not null,
  state text collate "C" not null default 'running',
  -- who works on it, and when he last said so
  holder uuid not null,
  seen_at timestamptz not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  groups_done integer not null default 0,
  rows_read integer not null default 0,
  accepted integer not null default 0,
  staged integer not null default 0,
  rejected integer not null default 0,
  summary jsonb,
  primary key (tenant_id, run_id),
  constraint import_run_state check (state in ('running', 'done', 'failed')),
  check ((state = 'running') = (ended_at is null))
);
create unique index import_running on intake.import_run (tenant_id, content_sha256) where state = 'running';
select platform.close_table('intake.import_run');

-- What became of each group of rows; group_no counts the groups of the files in reading order.
create table intake.import_group (
  tenant_id uuid not null,
  run_id uuid not null,
  group_no integer not null,
  external_id text collate "C" not null,
  outcome text collate "C" not null check (outcome in ('accepted', 'repeated', 'staged', 'conflict', 'rejected', 'returns')),
  order_id uuid,
  reason text,
  primary key (tenant_id, run_id, group_no)
);
select platform.close_table('intake.import_group');

-- Rows that give goods back, matched to the line that they were bought by; applied once the goods are delivered. source_key names the row
-- for ever, so the same file imported twice gives nothing back twice.
create table intake.import_return (
  tenant_id uuid not null,
  source_key text collate "C" not null,
  part_no integer not null,
  run_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  quantity integer not null check (quantity > 0),
  returned_at timestamptz not null,
  state text collate "C" not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  return_id uuid,
  problem text,
  primary key (tenant_id, source_key, part_no)
);
create index import_return_waiting on intake.import_return (tenant_id, run_id, order_id) where state = 'waiting';
select platform.close_table('intake.import_return');
