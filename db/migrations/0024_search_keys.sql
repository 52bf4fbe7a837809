-- Nothing looks search keys up by their order: they follow from the order and its person. A fortieth of the work of an order less.
drop index orders.search_key_order;
