//! The tus protocol without the network: which request comes next, and what an answer means.

use model::{AssetId, FolderId, Problem, ProblemCode};

use super::item::{FileFacts, Place};

/// Where uploads begin.
pub const DOOR: &str = "/files/";

/// The most bytes of one request.
pub const CHUNK: u64 = 8 << 20;

/// A file that takes longer than this is created before its bytes are sent, so that a broken
/// connection or a reload finds it again.
const SHORT_SECONDS: u64 = 2;

/// Server faults in a row before a person is asked.
const PATIENCE: u32 = 6;

/// The next request for one upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Creates it and sends the whole file along.
    CreateWhole,
    /// Creates it.
    Create,
    /// Asks how many bytes are there.
    Ask,
    /// Sends the bytes from one offset up to another.
    Append { from: u64, to: u64 },
}

impl Step {
    /// Whether an upload begins with it.
    pub const fn begins(self) -> bool {
        matches!(self, Self::CreateWhole | Self::Create)
    }

    /// The method of the request.
    pub const fn method(self) -> &'static str {
        match self {
            Self::CreateWhole | Self::Create => "POST",
            Self::Ask => "HEAD",
            Self::Append { .. } => "PATCH",
        }
    }
}

/// Tells the next request of what is known.
///
/// `seconds` is how long the file would take at today's speed, where that is known.
pub fn next_step(
    url: Option<&str>,
    offset: Option<u64>,
    size: u64,
    attempts: u32,
    seconds: Option<u64>,
) -> Step {
    match (url, offset) {
        (None, _) => {
            let quick = seconds.is_none_or(|seconds| seconds <= SHORT_SECONDS);
            if attempts == 0 && size <= CHUNK && quick {
                Step::CreateWhole
            } else {
                Step::Create
            }
        }
        (Some(_), Some(from)) if from < size => Step::Append {
            from,
            to: size.min(from + CHUNK),
        },
        (Some(_), _) => Step::Ask,
    }
}

/// What the server said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub offset: Option<u64>,
    pub asset_id: Option<AssetId>,
    pub retry_after: Option<u64>,
    pub body: String,
}

/// What an answer means for the upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The upload exists, with so many bytes.
    Stands { url: Option<String>, offset: u64 },
    /// The asset is there.
    Finished(AssetId),
    /// Offsets differ: ask.
    Unsure,
    /// The upload is gone: begin anew.
    Lost,
    /// What was begun with this key comes to nothing: begin with another one.
    Spent,
    /// Try again later; after so many seconds, where the server said.
    Later(Option<u64>),
    /// Nobody is signed in any more.
    SignedOut,
    /// It did not work, and may when tried again.
    Failed(Problem),
    /// A rule is against it.
    Refused(Problem),
}

/// Reads an answer to a step; `attempts` counts the failures before it.
pub fn read(step: Step, answer: &Answer, size: u64, attempts: u32) -> Meaning {
    if let (200..=299, Some(asset_id)) = (answer.status, answer.asset_id) {
        return Meaning::Finished(asset_id);
    }
    match (answer.status, step) {
        (200..=299, _) => stands(step, answer, size),
        (401, _) => Meaning::SignedOut,
        // The same was asked before, and is still being done, or died with the server.
        (409, _) if step.begins() && (1..PATIENCE).contains(&attempts) => Meaning::Later(None),
        (409 | 410, _) if step.begins() && attempts > 0 => Meaning::Spent,
        (404 | 410, Step::Ask | Step::Append { .. }) => Meaning::Lost,
        (409 | 460, Step::Append { .. }) => Meaning::Unsure,
        (408 | 423 | 425 | 429 | 502 | 503 | 504, _) => Meaning::Later(answer.retry_after),
        (500 | 501 | 505 | 506, _) if attempts < PATIENCE => Meaning::Later(answer.retry_after),
        (500..=599, _) => Meaning::Failed(problem(answer)),
        _ => Meaning::Refused(problem(answer)),
    }
}

fn stands(step: Step, answer: &Answer, size: u64) -> Meaning {
    let offset = match step {
        Step::Create => answer.offset.or(Some(0)),
        _ => answer.offset,
    };
    match offset {
        // All bytes are there and no asset yet: the server is still looking at them.
        Some(offset) if offset >= size && step == Step::Ask => Meaning::Later(Some(1)),
        Some(offset) => Meaning::Stands {
            url: answer.location.as_deref().map(path_of),
            offset,
        },
        None => Meaning::Unsure,
    }
}

