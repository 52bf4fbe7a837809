-- A batch moves every row of a page in one transaction, so nothing can be pruned meanwhile: with half of each page free the new versions stay
-- on it (HOT) and no index is written. Full pages stay as they are.
alter table orders.order set (fillfactor = 50);
alter table orders.order_line set (fillfactor = 50);
alter table payment.intent set (fillfactor = 50);
alter table notifications.message set (fillfactor = 50);
