//! Pages of a PDF as pictures: one at a time, never larger than asked, and nothing in it is run.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::InterpreterSettings,
    hayro_syntax::{DecryptionError, LoadPdfError, Pdf, page::Page},
    vello_cpu::color::palette::css::WHITE,
};

use crate::{Budget, Error, Pixels, Result, Source, source::read_all};

/// What a page may take while it is drawn: nobody can tell before.
const ROOM: u64 = 128 << 20;

/// How many pages there are.
///
/// # Errors
/// `TooHeavy` where there is too little room, `Unsupported` for what is locked, `Corrupt` for what
/// cannot be read.
pub(crate) fn count(source: &mut dyn Source, budget: &Budget) -> Result<u32> {
    let bytes = open(source, budget)?;
    guarded(move || {
        let pdf = parse(bytes)?;
        Ok(u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX))
    })
}

/// One page, counted from 1, on white, its longer edge as long as asked.
///
/// # Errors
/// As [`count`], and `Unsupported` where there is no such page.
pub(crate) fn draw(
    source: &mut dyn Source,
    budget: &Budget,
    number: u32,
    edge: u32,
) -> Result<Pixels> {
    let bytes = open(source, budget)?;
    guarded(move || {
        let pdf = parse(bytes)?;
        let index = (number as usize).checked_sub(1);
        let page = index.and_then(|index| pdf.pages().get(index));
        paint(
            page.ok_or_else(|| Error::unsupported(format!("it has no page {number}")))?,
            edge,
        )
    })
}

fn open(source: &mut dyn Source, budget: &Budget) -> Result<Vec<u8>> {
    if budget.max_memory < ROOM {
        return Err(Error::TooHeavy {
            bytes: ROOM,
            max: budget.max_memory,
        });
    }
    read_all(source, budget.max_input)
}

fn parse(bytes: Vec<u8>) -> Result<Pdf> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Error::unsupported("the PDF is locked by a password")
        }
        LoadPdfError::Decryption(_) => Error::unsupported("the PDF is locked in a way unknown"),
        LoadPdfError::Invalid => Error::corrupt("the PDF cannot be read"),
    })?;
    if pdf.pages().is_empty() {
        return Err(Error::corrupt("the PDF has no pages"));
    }
    Ok(pdf)
}

fn paint(page: &Page<'_>, edge: u32) -> Result<Pixels> {
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !longest.is_finite() || width <= 0.0 || height <= 0.0 {
        return Err(Error::corrupt("the page has no size"));
    }
    // A whole pixel each way at least; what is long and thin is stretched to have it.
    let edge = u16::try_from(edge).unwrap_or(u16::MAX);
    let scale = |side: f32| {
        let pixels = (side / longest * f32::from(edge)).round().max(1.0);
        // A little more than the quotient, so that cutting off the rest leaves the pixels.
        (pixels + 0.01) / side
    };
    let pixmap = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings {
            x_scale: scale(width),
            y_scale: scale(height),
            bg_color: WHITE,
        },
    );
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    let data = pixmap.data_as_u8_slice().chunks_exact(4);
    Ok(Pixels {
        width,
        height,
        alpha: false,
        // White below: every pixel is opaque, and premultiplied is what it is.
        data: data.flat_map(|p| [p[0], p[1], p[2]]).collect(),
    })
}

/// What a panic inside says of the file: it cannot be drawn. Nothing outlives it, and the crate
/// that draws has no unsafe code of its own.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Error::corrupt("the PDF cannot be drawn")))
}
