//! One frame of a film, taken by ffmpeg where the operator has it.
//!
//! ffmpeg is told which demuxer to use and that nothing but its input is opened, so that a film
//! is never read as a playlist; and it runs within walls. What it prints is as untrusted as the
//! film, and goes to the decoder like any picture.

use std::{path::Path, time::Duration};

use bytes::Bytes;
use model::{Preset, Problem};

use crate::{
    Library, Result,
    decoder::{DecodeError, DecodeSource, Errand, INPUT, Rank, Room, ThumbSpec},
    media::desk::Made,
    renditions::Subject,
};

/// The most address space of ffmpeg: its libraries, and the pictures that a film of 4K refers to.
const MAPPED: u64 = 1 << 30;
/// The most processor time for one try, and the longest that it may take on a busy machine.
const CPU_SECONDS: u64 = 20;
const WALL: Duration = Duration::from_mins(1);
/// The largest frame, as PNG.
const PRINTED: u64 = 32 << 20;
/// Frames that are compared for the one that shows most of what they have in common: each costs
/// four megabytes. They are some time apart.
const COMPARED: u32 = 12;
const APART: u32 = 4;
/// A picture from within: past what fades in from black, and no further than this.
const SOON: u64 = 1_000;
const FAR: u64 = 5 * 60 * 1_000;

impl Library {
    /// A frame of a film, as PNG; taken now where nobody has asked for it lately.
    pub(super) async fn frame_of(
        &self,
        subject: &Subject,
        demuxer: &str,
        rank: Rank,
    ) -> Result<Result<Bytes, DecodeError>> {
        let Some(program) = &self.inner.config.ffmpeg else {
            return Err(Problem::unavailable("Nothing here takes pictures of films.").into());
        };
        let made = Made::Frame(subject.blob);
        let _flight = self.inner.media.flight(made).await;
        if let Some(frame) = self.inner.media.page(&made) {
            return Ok(Ok(frame));
        }
        let length = self.length_of(subject, rank).await?;
        let mut last = nothing_to_see();
        let mut wants_room = true;
        for room in Room::ALL {
            if !std::mem::take(&mut wants_room) {
                break;
            }
            for start in starts(length) {
                let errand = errand(program, demuxer, start, self.inner.config.max_pixels);
                let film = self.open_original(&subject.original()).await?;
                match self.inner.decoder.run_errand(&errand, film, room).await {
                    Ok(frame) if !frame.is_empty() => {
                        let frame = Bytes::from(frame);
                        self.inner.media.hold_page(made, frame.clone());
                        return Ok(Ok(frame));
                    }
                    Err(error @ (DecodeError::Io(_) | DecodeError::Busy)) => return Ok(Err(error)),
                    // Decoders that are given no memory may say nothing of it.
                    Ok(_) => wants_room = true,
                    Err(error) => {
                        wants_room |= error.may_want_room();
                        last = error;
                    }
                }
            }
        }
        tracing::info!(blob = %subject.blob, error = %last, "no frame could be taken of a film");
        Ok(Err(nothing_to_see()))
    }

    /// What ffmpeg calls itself; nothing where there is none.
    pub(crate) async fn ffmpeg_version(&self) -> Option<Result<String, DecodeError>> {
        let program = self.inner.config.ffmpeg.as_deref()?;
        let errand = told(program, &["-version"]);
        let nothing = DecodeSource::Bytes(Bytes::new());
        let printed = self
            .inner
            .decoder
            .run_errand(&errand, nothing, Room::Shared)
            .await;
        Some(printed.map(|printed| version(&String::from_utf8_lossy(&printed))))
    }

    /// How long a film says that it is.
    async fn length_of(&self, subject: &Subject, rank: Rank) -> Result<Option<u64>> {
        let film = self.open_original(&subject.original()).await?;
        let decoder = self.inner.decoder.ranked(rank, subject.account);
        let found = decoder.inspect(film, None, ThumbSpec::default()).await;
        Ok(found.ok().and_then(|found| found.facts.duration_ms))
    }
}

/// Trying again is of no use: whoever made the film is to blame, or it takes too much.
fn nothing_to_see() -> DecodeError {
    DecodeError::Unsupported {
        reason: "this film has no picture that could be taken".to_owned(),
    }
}

/// Where a picture is looked for, in milliseconds: from within, then from the beginning, for what
/// a film says about its length is not believed.
fn starts(length: Option<u64>) -> Vec<u64> {
    let length = length.unwrap_or(0);
    let within = (length / 10).clamp(SOON, FAR).min(length / 2);
    let mut starts = vec![within, 0];
    starts.dedup();
    starts
}

/// Its name and number, of the line in which it tells much more.
fn version(printed: &str) -> String {
    let words = printed.split_whitespace().take(3);
    let words: Vec<_> = words.filter(|word| *word != "version").collect();
    words.join(" ")
}

fn errand(program: &Path, demuxer: &str, start: u64, max_pixels: u64) -> Errand {
    let edge = Preset::Preview.max_edge();
    let scale = format!("min(1,{edge}/max(iw*sar,ih))");
    // Pixels that are square, and small before they are compared.
    let filter = format!(
        "framestep={APART},scale=w='max(1,iw*sar*{scale})':h='max(1,ih*{scale})',setsar=1,\
         thumbnail={COMPARED}"
    );
    let start = format!("{start}ms");
    let input = format!("file:{INPUT}");
    let pixels = max_pixels.to_string();
    let args = [
        "-nostdin",
        "-hide_banner",
        "-loglevel",
        "quiet",
        // What is read, and by whom.
        "-protocol_whitelist",
        "file,pipe",
        "-f",
        demuxer,
        "-threads",
        "1",
        "-max_pixels",
        &pixels,
        "-ss",
        &start,
        "-i",
        &input,
        // The first moving picture; no cover, no sound, no words.
        "-map",
        "0:V:0",
        "-an",
        "-sn",
        "-dn",
        "-map_metadata",
        "-1",
        "-filter_threads",
        "1",
        "-vf",
        &filter,
        "-frames:v",
        "1",
        "-threads",
        "1",
        "-f",
        "image2pipe",
        "-c:v",
        "png",
        "pipe:1",
    ];
    told(program, &args)
}

fn told(program: &Path, args: &[&str]) -> Errand {
    Errand {
        program: program.to_owned(),
        args: args.iter().map(|arg| (*arg).to_owned()).collect(),
        mapped: MAPPED,
        cpu_seconds: CPU_SECONDS,
        wall: WALL,
        printed: PRINTED,
        folder: None,
        written: 0,
        again_on: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_looked_for_within_and_then_at_the_beginning() {
        assert_eq!(starts(None), [0]);
        assert_eq!(starts(Some(600)), [300, 0]);
        assert_eq!(starts(Some(5_000)), [1_000, 0]);
        assert_eq!(starts(Some(60_000)), [6_000, 0]);
        assert_eq!(starts(Some(u64::MAX)), [FAR, 0]);
    }

    #[test]
    fn nothing_but_the_film_is_opened_and_by_its_own_demuxer_alone() {
        let errand = errand(Path::new("/usr/bin/ffmpeg"), "mov", 0, 1_000);
        let before_input = errand.args.iter().take_while(|arg| *arg != "-i");
        let before_input: Vec<_> = before_input.map(String::as_str).collect();
        for told in [["-protocol_whitelist", "file,pipe"], ["-f", "mov"]] {
            assert!(before_input.windows(2).any(|pair| pair == told), "{told:?}");
        }
        assert!(before_input.contains(&"-nostdin"));
    }
}
