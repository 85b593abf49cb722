-- While a webhook rests, what it is to be told by now is put off together.
create index webhook_deliveries_that_wait
    on webhook_deliveries (account_id, webhook_id, next_at) where state = 'waiting';
