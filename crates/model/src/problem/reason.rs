//! The rule that was broken, where the code alone does not say.

use serde::{Deserialize, Serialize};

/// Declares the reasons, and a list of them all for who tells each in words.
macro_rules! reasons {
    ($($(#[$doc:meta])* $reason:ident,)*) => {
        /// The rule that was broken, in a word that never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Reason {
            $($(#[$doc])* $reason,)*
        }

        impl Reason {
            /// All there are.
            pub const ALL: &[Self] = &[$(Self::$reason,)*];
        }
    };
}

reasons! {
    /// Something here has this name already.
    NameTaken,
    /// Somebody has this email address already.
    EmailTaken,
    /// This email address cannot be used in this account.
    AddressElsewhere,
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
    /// It is still being taken off files, and can come back after that.
    StillLeaving,
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
    /// The account has `most` assets and may have no more.
    TooManyAssets,
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
    /// A file of another kind cannot take its place.
    OtherKind,
    /// The picture cannot be made to fit a placement; `name` is the id of one that it can.
    CannotFit,
    /// The picture is too large, and the browser could not make it smaller.
    NotShrunk,
    /// There are no files to take along.
    NothingToTake,
    /// A zip holds no more files.
    TooManyFiles,
    /// Only pictures that can be opened here are cropped and made to fit.
    NoPicture,
    /// The files of a folder are still on their way to the trash.
    StillMoving,
    /// The team was removed in between.
    TeamGone,
    /// An asset is for no more teams.
    TooManyTeams,
    /// The one who asks has no room left of their own.
    OwnQuota,
    /// A tag would be merged into itself.
    SameTag,
    /// The person is of another account.
    NotOfAccount,
    /// This is no size.
    NotASize,
    /// This is no whole number.
    NotANumber,
    /// The name or the note of a placement is empty, too long or has several lines.
    PlacementName,
    /// A placement has no rule, or too many.
    PlacementRules,
    /// No file could keep a rule of a placement, or every file would.
    PlacementFigures,
    /// A rule of a placement does not say where and when it was read.
    PlacementSource,
    /// The account has no more placements of its own.
    TooManyPlacements,
}
