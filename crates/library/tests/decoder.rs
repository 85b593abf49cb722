//! The decoding children: what they give, and what it takes to bring them down.
//!
//! This test has its own `main`, because the program that it starts as decoder is itself.

use std::{
    cell::RefCell,
    fmt::Write as _,
    fs::File,
    io::Write as _,
    process::ExitCode,
    time::{Duration, Instant},
};

use bytes::Bytes;
use futures::future::{join, join_all, join3};
use library::decoder::{
    DecodeError, DecodeSource, DecoderConfig, DecoderPool, Format, Rank, Recipe, Stripped,
    ThumbSpec, run_child,
};
use model::{Edit, Preset, RenditionFormat, placement::Extent, preview::Content};
use rustix::process::{Pid, Signal, kill_process};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../imaging/tests/fixtures/");

type Case = (&'static str, fn());

const CASES: &[Case] = &[
    ("a_picture_comes_back_with_facts_and_thumbnail", || {
        run(a_picture());
    }),
    ("every_codec_works_behind_the_walls", || run(every_codec())),
    ("a_film_is_probed_through_its_descriptor", || run(a_film())),
    (
        "a_public_copy_is_made_by_the_child",
        || run(a_public_copy()),
    ),
    ("documents_are_read_by_the_child", || run(documents())),
    (
        "a_document_that_unpacks_without_end_is_read_in_part",
        || {
            run(document_bombs());
        },
    ),
    ("bad_bytes_are_refused_with_a_reason", || run(bad_bytes())),
    ("a_child_can_open_neither_file_nor_socket", || run(walls())),
    ("a_killed_child_is_replaced", || run(a_killed_child())),
    ("a_child_killed_at_work_costs_no_more_than_time", || {
        run(killed_at_work());
    }),
    ("a_child_that_hangs_is_ended_at_the_deadline", || {
        run(a_hanging_child());
    }),
    ("a_child_that_runs_out_of_memory_costs_one_picture", || {
        run(out_of_memory());
    }),
    ("children_side_by_side_share_one_ceiling", || {
        run(one_ceiling());
    }),
    ("a_child_that_burns_its_processor_time_is_ended", || {
        run(out_of_time());
    }),
    ("there_are_never_more_children_than_asked_for", || {
        run(two_at_a_time());
    }),
    (
        "a_heavy_picture_is_decoded_alone",
        || run(a_heavy_picture()),
    ),
    ("a_million_pages_are_counted_or_refused_for_good", || {
        run(a_million_pages());
    }),
    ("who_looks_does_not_wait_behind_an_import", || {
        run(an_import_and_a_viewer());
    }),
    ("idle_children_are_stopped", || run(idle_children())),
    ("a_program_that_is_no_decoder_is_told", || run(no_decoder())),
];

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let word = args.find(|arg| !arg.starts_with('-'));
    if word.as_deref() == Some("decoder") {
        return run_child();
    }
    let chosen = CASES
        .iter()
        .filter(|(name, _)| word.as_deref().is_none_or(|w| name.contains(w)));
    let (mut passed, mut failed) = (0, 0);
    for (name, case) in chosen {
        let ok = std::panic::catch_unwind(case).is_ok();
        println!("test {name} ... {}", if ok { "ok" } else { "FAILED" });
        *if ok { &mut passed } else { &mut failed } += 1;
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out"
    );
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn run(case: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(case);
}

fn pool() -> DecoderPool {
    DecoderPool::with(DecoderConfig::default())
}

fn file(name: &str) -> DecodeSource {
    DecodeSource::open(format!("{FIXTURES}{name}")).expect("a fixture")
}

fn thumb() -> ThumbSpec {
    ThumbSpec::default()
}

async fn works(pool: &DecoderPool) {
    let found = pool
        .inspect(file("quad_o6.jpg"), None, thumb())
        .await
        .expect("a picture");
    assert_eq!(found.facts.format, Format::Jpeg);
}

fn signal(pool: &DecoderPool, signal: Signal) {
    for pid in pool.worker_pids() {
        let pid = i32::try_from(pid)
            .ok()
            .and_then(Pid::from_raw)
            .expect("a process");
        kill_process(pid, signal).expect("signalled");
    }
}

/// A picture of one color, as large as wanted.
fn plain_png(edge: u32) -> DecodeSource {
    square_png(edge, &vec![200; (edge * edge * 3) as usize])
}

fn square_png(edge: u32, colors: &[u8]) -> DecodeSource {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, edge, edge);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(colors).expect("a picture");
    writer.finish().expect("an end");
    DecodeSource::Bytes(Bytes::from(bytes))
}

