-- M5 no event of a payment provider has waited unmatched for more than a day
select tenant_id, callback_id, provider, provider_event_id, received_at from payment.callback
 where state = 'unmatched' and received_at < now() - interval '24 hours'
