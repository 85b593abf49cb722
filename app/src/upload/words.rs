//! What the upload tray says, made of the reader's words.

use model::{ByteSize, Problem, placement::Nowhere};

use super::{
    gather::LeftOut,
    item::{Item, Made, Sending},
    queue::{Overview, Totals},
    uploads::{Notice, Question},
    verdict,
};
use crate::text::{Counted, Text, UploadText, Word};

/// The tray in a few words.
pub fn summary(text: &Text, totals: &Totals) -> String {
    let all = text.number(totals.all as u64);
    if totals.signed_out {
        return text.uploading().signed_out_short.to_owned();
    }
    if totals.need_you > 0 {
        return text.uploads(|it| &it.need_you, totals.need_you, &[("all", &all)]);
    }
    if totals.is_going() {
        let at = text.number((totals.done + 1).min(totals.all) as u64);
        return text.upload(|it| it.uploading, &[("at", &at), ("all", &all)]);
    }
    if totals.paused > 0 {
        let done = text.number(totals.done as u64);
        return text.upload(|it| it.paused_of, &[("done", &done), ("all", &all)]);
    }
    text.uploads(|it| &it.uploaded, totals.done, &[])
}

/// Percent, speed and time left, while something moves.
pub fn detail(text: &Text, totals: &Totals) -> String {
    if !totals.is_going() || totals.signed_out {
        return String::new();
    }
    let mut parts = vec![format!("{}%", totals.percent())];
    parts.extend(totals.bytes_per_second.map(|speed| {
        let size = text.size(ByteSize::bytes(speed));
        text.upload(|it| it.per_second, &[("size", &size)])
    }));
    parts.extend(totals.seconds_left.map(|seconds| time_left(text, seconds)));
    parts.join(" · ")
}

/// How a file stands.
pub fn state(text: &Text, item: &Item) -> String {
    let words = text.uploading();
    let size = item.facts.size;
    let percent = |template: fn(&UploadText) -> Word| {
        text.upload(template, &[("percent", &item.percent().to_string())])
    };
    match &item.state {
        Sending::Waiting { sent } if *sent > ByteSize::ZERO => percent(|it| it.waiting_safe),
        Sending::Waiting { .. } => text.upload(|it| it.waiting, &[("size", &text.size(size))]),
        Sending::Moving { sent } if *sent >= size => words.finishing.to_owned(),
        Sending::Moving { sent } => {
            let (sent, size) = (text.size(*sent), text.size(size));
            text.upload(|it| it.sent_of, &[("sent", &sent), ("size", &size)])
        }
        Sending::Resting { .. } => words.resting.to_owned(),
        Sending::Paused { .. } => percent(|it| it.paused_at),
        Sending::Making(Made::Jpeg) => words.converting.to_owned(),
        Sending::Making(_) => words.shrinking.to_owned(),
        Sending::Absent { sent } if *sent > ByteSize::ZERO => percent(|it| it.absent_safe),
        Sending::Absent { .. } => words.absent.to_owned(),
        Sending::Failed(problem) => text.problem(problem),
        Sending::Refused(problem) => refusal(text, item, problem),
        Sending::Done(_) => done(text, item),
    }
}

/// That no placement takes a file, where that is so.
pub fn hint(text: &Text, item: &Item) -> Option<String> {
    let words = text.uploading();
    if item.is_unseen {
        return Some(words.unseen.to_owned());
    }
    Some(match item.nowhere? {
        Nowhere::TooLarge(most) => {
            let (size, most) = (text.size(item.facts.size), text.size(most));
            text.upload(|it| it.nowhere_large, &[("size", &size), ("most", &most)])
        }
        Nowhere::TooSmall => words.nowhere_small.to_owned(),
        Nowhere::Otherwise => words.nowhere.to_owned(),
    })
}

