//! Where requests begin and end on a connection, and which heads two servers could read in two ways.
//!
//! hyper forgives a bare line feed and two ways of giving a length; a proxy in front may read either
//! the other way, and take a part of one request for another (RFC 9112, sections 2.2 and 6.1).

use std::str;

/// Enough of a line of a head to know its name, its length and its encoding.
const MAX_LINE: usize = 1 << 10;

/// Follows the requests of one connection.
#[derive(Debug, Default)]
pub struct Framing {
    state: State,
    /// The line that is being read, without its end.
    line: Vec<u8>,
    has_lines: bool,
    length: Option<u64>,
    encoding: Option<Encoding>,
}

#[derive(Debug, Default, Clone, Copy)]
enum State {
    #[default]
    Head,
    /// So many bytes are left of a body, or of a chunk of one.
    Bytes {
        left: u64,
        in_chunk: bool,
    },
    ChunkSize,
    ChunkEnd,
    Trailers,
}

#[derive(Debug, Clone, Copy)]
enum Encoding {
    Chunked,
    /// hyper refuses it.
    Other,
}

/// What was read can be read in two ways.
#[derive(Debug, PartialEq, Eq)]
pub struct Ambiguous;

impl Framing {
    /// Whether more of a request's body is to come.
    pub fn is_in_body(&self) -> bool {
        !matches!(self.state, State::Head)
    }

    /// Reads on; gives back how many bytes may go on to who serves, and whether no more may.
    pub fn read(&mut self, bytes: &[u8]) -> (usize, Result<(), Ambiguous>) {
        let mut at = 0;
        while at < bytes.len() {
            if let State::Bytes { left, in_chunk } = self.state {
                let rest = bytes.len() - at;
                let taken = usize::try_from(left).map_or(rest, |left| left.min(rest));
                at += taken;
                self.went_through(left - taken as u64, in_chunk);
                continue;
            }
            if self.read_byte(bytes[at]).is_err() {
                return (at, Err(Ambiguous));
            }
            at += 1;
        }
        (at, Ok(()))
    }

    fn went_through(&mut self, left: u64, in_chunk: bool) {
        self.state = match (left, in_chunk) {
            (0, true) => State::ChunkEnd,
            (0, false) => State::Head,
            (left, in_chunk) => State::Bytes { left, in_chunk },
        };
    }

    fn read_byte(&mut self, byte: u8) -> Result<(), Ambiguous> {
        if byte != b'\n' {
            if self.line.len() < MAX_LINE || byte == b'\r' {
                self.line.push(byte);
            }
            return Ok(());
        }
        if self.line.pop() != Some(b'\r') {
            return Err(Ambiguous);
        }
        let line = std::mem::take(&mut self.line);
        let done = self.read_line(&line);
        // Keeps what it has grown to.
        self.line = line;
        self.line.clear();
        done
    }

    fn read_line(&mut self, line: &[u8]) -> Result<(), Ambiguous> {
        match self.state {
            State::Head if line.is_empty() => self.end_head(),
            State::Head => self.read_field(line)?,
            State::ChunkSize => self.begin_chunk(line)?,
            State::ChunkEnd => self.state = State::ChunkSize,
            State::Trailers if line.is_empty() => self.state = State::Head,
            State::Trailers | State::Bytes { .. } => {}
        }
        Ok(())
    }

