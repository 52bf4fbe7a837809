-- The words that rules choose from: categories and handling classes of what is sold.
create view catalog.v_sku_class with (security_invoker = true) as
  select tenant_id, sku, category, handling_classes from catalog.sku where state = 'active';
grant select on catalog.v_sku_class to ordo_app, ordo_maintenance;
