//! Open to everybody.

super::rows! {
    GET "/healthz" Open => 200;
    GET "/readyz" Open => 200;
    GET "/openapi.json" Open => 200;
    GET "/docs/api" Open => 200;
    GET "/docs/api.css" Open => 200;
}