/// A picture that no codec makes small.
fn noise(edge: u32) -> DecodeSource {
    let mut state = 1_u32;
    let bytes = (0..edge * edge * 3).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    });
    square_png(edge, &bytes.collect::<Vec<_>>())
}

async fn a_picture() {
    let pool = pool();
    let found = pool
        .inspect(file("quad_o6.jpg"), Some("a.jpg"), thumb())
        .await
        .expect("a picture");
    assert_eq!(
        (found.facts.width, found.facts.height),
        (Some(96), Some(64))
    );
    let small = found.thumb.expect("a thumbnail");
    assert_eq!((small.width, small.height), (96, 64));
    assert!(small.bytes.starts_with(b"RIFF"));
    assert!(
        found
            .placeholder
            .expect("a blur")
            .starts_with("data:image/webp;base64,")
    );
    let preset = ThumbSpec {
        max_edge: 32,
        ..ThumbSpec::of(Preset::Preview, RenditionFormat::Jpeg)
    };
    let picture = pool
        .render(file("gps.png"), preset)
        .await
        .expect("a rendition");
    assert_eq!((picture.width, picture.height), (32, 24));
    assert!(picture.bytes.starts_with(b"\xff\xd8\xff"));
}

async fn every_codec() {
    let pool = pool();
    for name in [
        "cmyk.jpg",
        "gps.png",
        "anim_8f.gif",
        "anim_8f.webp",
        "sticker_512.webp",
        "pil_hopper.avif",
    ] {
        let found = pool.inspect(file(name), Some(name), thumb()).await;
        let found = found.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            found.thumb.is_some_and(|thumb| !thumb.bytes.is_empty()),
            "{name}"
        );
    }
    assert_eq!(pool.worker_pids().len(), 1, "one child served them all");
}

async fn a_film() {
    let pool = pool();
    let path = format!("{FIXTURES}gps_location.mp4");
    let film = File::open(&path).expect("a film");
    let kept = film.try_clone().expect("a second handle");
    let found = pool
        .inspect(film.into(), Some("x.mp4"), thumb())
        .await
        .expect("a film");
    assert_eq!(found.facts.duration_ms, Some(3000));
    assert_eq!(found.facts.codecs, ["h264", "aac"]);
    let place = std::io::Seek::stream_position(&mut &kept).expect("a place");
    assert_eq!(place, 0, "the parent's own place has moved");
}

async fn a_public_copy() {
    let pool = pool();
    let copy = pool.strip(file("gps.jpg")).await.expect("a copy");
    let Stripped::Bytes(bytes) = copy else {
        panic!("a new file: {copy:?}")
    };
    assert!(!bytes.windows(6).any(|window| window == b"Canary"));
    let copy = pool.strip(file("gps_location.mp4")).await.expect("a copy");
    let Stripped::Patches(patches) = copy else {
        panic!("patches: {copy:?}")
    };
    assert!(patches.iter().all(|patch| patch.bytes.starts_with(b"free")));
    assert_eq!(pool.strip(file("one_frame.mp4")).await.map(|_| ()), Ok(()));
}

