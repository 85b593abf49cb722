//! Search: words are looked up before a list is walked, and slips of the pen are forgiven.

mod spread;

use std::collections::HashMap;

use model::{AccountId, Asset, AssetFilter, AssetId, AssetState, Problem, TeamChoice};

use crate::{
    Actor, Library, Result,
    db::{
        Tx,
        asset_list::Narrowed,
        search::{self, Question, Word},
        tags, teams,
    },
    hits::{explains_all, hits},
    words::{distance, forgiven, question_words},
};

/// Documents whose words are learned at once.
const LEARNED_AT_ONCE: i64 = 200;
/// The most tags, and the most teams, that a filter names.
const NAMED_MOST: usize = 50;

impl Library {
    /// Words the account has instead of those that nothing has, where each has one like it.
    ///
    /// Numbers and short words stay as they were typed: they are never learned, so nobody can say
    /// whether anything has them but the walk that follows.
    pub(crate) async fn correct(
        &self,
        tx: &mut Tx,
        account: AccountId,
        words: &str,
    ) -> Result<Option<String>> {
        let mut corrected = Vec::new();
        let mut is_other = false;
        for word in question_words(words) {
            let is_kept = !search::is_learnable(&word);
            if is_kept || search::is_known(tx, account, &word).await? {
                corrected.push(word);
                continue;
            }
            let Some(like) = nearest(&word, search::list_alike(tx, account, &word).await?) else {
                return Ok(None);
            };
            is_other = true;
            corrected.push(like);
        }
        Ok(is_other.then(|| corrected.join(" ")))
    }

    /// Says of each asset where the words stand.
    pub(crate) async fn show_hits(
        &self,
        tx: &mut Tx,
        account: AccountId,
        assets: &mut [Asset],
        words: &str,
    ) -> Result<()> {
        let words = question_words(words);
        let in_folders: Vec<AssetId> = assets
            .iter()
            .filter(|asset| asset.folder_id.is_some())
            .map(|asset| asset.id)
            .collect();
        let folders = search::list_folder_names(tx, account, &in_folders).await?;
        let folders: HashMap<_, _> = folders.into_iter().collect();
        let folder = |id: &AssetId| folders.get(id).and_then(Option::as_deref);
        let unexplained: Vec<AssetId> = assets
            .iter()
            .filter(|asset| !explains_all(asset, &words, folder(&asset.id)))
            .map(|asset| asset.id)
            .collect();
        let contents = search::list_contents(tx, account, &unexplained).await?;
        let contents: HashMap<_, _> = contents.into_iter().collect();
        for asset in assets {
            let content = contents.get(&asset.id).and_then(Option::as_deref);
            asset.hits = hits(asset, &words, folder(&asset.id), content);
        }
        Ok(())
    }

    /// Learns the words that came since the last time; says how many documents they came with.
    pub(crate) async fn learn_words(&self) -> Result<usize> {
        let mut tx = self.inner.db.read().await?;
        if !search::is_any_unlearned(&mut tx).await? {
            return Ok(0);
        }
        drop(tx);
        let mut tx = self.inner.db.write().await?;
        let words = search::list_unlearned(&mut tx, LEARNED_AT_ONCE).await?;
        let words: Vec<_> = words
            .into_iter()
            .filter(|(_, word)| search::is_learnable(word))
            .collect();
        search::learn(&mut tx, &words).await?;
        tx.commit().await?;
        Ok(words.len().max(1))
    }
}

