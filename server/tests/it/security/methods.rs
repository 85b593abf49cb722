//! 4.1.4: methods that do not exist are refused with those that do.

use super::with_operator;

#[tokio::test]
async fn v4_1_4_other_methods_are_refused() {
    let (server, operator) = with_operator().await;

    for path in [
        "/api/v1/me",
        "/api/v1/assets",
        "/sign-in",
        "/healthz",
        "/rpc/list_levels",
    ] {
        for method in ["TRACE", "FOO", "PUT"] {
            let reply = server
                .request(method, path)
                .by(&operator)
                .send()
                .await
                .expect(405);
            assert!(!reply.header("allow").is_empty(), "{method} {path}");
            assert_eq!(reply.code(), "method_not_allowed");
        }
    }
}

#[tokio::test]
async fn v3_10_paths_do_not_climb() {
    let (server, operator) = with_operator().await;

    for path in [
        "/pkg/..%2f..%2f..%2fetc%2fpasswd",
        "/pkg/%2e%2e/%2e%2e/etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5cetc/passwd",
        "/m/..%2f..%2f/passwd",
        "/api/v1/assets/..%2f..%2fme/content",
    ] {
        let reply = server.get(path).by(&operator).send().await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text().contains("root:"), "{path}");
    }
}
