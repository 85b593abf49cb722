//! What there is to see of an asset besides pictures: how loud sound is, cards, words, lists.

use serde::{Deserialize, Serialize};

use crate::ByteSize;

/// What there is to see and to know of an asset before it is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Preview {
    /// The codecs of sound and films, video first; empty where nobody knows.
    pub codecs: Vec<String>,
    /// Whether a film is played a quarter turned from the width and height of its asset, which are
    /// those of its pixels as they are stored: so telephones write what they take upright.
    pub is_turned: bool,
    /// What an office file says about itself.
    pub about: About,
    pub content: Content,
}

/// What an office file says about itself, as the program wrote it that saved it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(as = PreviewAbout)
)]
#[serde(default)]
pub struct About {
    pub title: Option<String>,
    pub author: Option<String>,
    pub pages: Option<u32>,
    pub words: Option<u32>,
    pub sheets: Option<u32>,
    pub slides: Option<u32>,
}

/// What is in an asset, as far as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(as = PreviewContent)
)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Nothing that can be shown so.
    #[default]
    None,
    /// Sound.
    Waveform(Waveform),
    /// Contact cards.
    Contacts(Contacts),
    /// Text as it is written, or the words of a document.
    Text(TextPage),
    /// The list of an archive.
    Archive(Archive),
    /// Pages, each drawn when it is asked for.
    Pages(Pages),
}

/// The pages of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(as = PreviewPages)
)]
pub struct Pages {
    /// How many there are.
    pub total: u32,
    /// The words of the document; absent where it says none.
    pub text: Option<TextPage>,
}

/// How loud sound is from its beginning to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Waveform {
    /// The loudest of each of as many equal parts, 0 to 255; the loudest of all is 255 but in
    /// silence.
    pub peaks: Vec<u8>,
    /// Whether it goes on after what was listened to.
    pub is_cut: bool,
}

/// The cards of a contact file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contacts {
    /// The first 100.
    pub cards: Vec<Card>,
    /// How many there are.
    pub total: u32,
}

/// A contact card as people read it; what is absent is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Card {
    pub name: String,
    pub organization: String,
    pub title: String,
    /// Whether it brings or names a picture, which is neither opened nor fetched.
    pub has_photo: bool,
    /// In the order of the card.
    pub lines: Vec<CardLine>,
}

/// A number, an address or a word of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CardLine {
    pub field: CardField,
    /// Which of several it is, such as `work`, as the card has it; empty where it does not say.
    pub label: String,
    pub value: String,
}

/// What a line of a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CardField {
    Phone,
    Email,
    Address,
    Url,
    /// An address of a messenger.
    Chat,
    Birthday,
    Note,
}

/// The beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TextPage {
    /// At most 64 KiB of it.
    pub text: String,
    /// The character set it was read in; absent for the words of a document, which has its own.
    pub charset: Option<String>,
    /// Whether it goes on.
    pub is_cut: bool,
}

/// What is in an archive, as its directory says; nothing is unpacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Archive {
    /// The first 500 entries, in the order of the directory.
    pub entries: Vec<ArchiveEntry>,
    /// How many files there are, as far as the directory was read.
    pub files: u32,
    /// Bytes of all of them, unpacked.
    pub size: ByteSize,
    /// Whether there is more than is listed.
    pub is_cut: bool,
}

/// A file or a folder in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArchiveEntry {
    /// With the folders it is in; that of a folder ends with `/`.
    pub name: String,
    /// Bytes, unpacked; absent for folders.
    pub size: Option<ByteSize>,
    /// Whether it takes a password.
    pub is_locked: bool,
}
