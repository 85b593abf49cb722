//! Where assets are used outside: recorded one by one, or read from what is written there.
//!
//! The storage meter is `usage`; when an asset was last opened is `uses`.

use std::collections::BTreeSet;

use model::{
    AccountId, AssetId, AssetUsage, Cursor, EventKind, KnownBy, Limit, NewUsage, Page, Problem,
    Reason, Right, ScannedUsages, Selection, UsageCount, UsageId, UsageScan,
    used_in::{
        MOST_USAGES,
        links::{OwnLinks, find_links},
    },
};

use crate::{
    Actor, Library, Result, audit,
    db::{
        Tx, asset_list, asset_states, assets,
        page::{cut, decode, rows},
        shares, used_in,
    },
    embed::{Door, fence},
    search::narrow,
};

/// A place that uses an asset, and whether that is news.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub usage: AssetUsage,
    pub is_new: bool,
}

impl Library {
    /// A page of the places that use an asset, those first known last.
    pub async fn list_usages(
        &self,
        actor: &Actor,
        id: AssetId,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<AssetUsage>> {
        self.require(actor, Right::View).await?;
        let (account, seen) = (actor.account_id, decode(cursor)?);
        let mut tx = self.inner.db.read().await?;
        let asset = assets::find(&mut tx, account, id).await?;
        asset.ok_or_else(Problem::not_found)?;
        let usages = used_in::list(&mut tx, account, id, seen, rows(limit)).await?;
        Ok(cut(usages, limit, |usage| usage.id))
    }

    /// Records that a place uses an asset; one that is known is said anew.
    ///
    /// It counts as a use of the asset, too. An embed session says so of the place that it is for.
    pub async fn record_usage(
        &self,
        actor: &Actor,
        id: AssetId,
        place: NewUsage,
        known_by: KnownBy,
    ) -> Result<Recorded> {
        self.admit(actor, Door::RecordUsage).await?;
        let Some(place) = actor.place_of_use(place) else {
            self.record_denial(actor).await;
            return Err(Problem::not_in_session().into());
        };
        let (account, clock) = (actor.account_id, &*self.inner.clock);
        let mut tx = self.inner.db.write().await?;
        let asset = assets::lock(&mut tx, account, id).await?;
        asset.ok_or_else(Problem::not_found)?;
        fence::require_seen(&mut tx, actor, id).await?;
        let known = used_in::find(&mut tx, account, id, &place).await?;
        let is_new = known.is_none();
        if is_new {
            require_room(&mut tx, account, &[id]).await?;
            audit::record(&mut tx, clock, actor, EventKind::UsageRecorded, id).await?;
        }
        let said = self.new_usage(actor, id, &place, known_by);
        used_in::put(&mut tx, account, std::slice::from_ref(&said)).await?;
        tx.commit().await?;
        self.note_use(id);
        let usage = match known {
            Some(known) => AssetUsage {
                title: said.title,
                url: said.url,
                seen_at: said.seen_at,
                ..known
            },
            None => said,
        };
        Ok(Recorded { usage, is_new })
    }

    /// Forgets a place that uses an asset.
    pub async fn remove_usage(&self, actor: &Actor, id: AssetId, usage: UsageId) -> Result<()> {
        self.require(actor, Right::Edit).await?;
        let (account, clock) = (actor.account_id, &*self.inner.clock);
        let mut tx = self.inner.db.write().await?;
        if !used_in::delete(&mut tx, account, id, usage).await? {
            return Err(Problem::not_found().into());
        }
        audit::record(&mut tx, clock, actor, EventKind::UsageRemoved, id).await?;
        tx.commit().await
    }

    /// Reads our links from what is written in a place: exactly the assets of the account that are
    /// found there are those that it uses from then on.
    pub async fn scan_usages(&self, actor: &Actor, scan: UsageScan) -> Result<ScannedUsages> {
        self.require(actor, Right::Edit).await?;
        let (account, clock) = (actor.account_id, &*self.inner.clock);
        let (place, html) = scan.into_parts();
        let links = self.find_own_links(&html)?;
        let mut tx = self.inner.db.write().await?;
        used_in::lock_place(&mut tx, account, &place).await?;
        let found = find_linked(&mut tx, account, links).await?;
        let before = used_in::list_assets(&mut tx, account, place.kind, &place.reference).await?;
        let before: BTreeSet<_> = before.into_iter().collect();
        let scanned = ScannedUsages {
            added: found.difference(&before).copied().collect(),
            kept: found.intersection(&before).copied().collect(),
            removed: before.difference(&found).copied().collect(),
        };
        require_room(&mut tx, account, &scanned.added).await?;
        let usages = found
            .iter()
            .map(|id| self.new_usage(actor, *id, &place, KnownBy::Scan));
        let usages: Vec<_> = usages.collect();
        used_in::put(&mut tx, account, &usages).await?;
        used_in::delete_many(&mut tx, account, &place, &scanned.removed).await?;
        if !scanned.added.is_empty() || !scanned.removed.is_empty() {
            let subject = format!("{} {}", place.kind, place.reference);
            audit::record(&mut tx, clock, actor, EventKind::UsagesScanned, subject).await?;
        }
        tx.commit().await?;
        for id in found {
            self.note_use(id);
        }
        Ok(scanned)
    }

    /// In how many places some assets are used; those that are not there are used nowhere.
    ///
    /// Where a filter shows more than a thousand that are used, the rest is not counted.
    pub async fn count_usages(&self, actor: &Actor, among: &Selection) -> Result<UsageCount> {
        self.require(actor, Right::View).await?;
        let most = Selection::MAX_IDS;
        let mut tx = self.inner.db.read().await?;
        match among {
            Selection::Ids(ids) if ids.len() > most => {
                let problem = Problem::invalid("ids", format!("At most {most} assets at once."));
                Err(problem.at_most(most as u64).into())
            }
            Selection::Ids(ids) => used_in::count(&mut tx, actor.account_id, ids).await,
            Selection::Filter(filter) => {
                let newest = self.inner.clock.new_id();
                let ids = match narrow(&mut tx, actor, filter, filter.words()).await? {
                    Some(narrowed) => {
                        asset_list::list_used(&mut tx, &narrowed, newest, most).await?
                    }
                    None => Vec::new(),
                };
                used_in::count(&mut tx, actor.account_id, &ids).await
            }
        }
    }

    /// Our links in what somebody wrote.
    fn find_own_links(&self, html: &str) -> Result<OwnLinks> {
        if html.len() > UsageScan::MAX_BYTES {
            let problem = Problem::invalid("html", "At most a million bytes are read.");
            return Err(problem.at_most(UsageScan::MAX_BYTES as u64).into());
        }
        let config = &self.inner.config;
        let links = find_links(html, &config.public_url, &config.media_url);
        if links.len() > MOST_USAGES {
            let problem = Problem::invalid("html", "A place uses at most 1 000 assets.");
            let problem = problem.because(Reason::TooManyUsages);
            return Err(problem.at_most(MOST_USAGES as u64).into());
        }
        Ok(links)
    }

    fn new_usage(
        &self,
        actor: &Actor,
        asset_id: AssetId,
        place: &NewUsage,
        known_by: KnownBy,
    ) -> AssetUsage {
        let clock = &*self.inner.clock;
        AssetUsage {
            id: clock.new_id(),
            asset_id,
            kind: place.kind,
            reference: place.reference.clone(),
            title: place.title(),
            url: place.url.clone(),
            known_by,
            created_at: clock.now(),
            created_by: actor.user_id(),
            seen_at: clock.now(),
        }
    }
}

/// The assets of an account that something links to, held until the transaction is over.
///
/// What is another account's is not there.
async fn find_linked(
    tx: &mut Tx,
    account: AccountId,
    links: OwnLinks,
) -> Result<BTreeSet<AssetId>> {
    let keys: Vec<_> = links.keys.into_iter().collect();
    let mut ids = links.assets;
    ids.extend(shares::find_assets(tx, account, &keys).await?);
    let ids: Vec<_> = ids.into_iter().collect();
    let held = asset_states::lock_many(tx, account, &ids).await?;
    Ok(held.into_iter().map(|asset| asset.id).collect())
}

/// Refuses where one of some assets is used in as many places as may be known.
async fn require_room(tx: &mut Tx, account: AccountId, ids: &[AssetId]) -> Result<()> {
    let Some(full) = used_in::find_full(tx, account, ids, MOST_USAGES).await? else {
        return Ok(());
    };
    let asset = assets::find(tx, account, full).await?;
    let name = asset
        .map(|asset| asset.name.to_string())
        .unwrap_or_default();
    let detail = format!("“{name}” is used in 1 000 places, and no more are kept.");
    let problem = Problem::conflict(detail).because(Reason::TooManyUsages);
    Err(problem.named(name).at_most(MOST_USAGES as u64).into())
}