/// What a file was refused for, with the way out.
fn refusal(text: &Text, item: &Item, problem: &Problem) -> String {
    let said = text.problem(problem);
    let values = [("problem", &*said)];
    if verdict::can_shrink(&item.facts, problem) {
        return text.upload(|it| it.ask_smaller, &values);
    }
    if verdict::needs_smaller_copy(problem) {
        return text.upload(|it| it.way_out, &values);
    }
    said
}

fn done(text: &Text, item: &Item) -> String {
    let size = text.size(item.facts.size);
    match item.was {
        Some((Made::Smaller, was)) => {
            let was = text.size(was);
            text.upload(|it| it.done_was, &[("size", &size), ("was", &was)])
        }
        Some((Made::Cropped, _)) => text.upload(|it| it.done_cropped, &[("size", &size)]),
        Some((Made::Jpeg, _)) => text.upload(|it| it.done_jpeg, &[("size", &size)]),
        None => text.upload(|it| it.done, &[("size", &size)]),
    }
}

fn time_left(text: &Text, seconds: u64) -> String {
    let whole = |amount: u64| usize::try_from(amount).unwrap_or(usize::MAX);
    match seconds {
        0..60 => text.uploads(|it| &it.seconds_left, whole(seconds.max(1)), &[]),
        60..3_600 => text.uploads(|it| &it.minutes_left, whole(seconds.div_ceil(60)), &[]),
        _ => {
            let hours = text.number(seconds / 3_600);
            let minutes = (seconds % 3_600 / 60).to_string();
            let values = [("hours", &*hours), ("minutes", &*minutes)];
            text.upload(|it| it.hours_left, &values)
        }
    }
}

/// What people should know about what they dropped.
pub fn notice(text: &Text, notice: &Notice) -> String {
    match notice {
        Notice::LeftOut(left, most) => left_out(text, left, *most),
        Notice::Hidden(names) => text.uploads(|it| &it.hidden, names.len(), &[]),
        Notice::EmptyFolder(name) => text.upload(|it| it.empty_folder, &[("name", name)]),
        Notice::NotTheSame(names) => {
            let names = names.join(", ");
            text.upload(|it| it.not_the_same, &[("names", &names)])
        }
        Notice::NotCropped(name) => text.upload(|it| it.not_cropped, &[("name", name)]),
    }
}

/// What a folder left out, with the rule and the way out.
fn left_out(text: &Text, left: &LeftOut, most: u32) -> String {
    let most = text.number(u64::from(most));
    let values = [("folder", &*left.folder), ("most", &*most)];
    text.uploads(|it| &it.left_out, left.names.len(), &values)
}

/// Opens a list of names.
pub fn show_names(text: &Text, count: usize) -> String {
    text.uploads(|it| &it.show_names, count, &[])
}

/// Files of an earlier page.
pub fn absent(text: &Text, count: usize) -> String {
    text.uploads(|it| &it.absent_uploads, count, &[])
}

/// What a dropped folder asks.
pub fn question(text: &Text, question: &Question) -> String {
    let files = text.files(question.files as u64);
    match question.folders.as_slice() {
        [folder] => text.upload(
            |it| it.question_one,
            &[("folder", folder), ("files", &files)],
        ),
        folders => text.uploads(|it| &it.question_many, folders.len(), &[("files", &files)]),
    }
}

/// What a dropped folder brings, and what not.
pub fn question_details(text: &Text, question: &Question) -> String {
    let place = match question.target.name.as_str() {
        "" => text.uploading().to_library.to_owned(),
        folder => text.upload(|it| it.to_folder, &[("folder", folder)]),
    };
    if question.left_out == 0 {
        return place;
    }
    let most = text.number(u64::from(question.folder_images));
    let left_out = text.uploads(
        |it| &it.will_be_left_out,
        question.left_out,
        &[("most", &most)],
    );
    format!("{place} {left_out}")
}

/// Takes folders in as folders.
pub fn keep(text: &Text, question: &Question) -> String {
    match question.folders.as_slice() {
        [folder] => text.upload(|it| it.keep_one, &[("folder", folder)]),
        folders => text.uploads(|it| &it.keep_many, folders.len(), &[]),
    }
}