/// A letter whose text is what is given.
fn letter(markup: &[u8]) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", markup),
    ])
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    for (name, bytes) in parts {
        zip.start_file(*name, plain).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

async fn documents() {
    let pool = pool();
    let told = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet/>"),
        ("xl/worksheets/sheet2.xml", b"<worksheet/>"),
        (
            "docProps/core.xml",
            b"<c:p><dc:title>Costs</dc:title><dc:creator>Jo&#227;o</dc:creator></c:p>",
        ),
    ]);
    let found = pool.inspect(Bytes::from(told).into(), None, thumb()).await;
    let about = found.expect("a table").facts.about;
    assert_eq!(about.title.as_deref(), Some("Costs"));
    assert_eq!(
        (about.author.as_deref(), about.sheets),
        (Some("João"), Some(2))
    );
    let hello = letter(b"<w:p><w:r><w:t>Hello, ot</w:t><w:t>ters</w:t></w:r></w:p>");
    let cut = hello[..hello.len() / 2].to_vec();
    let text = pool.read_text(Bytes::from(hello).into()).await;
    assert_eq!(text.expect("words").trim(), "Hello, otters");
    let text = pool.read_text(Bytes::from(cut).into()).await;
    assert!(matches!(text, Err(DecodeError::Corrupt { .. })), "{text:?}");
    let text = pool.read_text(file("encrypted.pdf")).await;
    assert_eq!(text.as_deref(), Ok(""), "what is locked says nothing");
    let text = pool.read_text(file("xxe.docx")).await.expect("words");
    assert!(!text.contains("root:"), "{text}");
}

/// 5.2.3
async fn document_bombs() {
    let pool = pool();
    let text = pool.read_text(file("bomb.docx")).await;
    let text = text.expect("its beginning");
    assert!(text.starts_with("otter") && text.len() <= 64 << 10);
    let began = Instant::now();
    // However it ends, it ends soon, and the next file is read.
    let _ = pool.read_text(file("pdf_nested_flate_200mb.pdf")).await;
    assert!(began.elapsed() < Duration::from_secs(15));
    works(&pool).await;
}

