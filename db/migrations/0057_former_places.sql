-- What a closure took out and nothing else could send remembers where it was: whoever tries it again, it goes back there first.
alter table allocation.exception add column home text[] not null default '{}';
