//! Words of the pages before the library, in English.

use crate::text::EntryText;

pub static ENTRY: EntryText = EntryText {
    sign_in_hint: "Your team’s pictures, videos and documents, one search away.",
    email: "Email",
    password: "Password",
    password_hint: "At least 8 characters. A few words work well.",
    set_up: "Set up Satchel",
    set_up_hint: "This makes the first account and you its administrator.",
    account_name: "Name of your team or company",
    your_name: "Your name",
    create_library: "Create library",
    join: "Join Satchel",
    join_hint: "You are invited to the library of {account} as {email}.",
    join_now: "Join",
    new_password: "Choose a new password",
    new_password_hint: "For {email} in {account}. Every other session ends.",
    set_password: "Set password",
    link_over: "This link no longer works",
    link_over_hint: "It works once and for a limited time. Ask an administrator for a new one.",
    set_up_over: "This link is no longer good",
    set_up_over_hint: "It works once, and only until somebody has set up Satchel. \
                       Restart Satchel for a new link, or sign in.",
};
