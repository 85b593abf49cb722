//! What programs sign in with.

super::rows! {
    GET "/api/v1/tokens" Administer => 200;
    POST "/api/v1/tokens" Manage with Token => 201;
    DELETE "/api/v1/tokens/{id}" Administer on Token => 200;
}
