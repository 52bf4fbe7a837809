-- The schema after all migrations: made by `node scripts/dump-schema.ts`, compared with the migrations by a test. To be read, not to be run.

-- Schemas

create schema allocation;

create schema audit;

create schema capacity;

create schema catalog;

create schema disruptions;

create schema engine;

create schema files;

create schema identity;

create schema inbox;

create schema intake;

create schema inventory;

create schema lab;

create schema modes;

create schema notifications;

create schema orders;

create schema outbox;

create schema payment;

create schema platform;

create schema policies;

create schema privacy;

create schema returns;

create schema review;

create schema shipping;

create schema tracking;

create schema warehouse;

-- Tables

create table allocation.degraded_decision (
  tenant_id uuid not null,
  degradation_id uuid not null,
  decision_id uuid not null,
  order_id uuid not null,
  decided_at timestamp with time zone not null,
  result text collate "C",
  cost_now bigint,
  cost_best bigint,
  settled_at timestamp with time zone
) with (fillfactor=80);
alter table allocation.degraded_decision enable row level security;
alter table allocation.degraded_decision force row level security;

create table allocation.exception (
  tenant_id uuid not null,
  exception_id uuid not null,
  order_id uuid not null,
  network_id text collate "C" not null,
  reason text collate "C" not null,
  skus text[] not null,
  units integer not null,
  value bigint not null,
  currency text not null,
  decision_id uuid not null,
  opened_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  resolution text collate "C",
  queue text collate "C",
  hindrances text[] default '{}'::text[] not null,
  ruled_by text collate "C",
  try_again_at timestamp with time zone,
  cancel_from timestamp with time zone,
  try_because text collate "C",
  home text[] default '{}'::text[] not null
);
alter table allocation.exception enable row level security;
alter table allocation.exception force row level security;

create table allocation.exclusion (
  tenant_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  location_id text collate "C" not null,
  reason text collate "C" not null,
  excluded_by text not null,
  excluded_at timestamp with time zone not null
);
alter table allocation.exclusion enable row level security;
alter table allocation.exclusion force row level security;

create table allocation.explanation (
  tenant_id uuid not null,
  decision_id uuid not null,
  order_id uuid not null,
  at timestamp with time zone not null,
  cause text collate "C" not null,
  outcome text collate "C" not null,
  currency text not null,
  cost bigint,
  margin bigint,
  detail jsonb not null
) partition by RANGE (decision_id);
alter table allocation.explanation enable row level security;
alter table allocation.explanation force row level security;

create table allocation.known_place (
  tenant_id uuid not null,
  channel text collate "C" not null,
  country text collate "C" not null,
  postcode text collate "C" not null,
  lat numeric(5,2) not null,
  lon numeric(5,2) not null,
  seen_at timestamp with time zone not null
);
alter table allocation.known_place enable row level security;
alter table allocation.known_place force row level security;

create table allocation.lifted (
  tenant_id uuid not null,
  order_id uuid not null,
  refusal_id uuid not null,
  decision_id uuid not null
);
alter table allocation.lifted enable row level security;
alter table allocation.lifted force row level security;

create table allocation.limited_place (
  tenant_id uuid not null,
  location_id text collate "C" not null
);
alter table allocation.limited_place enable row level security;
alter table allocation.limited_place force row level security;

create table allocation.lock (
  tenant_id uuid not null,
  order_id uuid not null,
  location_id text collate "C" not null,
  decision_id uuid not null
);
alter table allocation.lock enable row level security;
alter table allocation.lock force row level security;

create table allocation.manual_decision (
  tenant_id uuid not null,
  decision_id uuid not null,
  order_id uuid not null,
  kind text collate "C" not null,
  reason text not null,
  decided_by text not null,
  decided_at timestamp with time zone not null,
  detail jsonb not null
);
alter table allocation.manual_decision enable row level security;
alter table allocation.manual_decision force row level security;

create table audit.block (
  tenant_id uuid not null,
  block_no integer not null,
  entry_ids uuid[] not null,
  merkle_root bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamp with time zone not null
);
alter table audit.block enable row level security;
alter table audit.block force row level security;

create table audit.entry (
  tenant_id uuid not null,
  entry_id uuid not null,
  at timestamp with time zone not null,
  actor text collate "C" not null,
  route text collate "C" not null,
  request_id uuid,
  status smallint,
  subject text collate "C",
  subjects text[] not null,
  count integer not null,
  request_digest text collate "C",
  before_digest text collate "C",
  after_digest text collate "C"
) partition by RANGE (entry_id);
alter table audit.entry enable row level security;
alter table audit.entry force row level security;

create table audit.head (
  tenant_id uuid not null,
  block_no integer not null,
  hash bytea not null
);
alter table audit.head enable row level security;
alter table audit.head force row level security;

create table capacity.booking (
  tenant_id uuid not null,
  fulfilment_id uuid not null,
  location_id text collate "C" not null,
  starts_at timestamp with time zone not null,
  lines integer not null,
  seconds integer not null,
  booked_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text collate "C"
) with (fillfactor=80);
alter table capacity.booking enable row level security;
alter table capacity.booking force row level security;

create table capacity.pace (
  tenant_id uuid not null,
  location_id text collate "C" not null,
  factor numeric(6,3) not null,
  scans integer not null,
  measured_at timestamp with time zone not null
);
alter table capacity.pace enable row level security;
alter table capacity.pace force row level security;

create table capacity.slot (
  tenant_id uuid not null,
  location_id text collate "C" not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  max_orders integer,
  max_lines integer,
  max_seconds integer,
  orders integer default 0 not null,
  lines integer default 0 not null,
  seconds integer default 0 not null,
  done_orders integer default 0 not null,
  done_lines integer default 0 not null,
  done_seconds integer default 0 not null
) with (fillfactor=50);
alter table capacity.slot enable row level security;
alter table capacity.slot force row level security;

create table catalog.sku (
  tenant_id uuid not null,
  sku text collate "C" not null,
  name text not null,
  name_zh text,
  category text collate "C" default ''::text not null,
  state text default 'active'::text not null,
  weight_grams integer not null,
  length_mm integer not null,
  width_mm integer not null,
  height_mm integer not null,
  handling_classes text[] default '{}'::text[] not null,
  gtin text collate "C",
  price_minor bigint,
  currency text,
  updated_at timestamp with time zone not null
);
alter table catalog.sku enable row level security;
alter table catalog.sku force row level security;

create table disruptions.affected (
  tenant_id uuid not null,
  disruption_id uuid not null,
  order_id uuid not null,
  rank integer not null,
  plan text collate "C" not null,
  cause text collate "C",
  units integer not null,
  unmet integer not null,
  cost_before bigint,
  cost_after bigint,
  promised_at timestamp with time zone,
  arrives_before timestamp with time zone,
  arrives_after timestamp with time zone,
  places jsonb not null,
  targets jsonb not null,
  taken_id uuid,
  result text collate "C",
  result_cost bigint,
  back text collate "C",
  back_cause text collate "C"
) with (fillfactor=70);
alter table disruptions.affected enable row level security;
alter table disruptions.affected force row level security;

create table disruptions.disruption (
  tenant_id uuid not null,
  disruption_id uuid not null,
  name text not null,
  reason text collate "C" not null,
  note text,
  scope jsonb not null,
  location_ids text[] not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  state text collate "C" not null,
  version integer default 1 not null,
  currency text collate "C" not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  planned_at timestamp with time zone,
  applied_at timestamp with time zone,
  ended_at timestamp with time zone,
  orders integer default 0 not null,
  units integer default 0 not null,
  unmet integer default 0 not null,
  to_move integer default 0 not null,
  to_part integer default 0 not null,
  to_inbox integer default 0 not null,
  to_keep integer default 0 not null,
  late_before integer default 0 not null,
  late_after integer default 0 not null,
  cost_before bigint default 0 not null,
  cost_after bigint default 0 not null,
  waiting integer default 0 not null,
  moved integer default 0 not null,
  parted integer default 0 not null,
  inboxed integer default 0 not null,
  kept integer default 0 not null,
  waits integer default 0 not null,
  gone integer default 0 not null,
  returned integer default 0 not null,
  elsewhere integer default 0 not null,
  stays integer default 0 not null,
  degraded text[] default '{}'::text[] not null
) with (fillfactor=80);
alter table disruptions.disruption enable row level security;
alter table disruptions.disruption force row level security;

create table engine.chore (
  name text collate "C" not null,
  due_at timestamp with time zone not null,
  taken_until timestamp with time zone,
  done_at timestamp with time zone,
  rows bigint default 0 not null,
  last_error text
);
alter table engine.chore enable row level security;
alter table engine.chore force row level security;

create table engine.dead_letter (
  tenant_id uuid not null,
  step text collate "C" not null,
  job_id uuid not null,
  subject uuid not null,
  attempts smallint not null,
  payload jsonb,
  error text not null,
  died_at timestamp with time zone not null
);
alter table engine.dead_letter enable row level security;
alter table engine.dead_letter force row level security;

create table engine.job (
  tenant_id uuid not null,
  step text collate "C" not null,
  due_at timestamp with time zone not null,
  job_id uuid not null,
  subject uuid not null,
  attempts smallint default 0 not null,
  payload jsonb,
  last_error text
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=5000, autovacuum_vacuum_cost_delay=0);
alter table engine.job enable row level security;
alter table engine.job force row level security;

create table engine.process (
  process_id uuid not null,
  kind text not null,
  seen_at timestamp with time zone not null
);
alter table engine.process enable row level security;
alter table engine.process force row level security;

create table engine.suspect (
  tenant_id uuid not null,
  job_id uuid not null,
  crashes smallint not null
);
alter table engine.suspect enable row level security;
alter table engine.suspect force row level security;

create table engine.worker_batch (
  tenant_id uuid not null,
  worker_id uuid not null,
  slot smallint not null,
  step text collate "C" not null,
  job_ids uuid[] not null,
  started_at timestamp with time zone not null
);
alter table engine.worker_batch enable row level security;
alter table engine.worker_batch force row level security;

create table files.object (
  tenant_id uuid not null,
  file_id uuid not null,
  sha256 bytea not null,
  media_type text not null,
  bytes bytea not null,
  person_id uuid,
  keep_until timestamp with time zone not null,
  created_at timestamp with time zone not null
);
alter table files.object enable row level security;
alter table files.object force row level security;

create table identity.api_key (
  tenant_id uuid not null,
  key_id uuid not null,
  name text not null,
  key_sha256 bytea not null,
  hint text not null,
  scopes text[] not null,
  per_minute integer,
  created_at timestamp with time zone not null,
  created_by text not null,
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone
);
alter table identity.api_key enable row level security;
alter table identity.api_key force row level security;

create table identity.session (
  tenant_id uuid not null,
  session_id uuid not null,
  staff_id uuid not null,
  token_sha256 bytea not null,
  device text not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone
);
alter table identity.session enable row level security;
alter table identity.session force row level security;

create table identity.staff (
  tenant_id uuid not null,
  staff_id uuid not null,
  email text collate "C" not null,
  name text not null,
  role text not null,
  locale text not null,
  password_hash text not null,
  password_set_at timestamp with time zone not null,
  failed_attempts smallint default 0 not null,
  locked_until timestamp with time zone,
  left_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by text not null,
  revision integer default 1 not null
);
alter table identity.staff enable row level security;
alter table identity.staff force row level security;

create table inbox.entry (
  tenant_id uuid not null,
  item_id uuid not null,
  entry_id uuid not null,
  at timestamp with time zone not null,
  actor text not null,
  what text collate "C" not null,
  detail text
);
alter table inbox.entry enable row level security;
alter table inbox.entry force row level security;

create table inbox.item (
  tenant_id uuid not null,
  item_id uuid not null,
  kind text collate "C" not null,
  source_id uuid not null,
  subject uuid not null,
  order_id uuid,
  title text not null,
  reason text collate "C" not null,
  value bigint,
  currency text,
  mass double precision not null,
  due_at timestamp with time zone not null,
  rank integer not null,
  next_rank_at timestamp with time zone,
  state text collate "C" default 'open'::text not null,
  queue text collate "C",
  assignee uuid,
  claimed_at timestamp with time zone,
  snoozed_until timestamp with time zone,
  fix text collate "C",
  opened_at timestamp with time zone not null,
  noticed_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_by text,
  outcome text collate "C"
) with (fillfactor=80);
alter table inbox.item enable row level security;
alter table inbox.item force row level security;

create table inbox.keeper (
  tenant_id uuid not null,
  touched_at timestamp with time zone not null
);
alter table inbox.keeper enable row level security;
alter table inbox.keeper force row level security;

create table inbox.skill (
  tenant_id uuid not null,
  skill text collate "C" not null,
  staff_id uuid not null
);
alter table inbox.skill enable row level security;
alter table inbox.skill force row level security;

create table intake.import_group (
  tenant_id uuid not null,
  run_id uuid not null,
  group_no integer not null,
  external_id text collate "C" not null,
  outcome text collate "C" not null,
  order_id uuid,
  reason text
);
alter table intake.import_group enable row level security;
alter table intake.import_group force row level security;

create table intake.import_return (
  tenant_id uuid not null,
  source_key text collate "C" not null,
  part_no integer not null,
  run_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  quantity integer not null,
  returned_at timestamp with time zone not null,
  state text collate "C" default 'waiting'::text not null,
  return_id uuid,
  problem text
);
alter table intake.import_return enable row level security;
alter table intake.import_return force row level security;

create table intake.import_run (
  tenant_id uuid not null,
  run_id uuid not null,
  name text not null,
  channel text collate "C" not null,
  content_sha256 bytea not null,
  state text collate "C" default 'running'::text not null,
  holder uuid not null,
  seen_at timestamp with time zone not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  groups_done integer default 0 not null,
  rows_read integer default 0 not null,
  accepted integer default 0 not null,
  staged integer default 0 not null,
  rejected integer default 0 not null,
  summary jsonb
);
alter table intake.import_run enable row level security;
alter table intake.import_run force row level security;

create table intake.message_bucket (
  tenant_id uuid not null,
  bucket integer not null,
  file_id uuid not null
);
alter table intake.message_bucket enable row level security;
alter table intake.message_bucket force row level security;

create table intake.staged (
  tenant_id uuid not null,
  staged_id uuid not null,
  channel text collate "C" not null,
  external_id text collate "C" not null,
  source text collate "C" not null,
  state text collate "C" default 'waiting'::text not null,
  reasons jsonb not null,
  content_sha256 bytea not null,
  file_id uuid not null,
  attempts integer default 1 not null,
  order_id uuid,
  received_at timestamp with time zone not null,
  tried_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  settled_by text,
  note text
) with (fillfactor=80);
alter table intake.staged enable row level security;
alter table intake.staged force row level security;

create table intake.staged_cause (
  tenant_id uuid not null,
  code text collate "C" not null,
  sku text collate "C" default ''::text not null,
  staged_id uuid not null
);
alter table intake.staged_cause enable row level security;
alter table intake.staged_cause force row level security;

create table inventory.allocation (
  tenant_id uuid not null,
  allocation_id uuid not null,
  reservation_id uuid not null,
  location_id text collate "C" not null,
  sku text collate "C" not null,
  lot text collate "C" default ''::text not null,
  quantity integer not null,
  open integer not null,
  consumed integer default 0 not null,
  released integer default 0 not null,
  created_at timestamp with time zone not null,
  released_at timestamp with time zone
) with (fillfactor=80);
alter table inventory.allocation enable row level security;
alter table inventory.allocation force row level security;

create table inventory.broken_reservation (
  tenant_id uuid not null,
  reservation_id uuid not null,
  broken_id uuid not null,
  demand_id uuid not null,
  demand_line integer not null,
  sku text collate "C" not null,
  quantity integer not null,
  location_id text collate "C",
  cause text not null,
  broken_at timestamp with time zone not null,
  settled_at timestamp with time zone
);
alter table inventory.broken_reservation enable row level security;
alter table inventory.broken_reservation force row level security;

create table inventory.location (
  tenant_id uuid not null,
  location_id text collate "C" not null,
  network_id text collate "C" not null,
  is_open boolean default true not null
);
alter table inventory.location enable row level security;
alter table inventory.location force row level security;

create table inventory.movement (
  tenant_id uuid not null,
  movement_id uuid not null,
  kind text not null,
  sku text collate "C" not null,
  lot text collate "C" default ''::text not null,
  quantity integer not null,
  from_place text collate "C" not null,
  from_condition text default 'sellable'::text not null,
  to_place text collate "C" not null,
  to_condition text default 'sellable'::text not null,
  reference uuid,
  reason text,
  actor text not null,
  at timestamp with time zone not null
) partition by RANGE (movement_id);
alter table inventory.movement enable row level security;
alter table inventory.movement force row level security;

create table inventory.network_stock (
  tenant_id uuid not null,
  network_id text collate "C" not null,
  sku text collate "C" not null,
  stock_id uuid not null,
  supply integer default 0 not null,
  reserved integer default 0 not null,
  presale integer default 0 not null,
  version integer default 1 not null
) with (fillfactor=50);
alter table inventory.network_stock enable row level security;
alter table inventory.network_stock force row level security;

create table inventory.reservation (
  tenant_id uuid not null,
  reservation_id uuid not null,
  demand_id uuid not null,
  demand_line integer not null,
  network_id text collate "C" not null,
  sku text collate "C" not null,
  quantity integer not null,
  open integer not null,
  consumed integer default 0 not null,
  released integer default 0 not null,
  broken integer default 0 not null,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone
) with (fillfactor=80);
alter table inventory.reservation enable row level security;
alter table inventory.reservation force row level security;

create table inventory.stock (
  tenant_id uuid not null,
  location_id text collate "C" not null,
  sku text collate "C" not null,
  lot text collate "C" default ''::text not null,
  on_hand integer default 0 not null,
  unsellable integer default 0 not null,
  allocated integer default 0 not null
) with (fillfactor=70);
alter table inventory.stock enable row level security;
alter table inventory.stock force row level security;

create table lab.changed (
  tenant_id uuid not null,
  comparison_id uuid not null,
  order_id uuid not null,
  at timestamp with time zone not null,
  promised_at timestamp with time zone,
  a jsonb not null,
  b jsonb not null,
  difference bigint,
  size bigint not null,
  what text[] not null
);
alter table lab.changed enable row level security;
alter table lab.changed force row level security;

create table lab.comparison (
  tenant_id uuid not null,
  comparison_id uuid not null,
  name text not null,
  state text collate "C" default 'waiting'::text not null,
  failure text,
  from_at timestamp with time zone,
  to_at timestamp with time zone,
  import_id uuid,
  channel text collate "C",
  side_a jsonb not null,
  side_b jsonb not null,
  clock text collate "C" not null,
  stock text collate "C" not null,
  facts text collate "C" not null,
  currency text collate "C" not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  orders integer default 0 not null,
  done integer default 0 not null,
  opens_at timestamp with time zone,
  closes_at timestamp with time zone,
  result jsonb not null,
  failure_detail text
) with (fillfactor=50);
alter table lab.comparison enable row level security;
alter table lab.comparison force row level security;

create table lab.load (
  tenant_id uuid not null,
  comparison_id uuid not null,
  location_id text collate "C" not null,
  at timestamp with time zone not null,
  a_orders integer not null,
  a_units integer not null,
  b_orders integer not null,
  b_units integer not null
);
alter table lab.load enable row level security;
alter table lab.load force row level security;

create table lab.queue (
  tenant_id uuid not null,
  comparison_id uuid not null,
  rank integer not null,
  batch integer not null,
  order_id uuid not null,
  at timestamp with time zone not null
);
alter table lab.queue enable row level security;
alter table lab.queue force row level security;

create table lab.stretch (
  tenant_id uuid not null,
  comparison_id uuid not null,
  done integer not null,
  taken jsonb not null
);
alter table lab.stretch enable row level security;
alter table lab.stretch force row level security;

