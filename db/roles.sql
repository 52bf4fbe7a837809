-- The three roles: ordo_owner owns and migrates, ordo_app has DML only, ordo_maintenance purges, checks and backs up. Run at every migration.
do $$
begin
  if not exists (select from pg_roles where rolname = 'ordo_owner') then create role ordo_owner nologin; end if;
  if not exists (select from pg_roles where rolname = 'ordo_app') then create role ordo_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'ordo_maintenance') then create role ordo_maintenance nologin; end if;
  if not has_database_privilege('ordo_owner', current_database(), 'create') then
    execute format('grant create, connect, temporary on database %I to ordo_owner', current_database());
  end if;
  if not pg_has_role(current_user, 'ordo_owner', 'member') then execute format('grant ordo_owner to %I', current_user); end if;
end $$;
