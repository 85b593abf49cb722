//! What this browser remembers of unfinished uploads, so that a reload loses nothing.

use model::{ByteSize, FolderId};
use serde::{Deserialize, Serialize};

use super::{
    item::{FileFacts, Item, ItemId, Millis, Place, Sending},
    queue::Queue,
};

/// How old an item is when it is worth remembering.
pub const WORTH_KEEPING_AFTER: Millis = 1_500;

/// A notebook that nobody wrote in for so long belongs to a page that is gone.
const ABANDONED_AFTER: Millis = 150_000;

/// What was not gone on with for a week is forgotten, as the server forgets it.
const FORGOTTEN_AFTER: Millis = 7 * 24 * 3_600_000;

/// The unfinished uploads of one page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notebook {
    /// Whose uploads they are: nobody else sees them.
    pub owner: String,
    /// When the page last wrote.
    pub written_at: Millis,
    /// Whether the page said goodbye: its uploads are free to be taken up.
    pub is_closed: bool,
    pub records: Vec<Record>,
}

/// One unfinished upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub name: String,
    pub size: ByteSize,
    pub mime: String,
    pub last_modified: Millis,
    pub folder_id: Option<FolderId>,
    pub relative_path: Option<String>,
    pub sent: ByteSize,
    /// The upload on the server, once there is one.
    pub url: Option<String>,
    /// The key of the file in this browser's store, where it could be kept.
    pub kept: Option<String>,
    pub is_paused: bool,
    /// What the server knows its beginning by.
    #[serde(default)]
    pub key: Option<String>,
    /// Whether it may be in the library after all.
    #[serde(default)]
    pub may_be_there: bool,
}

impl Notebook {
    /// Whether the page that wrote this is gone.
    pub fn is_abandoned(&self, now: Millis) -> bool {
        self.is_closed || now.saturating_sub(self.written_at) > ABANDONED_AFTER
    }

    /// Whether this is so old that nobody will go on with it.
    pub fn is_forgotten(&self, now: Millis) -> bool {
        now.saturating_sub(self.written_at) > FORGOTTEN_AFTER
    }
}

impl Record {
    /// What an item is remembered by, while there is something left to do.
    pub fn of(item: &Item) -> Option<Self> {
        let is_over = matches!(
            item.state,
            Sending::Done(_) | Sending::Refused(_) | Sending::Making(_)
        );
        (!is_over).then(|| Self {
            name: item.facts.name.clone(),
            size: item.facts.size,
            mime: item.facts.mime.clone(),
            last_modified: item.facts.last_modified,
            folder_id: item.place.folder_id,
            relative_path: item.place.relative_path.clone(),
            sent: item
                .url
                .as_ref()
                .map_or(ByteSize::ZERO, |_| item.state.sent()),
            url: item.url.clone(),
            kept: item.kept.clone(),
            is_paused: matches!(item.state, Sending::Paused { .. }),
            key: item.key.clone(),
            may_be_there: item.may_be_there,
        })
    }

    /// The item this was, absent until its file is at hand.
    pub fn into_item(self) -> Item {
        Item {
            id: ItemId(0),
            facts: FileFacts {
                name: self.name,
                size: self.size,
                mime: self.mime,
                last_modified: self.last_modified,
            },
            place: Place {
                folder_id: self.folder_id,
                relative_path: self.relative_path,
            },
            state: Sending::Absent { sent: self.sent },
            url: self.url,
            offset: None,
            arrived: 0,
            // Its beginning was asked for, and nobody knows what came of that.
            attempts: u32::from(self.key.is_some()),
            added_at: 0,
            kept: self.kept,
            key: self.key,
            may_be_there: self.may_be_there,
            was: None,
            nowhere: None,
            is_unseen: false,
            run: 0,
            since: 0,
        }
    }
}

/// The records of all items old enough.
pub fn records(queue: &Queue, now: Millis) -> Vec<Record> {
    queue
        .items()
        .iter()
        .filter(|item| now.saturating_sub(item.added_at) >= WORTH_KEEPING_AFTER)
        .filter_map(Record::of)
        .collect()
}

