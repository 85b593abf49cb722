//! The people of an account, who is invited, and what all of them did.

super::rows! {
    GET "/api/v1/users" Administer => 200;
    POST "/api/v1/users" Manage with User => 201;
    GET "/api/v1/users/{id}" Administer on User => 200;
    PATCH "/api/v1/users/{id}" Administer on User with Role => 200;
    GET "/api/v1/users/{id}/usage" Administer on User => 200;
    POST "/api/v1/users/{id}/disable" Administer on User => 200;
    POST "/api/v1/users/{id}/enable" Administer on User => 200;
    POST "/api/v1/users/{id}/reset-password" Administer on User => 200;
    GET "/api/v1/users/{id}/sessions" Administer on User => 200;
    DELETE "/api/v1/users/{id}/sessions" Administer on User => 204;

    GET "/api/v1/invitations" Administer => 200;
    POST "/api/v1/invitations" Administer with Invitation => 201;
    DELETE "/api/v1/invitations/{id}" Administer on Invitation => 204;

    GET "/api/v1/audit" Administer => 200;
    GET "/api/v1/audit/export" Administer => 200;
}
