-- Where orders go, down to the city: rules are written for places, and those of the newest orders are offered.

create or replace view orders.v_destination with (security_invoker = true) as
  select tenant_id, order_id, channel, ship_country, ship_postcode, ship_lat, ship_lon, ship_region, ship_city from orders.order;
