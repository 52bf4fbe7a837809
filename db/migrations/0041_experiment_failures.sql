-- Experiments are judged by intention to treat: an order that the rules of its arm failed on stays in it; and how the draft's tests stood at the start.
alter table policies.experiment
  add column tests_passed integer not null default 0 check (tests_passed >= 0),
  add column tests_failed integer not null default 0 check (tests_failed >= 0);
alter table policies.experiment_order add column failed boolean not null default false;
