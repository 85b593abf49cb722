//! Teams: groups of people that assets are for; administrators make them, everybody assigns.

use model::{
    AssetId, Batch, Cursor, EventKind, Limit, Page, Problem, Reason, Right, Team, TeamId,
    TeamMember, UserId, tag::clean_name,
};

use crate::{
    Actor, Library, Result, audit,
    batches::Leaving,
    db::{
        Tx, assets, page,
        teams::{self, TeamRow},
    },
    gone::Leaver,
    tags::{Done, in_one_order, require_few},
};

/// The most teams that an asset is for.
const MEANT_MOST: usize = 50;

/// The most teams that are offered at once.
const CHOSEN_MOST: i64 = 2_000;

/// What about a team changes; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct TeamPatch {
    pub name: Option<String>,
    /// Who is in it, in place of those who were.
    pub members: Option<Vec<UserId>>,
    /// The version this change is made to; another one is a conflict, and nothing changes.
    pub version: Option<u32>,
}

impl Library {
    /// A page of the account's teams, by name.
    pub async fn list_teams(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Team>> {
        self.require(actor, Right::View).await?;
        let after = page::decode(cursor)?;
        let mut tx = self.inner.db.read().await?;
        let rows = teams::list(&mut tx, actor.account_id, after, limit).await?;
        let rows = page::cut(rows, limit, |row| row.name_key.clone());
        Ok(Page {
            items: with_members(&mut tx, actor, rows.items).await?,
            next_cursor: rows.next_cursor,
        })
    }

    /// What the account's teams are called, in order, for somebody who chooses among them: as many
    /// as anybody looks through.
    ///
    /// What is for each is not counted, which a page of teams would do for all of them.
    pub async fn list_team_names(&self, actor: &Actor) -> Result<Vec<(TeamId, String)>> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        teams::list_names(&mut tx, actor.account_id, CHOSEN_MOST).await
    }

    /// What a team is called.
    pub async fn get_team_name(&self, actor: &Actor, id: TeamId) -> Result<String> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        let name = teams::find_name(&mut tx, actor.account_id, id).await?;
        name.ok_or_else(|| Problem::not_found().into())
    }

    /// Makes a team. For administrators.
    pub async fn create_team(&self, actor: &Actor, name: &str, members: &[UserId]) -> Result<Team> {
        self.require(actor, Right::Administer).await?;
        let name = clean_team(name)?;
        let mut tx = self.inner.db.write().await?;
        let id: TeamId = self.inner.clock.new_id();
        let now = self.inner.clock.now();
        if !teams::insert(&mut tx, actor.account_id, id, &name, now).await? {
            return Err(taken().into());
        }
        set_members(&mut tx, actor, id, members).await?;
        audit::record(
            &mut tx,
            &*self.inner.clock,
            actor,
            EventKind::TeamCreated,
            id,
        )
        .await?;
        let team = read_team(&mut tx, actor, id).await?;
        tx.commit().await?;
        Ok(team)
    }

    /// Renames a team, or says who is in it. For administrators.
    ///
    /// A patch that says another version than the team has is a conflict.
    pub async fn update_team(&self, actor: &Actor, id: TeamId, patch: TeamPatch) -> Result<Team> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.write().await?;
        let team = teams::lock(&mut tx, actor.account_id, id).await?;
        let team = team.ok_or_else(Problem::not_found)?;
        require_version(&team, patch.version)?;
        let mut events = Vec::new();
        let name = patch.name.as_deref().map(clean_team).transpose()?;
        if let Some(name) = name.filter(|name| *name != team.name) {
            match teams::rename(&mut tx, actor.account_id, id, &name).await {
                Ok(true) => {}
                Ok(false) => return Err(taken().into()),
                // Somebody else gave another team this name at the same moment.
                Err(error) if error.is_unique_violation() => return Err(taken().into()),
                Err(error) => return Err(error),
            }
            events.push(EventKind::TeamRenamed);
        }
        if let Some(members) = patch.members {
            set_members(&mut tx, actor, id, &members).await?;
            events.push(EventKind::TeamMembersChanged);
        }
        if !events.is_empty() {
            teams::count_change(&mut tx, actor.account_id, id).await?;
        }
        for event in events {
            let detail = match event {
                EventKind::TeamRenamed => team.name.as_str(),
                _ => "",
            };
            let (clock, kind) = (&*self.inner.clock, (actor.account_id, event));
            audit::record_with(&mut tx, clock, actor, kind, id, detail).await?;
        }
        let team = read_team(&mut tx, actor, id).await?;
        tx.commit().await?;
        self.spread_now(id).await;
        Ok(team)
    }

    /// Removes a team; what was for it stays, and very many assets let go of it a piece at a time.
    /// For administrators.
    pub async fn delete_team(&self, actor: &Actor, id: TeamId) -> Result<Option<Batch>> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.write().await?;
        let team = teams::lock(&mut tx, actor.account_id, id).await?;
        let team = team.ok_or_else(Problem::not_found)?;
        let mut members = teams::list_members(&mut tx, actor.account_id, &[id]).await?;
        let members = members.remove(&id).unwrap_or_default();
        let members: Vec<_> = members.into_iter().map(|member| member.id).collect();
        let kind = EventKind::TeamDeleted;
        audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
        let leaving = Leaving::Team(id);
        let leaver = Leaver {
            leaving,
            name: &team.name,
            color: None,
            into: None,
            members: &members,
        };
        self.keep_gone(&mut tx, actor, &leaver).await?;
        let batch = if leaving.is_on_very_many(&mut tx).await? {
            teams::begin_leaving(&mut tx, actor.account_id, id).await?;
            Some(self.begin_leaving(&mut tx, actor, leaving).await?)
        } else {
            self.keep_gone_links(&mut tx, &leaver).await?;
            teams::delete(&mut tx, actor.account_id, id).await?;
            None
        };
        tx.commit().await?;
        self.inner.jobs.ring();
        Ok(batch)
    }

    /// Lets many assets be for teams and no longer for others, in one transaction; each is answered.
    pub async fn assign_assets(
        &self,
        actor: &Actor,
        ids: &[AssetId],
        add: &[TeamId],
        remove: &[TeamId],
    ) -> Result<Vec<Done>> {
        self.require(actor, Right::Edit).await?;
        require_few(ids)?;
        require_few_teams(add.len().max(remove.len()))?;
        let mut tx = self.inner.db.write().await?;
        for team in add.iter().chain(remove) {
            let team = teams::find(&mut tx, actor.account_id, *team).await?;
            team.ok_or_else(unknown)?;
        }
        let mut all = Vec::new();
        for id in in_one_order(ids) {
            let changed = match assets::lock(&mut tx, actor.account_id, id).await? {
                Some(_) => Ok(self.write_teams(&mut tx, actor, id, add, remove).await?),
                None => Err(Problem::not_found()),
            };
            all.push(Done { id, changed });
        }
        tx.commit().await?;
        Ok(all)
    }

    pub(crate) async fn write_teams(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asset: AssetId,
        comes: &[TeamId],
        goes: &[TeamId],
    ) -> Result<bool> {
        let mut is_other = false;
        for team in goes {
            is_other |= teams::unassign(tx, asset, *team).await?;
        }
        for team in comes {
            is_other |= teams::assign(tx, asset, *team).await?;
        }
        if is_other {
            assets::touch(tx, actor.account_id, asset, self.inner.clock.now()).await?;
            audit::record(
                tx,
                &*self.inner.clock,
                actor,
                EventKind::AssetAssigned,
                asset,
            )
            .await?;
        }
        Ok(is_other)
    }

    /// Lets an asset be for exactly these teams, named or by id.
    pub(crate) async fn set_teams(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asset: AssetId,
        names: &[String],
    ) -> Result<bool> {
        require_few_teams(names.len())?;
        let mut wanted = Vec::new();
        for name in names {
            let by_id = name.parse().ok();
            let found = match by_id {
                Some(id) => teams::find(tx, actor.account_id, id)
                    .await?
                    .map(|team| team.id),
                None => teams::find_by_name(tx, actor.account_id, name.trim()).await?,
            };
            wanted.push(found.ok_or_else(unknown)?);
        }
        let mut goes = teams::list_of_asset(tx, asset).await?;
        goes.retain(|team| !wanted.contains(team));
        self.write_teams(tx, actor, asset, &wanted, &goes).await
    }
}

