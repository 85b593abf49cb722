//! What went wrong, in words a person can act on.

use model::{Language, Problem, ProblemCode};

use super::{Counted, Text, Word, fill, words};

words! {
    /// What went wrong: a sentence a code, and closer ones where more is known.
    pub struct ProblemText {
        malformed: Word,
        unauthenticated: Word,
        forbidden: Word,
        cross_site: Word,
        not_found: Word,
        conflict: Word,
        changed_in_between: Word,
        too_large: Word,
        too_large_by: Word,
        body_too_large: Word,
        unsupported_kind: Word,
        checksum_mismatch: Word,
        empty_file: Word,
        mismatched_name: Word,
        corrupt_file: Word,
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
        bad_password: Word,
        bad_name: Word,
        not_done: Word,
    }
}

impl Text {
    /// What went wrong, as its reader says it.
    pub fn problem(&self, problem: &Problem) -> String {
        if self.language == Language::English {
            return problem.detail.clone();
        }
        let told = &self.problem;
        match (problem.code, problem.retry_after) {
            (ProblemCode::TooLarge, _) => self.too_large(problem),
            (ProblemCode::TooManyRequests, Some(seconds)) => self.counted(&told.wait, seconds, &[]),
            (ProblemCode::Invalid, _) => self.invalid(problem.field.as_deref()).to_owned(),
            (code, _) => self.problem_of(code).to_owned(),
        }
    }

    fn too_large(&self, problem: &Problem) -> String {
        let (Some(size), Some(limit), Some(kind)) = (problem.size, problem.limit, problem.kind)
        else {
            return self.problem.too_large.to_owned();
        };
        let (size, limit) = (self.size(size), self.size(limit));
        let kind = self.kind(kind).to_lowercase();
        let values = [("size", &*size), ("limit", &*limit), ("kind", &*kind)];
        fill(self.problem.too_large_by, &values)
    }

    const fn problem_of(&self, code: ProblemCode) -> Word {
        let told = &self.problem;
        match code {
            ProblemCode::Malformed | ProblemCode::MethodNotAllowed => told.malformed,
            ProblemCode::Unauthenticated => told.unauthenticated,
            ProblemCode::Forbidden => told.forbidden,
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

    fn invalid(&self, field: Option<&str>) -> Word {
        let told = &self.problem;
        match field {
            Some("email") => told.not_an_email,
            Some("password") => told.bad_password,
            Some("name" | "account") => told.bad_name,
            _ => told.invalid,
        }
    }

    /// A problem that a form without a script came back with.
    ///
    /// Only words of ours are said: an address is anybody's to write.
    pub fn form_problem(
        &self,
        code: ProblemCode,
        field: Option<&str>,
        retry_after: Option<u64>,
    ) -> String {
        match (code, retry_after) {
            (ProblemCode::Unauthenticated, _) => self.problem.wrong_credentials.to_owned(),
            (ProblemCode::TooManyRequests, Some(seconds)) => {
                self.counted(&self.problem.wait, seconds, &[])
            }
            (ProblemCode::Invalid, _) => self.invalid(field).to_owned(),
            (code, _) => self.problem_of(code).to_owned(),
        }
    }
}
