-- What has no place says what it waits for: what hinders it, the rule that keeps it, when it is tried again, and since when a rule counts its days.
alter table allocation.exception
  add column hindrances text[] not null default '{}',
  -- version and id of the rule that left it here; null where none was asked yet
  add column ruled_by text collate "C",
  add column try_again_at timestamptz,
  -- since when, in this stay, a rule wants it cancelled by a date
  add column cancel_from timestamptz;
create index exception_due on allocation.exception (tenant_id, try_again_at) where resolved_at is null and try_again_at is not null;

alter table allocation.exception drop constraint exception_reason_check;
alter table allocation.exception add constraint exception_reason_check check (reason in
  ('no_stock', 'no_location', 'no_carrier', 'no_currency_rate', 'too_many_attempts', 'no_rule', 'rules', 'parked', 'waiting', 'backorder', 'disrupted', 'refused',
   'no_room'));

-- Locations of which a rule limits the orders a day: whoever counts them holds the row, so that two batches do not both take the last.
create table allocation.limited_place (
  tenant_id uuid not null,
  location_id text collate "C" not null,
  primary key (tenant_id, location_id)
);
select platform.close_table('allocation.limited_place');

-- Dates are kept with the stay from now on, and whoever waits is looked at once, so that his next moment is known.
update allocation.exception e set cancel_from = e.opened_at
 where e.resolved_at is null
   and exists (select from engine.job j where j.tenant_id = e.tenant_id and j.step = 'allocation.give-up' and j.subject = e.order_id);
delete from engine.job where step = 'allocation.give-up';
update allocation.exception set try_again_at = now() where resolved_at is null;
insert into engine.job (tenant_id, step, due_at, job_id, subject)
select distinct tenant_id, 'allocation.try-again', now(), gen_random_uuid(), tenant_id from allocation.exception where resolved_at is null;
