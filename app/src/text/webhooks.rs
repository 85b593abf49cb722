//! Words of webhooks.

use model::{WebhookDeliveryState, WebhookState};

use super::{Counted, Text, Word, words};

words! {
    /// Words of webhooks.
    pub struct WebhooksText {
        title: Word,
        about: Word,
        all: Word,
        none: Word,
        new: Word,
        address: Word,
        address_hint: Word,
        events: Word,
        events_hint: Word,
        everything: Word,
        make: Word,
        change: Word,
        states: [Word; 4],
        failing: Word,
        secret: Word,
        secret_made: Word,
        test: Word,
        rotate: Word,
        rotate_hint: Word,
        switch_on: Word,
        switch_off: Word,
        delete: Word,
        delete_asks: Word,
        delete_now: Word,
        told: Word,
        nothing_told: Word,
        delivery_states: [Word; 3],
        answer: Word,
        no_answer: Word,
        tries: Counted,
        replay: Word,
    }
}

impl Text {
    /// Whether a webhook is told of anything, and why it is not.
    pub const fn webhook_state(&self, state: WebhookState) -> Word {
        let [on, off, given_up, gone] = self.webhooks.states;
        match state {
            WebhookState::On => on,
            WebhookState::Off => off,
            WebhookState::GivenUp => given_up,
            WebhookState::Gone => gone,
        }
    }

    /// How far a telling has come.
    pub const fn webhook_delivery_state(&self, state: WebhookDeliveryState) -> Word {
        let [waiting, delivered, failed] = self.webhooks.delivery_states;
        match state {
            WebhookDeliveryState::Waiting => waiting,
            WebhookDeliveryState::Delivered => delivered,
            WebhookDeliveryState::Failed => failed,
        }
    }

    /// How often something was tried.
    pub fn tries(&self, count: u32) -> String {
        self.counted(&self.webhooks.tries, count.into(), &[])
    }
}
