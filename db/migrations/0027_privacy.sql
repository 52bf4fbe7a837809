-- Erasure of personal data: the log of it, which names nobody, and where raw messages of a customer are found.
create schema privacy;
grant usage on schema privacy to ordo_app, ordo_maintenance;

-- Whose personal data was erased: an id and keyed digests, so that a restored backup can be erased again. The app may only add.
create table privacy.erasure (
  tenant_id uuid not null,
  person_id uuid not null,
  -- HMACs of phone and mail: they prove that somebody was erased to whoever still has the phone, and tell nobody else anything
  contact_digests text[] not null,
  reason text collate "C" not null,
  erased_at timestamptz not null,
  erased_by text not null,
  primary key (tenant_id, person_id),
  constraint erasure_reason check (reason in ('customer_request', 'authority_request', 'retention_over', 'mistaken_data'))
);
select platform.close_ledger('privacy.erasure');

-- In which raw messages a phone, a mail or an order may stand. A bucket is 31 bits of a hash: some twenty phones share each, so it is no
-- personal data; the message itself says whether it is meant.
create table intake.message_bucket (
  tenant_id uuid not null,
  bucket integer not null,
  file_id uuid not null,
  primary key (tenant_id, bucket, file_id)
);
create index message_bucket_file on intake.message_bucket (tenant_id, file_id);
select platform.close_table('intake.message_bucket');

-- Who looked at personal data stays for ever; the words in which they said why may name the person.
grant update (reason) on orders.disclosure to ordo_app;
