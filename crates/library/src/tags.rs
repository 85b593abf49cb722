//! Tags: words people find assets by; made when first used, renamed, colored, merged and deleted.

use model::{
    AssetId, Batch, Cursor, EventKind, FolderColor, Limit, Page, Problem, Reason, Right, Selection,
    Tag, TagId, TagPatch,
    tag::{clean_tag, clean_tags},
};

use crate::{
    Actor, Library, Result, audit,
    batches::Leaving,
    db::{
        Tx, assets, page,
        tags::{self, TagRow},
    },
    embed::Door,
    gone::Leaver,
    words::question_words,
};

/// The most tags that are suggested at once.
const SUGGESTED_MOST: usize = 8;
/// The most tags an asset carries.
pub(crate) const CARRIED_MOST: usize = 50;

/// A tag that is carried in place of another, and what is still on its way.
#[derive(Clone, Debug)]
pub struct TagMerge {
    pub tag: Tag,
    /// The batch that lets all carry it, where there are very many.
    pub batch: Option<Batch>,
}

/// What a deed on many assets says of one of them.
#[derive(Clone, Debug)]
pub struct Done {
    pub id: AssetId,
    /// Whether it changed; or why it could not.
    pub changed: Result<bool, Problem>,
}

impl Library {
    /// A page of the account's tags, by name.
    pub async fn list_tags(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Tag>> {
        self.admit(actor, Door::ListTags).await?;
        let (account, after) = (actor.account_id, page::decode(cursor)?);
        let mut tx = self.inner.db.read().await?;
        let rows = match actor.narrow_fence() {
            Some(fence) => tags::list_within(&mut tx, account, &fence, after, limit).await?,
            None => tags::list(&mut tx, account, after, limit).await?,
        };
        Ok(page::cut(rows, limit, |row| row.name_key.clone()).map(Tag::from))
    }

    /// Tags with a word that begins like this, most used first; what is on a hundred files and what
    /// is on a million weigh the same.
    pub async fn suggest_tags(&self, actor: &Actor, beginning: &str) -> Result<Vec<Tag>> {
        self.admit(actor, Door::ListTags).await?;
        let words = question_words(beginning);
        let Some(first) = words.first() else {
            return Ok(Vec::new());
        };
        let (account, mut tx) = (actor.account_id, self.inner.db.read().await?);
        let mut rows = match actor.narrow_fence() {
            Some(fence) => tags::list_beginning_within(&mut tx, account, &fence, first).await?,
            None => tags::list_beginning(&mut tx, account, first).await?,
        };
        let beginning = tags::key(beginning.trim());
        rows.retain(|row| words.len() == 1 || row.name_key.contains(&beginning));
        rows.sort_by_key(|row| {
            let begins = row.name_key.starts_with(&beginning);
            (!begins, -row.asset_count, row.name_key.clone())
        });
        rows.truncate(SUGGESTED_MOST);
        // Only those are counted: there may be very many that begin so.
        let mut tags = Vec::new();
        for row in rows {
            let tag = tags::find(&mut tx, actor.account_id, row.id).await?;
            tags.extend(tag.map(Tag::from));
        }
        Ok(tags)
    }

    /// The tag of a name, in any case and with any accents.
    pub async fn find_tag(&self, actor: &Actor, name: &str) -> Result<Option<Tag>> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        let account = actor.account_id;
        let Some(id) = tags::find_by_name(&mut tx, account, name.trim()).await? else {
            return Ok(None);
        };
        Ok(tags::find(&mut tx, account, id).await?.map(Tag::from))
    }

    /// Those of some tags that have a color, with it; as many as an asset carries.
    pub async fn list_tag_colors(
        &self,
        actor: &Actor,
        names: &[String],
    ) -> Result<Vec<(String, FolderColor)>> {
        self.require(actor, Right::View).await?;
        let names = &names[..names.len().min(CARRIED_MOST)];
        let mut tx = self.inner.db.read().await?;
        tags::list_colors(&mut tx, actor.account_id, names).await
    }

    /// Makes a tag that nothing carries yet.
    pub async fn create_tag(&self, actor: &Actor, name: &str) -> Result<Tag> {
        self.require(actor, Right::Edit).await?;
        let name = clean_tag(name)?;
        let mut tx = self.inner.db.write().await?;
        let id = self.inner.clock.new_id();
        if !tags::insert(&mut tx, actor.account_id, id, &name).await? {
            return Err(taken().into());
        }
        audit::record(
            &mut tx,
            &*self.inner.clock,
            actor,
            EventKind::TagCreated,
            id,
        )
        .await?;
        let tag = tags::find(&mut tx, actor.account_id, id).await?;
        tx.commit().await?;
        tag.map(Tag::from)
            .ok_or_else(|| Problem::not_found().into())
    }

