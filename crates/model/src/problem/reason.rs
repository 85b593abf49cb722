//! The rule that was broken, where the code alone does not say.

use serde::{Deserialize, Serialize};

/// The rule that was broken, in a word that never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Something here has this name already.
    NameTaken,
    /// Somebody has this email address already.
    EmailTaken,
    /// It lies in the trash.
    InTrash,
    /// It does not lie in the trash yet.
    NotInTrash,
    /// It went to the trash with the folder that `name` names.
    TrashedWith,
    /// Somebody else changed it in between.
    ChangedMeanwhile,
    /// It cannot be undone, or no longer.
    NotUndoable,
    /// The folder was removed in between.
    FolderGone,
    /// A folder would lie in itself.
    InsideItself,
    /// Folders nest no deeper.
    TooDeep,
    /// This cannot be done to oneself.
    Yourself,
    /// The account would be left without an administrator.
    LastAdministrator,
    /// The person is switched off.
    SwitchedOff,
    /// An operator allows more than `limit`, an administrator does not.
    AboveAllowance,
    /// A name has no characters.
    NameEmpty,
    /// A name has too many characters.
    NameTooLong,
    /// A name has characters that no name has.
    NameCharacters,
    /// The name of a person, account or team is empty, too long or has several lines.
    PersonName,
    /// This is no email address.
    NotAnEmail,
    /// An alt text has too many characters.
    AltTextTooLong,
    /// A tag has too many characters.
    TagTooLong,
    /// An asset carries no more tags.
    TooManyTags,
    /// An asset is used in no more places, or a place uses no more assets.
    TooManyUsages,
    /// A password has too few characters, or too many.
    PasswordLength,
    /// A password is the person's own email address.
    PasswordIsEmail,
    /// A password is among the first that are tried.
    PasswordCommon,
    /// The old password is another one.
    WrongPassword,
    /// The email address and the password do not belong together.
    WrongCredentials,
    /// No file was chosen.
    NoFile,
    /// The file was changed or moved since it was chosen.
    FileMoved,
    /// The picture cannot be made to fit a placement; `name` is the id of one that it can.
    CannotFit,
    /// The picture is too large, and the browser could not make it smaller.
    NotShrunk,
}
