//! About the one who asks.

super::rows! {
    GET "/api/v1/me" View => 200, embedded true;
    PATCH "/api/v1/me" Person with Name => 200;
    POST "/api/v1/me/password" Person with Password => 204;
    GET "/api/v1/limits" View => 200, embedded true;
    GET "/api/v1/usage" View => 200;
    GET "/api/v1/events" View => 200;

    GET "/api/v1/sessions" Person => 200;
    DELETE "/api/v1/sessions" Person => 204;
    DELETE "/api/v1/sessions/{id}" Person on Session => 204, of_colleague 404;
}