/// A PDF of so many pages, each an object of its own.
fn pages(count: usize) -> Vec<u8> {
    let (mut text, mut places) = ("%PDF-1.7\n".to_owned(), String::new());
    let mut add = |number: usize, object: &str| {
        let _ = writeln!(places, "{:010} 00000 n ", text.len());
        let _ = writeln!(text, "{number} 0 obj{object}endobj");
    };
    let mut kids = String::new();
    for page in 0..count {
        let _ = write!(kids, "{} 0 R ", page + 3);
    }
    add(1, "<</Type/Catalog/Pages 2 0 R>>");
    add(
        2,
        &format!("<</Type/Pages/Count {count}/MediaBox[0 0 9 9]/Kids[{kids}]>>"),
    );
    for page in 0..count {
        add(page + 3, "<</Type/Page/Parent 2 0 R>>");
    }
    let (size, start) = (count + 3, text.len());
    let _ = write!(
        text,
        "xref\n0 {size}\n0000000000 65535 f \n{places}\
         trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    );
    text.into_bytes()
}

async fn a_million_pages() {
    let pool = pool();
    let few = pool.read_content(Bytes::from(pages(1_000)).into()).await;
    assert!(
        matches!(&few, Ok(Content::Pages(pages)) if pages.total == 1_000),
        "{few:?}"
    );
    match pool
        .read_outline(Bytes::from(pages(1_000_000)).into())
        .await
    {
        Ok(content) => {
            let is_counted = matches!(&content, Content::Pages(pages) if pages.total == 1_000_000);
            assert!(is_counted, "{content:?}");
        }
        // Nobody has to look again, but where the machine was busy.
        Err(error) => assert!(
            error.is_final() || error == DecodeError::TimedOut,
            "{error:?}"
        ),
    }
    works(&pool).await;
}

async fn bad_bytes() {
    let pool = pool();
    let found = pool
        .inspect(file("svg_named_png.png"), Some("a.png"), thumb())
        .await;
    assert!(
        matches!(found, Err(DecodeError::Unsupported { .. })),
        "{found:?}"
    );
    let found = pool.inspect(file("xfilter_9.png"), None, thumb()).await;
    assert!(
        matches!(found, Err(DecodeError::Corrupt { .. })),
        "{found:?}"
    );
    let found = pool
        .inspect(file("webp_16383sq_lossless.webp"), None, thumb())
        .await;
    assert!(
        matches!(
            found,
            Err(DecodeError::TooManyPixels {
                max: 64_000_000,
                ..
            })
        ),
        "{found:?}"
    );
    let found = pool.inspect(Bytes::new().into(), None, thumb()).await;
    assert!(
        matches!(found, Err(DecodeError::Corrupt { .. })),
        "{found:?}"
    );
}

async fn walls() {
    let status = pool().sandbox_status().await.expect("an answer");
    assert!(status.files_denied && status.sockets_denied, "{status:?}");
    println!("  {status:?}");
}

async fn a_killed_child() {
    let pool = pool();
    works(&pool).await;
    signal(&pool, Signal::KILL);
    works(&pool).await;
}

async fn killed_at_work() {
    let pool = pool();
    works(&pool).await;
    signal(&pool, Signal::STOP);
    let asked = pool.inspect(file("quad_o6.jpg"), None, thumb());
    let killed = async {
        tokio::task::yield_now().await;
        signal(&pool, Signal::KILL);
    };
    let (found, ()) = tokio::join!(asked, killed);
    assert!(found.is_ok(), "{found:?}");
    works(&pool).await;
}

async fn a_hanging_child() {
    let wall = Duration::from_secs(2);
    let pool = DecoderPool::with(DecoderConfig {
        wall,
        ..DecoderConfig::default()
    });
    works(&pool).await;
    signal(&pool, Signal::STOP);
    let begun = Instant::now();
    let found = pool.inspect(file("quad_o6.jpg"), None, thumb()).await;
    assert_eq!(found, Err(DecodeError::TimedOut));
    assert!(begun.elapsed() < wall * 2);
    assert!(pool.worker_pids().is_empty(), "the child that hung is gone");
    works(&pool).await;
}

async fn out_of_memory() {
    let memory = 80 << 20;
    let pool = DecoderPool::with(DecoderConfig {
        memory,
        ..DecoderConfig::default()
    });
    works(&pool).await;
    let full = ThumbSpec {
        max_edge: 4300,
        ..ThumbSpec::of(Preset::Preview, RenditionFormat::Jpeg)
    };
    let found = pool.render(plain_png(4300), full).await;
    // Asked once more, alone: of so little memory that is even less.
    assert!(matches!(found, Err(DecodeError::TooHeavy { .. })));
    works(&pool).await;
}

async fn one_ceiling() {
    let pool = pool();
    join(works(&pool), works(&pool)).await;
    let most: u64 = pool.worker_pids().into_iter().map(address_space).sum();
    assert!((200 << 20..640 << 20).contains(&most), "{most}");
    // Who is alone has the parts of the others, too.
    let full = ThumbSpec {
        max_edge: 5000,
        ..ThumbSpec::of(Preset::Preview, RenditionFormat::Jpeg)
    };
    assert!(pool.render(plain_png(5000), full).await.is_ok());
    works(&pool).await;
}

/// The most bytes of address space that the kernel gives a process now.
fn address_space(pid: u32) -> u64 {
    let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).expect("its limits");
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max address space"));
    let soft = line.expect("a limit").split_whitespace().nth(3);
    soft.expect("a figure")
        .parse()
        .expect("no limit is no figure")
}

/// Made ever smaller, until it would be no bytes at all: some seconds of work.
fn endless() -> Recipe {
    Recipe {
        format: Some(Format::Webp),
        max_bytes: Some(0),
        least: Some(Extent {
            width: 1,
            height: 1,
        }),
        ..Recipe::of(Edit::default())
    }
}

