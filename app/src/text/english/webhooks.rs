//! Words of webhooks, in English.

use crate::text::{Counted, WebhooksText};

pub const WEBHOOKS: WebhooksText = WebhooksText {
    title: "Webhooks",
    about: "Programs that are told of what happens to files, folders and tags.",
    all: "All webhooks",
    none: "No program is told of anything yet.",
    new: "New webhook",
    address: "Address",
    address_hint: "An https address that can be reached from everywhere. \
                   Nothing is sent into private networks unless your operator allows it.",
    events: "Told of",
    events_hint: "Where nothing is ticked, it is told of everything.",
    everything: "everything",
    make: "Make webhook",
    change: "Change…",
    states: [
        "On",
        "Switched off",
        "Switched off: nothing arrived for days",
        "Switched off: it answered that it is gone",
    ],
    failing: "Nothing arrives",
    secret: "Secret",
    secret_made: "Copy it to the program now: it is shown only this time. Messages are signed with it.",
    test: "Send a test",
    rotate: "New secret",
    rotate_hint: "For a day messages are signed with the new secret and the one before.",
    switch_on: "Switch on",
    switch_off: "Switch off",
    delete: "Delete…",
    delete_asks: "The webhook goes, and so does the list of what it was told.",
    delete_now: "Delete webhook",
    told: "What it was told",
    nothing_told: "Nothing yet. What is over stays here for 30 days.",
    delivery_states: ["Waiting", "Arrived", "Failed"],
    answer: "answer",
    no_answer: "no answer",
    tries: Counted {
        one: "{count} try,",
        many: "{count} tries,",
    },
    replay: "Send again",
};
