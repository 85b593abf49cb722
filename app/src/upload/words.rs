//! What the upload tray says, in one place.

use model::ByteSize;

use super::{
    gather::LeftOut,
    item::{Item, Sending},
    queue::{Overview, Totals},
    uploads::{Notice, Question},
    verdict,
};

pub const SIGNED_OUT: &str = "You are signed out. Nothing is lost: uploads go on once you";
pub const SIGN_IN_AGAIN: &str = "sign in again";

/// The tray in a few words.
pub fn summary(totals: &Totals) -> String {
    let Totals { all, done, .. } = *totals;
    if totals.signed_out {
        return "Signed out: uploads wait".to_owned();
    }
    if totals.need_you > 0 {
        let verb = if totals.need_you == 1 {
            "needs"
        } else {
            "need"
        };
        return format!("{} of {all} {verb} you", totals.need_you);
    }
    if totals.is_going() {
        return format!("Uploading {} of {all}", (done + 1).min(all));
    }
    if totals.paused > 0 {
        return format!("Paused: {done} of {all} uploaded");
    }
    format!("{} uploaded", files(done))
}

/// Percent, speed and time left, while something moves.
pub fn detail(totals: &Totals) -> String {
    if !totals.is_going() || totals.signed_out {
        return String::new();
    }
    let mut parts = vec![format!("{} %", totals.percent())];
    parts.extend(
        totals
            .bytes_per_second
            .map(|speed| format!("{}/s", ByteSize::bytes(speed))),
    );
    parts.extend(totals.seconds_left.map(time_left));
    parts.join(" · ")
}

/// How a file stands.
pub fn state(item: &Item) -> String {
    let size = item.facts.size;
    match &item.state {
        Sending::Waiting { sent } if *sent > ByteSize::ZERO => {
            format!("Waiting · {} % is safe", item.percent())
        }
        Sending::Waiting { .. } => format!("Waiting · {size}"),
        Sending::Moving { sent } if *sent >= size => "Finishing".to_owned(),
        Sending::Moving { sent } => format!("{sent} of {size}"),
        Sending::Resting { .. } => "No connection: tries again by itself".to_owned(),
        Sending::Paused { .. } => format!("Paused at {} %", item.percent()),
        Sending::Shrinking => "Being made smaller".to_owned(),
        Sending::Absent { sent } if *sent > ByteSize::ZERO => format!(
            "Choose this file again to go on; {} % is safe",
            item.percent()
        ),
        Sending::Absent { .. } => "Choose this file again to go on".to_owned(),
        Sending::Failed(problem) => problem.detail.clone(),
        Sending::Refused(problem) => refusal(item, problem),
        Sending::Done(_) => done(item),
    }
}

fn refusal(item: &Item, problem: &model::Problem) -> String {
    let detail = &problem.detail;
    if verdict::can_shrink(&item.facts, problem) {
        return format!("{detail} Make it smaller?");
    }
    match verdict::way_out(problem) {
        Some(way_out) => format!("{detail} {way_out}"),
        None => detail.clone(),
    }
}

fn done(item: &Item) -> String {
    let size = item.facts.size;
    match item.was {
        Some(was) => format!("Uploaded · {size}, was {was}"),
        None => format!("Uploaded · {size}"),
    }
}

/// A number of files.
pub fn files(count: usize) -> String {
    many(count, "file", "files")
}

/// A number and its noun.
pub fn many(count: usize, one: &str, more: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {more}"),
    }
}

fn time_left(seconds: u64) -> String {
    match seconds {
        0..=1 => "1 second left".to_owned(),
        2..=59 => format!("{seconds} seconds left"),
        60..=3_599 => {
            let minutes = seconds.div_ceil(60);
            format!("{minutes} min left")
        }
        _ => format!("{} h {} min left", seconds / 3_600, seconds % 3_600 / 60),
    }
}

/// What people should know about what they dropped.
pub fn notice(notice: &Notice) -> String {
    match notice {
        Notice::LeftOut(left, most) => left_out(left, *most),
        Notice::Hidden(names) => {
            let count = many(names.len(), "hidden file", "hidden files");
            format!("{count} left out.")
        }
        Notice::EmptyFolder(name) => format!("“{name}” has no files in it."),
        Notice::NotTheSame(names) => {
            let names = names.join(", ");
            format!("{names}: not a file that waits here. Its name, size or date differs.")
        }
    }
}

