//! The session that a page of another program gave us: taken over, kept alive, and at its end.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Date, Function, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{EmbedScope, FolderId, Kind, Problem, Timestamp};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::door::{checked, read, send};
use super::port::Host;
use super::saying::Said;

/// So long before its end another session is asked for.
const AHEAD: f64 = 60_000.0;

/// The page around may take so long to get another session.
const PATIENCE: Duration = Duration::from_secs(30);

/// A session as it is told to whoever takes it over.
#[derive(Deserialize)]
pub struct Claimed {
    id: String,
    token: String,
    origin: String,
    pub scopes: Vec<EmbedScope>,
    pub folder_id: Option<FolderId>,
    #[serde(default)]
    pub kinds: Vec<Kind>,
    #[serde(default)]
    used_in: Option<UsedIn>,
    expires_at: Timestamp,
}

/// What is written in the page around, as far as the library has to be told: it knows the rest.
#[derive(Clone, Deserialize, Serialize)]
pub struct UsedIn {
    kind: String,
    reference: String,
}

/// What the server wrote into the page.
pub struct Page {
    /// The session that the page was loaded for.
    pub session: String,
    /// The only origin that frames it.
    pub origin: String,
}

impl Page {
    /// Whether a session is for this page: the one that it was loaded for at first, and another of
    /// the same origin when that ends. Whose token it is otherwise, nobody can tell.
    fn is_for(&self, claimed: &Claimed, is_first: bool) -> bool {
        claimed.origin == self.origin && (!is_first || claimed.id == self.session)
    }
}

/// The session, whichever of several it is by now.
pub struct Session {
    host: Host,
    page: Page,
    token: RefCell<String>,
    used_in: RefCell<Option<UsedIn>>,
    /// Whoever waits for another session waits for this.
    waiting: RefCell<Option<(Promise, Function)>>,
    round: Cell<u32>,
    /// How many sessions were taken over so far.
    taken: Cell<u32>,
    pub has_ended: RwSignal<bool>,
}

impl Session {
    /// A session that is not taken over yet.
    pub fn new(host: Host, page: Page) -> Rc<Self> {
        Rc::new(Self {
            host,
            page,
            token: RefCell::default(),
            used_in: RefCell::default(),
            waiting: RefCell::default(),
            round: Cell::new(0),
            taken: Cell::new(0),
            has_ended: RwSignal::new(false),
        })
    }

    /// What requests are sent with.
    pub fn token(&self) -> String {
        self.token.borrow().clone()
    }

    /// Where what is chosen is used, if the session says so.
    pub fn used_in(&self) -> Option<UsedIn> {
        self.used_in.borrow().clone()
    }

    /// Takes a session over: what the page around was given is spent then.
    pub async fn take_over(self: Rc<Self>, token: &str) -> Result<Claimed, Problem> {
        let pass = Some(format!("Bearer {token}"));
        let answer = send("POST", "embed/sessions/claim", None, pass).await?;
        let now = answer.headers().get("Date").ok().flatten();
        let claimed: Claimed = read(checked(answer).await?).await?;
        if !self.page.is_for(&claimed, self.taken.get() == 0) {
            return Err(Problem::unauthenticated());
        }
        self.token.replace(claimed.token.clone());
        self.used_in.replace(claimed.used_in.clone());
        self.renew_later(claimed.expires_at, now.as_deref());
        Ok(claimed)
    }

    /// Waits for another session, and says whether there is one.
    pub async fn renew(self: Rc<Self>) -> bool {
        if self.has_ended.get_untracked() {
            return false;
        }
        let under_way = self.waiting.borrow().as_ref().map(|it| it.0.clone());
        let answer = under_way.unwrap_or_else(|| self.ask());
        JsFuture::from(answer)
            .await
            .is_ok_and(|answer| answer.is_truthy())
    }

    /// Hears that there is another session, and takes it over.
    pub fn renewed(self: Rc<Self>, token: String) {
        spawn_local(async move {
            let claimed = Rc::clone(&self).take_over(&token).await;
            self.conclude(claimed.is_ok());
        });
    }

    /// Hears that there will be none.
    pub fn refused(&self) {
        self.conclude(false);
    }

    fn ask(self: &Rc<Self>) -> Promise {
        let mut tell = None;
        let answer = Promise::new(&mut |resolve, _| tell = Some(resolve));
        if let Some(tell) = tell {
            self.waiting.replace(Some((answer.clone(), tell)));
        }
        let round = self.round.get() + 1;
        self.round.set(round);
        self.host.say(&Said::Renew);
        let session = Rc::clone(self);
        set_timeout(
            move || {
                if session.round.get() == round && session.waiting.borrow().is_some() {
                    session.conclude(false);
                }
            },
            PATIENCE,
        );
        answer
    }

    fn conclude(&self, is_renewed: bool) {
        let waiting = self.waiting.take();
        if !is_renewed {
            self.token.take();
            let _ = self.has_ended.try_set(true);
        }
        if let Some((_, tell)) = waiting {
            let _ = tell.call1(&JsValue::NULL, &JsValue::from(is_renewed));
        }
    }

    /// Asks for another session before this one ends, by the server's clock.
    fn renew_later(self: &Rc<Self>, expires_at: Timestamp, now: Option<&str>) {
        #[expect(clippy::cast_precision_loss, reason = "moments of this era fit")]
        let end = expires_at.as_millis() as f64;
        let told = now.map(Date::parse).filter(|now| now.is_finite());
        let left = end - told.unwrap_or_else(Date::now);
        let taken = self.taken.get() + 1;
        self.taken.set(taken);
        let session = Rc::clone(self);
        set_timeout(
            move || {
                // Another one may have been taken over since.
                if session.taken.get() == taken {
                    spawn_local(async move {
                        session.renew().await;
                    });
                }
            },
            Duration::from_secs_f64(wait(left) / 1_000.0),
        );
    }
}

/// How many milliseconds to wait before another session is asked for: a minute less than this one
/// has left, or half of what it has, where that is little.
fn wait(left: f64) -> f64 {
    (left - AHEAD).max(left / 2.0).clamp(1_000.0, 3_600_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claimed(id: &str, origin: &str) -> Claimed {
        Claimed {
            id: id.to_owned(),
            token: "sem_x".to_owned(),
            origin: origin.to_owned(),
            scopes: Vec::new(),
            folder_id: None,
            kinds: Vec::new(),
            used_in: None,
            expires_at: Timestamp::from_millis(0),
        }
    }

    #[test]
    fn v1_5_5_a_page_takes_its_own_session_and_later_ones_of_its_origin() {
        let page = Page {
            session: "emb_a".to_owned(),
            origin: "https://desk.example.com".to_owned(),
        };
        let own = claimed("emb_a", "https://desk.example.com");
        let later = claimed("emb_b", "https://desk.example.com");
        let others = claimed("emb_a", "https://elsewhere.example.com");

        assert!(page.is_for(&own, true));
        assert!(page.is_for(&later, false));
        assert!(!page.is_for(&later, true));
        assert!(!page.is_for(&others, true) && !page.is_for(&others, false));
    }
}
