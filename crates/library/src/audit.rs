//! The audit trail: who did what to which, written in the same transaction as what they did.

mod csv;
pub(crate) mod denied;

use std::{fmt::Display, time::Duration};

use bytes::Bytes;
use futures::{Stream, StreamExt as _, stream};
use model::{
    AccountId, AuditFilter, AuditLine, Cursor, Email, EventId, EventKind, Limit, Page, ProblemCode,
    Right, Timestamp, User,
};

use crate::{
    Actor, Client, Clock, Error, Library, Result,
    db::{
        Tx, accounts,
        events::{self, EventRow},
        page, users,
    },
};

/// Lines that an export reads in one go.
const EXPORTED: i64 = 500;
/// Lines that are forgotten in one go.
const FORGOTTEN: i64 = 1_000;

/// Writes down what an actor did to something of their account, in the transaction of the deed.
pub(crate) async fn record(
    tx: &mut Tx,
    clock: &dyn Clock,
    actor: &Actor,
    kind: EventKind,
    subject: impl Display,
) -> Result<()> {
    record_in(tx, clock, actor, Some(actor.account_id), kind, subject).await
}

/// Writes down what an actor did in another account than their own, or in none.
pub(crate) async fn record_in(
    tx: &mut Tx,
    clock: &dyn Clock,
    actor: &Actor,
    account: Option<AccountId>,
    kind: EventKind,
    subject: impl Display,
) -> Result<()> {
    events::insert(tx, &line(clock, actor, account, kind, subject)).await
}

/// Writes down what an actor did, with a little more about it: what something was called before,
/// or how many there were.
pub(crate) async fn record_with(
    tx: &mut Tx,
    clock: &dyn Clock,
    actor: &Actor,
    (account, kind): (AccountId, EventKind),
    subject: impl Display,
    detail: impl Display,
) -> Result<()> {
    let line = EventRow {
        detail: Some(detail.to_string()).filter(|detail| !detail.is_empty()),
        ..line(clock, actor, Some(account), kind, subject)
    };
    events::insert(tx, &line).await
}

/// Writes down what an actor did to many things of their account, each on a line of its own.
pub(crate) async fn record_many<S: Display>(
    tx: &mut Tx,
    clock: &dyn Clock,
    actor: &Actor,
    deeds: &[(EventKind, S)],
) -> Result<()> {
    let lines: Vec<_> = deeds
        .iter()
        .map(|(kind, subject)| line(clock, actor, Some(actor.account_id), *kind, subject))
        .collect();
    events::insert_many(tx, &lines).await
}

fn line(
    clock: &dyn Clock,
    actor: &Actor,
    account: Option<AccountId>,
    kind: EventKind,
    subject: impl Display,
) -> EventRow {
    EventRow {
        id: clock.new_id(),
        account_id: account,
        at: clock.now(),
        kind,
        actor: actor.who.to_string(),
        subject: Some(subject.to_string()).filter(|subject| !subject.is_empty()),
        ip: actor.ip.map(|ip| ip.to_string()),
        detail: None,
    }
}

/// Writes down a try to sign in that failed, in the account it was aimed at, where there is one.
pub(crate) async fn record_failed_sign_in(
    tx: &mut Tx,
    clock: &dyn Clock,
    user: Option<User>,
    client: &Client,
) -> Result<()> {
    let event = EventRow {
        id: clock.new_id(),
        account_id: user.as_ref().map(|user| user.account_id),
        at: clock.now(),
        kind: EventKind::UserSignInFailed,
        actor: "nobody".to_owned(),
        subject: user.map(|user| user.id.to_string()),
        ip: client.ip_text(),
        detail: None,
    };
    events::insert(tx, &event).await
}

