-- O6 every unit of a line is in exactly one bucket
select tenant_id, order_id, line_no from orders.order_line
 where ordered <> open + backordered + reserved + allocated + released + picked + packed + shipped + delivered + return_requested + returned + restocked + written_off + lost + cancelled
    or least(open, backordered, reserved, allocated, released, picked, packed, shipped, delivered, return_requested, returned, restocked, written_off, lost, cancelled) < 0
