//! What places in messages take, and pictures made for them.

super::rows! {
    GET "/api/v1/placements" View => 200, embedded true;
    GET "/api/v1/assets/{id}/placements" View on Asset => 200, embedded true;
    POST "/api/v1/assets/{id}/placements" Edit on Asset with Fit => 200, trashed 409;
    POST "/api/v1/assets/{id}/placements/push-web-image" Edit on Asset with Empty
        => 201, trashed 409, embedded true;

    GET "/api/v1/accounts/{id}/placements" Operate on Account => 200;
    POST "/api/v1/accounts/{id}/placements" Operate on Account with Placement => 200;
    DELETE "/api/v1/accounts/{id}/placements/email-newsletter" Operate on Placed => 204;
}