impl Library {
    /// The account's audit trail as far as a filter shows it, newest first; for administrators.
    pub async fn list_audit(
        &self,
        actor: &Actor,
        filter: &AuditFilter,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<AuditLine>> {
        self.require(actor, Right::Administer).await?;
        let before: Option<EventId> = page::decode(cursor)?;
        let mut tx = self.inner.db.read().await?;
        let account = actor.account_id;
        let filter = by_ids(&mut tx, account, filter).await?;
        let lines = events::list(&mut tx, account, &filter, before, page::rows(limit)).await?;
        Ok(page::cut(lines, limit, |line| line.id))
    }

    /// The account's audit trail as a table for spreadsheets, newest first; for administrators.
    pub async fn export_audit(
        &self,
        actor: &Actor,
        filter: AuditFilter,
    ) -> Result<impl Stream<Item = Result<Bytes>> + Send + use<>> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.write().await?;
        let (clock, account) = (&*self.inner.clock, actor.account_id);
        let filter = by_ids(&mut tx, account, &filter).await?;
        record(&mut tx, clock, actor, EventKind::AuditExported, account).await?;
        tx.commit().await?;
        let head = stream::once(async { Ok(Bytes::from_static(csv::HEAD.as_bytes())) });
        let library = self.clone();
        let rest = stream::try_unfold(Some(None), move |place| {
            let (library, filter) = (library.clone(), filter.clone());
            async move {
                let Some(before) = place else {
                    return Ok(None);
                };
                let mut tx = library.inner.db.read().await?;
                let lines = events::list(&mut tx, account, &filter, before, EXPORTED).await?;
                let next = lines.last().map(|line| Some(line.id));
                let text: String = lines.iter().map(csv::line).collect();
                Ok((!lines.is_empty()).then(|| (Bytes::from(text), next)))
            }
        });
        Ok(head.chain(rest).boxed())
    }

    /// Forgets what is older than each account's operator wants it kept; nothing while the time
    /// is not to be believed.
    pub async fn forget_events(&self) -> Result<u64> {
        let now = self.inner.clock.now();
        if self.trash_held_until(now).await?.is_some() {
            return Ok(0);
        }
        let kept = |days: u32| now.before(Duration::from_hours(24) * days);
        let mut tx = self.inner.db.read().await?;
        let accounts = accounts::list_audit_days(&mut tx).await?;
        drop(tx);
        let default = self.inner.config.default_limits.audit_days;
        let mut forgotten = self.forget_before(None, kept(default)).await?;
        for (account, days) in accounts {
            forgotten += self.forget_before(Some(account), kept(days)).await?;
        }
        Ok(forgotten)
    }

    /// Forgets a little at a time: a trail that is kept shorter from now on may be very long.
    async fn forget_before(&self, account: Option<AccountId>, moment: Timestamp) -> Result<u64> {
        let mut forgotten = 0;
        loop {
            let mut tx = self.inner.db.write().await?;
            let some = events::delete_before(&mut tx, account, moment, FORGOTTEN).await?;
            tx.commit().await?;
            forgotten += some;
            if some < FORGOTTEN.unsigned_abs() {
                return Ok(forgotten);
            }
        }
    }

    /// Refuses an actor that lacks a right, and writes the refusal down.
    pub(crate) async fn require(&self, actor: &Actor, right: Right) -> Result<()> {
        let verdict = actor.require(right);
        if let Err(Error::Problem(problem)) = &verdict
            && problem.code == ProblemCode::Forbidden
        {
            self.record_denial_of(actor, right_word(right)).await;
        }
        verdict
    }

    /// Writes down that somebody wanted to give away more than they may.
    pub(crate) async fn record_denial(&self, actor: &Actor) {
        self.record_denial_of(actor, "beyond own rights").await;
    }

    /// Writes a refusal down, with the right and the door; one that cannot be written is still a
    /// refusal.
    async fn record_denial_of(&self, actor: &Actor, what: &str) {
        let recorded = async {
            let mut tx = self.inner.db.write().await?;
            let clock = &*self.inner.clock;
            let kind = (actor.account_id, EventKind::AccessDenied);
            record_with(&mut tx, clock, actor, kind, "", what_at(actor, what)).await?;
            tx.commit().await
        };
        if let Err(error) = recorded.await {
            tracing::warn!(%error, actor = %actor.who, "a refusal was not written down");
        }
    }
}

/// What was refused, and at which door where somebody came by one.
fn what_at(actor: &Actor, what: &str) -> String {
    actor
        .door
        .as_deref()
        .map_or_else(|| what.to_owned(), |door| format!("{what}: {door}"))
}

/// A right as the trail has it.
const fn right_word(right: Right) -> &'static str {
    match right {
        Right::View => "view",
        Right::Edit => "edit",
        Right::Purge => "purge",
        Right::Administer => "administer",
        Right::Operate => "operate",
    }
}

/// The same filter, with the ids of people of the account in place of their addresses.
async fn by_ids(tx: &mut Tx, account: AccountId, filter: &AuditFilter) -> Result<AuditFilter> {
    let mut filter = filter.clone();
    for named in [&mut filter.actor, &mut filter.subject] {
        let Some(email) = named
            .as_deref()
            .and_then(|named| named.parse::<Email>().ok())
        else {
            continue;
        };
        let found = users::find_by_email(tx, email.as_str()).await?;
        let user = found.filter(|(user, _)| user.account_id == account);
        if let Some((user, _)) = user {
            *named = Some(user.id.to_string());
        }
    }
    Ok(filter)
}
