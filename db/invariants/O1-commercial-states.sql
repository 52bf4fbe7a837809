-- O1 an order is in a state of its machine, and the ended ones say when
select tenant_id, order_id, commercial, closed_at from orders.order
 where commercial not in ('draft', 'placed', 'confirmed', 'closed', 'cancelled', 'rejected')
    or (commercial in ('closed', 'cancelled', 'rejected')) <> (closed_at is not null)
    or (commercial in ('confirmed', 'closed') and confirmed_at is null)
