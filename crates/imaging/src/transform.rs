//! Pictures made of pictures: edited, resized and encoded anew, without what the file tells of its
//! maker.

use model::{Edit, Kind, placement::Extent};
use serde::{Deserialize, Serialize};

use crate::{
    Budget, Error, Facts, Format, Pixels, Result, Source, animation, decode, deep, encode,
    geometry, probe::parse_webp, resize, sniff, source::read_all,
};

/// The best quality that a byte limit is tried with first.
pub(crate) const BEST: u8 = 92;
/// What is worse than this is made smaller instead.
pub(crate) const WORST: u8 = 40;
/// How much smaller each further try is, in percent of the edge.
const STEP: u64 = 85;

/// What is to be made of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// Done first.
    pub edit: Edit,
    /// The format of what comes out: JPEG, PNG, WebP or GIF; absent: that of the source.
    pub format: Option<Format>,
    /// The pixels that come out; absent: as many as the edit leaves.
    pub size: Option<Extent>,
    /// The fewest pixels it may be shrunk to for the bytes' sake; absent: it is not shrunk.
    pub least: Option<Extent>,
    /// The most bytes, where there is a limit.
    pub max_bytes: Option<u64>,
    /// What transparency is laid on; absent: it stays where the format knows it, or white.
    pub background: Option<[u8; 3]>,
    /// Whether only the first picture of an animation stays.
    pub still: bool,
}

impl Recipe {
    /// An edit and nothing else.
    pub const fn of(edit: Edit) -> Self {
        Self {
            edit,
            format: None,
            size: None,
            least: None,
            max_bytes: None,
            background: None,
            still: false,
        }
    }
}

/// A picture that was made; where even the smallest is above the limit of bytes, that one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its format.
    pub format: Format,
    /// Pixels across and down.
    pub size: Extent,
    /// How many pictures it holds.
    pub frames: u32,
    /// The quality it was encoded in, where the format knows any.
    pub quality: Option<u8>,
    /// Whether transparency was laid on a color.
    pub flattened: bool,
    /// Whether anything may be transparent.
    pub has_alpha: bool,
    /// The file.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// Makes a picture of a picture.
///
/// # Errors
/// As decoding finds, and `Unsupported` for what is no picture that can be changed: films, HEIC,
/// and animations that are to become a format that does not move, unless a still is asked for.
pub fn transform(source: &mut dyn Source, budget: &Budget, recipe: &Recipe) -> Result<Made> {
    let format = sniff::sniff(source, None)?;
    if format.kind() != Kind::Image || !format.has_renditions() {
        let kind = format.mime();
        return Err(Error::unsupported(format!("{kind} cannot be changed here")));
    }
    let bytes = read_all(source, budget.max_input)?;
    if !recipe.still
        && let Some(made) = animation::transform(&bytes, format, budget, recipe)?
    {
        return Ok(made);
    }
    if format == Format::Png
        && let Some(made) = deep::transform(&bytes, budget, recipe)?
    {
        return Ok(made);
    }
    let lossless = format == Format::Webp && parse_webp(&bytes, budget)?.lossless;
    let decoded = decode::decode(&bytes, format, u32::MAX, budget)?;
    drop(bytes);
    if decoded.facts.frames.is_some_and(|frames| frames > 1) && !recipe.still {
        return Err(Error::unsupported(
            "this animation cannot be changed with all its pictures; a still of it can",
        ));
    }
    let pixels = decoded
        .pixels
        .ok_or_else(|| Error::unsupported("this form of picture cannot be changed here"))?;
    let pixels = geometry::apply(pixels, decoded.facts.orientation, recipe.edit, budget)?;
    finish(
        pixels.without_idle_alpha(),
        &decoded.facts,
        recipe,
        lossless,
    )
}