async fn set_members(tx: &mut Tx, actor: &Actor, id: TeamId, members: &[UserId]) -> Result<()> {
    let mut members = members.to_vec();
    members.sort_unstable();
    members.dedup();
    if teams::set_members(tx, actor.account_id, id, &members).await? {
        return Ok(());
    }
    let problem = Problem::invalid("members", "One of these people is not in this account.");
    Err(problem.because(Reason::NotOfAccount).into())
}

async fn with_members(tx: &mut Tx, actor: &Actor, rows: Vec<TeamRow>) -> Result<Vec<Team>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut members = teams::list_members(tx, actor.account_id, &ids).await?;
    let team = |row: TeamRow| {
        let members = members.remove(&row.id).unwrap_or_default();
        let is_me = |member: &TeamMember| Some(member.id) == actor.user_id();
        Team {
            id: row.id,
            name: row.name,
            is_mine: members.iter().any(is_me),
            members,
            asset_count: row.asset_count.unsigned_abs(),
            version: u32::try_from(row.version).unwrap_or(u32::MAX),
        }
    };
    Ok(rows.into_iter().map(team).collect())
}

pub(crate) async fn read_team(tx: &mut Tx, actor: &Actor, id: TeamId) -> Result<Team> {
    let row = teams::find(tx, actor.account_id, id).await?;
    let team = with_members(tx, actor, row.into_iter().collect())
        .await?
        .pop();
    team.ok_or_else(|| Problem::not_found().into())
}

/// Tells the second of two people who change a team at once.
fn require_version(team: &TeamRow, version: Option<u32>) -> Result<()> {
    if version.is_none_or(|version| i64::from(version) == team.version) {
        return Ok(());
    }
    let name = &team.name;
    Err(Problem::changed_meanwhile(format!(
        "Somebody else changed this team just now; it is named “{name}”. Look, and try again."
    ))
    .into())
}

fn clean_team(name: &str) -> Result<String, Problem> {
    clean_name("name", "A team's name", name)
}

fn require_few_teams(count: usize) -> Result<()> {
    if count > MEANT_MOST {
        let detail = format!("An asset is for at most {MEANT_MOST} teams.");
        let problem = Problem::invalid("teams", detail).because(Reason::TooManyTeams);
        return Err(problem.at_most(MEANT_MOST as u64).into());
    }
    Ok(())
}

pub(crate) fn unknown() -> Problem {
    Problem::invalid("teams", "There is no such team.").because(Reason::TeamGone)
}

fn taken() -> Problem {
    Problem::conflict("There is a team of this name already.").because(Reason::NameTaken)
}
