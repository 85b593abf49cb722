//! Looks at a staged file in the decoder, and refuses what is not kept.

use model::{ByteSize, FileName, Problem, ProblemCode};

use super::Arrival;
use crate::{
    Actor, Library, Result,
    decoder::{DecodeError, DecodeSource, Inspected, Rank, ThumbSpec},
};

/// How often a decoder may die of a file before the file is to blame.
const TRIES: u32 = 2;

impl Library {
    /// What a file is and looks like, if it is one that is kept.
    pub(super) async fn look_at(&self, actor: &Actor, arrival: &Arrival) -> Result<Inspected> {
        let name = arrival.metadata.name.as_ref();
        let found = self
            .inspect(actor, arrival)
            .await
            .map_err(|error| refusal(&error, name))?;
        let kind = found.facts.format.kind();
        actor.require_kind(kind)?;
        let limit = self.limits_of(actor.account_id).await?.max_size.of(kind);
        if arrival.size > limit {
            let name = name.map_or("The file", FileName::as_str);
            return Err(Problem::too_large(name, arrival.size, kind, limit).into());
        }
        Ok(found)
    }

    async fn inspect(&self, actor: &Actor, arrival: &Arrival) -> Result<Inspected, DecodeError> {
        let path = self.inner.staging.path(arrival.lock.id());
        let name = arrival.metadata.name.as_ref().map(FileName::as_str);
        let mut tries = 0;
        loop {
            tries += 1;
            let source = DecodeSource::open(&path)?;
            let decoder = self.inner.decoder.ranked(Rank::Upload, actor.account_id);
            let looked = decoder.inspect(source, name, ThumbSpec::default()).await;
            match looked {
                Err(DecodeError::Crashed) if tries < TRIES => {}
                settled => return settled,
            }
        }
    }
}

/// Why a file is not taken, in words for the person who sent it.
pub(crate) fn refusal(error: &DecodeError, name: Option<&FileName>) -> Problem {
    let name = name.map_or("The file", FileName::as_str);
    match error {
        DecodeError::Unsupported { reason } => Problem::new(
            ProblemCode::UnsupportedKind,
            format!("{name} is not taken: {reason}."),
        ),
        DecodeError::Corrupt { reason } => Problem::new(
            ProblemCode::CorruptFile,
            format!("{name} is damaged: {reason}."),
        ),
        DecodeError::TooManyPixels { pixels, max } => {
            let (pixels, max) = (megapixels(*pixels), megapixels(*max));
            Problem::new(
                ProblemCode::TooManyPixels,
                format!(
                    "{name} has {pixels} megapixels; pictures may have {max}. Make it smaller first."
                ),
            )
            .at_most(max)
        }
        DecodeError::TooHeavy { reason } => Problem::new(
            ProblemCode::TooManyPixels,
            format!("{name} cannot be opened: {reason}. Make it smaller first."),
        ),
        DecodeError::Exhausted | DecodeError::Crashed => Problem::new(
            ProblemCode::CorruptFile,
            format!("{name} could not be opened: it may be damaged, or too complex."),
        ),
        // Not the fault of the file: there was no processor time for it.
        DecodeError::TimedOut => Problem::unavailable(format!(
            "There is too much to do to look at {name}. Try again in a moment."
        )),
        DecodeError::Busy => {
            Problem::unavailable("Many files are being looked at. Try again in a moment.")
        }
        DecodeError::Io(reason) => {
            tracing::error!(%reason, "the decoder could not work");
            Problem::unavailable("The file cannot be looked at right now. Try again in a moment.")
        }
    }
}

/// Rounded up, so that what is over a limit never reads as the limit.
fn megapixels(pixels: u64) -> u64 {
    ByteSize::bytes(pixels).as_u64().div_ceil(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_that_need_too_much_memory_are_too_many() {
        let error = DecodeError::from(imaging::Error::TooHeavy {
            bytes: 500,
            max: 300,
        });

        let problem = refusal(&error, None);

        assert_eq!(
            (problem.code, problem.status),
            (ProblemCode::TooManyPixels, 422)
        );
        assert!(error.is_final());
    }

    #[test]
    fn a_file_is_damaged_by_the_work_it_makes_and_not_by_a_busy_machine() {
        let exhausted = refusal(&DecodeError::Exhausted, None);
        let late = refusal(&DecodeError::TimedOut, None);

        assert_eq!(exhausted.code, ProblemCode::CorruptFile);
        assert_eq!(late.code, ProblemCode::Unavailable);
        assert!(late.retry_after.is_some());
    }
}