/// The problem an answer tells, or the best that can be said of its status.
pub fn problem(answer: &Answer) -> Problem {
    serde_json::from_slice(answer.body.as_bytes()).unwrap_or_else(|_| bare_problem(answer.status))
}

fn bare_problem(status: u16) -> Problem {
    let (code, detail) = match status {
        403 => (
            ProblemCode::Forbidden,
            "Your role does not allow uploading here. Ask an administrator.",
        ),
        404 => (
            ProblemCode::NotFound,
            "The folder is gone, or you have no access to it. Choose another folder.",
        ),
        413 => (
            ProblemCode::TooLarge,
            "The file is larger than may be uploaded. Choose a smaller copy.",
        ),
        415 => (
            ProblemCode::UnsupportedKind,
            "This kind of file is not taken.",
        ),
        507 => (
            ProblemCode::QuotaExceeded,
            "There is no room left. Ask the operator for a larger quota, then try again.",
        ),
        500..=599 => (
            ProblemCode::Internal,
            "Something went wrong on the server. Try again.",
        ),
        _ => (
            ProblemCode::Malformed,
            "The server did not take this file. Try again, or choose another.",
        ),
    };
    Problem {
        status,
        ..Problem::new(code, detail)
    }
}

/// The path of an address, so that requests go to where the page came from.
pub fn path_of(location: &str) -> String {
    let path = location
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|slash| &rest[slash..]));
    path.unwrap_or(location).to_owned()
}

/// The `Upload-Metadata` header of a file.
pub fn metadata(facts: &FileFacts, place: &Place) -> String {
    let folder = place.folder_id.as_ref().map(FolderId::to_string);
    [
        ("filename", Some(facts.name.as_str())),
        (
            "filetype",
            Some(facts.mime.as_str()).filter(|mime| !mime.is_empty()),
        ),
        ("folder_id", folder.as_deref()),
        ("relative_path", place.relative_path.as_deref()),
    ]
    .into_iter()
    .filter_map(|(key, value)| value.map(|value| format!("{key} {}", base64(value.as_bytes()))))
    .collect::<Vec<_>>()
    .join(",")
}

