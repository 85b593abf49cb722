//! Tags and teams that were deleted or merged come back, as long as the trash is kept.

use std::time::Duration;

use model::{
    AccountId, Batch, Cursor, EventKind, FolderColor, Gone, GoneTag, GoneTeam, Limit, Page,
    Problem, Reason, Right, Tag, TagId, Team, TeamId, Timestamp, UserId,
};

use crate::{
    Actor, Error, Library, Result, audit,
    batches::Leaving,
    db::{
        Tx, accounts,
        asset_marks::Mark,
        gone_marks::{self, GoneRow},
        page, tags, teams,
    },
    teams::read_team,
};

/// Rows that are forgotten in one transaction.
const FORGOTTEN_AT_ONCE: i64 = 2_000;
const DAY: Duration = Duration::from_hours(24);

/// A tag or a team that is back, and what is still on its way.
#[derive(Clone, Debug)]
pub struct Returned<T> {
    pub mark: T,
    /// The batch that puts it on what it was on, where that is very much.
    pub batch: Option<Batch>,
}

/// A tag or a team that goes, as it is now.
pub(crate) struct Leaver<'a> {
    pub leaving: Leaving,
    pub name: &'a str,
    pub color: Option<FolderColor>,
    /// The tag that comes in its place: its id, and what it is called.
    pub into: Option<(TagId, &'a str)>,
    pub members: &'a [UserId],
}

