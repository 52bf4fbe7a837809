-- A promise at risk can be kept or told: the customer hears the new date, and a person's choice of another service stands with his other decisions.
alter table notifications.message drop constraint message_kind;
alter table notifications.message add constraint message_kind
  check (kind in ('confirmed', 'shipped', 'delivered', 'cancelled', 'refunded', 'backordered', 'delayed')) not valid;
alter table notifications.message validate constraint message_kind;
alter table allocation.manual_decision drop constraint manual_decision_kind_check;
alter table allocation.manual_decision add constraint manual_decision_kind_check
  check (kind in ('allocate', 'move', 'split', 'merge', 'lock', 'unlock', 'priority', 'service')) not valid;
alter table allocation.manual_decision validate constraint manual_decision_kind_check;
