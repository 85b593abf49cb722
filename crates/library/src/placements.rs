//! Placements: where in messages files go, and how an asset would do there.

use model::{
    AccountId, AssetId, Cursor, EventKind, Limit, Page, Placement, Problem, Reason, Right, Slug,
    Verdict,
    placement::{Facts, catalogue, judge, with_own},
};

use crate::{
    Actor, Library, Result, audit,
    db::{Tx, accounts, page, placements},
    embed::Door,
};

/// The most placements of its own that an account has.
const OWN: i64 = 100;

impl Library {
    /// A page of the placements of the actor's account, channel by channel.
    pub async fn list_placements(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Placement>> {
        self.admit(actor, Door::ListPlacements).await?;
        let mut tx = self.inner.db.read().await?;
        let all = all(&mut tx, actor.account_id).await?;
        cut(all, cursor, limit, |placement| &placement.id)
    }

    /// A page of verdicts on an asset, one for each placement, in the order of the placements.
    pub async fn judge_asset(
        &self,
        actor: &Actor,
        id: AssetId,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Verdict>> {
        let asset = self.get_asset(actor, id).await?;
        let learned = self.learned(actor.account_id, &asset).await?;
        let facts = Facts::of(&asset).with(learned);
        let mut tx = self.inner.db.read().await?;
        let all = all(&mut tx, actor.account_id).await?;
        let verdicts = all.iter().map(|one| judge(one, &facts)).collect();
        cut(verdicts, cursor, limit, |verdict| &verdict.placement)
    }

    /// What operators say that placements take from an account, by id; for operators.
    pub async fn list_own_placements(
        &self,
        actor: &Actor,
        account: AccountId,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Placement>> {
        self.require(actor, Right::Operate).await?;
        let mut tx = self.inner.db.read().await?;
        let found = accounts::find(&mut tx, account).await?;
        found.ok_or_else(Problem::not_found)?;
        let own = placements::list(&mut tx, account).await?;
        cut(own, cursor, limit, |placement| &placement.id)
    }

    /// Adds a placement to an account's, in place of the one of the same id; for operators.
    pub async fn set_placement(
        &self,
        actor: &Actor,
        account: AccountId,
        placement: Placement,
    ) -> Result<Placement> {
        self.require(actor, Right::Operate).await?;
        placement.check()?;
        let placement = Placement {
            is_own: true,
            ..placement
        };
        let mut tx = self.inner.db.write().await?;
        let found = accounts::lock(&mut tx, account).await?;
        found.ok_or_else(Problem::not_found)?;
        if placements::count_others(&mut tx, account, &placement.id).await? >= OWN {
            let detail = format!("An account has at most {OWN} placements of its own.");
            let problem = Problem::conflict(detail).because(Reason::TooManyPlacements);
            return Err(problem.at_most(OWN.unsigned_abs()).into());
        }
        let now = self.inner.clock.now();
        placements::put(&mut tx, account, &placement, now).await?;
        self.note_placement(
            &mut tx,
            actor,
            account,
            EventKind::PlacementSet,
            &placement.id,
        )
        .await?;
        tx.commit().await?;
        Ok(placement)
    }

    /// Removes a placement of an account's own; the catalogue's is back then. For operators.
    pub async fn remove_placement(
        &self,
        actor: &Actor,
        account: AccountId,
        id: &Slug,
    ) -> Result<()> {
        self.require(actor, Right::Operate).await?;
        let mut tx = self.inner.db.write().await?;
        if !placements::delete(&mut tx, account, id).await? {
            return Err(Problem::not_found().into());
        }
        self.note_placement(&mut tx, actor, account, EventKind::PlacementRemoved, id)
            .await?;
        tx.commit().await
    }

    async fn note_placement(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        account: AccountId,
        kind: EventKind,
        id: &Slug,
    ) -> Result<()> {
        audit::record_in(tx, &*self.inner.clock, actor, Some(account), kind, id).await
    }
}

/// The catalogue with an account's own.
pub(crate) async fn all(tx: &mut Tx, account: AccountId) -> Result<Vec<Placement>> {
    let own = placements::list(tx, account).await?;
    Ok(with_own(catalogue(), own))
}

/// The page of a list that is at hand, after the placement that the cursor names.
fn cut<T>(
    all: Vec<T>,
    cursor: Option<&Cursor>,
    limit: Limit,
    id: impl Fn(&T) -> &Slug,
) -> Result<Page<T>> {
    let after: Option<Slug> = page::decode(cursor)?;
    let before = after.and_then(|after| all.iter().position(|one| *id(one) == after));
    let rest = all.into_iter().skip(before.map_or(0, |at| at + 1));
    let rest = rest.take(limit.get() as usize + 1).collect();
    Ok(page::cut(rest, limit, |one| id(one).clone()))
}
