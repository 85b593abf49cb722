//! Places outside that are told of what happens.

super::rows! {
    GET "/api/v1/webhooks" Administer => 200;
    POST "/api/v1/webhooks" Administer with Webhook => 201;
    GET "/api/v1/webhooks/{id}" Administer on Webhook => 200;
    PATCH "/api/v1/webhooks/{id}" Administer on Webhook with Name => 200;
    DELETE "/api/v1/webhooks/{id}" Administer on Webhook => 204;
    POST "/api/v1/webhooks/{id}/rotate-secret" Administer on Webhook => 200;
    POST "/api/v1/webhooks/{id}/test" Administer on Webhook => 201;
    GET "/api/v1/webhooks/{id}/deliveries" Administer on Webhook => 200;
    // Nothing was told yet.
    POST "/api/v1/webhooks/{id}/deliveries/whd_01J8Z3V5T0M6W2Q4R8X9Y7B1CD/replay"
        Administer on Webhook => 404;
}
