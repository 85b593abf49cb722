//! 3.4.2: no origin is ever let in with credentials.

use super::with_operator;

#[tokio::test]
async fn v3_4_2_no_origin_is_reflected() {
    let (server, operator) = with_operator().await;

    for origin in ["https://evil.test", "null", "https://127.0.0.1.evil.test"] {
        for (method, path) in [
            ("GET", "/api/v1/me"),
            ("OPTIONS", "/api/v1/assets"),
            ("OPTIONS", "/files/"),
            ("GET", "/"),
            ("GET", "/openapi.json"),
            ("GET", "/m/none/none.jpg"),
            ("POST", "/rpc/list_levels"),
        ] {
            let request = server
                .request(method, path)
                .by(&operator)
                .header("origin", origin);
            let request = request.header("access-control-request-method", "POST");
            let reply = request.send().await;
            assert_eq!(
                reply.header("access-control-allow-origin"),
                "",
                "{method} {path}"
            );
            assert_eq!(
                reply.header("access-control-allow-credentials"),
                "",
                "{method} {path}"
            );
        }
    }
}