create table modes.degradation (
  tenant_id uuid not null,
  degradation_id uuid not null,
  kind text collate "C" not null,
  cause text not null,
  keys text[] not null,
  since timestamp with time zone not null,
  ended_at timestamp with time zone,
  opened_at timestamp with time zone default now(),
  failed_orders integer default 0 not null,
  failed_at timestamp with time zone default now() not null,
  good_probes integer default 0 not null,
  ended_by text,
  end_reason text
) with (fillfactor=80);
alter table modes.degradation enable row level security;
alter table modes.degradation force row level security;

create table modes.degradation_sighting (
  tenant_id uuid not null,
  degradation_id uuid not null,
  sighting_id uuid not null,
  at timestamp with time zone not null,
  good boolean not null,
  orders integer not null,
  keys text[] not null
);
alter table modes.degradation_sighting enable row level security;
alter table modes.degradation_sighting force row level security;

create table modes.freeze_override (
  tenant_id uuid not null,
  override_id uuid not null,
  promotion_id uuid not null,
  what text collate "C" not null,
  reason text not null,
  at timestamp with time zone not null,
  actor text not null
);
alter table modes.freeze_override enable row level security;
alter table modes.freeze_override force row level security;

create table modes.promotion (
  tenant_id uuid not null,
  promotion_id uuid not null,
  name text not null,
  reason text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  state text collate "C" not null,
  version integer default 1 not null,
  frozen boolean not null,
  limits_percent integer,
  location_ids text[],
  cadence_seconds integer,
  created_at timestamp with time zone not null,
  created_by text not null,
  ended_at timestamp with time zone,
  ended_by text
) with (fillfactor=80);
alter table modes.promotion enable row level security;
alter table modes.promotion force row level security;

create table modes.promotion_extension (
  tenant_id uuid not null,
  extension_id uuid not null,
  promotion_id uuid not null,
  until_before timestamp with time zone not null,
  until_at timestamp with time zone not null,
  reason text not null,
  at timestamp with time zone not null,
  actor text not null
);
alter table modes.promotion_extension enable row level security;
alter table modes.promotion_extension force row level security;

create table notifications.message (
  tenant_id uuid not null,
  message_id uuid not null,
  event_id uuid not null,
  order_id uuid not null,
  kind text collate "C" not null,
  data jsonb not null,
  state text collate "C" default 'waiting'::text not null,
  reason text,
  written_at timestamp with time zone not null,
  ended_at timestamp with time zone
) with (fillfactor=50);
alter table notifications.message enable row level security;
alter table notifications.message force row level security;

create table orders.charge (
  tenant_id uuid not null,
  order_id uuid not null,
  charge_no integer not null,
  kind text collate "C" not null,
  title text,
  amount bigint not null,
  tax bigint default 0 not null
);
alter table orders.charge enable row level security;
alter table orders.charge force row level security;

create table orders.disclosure (
  tenant_id uuid not null,
  disclosure_id uuid not null,
  order_id uuid not null,
  reason text not null,
  by text not null,
  at timestamp with time zone not null
);
alter table orders.disclosure enable row level security;
alter table orders.disclosure force row level security;

create table orders.former_destination (
  tenant_id uuid not null,
  order_id uuid not null,
  revision integer not null,
  until timestamp with time zone not null,
  ship_country text not null,
  ship_region text,
  ship_city text,
  ship_postcode text collate "C",
  ship_lat real,
  ship_lon real
);
alter table orders.former_destination enable row level security;
alter table orders.former_destination force row level security;

create table orders.hold (
  tenant_id uuid not null,
  hold_id uuid not null,
  order_id uuid not null,
  line_no integer,
  kind text collate "C" not null,
  reasons jsonb not null,
  blocks text[] not null,
  owner text,
  placed_at timestamp with time zone not null,
  placed_by text not null,
  expires_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  outcome text,
  note text
);
alter table orders.hold enable row level security;
alter table orders.hold force row level security;

create table orders.note (
  tenant_id uuid not null,
  note_id uuid not null,
  order_id uuid not null,
  text text not null,
  written_by text not null,
  written_at timestamp with time zone not null
);
alter table orders.note enable row level security;
alter table orders.note force row level security;

create table orders.order (
  tenant_id uuid not null,
  order_id uuid not null,
  number text collate "C" not null,
  channel text collate "C" not null,
  external_id text collate "C" not null,
  network_id text collate "C" not null,
  commercial text collate "C" not null,
  version integer default 1 not null,
  revision integer default 1 not null,
  priority smallint default 0 not null,
  currency text not null,
  prices_include_tax boolean not null,
  lines_total bigint not null,
  charges_total bigint not null,
  tax_total bigint not null,
  total bigint not null,
  payment_method text not null,
  person_id uuid,
  ship_country text not null,
  ship_region text,
  ship_city text,
  ship_postcode text collate "C",
  ship_lat real,
  ship_lon real,
  service_level text collate "C" default 'standard'::text not null,
  shortage_policy text default 'split'::text not null,
  content_sha256 bytea not null,
  attributes jsonb default '{}'::jsonb not null,
  placed_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  closed_at timestamp with time zone,
  cancel_reason text
) with (fillfactor=50);
alter table orders.order enable row level security;
alter table orders.order force row level security;

create table orders.order_line (
  tenant_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  external_line_id text,
  sku text collate "C" not null,
  title text,
  ordered integer not null,
  unit_price numeric(20,6) not null,
  gross bigint not null,
  discount bigint default 0 not null,
  tax bigint default 0 not null,
  net bigint not null,
  taxes jsonb,
  open integer not null,
  backordered integer default 0 not null,
  reserved integer default 0 not null,
  allocated integer default 0 not null,
  released integer default 0 not null,
  picked integer default 0 not null,
  packed integer default 0 not null,
  shipped integer default 0 not null,
  delivered integer default 0 not null,
  return_requested integer default 0 not null,
  returned integer default 0 not null,
  restocked integer default 0 not null,
  written_off integer default 0 not null,
  lost integer default 0 not null,
  cancelled integer default 0 not null,
  shortage_reason text
) with (fillfactor=50);
alter table orders.order_line enable row level security;
alter table orders.order_line force row level security;

create table orders.person (
  tenant_id uuid not null,
  person_id uuid not null,
  name text,
  email text,
  phone text,
  address_lines text[],
  district text,
  note text,
  locale text default 'en'::text not null,
  erased_at timestamp with time zone
);
alter table orders.person enable row level security;
alter table orders.person force row level security;

create table orders.saved_view (
  tenant_id uuid not null,
  view_id uuid not null,
  owner text not null,
  name text not null,
  query jsonb not null,
  shared boolean default false not null
);
alter table orders.saved_view enable row level security;
alter table orders.saved_view force row level security;

create table orders.search_key (
  tenant_id uuid not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  order_id uuid not null
);
alter table orders.search_key enable row level security;
alter table orders.search_key force row level security;

create table outbox.event (
  tenant_id uuid not null,
  event_id uuid not null,
  type text collate "C" not null,
  subject uuid not null,
  version integer not null,
  at timestamp with time zone not null,
  actor text not null,
  data jsonb not null
) partition by RANGE (event_id);
alter table outbox.event enable row level security;
alter table outbox.event force row level security;

create table outbox.feed (
  tenant_id uuid not null,
  "position" bigint not null,
  event_id uuid not null,
  type text collate "C" not null,
  subject uuid not null
) partition by RANGE (event_id);
alter table outbox.feed enable row level security;
alter table outbox.feed force row level security;

create table outbox.feed_counter (
  tenant_id uuid not null,
  last_position bigint not null,
  purged_position bigint default 0 not null
);
alter table outbox.feed_counter enable row level security;
alter table outbox.feed_counter force row level security;

create table outbox.webhook_delivery (
  tenant_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  "position" bigint not null,
  state text not null,
  attempts smallint default 0 not null,
  last_status smallint,
  last_outcome text,
  updated_at timestamp with time zone not null
);
alter table outbox.webhook_delivery enable row level security;
alter table outbox.webhook_delivery force row level security;

create table outbox.webhook_endpoint (
  tenant_id uuid not null,
  endpoint_id uuid not null,
  url text not null,
  types text[] default '{}'::text[] not null,
  secrets jsonb not null,
  state text default 'active'::text not null,
  state_reason text,
  next_position bigint not null,
  created_at timestamp with time zone not null
);
alter table outbox.webhook_endpoint enable row level security;
alter table outbox.webhook_endpoint force row level security;

create table payment.booking (
  tenant_id uuid not null,
  booking_id uuid not null,
  key text collate "C",
  kind text collate "C" not null,
  intent_id uuid,
  at timestamp with time zone not null,
  actor text not null
);
alter table payment.booking enable row level security;
alter table payment.booking force row level security;

create table payment.callback (
  tenant_id uuid not null,
  callback_id uuid not null,
  provider text collate "C" not null,
  provider_event_id text collate "C" not null,
  outcome jsonb not null,
  intent_id uuid,
  state text collate "C" not null,
  reason text,
  received_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  settled_by text
);
alter table payment.callback enable row level security;
alter table payment.callback force row level security;

create table payment.entry (
  tenant_id uuid not null,
  booking_id uuid not null,
  entry_no smallint not null,
  account text collate "C" not null,
  currency text not null,
  amount bigint not null
);
alter table payment.entry enable row level security;
alter table payment.entry force row level security;

create table payment.intent (
  tenant_id uuid not null,
  intent_id uuid not null,
  demand_id uuid not null,
  method text collate "C" not null,
  provider text collate "C",
  currency text not null,
  amount bigint not null,
  due bigint not null,
  state text default 'new'::text not null,
  version integer default 0 not null,
  authorised bigint default 0 not null,
  captured bigint default 0 not null,
  refunded bigint default 0 not null,
  voided bigint default 0 not null,
  capturing bigint default 0 not null,
  refunding bigint default 0 not null,
  voiding bigint default 0 not null,
  granted bigint default 0 not null,
  reference text,
  provider_ref text collate "C",
  redirect_url text,
  failure text,
  deadline_at timestamp with time zone,
  created_at timestamp with time zone not null
) with (fillfactor=50);
alter table payment.intent enable row level security;
alter table payment.intent force row level security;

create table payment.provider (
  tenant_id uuid not null,
  provider text collate "C" not null,
  adapter text collate "C" not null,
  base_url text not null,
  secret_sealed text not null,
  state text default 'active'::text not null,
  updated_at timestamp with time zone not null
);
alter table payment.provider enable row level security;
alter table payment.provider force row level security;

create table payment.request (
  tenant_id uuid not null,
  request_id uuid not null,
  intent_id uuid not null,
  kind text collate "C" not null,
  amount bigint not null,
  key text collate "C" not null,
  reason text,
  state text collate "C" not null,
  calls smallint default 0 not null,
  failure text,
  asked_at timestamp with time zone not null,
  answered_at timestamp with time zone
);
alter table payment.request enable row level security;
alter table payment.request force row level security;

create table platform.fact (
  tenant_id uuid not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  valid_from timestamp with time zone not null,
  version_id uuid not null,
  value jsonb,
  set_by text not null,
  reason text
);
alter table platform.fact enable row level security;
alter table platform.fact force row level security;

create table platform.fact_head (
  tenant_id uuid not null,
  kind text collate "C" not null,
  version integer not null
);
alter table platform.fact_head enable row level security;
alter table platform.fact_head force row level security;

create table platform.migration (
  version integer not null,
  name text not null,
  checksum text not null,
  breaking boolean not null,
  applied_at timestamp with time zone default now() not null
);

create table platform.stored_reply (
  tenant_id uuid not null,
  principal text collate "C" not null,
  route text collate "C" not null,
  key text collate "C" not null,
  body_sha256 bytea not null,
  status smallint not null,
  reply jsonb,
  created_at timestamp with time zone not null
);
alter table platform.stored_reply enable row level security;
alter table platform.stored_reply force row level security;

create table platform.tenant (
  tenant_id uuid not null,
  code text collate "C" not null,
  name text not null,
  state text default 'open'::text not null,
  base_currency text default 'CNY'::text not null,
  time_zone text default 'Asia/Shanghai'::text not null,
  locale text default 'zh-CN'::text not null,
  settings jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default now() not null
);
alter table platform.tenant enable row level security;
alter table platform.tenant force row level security;

create table policies.activation (
  tenant_id uuid not null,
  activation_id uuid not null,
  kind text collate "C" not null,
  version_id text collate "C" not null,
  replaced text collate "C" not null,
  restores text collate "C",
  draft_id uuid,
  reason text not null,
  tests_passed integer not null,
  tests_failed integer not null,
  activated_by text not null,
  activated_at timestamp with time zone not null
);
alter table policies.activation enable row level security;
alter table policies.activation force row level security;

create table policies.draft (
  tenant_id uuid not null,
  draft_id uuid not null,
  kind text collate "C" not null,
  name text not null,
  document jsonb not null,
  based_on text collate "C" not null,
  revision integer default 1 not null,
  state text collate "C" default 'open'::text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  changed_by text not null,
  changed_at timestamp with time zone not null
);
alter table policies.draft enable row level security;
alter table policies.draft force row level security;

create table policies.experiment (
  tenant_id uuid not null,
  experiment_id uuid not null,
  kind text collate "C" not null,
  name text not null,
  draft_id uuid not null,
  draft_name text not null,
  share_percent smallint not null,
  orders_wanted integer not null,
  reason text not null,
  started_at timestamp with time zone not null,
  started_by text not null,
  stopped_at timestamp with time zone,
  stopped_by text,
  stop_reason text,
  tests_passed integer default 0 not null,
  tests_failed integer default 0 not null,
  result jsonb,
  decides text collate "C"
);
alter table policies.experiment enable row level security;
alter table policies.experiment force row level security;

create table policies.experiment_order (
  tenant_id uuid not null,
  experiment_id uuid not null,
  order_id uuid not null,
  arm text collate "C" not null,
  cost bigint,
  parts integer not null,
  units integer not null,
  waiting integer not null,
  in_time boolean,
  failed boolean default false not null
);
alter table policies.experiment_order enable row level security;
alter table policies.experiment_order force row level security;

create table policies.hit (
  tenant_id uuid not null,
  hit_id uuid not null,
  kind text collate "C" not null,
  version_id text collate "C",
  rule_id text collate "C" not null,
  orders integer not null,
  at timestamp with time zone default '-infinity'::timestamp with time zone not null,
  sent integer
);
alter table policies.hit enable row level security;
alter table policies.hit force row level security;

create table policies.rule_hour (
  tenant_id uuid not null,
  kind text collate "C" not null,
  hour timestamp with time zone not null,
  rule_id text collate "C" not null,
  orders integer not null,
  sent integer
);
alter table policies.rule_hour enable row level security;
alter table policies.rule_hour force row level security;

create table policies.shadow_batch (
  tenant_id uuid not null,
  batch_id uuid not null,
  draft_id uuid not null,
  orders integer not null,
  changed integer not null,
  failed integer not null,
  cost_live bigint not null,
  cost_draft bigint not null
);
alter table policies.shadow_batch enable row level security;
alter table policies.shadow_batch force row level security;

create table policies.shadow_change (
  tenant_id uuid not null,
  change_id uuid not null,
  draft_id uuid not null,
  order_id uuid not null,
  live jsonb not null,
  draft jsonb not null
);
alter table policies.shadow_change enable row level security;
alter table policies.shadow_change force row level security;

create table policies.test_case (
  tenant_id uuid not null,
  case_id uuid not null,
  kind text collate "C" not null,
  name text not null,
  input jsonb not null,
  expected text[] not null,
  changed_by text not null,
  changed_at timestamp with time zone not null
);
alter table policies.test_case enable row level security;
alter table policies.test_case force row level security;

create table privacy.erasure (
  tenant_id uuid not null,
  person_id uuid not null,
  contact_digests text[] not null,
  reason text collate "C" not null,
  erased_at timestamp with time zone not null,
  erased_by text not null
);
alter table privacy.erasure enable row level security;
alter table privacy.erasure force row level security;

create table returns.return (
  tenant_id uuid not null,
  return_id uuid not null,
  order_id uuid not null,
  state text collate "C" default 'requested'::text not null,
  version integer default 1 not null,
  reason text collate "C" not null,
  note text,
  requested_by text not null,
  location_id text collate "C",
  currency text not null,
  refund_due bigint default 0 not null,
  refund_asked bigint default 0 not null,
  refusal text,
  requested_at timestamp with time zone not null,
  received_at timestamp with time zone,
  ended_at timestamp with time zone
) with (fillfactor=80);
alter table returns.return enable row level security;
alter table returns.return force row level security;

create table returns.return_line (
  tenant_id uuid not null,
  return_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  sku text collate "C" not null,
  quantity integer not null,
  awaited integer not null,
  arrived integer default 0 not null,
  restocked integer default 0 not null,
  written_off integer default 0 not null,
  withdrawn integer default 0 not null
) with (fillfactor=80);
alter table returns.return_line enable row level security;
alter table returns.return_line force row level security;

create table review.decision (
  tenant_id uuid not null,
  decision_id uuid not null,
  hold_id uuid not null,
  order_id uuid not null,
  decision text collate "C" not null,
  state text collate "C" not null,
  note text,
  minutes integer,
  decided_by text not null,
  decided_at timestamp with time zone not null,
  second_by text,
  second_at timestamp with time zone,
  effective_at timestamp with time zone not null,
  held_until timestamp with time zone,
  ended_at timestamp with time zone
);
alter table review.decision enable row level security;
alter table review.decision force row level security;

create table review.screening (
  tenant_id uuid not null,
  hold_id uuid not null,
  order_id uuid not null,
  rules_version text collate "C" not null,
  policy_version text collate "C" not null,
  answer_due_at timestamp with time zone not null,
  lapses_at timestamp with time zone not null,
  on_lapse text collate "C" not null,
  screened_at timestamp with time zone not null
);
alter table review.screening enable row level security;
alter table review.screening force row level security;

create table shipping.label (
  tenant_id uuid not null,
  label_id uuid not null,
  parcel_id uuid not null,
  carrier text collate "C" not null,
  key text collate "C" not null,
  tracking_number text collate "C" not null,
  state text collate "C" default 'bought'::text not null,
  bought_at timestamp with time zone not null,
  used_at timestamp with time zone,
  voided_at timestamp with time zone
);
alter table shipping.label enable row level security;
alter table shipping.label force row level security;

create table shipping.number_range (
  tenant_id uuid not null,
  kind text collate "C" not null,
  next bigint not null
);
alter table shipping.number_range enable row level security;
alter table shipping.number_range force row level security;

create table shipping.parcel (
  tenant_id uuid not null,
  parcel_id uuid not null,
  fulfilment_id uuid not null,
  location_id text collate "C" not null,
  carrier text collate "C" not null,
  service text collate "C" not null,
  state text collate "C" default 'packed'::text not null,
  version integer default 1 not null,
  sscc text collate "C" not null,
  tracking_number text collate "C",
  weight_grams integer not null,
  length_mm integer,
  width_mm integer,
  height_mm integer,
  label_file_id uuid,
  promised_at timestamp with time zone,
  packed_at timestamp with time zone not null,
  labelled_at timestamp with time zone,
  handed_over_at timestamp with time zone,
  delivered_at timestamp with time zone,
  voided_at timestamp with time zone,
  packed_by text collate "C"
) with (fillfactor=80);
alter table shipping.parcel enable row level security;
alter table shipping.parcel force row level security;

create table shipping.parcel_line (
  tenant_id uuid not null,
  parcel_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  sku text collate "C" not null,
  quantity integer not null
);
alter table shipping.parcel_line enable row level security;
alter table shipping.parcel_line force row level security;

create table tracking.attempt (
  tenant_id uuid not null,
  key text collate "C" not null,
  window_start timestamp with time zone not null,
  tries integer not null
);
alter table tracking.attempt enable row level security;
alter table tracking.attempt force row level security;

create table tracking.exception (
  tenant_id uuid not null,
  exception_id uuid not null,
  parcel_id uuid not null,
  kind text collate "C" not null,
  code text collate "C",
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_by text,
  outcome text collate "C",
  note text
);
alter table tracking.exception enable row level security;
alter table tracking.exception force row level security;

