//! Questions that follow each other, of which only the newest is answered.

use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks in the browser; hears only the answer to what was asked last.
///
/// No resource: the page around would wait for one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Newest(StoredValue<u32>);

impl Newest {
    /// Asks; what was asked before is not heard any more, and nothing once the place is gone.
    pub fn ask<T: 'static>(
        self,
        question: impl Future<Output = T> + 'static,
        hear: impl FnOnce(T) + 'static,
    ) {
        let turn = self.skip();
        spawn_local(async move {
            let answer = question.await;
            if self.0.try_get_value() == Some(turn) {
                hear(answer);
            }
        });
    }

    /// Hears no more of what was asked; the number of what is asked next.
    pub fn skip(self) -> u32 {
        let turn = self.0.get_value().wrapping_add(1);
        self.0.set_value(turn);
        turn
    }
}
