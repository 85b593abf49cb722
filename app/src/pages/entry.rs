//! The pages beside the library: parts of their own, for most visits do without them.

use leptos::prelude::*;

use super::{set_up, sign_in};
use crate::parts::{Absent, later, part};

/// Declares pages that come when they are drawn: the download they share, their names, and what
/// each draws.
macro_rules! pages {
    ($($part:ident, $name:literal, $page:ident = $inner:path, $draw:ident, $load:ident;)*) => {
        $(
            /// A page that comes when it is drawn.
            #[component]
            pub fn $page() -> impl IntoView {
                later($name, $draw)
            }

            part! { $part, $load;
                pub fn $draw() -> AnyView {
                    $inner().into_any()
                }
            }
        )*

        /// Fetches the page of a name; any other name is not of a page.
        pub async fn load(name: &str) -> Result<(), Absent> {
            match name {
                $($name => $load().await,)*
                _ => Ok(()),
            }
        }
    };
}

pages! {
    entry, "sign-in", SignInPage = sign_in::SignInPage, draw_sign_in, load_sign_in;
    entry, "set-up", SetUpPage = set_up::SetUpPage, draw_set_up, load_set_up;
}