async fn out_of_time() {
    // Nothing else ends it: there is time, and memory.
    let pool = DecoderPool::with(DecoderConfig {
        wall: Duration::from_mins(1),
        cpu: Duration::from_secs(1),
        ..DecoderConfig::default()
    });
    let burnt = pool.transform(noise(2_500), endless());
    let (burnt, ()) = join(burnt, works(&pool)).await;
    assert_eq!(burnt.map(|made| made.size), Err(DecodeError::Exhausted));
    assert!(pool.worker_pids().len() < 2, "the child that burnt is gone");
    works(&pool).await;
    let small = pool.transform(noise(40), endless()).await;
    assert!(small.is_ok(), "{small:?}");
}

async fn two_at_a_time() {
    let pool = pool();
    let all = (0..12).map(|_| works(&pool));
    join_all(all).await;
    assert_eq!(pool.worker_pids().len(), 2);
}

async fn a_heavy_picture() {
    let pool = pool();
    join(works(&pool), works(&pool)).await;
    let full = ThumbSpec {
        max_edge: 5000,
        ..ThumbSpec::of(Preset::Preview, RenditionFormat::Jpeg)
    };
    let (picture, ()) = join(pool.render(plain_png(5000), full), works(&pool)).await;
    assert_eq!(picture.map(|picture| picture.height), Ok(5000));
    works(&pool).await;
}

async fn an_import_and_a_viewer() {
    let pool = DecoderPool::with(DecoderConfig {
        workers: 1,
        ..DecoderConfig::default()
    });
    works(&pool).await;
    // Who is at work stays so until everybody has come.
    signal(&pool, Signal::STOP);
    let done = RefCell::new(Vec::new());
    let ask = |who: &'static str, rank: Rank| {
        let (pool, done) = (pool.ranked(rank, None), &done);
        async move {
            works(&pool).await;
            done.borrow_mut().push(who);
        }
    };
    let crowd = async |wanted: usize| {
        while pool.waiting() < wanted {
            tokio::task::yield_now().await;
        }
    };
    let import = join_all((0..6).map(|_| ask("import", Rank::Upload)));
    let others = async {
        crowd(5).await;
        let all_here = async {
            crowd(7).await;
            signal(&pool, Signal::CONT);
        };
        let (later, viewer) = (ask("later", Rank::Later), ask("viewer", Rank::Viewer));
        join3(later, viewer, all_here).await;
    };
    join(import, others).await;

    let order = done.into_inner();
    assert_eq!(order[..2], ["import", "viewer"]);
    assert_eq!(order[2..7], ["import"; 5]);
    assert_eq!(order[7..], ["later"]);
}

async fn idle_children() {
    let idle = Duration::from_millis(40);
    let pool = DecoderPool::with(DecoderConfig {
        idle,
        ..DecoderConfig::default()
    });
    works(&pool).await;
    assert_eq!(pool.worker_pids().len(), 1);
    let deadline = Instant::now() + Duration::from_secs(10);
    while !pool.worker_pids().is_empty() {
        assert!(Instant::now() < deadline, "the child is still there");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    works(&pool).await;
}

async fn no_decoder() {
    let program = "/nonexistent/decoder".into();
    let pool = DecoderPool::with(DecoderConfig {
        program,
        ..DecoderConfig::default()
    });
    let found = pool.inspect(file("quad_o6.jpg"), None, thumb()).await;
    assert!(matches!(found, Err(DecodeError::Io(_))), "{found:?}");
    let pool = DecoderPool::with(DecoderConfig {
        program: "/bin/true".into(),
        ..DecoderConfig::default()
    });
    let found = pool.inspect(file("quad_o6.jpg"), None, thumb()).await;
    assert_eq!(found, Err(DecodeError::Crashed));
}
