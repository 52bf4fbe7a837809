-- M3 refunded is at most captured, and captured with voided at most authorised where the method authorises
select tenant_id, intent_id, method, authorised, captured, capturing, voided, voiding, refunded, refunding from payment.intent
 where refunded + refunding > captured
    or (method = 'card' and captured + capturing + voided + voiding > authorised)