/// Resized, laid on its color, and encoded.
fn finish(pixels: Pixels, facts: &Facts, recipe: &Recipe, lossless: bool) -> Result<Made> {
    let format = target(recipe.format.unwrap_or(facts.format), pixels.alpha);
    let is_flat = recipe.background.is_some() || format == Format::Jpeg;
    let flattened = pixels.alpha && is_flat;
    let pixels = if flattened {
        pixels.on(recipe.background.unwrap_or([255; 3]))
    } else {
        pixels
    };
    let pixels = sized(pixels, recipe.size)?;
    let lossless = lossless && recipe.format.is_none();
    let has_alpha = pixels.alpha;
    let made = |size, (bytes, quality)| Made {
        format,
        size,
        frames: 1,
        quality,
        flattened,
        has_alpha,
        bytes,
    };
    let Some(most) = recipe.max_bytes else {
        let file = one(&pixels, format, BEST, lossless)?;
        return Ok(made(pixels.extent(), file));
    };
    let (size, file) = within(pixels, most, recipe.least, |pixels| {
        search(pixels, format, most)
    })?;
    Ok(made(size, file))
}

/// AVIF, which is only read, becomes what everybody reads.
fn target(format: Format, alpha: bool) -> Format {
    match format {
        Format::Avif if alpha => Format::Png,
        Format::Avif => Format::Jpeg,
        format => format,
    }
}

/// The picture in a size; in its own where none is asked for.
pub(crate) fn sized(pixels: Pixels, size: Option<Extent>) -> Result<Pixels> {
    match size {
        Some(size) if size != pixels.extent() => resize::resize(&pixels, size.width, size.height),
        _ => Ok(pixels),
    }
}

/// A file and the quality it was encoded in.
type File = (Vec<u8>, Option<u8>);

/// Tries ever smaller sizes until a file is within its bytes, or no smaller size is let in.
fn within(
    mut pixels: Pixels,
    most: u64,
    least: Option<Extent>,
    encode: impl Fn(&Pixels) -> Result<File>,
) -> Result<(Extent, File)> {
    loop {
        let file = encode(&pixels)?;
        let size = pixels.extent();
        let Some(smaller) = smaller(size, least).filter(|_| file.0.len() as u64 > most) else {
            return Ok((size, file));
        };
        pixels = resize::resize(&pixels, smaller.width, smaller.height)?;
    }
}

/// The next size to try; nothing below the least.
pub(crate) fn smaller(size: Extent, least: Option<Extent>) -> Option<Extent> {
    let least = least?;
    let cut = |edge: u32| u32::try_from(u64::from(edge) * STEP / 100).unwrap_or(edge);
    let smaller = Extent {
        width: cut(size.width),
        height: cut(size.height),
    };
    let is_enough = smaller.width >= least.width.max(1) && smaller.height >= least.height.max(1);
    is_enough.then_some(smaller)
}

/// The best quality whose file is within its bytes, or else the worst that is tried.
fn search(pixels: &Pixels, format: Format, most: u64) -> Result<File> {
    let best = one(pixels, format, BEST, false)?;
    if best.0.len() as u64 <= most || best.1.is_none() {
        return Ok(best);
    }
    let mut found = one(pixels, format, WORST, false)?;
    let (mut fits, mut exceeds) = (WORST, BEST);
    while found.0.len() as u64 <= most && exceeds - fits > 1 {
        let quality = fits.midpoint(exceeds);
        let file = one(pixels, format, quality, false)?;
        if file.0.len() as u64 <= most {
            (found, fits) = (file, quality);
        } else {
            exceeds = quality;
        }
    }
    Ok(found)
}

/// The picture as a file, in a quality where the format knows any.
fn one(pixels: &Pixels, format: Format, quality: u8, lossless: bool) -> Result<File> {
    let level = f32::from(quality);
    Ok(match format {
        Format::Jpeg => (encode::jpeg(pixels, level)?, Some(quality)),
        Format::Webp if lossless => (encode::lossless_webp(pixels)?, None),
        Format::Webp => (encode::webp(pixels, level)?, Some(quality)),
        Format::Png => (encode::png(pixels)?, None),
        Format::Gif => (animation::still(pixels)?, None),
        _ => {
            return Err(Error::unsupported(
                "pictures are not written in this format",
            ));
        }
    })
}
