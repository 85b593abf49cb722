//! One file on its way: what it is, where it goes and how it stands.

use model::{AssetId, ByteSize, FolderId, Problem, placement::Nowhere};

use super::verdict;

/// Names a file in the queue, for as long as the page lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// One attempt to move a file; what an older attempt still says is not heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub id: ItemId,
    pub run: u32,
}

/// Milliseconds since 1970, as the browser's clock has them.
pub type Millis = u64;

/// How one file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// Its turn has not come.
    Waiting { sent: ByteSize },
    /// Bytes move, or the server looks at them.
    Moving { sent: ByteSize },
    /// The connection broke; it goes on by itself.
    Resting { sent: ByteSize, until: Millis },
    /// A person stopped it.
    Paused { sent: ByteSize },
    /// Another file is being made of it.
    Making(Made),
    /// The page was loaded again and the file is not at hand.
    Absent { sent: ByteSize },
    /// It did not work, and may when tried again.
    Failed(Box<Problem>),
    /// A rule is against it, as it is.
    Refused(Box<Problem>),
    /// It is in the library.
    Done(AssetId),
}

/// What is made of a file in the browser, to go up in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// A smaller copy of a picture.
    Smaller,
    /// A part of a picture.
    Cropped,
    /// A JPEG of a HEIC picture.
    Jpeg,
}

/// The picture in the editor, before it goes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cropping {
    pub id: ItemId,
    /// Whether it was on its way, and goes on when the editor is left.
    pub goes_on: bool,
}

/// The groups people see, most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    NeedsYou,
    Moving,
    Waiting,
    Done,
}

impl Sending {
    /// Where it stands among the others.
    pub const fn group(&self) -> Group {
        match self {
            Self::Absent { .. } | Self::Failed(_) | Self::Refused(_) => Group::NeedsYou,
            Self::Moving { .. } | Self::Resting { .. } | Self::Making(_) => Group::Moving,
            Self::Waiting { .. } | Self::Paused { .. } => Group::Waiting,
            Self::Done(_) => Group::Done,
        }
    }

    /// Whether nothing more happens to it.
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    /// Whether it is on its way, or will be without anybody's help.
    pub const fn is_going(&self) -> bool {
        matches!(
            self,
            Self::Waiting { .. } | Self::Moving { .. } | Self::Resting { .. } | Self::Making(_)
        )
    }

    /// Bytes that have left for the server, where the state knows.
    pub const fn sent(&self) -> ByteSize {
        match self {
            Self::Waiting { sent }
            | Self::Moving { sent }
            | Self::Resting { sent, .. }
            | Self::Paused { sent }
            | Self::Absent { sent } => *sent,
            Self::Making(_) | Self::Failed(_) | Self::Refused(_) | Self::Done(_) => ByteSize::ZERO,
        }
    }
}

/// What the browser says about a file; the fingerprint it is known by when it is chosen again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    pub name: String,
    pub size: ByteSize,
    /// The media type the browser believes it is.
    pub mime: String,
    /// When the file was last changed.
    pub last_modified: Millis,
}

impl FileFacts {
    /// Whether this is, as far as anybody can tell, the same file.
    pub fn is_same_file(&self, other: &Self) -> bool {
        self.name == other.name
            && self.size == other.size
            && self.last_modified == other.last_modified
    }
}

/// Where in the library a file goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The folder; absent for the top.
    pub folder_id: Option<FolderId>,
    /// Where it lay in a dropped folder whose structure is kept.
    pub relative_path: Option<String>,
}

/// One file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: ItemId,
    pub facts: FileFacts,
    pub place: Place,
    pub state: Sending,
    /// The upload on the server, once there is one.
    pub url: Option<String>,
    /// Bytes the server has said it holds; absent when it must be asked.
    pub offset: Option<u64>,
    /// The most bytes the server has ever said it holds of it.
    pub arrived: u64,
    /// Failures since the last byte that arrived.
    pub attempts: u32,
    pub added_at: Millis,
    /// The key under which this browser keeps the file for after a reload.
    pub kept: Option<String>,
    /// What the server knows its beginning by, until that was answered: asked again, it is not
    /// begun twice.
    pub key: Option<String>,
    /// Whether it was sent whole and no answer came: it may be in the library after all.
    pub may_be_there: bool,
    /// What was made of it in the browser, and what it weighed before.
    pub was: Option<(Made, ByteSize)>,
    /// Why no placement takes it, as far as the browser can tell.
    pub nowhere: Option<Nowhere>,
    /// Whether neither this browser nor the library can show it.
    pub is_unseen: bool,
    pub(super) run: u32,
    /// The first attempt that moves these bytes, and not what they were made of.
    pub(super) since: u32,
}

impl Item {
    /// The attempt under way.
    pub const fn ticket(&self) -> Ticket {
        Ticket {
            id: self.id,
            run: self.run,
        }
    }

    /// Whole percents of it that have left, 100 once it is done.
    pub fn percent(&self) -> u64 {
        match self.state {
            Sending::Done(_) => 100,
            _ => percent(self.state.sent(), self.facts.size),
        }
    }
}

/// What a person can do about one file.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a button that is there or not"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions {
    pub pause: bool,
    pub resume: bool,
    pub retry: bool,
    pub shrink: bool,
    pub crop: bool,
    pub choose_again: bool,
    /// Gives it up on the server, too.
    pub cancel: bool,
    /// Takes it off the list; nothing is lost.
    pub dismiss: bool,
}

impl Item {
    /// What a person can do about it now.
    pub fn actions(&self) -> Actions {
        let none = Actions {
            crop: self.can_be_cropped(),
            ..Actions::default()
        };
        let cancel = Actions {
            cancel: true,
            ..none
        };
        match &self.state {
            Sending::Waiting { .. } | Sending::Moving { .. } => Actions {
                pause: true,
                ..cancel
            },
            Sending::Resting { .. } => Actions {
                pause: true,
                retry: true,
                ..cancel
            },
            Sending::Paused { .. } => Actions {
                resume: true,
                ..cancel
            },
            Sending::Making(_) => none,
            Sending::Absent { .. } => Actions {
                choose_again: true,
                ..cancel
            },
            Sending::Failed(_) => Actions {
                retry: true,
                ..cancel
            },
            Sending::Refused(problem) => Actions {
                shrink: verdict::can_shrink(&self.facts, problem),
                dismiss: true,
                ..none
            },
            Sending::Done(_) => Actions {
                dismiss: true,
                ..none
            },
        }
    }
}

impl Item {
    /// Whether a part of it can go up in its place, or be cut of it where it is up.
    fn can_be_cropped(&self) -> bool {
        let helps = match &self.state {
            Sending::Making(_) | Sending::Absent { .. } => false,
            Sending::Refused(problem) => verdict::can_be_mended(problem),
            Sending::Done(_) => true,
            // What was sent whole and not answered may be there already.
            _ => !self.may_be_there,
        };
        helps && verdict::can_crop(&self.facts)
    }
}

/// Whole percents, never more than 100.
pub fn percent(part: ByteSize, whole: ByteSize) -> u64 {
    match whole.as_u64() {
        0 => 0,
        whole => (part.as_u64().saturating_mul(100) / whole).min(100),
    }
}