/// Takes the files of folders in without them.
pub fn put_here(text: &Text, question: &Question) -> String {
    match question.target.name.as_str() {
        "" => text.uploading().put_in_library.to_owned(),
        folder => text.upload(|it| it.put_in_folder, &[("folder", folder)]),
    }
}

/// What is not drawn.
pub fn more(text: &Text, overview: &Overview) -> String {
    let part = |count: usize, words: fn(&UploadText) -> &Counted| {
        (count > 0).then(|| text.uploads(words, count, &[]))
    };
    let parts: Vec<String> = [
        part(overview.more, |it| &it.more_moving),
        part(overview.more_waiting, |it| &it.more_waiting),
        part(overview.more_done, |it| &it.more_done),
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.join(" · ")
}

/// What a progress bar is about.
pub fn progress_of(text: &Text, name: &str) -> String {
    text.upload(|it| it.progress_of, &[("name", name)])
}

/// Where files land.
pub fn drop_here(text: &Text, folder: &str) -> String {
    match folder {
        "" => text.browse.drop_to_library.to_owned(),
        folder => text.naming(text.browse.drop_to_folder, folder),
    }
}

/// What a screen reader is told now and then: not each percent.
pub fn announcement(text: &Text, totals: &Totals) -> String {
    if totals.all == 0 {
        return String::new();
    }
    if totals.signed_out || totals.need_you > 0 || !totals.is_going() {
        return summary(text, totals);
    }
    let quarter = totals.percent() / 25 * 25;
    let files = text.files(totals.all as u64);
    match quarter {
        0 => text.upload(|it| it.announce, &[("files", &files)]),
        _ => text.upload(
            |it| it.announce_percent,
            &[("files", &files), ("percent", &quarter.to_string())],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{ENGLISH, PORTUGUESE};

    fn totals() -> Totals {
        Totals {
            all: 120,
            done: 11,
            moving: 3,
            waiting: 106,
            bytes: ByteSize::bytes(1_000),
            sent: ByteSize::bytes(430),
            bytes_per_second: Some(2_100_000),
            seconds_left: Some(75),
            ..Totals::default()
        }
    }

    #[test]
    fn what_needs_you_is_said_first() {
        let three = Totals {
            need_you: 3,
            ..totals()
        };
        let one = Totals {
            need_you: 1,
            ..totals()
        };

        assert_eq!(summary(&ENGLISH, &three), "3 of 120 need you");
        assert_eq!(summary(&ENGLISH, &one), "1 of 120 needs you");
        assert_eq!(summary(&ENGLISH, &totals()), "Uploading 12 of 120");
    }

    #[test]
    fn figures_read_well() {
        assert_eq!(detail(&ENGLISH, &totals()), "43% · 2.1 MB/s · 2 min left");
        assert_eq!(time_left(&ENGLISH, 20), "20 seconds left");
        assert_eq!(time_left(&ENGLISH, 3_700), "1 h 1 min left");
    }

    #[test]
    fn figures_read_well_in_portuguese() {
        assert_eq!(
            detail(&PORTUGUESE, &totals()),
            "43% · 2,1 MB/s · faltam 2 min"
        );
        assert_eq!(time_left(&PORTUGUESE, 0), "falta 1 segundo");
        assert_eq!(summary(&PORTUGUESE, &totals()), "Enviando 12 de 120");
    }

    #[test]
    fn the_end_is_said() {
        let done = Totals {
            all: 60,
            done: 60,
            ..Totals::default()
        };

        assert_eq!(summary(&ENGLISH, &done), "60 files uploaded");
        assert_eq!(detail(&ENGLISH, &done), "");
    }

    #[test]
    fn screen_readers_hear_quarters_only() {
        let later = Totals {
            sent: ByteSize::bytes(490),
            ..totals()
        };

        assert_eq!(
            announcement(&ENGLISH, &totals()),
            announcement(&ENGLISH, &later)
        );
        assert_eq!(
            announcement(&ENGLISH, &totals()),
            "Uploading 120 files: 25%"
        );
    }
}