/// What a folder left out, with the rule and the way out.
fn left_out(left: &LeftOut, most: u32) -> String {
    let count = many(left.names.len(), "image", "images");
    let folder = &left.folder;
    format!(
        "{count} of “{folder}” left out: a folder brings at most {most} images. \
         Choose them as files to add them too."
    )
}

/// Opens a list of names.
pub fn show_names(count: usize) -> String {
    match count {
        1 => "Show the name".to_owned(),
        _ => format!("Show the {count} names"),
    }
}

/// Files of an earlier page.
pub fn absent(count: usize) -> String {
    match count {
        1 => "1 upload can go on where it stopped.".to_owned(),
        _ => format!("{count} uploads can go on where they stopped."),
    }
}

/// What a dropped folder asks.
pub fn question(question: &Question) -> String {
    let files = files(question.files);
    match question.folders.as_slice() {
        [folder] => format!("Upload “{folder}” with {files}?"),
        folders => format!("Upload {} folders with {files}?", folders.len()),
    }
}

/// What a dropped folder brings, and what not.
pub fn question_details(question: &Question) -> String {
    let place = &question.target.name;
    let place = if place.is_empty() {
        "Everything goes to your library.".to_owned()
    } else {
        format!("Everything goes to “{place}”.")
    };
    match question.left_out {
        0 => place,
        left_out => format!(
            "{place} A folder brings at most {} images: {} will be left out, and named.",
            question.folder_images,
            many(left_out, "image", "images")
        ),
    }
}

/// Takes folders in as folders.
pub fn keep(folders: &[String]) -> String {
    match folders {
        [folder] => format!("Keep “{folder}” as a folder"),
        _ => format!("Keep the {} folders", folders.len()),
    }
}

/// Takes the files of folders in without them.
pub fn put_here(question: &Question) -> String {
    match question.target.name.as_str() {
        "" => "Put all files in the library".to_owned(),
        name => format!("Put all files in “{name}”"),
    }
}

/// What is not drawn.
pub fn more(overview: &Overview) -> String {
    let parts: Vec<String> = [
        (overview.more, "more on their way"),
        (overview.more_waiting, "more waiting"),
        (overview.more_done, "more uploaded"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    parts.join(" · ")
}

/// What a progress bar is about.
pub fn progress_of(name: &str) -> String {
    format!("Progress of {name}")
}

/// Where files land.
pub fn drop_here(folder_name: &str) -> String {
    match folder_name {
        "" => "Drop to upload to your library".to_owned(),
        name => format!("Drop to upload to “{name}”"),
    }
}

/// What a screen reader is told now and then: not each percent.
pub fn announcement(totals: &Totals) -> String {
    if totals.all == 0 {
        return String::new();
    }
    if totals.signed_out || totals.need_you > 0 || !totals.is_going() {
        return summary(totals);
    }
    let quarter = totals.percent() / 25 * 25;
    let files = files(totals.all);
    match quarter {
        0 => format!("Uploading {files}"),
        _ => format!("Uploading {files}: {quarter} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

        assert_eq!(summary(&three), "3 of 120 need you");
        assert_eq!(summary(&one), "1 of 120 needs you");
        assert_eq!(summary(&totals()), "Uploading 12 of 120");
    }

    #[test]
    fn figures_read_well() {
        assert_eq!(detail(&totals()), "43 % · 2.1 MB/s · 2 min left");
        assert_eq!(time_left(20), "20 seconds left");
        assert_eq!(time_left(3_700), "1 h 1 min left");
    }

    #[test]
    fn the_end_is_said() {
        let done = Totals {
            all: 60,
            done: 60,
            ..Totals::default()
        };

        assert_eq!(summary(&done), "60 files uploaded");
        assert_eq!(detail(&done), "");
    }

    #[test]
    fn screen_readers_hear_quarters_only() {
        let later = Totals {
            sent: ByteSize::bytes(490),
            ..totals()
        };

        assert_eq!(announcement(&totals()), announcement(&later));
        assert_eq!(announcement(&totals()), "Uploading 120 files: 25 %");
    }
}