create table tracking.parcel (
  tenant_id uuid not null,
  parcel_id uuid not null,
  carrier text collate "C" not null,
  tracking_number text collate "C" not null,
  rank smallint default 0 not null,
  status text collate "C" default 'waiting'::text not null,
  status_at timestamp with time zone,
  last_at timestamp with time zone,
  last_event_id text collate "C",
  last_code text collate "C",
  last_place text,
  taken_at timestamp with time zone,
  watched_since timestamp with time zone not null
) with (fillfactor=80);
alter table tracking.parcel enable row level security;
alter table tracking.parcel force row level security;

create table tracking.scan (
  tenant_id uuid not null,
  carrier text collate "C" not null,
  event_id text collate "C" not null,
  at timestamp with time zone not null,
  tracking_number text collate "C" not null,
  code text collate "C" not null,
  place text,
  received_at timestamp with time zone not null
);
alter table tracking.scan enable row level security;
alter table tracking.scan force row level security;

create table warehouse.fulfilment_line (
  tenant_id uuid not null,
  fulfilment_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  fulfilment_line_no integer not null,
  sku text collate "C" not null,
  quantity integer not null,
  to_pick integer not null,
  picked integer default 0 not null,
  packed integer default 0 not null,
  shipped integer default 0 not null,
  short integer default 0 not null,
  cancelled integer default 0 not null
) with (fillfactor=70);
alter table warehouse.fulfilment_line enable row level security;
alter table warehouse.fulfilment_line force row level security;

create table warehouse.fulfilment_order (
  tenant_id uuid not null,
  fulfilment_id uuid not null,
  location_id text collate "C" not null,
  state text collate "C" default 'planned'::text not null,
  version integer default 1 not null,
  carrier text collate "C",
  service text collate "C",
  ship_by timestamp with time zone not null,
  promised_at timestamp with time zone,
  planned_at timestamp with time zone not null,
  released_at timestamp with time zone,
  picking_at timestamp with time zone,
  packed_at timestamp with time zone,
  shipped_at timestamp with time zone,
  cancelled_at timestamp with time zone
) with (fillfactor=80);
alter table warehouse.fulfilment_order enable row level security;
alter table warehouse.fulfilment_order force row level security;

create table warehouse.put_back (
  tenant_id uuid not null,
  put_back_id uuid not null,
  location_id text collate "C" not null,
  sku text collate "C" not null,
  lot text collate "C" default ''::text not null,
  quantity integer not null,
  fulfilment_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  opened_at timestamp with time zone not null,
  done_at timestamp with time zone,
  outcome text collate "C"
);
alter table warehouse.put_back enable row level security;
alter table warehouse.put_back force row level security;

create table warehouse.rejection (
  tenant_id uuid not null,
  rejection_id uuid not null,
  fulfilment_id uuid not null,
  location_id text collate "C" not null,
  reason text collate "C" not null,
  note text,
  out_for text collate "C" not null,
  out_until timestamp with time zone,
  actor text not null,
  at timestamp with time zone not null
);
alter table warehouse.rejection enable row level security;
alter table warehouse.rejection force row level security;

create table warehouse.rejection_line (
  tenant_id uuid not null,
  rejection_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  sku text collate "C" not null,
  quantity integer not null,
  in_hand integer not null,
  written_down integer not null
);
alter table warehouse.rejection_line enable row level security;
alter table warehouse.rejection_line force row level security;

create table warehouse.scan (
  tenant_id uuid not null,
  scan_id uuid not null,
  kind text collate "C" not null,
  subject_id uuid not null,
  order_id uuid,
  line_no integer,
  quantity integer not null,
  actor text not null,
  at timestamp with time zone not null
);
alter table warehouse.scan enable row level security;
alter table warehouse.scan force row level security;

create table warehouse.short_pick (
  tenant_id uuid not null,
  scan_id uuid not null,
  fulfilment_id uuid not null,
  location_id text collate "C" not null,
  order_id uuid not null,
  line_no integer not null,
  sku text collate "C" not null,
  quantity integer not null,
  reason text collate "C" not null,
  actor text not null,
  at timestamp with time zone not null
);
alter table warehouse.short_pick enable row level security;
alter table warehouse.short_pick force row level security;

-- Constraints

alter table allocation.degraded_decision add constraint degraded_decision_check CHECK (((result IS NULL) = (settled_at IS NULL)));

alter table allocation.degraded_decision add constraint degraded_decision_check1 CHECK (((result <> ALL (ARRAY['kept'::text, 'moved'::text])) OR ((cost_now IS NOT NULL) AND (cost_best IS NOT NULL) AND (cost_best < cost_now))));

alter table allocation.degraded_decision add constraint degraded_decision_pkey PRIMARY KEY (tenant_id, degradation_id, decision_id);

alter table allocation.degraded_decision add constraint degraded_decision_result_check CHECK ((result = ANY (ARRAY['same'::text, 'kept'::text, 'moved'::text, 'gone'::text])));

alter table allocation.exception add constraint exception_check CHECK (((resolved_at IS NULL) = (resolution IS NULL)));

alter table allocation.exception add constraint exception_pkey PRIMARY KEY (tenant_id, exception_id);

alter table allocation.exception add constraint exception_reason_check CHECK ((reason = ANY (ARRAY['no_stock'::text, 'no_location'::text, 'no_carrier'::text, 'no_currency_rate'::text, 'too_many_attempts'::text, 'no_rule'::text, 'rules'::text, 'parked'::text, 'waiting'::text, 'backorder'::text, 'disrupted'::text, 'refused'::text, 'no_room'::text])));

alter table allocation.exception add constraint exception_resolution_check CHECK ((resolution = ANY (ARRAY['allocated'::text, 'gone'::text])));

alter table allocation.exception add constraint exception_try_because_check CHECK ((try_because = ANY (ARRAY['slot'::text, 'near'::text, 'limit'::text, 'suspension'::text, 'place_back'::text, 'reopening'::text, 'rule_wait'::text, 'rule_date'::text])));

alter table allocation.exception add constraint exception_units_check CHECK ((units > 0));

alter table allocation.exclusion add constraint exclusion_pkey PRIMARY KEY (tenant_id, order_id, line_no, location_id);

alter table allocation.exclusion add constraint exclusion_reason_check CHECK ((reason = ANY (ARRAY['short_pick'::text, 'rejected'::text, 'closure'::text, 'manual'::text])));

alter table allocation.explanation add constraint explanation_outcome_check CHECK ((outcome = ANY (ARRAY['placed'::text, 'split'::text, 'short'::text])));

alter table allocation.explanation add constraint explanation_pkey PRIMARY KEY (tenant_id, decision_id);

alter table allocation.known_place add constraint known_place_pkey PRIMARY KEY (tenant_id, channel, country, postcode);

alter table allocation.lifted add constraint lifted_pkey PRIMARY KEY (tenant_id, order_id, refusal_id);

alter table allocation.limited_place add constraint limited_place_pkey PRIMARY KEY (tenant_id, location_id);

alter table allocation.lock add constraint lock_pkey PRIMARY KEY (tenant_id, order_id);

alter table allocation.manual_decision add constraint manual_decision_decided_by_check CHECK ((decided_by <> ''::text));

alter table allocation.manual_decision add constraint manual_decision_kind_check CHECK ((kind = ANY (ARRAY['allocate'::text, 'move'::text, 'split'::text, 'merge'::text, 'lock'::text, 'unlock'::text, 'priority'::text, 'service'::text, 'lift'::text])));

alter table allocation.manual_decision add constraint manual_decision_pkey PRIMARY KEY (tenant_id, decision_id);

alter table allocation.manual_decision add constraint manual_decision_reason_check CHECK (((length(btrim(reason)) >= 1) AND (length(btrim(reason)) <= 500)));

alter table audit.block add constraint block_block_no_check CHECK ((block_no > 0));

alter table audit.block add constraint block_entry_ids_check CHECK ((cardinality(entry_ids) > 0));

alter table audit.block add constraint block_hash_check CHECK ((octet_length(hash) = 32));

alter table audit.block add constraint block_merkle_root_check CHECK ((octet_length(merkle_root) = 32));

alter table audit.block add constraint block_pkey PRIMARY KEY (tenant_id, block_no);

alter table audit.block add constraint block_previous_hash_check CHECK ((octet_length(previous_hash) = 32));

alter table audit.entry add constraint entry_count_check CHECK ((count > 0));

alter table audit.entry add constraint entry_pkey PRIMARY KEY (tenant_id, entry_id);

alter table audit.head add constraint head_hash_check CHECK ((octet_length(hash) = 32));

alter table audit.head add constraint head_pkey PRIMARY KEY (tenant_id);

alter table capacity.booking add constraint booking_check CHECK (((ended_at IS NULL) = (ended_by IS NULL)));

alter table capacity.booking add constraint booking_ended_by_check CHECK ((ended_by = ANY (ARRAY['packed'::text, 'cancelled'::text])));

alter table capacity.booking add constraint booking_pkey PRIMARY KEY (tenant_id, fulfilment_id, starts_at);

alter table capacity.booking add constraint booking_seconds_check CHECK ((seconds >= 0));

alter table capacity.booking add constraint booking_some_work CHECK (((lines >= 0) AND ((lines + seconds) > 0)));

alter table capacity.pace add constraint pace_factor_check CHECK ((factor > (0)::numeric));

alter table capacity.pace add constraint pace_pkey PRIMARY KEY (tenant_id, location_id);

alter table capacity.slot add constraint slot_check CHECK ((ends_at > starts_at));

alter table capacity.slot add constraint slot_check1 CHECK ((((done_orders >= 0) AND (done_orders <= orders)) AND ((done_lines >= 0) AND (done_lines <= lines)) AND ((done_seconds >= 0) AND (done_seconds <= seconds))));

alter table capacity.slot add constraint slot_lines_check CHECK ((lines >= 0));

alter table capacity.slot add constraint slot_max_lines_check CHECK ((max_lines >= 0));

alter table capacity.slot add constraint slot_max_orders_check CHECK ((max_orders >= 0));

alter table capacity.slot add constraint slot_max_seconds_check CHECK ((max_seconds >= 0));

alter table capacity.slot add constraint slot_orders_check CHECK ((orders >= 0));

alter table capacity.slot add constraint slot_pkey PRIMARY KEY (tenant_id, location_id, starts_at);

alter table capacity.slot add constraint slot_seconds_check CHECK ((seconds >= 0));

alter table catalog.sku add constraint sku_height_mm_check CHECK ((height_mm >= 0));

alter table catalog.sku add constraint sku_length_mm_check CHECK ((length_mm >= 0));

alter table catalog.sku add constraint sku_pkey PRIMARY KEY (tenant_id, sku);

alter table catalog.sku add constraint sku_state_check CHECK ((state = ANY (ARRAY['active'::text, 'retired'::text])));

alter table catalog.sku add constraint sku_weight_grams_check CHECK ((weight_grams >= 0));

alter table catalog.sku add constraint sku_width_mm_check CHECK ((width_mm >= 0));

alter table disruptions.affected add constraint affected_back_check CHECK ((back = ANY (ARRAY['asked'::text, 'returned'::text, 'elsewhere'::text, 'stays'::text, 'inbox'::text, 'waits'::text, 'gone'::text])));

alter table disruptions.affected add constraint affected_pkey PRIMARY KEY (tenant_id, disruption_id, order_id);

alter table disruptions.affected add constraint affected_plan_check CHECK ((plan = ANY (ARRAY['move'::text, 'part'::text, 'inbox'::text, 'keep'::text, 'unplanned'::text])));

alter table disruptions.affected add constraint affected_result_check CHECK ((result = ANY (ARRAY['moved'::text, 'part'::text, 'inbox'::text, 'kept'::text, 'waits'::text, 'gone'::text])));

alter table disruptions.disruption add constraint disruption_check CHECK (((until_at IS NULL) OR (until_at > from_at)));

alter table disruptions.disruption add constraint disruption_currency_check CHECK ((length(currency) = 3));

alter table disruptions.disruption add constraint disruption_degraded_check CHECK (((cardinality(degraded) >= 0) AND (cardinality(degraded) <= 3)));

alter table disruptions.disruption add constraint disruption_location_ids_check CHECK (((cardinality(location_ids) >= 1) AND (cardinality(location_ids) <= 1000)));

alter table disruptions.disruption add constraint disruption_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table disruptions.disruption add constraint disruption_pkey PRIMARY KEY (tenant_id, disruption_id);

alter table disruptions.disruption add constraint disruption_reason_check CHECK ((reason = ANY (ARRAY['disaster'::text, 'flood'::text, 'fire'::text, 'power'::text, 'strike'::text, 'stocktake'::text, 'move'::text, 'systems'::text, 'other'::text])));

alter table disruptions.disruption add constraint disruption_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'planned'::text, 'applying'::text, 'active'::text, 'undoing'::text, 'undone'::text, 'ended'::text, 'discarded'::text])));

alter table disruptions.disruption add constraint disruption_version_check CHECK ((version > 0));

alter table disruptions.disruption add constraint disruption_waiting_check CHECK ((waiting >= 0));

alter table engine.chore add constraint chore_pkey PRIMARY KEY (name);

alter table engine.dead_letter add constraint dead_letter_pkey PRIMARY KEY (tenant_id, job_id);

alter table engine.job add constraint job_pkey PRIMARY KEY (tenant_id, step, due_at, job_id);

alter table engine.process add constraint process_pkey PRIMARY KEY (process_id);

alter table engine.suspect add constraint suspect_pkey PRIMARY KEY (tenant_id, job_id);

alter table engine.worker_batch add constraint worker_batch_pkey PRIMARY KEY (tenant_id, worker_id, slot);

alter table files.object add constraint object_bytes_check CHECK ((octet_length(bytes) <= 1048576));

alter table files.object add constraint object_pkey PRIMARY KEY (tenant_id, file_id);

alter table identity.api_key add constraint api_key_key_sha256_check CHECK ((octet_length(key_sha256) = 32));

alter table identity.api_key add constraint api_key_per_minute_check CHECK ((per_minute > 0));

alter table identity.api_key add constraint api_key_pkey PRIMARY KEY (tenant_id, key_id);

alter table identity.api_key add constraint api_key_tenant_id_key_sha256_key UNIQUE (tenant_id, key_sha256);

alter table identity.session add constraint session_pkey PRIMARY KEY (tenant_id, session_id);

alter table identity.session add constraint session_tenant_id_token_sha256_key UNIQUE (tenant_id, token_sha256);

alter table identity.session add constraint session_token_sha256_check CHECK ((octet_length(token_sha256) = 32));

alter table identity.staff add constraint staff_email_check CHECK ((email = lower(email)));

alter table identity.staff add constraint staff_failed_attempts_check CHECK ((failed_attempts >= 0));

alter table identity.staff add constraint staff_locale_check CHECK ((locale = ANY (ARRAY['zh-CN'::text, 'en'::text])));

alter table identity.staff add constraint staff_pkey PRIMARY KEY (tenant_id, staff_id);

alter table identity.staff add constraint staff_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'operator'::text, 'agent'::text, 'lead'::text, 'picker'::text, 'manager'::text])));

alter table identity.staff add constraint staff_tenant_id_email_key UNIQUE (tenant_id, email);

alter table inbox.entry add constraint entry_pkey PRIMARY KEY (tenant_id, item_id, entry_id);

alter table inbox.entry add constraint entry_what_check CHECK ((what = ANY (ARRAY['opened'::text, 'closed'::text, 'claimed'::text, 'released'::text, 'snoozed'::text, 'woke'::text, 'assigned'::text, 'noted'::text, 'fixed'::text, 'undone'::text])));

alter table inbox.item add constraint item_check CHECK (((state = 'snoozed'::text) = (snoozed_until IS NOT NULL)));

alter table inbox.item add constraint item_check1 CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL)));

alter table inbox.item add constraint item_check2 CHECK (((state = 'closed'::text) = (outcome IS NOT NULL)));

alter table inbox.item add constraint item_check3 CHECK (((claimed_at IS NULL) OR (assignee IS NOT NULL)));

alter table inbox.item add constraint item_kind CHECK ((kind = ANY (ARRAY['allocation'::text, 'special'::text, 'address'::text, 'payment'::text, 'dead_letter'::text, 'promise'::text, 'stock'::text, 'parcel'::text, 'lost'::text, 'staged'::text, 'review'::text, 'hold'::text])));

alter table inbox.item add constraint item_mass_check CHECK ((mass >= (1)::double precision));

alter table inbox.item add constraint item_pkey PRIMARY KEY (tenant_id, item_id);

alter table inbox.item add constraint item_state CHECK ((state = ANY (ARRAY['open'::text, 'snoozed'::text, 'closed'::text])));

alter table inbox.keeper add constraint keeper_pkey PRIMARY KEY (tenant_id);

alter table inbox.skill add constraint skill_pkey PRIMARY KEY (tenant_id, skill, staff_id);

alter table intake.import_group add constraint import_group_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'repeated'::text, 'staged'::text, 'conflict'::text, 'rejected'::text, 'returns'::text])));

alter table intake.import_group add constraint import_group_pkey PRIMARY KEY (tenant_id, run_id, group_no);

alter table intake.import_return add constraint import_return_pkey PRIMARY KEY (tenant_id, source_key, part_no);

alter table intake.import_return add constraint import_return_quantity_check CHECK ((quantity > 0));

alter table intake.import_return add constraint import_return_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text])));

alter table intake.import_run add constraint import_run_check CHECK (((state = 'running'::text) = (ended_at IS NULL)));

alter table intake.import_run add constraint import_run_pkey PRIMARY KEY (tenant_id, run_id);

alter table intake.import_run add constraint import_run_state CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])));

alter table intake.message_bucket add constraint message_bucket_pkey PRIMARY KEY (tenant_id, bucket, file_id);

alter table intake.staged add constraint staged_attempts_check CHECK ((attempts > 0));

alter table intake.staged add constraint staged_check CHECK (((state = 'waiting'::text) = (settled_at IS NULL)));

alter table intake.staged add constraint staged_check1 CHECK (((state = 'replayed'::text) = (order_id IS NOT NULL)));

alter table intake.staged add constraint staged_pkey PRIMARY KEY (tenant_id, staged_id);

alter table intake.staged add constraint staged_source_check CHECK ((source = ANY (ARRAY['api'::text, 'bulk'::text, 'import'::text, 'connector'::text, 'edi'::text])));

alter table intake.staged add constraint staged_state CHECK ((state = ANY (ARRAY['waiting'::text, 'replayed'::text, 'dismissed'::text])));

alter table intake.staged_cause add constraint staged_cause_pkey PRIMARY KEY (tenant_id, code, sku, staged_id);

alter table inventory.allocation add constraint allocation_check CHECK (((open >= 0) AND (quantity = ((open + consumed) + released))));

alter table inventory.allocation add constraint allocation_consumed_check CHECK ((consumed >= 0));

alter table inventory.allocation add constraint allocation_pkey PRIMARY KEY (tenant_id, allocation_id);

alter table inventory.allocation add constraint allocation_quantity_check CHECK ((quantity > 0));

alter table inventory.allocation add constraint allocation_released_at CHECK (((released > 0) = (released_at IS NOT NULL)));

alter table inventory.allocation add constraint allocation_released_check CHECK ((released >= 0));

alter table inventory.broken_reservation add constraint broken_reservation_pkey PRIMARY KEY (tenant_id, broken_id);

alter table inventory.broken_reservation add constraint broken_reservation_quantity_check CHECK ((quantity > 0));

alter table inventory.location add constraint location_pkey PRIMARY KEY (tenant_id, location_id);

alter table inventory.movement add constraint movement_check CHECK (((from_place <> to_place) OR (from_condition <> to_condition)));

alter table inventory.movement add constraint movement_from_condition_check CHECK ((from_condition = ANY (ARRAY['sellable'::text, 'unsellable'::text])));

alter table inventory.movement add constraint movement_kind_check CHECK ((kind = ANY (ARRAY['receive'::text, 'ship'::text, 'return'::text, 'adjust'::text, 'count'::text, 'transfer'::text, 'damage'::text, 'restore'::text, 'scrap'::text])));