/// The files whose bytes are to be kept now, those that move first, within a budget.
pub fn worth_keeping(queue: &Queue, now: Millis, budget: ByteSize) -> Vec<ItemId> {
    let unkept = |item: &&Item| item.kept.is_none() && item.state.is_going();
    let old_enough = |item: &&Item| now.saturating_sub(item.added_at) >= WORTH_KEEPING_AFTER;
    let mut items: Vec<&Item> = queue
        .items()
        .iter()
        .filter(unkept)
        .filter(old_enough)
        .collect();
    items.sort_by_key(|item| item.state.group());
    let mut room = budget;
    let mut worth = Vec::new();
    for item in items {
        if item.facts.size <= room {
            room = room.saturating_sub(item.facts.size);
            worth.push(item.id);
        }
    }
    worth
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upload::{tus::Step, verdict::tests::facts};

    fn queue() -> Queue {
        let mut queue = Queue::default();
        queue.add(facts("a.jpg", "image/jpeg", 100), Place::default(), 1_000);
        queue.add(facts("b.jpg", "image/jpeg", 50), Place::default(), 1_000);
        queue.add(facts("c.jpg", "image/jpeg", 70), Place::default(), 9_000);
        queue
    }

    #[test]
    fn quick_uploads_are_not_worth_a_note() {
        assert_eq!(records(&queue(), 2_000), []);
        assert_eq!(records(&queue(), 2_500).len(), 2);
    }

    #[test]
    fn a_note_survives_being_written_and_read() {
        let notebook = Notebook {
            owner: "usr_1".into(),
            written_at: 7,
            is_closed: false,
            records: records(&queue(), 20_000),
        };

        let text = serde_json::to_string(&notebook).unwrap();

        assert_eq!(serde_json::from_str::<Notebook>(&text).unwrap(), notebook);
    }

    #[test]
    fn what_is_taken_up_waits_for_its_file_and_keeps_its_url() {
        let mut old = queue();
        old.kept(ItemId(0), Some("key".into()));
        let mut record = records(&old, 20_000).remove(0);
        record.url = Some("/files/upl_1".into());
        record.sent = ByteSize::bytes(40);

        let mut queue = Queue::default();
        let id = queue.take_up(record.into_item(), 0);
        queue.found(id);

        let item = queue.find(id).unwrap();
        assert_eq!(item.kept.as_deref(), Some("key"));
        assert_eq!(item.state.sent(), ByteSize::bytes(40));
        let ticket = queue.start(0)[0];
        assert_eq!(
            queue.step(ticket),
            Some(Step::Ask),
            "the server is asked where it stands"
        );
    }

    #[test]
    fn what_may_be_there_is_asked_for_by_its_key_after_a_reload() {
        let mut old = queue();
        let ticket = old.start(20_000)[0];
        old.begins(ticket, Step::CreateWhole, || "key".into());
        let record = records(&old, 20_000).remove(0);

        let mut queue = Queue::default();
        let id = queue.take_up(record.into_item(), 0);
        queue.found(id);

        let ticket = queue.start(0)[0];
        assert_eq!(queue.step(ticket), Some(Step::Create));
        queue.begins(ticket, Step::Create, || "another".into());
        assert_eq!(queue.find(id).unwrap().key.as_deref(), Some("key"));
    }

    #[test]
    fn files_are_kept_within_the_budget_those_that_move_first() {
        let mut queue = queue();
        queue.pause(ItemId(0));
        queue.resume(ItemId(0));

        let worth = worth_keeping(&queue, 20_000, ByteSize::bytes(130));

        assert_eq!(worth, [ItemId(0)]);
        assert_eq!(
            worth_keeping(&queue, 20_000, ByteSize::bytes(150)),
            [ItemId(0), ItemId(1)]
        );
    }

    #[test]
    fn a_page_that_said_goodbye_has_left_its_notes() {
        let notebook = Notebook {
            written_at: 9_999_000,
            ..Notebook::default()
        };
        let closed = Notebook {
            is_closed: true,
            ..notebook.clone()
        };

        assert!(!notebook.is_abandoned(10_000_000));
        assert!(notebook.is_abandoned(20_000_000));
        assert!(closed.is_abandoned(10_000_000));
    }
}