    fn read_field(&mut self, line: &[u8]) -> Result<(), Ambiguous> {
        let is_request_line = !std::mem::replace(&mut self.has_lines, true);
        let colon = line.iter().position(|byte| *byte == b':');
        let (Some(colon), false) = (colon, is_request_line) else {
            return Ok(());
        };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            // Even where both are the same: one of them came from somebody in between.
            if self.length.is_some() {
                return Err(Ambiguous);
            }
            self.length = Some(number(value, 10).ok_or(Ambiguous)?);
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            self.encoding = Some(if value.eq_ignore_ascii_case(b"chunked") {
                Encoding::Chunked
            } else {
                Encoding::Other
            });
        }
        if self.length.is_some() && self.encoding.is_some() {
            return Err(Ambiguous);
        }
        Ok(())
    }

    /// An empty line ends a head; before one, it means nothing.
    fn end_head(&mut self) {
        self.has_lines = false;
        self.state = match (self.length.take(), self.encoding.take()) {
            (_, Some(Encoding::Chunked)) => State::ChunkSize,
            (Some(left), _) if left > 0 => State::Bytes {
                left,
                in_chunk: false,
            },
            _ => State::Head,
        };
    }

    fn begin_chunk(&mut self, line: &[u8]) -> Result<(), Ambiguous> {
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default();
        self.state = match number(digits.trim_ascii(), 16).ok_or(Ambiguous)? {
            0 => State::Trailers,
            left => State::Bytes {
                left,
                in_chunk: true,
            },
        };
        Ok(())
    }
}

/// Digits alone: a sign is none.
fn number(digits: &[u8], radix: u32) -> Option<u64> {
    let digits = str::from_utf8(digits).ok()?;
    let all = digits.chars().all(|digit| digit.is_digit(radix));
    u64::from_str_radix(digits, radix).ok().filter(|_| all)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: &str = "GET /a HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n";
    const SIZED: &str = "POST /b HTTP/1.1\r\nHost: x\r\ncontent-length: 6\r\n\r\na\nb\r\n\n";
    const CHUNKED: &str = "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\
                           3;of=it\r\n\n\n\n\r\n0a\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n";

    fn read(requests: &str) -> Result<(), usize> {
        match Framing::default().read(requests.as_bytes()) {
            (_, Ok(())) => Ok(()),
            (at, Err(Ambiguous)) => Err(at),
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_ends_where_it_becomes_so() {
        let head = "POST / HTTP/1.1\r\nHost: x\r\n";
        for second in [
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n",
            "TRANSFER-ENCODING: gzip\r\ncontent-length:4\r\n\r\n",
            "Content-Length: +4\r\n\r\n",
            "Content-Length: 4\r\ncontent-length: 4\r\n\r\n",
            "X-A: b\nX-C: d\r\n\r\n",
            "X-A: b\r\n\n",
        ] {
            let request = format!("{PLAIN}{CHUNKED}{head}{second}");
            let at = read(&request).expect_err(second);
            assert!(at >= PLAIN.len() + CHUNKED.len() + head.len(), "{second}");
            assert_eq!(request.as_bytes().get(at), Some(&b'\n'), "{second}");
        }
    }

    #[test]
    fn a_line_feed_in_a_body_is_nobodys_business() {
        assert_eq!(read(&format!("{SIZED}{CHUNKED}{PLAIN}")), Ok(()));
    }

    #[test]
    fn a_long_line_takes_little_memory_and_still_ends() {
        let long = format!("GET / HTTP/1.1\r\nX-Long: {}\r\n\r\n", "a".repeat(100_000));
        let mut framing = Framing::default();

        assert_eq!(framing.read(long.as_bytes()).1, Ok(()));
        assert!(framing.line.capacity() < 4 * MAX_LINE);
        assert!(read(&format!("{long}GET / HTTP/1.1\n")).is_err());
    }

    proptest! {
        #[test]
        fn requests_in_any_pieces_go_through(
            order in prop::collection::vec(prop::sample::select(&[PLAIN, SIZED, CHUNKED][..]), 1..6),
            cuts in prop::collection::vec(1_usize..40, 1..40),
        ) {
            let requests = order.concat();
            let mut framing = Framing::default();
            let (mut rest, mut cuts) = (requests.as_bytes(), cuts.into_iter().cycle());
            while !rest.is_empty() {
                let cut = cuts.next().unwrap_or(1).min(rest.len());
                prop_assert_eq!(framing.read(&rest[..cut]), (cut, Ok(())));
                rest = &rest[cut..];
            }
            prop_assert_eq!(framing.read(b"GET / HTTP/1.1\n").1, Err(Ambiguous));
        }

        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let (read, _) = Framing::default().read(&bytes);
            prop_assert!(read <= bytes.len());
        }
    }
}