alter table inventory.movement add constraint movement_pkey PRIMARY KEY (tenant_id, movement_id);

alter table inventory.movement add constraint movement_quantity_check CHECK ((quantity > 0));

alter table inventory.movement add constraint movement_to_condition_check CHECK ((to_condition = ANY (ARRAY['sellable'::text, 'unsellable'::text])));

alter table inventory.network_stock add constraint network_stock_check CHECK (((reserved >= 0) AND (reserved <= (supply + presale))));

alter table inventory.network_stock add constraint network_stock_pkey PRIMARY KEY (tenant_id, network_id, sku);

alter table inventory.network_stock add constraint network_stock_presale_check CHECK ((presale >= 0));

alter table inventory.network_stock add constraint network_stock_supply_check CHECK ((supply >= 0));

alter table inventory.reservation add constraint reservation_broken_check CHECK ((broken >= 0));

alter table inventory.reservation add constraint reservation_check CHECK (((open >= 0) AND (quantity = (((open + consumed) + released) + broken))));

alter table inventory.reservation add constraint reservation_check1 CHECK (((ended_at IS NULL) = (open > 0)));

alter table inventory.reservation add constraint reservation_consumed_check CHECK ((consumed >= 0));

alter table inventory.reservation add constraint reservation_pkey PRIMARY KEY (tenant_id, reservation_id);

alter table inventory.reservation add constraint reservation_quantity_check CHECK ((quantity > 0));

alter table inventory.reservation add constraint reservation_released_check CHECK ((released >= 0));

alter table inventory.stock add constraint stock_check CHECK (((allocated >= 0) AND (allocated <= (on_hand - unsellable))));

alter table inventory.stock add constraint stock_on_hand_check CHECK ((on_hand >= 0));

alter table inventory.stock add constraint stock_pkey PRIMARY KEY (tenant_id, location_id, sku, lot);

alter table inventory.stock add constraint stock_unsellable_check CHECK ((unsellable >= 0));

alter table lab.changed add constraint changed_pkey PRIMARY KEY (tenant_id, comparison_id, order_id);

alter table lab.comparison add constraint comparison_check CHECK (((done >= 0) AND (done <= orders)));

alter table lab.comparison add constraint comparison_check1 CHECK ((from_at < to_at));

alter table lab.comparison add constraint comparison_check2 CHECK (((state = 'failed'::text) = (failure IS NOT NULL)));

alter table lab.comparison add constraint comparison_check3 CHECK (((state = ANY (ARRAY['waiting'::text, 'running'::text])) = (ended_at IS NULL)));

alter table lab.comparison add constraint comparison_check4 CHECK (((failure_detail IS NULL) OR (failure IS NOT NULL)));

alter table lab.comparison add constraint comparison_clock_check CHECK ((clock = ANY (ARRAY['decided'::text, 'placed'::text])));

alter table lab.comparison add constraint comparison_currency_check CHECK ((length(currency) = 3));

alter table lab.comparison add constraint comparison_facts_check CHECK ((facts = ANY (ARRAY['of_that_time'::text, 'now'::text])));

alter table lab.comparison add constraint comparison_failure_detail_check CHECK (((length(failure_detail) >= 1) AND (length(failure_detail) <= 500)));

alter table lab.comparison add constraint comparison_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)));

alter table lab.comparison add constraint comparison_orders_check CHECK ((orders >= 0));

alter table lab.comparison add constraint comparison_pkey PRIMARY KEY (tenant_id, comparison_id);

alter table lab.comparison add constraint comparison_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])));

alter table lab.comparison add constraint comparison_stock_check CHECK ((stock = ANY (ARRAY['of_that_time'::text, 'unlimited'::text])));

alter table lab.load add constraint load_pkey PRIMARY KEY (tenant_id, comparison_id, location_id, at);

alter table lab.queue add constraint queue_pkey PRIMARY KEY (tenant_id, comparison_id, rank);

alter table lab.stretch add constraint stretch_pkey PRIMARY KEY (tenant_id, comparison_id, done);

alter table modes.degradation add constraint degradation_cause_check CHECK (((length(cause) >= 1) AND (length(cause) <= 500)));

alter table modes.degradation add constraint degradation_check CHECK ((ended_at >= since));

alter table modes.degradation add constraint degradation_check1 CHECK (((ended_by IS NULL) = (end_reason IS NULL)));

alter table modes.degradation add constraint degradation_check2 CHECK (((ended_by IS NULL) OR (ended_at IS NOT NULL)));

alter table modes.degradation add constraint degradation_end_reason_check CHECK (((length(end_reason) >= 1) AND (length(end_reason) <= 500)));

alter table modes.degradation add constraint degradation_failed_orders_check CHECK ((failed_orders >= 0));

alter table modes.degradation add constraint degradation_good_probes_check CHECK ((good_probes >= 0));

alter table modes.degradation add constraint degradation_keys_check CHECK (((cardinality(keys) >= 0) AND (cardinality(keys) <= 50)));

alter table modes.degradation add constraint degradation_kind_check CHECK ((kind = ANY (ARRAY['rates'::text, 'geo'::text, 'rules'::text])));

alter table modes.degradation add constraint degradation_pkey PRIMARY KEY (tenant_id, degradation_id);

alter table modes.degradation_sighting add constraint degradation_sighting_keys_check CHECK (((cardinality(keys) >= 0) AND (cardinality(keys) <= 50)));

alter table modes.degradation_sighting add constraint degradation_sighting_orders_check CHECK ((orders >= 0));

alter table modes.degradation_sighting add constraint degradation_sighting_pkey PRIMARY KEY (tenant_id, degradation_id, sighting_id);

alter table modes.freeze_override add constraint freeze_override_pkey PRIMARY KEY (tenant_id, promotion_id, override_id);

alter table modes.freeze_override add constraint freeze_override_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)));

alter table modes.freeze_override add constraint freeze_override_what_check CHECK (((length(what) >= 1) AND (length(what) <= 200)));

alter table modes.promotion add constraint promotion_cadence_seconds_check CHECK (((cadence_seconds >= 5) AND (cadence_seconds <= 900)));

alter table modes.promotion add constraint promotion_check CHECK ((until_at > from_at));

alter table modes.promotion add constraint promotion_check1 CHECK (((location_ids IS NULL) OR (limits_percent IS NOT NULL)));

alter table modes.promotion add constraint promotion_check2 CHECK ((((ended_at IS NULL) = (state = ANY (ARRAY['planned'::text, 'active'::text]))) AND ((ended_by IS NULL) = (ended_at IS NULL))));

alter table modes.promotion add constraint promotion_limits_percent_check CHECK (((limits_percent >= 100) AND (limits_percent <= 1000)));

alter table modes.promotion add constraint promotion_location_ids_check CHECK (((cardinality(location_ids) >= 1) AND (cardinality(location_ids) <= 200)));

alter table modes.promotion add constraint promotion_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table modes.promotion add constraint promotion_pkey PRIMARY KEY (tenant_id, promotion_id);

alter table modes.promotion add constraint promotion_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)));

alter table modes.promotion add constraint promotion_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'active'::text, 'ended'::text, 'cancelled'::text])));

alter table modes.promotion add constraint promotion_version_check CHECK ((version > 0));

alter table modes.promotion_extension add constraint promotion_extension_check CHECK ((until_at > until_before));

alter table modes.promotion_extension add constraint promotion_extension_pkey PRIMARY KEY (tenant_id, promotion_id, extension_id);

alter table modes.promotion_extension add constraint promotion_extension_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)));

alter table notifications.message add constraint message_check CHECK (((state = 'waiting'::text) = (ended_at IS NULL)));

alter table notifications.message add constraint message_kind CHECK ((kind = ANY (ARRAY['confirmed'::text, 'shipped'::text, 'delivered'::text, 'cancelled'::text, 'refunded'::text, 'backordered'::text, 'delayed'::text])));

alter table notifications.message add constraint message_pkey PRIMARY KEY (tenant_id, message_id);

alter table notifications.message add constraint message_state CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'skipped'::text, 'failed'::text])));

alter table notifications.message add constraint message_tenant_id_event_id_key UNIQUE (tenant_id, event_id);

alter table orders.charge add constraint charge_kind_check CHECK ((kind = ANY (ARRAY['shipping'::text, 'fee'::text, 'discount'::text, 'tip'::text, 'rounding'::text, 'adjustment'::text])));

alter table orders.charge add constraint charge_pkey PRIMARY KEY (tenant_id, order_id, charge_no);

alter table orders.disclosure add constraint disclosure_pkey PRIMARY KEY (tenant_id, disclosure_id);

alter table orders.former_destination add constraint former_destination_pkey PRIMARY KEY (tenant_id, order_id, revision);

alter table orders.hold add constraint hold_check CHECK (((ended_at IS NULL) = (outcome IS NULL)));

alter table orders.hold add constraint hold_outcome_check CHECK ((outcome = ANY (ARRAY['released'::text, 'rejected'::text, 'expired'::text])));

alter table orders.hold add constraint hold_pkey PRIMARY KEY (tenant_id, hold_id);

alter table orders.note add constraint note_pkey PRIMARY KEY (tenant_id, note_id);

alter table orders.order add constraint order_commercial CHECK ((commercial = ANY (ARRAY['draft'::text, 'placed'::text, 'confirmed'::text, 'closed'::text, 'cancelled'::text, 'rejected'::text])));

alter table orders.order add constraint order_pkey PRIMARY KEY (tenant_id, order_id);

alter table orders.order add constraint order_shortage_policy_check CHECK ((shortage_policy = ANY (ARRAY['split'::text, 'wait'::text, 'cancel'::text])));

alter table orders.order add constraint order_tenant_id_channel_external_id_key UNIQUE (tenant_id, channel, external_id);

alter table orders.order add constraint order_tenant_id_number_key UNIQUE (tenant_id, number);

alter table orders.order_line add constraint line_buckets_not_negative CHECK ((LEAST(open, backordered, reserved, allocated, released, picked, packed, shipped, delivered, return_requested, returned, restocked, written_off, lost, cancelled) >= 0));

alter table orders.order_line add constraint line_buckets_sum CHECK ((ordered = ((((((((((((((open + backordered) + reserved) + allocated) + released) + picked) + packed) + shipped) + delivered) + return_requested) + returned) + restocked) + written_off) + lost) + cancelled)));

alter table orders.order_line add constraint order_line_discount_check CHECK ((discount >= 0));

alter table orders.order_line add constraint order_line_ordered_check CHECK ((ordered > 0));

alter table orders.order_line add constraint order_line_pkey PRIMARY KEY (tenant_id, order_id, line_no);

alter table orders.person add constraint person_pkey PRIMARY KEY (tenant_id, person_id);

alter table orders.saved_view add constraint saved_view_pkey PRIMARY KEY (tenant_id, view_id);

alter table orders.search_key add constraint search_key_pkey PRIMARY KEY (tenant_id, kind, key, order_id);

alter table outbox.event add constraint event_pkey PRIMARY KEY (tenant_id, event_id);

alter table outbox.feed add constraint feed_pkey PRIMARY KEY (tenant_id, "position", event_id);

alter table outbox.feed_counter add constraint feed_counter_pkey PRIMARY KEY (tenant_id);

alter table outbox.webhook_delivery add constraint webhook_delivery_pkey PRIMARY KEY (tenant_id, endpoint_id, event_id);

alter table outbox.webhook_delivery add constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text])));

alter table outbox.webhook_endpoint add constraint webhook_endpoint_pkey PRIMARY KEY (tenant_id, endpoint_id);

alter table outbox.webhook_endpoint add constraint webhook_endpoint_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'disabled'::text])));

alter table payment.booking add constraint booking_kind_check CHECK ((kind = ANY (ARRAY['authorise'::text, 'capture'::text, 'void'::text, 'refund'::text, 'receive'::text, 'match'::text])));

alter table payment.booking add constraint booking_pkey PRIMARY KEY (tenant_id, booking_id);

alter table payment.callback add constraint callback_pkey PRIMARY KEY (tenant_id, callback_id);

alter table payment.callback add constraint callback_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'unmatched'::text, 'matched'::text, 'returned'::text])));

alter table payment.callback add constraint callback_tenant_id_provider_provider_event_id_key UNIQUE (tenant_id, provider, provider_event_id);

alter table payment.entry add constraint entry_account CHECK ((account = ANY (ARRAY['channel_clearing'::text, 'provider_clearing'::text, 'carrier_clearing'::text, 'bank_clearing'::text, 'customer_payments'::text, 'refunds_payable'::text, 'unmatched_receipts'::text, 'memo_authorised'::text, 'memo_guaranteed'::text])));

alter table payment.entry add constraint entry_amount_check CHECK ((amount <> 0));

alter table payment.entry add constraint entry_pkey PRIMARY KEY (tenant_id, booking_id, entry_no);

alter table payment.intent add constraint intent_amount_check CHECK ((amount >= 0));

alter table payment.intent add constraint intent_authorised_check CHECK ((authorised >= 0));

alter table payment.intent add constraint intent_captured_check CHECK ((captured >= 0));

alter table payment.intent add constraint intent_captured_within_authorised CHECK (((method <> 'card'::text) OR ((((captured + capturing) + voided) + voiding) <= authorised)));

alter table payment.intent add constraint intent_capturing_check CHECK ((capturing >= 0));

alter table payment.intent add constraint intent_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));

alter table payment.intent add constraint intent_due_check CHECK ((due >= 0));

alter table payment.intent add constraint intent_granted_check CHECK ((granted >= 0));

alter table payment.intent add constraint intent_method_check CHECK ((method = ANY (ARRAY['reference'::text, 'card'::text, 'wallet'::text, 'cod'::text, 'transfer'::text])));

alter table payment.intent add constraint intent_pkey PRIMARY KEY (tenant_id, intent_id);

alter table payment.intent add constraint intent_refunded_check CHECK ((refunded >= 0));

alter table payment.intent add constraint intent_refunded_within_captured CHECK (((refunded + refunding) <= captured));

alter table payment.intent add constraint intent_refunding_check CHECK ((refunding >= 0));

alter table payment.intent add constraint intent_state CHECK ((state = ANY (ARRAY['new'::text, 'pending'::text, 'authorised'::text, 'captured'::text, 'failed'::text, 'expired'::text, 'cancelled'::text])));

alter table payment.intent add constraint intent_voided_check CHECK ((voided >= 0));

alter table payment.intent add constraint intent_voiding_check CHECK ((voiding >= 0));

alter table payment.provider add constraint provider_pkey PRIMARY KEY (tenant_id, provider);

alter table payment.provider add constraint provider_provider_check CHECK ((provider ~ '^[a-z][a-z0-9-]{0,30}$'::text));

alter table payment.provider add constraint provider_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text])));

alter table payment.request add constraint request_amount_check CHECK ((amount >= 0));

alter table payment.request add constraint request_kind_check CHECK ((kind = ANY (ARRAY['authorise'::text, 'capture'::text, 'void'::text, 'refund'::text])));

alter table payment.request add constraint request_pkey PRIMARY KEY (tenant_id, request_id);

alter table payment.request add constraint request_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'done'::text, 'failed'::text, 'replaced'::text])));

alter table platform.fact add constraint fact_pkey PRIMARY KEY (tenant_id, kind, key, valid_from, version_id);

alter table platform.fact_head add constraint fact_head_pkey PRIMARY KEY (tenant_id, kind);

alter table platform.migration add constraint migration_pkey PRIMARY KEY (version);

alter table platform.stored_reply add constraint stored_reply_pkey PRIMARY KEY (tenant_id, principal, route, key);

alter table platform.tenant add constraint tenant_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,30}$'::text));

alter table platform.tenant add constraint tenant_code_key UNIQUE (code);

alter table platform.tenant add constraint tenant_locale_check CHECK ((locale = ANY (ARRAY['zh-CN'::text, 'en'::text])));

alter table platform.tenant add constraint tenant_pkey PRIMARY KEY (tenant_id);

alter table platform.tenant add constraint tenant_state_check CHECK ((state = ANY (ARRAY['open'::text, 'suspended'::text])));

alter table policies.activation add constraint activation_pkey PRIMARY KEY (tenant_id, activation_id);

alter table policies.draft add constraint draft_pkey PRIMARY KEY (tenant_id, draft_id);

alter table policies.draft add constraint draft_state_check CHECK ((state = ANY (ARRAY['open'::text, 'activated'::text, 'discarded'::text])));

alter table policies.experiment add constraint experiment_check CHECK ((((stopped_at IS NULL) = (stop_reason IS NULL)) AND ((stopped_at IS NULL) = (stopped_by IS NULL))));

alter table policies.experiment add constraint experiment_check1 CHECK (((result IS NULL) OR (stopped_at IS NOT NULL)));

alter table policies.experiment add constraint experiment_decides_check CHECK ((decides = ANY (ARRAY['cost'::text, 'split'::text, 'promise_kept'::text, 'unallocated'::text])));

alter table policies.experiment add constraint experiment_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)));

alter table policies.experiment add constraint experiment_orders_wanted_check CHECK ((orders_wanted > 0));

alter table policies.experiment add constraint experiment_pkey PRIMARY KEY (tenant_id, experiment_id);

alter table policies.experiment add constraint experiment_share_percent_check CHECK (((share_percent >= 1) AND (share_percent <= 50)));

alter table policies.experiment add constraint experiment_tests_failed_check CHECK ((tests_failed >= 0));

alter table policies.experiment add constraint experiment_tests_passed_check CHECK ((tests_passed >= 0));

alter table policies.experiment_order add constraint experiment_order_arm_check CHECK ((arm = ANY (ARRAY['live'::text, 'draft'::text])));

alter table policies.experiment_order add constraint experiment_order_parts_check CHECK ((parts >= 0));

alter table policies.experiment_order add constraint experiment_order_pkey PRIMARY KEY (tenant_id, experiment_id, order_id);

alter table policies.experiment_order add constraint experiment_order_units_check CHECK ((units >= 0));

alter table policies.experiment_order add constraint experiment_order_waiting_check CHECK ((waiting >= 0));

alter table policies.hit add constraint hit_orders_check CHECK ((orders >= 0));

alter table policies.hit add constraint hit_pkey PRIMARY KEY (tenant_id, hit_id);

alter table policies.hit add constraint hit_sent_check CHECK ((sent >= 0));

alter table policies.rule_hour add constraint rule_hour_orders_check CHECK ((orders >= 0));

alter table policies.rule_hour add constraint rule_hour_pkey PRIMARY KEY (tenant_id, kind, hour, rule_id);

alter table policies.rule_hour add constraint rule_hour_sent_check CHECK ((sent >= 0));

alter table policies.shadow_batch add constraint shadow_batch_pkey PRIMARY KEY (tenant_id, batch_id);

alter table policies.shadow_change add constraint shadow_change_pkey PRIMARY KEY (tenant_id, change_id);

alter table policies.test_case add constraint test_case_pkey PRIMARY KEY (tenant_id, case_id);

alter table privacy.erasure add constraint erasure_pkey PRIMARY KEY (tenant_id, person_id);

alter table privacy.erasure add constraint erasure_reason CHECK ((reason = ANY (ARRAY['customer_request'::text, 'authority_request'::text, 'retention_over'::text, 'mistaken_data'::text])));

alter table returns.return add constraint return_check CHECK (((refund_asked >= 0) AND (refund_asked <= refund_due)));

alter table returns.return add constraint return_pkey PRIMARY KEY (tenant_id, return_id);

alter table returns.return add constraint return_refund_due_check CHECK ((refund_due >= 0));

alter table returns.return add constraint return_state CHECK ((state = ANY (ARRAY['requested'::text, 'received'::text, 'closed'::text, 'refused'::text, 'cancelled'::text])));

alter table returns.return_line add constraint return_line_buckets_not_negative CHECK ((LEAST(awaited, arrived, restocked, written_off, withdrawn) >= 0));

alter table returns.return_line add constraint return_line_buckets_sum CHECK ((quantity = ((((awaited + arrived) + restocked) + written_off) + withdrawn)));

