//! What machines that watch us ask.

use crate::support::{Place, Server, people::with_agent};

#[tokio::test]
async fn a_server_is_alive_and_ready() {
    let server = Server::fresh();

    server.get("/healthz").send().await.expect(200);
    server.get("/readyz").send().await.expect(200);
}

#[tokio::test]
async fn metrics_are_closed_unless_somebody_opened_them() {
    let server = Server::fresh();

    server.get("/metrics").send().await.expect(404);
}

#[tokio::test]
async fn metrics_open_with_their_token_only() {
    let server = Place::empty()
        .with(&[("SATCHEL_METRICS_TOKEN", "s3cret")])
        .serve();
    server.get("/healthz").send().await.expect(200);

    server.get("/metrics").send().await.expect(401);
    server
        .get("/metrics")
        .bearer("wrong")
        .send()
        .await
        .expect(401);
    let reply = server
        .get("/metrics")
        .bearer("s3cret")
        .send()
        .await
        .expect(200);
    assert!(
        reply
            .text()
            .contains("satchel_accounts_nearly_full{percent=\"80\"} 0"),
        "{}",
        reply.text()
    );
    assert!(
        reply.text().contains("satchel_http_requests_total{"),
        "{}",
        reply.text()
    );
    assert!(reply.text().contains("route=\"/healthz\""));
}

#[tokio::test]
async fn metrics_have_an_address_of_their_own_where_set() {
    let server = Place::empty()
        .with(&[("SATCHEL_METRICS_LISTEN", "127.0.0.1:0")])
        .serve();
    let line = server
        .printed
        .iter()
        .find_map(|line| line.strip_prefix("metrics on "));
    let address = line.expect("the address is printed");

    let reply = server
        .get(&format!("{address}/metrics"))
        .send()
        .await
        .expect(200);
    assert!(reply.text().contains("satchel_build_info"));
    let elsewhere = server.get(&format!("{address}/api/v1/me")).send().await;
    for reply in [&reply, &elsewhere] {
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
    }
    elsewhere.expect(404);
}

#[tokio::test]
async fn paths_and_names_stay_out_of_metrics_and_log() {
    let (server, agent) = with_agent();
    server
        .upload(
            &agent,
            "very-private-name.txt",
            b"A note of nobody's business.\n",
        )
        .await;
    server.get("/setup/very-secret-token").send().await;

    let log = std::fs::read_to_string(server.place.folder().join("log")).unwrap();
    assert!(log.contains("answered"));
    assert!(
        !log.contains("very-private-name") && !log.contains("very-secret-token"),
        "{log}"
    );
}

#[tokio::test]
async fn a_server_whose_store_is_gone_is_not_ready_until_it_is_back() {
    let place = Place::empty();
    let url = format!("fs://{}/blobs", place.folder().display());
    let server = place.with(&[("SATCHEL_STORAGE_URL", &url)]).serve();
    let store = server.place.folder().join("blobs");
    let aside = server.place.folder().join("aside");

    std::fs::rename(&store, &aside).unwrap();
    is_not_ready(&server).await;
    // What is left where a disk was mounted, and is no more.
    std::fs::create_dir(&store).unwrap();
    is_not_ready(&server).await;
    std::fs::remove_dir(&store).unwrap();
    std::fs::rename(&aside, &store).unwrap();

    server.get("/readyz").send().await.expect(200);
}

#[tokio::test]
async fn a_server_whose_store_does_not_answer_is_not_ready() {
    // Nobody says a word behind this address.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    let server = Place::empty()
        .with(&[
            (
                "SATCHEL_STORAGE_URL",
                &format!("s3://satchel?endpoint=http://{address}&region=us-east-1"),
            ),
            ("AWS_ACCESS_KEY_ID", "anna"),
            ("AWS_SECRET_ACCESS_KEY", "a-secret-for-tests-only"),
        ])
        .serve();

    is_not_ready(&server).await;
}

#[tokio::test]
async fn a_server_whose_database_is_gone_is_not_ready_until_it_is_back() {
    let server = Server::fresh();

    server.place.database().take_away();
    is_not_ready(&server).await;
    server.place.database().bring_back();

    server.get("/readyz").send().await.expect(200);
}

/// It says so, and that it lives: to start it again would not help.
async fn is_not_ready(server: &Server) {
    let reply = server.get("/readyz").send().await.expect(503);
    assert_eq!(reply.code(), "unavailable");
    assert!(!reply.header("retry-after").is_empty());
    server.get("/healthz").send().await.expect(200);
}
