//! What went wrong, in words a person can act on.

use model::{Language, Problem, ProblemCode, Reason};

use super::{Counted, Text, Word, fill, words};
use crate::browser::words::lower;

words! {
    /// What went wrong: a sentence a code, and closer ones where more is known.
    pub struct ProblemText {
        malformed: Word,
        unauthenticated: Word,
        forbidden: Word,
        operations_spent: Word,
        cross_site: Word,
        not_found: Word,
        conflict: Word,
        changed_in_between: Word,
        not_undoable: Word,
        still_leaving: Word,
        too_large: Word,
        too_large_by: Word,
        body_too_large: Word,
        unsupported_kind: Word,
        checksum_mismatch: Word,
        empty_file: Word,
        mismatched_name: Word,
        corrupt_file: Word,
        unsafe_file: Word,
        too_many_pixels: Word,
        invalid: Word,
        too_many_requests: Word,
        wait: Counted,
        quota_exceeded: Word,
        storage_full: Word,
        gone: Word,
        unavailable: Word,
        internal: Word,
        wrong_credentials: Word,
        not_an_email: Word,
        bad_name: Word,
        no_room: Word,
        not_done: Word,
        the_file: Word,
        name_taken: Word,
        email_taken: Word,
        address_elsewhere: Word,
        in_trash: Word,
        not_in_trash: Word,
        trashed_with: Word,
        folder_gone: Word,
        inside_itself: Word,
        too_deep: Word,
        yourself: Word,
        last_administrator: Word,
        switched_off: Word,
        above_allowance: Word,
        too_many_assets: Word,
        name_empty: Word,
        name_too_long: Word,
        name_characters: Word,
        alt_text_too_long: Word,
        tag_too_long: Word,
        too_many_tags: Word,
        password_length: Word,
        password_is_email: Word,
        password_common: Word,
        wrong_password: Word,
        no_file: Word,
        file_moved: Word,
        other_kind: Word,
        cannot_fit: Word,
        not_shrunk: Word,
        too_many_pixels_by: Word,
        nothing_to_take: Word,
        too_many_files: Word,
        no_picture: Word,
        still_moving: Word,
        team_gone: Word,
        too_many_teams: Word,
        own_quota: Word,
        // What only the plain pages come back with; the client draws none of them.
        #[cfg(feature = "ssr")]
        same_tag: Word,
        #[cfg(feature = "ssr")]
        not_of_account: Word,
        #[cfg(feature = "ssr")]
        not_a_size: Word,
        #[cfg(feature = "ssr")]
        not_a_number: Word,
        #[cfg(feature = "ssr")]
        placement_name: Word,
        #[cfg(feature = "ssr")]
        placement_rules: Word,
        #[cfg(feature = "ssr")]
        placement_figures: Word,
        #[cfg(feature = "ssr")]
        placement_source: Word,
        #[cfg(feature = "ssr")]
        too_many_placements: Word,
    }
}

impl Text {
    /// What went wrong, as its reader says it.
    pub fn problem(&self, problem: &Problem) -> String {
        let told = match (self.rule_of(problem), self.language) {
            (Some(rule), _) => rule,
            // The details that machines are told are English, and say more than the code.
            (None, Language::English) => return problem.detail.clone(),
            (None, _) => self.closest(problem),
        };
        self.with_figures(told, problem)
    }

    /// A problem that a form without a script came back with.
    ///
    /// Only words of ours are said: an address is anybody's to write.
    pub fn form_problem(&self, problem: &Problem) -> String {
        let told = match (self.rule_of(problem), problem.code) {
            (Some(rule), _) => rule,
            (None, ProblemCode::Unauthenticated) => self.problem.wrong_credentials,
            (None, _) => self.closest(problem),
        };
        self.with_figures(told, problem)
    }

    /// The sentence about the rule that was broken, where it is known.
    fn rule_of(&self, problem: &Problem) -> Option<Word> {
        let told = &self.problem;
        let is_sized = problem.size.is_some() && problem.limit.is_some();
        match (problem.code, problem.reason, problem.retry_after) {
            (_, Some(reason), _) => Some(self.rule(reason)),
            (ProblemCode::TooLarge, ..) if is_sized && problem.kind.is_some() => {
                Some(told.too_large_by)
            }
            (ProblemCode::TooManyRequests, _, Some(1)) => Some(told.wait.one),
            (ProblemCode::TooManyRequests, _, Some(_)) => Some(told.wait.many),
            _ => None,
        }
    }

    /// The closest sentence where no rule is known.
    fn closest(&self, problem: &Problem) -> Word {
        let told = &self.problem;
        match (problem.code, problem.field.as_deref()) {
            (ProblemCode::TooManyPixels, _) if problem.most.is_some() => told.too_many_pixels_by,
            (ProblemCode::QuotaExceeded, _)
                if problem.size.is_some() && problem.limit.is_some() =>
            {
                told.no_room
            }
            (ProblemCode::Invalid, Some("email")) => told.not_an_email,
            (ProblemCode::Invalid, Some("password")) => told.password_length,
            (ProblemCode::Invalid, Some("name" | "account")) => told.bad_name,
            (code, _) => self.problem_of(code),
        }
    }

    /// A sentence with the figures that the problem names.
    fn with_figures(&self, template: Word, problem: &Problem) -> String {
        let name = problem.name.as_deref().unwrap_or(self.problem.the_file);
        let count = problem.retry_after.map(|seconds| self.number(seconds));
        let most = problem.most.map(|most| self.number(most));
        let size = problem.size.map(|size| self.size(size));
        let limit = problem.limit.map(|limit| self.size(limit));
        let kind = problem.kind.map(|kind| lower(self.kind(kind)));
        let values = [
            ("count", count.as_deref().unwrap_or_default()),
            ("name", name),
            ("most", most.as_deref().unwrap_or_default()),
            ("size", size.as_deref().unwrap_or_default()),
            ("limit", limit.as_deref().unwrap_or_default()),
            ("kind", kind.as_deref().unwrap_or_default()),
        ];
        fill(template, &values)
    }