alter table returns.return_line add constraint return_line_pkey PRIMARY KEY (tenant_id, return_id, order_id, line_no);

alter table returns.return_line add constraint return_line_quantity_check CHECK ((quantity > 0));

alter table review.decision add constraint decision_check CHECK (((second_by IS NULL) OR (second_by <> decided_by)));

alter table review.decision add constraint decision_check1 CHECK (((ended_at IS NULL) = (state = ANY (ARRAY['first'::text, 'pending'::text]))));

alter table review.decision add constraint decision_decision_check CHECK ((decision = ANY (ARRAY['approve'::text, 'reject'::text, 'hold'::text])));

alter table review.decision add constraint decision_pkey PRIMARY KEY (tenant_id, decision_id);

alter table review.decision add constraint decision_state_check CHECK ((state = ANY (ARRAY['first'::text, 'pending'::text, 'applied'::text, 'undone'::text, 'overtaken'::text])));

alter table review.screening add constraint screening_on_lapse_check CHECK ((on_lapse = ANY (ARRAY['reject'::text, 'release'::text])));

alter table review.screening add constraint screening_pkey PRIMARY KEY (tenant_id, hold_id);

alter table shipping.label add constraint label_pkey PRIMARY KEY (tenant_id, label_id);

alter table shipping.label add constraint label_state CHECK ((state = ANY (ARRAY['bought'::text, 'used'::text, 'voided'::text])));

alter table shipping.label add constraint label_tenant_id_carrier_key_key UNIQUE (tenant_id, carrier, key);

alter table shipping.label add constraint label_tenant_id_carrier_tracking_number_key UNIQUE (tenant_id, carrier, tracking_number);

alter table shipping.number_range add constraint number_range_pkey PRIMARY KEY (tenant_id, kind);

alter table shipping.parcel add constraint parcel_check CHECK (((state = ANY (ARRAY['packed'::text, 'voided'::text])) OR (tracking_number IS NOT NULL)));

alter table shipping.parcel add constraint parcel_height_mm_check CHECK ((height_mm > 0));

alter table shipping.parcel add constraint parcel_length_mm_check CHECK ((length_mm > 0));

alter table shipping.parcel add constraint parcel_pkey PRIMARY KEY (tenant_id, parcel_id);

alter table shipping.parcel add constraint parcel_sscc_check CHECK ((sscc ~ '^[0-9]{18}$'::text));

alter table shipping.parcel add constraint parcel_state CHECK ((state = ANY (ARRAY['packed'::text, 'labelled'::text, 'handed_over'::text, 'delivered'::text, 'lost'::text, 'voided'::text])));

alter table shipping.parcel add constraint parcel_tenant_id_sscc_key UNIQUE (tenant_id, sscc);

alter table shipping.parcel add constraint parcel_weight_grams_check CHECK ((weight_grams > 0));

alter table shipping.parcel add constraint parcel_width_mm_check CHECK ((width_mm > 0));

alter table shipping.parcel_line add constraint parcel_line_pkey PRIMARY KEY (tenant_id, parcel_id, order_id, line_no);

alter table shipping.parcel_line add constraint parcel_line_quantity_check CHECK ((quantity > 0));

alter table tracking.attempt add constraint attempt_pkey PRIMARY KEY (tenant_id, key);

alter table tracking.exception add constraint exception_check CHECK (((closed_at IS NULL) = (outcome IS NULL)));

alter table tracking.exception add constraint exception_kind_check CHECK ((kind = ANY (ARRAY['stuck'::text, 'trouble'::text, 'lost'::text, 'returned'::text])));

alter table tracking.exception add constraint exception_outcome_check CHECK ((outcome = ANY (ARRAY['solved'::text, 'lost'::text, 'delivered'::text])));

alter table tracking.exception add constraint exception_pkey PRIMARY KEY (tenant_id, exception_id);

alter table tracking.parcel add constraint parcel_check CHECK (((rank = 0) = (status = 'waiting'::text)));

alter table tracking.parcel add constraint parcel_check1 CHECK (((last_at IS NULL) = (last_code IS NULL)));

alter table tracking.parcel add constraint parcel_pkey PRIMARY KEY (tenant_id, parcel_id);

alter table tracking.parcel add constraint tracking_status CHECK ((status = ANY (ARRAY['waiting'::text, 'in_transit'::text, 'out_for_delivery'::text, 'lost'::text, 'returned'::text, 'delivered'::text])));

alter table tracking.scan add constraint scan_pkey PRIMARY KEY (tenant_id, tracking_number, carrier, event_id, at);

alter table warehouse.fulfilment_line add constraint fulfilment_line_buckets_not_negative CHECK ((LEAST(to_pick, picked, packed, shipped, short, cancelled) >= 0));

alter table warehouse.fulfilment_line add constraint fulfilment_line_buckets_sum CHECK ((quantity = (((((to_pick + picked) + packed) + shipped) + short) + cancelled)));

alter table warehouse.fulfilment_line add constraint fulfilment_line_pkey PRIMARY KEY (tenant_id, fulfilment_id, order_id, line_no);

alter table warehouse.fulfilment_line add constraint fulfilment_line_quantity_check CHECK ((quantity > 0));

alter table warehouse.fulfilment_order add constraint fulfilment_order_pkey PRIMARY KEY (tenant_id, fulfilment_id);

alter table warehouse.fulfilment_order add constraint fulfilment_state CHECK ((state = ANY (ARRAY['planned'::text, 'released'::text, 'picking'::text, 'packed'::text, 'shipped'::text, 'cancelled'::text])));

alter table warehouse.put_back add constraint put_back_check CHECK (((done_at IS NULL) = (outcome IS NULL)));

alter table warehouse.put_back add constraint put_back_outcome_check CHECK ((outcome = ANY (ARRAY['sellable'::text, 'unsellable'::text])));

alter table warehouse.put_back add constraint put_back_pkey PRIMARY KEY (tenant_id, put_back_id);

alter table warehouse.put_back add constraint put_back_quantity_check CHECK ((quantity > 0));

alter table warehouse.rejection add constraint rejection_check CHECK (((reason <> 'other'::text) OR (note IS NOT NULL)));

alter table warehouse.rejection add constraint rejection_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500)));

alter table warehouse.rejection add constraint rejection_out_for_check CHECK ((out_for = ANY (ARRAY['lines'::text, 'order'::text])));

alter table warehouse.rejection add constraint rejection_pkey PRIMARY KEY (tenant_id, rejection_id);

alter table warehouse.rejection add constraint rejection_reason_check CHECK ((reason = ANY (ARRAY['no_stock_found'::text, 'damaged'::text, 'quality'::text, 'no_capacity'::text, 'closing_early'::text, 'cannot_handle_goods'::text, 'other'::text])));

alter table warehouse.rejection_line add constraint rejection_line_check CHECK (((in_hand >= 0) AND (in_hand <= quantity)));

alter table warehouse.rejection_line add constraint rejection_line_check1 CHECK (((written_down >= 0) AND (written_down <= quantity)));

alter table warehouse.rejection_line add constraint rejection_line_pkey PRIMARY KEY (tenant_id, rejection_id, order_id, line_no);

alter table warehouse.rejection_line add constraint rejection_line_quantity_check CHECK ((quantity > 0));

alter table warehouse.scan add constraint scan_kind_check CHECK ((kind = ANY (ARRAY['pick'::text, 'short'::text, 'put_back'::text])));

alter table warehouse.scan add constraint scan_pkey PRIMARY KEY (tenant_id, scan_id);

alter table warehouse.scan add constraint scan_quantity_check CHECK ((quantity > 0));

alter table warehouse.short_pick add constraint short_pick_pkey PRIMARY KEY (tenant_id, scan_id);

alter table warehouse.short_pick add constraint short_pick_quantity_check CHECK ((quantity > 0));

alter table warehouse.short_pick add constraint short_pick_reason_check CHECK ((reason = ANY (ARRAY['missing'::text, 'damaged'::text, 'wrong_item'::text])));

-- Indexes

CREATE INDEX degraded_waiting ON allocation.degraded_decision USING btree (tenant_id, order_id) WHERE (result IS NULL);

CREATE INDEX exception_due ON allocation.exception USING btree (tenant_id, try_again_at) WHERE ((resolved_at IS NULL) AND (try_again_at IS NOT NULL));

CREATE INDEX exception_network ON allocation.exception USING btree (tenant_id, network_id, exception_id) WHERE (resolved_at IS NULL);

CREATE UNIQUE INDEX exception_open ON allocation.exception USING btree (tenant_id, order_id) WHERE (resolved_at IS NULL);

CREATE INDEX exception_queue ON allocation.exception USING btree (tenant_id, exception_id) WHERE (resolved_at IS NULL);

CREATE INDEX exception_room ON allocation.exception USING btree (tenant_id, network_id, exception_id) WHERE ((resolved_at IS NULL) AND ((reason = 'no_room'::text) OR (hindrances && ARRAY['capacity'::text])));

CREATE INDEX exception_unserved ON allocation.exception USING btree (tenant_id, exception_id) WHERE ((resolved_at IS NULL) AND ((reason = ANY (ARRAY['no_carrier'::text, 'no_currency_rate'::text])) OR (hindrances && ARRAY['no_carrier'::text, 'out_of_area'::text])));

CREATE INDEX explanation_order ON ONLY allocation.explanation USING btree (tenant_id, order_id, decision_id);

CREATE INDEX manual_decision_order ON allocation.manual_decision USING btree (tenant_id, order_id, decision_id);

CREATE INDEX entry_person ON ONLY audit.entry USING btree (tenant_id, actor, entry_id) WHERE starts_with(actor, 'user:'::text);

CREATE INDEX entry_subject ON ONLY audit.entry USING btree (tenant_id, subject, entry_id);

CREATE INDEX booking_slot ON capacity.booking USING btree (tenant_id, location_id, starts_at);

CREATE UNIQUE INDEX affected_rank ON disruptions.affected USING btree (tenant_id, disruption_id, rank);

CREATE INDEX affected_running ON disruptions.affected USING btree (tenant_id, order_id) WHERE ((taken_id IS NOT NULL) AND ((result IS NULL) OR (back = 'asked'::text)));

CREATE INDEX disruption_open ON disruptions.disruption USING btree (tenant_id, state) WHERE (state = ANY (ARRAY['applying'::text, 'active'::text, 'undoing'::text]));

CREATE INDEX object_keep ON files.object USING btree (tenant_id, keep_until);

