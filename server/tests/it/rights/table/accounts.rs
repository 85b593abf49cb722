//! Accounts, which operators manage wherever they are.

super::rows! {
    GET "/api/v1/accounts" Operate => 200;
    POST "/api/v1/accounts" Operate with Name => 201;
    GET "/api/v1/accounts/{id}" Operate on Account => 200;
    PATCH "/api/v1/accounts/{id}" Operate on Account with Empty => 200;
    GET "/api/v1/accounts/{id}/users" Operate on Account => 200;
    GET "/api/v1/accounts/{id}/usage" Operate on Account => 200;
}