    /// Renames or colors a tag; all that carry it show that at once, and none of them is written.
    ///
    /// A patch that says another version than the tag has is a conflict.
    pub async fn update_tag(&self, actor: &Actor, id: TagId, patch: TagPatch) -> Result<Tag> {
        self.require(actor, Right::Edit).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.write().await?;
        let mut tag = lock(&mut tx, actor, id).await?;
        require_version(&tag, patch.version)?;
        let mut events = Vec::new();
        let before = tag.name.clone();
        let name = patch.name.as_deref().map(clean_tag).transpose()?;
        if let Some(name) = name.filter(|name| *name != tag.name) {
            tag.name = name;
            events.push(EventKind::TagRenamed);
        }
        if let Some(color) = patch.color.filter(|color| *color != tag.color) {
            tag.color = color;
            events.push(EventKind::TagColored);
        }
        if events.is_empty() {
            return Ok(tag.into());
        }
        match tags::update(&mut tx, account, &tag).await {
            Ok(true) => tag.version += 1,
            Ok(false) => return Err(taken().into()),
            // Somebody else gave another tag this name at the same moment.
            Err(error) if error.is_unique_violation() => return Err(taken().into()),
            Err(error) => return Err(error),
        }
        for event in events {
            let detail = match event {
                EventKind::TagRenamed => before.as_str(),
                _ => "",
            };
            let clock = &*self.inner.clock;
            audit::record_with(&mut tx, clock, actor, (account, event), id, detail).await?;
        }
        tx.commit().await?;
        self.spread_now(id).await;
        Ok(tag.into())
    }

    /// Lets all that carry a tag carry another instead, very many of them a piece at a time; the
    /// first is out of sight at once.
    pub async fn merge_tag(&self, actor: &Actor, id: TagId, into: TagId) -> Result<TagMerge> {
        self.require(actor, Right::Edit).await?;
        let mut tx = self.inner.db.write().await?;
        // In one order for everybody, so that two merges never wait for each other.
        for one in [id.min(into), id.max(into)] {
            lock(&mut tx, actor, one).await?;
        }
        if id == into {
            let problem = Problem::invalid("into", "A tag is merged into another one.");
            return Err(problem.because(Reason::SameTag).into());
        }
        let tag = lock(&mut tx, actor, id).await?;
        let target = lock(&mut tx, actor, into).await?;
        let (clock, kind) = (&*self.inner.clock, EventKind::TagMerged);
        let kind = (actor.account_id, kind);
        audit::record_with(&mut tx, clock, actor, kind, id, &target.name).await?;
        let batch = self.drop_tag(&mut tx, actor, &tag, Some(&target)).await?;
        let merged = lock(&mut tx, actor, into).await?;
        tx.commit().await?;
        self.inner.jobs.ring();
        Ok(TagMerge {
            tag: merged.into(),
            batch,
        })
    }

    /// Takes a tag off all that carry it, very many of them a piece at a time; it is out of sight
    /// at once.
    pub async fn delete_tag(&self, actor: &Actor, id: TagId) -> Result<Option<Batch>> {
        self.require(actor, Right::Edit).await?;
        let mut tx = self.inner.db.write().await?;
        let tag = lock(&mut tx, actor, id).await?;
        let kind = EventKind::TagDeleted;
        audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
        let batch = self.drop_tag(&mut tx, actor, &tag, None).await?;
        tx.commit().await?;
        self.inner.jobs.ring();
        Ok(batch)
    }

    /// Lets all that carry a tag carry another or nothing in its place: at once, or in a batch
    /// where they are very many.
    async fn drop_tag(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        tag: &TagRow,
        into: Option<&TagRow>,
    ) -> Result<Option<Batch>> {
        let account = actor.account_id;
        let leaver = Leaver {
            leaving: Leaving::Tag(tag.id),
            name: &tag.name,
            color: tag.color,
            into: into.map(|into| (into.id, into.name.as_str())),
            members: &[],
        };
        self.keep_gone(tx, actor, &leaver).await?;
        let id = tag.id;
        if leaver.leaving.is_on_very_many(tx).await? {
            tags::begin_leaving(tx, account, id, into).await?;
            let batch = self.begin_leaving(tx, actor, leaver.leaving).await?;
            return Ok(Some(batch));
        }
        self.keep_gone_links(tx, &leaver).await?;
        tags::touch_carriers(tx, account, id, self.inner.clock.now()).await?;
        if let Some(into) = into {
            tags::spread(tx, id, into.id).await?;
        }
        tags::pass_on(tx, account, id, into).await?;
        tags::delete(tx, account, id).await?;
        Ok(None)
    }

    /// Puts tags on many assets and takes others off, in one transaction; each is answered.
    pub async fn tag_assets(
        &self,
        actor: &Actor,
        ids: &[AssetId],
        add: &[String],
        remove: &[String],
    ) -> Result<Vec<Done>> {
        self.require(actor, Right::Edit).await?;
        require_few(ids)?;
        let add = clean_tags(add.iter().map(String::as_str))?;
        let remove = clean_tags(remove.iter().map(String::as_str))?;
        let mut tx = self.inner.db.write().await?;
        let mut all = Vec::new();
        for id in in_one_order(ids) {
            let changed = self.retag(&mut tx, actor, id, &add, &remove).await?;
            all.push(Done { id, changed });
        }
        tx.commit().await?;
        Ok(all)
    }

