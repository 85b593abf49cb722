//! Groups of people that assets are for.

super::rows! {
    GET "/api/v1/teams" View => 200;
    POST "/api/v1/teams" Administer with Name => 201;
    POST "/api/v1/teams" Administer on User with Team => 201, of_others 422;
    PATCH "/api/v1/teams/{id}" Administer on Team with Name => 200;
    GET "/api/v1/teams/gone" Administer => 200;
    POST "/api/v1/teams/{id}/restore" Administer on GoneTeam => 200;
    DELETE "/api/v1/teams/{id}" Administer on Team => 204;
}