/// A filter with its names looked up; `None` where nothing can meet it.
pub(crate) async fn narrow<'a>(
    tx: &mut Tx,
    actor: &Actor,
    filter: &'a AssetFilter,
    words: Option<&str>,
) -> Result<Option<Narrowed<'a>>> {
    let account = actor.account_id;
    if filter.tags.len().max(filter.teams.len()) > NAMED_MOST {
        let detail = format!("A filter names at most {NAMED_MOST} tags and as many teams.");
        return Err(Problem::invalid("filter", detail).into());
    }
    let Some(tags) = tags::find_all(tx, account, &filter.tags).await? else {
        return Ok(None);
    };
    let teams = match filter.teams.as_slice() {
        [] => None,
        choices => Some(teams_of(tx, actor, choices).await?),
    };
    if teams.as_ref().is_some_and(Vec::is_empty) {
        return Ok(None);
    }
    let mut narrowed = Narrowed {
        account,
        filter,
        tags,
        teams,
        question: None,
        fence: actor.fence(),
    };
    if let Some(words) = words {
        let words = question_words(words);
        if words.is_empty() {
            return Ok(None);
        }
        let Some(question) = question(tx, &narrowed, words).await? else {
            return Ok(None);
        };
        narrowed.question = Some(question);
    }
    Ok(Some(narrowed))
}

/// Of words that share much with a word, the one that few slips make of it.
fn nearest(word: &str, alike: Vec<String>) -> Option<String> {
    let letters = word.chars().count();
    let slips = |other: &String| {
        let beginning: String = other.chars().take(letters).collect();
        distance(word, other).min(distance(word, &beginning))
    };
    alike
        .into_iter()
        .map(|other| (slips(&other), distance(word, &other), other))
        .filter(|(slips, ..)| *slips <= forgiven(word))
        .min()
        .map(|(.., other)| other)
}

async fn teams_of(
    tx: &mut Tx,
    actor: &Actor,
    choices: &[TeamChoice],
) -> Result<Vec<model::TeamId>> {
    let mut found = Vec::new();
    for choice in choices {
        match (choice, actor.user_id()) {
            (TeamChoice::Team(id), _) => found.push(*id),
            (TeamChoice::Mine, Some(user)) => {
                found.extend(teams::list_of_member(tx, actor.account_id, user).await?);
            }
            (TeamChoice::Mine, None) => {}
        }
    }
    Ok(found)
}

/// The words, and what else the index can tell: it is the same walk, and a shorter one. `None`
/// where the account has no word that begins like one of them.
async fn question(
    tx: &mut Tx,
    narrowed: &Narrowed<'_>,
    words: Vec<String>,
) -> Result<Option<Question>> {
    let mut question = Question {
        words: Vec::new(),
        refs: vec![vec![narrowed.account.to_string()]],
    };
    for text in words {
        let refs = search::list_refs(tx, narrowed.account, &text).await?;
        let whole = search::list_whole(tx, narrowed.account, &text).await?;
        if refs.is_empty() && whole.as_ref().is_some_and(Vec::is_empty) {
            return Ok(None);
        }
        let whole = whole.unwrap_or_default();
        question.words.push(Word { text, whole, refs });
    }
    let filter = narrowed.filter;
    let mut narrow = |ids: Vec<String>| question.refs.push(ids);
    for tag in &narrowed.tags {
        narrow(vec![tag.to_string()]);
    }
    if let Some(teams) = &narrowed.teams {
        narrow(teams.iter().map(ToString::to_string).collect());
    }
    if let Some(folder) = filter.folder_id {
        narrow(vec![folder.to_string()]);
    }
    if let Some(person) = filter.created_by {
        narrow(vec![person.to_string()]);
    }
    if let Some(kind) = filter.kind {
        narrow(vec![format!("kind{kind}")]);
    }
    if let Some(source) = filter.source {
        narrow(vec![format!("source{source}")]);
    }
    // What is in sight, which is most, says nothing in the index.
    if filter.state != AssetState::Active {
        narrow(vec![format!("state{}", filter.state.as_str())]);
    }
    Ok(Some(question))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_the_one_with_fewest_slips() {
        let alike = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();

        assert_eq!(
            nearest("baech", alike(&["beach", "bench", "beaches"])).as_deref(),
            Some("beach")
        );
        assert_eq!(
            nearest("holidya", alike(&["holidays"])).as_deref(),
            Some("holidays")
        );
        assert_eq!(nearest("cat", alike(&["dog"])), None);
        assert_eq!(nearest("ab", alike(&["ac"])), None);
    }
}