    /// Puts tags on an asset and takes others off; whether that changed it, or why it could not.
    pub(crate) async fn retag(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asset: AssetId,
        add: &[String],
        remove: &[String],
    ) -> Result<Result<bool, Problem>> {
        let account = actor.account_id;
        if assets::lock(tx, account, asset).await?.is_none() {
            return Ok(Err(Problem::not_found()));
        }
        let mut carried = tags::list_of_asset(tx, asset).await?;
        let mut goes = Vec::new();
        for name in remove {
            goes.extend(tags::find_by_name(tx, account, name).await?);
        }
        goes.retain(|tag| carried.contains(tag));
        carried.retain(|tag| !goes.contains(tag));
        let mut comes = self.tags_of_words(tx, actor, add).await?;
        comes.retain(|tag| !carried.contains(tag));
        if carried.len() + comes.len() > CARRIED_MOST {
            let problem = Problem::invalid("tags", "An asset carries at most 50 tags.");
            return Ok(Err(problem.because(Reason::TooManyTags).at_most(50)));
        }
        self.write_tags(tx, actor, asset, &comes, &goes)
            .await
            .map(Ok)
    }

    async fn write_tags(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asset: AssetId,
        comes: &[TagId],
        goes: &[TagId],
    ) -> Result<bool> {
        if comes.is_empty() && goes.is_empty() {
            return Ok(false);
        }
        for tag in goes {
            tags::detach(tx, asset, *tag).await?;
        }
        for tag in comes {
            tags::attach(tx, asset, *tag).await?;
        }
        assets::touch(tx, actor.account_id, asset, self.inner.clock.now()).await?;
        audit::record(tx, &*self.inner.clock, actor, EventKind::AssetTagged, asset).await?;
        Ok(true)
    }

    /// Lets an asset carry exactly these tags; says whether that changed it.
    pub(crate) async fn set_tags(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asset: AssetId,
        words: &[String],
    ) -> Result<bool> {
        let wanted = self.tags_of_words(tx, actor, words).await?;
        let carried = tags::list_of_asset(tx, asset).await?;
        let without = |all: &[TagId], others: &[TagId]| -> Vec<TagId> {
            let missing = all.iter().filter(|tag| !others.contains(tag));
            missing.copied().collect()
        };
        let (comes, goes) = (without(&wanted, &carried), without(&carried, &wanted));
        self.write_tags(tx, actor, asset, &comes, &goes).await
    }

    /// Lets a new asset carry tags.
    pub(crate) async fn put_tags(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        asset: AssetId,
        words: &[String],
    ) -> Result<()> {
        for tag in self.tags_of_words(tx, actor, words).await? {
            tags::attach(tx, asset, tag).await?;
        }
        Ok(())
    }

    /// The tags of words; those nobody has used yet become tags of the account.
    pub(crate) async fn tags_of_words(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        words: &[String],
    ) -> Result<Vec<TagId>> {
        // In one order for everybody, so that two uploads never wait for each other's tags.
        let mut words: Vec<_> = words.iter().collect();
        words.sort_unstable_by_key(|word| tags::key(word));
        let mut found: Vec<TagId> = Vec::new();
        for word in words {
            let id = self.inner.clock.new_id();
            let tag = tags::find_or_insert(tx, actor.account_id, id, word).await?;
            found.extend(tag.filter(|tag| !found.contains(tag)));
        }
        Ok(found)
    }
}

/// Refuses more assets than are changed while somebody waits.
pub(crate) fn require_few(ids: &[AssetId]) -> Result<()> {
    if ids.len() > Selection::MAX_IDS {
        return Err(Problem::invalid("ids", "Name 1 to 1 000 assets.").into());
    }
    Ok(())
}

/// Each id once, in one order for everybody: two batches never wait for each other.
pub(crate) fn in_one_order(ids: &[AssetId]) -> Vec<AssetId> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

async fn lock(tx: &mut Tx, actor: &Actor, id: TagId) -> Result<TagRow> {
    let tag = tags::lock(tx, actor.account_id, id).await?;
    tag.ok_or_else(|| Problem::not_found().into())
}

/// Tells the second of two people who change a tag at once.
fn require_version(tag: &TagRow, version: Option<u32>) -> Result<()> {
    if version.is_none_or(|version| i64::from(version) == tag.version) {
        return Ok(());
    }
    let name = &tag.name;
    Err(Problem::changed_meanwhile(format!(
        "Somebody else changed this tag just now; it is named “{name}”. Look, and try again."
    ))
    .into())
}

fn taken() -> Problem {
    Problem::conflict("There is a tag of this name already; merge the two instead.")
        .because(Reason::NameTaken)
}
