//! 4.2.1: requests that two servers could read in two ways are read in none.

use std::time::Duration;

use super::with_operator;
use crate::support::{Place, exchange, first_line, people::Who};

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn v4_2_1_ambiguous_requests_are_refused_and_the_connection_ends() {
    let (server, _) = with_operator().await;
    for head in [
        "POST /sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST /sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "POST /sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc",
        "POST /sign-out HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST /sign-out HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n",
        "POST /sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /sign-out HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "GET /healthz HTTP/1.1\nHost: x\n\n",
        "GET /healthz HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n",
        "GET /heal\0thz HTTP/1.1\r\nHost: x\r\n\r\n",
        "nonsense\r\n\r\n",
    ] {
        let (answer, closed) = exchange(&server, head.as_bytes(), PATIENCE).await;
        assert!(
            first_line(&answer).starts_with("HTTP/1.1 400 "),
            "{head:?}: {answer}"
        );
        assert!(closed, "{head:?}");
    }
}

#[tokio::test]
async fn v4_2_1_nothing_is_smuggled_behind_two_lengths() {
    let (server, _) = with_operator().await;
    let smuggled = "POST /sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\
                    Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    let (answer, closed) = exchange(&server, smuggled.as_bytes(), PATIENCE).await;

    assert!(closed, "{answer}");
    assert!(first_line(&answer).starts_with("HTTP/1.1 400 "), "{answer}");
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    assert!(!answer.contains("alive"));
}

#[tokio::test]
async fn a_client_that_never_finishes_its_head_is_hung_up_on() {
    let server = Place::empty()
        .with(&[("SATCHEL_SERVER_HEADER_TIMEOUT", "1")])
        .serve();
    let slow = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ";

    let (_, closed) = exchange(&server, slow, PATIENCE).await;
    assert!(closed);
}

#[tokio::test]
async fn a_client_that_falls_silent_in_its_body_is_hung_up_on() {
    let server = Place::empty()
        .with(&[("SATCHEL_SERVER_BODY_IDLE_TIMEOUT", "1")])
        .serve();
    let slow = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=";

    let (answer, closed) = exchange(&server, slow, PATIENCE).await;
    assert!(closed && first_line(&answer).contains(" 400 "), "{answer}");
}

#[tokio::test]
async fn a_body_that_falls_silent_is_not_told_as_one_that_is_too_large() {
    let server = Place::empty()
        .with(&[("SATCHEL_SERVER_BODY_IDLE_TIMEOUT", "1")])
        .serve();
    server.account("Acme");
    let Who::Token(token) = server.token("Acme", "agent") else {
        unreachable!("agents have tokens");
    };
    for door in ["/rpc/anything", "/api/v1/folders"] {
        let slow = format!(
            "POST {door} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
             Idempotency-Key: slow\r\nContent-Type: application/json\r\n\
             Content-Length: 1000\r\n\r\n{{"
        );
        let (answer, closed) = exchange(&server, slow.as_bytes(), PATIENCE).await;
        assert!(closed && first_line(&answer).contains(" 400 "), "{answer}");
    }
}

#[tokio::test]
async fn requests_that_come_in_a_row_are_answered_in_a_row() {
    let (server, _) = with_operator().await;
    let row = "POST /nowhere HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\nb\r\n0\r\n\r\n\
               GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n\
               GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let (answer, closed) = exchange(&server, row.as_bytes(), PATIENCE).await;

    assert!(closed, "{answer}");
    assert_eq!(answer.matches("HTTP/1.1 200 ").count(), 2, "{answer}");
}
