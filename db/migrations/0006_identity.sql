-- Who may come in: staff with passwords and sessions, machines with keys. Secrets are kept as digests only.
create schema identity;
grant usage on schema identity to ordo_app, ordo_maintenance;

create table identity.staff (
  tenant_id uuid not null,
  staff_id uuid not null,
  email text collate "C" not null check (email = lower(email)),
  name text not null,
  role text not null check (role in ('admin', 'operator', 'agent', 'lead', 'picker', 'manager')),
  locale text not null check (locale in ('zh-CN', 'en')),
  -- argon2id in PHC form
  password_hash text not null,
  password_set_at timestamptz not null,
  failed_attempts smallint not null default 0 check (failed_attempts >= 0),
  locked_until timestamptz,
  left_at timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  revision integer not null default 1,
  primary key (tenant_id, staff_id),
  unique (tenant_id, email)
);
select platform.close_table('identity.staff');

create table identity.session (
  tenant_id uuid not null,
  session_id uuid not null,
  staff_id uuid not null,
  token_sha256 bytea not null check (octet_length(token_sha256) = 32),
  -- the browser and system as it names itself, for the list of one's own sessions
  device text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  -- the latest moment whatever happens; idleness ends it earlier
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, session_id),
  unique (tenant_id, token_sha256)
);
create index session_staff on identity.session (tenant_id, staff_id, session_id);
create index session_expiry on identity.session (tenant_id, expires_at);
select platform.close_table('identity.session');

create table identity.api_key (
  tenant_id uuid not null,
  key_id uuid not null,
  name text not null,
  key_sha256 bytea not null check (octet_length(key_sha256) = 32),
  -- the last characters, so that people know which key it is
  hint text not null,
  scopes text[] not null,
  per_minute integer check (per_minute > 0),
  created_at timestamptz not null,
  created_by text not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, key_id),
  unique (tenant_id, key_sha256)
);
select platform.close_table('identity.api_key');