CREATE INDEX object_person ON files.object USING btree (tenant_id, person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX session_expiry ON identity.session USING btree (tenant_id, expires_at);

CREATE INDEX session_staff ON identity.session USING btree (tenant_id, staff_id, session_id);

CREATE INDEX item_assignee_rank ON inbox.item USING btree (tenant_id, assignee, rank, item_id) WHERE ((state = 'open'::text) AND (assignee IS NOT NULL));

CREATE INDEX item_closed ON inbox.item USING btree (tenant_id, closed_at) WHERE (state = 'closed'::text);

CREATE INDEX item_kind_rank ON inbox.item USING btree (tenant_id, kind, rank, item_id) WHERE (state = 'open'::text);

CREATE INDEX item_next_rank ON inbox.item USING btree (tenant_id, next_rank_at) WHERE ((state <> 'closed'::text) AND (next_rank_at IS NOT NULL));

CREATE INDEX item_order ON inbox.item USING btree (tenant_id, order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX item_promise ON inbox.item USING btree (tenant_id, item_id) WHERE ((state <> 'closed'::text) AND (kind = 'promise'::text));

CREATE INDEX item_queue_rank ON inbox.item USING btree (tenant_id, queue, rank, item_id) WHERE ((state = 'open'::text) AND (queue IS NOT NULL));

CREATE INDEX item_rank ON inbox.item USING btree (tenant_id, rank, item_id) WHERE (state = 'open'::text);

CREATE INDEX item_snoozed ON inbox.item USING btree (tenant_id, snoozed_until, item_id) WHERE (state = 'snoozed'::text);

CREATE UNIQUE INDEX item_source ON inbox.item USING btree (tenant_id, source_id) WHERE (state <> 'closed'::text);

CREATE INDEX item_subject ON inbox.item USING btree (tenant_id, subject) WHERE (state <> 'closed'::text);

CREATE INDEX skill_staff ON inbox.skill USING btree (tenant_id, staff_id);

CREATE INDEX import_return_waiting ON intake.import_return USING btree (tenant_id, run_id, order_id) WHERE (state = 'waiting'::text);

CREATE UNIQUE INDEX import_running ON intake.import_run USING btree (tenant_id, content_sha256) WHERE (state = 'running'::text);

CREATE INDEX message_bucket_file ON intake.message_bucket USING btree (tenant_id, file_id);

CREATE INDEX staged_state ON intake.staged USING btree (tenant_id, state, staged_id);

CREATE UNIQUE INDEX staged_waiting ON intake.staged USING btree (tenant_id, channel, external_id) WHERE ((state = 'waiting'::text) AND (external_id <> ''::text));

CREATE INDEX staged_cause_message ON intake.staged_cause USING btree (tenant_id, staged_id);

CREATE INDEX staged_cause_sku ON intake.staged_cause USING btree (tenant_id, sku, staged_id) WHERE (sku <> ''::text);

CREATE INDEX allocation_open ON inventory.allocation USING btree (tenant_id, location_id, sku) WHERE (open > 0);

CREATE INDEX allocation_released ON inventory.allocation USING btree (tenant_id, released_at) WHERE (released_at IS NOT NULL);

CREATE INDEX allocation_reservation ON inventory.allocation USING btree (tenant_id, reservation_id);

CREATE INDEX broken_open ON inventory.broken_reservation USING btree (tenant_id, demand_id) WHERE (settled_at IS NULL);

CREATE INDEX movement_from ON ONLY inventory.movement USING btree (tenant_id, from_place, sku, lot);

CREATE INDEX movement_to ON ONLY inventory.movement USING btree (tenant_id, to_place, sku, lot);

CREATE INDEX network_stock_id ON inventory.network_stock USING btree (tenant_id, stock_id);

CREATE INDEX reservation_demand ON inventory.reservation USING btree (tenant_id, demand_id, demand_line);

CREATE INDEX reservation_open ON inventory.reservation USING btree (tenant_id, network_id, sku, reservation_id) WHERE (ended_at IS NULL);

CREATE INDEX stock_sku ON inventory.stock USING btree (tenant_id, sku, location_id);

CREATE INDEX changed_size ON lab.changed USING btree (tenant_id, comparison_id, size DESC, order_id);

CREATE UNIQUE INDEX degradation_open ON modes.degradation USING btree (tenant_id, kind) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX promotion_open ON modes.promotion USING btree (tenant_id) WHERE (state = ANY (ARRAY['planned'::text, 'active'::text]));

CREATE INDEX message_order ON notifications.message USING btree (tenant_id, order_id);

CREATE INDEX hold_open ON orders.hold USING btree (tenant_id, kind, placed_at, hold_id) WHERE (ended_at IS NULL);

CREATE INDEX hold_order ON orders.hold USING btree (tenant_id, order_id);

CREATE INDEX note_order ON orders.note USING btree (tenant_id, order_id, note_id);

CREATE INDEX order_commercial ON orders."order" USING btree (tenant_id, commercial, order_id);

CREATE INDEX order_raised ON orders."order" USING btree (tenant_id, priority, order_id) WHERE ((priority > 0) AND (commercial = 'confirmed'::text));

CREATE INDEX line_backordered ON orders.order_line USING btree (tenant_id, sku, order_id, line_no) WHERE (backordered > 0);

CREATE INDEX line_sku ON orders.order_line USING btree (tenant_id, sku, order_id);

CREATE INDEX event_subject ON ONLY outbox.event USING btree (tenant_id, subject, version);

CREATE INDEX webhook_delivery_state ON outbox.webhook_delivery USING btree (tenant_id, endpoint_id, state, "position");

CREATE INDEX booking_intent ON payment.booking USING btree (tenant_id, intent_id);

CREATE UNIQUE INDEX booking_key ON payment.booking USING btree (tenant_id, key) WHERE (key IS NOT NULL);

CREATE INDEX callback_unmatched ON payment.callback USING btree (tenant_id, received_at, callback_id) WHERE (state = 'unmatched'::text);

CREATE INDEX intent_demand ON payment.intent USING btree (tenant_id, demand_id);

CREATE INDEX intent_provider_ref ON payment.intent USING btree (tenant_id, provider, provider_ref) WHERE (provider_ref IS NOT NULL);

CREATE INDEX request_failed ON payment.request USING btree (tenant_id, asked_at, request_id) WHERE (state = 'failed'::text);

CREATE INDEX request_intent ON payment.request USING btree (tenant_id, intent_id);

CREATE UNIQUE INDEX request_key ON payment.request USING btree (tenant_id, key);

CREATE INDEX stored_reply_age ON platform.stored_reply USING btree (tenant_id, created_at);

CREATE INDEX activation_kind ON policies.activation USING btree (tenant_id, kind, activation_id);

CREATE INDEX draft_kind ON policies.draft USING btree (tenant_id, kind, draft_id) WHERE (state = 'open'::text);

CREATE UNIQUE INDEX experiment_running ON policies.experiment USING btree (tenant_id, kind) WHERE (stopped_at IS NULL);

CREATE INDEX experiment_stopped ON policies.experiment USING btree (tenant_id, stopped_at) WHERE (stopped_at IS NOT NULL);

CREATE INDEX shadow_batch_draft ON policies.shadow_batch USING btree (tenant_id, draft_id, batch_id);

CREATE INDEX shadow_change_draft ON policies.shadow_change USING btree (tenant_id, draft_id, change_id);

CREATE INDEX test_case_kind ON policies.test_case USING btree (tenant_id, kind, case_id);

CREATE INDEX return_order ON returns.return USING btree (tenant_id, order_id);

CREATE INDEX return_queue ON returns.return USING btree (tenant_id, state, return_id) WHERE (state = ANY (ARRAY['requested'::text, 'received'::text]));

CREATE INDEX return_line_order ON returns.return_line USING btree (tenant_id, order_id, line_no);

CREATE UNIQUE INDEX decision_open ON review.decision USING btree (tenant_id, hold_id) WHERE (ended_at IS NULL);

CREATE INDEX decision_order ON review.decision USING btree (tenant_id, order_id, decision_id);

CREATE INDEX screening_order ON review.screening USING btree (tenant_id, order_id);

CREATE UNIQUE INDEX label_living ON shipping.label USING btree (tenant_id, parcel_id) WHERE (state <> 'voided'::text);

CREATE INDEX parcel_fulfilment ON shipping.parcel USING btree (tenant_id, fulfilment_id);

CREATE INDEX parcel_left ON shipping.parcel USING btree (tenant_id, location_id, handed_over_at) WHERE (handed_over_at IS NOT NULL);

CREATE INDEX parcel_on_the_way ON shipping.parcel USING btree (tenant_id, handed_over_at, parcel_id) WHERE (state = 'handed_over'::text);

CREATE UNIQUE INDEX parcel_tracking ON shipping.parcel USING btree (tenant_id, tracking_number, carrier) WHERE (tracking_number IS NOT NULL);

CREATE INDEX parcel_line_order ON shipping.parcel_line USING btree (tenant_id, order_id, line_no);

CREATE INDEX attempt_age ON tracking.attempt USING btree (tenant_id, window_start);

CREATE UNIQUE INDEX exception_open ON tracking.exception USING btree (tenant_id, parcel_id, kind) WHERE (closed_at IS NULL);

CREATE INDEX exception_queue ON tracking.exception USING btree (tenant_id, exception_id) WHERE (closed_at IS NULL);

CREATE INDEX fulfilment_line_order ON warehouse.fulfilment_line USING btree (tenant_id, order_id, line_no);

CREATE INDEX fulfilment_due ON warehouse.fulfilment_order USING btree (tenant_id, ship_by, fulfilment_id) WHERE (state = ANY (ARRAY['planned'::text, 'released'::text, 'picking'::text, 'packed'::text]));

CREATE INDEX fulfilment_location ON warehouse.fulfilment_order USING btree (tenant_id, location_id, fulfilment_id);

CREATE INDEX fulfilment_queue ON warehouse.fulfilment_order USING btree (tenant_id, location_id, state, ship_by, fulfilment_id) WHERE (state = ANY (ARRAY['planned'::text, 'released'::text, 'picking'::text, 'packed'::text]));

CREATE INDEX put_back_open ON warehouse.put_back USING btree (tenant_id, location_id, put_back_id) WHERE (done_at IS NULL);

CREATE INDEX put_back_order ON warehouse.put_back USING btree (tenant_id, order_id);

CREATE INDEX rejection_fulfilment ON warehouse.rejection USING btree (tenant_id, fulfilment_id);

CREATE INDEX rejection_location ON warehouse.rejection USING btree (tenant_id, location_id, rejection_id);

CREATE INDEX rejection_line_order ON warehouse.rejection_line USING btree (tenant_id, order_id, line_no);

CREATE INDEX scan_subject ON warehouse.scan USING btree (tenant_id, subject_id);

CREATE INDEX short_pick_order ON warehouse.short_pick USING btree (tenant_id, order_id, line_no);

-- Views

create view allocation.v_decision with (security_invoker=true) as
 SELECT tenant_id,
    decision_id,
    order_id,
    at,
    cause,
    outcome,
    cost
   FROM allocation.explanation;

create view allocation.v_kept_decision with (security_invoker=true) as
 SELECT tenant_id,
    decision_id,
    order_id,
    at,
    cause,
    outcome,
    currency,
    cost,
    detail
   FROM allocation.explanation;

create view allocation.v_lock with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    location_id
   FROM allocation.lock;

create view allocation.v_open_exception with (security_invoker=true) as
 SELECT tenant_id,
    exception_id,
    order_id,
    network_id,
    reason,
    skus,
    units,
    value,
    currency,
    opened_at,
    queue
   FROM allocation.exception
  WHERE resolved_at IS NULL;

create view allocation.v_placed_by_hand with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    decision_id
   FROM allocation.manual_decision
  WHERE kind = ANY (ARRAY['allocate'::text, 'move'::text, 'split'::text, 'merge'::text]);

create view allocation.v_waiting with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    exception_id,
    reason,
    units
   FROM allocation.exception
  WHERE resolved_at IS NULL;

create view capacity.v_booking with (security_invoker=true) as
 SELECT tenant_id,
    fulfilment_id,
    location_id,
    starts_at,
    lines,
    seconds,
    booked_at
   FROM capacity.booking
  WHERE ended_by IS DISTINCT FROM 'cancelled'::text;

create view catalog.v_sku_class with (security_invoker=true) as
 SELECT tenant_id,
    sku,
    category,
    handling_classes
   FROM catalog.sku
  WHERE state = 'active'::text;

create view engine.v_dead_letter with (security_invoker=true) as
 SELECT tenant_id,
    job_id,
    step,
    subject,
    attempts,
    error,
    died_at
   FROM engine.dead_letter;

create view identity.v_staff with (security_invoker=true) as
 SELECT tenant_id,
    staff_id,
    name,
    role
   FROM identity.staff
  WHERE left_at IS NULL;

create view inbox.v_fulfilment with (security_invoker=true) as
 SELECT q.tenant_id,
    q.fulfilment_id,
    q.location_id,
    q.state,
    q.ship_by,
    f.order_id,
    f.arrives_at,
    o.number,
    o.total,
    o.currency,
    o.promised_at,
    q.planned_at
   FROM warehouse.v_queue q
     JOIN LATERAL ( SELECT l.order_id,
            l.promised_at AS arrives_at
           FROM warehouse.v_fulfilment_line l
          WHERE l.tenant_id = q.tenant_id AND l.fulfilment_id = q.fulfilment_id
          ORDER BY l.order_id, l.line_no
         LIMIT 1) f ON true
     LEFT JOIN orders.v_order_worth o ON o.tenant_id = q.tenant_id AND o.order_id = f.order_id;

create view inbox.v_open_item with (security_invoker=true) as
 SELECT tenant_id,
    item_id,
    kind,
    state,
    queue,
    assignee,
    due_at,
    opened_at
   FROM inbox.item
  WHERE state = 'open'::text;

create view inbox.v_source with (security_invoker=true) as
 SELECT e.tenant_id,
        CASE
            WHEN e.queue IS NULL THEN 'allocation'::text
            ELSE 'special'::text
        END AS kind,
    e.exception_id AS source_id,
    e.order_id AS subject,
    e.order_id,
    o.number AS title,
    e.reason,
    e.value,
    e.currency,
    o.promised_at AS due_at,
    e.opened_at,
    e.queue,
    jsonb_build_object('skus', e.skus, 'units', e.units) AS detail
   FROM allocation.v_open_exception e
     LEFT JOIN orders.v_order_worth o ON o.tenant_id = e.tenant_id AND o.order_id = e.order_id
UNION ALL
 SELECT h.tenant_id,
        CASE
            WHEN h.reasons @> '[{"code": "address_unclear"}]'::jsonb OR h.kind = 'address'::text THEN 'address'::text
            WHEN h.kind = 'review'::text THEN 'review'::text
            WHEN h.kind = 'lost'::text THEN 'lost'::text
            ELSE 'hold'::text
        END AS kind,
    h.hold_id AS source_id,
    h.order_id AS subject,
    h.order_id,
    h.number AS title,
    COALESCE((h.reasons -> 0) ->> 'code'::text, h.kind) AS reason,
    h.total AS value,
    h.currency,
    h.expires_at AS due_at,
    h.placed_at AS opened_at,
    NULL::text AS queue,
    jsonb_build_object('hold_kind', h.kind, 'reasons', h.reasons, 'blocks', to_jsonb(h.blocks)) AS detail
   FROM orders.v_open_hold h
  WHERE h.kind <> 'payment'::text
UNION ALL
 SELECT s.tenant_id,
        CASE
            WHEN s.reasons @> '[{"code": "address_incomplete"}]'::jsonb THEN 'address'::text
            ELSE 'staged'::text
        END AS kind,
    s.staged_id AS source_id,
    s.staged_id AS subject,
    NULL::uuid AS order_id,
    s.external_id AS title,
    COALESCE((s.reasons -> 0) ->> 'code'::text, 'malformed'::text) AS reason,
    NULL::bigint AS value,
    NULL::text AS currency,
    NULL::timestamp with time zone AS due_at,
    s.received_at AS opened_at,
    NULL::text AS queue,
    jsonb_build_object('channel', s.channel, 'reasons', s.reasons, 'attempts', s.attempts) AS detail
   FROM intake.v_open_staged s
UNION ALL
 SELECT c.tenant_id,
    'payment'::text AS kind,
    c.callback_id AS source_id,
    c.callback_id AS subject,
    NULL::uuid AS order_id,
    COALESCE(c.reference, c.provider) AS title,
    'unmatched'::text AS reason,
    c.amount AS value,
    c.currency,
    NULL::timestamp with time zone AS due_at,
    c.received_at AS opened_at,
    NULL::text AS queue,
    jsonb_build_object('provider', c.provider, 'cause', c.reason) AS detail
   FROM payment.v_open_receipt c
UNION ALL
 SELECT r.tenant_id,
    'payment'::text AS kind,
    r.request_id AS source_id,
    r.demand_id AS subject,
    r.demand_id AS order_id,
    o.number AS title,
    'refused_'::text || r.kind AS reason,
    r.amount AS value,
    r.currency,
    NULL::timestamp with time zone AS due_at,
    r.asked_at AS opened_at,
    NULL::text AS queue,
    jsonb_build_object('failure', r.failure) AS detail
   FROM payment.v_refused_request r
     LEFT JOIN orders.v_order_worth o ON o.tenant_id = r.tenant_id AND o.order_id = r.demand_id
UNION ALL
 SELECT t.tenant_id,
        CASE
            WHEN t.code = 'address_problem'::text THEN 'address'::text
            ELSE 'parcel'::text
        END AS kind,
    t.exception_id AS source_id,
    t.parcel_id AS subject,
    p.order_id,
    COALESCE(p.tracking_number, o.number) AS title,
    t.kind AS reason,
    o.total AS value,
    o.currency,
    p.promised_at AS due_at,
    t.opened_at,
    NULL::text AS queue,
    jsonb_build_object('code', t.code, 'carrier', p.carrier, 'number', o.number) AS detail
   FROM tracking.v_open_trouble t
     LEFT JOIN LATERAL ( SELECT l.order_id,
            l.tracking_number,
            l.promised_at,
            l.carrier
           FROM shipping.v_order_parcel l
          WHERE l.tenant_id = t.tenant_id AND l.parcel_id = t.parcel_id
          ORDER BY l.order_id
         LIMIT 1) p ON true
     LEFT JOIN orders.v_order_worth o ON o.tenant_id = t.tenant_id AND o.order_id = p.order_id
UNION ALL
 SELECT b.tenant_id,
    'stock'::text AS kind,
    b.order_id AS source_id,
    b.order_id AS subject,
    b.order_id,
    o.number AS title,
    b.reason,
    o.total AS value,
    o.currency,
    o.promised_at AS due_at,
    o.placed_at AS opened_at,
    NULL::text AS queue,
    jsonb_build_object('skus', b.skus, 'units', b.units) AS detail
   FROM orders.v_broken_order b
     JOIN orders.v_order_worth o ON o.tenant_id = b.tenant_id AND o.order_id = b.order_id
UNION ALL
 SELECT d.tenant_id,
    'dead_letter'::text AS kind,
    d.job_id AS source_id,
    d.job_id AS subject,
    o.order_id,
    COALESCE(o.number, d.step) AS title,
    d.step AS reason,
    o.total AS value,
    o.currency,
    NULL::timestamp with time zone AS due_at,
    d.died_at AS opened_at,
    NULL::text AS queue,
    jsonb_build_object('error', d.error, 'attempts', d.attempts, 'step', d.step) AS detail
   FROM engine.v_dead_letter d
     LEFT JOIN orders.v_order_worth o ON o.tenant_id = d.tenant_id AND o.order_id = d.subject;

create view intake.v_import with (security_invoker=true) as
 SELECT tenant_id,
    run_id AS import_id,
    name,
    channel,
    accepted,
    started_at
   FROM intake.import_run;

create view intake.v_imported with (security_invoker=true) as
 SELECT tenant_id,
    run_id AS import_id,
    order_id
   FROM intake.import_group
  WHERE order_id IS NOT NULL;

create view intake.v_open_staged with (security_invoker=true) as
 SELECT tenant_id,
    staged_id,
    channel,
    external_id,
    reasons,
    attempts,
    received_at
   FROM intake.staged
  WHERE state = 'waiting'::text;

create view intake.v_staged_waiting with (security_invoker=true) as
 SELECT tenant_id,
    staged_id,
    channel,
    received_at
   FROM intake.staged
  WHERE state = 'waiting'::text;

create view inventory.v_change with (security_invoker=true) as
 SELECT movement.tenant_id,
    movement.movement_id,
    movement.from_place AS location_id,
    movement.sku,
    - movement.quantity AS units,
    movement.at
   FROM inventory.movement
  WHERE movement.kind <> 'ship'::text AND movement.from_condition = 'sellable'::text AND "left"(movement.from_place, 1) <> '@'::text
UNION ALL
 SELECT movement.tenant_id,
    movement.movement_id,
    movement.to_place AS location_id,
    movement.sku,
    movement.quantity AS units,
    movement.at
   FROM inventory.movement
  WHERE movement.kind <> 'ship'::text AND movement.to_condition = 'sellable'::text AND "left"(movement.to_place, 1) <> '@'::text;

create view inventory.v_free with (security_invoker=true) as
 SELECT tenant_id,
    location_id,
    sku,
    sum(on_hand - unsellable - allocated)::integer AS free
   FROM inventory.stock
  GROUP BY tenant_id, location_id, sku;

create view inventory.v_given with (security_invoker=true) as
 SELECT a.tenant_id,
    a.allocation_id,
    r.demand_id,
    a.location_id,
    a.sku,
    a.quantity AS units,
    a.created_at AS at
   FROM inventory.allocation a
     JOIN inventory.reservation r ON r.tenant_id = a.tenant_id AND r.reservation_id = a.reservation_id;

create view inventory.v_given_back with (security_invoker=true) as
 SELECT a.tenant_id,
    r.demand_id,
    a.location_id,
    a.sku,
    a.released AS units,
    a.released_at AS at
   FROM inventory.allocation a
     JOIN inventory.reservation r ON r.tenant_id = a.tenant_id AND r.reservation_id = a.reservation_id
  WHERE a.released_at IS NOT NULL;

create view modes.v_degradation with (security_invoker=true) as
 SELECT tenant_id,
    degradation_id,
    kind,
    cause,
    keys,
    since,
    ended_at,
    opened_at,
    failed_orders,
    failed_at,
    good_probes,
    ended_by,
    end_reason
   FROM modes.degradation;

create view orders.v_broken_order with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    sum(backordered)::integer AS units,
    array_agg(sku ORDER BY line_no) AS skus,
    min(shortage_reason) AS reason
   FROM orders.order_line
  WHERE backordered > 0 AND shortage_reason ~~ 'broken:%'::text
  GROUP BY tenant_id, order_id;

create view orders.v_destination with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    channel,
    ship_country,
    ship_postcode,
    ship_lat,
    ship_lon,
    ship_region,
    ship_city
   FROM orders."order";

create view orders.v_open_hold with (security_invoker=true) as
 SELECT h.tenant_id,
    h.hold_id,
    h.order_id,
    h.kind,
    h.reasons,
    h.blocks,
    h.owner,
    h.placed_at,
    h.expires_at,
    o.number,
    o.channel,
    o.currency,
    o.total,
    o.payment_method,
    o.placed_at AS order_placed_at,
    o.commercial,
    o.ship_country,
    o.ship_region,
    o.ship_city,
    o.ship_postcode
   FROM orders.hold h
     JOIN orders."order" o ON o.tenant_id = h.tenant_id AND o.order_id = h.order_id
  WHERE h.ended_at IS NULL;

create view orders.v_open_line with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    line_no,
    sku,
    backordered,
    reserved,
    allocated,
    released,
    picked,
    packed
   FROM orders.order_line
  WHERE (backordered + reserved + allocated + released + picked + packed) > 0;

create view orders.v_order_number with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    number
   FROM orders."order";

create view orders.v_order_worth with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    number,
    currency,
    total,
    placed_at,
    shortage_policy,
        CASE
            WHEN (attributes ->> 'promised_at'::text) ~ '^\d{4}-\d\d-\d\dT'::text AND pg_input_is_valid(attributes ->> 'promised_at'::text, 'timestamptz'::text) THEN (attributes ->> 'promised_at'::text)::timestamp with time zone
            ELSE NULL::timestamp with time zone
        END AS promised_at
   FROM orders."order";

create view orders.v_ordered_line with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    line_no,
    sku,
    ordered
   FROM orders.order_line;

create view orders.v_placed with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    channel,
    commercial,
    placed_at
   FROM orders."order";

create view orders.v_raised with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    priority
   FROM orders."order"
  WHERE priority > 0 AND commercial = 'confirmed'::text;

create view payment.v_open_receipt with (security_invoker=true) as
 SELECT tenant_id,
    callback_id,
    intent_id,
    provider,
    (outcome ->> 'amount'::text)::bigint AS amount,
    outcome ->> 'currency'::text AS currency,
    COALESCE(outcome ->> 'payment_ref'::text, outcome ->> 'provider_ref'::text) AS reference,
    COALESCE(reason, outcome ->> 'status'::text) AS reason,
    received_at
   FROM payment.callback
  WHERE state = 'unmatched'::text;

create view payment.v_refused_request with (security_invoker=true) as
 SELECT r.tenant_id,
    r.request_id,
    i.demand_id,
    r.kind,
    r.amount,
    i.currency,
    r.failure,
    r.asked_at
   FROM payment.request r
     JOIN payment.intent i ON i.tenant_id = r.tenant_id AND i.intent_id = r.intent_id
  WHERE r.state = 'failed'::text AND (r.kind = ANY (ARRAY['capture'::text, 'refund'::text]));

create view payment.v_unmatched with (security_invoker=true) as
 SELECT tenant_id,
    callback_id,
    provider,
    received_at
   FROM payment.callback
  WHERE state = 'unmatched'::text;

create view returns.v_open_return with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    return_id,
    state,
    requested_at
   FROM returns.return
  WHERE state = ANY (ARRAY['requested'::text, 'received'::text]);

create view shipping.v_order_parcel with (security_invoker=true) as
 SELECT l.tenant_id,
    l.order_id,
    l.line_no,
    l.sku,
    l.quantity,
    p.parcel_id,
    p.fulfilment_id,
    p.location_id,
    p.carrier,
    p.service,
    p.state,
    p.tracking_number,
    p.packed_at,
    p.handed_over_at,
    p.delivered_at,
    p.promised_at
   FROM shipping.parcel_line l
     JOIN shipping.parcel p ON p.tenant_id = l.tenant_id AND p.parcel_id = l.parcel_id;

create view shipping.v_packing with (security_invoker=true) as
 SELECT p.tenant_id,
    p.parcel_id,
    p.fulfilment_id,
    p.location_id,
    p.packed_by,
    p.packed_at,
    l.order_id,
    l.line_no
   FROM shipping.parcel p
     JOIN shipping.parcel_line l ON l.tenant_id = p.tenant_id AND l.parcel_id = p.parcel_id
  WHERE p.packed_by <> 'system'::text;

create view shipping.v_parcel_left with (security_invoker=true) as
 SELECT tenant_id,
    parcel_id,
    location_id,
    state,
    handed_over_at
   FROM shipping.parcel
  WHERE handed_over_at IS NOT NULL;

create view tracking.v_open_exception with (security_invoker=true) as
 SELECT tenant_id,
    exception_id,
    parcel_id,
    kind,
    opened_at
   FROM tracking.exception
  WHERE closed_at IS NULL;

create view tracking.v_open_trouble with (security_invoker=true) as
 SELECT tenant_id,
    exception_id,
    parcel_id,
    kind,
    code,
    opened_at
   FROM tracking.exception e
  WHERE closed_at IS NULL;

create view tracking.v_parcel_status with (security_invoker=true) as
 SELECT tenant_id,
    parcel_id,
        CASE
            WHEN (last_code = ANY (ARRAY['failed_attempt'::text, 'address_problem'::text, 'damaged'::text, 'delayed'::text, 'refused'::text])) AND rank < 70 THEN 'exception'::text
            ELSE status
        END AS status,
    rank,
    status_at,
    last_at,
    last_code,
    last_place
   FROM tracking.parcel;

create view tracking.v_scan with (security_invoker=true) as
 SELECT p.tenant_id,
    p.parcel_id,
    s.code,
    s.at,
    s.place
   FROM tracking.parcel p
     JOIN tracking.scan s ON s.tenant_id = p.tenant_id AND s.tracking_number = p.tracking_number AND s.carrier = p.carrier;

create view warehouse.v_fulfilment_line with (security_invoker=true) as
 SELECT l.tenant_id,
    l.order_id,
    l.line_no,
    l.sku,
    f.fulfilment_id,
    f.location_id,
    f.state,
    f.carrier,
    f.service,
    f.ship_by,
    f.promised_at,
    l.quantity,
    l.to_pick,
    l.picked,
    l.packed,
    l.shipped,
    l.short,
    l.cancelled
   FROM warehouse.fulfilment_line l
     JOIN warehouse.fulfilment_order f ON f.tenant_id = l.tenant_id AND f.fulfilment_id = l.fulfilment_id;

create view warehouse.v_fulfilment_order_of with (security_invoker=true) as
 SELECT DISTINCT tenant_id,
    fulfilment_id,
    order_id
   FROM warehouse.fulfilment_line;

create view warehouse.v_fulfilment_state with (security_invoker=true) as
 SELECT tenant_id,
    fulfilment_id,
    state,
    (( SELECT count(*) AS count
           FROM warehouse.fulfilment_line l
          WHERE l.tenant_id = f.tenant_id AND l.fulfilment_id = f.fulfilment_id AND (l.to_pick + l.picked + l.packed + l.shipped) > 0))::integer AS lines
   FROM warehouse.fulfilment_order f;

create view warehouse.v_open_fulfilment with (security_invoker=true) as
 SELECT l.tenant_id,
    l.order_id,
    l.line_no,
    f.fulfilment_id,
    f.location_id,
    f.state,
    f.ship_by,
    l.to_pick,
    l.picked,
    l.packed
   FROM warehouse.fulfilment_line l
     JOIN warehouse.fulfilment_order f ON f.tenant_id = l.tenant_id AND f.fulfilment_id = l.fulfilment_id
  WHERE f.state = ANY (ARRAY['planned'::text, 'released'::text, 'picking'::text, 'packed'::text]);

create view warehouse.v_open_place with (security_invoker=true) as
 SELECT f.tenant_id,
    f.location_id,
    f.fulfilment_id,
    f.state,
    f.ship_by,
    f.planned_at,
    l.order_id,
    l.line_no,
    l.sku,
    l.to_pick,
    l.picked,
    l.packed
   FROM warehouse.fulfilment_order f
     JOIN warehouse.fulfilment_line l ON l.tenant_id = f.tenant_id AND l.fulfilment_id = f.fulfilment_id
  WHERE (f.state = ANY (ARRAY['planned'::text, 'released'::text, 'picking'::text, 'packed'::text])) AND (l.to_pick + l.picked + l.packed) > 0;

create view warehouse.v_pick_scan with (security_invoker=true) as
 SELECT s.tenant_id,
    s.scan_id,
    f.location_id,
    s.actor,
    s.at,
    s.subject_id AS fulfilment_id,
    s.line_no,
    s.quantity
   FROM warehouse.scan s
     JOIN warehouse.fulfilment_order f ON f.tenant_id = s.tenant_id AND f.fulfilment_id = s.subject_id
  WHERE s.kind = 'pick'::text;

create view warehouse.v_planned_order with (security_invoker=true) as
 SELECT tenant_id,
    fulfilment_id,
    location_id
   FROM warehouse.fulfilment_order
  WHERE state <> 'cancelled'::text;

create view warehouse.v_queue with (security_invoker=true) as
 SELECT tenant_id,
    location_id,
    state,
    ship_by,
    fulfilment_id,
    planned_at,
    released_at
   FROM warehouse.fulfilment_order
  WHERE state = ANY (ARRAY['planned'::text, 'released'::text, 'picking'::text, 'packed'::text]);

create view warehouse.v_rejection with (security_invoker=true) as
 SELECT l.tenant_id,
    l.order_id,
        CASE
            WHEN r.out_for = 'lines'::text THEN l.line_no
            ELSE NULL::integer
        END AS line_no,
    r.location_id,
    r.rejection_id,
    r.reason,
    r.out_until
   FROM warehouse.rejection_line l
     JOIN warehouse.rejection r ON r.tenant_id = l.tenant_id AND r.rejection_id = l.rejection_id;

create view warehouse.v_short_pick with (security_invoker=true) as
 SELECT tenant_id,
    order_id,
    line_no,
    sku,
    location_id,
    fulfilment_id,
    quantity,
    reason,
    at,
    scan_id
   FROM warehouse.short_pick;

-- Functions

CREATE OR REPLACE FUNCTION audit.leaf(e audit.entry)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select sha256('\x00'::bytea || convert_to(
    (select string_agg(case when field is null then '-' else octet_length(field) || ':' || field end, ',' order by place)
       from unnest(array[
         e.tenant_id::text, e.entry_id::text, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), e.actor, e.route, e.request_id::text,
         e.status::text, e.count::text, e.request_digest, e.before_digest, e.after_digest] || e.subjects) with ordinality as f (field, place)), 'UTF8'))
$function$
;

CREATE OR REPLACE FUNCTION audit.merkle_root(leaves bytea[])
 RETURNS bytea
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog'
AS $function$
declare
  level bytea[] := leaves;
begin
  while cardinality(level) > 1 loop
    level := array(
      select case when level[i + 1] is null then level[i] else sha256('\x01'::bytea || level[i] || level[i + 1]) end
        from generate_series(1, cardinality(level), 2) as i order by i);
  end loop;
  return level[1];
end $function$
;

CREATE OR REPLACE FUNCTION engine.due(at timestamp with time zone)
 RETURNS TABLE(tenant_id uuid, step text, due_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  with recursive pair as (
    (select j.tenant_id, j.step, j.due_at from engine.job j order by j.tenant_id, j.step, j.due_at limit 1)
    union all
    select n.tenant_id, n.step, n.due_at
      from pair p cross join lateral (
        select j.tenant_id, j.step, j.due_at from engine.job j
         where (j.tenant_id, j.step) > (p.tenant_id, p.step)
         order by j.tenant_id, j.step, j.due_at limit 1) n
  )
  select pair.tenant_id, pair.step, pair.due_at from pair where pair.due_at <= at
$function$
;

CREATE OR REPLACE FUNCTION engine.orphaned_batches(seen_before timestamp with time zone)
 RETURNS TABLE(tenant_id uuid, worker_id uuid, slot smallint, job_ids uuid[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select b.tenant_id, b.worker_id, b.slot, b.job_ids from engine.worker_batch b
   where not exists (select from engine.process p where p.process_id = b.worker_id and p.seen_at >= seen_before)
   order by b.tenant_id, b.worker_id, b.slot limit 1000
$function$
;

CREATE OR REPLACE FUNCTION inbox.next_rank_at(mass double precision, due_at timestamp with time zone, at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select case when h.hours >= 0.25 then greatest(due_at - make_interval(secs => h.hours * 3600), at + interval '1 second')
              when extract(epoch from due_at - at) > 900 then greatest(due_at - interval '15 minutes', at + interval '1 second') end
    from (select greatest(mass, 1) / exp((1 - inbox.rank_of(mass, due_at, at)) / 8.0) as hours) h
$function$
;

CREATE OR REPLACE FUNCTION inbox.rank_of(mass double precision, due_at timestamp with time zone, at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  select -floor(8 * ln(greatest(mass, 1) / greatest(extract(epoch from due_at - at)::double precision / 3600, 0.25)))::int
$function$
;

CREATE OR REPLACE FUNCTION modes.degraded_now()
 RETURNS TABLE(kind text, tenants integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select kind, count(*)::int from modes.degradation where ended_at is null and opened_at is not null group by kind
$function$
;

CREATE OR REPLACE FUNCTION outbox.purge_deliveries(before timestamp with time zone, at_most integer)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  with gone as (
    delete from outbox.webhook_delivery d using (
      select tenant_id, endpoint_id, event_id from outbox.webhook_delivery where state <> 'pending' and updated_at < before limit at_most) old
     where d.tenant_id = old.tenant_id and d.endpoint_id = old.endpoint_id and d.event_id = old.event_id returning 1)
  select count(*) from gone
$function$
;

CREATE OR REPLACE FUNCTION outbox.purge_feed(before_id uuid, at_most integer)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  with old as (
    select f.tenant_id, max(f.position) as position from outbox.feed f where f.event_id < before_id group by f.tenant_id),
  taken as (
    select f.tenant_id, f.position from outbox.feed f join old on old.tenant_id = f.tenant_id and f.position <= old.position
     order by f.tenant_id, f.position limit at_most),
  moved as (
    update outbox.feed_counter c set purged_position = greatest(c.purged_position, s.position)
      from (select tenant_id, max(position) as position from taken group by tenant_id) s where c.tenant_id = s.tenant_id),
  gone as (
    delete from outbox.feed f using taken where f.tenant_id = taken.tenant_id and f.position = taken.position returning 1)
  select count(*) from gone
$function$
;

CREATE OR REPLACE FUNCTION platform.close_ledger(name regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform platform.close_table(name);
  execute format('revoke update, delete on %s from ordo_app', name);
end $function$
;

CREATE OR REPLACE FUNCTION platform.close_table(name regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy tenant on %s to ordo_app using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid) with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', name);
  execute format('create policy everything on %s to ordo_owner, ordo_maintenance using (true) with check (true)', name);
  execute format('grant select, insert, update, delete on %s to ordo_app, ordo_maintenance', name);
end $function$
;

CREATE OR REPLACE FUNCTION platform.make_partition(parent text, month date, lower_id uuid, upper_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET lock_timeout TO '2s'
AS $function$
declare
  name text := parent || to_char(month, '_YYYY_MM');
begin
  if parent !~ '^[a-z_]+\.[a-z_]+$' or not exists (select from pg_partitioned_table where partrelid = to_regclass(parent)) then
    raise exception 'no partitioned table %', parent;
  end if;
  if to_regclass(name) is not null then return false; end if;
  execute format('create table %s partition of %s for values from (%L) to (%L)', name, parent, lower_id, upper_id);
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  return true;
exception when check_violation then return false;
end $function$
;

-- Policies

create policy everything on allocation.degraded_decision as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on allocation.degraded_decision as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on allocation.exception as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on allocation.exception as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on allocation.exclusion as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on allocation.exclusion as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on allocation.explanation as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on allocation.explanation as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on allocation.known_place as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on allocation.known_place as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on allocation.lifted as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on allocation.lifted as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on allocation.limited_place as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on allocation.limited_place as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on allocation.lock as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on allocation.lock as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on allocation.manual_decision as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on allocation.manual_decision as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on audit.block as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on audit.block as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on audit.entry as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on audit.entry as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on audit.head as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on audit.head as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on capacity.booking as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on capacity.booking as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on capacity.pace as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on capacity.pace as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on capacity.slot as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on capacity.slot as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on catalog.sku as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on catalog.sku as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on disruptions.affected as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on disruptions.affected as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on disruptions.disruption as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on disruptions.disruption as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everybody on engine.chore as permissive for all to ordo_app, ordo_maintenance, ordo_owner using (true) with check (true);

create policy everything on engine.dead_letter as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on engine.dead_letter as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on engine.job as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on engine.job as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everybody on engine.process as permissive for all to ordo_app, ordo_maintenance, ordo_owner using (true) with check (true);

create policy everything on engine.suspect as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on engine.suspect as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on engine.worker_batch as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on engine.worker_batch as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on files.object as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on files.object as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on identity.api_key as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on identity.api_key as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on identity.session as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on identity.session as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on identity.staff as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on identity.staff as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inbox.entry as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inbox.entry as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inbox.item as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inbox.item as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inbox.keeper as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inbox.keeper as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inbox.skill as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inbox.skill as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on intake.import_group as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on intake.import_group as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on intake.import_return as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on intake.import_return as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on intake.import_run as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on intake.import_run as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on intake.message_bucket as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on intake.message_bucket as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on intake.staged as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on intake.staged as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on intake.staged_cause as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on intake.staged_cause as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inventory.allocation as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inventory.allocation as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inventory.broken_reservation as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inventory.broken_reservation as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inventory.location as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inventory.location as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inventory.movement as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inventory.movement as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inventory.network_stock as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inventory.network_stock as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inventory.reservation as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inventory.reservation as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on inventory.stock as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on inventory.stock as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on lab.changed as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on lab.changed as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on lab.comparison as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on lab.comparison as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on lab.load as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on lab.load as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on lab.queue as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on lab.queue as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on lab.stretch as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on lab.stretch as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on modes.degradation as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on modes.degradation as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on modes.degradation_sighting as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on modes.degradation_sighting as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on modes.freeze_override as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on modes.freeze_override as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on modes.promotion as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on modes.promotion as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on modes.promotion_extension as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on modes.promotion_extension as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on notifications.message as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on notifications.message as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on orders.charge as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on orders.charge as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on orders.disclosure as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on orders.disclosure as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on orders.former_destination as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on orders.former_destination as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on orders.hold as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on orders.hold as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on orders.note as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on orders.note as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on orders.order as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on orders.order as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on orders.order_line as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on orders.order_line as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on orders.person as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on orders.person as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on orders.saved_view as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on orders.saved_view as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on orders.search_key as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on orders.search_key as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on outbox.event as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on outbox.event as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on outbox.feed as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on outbox.feed as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on outbox.feed_counter as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on outbox.feed_counter as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on outbox.webhook_delivery as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on outbox.webhook_delivery as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on outbox.webhook_endpoint as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on outbox.webhook_endpoint as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on payment.booking as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on payment.booking as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on payment.callback as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on payment.callback as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on payment.entry as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on payment.entry as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on payment.intent as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on payment.intent as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on payment.provider as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on payment.provider as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on payment.request as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on payment.request as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on platform.fact as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on platform.fact as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on platform.fact_head as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on platform.fact_head as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on platform.stored_reply as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on platform.stored_reply as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everybody_reads on platform.tenant as permissive for select to ordo_app using (true);

create policy everything on platform.tenant as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy everything on policies.activation as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on policies.activation as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on policies.draft as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on policies.draft as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on policies.experiment as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on policies.experiment as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on policies.experiment_order as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on policies.experiment_order as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on policies.hit as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on policies.hit as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on policies.rule_hour as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on policies.rule_hour as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on policies.shadow_batch as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on policies.shadow_batch as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on policies.shadow_change as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on policies.shadow_change as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on policies.test_case as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on policies.test_case as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on privacy.erasure as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on privacy.erasure as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on returns.return as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on returns.return as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on returns.return_line as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on returns.return_line as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on review.decision as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on review.decision as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on review.screening as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on review.screening as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on shipping.label as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on shipping.label as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on shipping.number_range as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on shipping.number_range as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on shipping.parcel as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on shipping.parcel as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on shipping.parcel_line as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on shipping.parcel_line as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on tracking.attempt as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on tracking.attempt as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on tracking.exception as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on tracking.exception as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on tracking.parcel as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on tracking.parcel as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on tracking.scan as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on tracking.scan as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on warehouse.fulfilment_line as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on warehouse.fulfilment_line as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on warehouse.fulfilment_order as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on warehouse.fulfilment_order as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on warehouse.put_back as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on warehouse.put_back as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on warehouse.rejection as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on warehouse.rejection as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on warehouse.rejection_line as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on warehouse.rejection_line as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on warehouse.scan as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on warehouse.scan as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

create policy everything on warehouse.short_pick as permissive for all to ordo_maintenance, ordo_owner using (true) with check (true);

create policy tenant on warehouse.short_pick as permissive for all to ordo_app using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));

-- Rights

grant update on column allocation.manual_decision.reason to ordo_app;

grant update on column orders.disclosure.reason to ordo_app;

grant select on column platform.tenant.base_currency to ordo_app;

grant select on column platform.tenant.code to ordo_app;

grant select on column platform.tenant.locale to ordo_app;

grant select on column platform.tenant.name to ordo_app;

grant select on column platform.tenant.settings to ordo_app;

grant select on column platform.tenant.state to ordo_app;

grant select on column platform.tenant.tenant_id to ordo_app;

grant select on column platform.tenant.time_zone to ordo_app;

grant update on column warehouse.rejection.note to ordo_app;

grant execute on function audit.leaf(e audit.entry) to ordo_app;

grant execute on function audit.leaf(e audit.entry) to ordo_maintenance;

grant execute on function audit.leaf(e audit.entry) to public;

grant execute on function audit.merkle_root(leaves bytea[]) to ordo_app;

grant execute on function audit.merkle_root(leaves bytea[]) to ordo_maintenance;

grant execute on function audit.merkle_root(leaves bytea[]) to public;

grant execute on function engine.due(at timestamp with time zone) to ordo_app;

grant execute on function engine.due(at timestamp with time zone) to ordo_maintenance;

grant execute on function engine.orphaned_batches(seen_before timestamp with time zone) to ordo_app;

grant execute on function engine.orphaned_batches(seen_before timestamp with time zone) to ordo_maintenance;

grant execute on function modes.degraded_now() to ordo_app;

grant execute on function modes.degraded_now() to ordo_maintenance;

grant execute on function outbox.purge_deliveries(before timestamp with time zone, at_most integer) to ordo_app;

grant execute on function outbox.purge_deliveries(before timestamp with time zone, at_most integer) to ordo_maintenance;

grant execute on function outbox.purge_feed(before_id uuid, at_most integer) to ordo_app;

grant execute on function outbox.purge_feed(before_id uuid, at_most integer) to ordo_maintenance;

grant execute on function platform.make_partition(parent text, month date, lower_id uuid, upper_id uuid) to ordo_app;

grant usage on schema allocation to ordo_app;

grant usage on schema allocation to ordo_maintenance;

grant usage on schema audit to ordo_app;

grant usage on schema audit to ordo_maintenance;

grant usage on schema capacity to ordo_app;

grant usage on schema capacity to ordo_maintenance;

grant usage on schema catalog to ordo_app;

grant usage on schema catalog to ordo_maintenance;

grant usage on schema disruptions to ordo_app;

grant usage on schema disruptions to ordo_maintenance;

grant usage on schema engine to ordo_app;

grant usage on schema engine to ordo_maintenance;

grant usage on schema files to ordo_app;

grant usage on schema files to ordo_maintenance;

grant usage on schema identity to ordo_app;

grant usage on schema identity to ordo_maintenance;

grant usage on schema inbox to ordo_app;

grant usage on schema inbox to ordo_maintenance;

grant usage on schema intake to ordo_app;

grant usage on schema intake to ordo_maintenance;

grant usage on schema inventory to ordo_app;

grant usage on schema inventory to ordo_maintenance;

grant usage on schema lab to ordo_app;

grant usage on schema lab to ordo_maintenance;

grant usage on schema modes to ordo_app;

grant usage on schema modes to ordo_maintenance;

grant usage on schema notifications to ordo_app;

grant usage on schema notifications to ordo_maintenance;

grant usage on schema orders to ordo_app;

grant usage on schema orders to ordo_maintenance;

grant usage on schema outbox to ordo_app;

grant usage on schema outbox to ordo_maintenance;

grant usage on schema payment to ordo_app;

grant usage on schema payment to ordo_maintenance;

grant usage on schema platform to ordo_app;

grant usage on schema platform to ordo_maintenance;

grant usage on schema policies to ordo_app;

grant usage on schema policies to ordo_maintenance;

grant usage on schema privacy to ordo_app;

grant usage on schema privacy to ordo_maintenance;

grant usage on schema returns to ordo_app;

grant usage on schema returns to ordo_maintenance;

grant usage on schema review to ordo_app;

grant usage on schema review to ordo_maintenance;

grant usage on schema shipping to ordo_app;

grant usage on schema shipping to ordo_maintenance;

grant usage on schema tracking to ordo_app;

grant usage on schema tracking to ordo_maintenance;

grant usage on schema warehouse to ordo_app;

grant usage on schema warehouse to ordo_maintenance;

grant delete, insert, select, update on table allocation.degraded_decision to ordo_app;

grant delete, insert, select, update on table allocation.degraded_decision to ordo_maintenance;

grant delete, insert, select, update on table allocation.exception to ordo_app;

grant delete, insert, select, update on table allocation.exception to ordo_maintenance;

grant delete, insert, select, update on table allocation.exclusion to ordo_app;

grant delete, insert, select, update on table allocation.exclusion to ordo_maintenance;

grant insert, select on table allocation.explanation to ordo_app;

grant delete, insert, select, update on table allocation.explanation to ordo_maintenance;

grant delete, insert, select, update on table allocation.known_place to ordo_app;

grant delete, insert, select, update on table allocation.known_place to ordo_maintenance;

grant insert, select on table allocation.lifted to ordo_app;

grant delete, insert, select, update on table allocation.lifted to ordo_maintenance;

grant delete, insert, select, update on table allocation.limited_place to ordo_app;

grant delete, insert, select, update on table allocation.limited_place to ordo_maintenance;

grant delete, insert, select, update on table allocation.lock to ordo_app;

grant delete, insert, select, update on table allocation.lock to ordo_maintenance;

grant insert, select on table allocation.manual_decision to ordo_app;

grant delete, insert, select, update on table allocation.manual_decision to ordo_maintenance;

grant select on table allocation.v_decision to ordo_app;

grant select on table allocation.v_decision to ordo_maintenance;

grant select on table allocation.v_kept_decision to ordo_app;

grant select on table allocation.v_kept_decision to ordo_maintenance;

grant select on table allocation.v_lock to ordo_app;

grant select on table allocation.v_lock to ordo_maintenance;

grant select on table allocation.v_open_exception to ordo_app;

grant select on table allocation.v_open_exception to ordo_maintenance;

grant select on table allocation.v_placed_by_hand to ordo_app;

grant select on table allocation.v_placed_by_hand to ordo_maintenance;

grant select on table allocation.v_waiting to ordo_app;

grant select on table allocation.v_waiting to ordo_maintenance;

grant insert, select on table audit.block to ordo_app;

grant delete, insert, select, update on table audit.block to ordo_maintenance;

grant insert, select on table audit.entry to ordo_app;

grant delete, insert, select, update on table audit.entry to ordo_maintenance;

grant delete, insert, select, update on table audit.head to ordo_app;

grant delete, insert, select, update on table audit.head to ordo_maintenance;

grant delete, insert, select, update on table capacity.booking to ordo_app;

grant delete, insert, select, update on table capacity.booking to ordo_maintenance;

grant delete, insert, select, update on table capacity.pace to ordo_app;

grant delete, insert, select, update on table capacity.pace to ordo_maintenance;

grant delete, insert, select, update on table capacity.slot to ordo_app;

grant delete, insert, select, update on table capacity.slot to ordo_maintenance;

grant select on table capacity.v_booking to ordo_app;

grant select on table capacity.v_booking to ordo_maintenance;

grant delete, insert, select, update on table catalog.sku to ordo_app;

grant delete, insert, select, update on table catalog.sku to ordo_maintenance;

grant select on table catalog.v_sku_class to ordo_app;

grant select on table catalog.v_sku_class to ordo_maintenance;

grant delete, insert, select, update on table disruptions.affected to ordo_app;

grant delete, insert, select, update on table disruptions.affected to ordo_maintenance;

grant delete, insert, select, update on table disruptions.disruption to ordo_app;

grant delete, insert, select, update on table disruptions.disruption to ordo_maintenance;

grant delete, insert, select, update on table engine.chore to ordo_app;

grant delete, insert, select, update on table engine.chore to ordo_maintenance;

grant delete, insert, select, update on table engine.dead_letter to ordo_app;

grant delete, insert, select, update on table engine.dead_letter to ordo_maintenance;

grant delete, insert, select, update on table engine.job to ordo_app;

grant delete, insert, select, update on table engine.job to ordo_maintenance;

grant delete, insert, select, update on table engine.process to ordo_app;

grant delete, insert, select, update on table engine.process to ordo_maintenance;

grant delete, insert, select, update on table engine.suspect to ordo_app;

grant delete, insert, select, update on table engine.suspect to ordo_maintenance;

grant select on table engine.v_dead_letter to ordo_app;

grant select on table engine.v_dead_letter to ordo_maintenance;

grant delete, insert, select, update on table engine.worker_batch to ordo_app;

grant delete, insert, select, update on table engine.worker_batch to ordo_maintenance;

grant delete, insert, select, update on table files.object to ordo_app;

grant delete, insert, select, update on table files.object to ordo_maintenance;

grant delete, insert, select, update on table identity.api_key to ordo_app;

grant delete, insert, select, update on table identity.api_key to ordo_maintenance;

grant delete, insert, select, update on table identity.session to ordo_app;

grant delete, insert, select, update on table identity.session to ordo_maintenance;

grant delete, insert, select, update on table identity.staff to ordo_app;

grant delete, insert, select, update on table identity.staff to ordo_maintenance;

grant select on table identity.v_staff to ordo_app;

grant select on table identity.v_staff to ordo_maintenance;

grant delete, insert, select, update on table inbox.entry to ordo_app;

grant delete, insert, select, update on table inbox.entry to ordo_maintenance;

grant delete, insert, select, update on table inbox.item to ordo_app;

grant delete, insert, select, update on table inbox.item to ordo_maintenance;

grant delete, insert, select, update on table inbox.keeper to ordo_app;

grant delete, insert, select, update on table inbox.keeper to ordo_maintenance;

grant delete, insert, select, update on table inbox.skill to ordo_app;

grant delete, insert, select, update on table inbox.skill to ordo_maintenance;

grant select on table inbox.v_fulfilment to ordo_app;

grant select on table inbox.v_fulfilment to ordo_maintenance;

grant select on table inbox.v_open_item to ordo_app;

grant select on table inbox.v_open_item to ordo_maintenance;

grant select on table inbox.v_source to ordo_app;

grant select on table inbox.v_source to ordo_maintenance;

grant delete, insert, select, update on table intake.import_group to ordo_app;

grant delete, insert, select, update on table intake.import_group to ordo_maintenance;

grant delete, insert, select, update on table intake.import_return to ordo_app;

grant delete, insert, select, update on table intake.import_return to ordo_maintenance;

grant delete, insert, select, update on table intake.import_run to ordo_app;

grant delete, insert, select, update on table intake.import_run to ordo_maintenance;

grant delete, insert, select, update on table intake.message_bucket to ordo_app;

grant delete, insert, select, update on table intake.message_bucket to ordo_maintenance;

grant delete, insert, select, update on table intake.staged to ordo_app;

grant delete, insert, select, update on table intake.staged to ordo_maintenance;

grant delete, insert, select, update on table intake.staged_cause to ordo_app;

grant delete, insert, select, update on table intake.staged_cause to ordo_maintenance;

grant select on table intake.v_import to ordo_app;

grant select on table intake.v_import to ordo_maintenance;

grant select on table intake.v_imported to ordo_app;

grant select on table intake.v_imported to ordo_maintenance;

grant select on table intake.v_open_staged to ordo_app;

grant select on table intake.v_open_staged to ordo_maintenance;

grant select on table intake.v_staged_waiting to ordo_app;

grant select on table intake.v_staged_waiting to ordo_maintenance;

grant delete, insert, select, update on table inventory.allocation to ordo_app;

grant delete, insert, select, update on table inventory.allocation to ordo_maintenance;

grant delete, insert, select, update on table inventory.broken_reservation to ordo_app;

grant delete, insert, select, update on table inventory.broken_reservation to ordo_maintenance;

grant delete, insert, select, update on table inventory.location to ordo_app;

grant delete, insert, select, update on table inventory.location to ordo_maintenance;

grant insert, select on table inventory.movement to ordo_app;

grant delete, insert, select, update on table inventory.movement to ordo_maintenance;

grant delete, insert, select, update on table inventory.network_stock to ordo_app;

grant delete, insert, select, update on table inventory.network_stock to ordo_maintenance;

grant delete, insert, select, update on table inventory.reservation to ordo_app;

grant delete, insert, select, update on table inventory.reservation to ordo_maintenance;

grant delete, insert, select, update on table inventory.stock to ordo_app;

grant delete, insert, select, update on table inventory.stock to ordo_maintenance;

grant select on table inventory.v_change to ordo_app;

grant select on table inventory.v_change to ordo_maintenance;

grant select on table inventory.v_free to ordo_app;

grant select on table inventory.v_free to ordo_maintenance;

grant select on table inventory.v_given to ordo_app;

grant select on table inventory.v_given to ordo_maintenance;

grant select on table inventory.v_given_back to ordo_app;

grant select on table inventory.v_given_back to ordo_maintenance;

grant delete, insert, select, update on table lab.changed to ordo_app;

grant delete, insert, select, update on table lab.changed to ordo_maintenance;

grant delete, insert, select, update on table lab.comparison to ordo_app;

grant delete, insert, select, update on table lab.comparison to ordo_maintenance;

grant delete, insert, select, update on table lab.load to ordo_app;

grant delete, insert, select, update on table lab.load to ordo_maintenance;

grant delete, insert, select, update on table lab.queue to ordo_app;

grant delete, insert, select, update on table lab.queue to ordo_maintenance;

grant delete, insert, select, update on table lab.stretch to ordo_app;

grant delete, insert, select, update on table lab.stretch to ordo_maintenance;

grant delete, insert, select, update on table modes.degradation to ordo_app;

grant delete, insert, select, update on table modes.degradation to ordo_maintenance;

grant delete, insert, select, update on table modes.degradation_sighting to ordo_app;

grant delete, insert, select, update on table modes.degradation_sighting to ordo_maintenance;

grant insert, select on table modes.freeze_override to ordo_app;

grant delete, insert, select, update on table modes.freeze_override to ordo_maintenance;

grant delete, insert, select, update on table modes.promotion to ordo_app;

grant delete, insert, select, update on table modes.promotion to ordo_maintenance;

grant delete, insert, select, update on table modes.promotion_extension to ordo_app;

grant delete, insert, select, update on table modes.promotion_extension to ordo_maintenance;

grant select on table modes.v_degradation to ordo_app;

grant select on table modes.v_degradation to ordo_maintenance;

grant delete, insert, select, update on table notifications.message to ordo_app;

grant delete, insert, select, update on table notifications.message to ordo_maintenance;

grant delete, insert, select, update on table orders.charge to ordo_app;

grant delete, insert, select, update on table orders.charge to ordo_maintenance;

grant insert, select on table orders.disclosure to ordo_app;

grant delete, insert, select, update on table orders.disclosure to ordo_maintenance;

grant delete, insert, select, update on table orders.former_destination to ordo_app;

grant delete, insert, select, update on table orders.former_destination to ordo_maintenance;

grant delete, insert, select, update on table orders.hold to ordo_app;

grant delete, insert, select, update on table orders.hold to ordo_maintenance;

grant delete, insert, select, update on table orders.note to ordo_app;

grant delete, insert, select, update on table orders.note to ordo_maintenance;

grant delete, insert, select, update on table orders.order to ordo_app;

grant delete, insert, select, update on table orders.order to ordo_maintenance;

grant delete, insert, select, update on table orders.order_line to ordo_app;

grant delete, insert, select, update on table orders.order_line to ordo_maintenance;

grant delete, insert, select, update on table orders.person to ordo_app;

grant delete, insert, select, update on table orders.person to ordo_maintenance;

grant delete, insert, select, update on table orders.saved_view to ordo_app;

grant delete, insert, select, update on table orders.saved_view to ordo_maintenance;

grant delete, insert, select, update on table orders.search_key to ordo_app;

grant delete, insert, select, update on table orders.search_key to ordo_maintenance;

grant select on table orders.v_broken_order to ordo_app;

grant select on table orders.v_broken_order to ordo_maintenance;

grant select on table orders.v_destination to ordo_app;

grant select on table orders.v_destination to ordo_maintenance;

grant select on table orders.v_open_hold to ordo_app;

grant select on table orders.v_open_hold to ordo_maintenance;

grant select on table orders.v_open_line to ordo_app;

grant select on table orders.v_open_line to ordo_maintenance;

grant select on table orders.v_order_number to ordo_app;

grant select on table orders.v_order_number to ordo_maintenance;

grant select on table orders.v_order_worth to ordo_app;

grant select on table orders.v_order_worth to ordo_maintenance;

grant select on table orders.v_ordered_line to ordo_app;

grant select on table orders.v_ordered_line to ordo_maintenance;

grant select on table orders.v_placed to ordo_app;

grant select on table orders.v_placed to ordo_maintenance;

grant select on table orders.v_raised to ordo_app;

grant select on table orders.v_raised to ordo_maintenance;

grant insert, select on table outbox.event to ordo_app;

grant delete, insert, select, update on table outbox.event to ordo_maintenance;

grant insert, select on table outbox.feed to ordo_app;

grant delete, insert, select, update on table outbox.feed to ordo_maintenance;

grant delete, insert, select, update on table outbox.feed_counter to ordo_app;

grant delete, insert, select, update on table outbox.feed_counter to ordo_maintenance;

grant delete, insert, select, update on table outbox.webhook_delivery to ordo_app;

grant delete, insert, select, update on table outbox.webhook_delivery to ordo_maintenance;

grant delete, insert, select, update on table outbox.webhook_endpoint to ordo_app;

grant delete, insert, select, update on table outbox.webhook_endpoint to ordo_maintenance;

grant insert, select on table payment.booking to ordo_app;

grant delete, insert, select, update on table payment.booking to ordo_maintenance;

grant delete, insert, select, update on table payment.callback to ordo_app;

grant delete, insert, select, update on table payment.callback to ordo_maintenance;

grant insert, select on table payment.entry to ordo_app;

grant delete, insert, select, update on table payment.entry to ordo_maintenance;

grant delete, insert, select, update on table payment.intent to ordo_app;

grant delete, insert, select, update on table payment.intent to ordo_maintenance;

grant delete, insert, select, update on table payment.provider to ordo_app;

grant delete, insert, select, update on table payment.provider to ordo_maintenance;

grant delete, insert, select, update on table payment.request to ordo_app;

grant delete, insert, select, update on table payment.request to ordo_maintenance;

grant select on table payment.v_open_receipt to ordo_app;

grant select on table payment.v_open_receipt to ordo_maintenance;

grant select on table payment.v_refused_request to ordo_app;

grant select on table payment.v_refused_request to ordo_maintenance;

grant select on table payment.v_unmatched to ordo_app;

grant select on table payment.v_unmatched to ordo_maintenance;

grant insert, select on table platform.fact to ordo_app;

grant delete, insert, select, update on table platform.fact to ordo_maintenance;

grant delete, insert, select, update on table platform.fact_head to ordo_app;

grant delete, insert, select, update on table platform.fact_head to ordo_maintenance;

grant select on table platform.migration to ordo_app;

grant select on table platform.migration to ordo_maintenance;

grant delete, insert, select, update on table platform.stored_reply to ordo_app;

grant delete, insert, select, update on table platform.stored_reply to ordo_maintenance;

grant delete, insert, select, update on table platform.tenant to ordo_maintenance;

grant insert, select on table policies.activation to ordo_app;

grant delete, insert, select, update on table policies.activation to ordo_maintenance;

grant delete, insert, select, update on table policies.draft to ordo_app;

grant delete, insert, select, update on table policies.draft to ordo_maintenance;

grant delete, insert, select, update on table policies.experiment to ordo_app;

grant delete, insert, select, update on table policies.experiment to ordo_maintenance;

grant delete, insert, select on table policies.experiment_order to ordo_app;

grant delete, insert, select, update on table policies.experiment_order to ordo_maintenance;

grant delete, insert, select, update on table policies.hit to ordo_app;

grant delete, insert, select, update on table policies.hit to ordo_maintenance;

grant delete, insert, select, update on table policies.rule_hour to ordo_app;

grant delete, insert, select, update on table policies.rule_hour to ordo_maintenance;

grant delete, insert, select, update on table policies.shadow_batch to ordo_app;

grant delete, insert, select, update on table policies.shadow_batch to ordo_maintenance;

grant delete, insert, select, update on table policies.shadow_change to ordo_app;

grant delete, insert, select, update on table policies.shadow_change to ordo_maintenance;

grant delete, insert, select, update on table policies.test_case to ordo_app;

grant delete, insert, select, update on table policies.test_case to ordo_maintenance;

grant insert, select on table privacy.erasure to ordo_app;

grant delete, insert, select, update on table privacy.erasure to ordo_maintenance;

grant delete, insert, select, update on table returns.return to ordo_app;

grant delete, insert, select, update on table returns.return to ordo_maintenance;

grant delete, insert, select, update on table returns.return_line to ordo_app;

grant delete, insert, select, update on table returns.return_line to ordo_maintenance;

grant select on table returns.v_open_return to ordo_app;

grant select on table returns.v_open_return to ordo_maintenance;

grant delete, insert, select, update on table review.decision to ordo_app;

grant delete, insert, select, update on table review.decision to ordo_maintenance;

grant delete, insert, select, update on table review.screening to ordo_app;

grant delete, insert, select, update on table review.screening to ordo_maintenance;

grant delete, insert, select, update on table shipping.label to ordo_app;

grant delete, insert, select, update on table shipping.label to ordo_maintenance;

grant delete, insert, select, update on table shipping.number_range to ordo_app;

grant delete, insert, select, update on table shipping.number_range to ordo_maintenance;

grant delete, insert, select, update on table shipping.parcel to ordo_app;

grant delete, insert, select, update on table shipping.parcel to ordo_maintenance;

grant delete, insert, select, update on table shipping.parcel_line to ordo_app;

grant delete, insert, select, update on table shipping.parcel_line to ordo_maintenance;

grant select on table shipping.v_order_parcel to ordo_app;

grant select on table shipping.v_order_parcel to ordo_maintenance;

grant select on table shipping.v_packing to ordo_app;

grant select on table shipping.v_packing to ordo_maintenance;

grant select on table shipping.v_parcel_left to ordo_app;

grant select on table shipping.v_parcel_left to ordo_maintenance;

grant delete, insert, select, update on table tracking.attempt to ordo_app;

grant delete, insert, select, update on table tracking.attempt to ordo_maintenance;

grant delete, insert, select, update on table tracking.exception to ordo_app;

grant delete, insert, select, update on table tracking.exception to ordo_maintenance;

grant delete, insert, select, update on table tracking.parcel to ordo_app;

grant delete, insert, select, update on table tracking.parcel to ordo_maintenance;

grant insert, select on table tracking.scan to ordo_app;

grant delete, insert, select, update on table tracking.scan to ordo_maintenance;

grant select on table tracking.v_open_exception to ordo_app;

grant select on table tracking.v_open_exception to ordo_maintenance;

grant select on table tracking.v_open_trouble to ordo_app;

grant select on table tracking.v_open_trouble to ordo_maintenance;

grant select on table tracking.v_parcel_status to ordo_app;

grant select on table tracking.v_parcel_status to ordo_maintenance;

grant select on table tracking.v_scan to ordo_app;

grant select on table tracking.v_scan to ordo_maintenance;

grant delete, insert, select, update on table warehouse.fulfilment_line to ordo_app;

grant delete, insert, select, update on table warehouse.fulfilment_line to ordo_maintenance;

grant delete, insert, select, update on table warehouse.fulfilment_order to ordo_app;

grant delete, insert, select, update on table warehouse.fulfilment_order to ordo_maintenance;

grant delete, insert, select, update on table warehouse.put_back to ordo_app;

grant delete, insert, select, update on table warehouse.put_back to ordo_maintenance;

grant insert, select on table warehouse.rejection to ordo_app;

grant delete, insert, select, update on table warehouse.rejection to ordo_maintenance;

grant insert, select on table warehouse.rejection_line to ordo_app;

grant delete, insert, select, update on table warehouse.rejection_line to ordo_maintenance;

grant insert, select on table warehouse.scan to ordo_app;

grant delete, insert, select, update on table warehouse.scan to ordo_maintenance;

grant insert, select on table warehouse.short_pick to ordo_app;

grant delete, insert, select, update on table warehouse.short_pick to ordo_maintenance;

grant select on table warehouse.v_fulfilment_line to ordo_app;

grant select on table warehouse.v_fulfilment_line to ordo_maintenance;

grant select on table warehouse.v_fulfilment_order_of to ordo_app;

grant select on table warehouse.v_fulfilment_order_of to ordo_maintenance;

grant select on table warehouse.v_fulfilment_state to ordo_app;

grant select on table warehouse.v_fulfilment_state to ordo_maintenance;

grant select on table warehouse.v_open_fulfilment to ordo_app;

grant select on table warehouse.v_open_fulfilment to ordo_maintenance;

grant select on table warehouse.v_open_place to ordo_app;

grant select on table warehouse.v_open_place to ordo_maintenance;

grant select on table warehouse.v_pick_scan to ordo_app;

grant select on table warehouse.v_pick_scan to ordo_maintenance;

grant select on table warehouse.v_planned_order to ordo_app;

grant select on table warehouse.v_planned_order to ordo_maintenance;

grant select on table warehouse.v_queue to ordo_app;

grant select on table warehouse.v_queue to ordo_maintenance;

grant select on table warehouse.v_rejection to ordo_app;

grant select on table warehouse.v_rejection to ordo_maintenance;

grant select on table warehouse.v_short_pick to ordo_app;

grant select on table warehouse.v_short_pick to ordo_maintenance;
