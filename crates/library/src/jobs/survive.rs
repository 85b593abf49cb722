//! A panic ends the work it happens in, and nothing else.

use std::{any::Any, panic::AssertUnwindSafe};

use futures::FutureExt as _;

use crate::{Error, Result};

/// Does work in which a panic is an error like others, so that whoever does it lives on.
///
/// What was open when it panicked is dropped, and a transaction with it rolled back.
pub(super) async fn survive<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    done.unwrap_or_else(|panic| {
        Err(Error::Inconsistent(format!(
            "it panicked: {}",
            said(&*panic)
        )))
    })
}

/// What a panic says of itself.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("without a word")
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn divide(by: u32) -> Result<u32> {
        assert!(by > 0, "there is no {by}th part");
        tokio::task::yield_now().await;
        Ok(12 / by)
    }

    #[tokio::test]
    async fn a_panic_is_an_error_and_the_next_piece_of_work_is_done() {
        let broken = survive(divide(0)).await.unwrap_err();
        let whole = survive(divide(3)).await;

        assert!(broken.to_string().contains("there is no 0th part"));
        assert_eq!(whole.unwrap(), 4);
    }
}