/// Base64 with padding, as tus asks for.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|at| u32::from(chunk.get(at).copied().unwrap_or(0)));
        let bits = a << 16 | b << 8 | c;
        for place in 0..4_usize {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= chunk.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use model::{ByteSize, Id};

    use super::*;

    const MB: u64 = 1_000_000;

    fn answer(status: u16) -> Answer {
        Answer {
            status,
            ..Answer::default()
        }
    }

    #[test]
    fn a_small_file_takes_one_request() {
        assert_eq!(next_step(None, None, 3 * MB, 0, None), Step::CreateWhole);
        assert_eq!(next_step(None, None, 3 * MB, 0, Some(1)), Step::CreateWhole);
    }

    #[test]
    fn a_file_that_may_break_on_the_way_is_created_first() {
        assert_eq!(next_step(None, None, 30 * MB, 0, None), Step::Create);
        assert_eq!(next_step(None, None, 3 * MB, 0, Some(9)), Step::Create);
        assert_eq!(next_step(None, None, 3 * MB, 1, None), Step::Create);
    }

    #[test]
    fn bytes_go_in_chunks_from_where_the_server_stands() {
        let url = Some("/files/upl_1");

        assert_eq!(
            next_step(url, Some(0), 20 * MB, 0, None),
            Step::Append { from: 0, to: CHUNK }
        );
        assert_eq!(
            next_step(url, Some(19 * MB), 20 * MB, 0, None),
            Step::Append {
                from: 19 * MB,
                to: 20 * MB
            }
        );
        assert_eq!(next_step(url, None, 20 * MB, 0, None), Step::Ask);
        assert_eq!(next_step(url, Some(20 * MB), 20 * MB, 0, None), Step::Ask);
    }

    #[test]
    fn an_asset_id_ends_it_whatever_was_asked() {
        let asset_id = AssetId::from_parts(1, 2);
        let done = Answer {
            asset_id: Some(asset_id),
            ..answer(201)
        };

        for step in [
            Step::CreateWhole,
            Step::Ask,
            Step::Append { from: 0, to: 9 },
        ] {
            assert_eq!(read(step, &done, 9, 0), Meaning::Finished(asset_id));
        }
    }

    #[test]
    fn an_address_is_used_by_its_path() {
        let created = Answer {
            location: Some("https://media.example.org/files/upl_1".into()),
            ..answer(201)
        };

        assert_eq!(
            read(Step::Create, &created, 9, 0),
            Meaning::Stands {
                url: Some("/files/upl_1".into()),
                offset: 0
            }
        );
    }

    #[test]
    fn a_server_that_still_looks_is_asked_again() {
        let looking = Answer {
            offset: Some(9),
            ..answer(200)
        };

        assert_eq!(read(Step::Ask, &looking, 9, 0), Meaning::Later(Some(1)));
    }

    #[test]
    fn a_wrong_offset_is_asked_for_and_a_lost_upload_begins_anew() {
        let append = Step::Append { from: 4, to: 9 };

        assert_eq!(read(append, &answer(409), 9, 0), Meaning::Unsure);
        assert_eq!(read(Step::Ask, &answer(410), 9, 0), Meaning::Lost);
        assert_eq!(read(append, &answer(404), 9, 0), Meaning::Lost);
    }

    #[test]
    fn what_is_still_being_done_is_waited_for_and_not_for_ever() {
        for step in [Step::Create, Step::CreateWhole] {
            assert_eq!(read(step, &answer(409), 9, 1), Meaning::Later(None));
            assert_eq!(read(step, &answer(409), 9, 6), Meaning::Spent);
            assert_eq!(read(step, &answer(410), 9, 1), Meaning::Spent);
        }
        assert!(matches!(
            read(Step::Create, &answer(409), 9, 0),
            Meaning::Refused(_)
        ));
    }

    #[test]
    fn busy_servers_are_given_time() {
        let busy = Answer {
            retry_after: Some(7),
            ..answer(429)
        };

        assert_eq!(read(Step::Create, &busy, 9, 0), Meaning::Later(Some(7)));
        assert_eq!(read(Step::Create, &answer(423), 9, 0), Meaning::Later(None));
        assert_eq!(read(Step::Create, &answer(500), 9, 0), Meaning::Later(None));
        assert!(matches!(
            read(Step::Create, &answer(500), 9, 6),
            Meaning::Failed(_)
        ));
    }

    #[test]
    fn a_refusal_speaks_with_the_servers_words() {
        let told = Problem::too_large(
            "beach.png",
            ByteSize::megabytes(7),
            model::Kind::Image,
            ByteSize::megabytes(5),
        );
        let refused = Answer {
            body: serde_json::to_string(&told).unwrap(),
            ..answer(413)
        };

        assert_eq!(read(Step::Create, &refused, 9, 0), Meaning::Refused(told));
    }

    #[test]
    fn a_refusal_without_words_still_says_something() {
        let Meaning::Refused(problem) = read(Step::Create, &answer(415), 9, 0) else {
            panic!("not refused");
        };

        assert_eq!(problem.detail, "This kind of file is not taken.");
    }

    #[test]
    fn a_full_account_may_be_tried_again() {
        assert!(matches!(
            read(Step::Create, &answer(507), 9, 0),
            Meaning::Failed(_)
        ));
    }

    #[test]
    fn names_travel_as_people_wrote_them() {
        let facts = FileFacts {
            name: "praia é 🦊.jpg".into(),
            size: ByteSize::bytes(1),
            mime: String::new(),
            last_modified: 0,
        };
        let place = Place {
            folder_id: Some(FolderId::from_parts(1, 2)),
            relative_path: Some("Verão/praia é 🦊.jpg".into()),
        };

        assert_eq!(
            metadata(&facts, &place),
            format!(
                "filename cHJhaWEgw6kg8J+mii5qcGc=,folder_id {},relative_path VmVyw6NvL3ByYWlhIMOpIPCfpoouanBn",
                base64(place.folder_id.unwrap().to_string().as_bytes())
            )
        );
    }

    #[test]
    fn base64_pads() {
        assert_eq!(base64(b""), "");
        assert_eq!(base64(b"f"), "Zg==");
        assert_eq!(base64(b"fo"), "Zm8=");
        assert_eq!(base64(b"foo"), "Zm9v");
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
    }
}