    const fn rule(&self, reason: Reason) -> Word {
        let told = &self.problem;
        match reason {
            Reason::ChangedMeanwhile => told.changed_in_between,
            Reason::NotUndoable => told.not_undoable,
            Reason::StillLeaving => told.still_leaving,
            Reason::PersonName => told.bad_name,
            Reason::NotAnEmail => told.not_an_email,
            Reason::WrongCredentials => told.wrong_credentials,
            Reason::NameTaken => told.name_taken,
            Reason::EmailTaken => told.email_taken,
            Reason::AddressElsewhere => told.address_elsewhere,
            Reason::InTrash => told.in_trash,
            Reason::NotInTrash => told.not_in_trash,
            Reason::TrashedWith => told.trashed_with,
            Reason::FolderGone => told.folder_gone,
            Reason::InsideItself => told.inside_itself,
            Reason::TooDeep => told.too_deep,
            Reason::Yourself => told.yourself,
            Reason::LastAdministrator => told.last_administrator,
            Reason::SwitchedOff => told.switched_off,
            Reason::AboveAllowance => told.above_allowance,
            Reason::TooManyAssets => told.too_many_assets,
            Reason::NameEmpty => told.name_empty,
            Reason::NameTooLong => told.name_too_long,
            Reason::NameCharacters => told.name_characters,
            Reason::AltTextTooLong => told.alt_text_too_long,
            Reason::TagTooLong => told.tag_too_long,
            Reason::TooManyTags => told.too_many_tags,
            // Programs meet it.
            Reason::TooManyUsages => told.conflict,
            Reason::PasswordLength => told.password_length,
            Reason::PasswordIsEmail => told.password_is_email,
            Reason::PasswordCommon => told.password_common,
            Reason::WrongPassword => told.wrong_password,
            Reason::NoFile => told.no_file,
            Reason::FileMoved => told.file_moved,
            Reason::OtherKind => told.other_kind,
            Reason::CannotFit => told.cannot_fit,
            Reason::NotShrunk => told.not_shrunk,
            Reason::NothingToTake => told.nothing_to_take,
            Reason::TooManyFiles => told.too_many_files,
            Reason::NoPicture => told.no_picture,
            Reason::StillMoving => told.still_moving,
            Reason::TeamGone => told.team_gone,
            Reason::TooManyTeams => told.too_many_teams,
            Reason::OwnQuota => told.own_quota,
            #[cfg(feature = "ssr")]
            Reason::SameTag => told.same_tag,
            #[cfg(feature = "ssr")]
            Reason::NotOfAccount => told.not_of_account,
            #[cfg(feature = "ssr")]
            Reason::NotASize => told.not_a_size,
            #[cfg(feature = "ssr")]
            Reason::NotANumber => told.not_a_number,
            #[cfg(feature = "ssr")]
            Reason::PlacementName => told.placement_name,
            #[cfg(feature = "ssr")]
            Reason::PlacementRules => told.placement_rules,
            #[cfg(feature = "ssr")]
            Reason::PlacementFigures => told.placement_figures,
            #[cfg(feature = "ssr")]
            Reason::PlacementSource => told.placement_source,
            #[cfg(feature = "ssr")]
            Reason::TooManyPlacements => told.too_many_placements,
            #[cfg(not(feature = "ssr"))]
            Reason::SameTag
            | Reason::NotOfAccount
            | Reason::NotASize
            | Reason::NotANumber
            | Reason::PlacementName
            | Reason::PlacementRules
            | Reason::PlacementFigures
            | Reason::PlacementSource
            | Reason::TooManyPlacements => told.invalid,
        }
    }

    const fn problem_of(&self, code: ProblemCode) -> Word {
        let told = &self.problem;
        match code {
            ProblemCode::Malformed | ProblemCode::MethodNotAllowed => told.malformed,
            ProblemCode::Unauthenticated => told.unauthenticated,
            ProblemCode::Forbidden => told.forbidden,
            ProblemCode::OperationsSpent => told.operations_spent,
            ProblemCode::CrossSite => told.cross_site,
            ProblemCode::NotFound => told.not_found,
            ProblemCode::Conflict => told.conflict,
            ProblemCode::PreconditionFailed | ProblemCode::OffsetMismatch => {
                told.changed_in_between
            }
            ProblemCode::TooLarge => told.too_large,
            ProblemCode::BodyTooLarge => told.body_too_large,
            ProblemCode::UnsupportedKind => told.unsupported_kind,
            ProblemCode::ChecksumMismatch => told.checksum_mismatch,
            ProblemCode::EmptyFile => told.empty_file,
            ProblemCode::MismatchedName => told.mismatched_name,
            ProblemCode::CorruptFile => told.corrupt_file,
            ProblemCode::UnsafeFile => told.unsafe_file,
            ProblemCode::TooManyPixels => told.too_many_pixels,
            ProblemCode::Invalid => told.invalid,
            ProblemCode::TooManyRequests => told.too_many_requests,
            ProblemCode::QuotaExceeded => told.quota_exceeded,
            ProblemCode::StorageFull => told.storage_full,
            ProblemCode::Gone => told.gone,
            ProblemCode::Unavailable => told.unavailable,
            ProblemCode::Internal => told.internal,
        }
    }
}
