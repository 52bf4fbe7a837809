-- New counts of rules wait in policies.hit until they go into their hours: rows are still added, never changed, so that batches do not wait for each other.
-- Its rows went with 0054: what is locked here, and every batch needs it, is locked for as long as it takes to change the description of a table.
alter table policies.hit
  -- when the rule took these orders for the first time: what it sends of them later counts there too
  -- the program before this one counted by another rule and names no time: what it adds meanwhile counts nowhere
  add column at timestamptz not null default '-infinity',
  -- of orders that it took then, those that it sends now for the first time, whole or in part; null where rules send nothing
  add column sent integer check (sent >= 0),
  alter column version_id drop not null,
  drop constraint hit_orders_check,
  add constraint hit_orders_check check (orders >= 0);
drop index policies.hit_kind;