impl Library {
    /// A page of the tags that can be brought back, the last that went first; for administrators.
    pub async fn list_gone_tags(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<GoneTag>> {
        self.require(actor, Right::Purge).await?;
        let (page, kept) = self.list_gone(actor, Mark::Tag, cursor, limit).await?;
        page_of(page, |row| {
            Ok(GoneTag {
                id: read_id(&row.id)?,
                gone: gone(&row, kept),
                name: row.name,
                color: row.color,
                merged_into: row.into_name,
            })
        })
    }

    /// A page of the teams that can be brought back, the last that went first; for administrators.
    pub async fn list_gone_teams(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<GoneTeam>> {
        self.require(actor, Right::Administer).await?;
        let (page, kept) = self.list_gone(actor, Mark::Team, cursor, limit).await?;
        page_of(page, |row| {
            Ok(GoneTeam {
                id: read_id(&row.id)?,
                gone: gone(&row, kept),
                name: row.name,
            })
        })
    }

    /// Brings a tag back that was deleted or merged, with its id, its color and what carried it;
    /// what carries another in its place since then no longer does. For administrators.
    pub async fn restore_tag(&self, actor: &Actor, id: TagId) -> Result<Returned<Tag>> {
        self.require(actor, Right::Purge).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.write().await?;
        let named = id.to_string();
        let gone = self
            .find_gone(&mut tx, account, (Mark::Tag, &named))
            .await?;
        if !tags::insert(&mut tx, account, id, &gone.name).await? {
            let told = "There is a tag of this name again; rename that one first.";
            return Err(Problem::conflict(told).because(Reason::NameTaken).into());
        }
        let mut tag = tags::lock(&mut tx, account, id).await?;
        if let Some(tag) = tag.as_mut().filter(|_| gone.color.is_some()) {
            tag.color = gone.color;
            tags::update(&mut tx, account, tag).await?;
        }
        let (clock, kind) = (&*self.inner.clock, EventKind::TagRestored);
        audit::record(&mut tx, clock, actor, kind, id).await?;
        let batch = self.bring_back(&mut tx, actor, Leaving::Tag(id)).await?;
        let tag = tags::find(&mut tx, account, id).await?;
        tx.commit().await?;
        self.inner.jobs.ring();
        let mark = tag.map(Tag::from).ok_or_else(Problem::not_found)?;
        Ok(Returned { mark, batch })
    }

    /// Brings a team back that was deleted, with its id, those of its people who are still in the
    /// account, and what was for it. For administrators.
    pub async fn restore_team(&self, actor: &Actor, id: TeamId) -> Result<Returned<Team>> {
        self.require(actor, Right::Administer).await?;
        let account = actor.account_id;
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.write().await?;
        let named = id.to_string();
        let gone = self
            .find_gone(&mut tx, account, (Mark::Team, &named))
            .await?;
        if !teams::insert(&mut tx, account, id, &gone.name, now).await? {
            let told = "There is a team of this name again; rename that one first.";
            return Err(Problem::conflict(told).because(Reason::NameTaken).into());
        }
        let members: Vec<UserId> = serde_json::from_str(&gone.members)
            .map_err(|error| Error::Inconsistent(error.to_string()))?;
        teams::add_members(&mut tx, account, id, &members).await?;
        let (clock, kind) = (&*self.inner.clock, EventKind::TeamRestored);
        audit::record(&mut tx, clock, actor, kind, id).await?;
        let batch = self.bring_back(&mut tx, actor, Leaving::Team(id)).await?;
        let mark = read_team(&mut tx, actor, id).await?;
        tx.commit().await?;
        self.inner.jobs.ring();
        Ok(Returned { mark, batch })
    }

    /// Writes down what a tag or a team is before it goes.
    pub(crate) async fn keep_gone(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        leaver: &Leaver<'_>,
    ) -> Result<()> {
        let (mark, id) = leaver.leaving.mark();
        let members = serde_json::to_string(leaver.members)
            .map_err(|error| Error::Inconsistent(error.to_string()))?;
        let row = GoneRow {
            id,
            name: leaver.name.to_owned(),
            color: leaver.color,
            into_name: leaver.into.map(|(_, name)| name.to_owned()),
            members,
            gone_at: self.inner.clock.now(),
            gone_by: actor.user_id(),
            gone_by_name: None,
        };
        gone_marks::insert(tx, actor.account_id, mark, &row).await
    }

    /// Writes down what a tag or a team is on, all at once.
    pub(crate) async fn keep_gone_links(&self, tx: &mut Tx, leaver: &Leaver<'_>) -> Result<()> {
        let (mark, id) = leaver.leaving.mark();
        let into = leaver.into.map(|(into, _)| into.to_string());
        gone_marks::keep_all(tx, (mark, &id), into.as_deref()).await
    }

    /// Forgets what went before a moment, a little at a time.
    pub(crate) async fn forget_gone(&self, account: AccountId, before: Timestamp) -> Result<()> {
        loop {
            let mut tx = self.inner.db.write().await?;
            let some = gone_marks::forget(&mut tx, account, before, FORGOTTEN_AT_ONCE).await?;
            tx.commit().await?;
            if some == 0 {
                return Ok(());
            }
        }
    }

    async fn list_gone(
        &self,
        actor: &Actor,
        mark: Mark,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<(Page<GoneRow>, Duration)> {
        let before = page::decode(cursor)?;
        let mut tx = self.inner.db.read().await?;
        let kept = kept(&mut tx, actor.account_id).await?;
        let rows = gone_marks::list(&mut tx, actor.account_id, mark, before, limit).await?;
        let page = page::cut(rows, limit, |row| (row.gone_at, row.id.clone()));
        Ok((page, kept))
    }

    /// What is gone and off all it was on, and not for too long.
    async fn find_gone(
        &self,
        tx: &mut Tx,
        account: AccountId,
        mark: (Mark, &str),
    ) -> Result<GoneRow> {
        let kept = kept(tx, account).await?;
        let now = self.inner.clock.now();
        let gone = gone_marks::lock(tx, account, mark).await?;
        let gone = gone.filter(|gone| now < gone.gone_at.after(kept));
        let gone = gone.ok_or_else(Problem::not_found)?;
        if gone_marks::is_leaving(tx, account, mark).await? {
            let told = "It is still being taken off files; try again when that is done.";
            return Err(Problem::conflict(told).because(Reason::StillLeaving).into());
        }
        Ok(gone)
    }
}

/// How long the account keeps what is gone.
async fn kept(tx: &mut Tx, account: AccountId) -> Result<Duration> {
    let account = accounts::get(tx, account).await?;
    Ok(DAY * account.limits.retention_days)
}

fn gone(row: &GoneRow, kept: Duration) -> Gone {
    Gone {
        at: row.gone_at,
        by: row.gone_by_name.clone(),
        until: row.gone_at.after(kept),
    }
}

fn page_of<T>(page: Page<GoneRow>, told: impl Fn(GoneRow) -> Result<T>) -> Result<Page<T>> {
    let items: Result<Vec<T>> = page.items.into_iter().map(told).collect();
    Ok(Page {
        items: items?,
        next_cursor: page.next_cursor,
    })
}

fn read_id<T: std::str::FromStr>(id: &str) -> Result<T> {
    id.parse()
        .map_err(|_| Error::Inconsistent(format!("{id} is not an id")))
}
