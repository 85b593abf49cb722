//! Figures for operators, in the text that Prometheus reads.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

const REQUESTS: &str = "satchel_http_requests_total";
const SCANNER: &str = "satchel_scanner_up";
const SECONDS: &str = "satchel_http_request_seconds";
const NEARLY_FULL: &str = "satchel_accounts_nearly_full";
const UPKEEP: Duration = Duration::from_secs(5);

/// Starts counting.
pub fn start() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(
            Matcher::Full(SECONDS.to_owned()),
            &[0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0],
        )?
        .install_recorder()?;
    metrics::describe_counter!(REQUESTS, "Requests answered, by route and status.");
    metrics::describe_gauge!(
        SCANNER,
        "Whether the malware scanner answered when last asked."
    );
    metrics::describe_gauge!(NEARLY_FULL, "Accounts that use so much of their quota.");
    metrics::describe_histogram!(SECONDS, "Time until an answer began, by method.");
    keep_tidy(handle.clone())?;
    metrics::gauge!("satchel_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    Ok(handle)
}

/// Folds samples together every few seconds, so that they do not pile up where nobody asks for them.
fn keep_tidy(handle: PrometheusHandle) -> Result<(), BuildError> {
    std::thread::Builder::new()
        .name("metrics".to_owned())
        .spawn(move || {
            loop {
                std::thread::sleep(UPKEEP);
                handle.run_upkeep();
            }
        })
        .map(drop)
        .map_err(|error| BuildError::FailedToCreateHTTPListener(error.to_string()))
}

/// Tells whether the malware scanner answered when it was last asked, where there is one.
pub fn scanner(answers: Option<bool>) {
    if let Some(answers) = answers {
        metrics::gauge!(SCANNER).set(f64::from(u8::from(answers)));
    }
}

/// Counts a request.
pub fn request(method: &Method, route: &str, status: StatusCode, took: Duration) {
    let method = known(method);
    metrics::counter!(
        REQUESTS,
        "method" => method,
        "route" => route.to_owned(),
        "status" => class(status)
    )
    .increment(1);
    metrics::histogram!(SECONDS, "method" => method).record(took.as_secs_f64());
}

/// Tells how many accounts use 80 percent of their quota or more, and how many of them 95.
pub fn nearly_full(high: u64, critical: u64) {
    for (percent, count) in [("80", high), ("95", critical)] {
        // Far fewer than a float counts exactly.
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        metrics::gauge!(NEARLY_FULL, "percent" => percent).set(f64::from(count));
    }
}

/// Methods a client made up are counted together: labels must not grow without end.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    }
}
