-- M3 what an intent says was authorised, voided, captured and refunded is what the journal says
with booked as (
  select b.tenant_id, b.intent_id,
         sum(e.amount) filter (where b.kind = 'authorise' and e.account = 'memo_authorised') as authorised,
         -sum(e.amount) filter (where b.kind = 'void' and e.account = 'memo_authorised') as voided,
         -sum(e.amount) filter (where b.kind = 'capture' and e.account = 'customer_payments') as captured,
         sum(e.amount) filter (where b.kind = 'refund' and e.account = 'customer_payments') as refunded
    from payment.booking b join payment.entry e on e.tenant_id = b.tenant_id and e.booking_id = b.booking_id
   where b.intent_id is not null group by b.tenant_id, b.intent_id)
select i.tenant_id, i.intent_id, i.authorised, b.authorised as booked_authorised, i.voided, b.voided as booked_voided,
       i.captured, b.captured as booked_captured, i.refunded, b.refunded as booked_refunded
  from payment.intent i left join booked b on b.tenant_id = i.tenant_id and b.intent_id = i.intent_id
 where i.authorised <> coalesce(b.authorised, 0) or i.voided <> coalesce(b.voided, 0)
    or i.captured <> coalesce(b.captured, 0) or i.refunded <> coalesce(b.refunded, 0)
