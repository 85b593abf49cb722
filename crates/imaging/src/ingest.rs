//! What ingest asks of bytes, in one decode: facts, thumbnail, placeholder, color and what stands out.

use model::{FocalPoint, Kind, Preset as Named, RenditionFormat};
use serde::{Deserialize, Serialize};

use crate::{
    Budget, Error, Facts, Format, Pixels, Result, Source, decode, encode, orient, pdf, placeholder,
    probe, resize, salience, sniff, source::read_all,
};

/// How the thumbnail is made that comes with the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThumbSpec {
    /// The longer edge, never exceeded and never grown to.
    pub max_edge: u32,
    /// Its format.
    pub format: RenditionFormat,
    /// From 0 to 100, as the format counts.
    pub quality: u8,
}

impl ThumbSpec {
    /// As a preset says.
    pub const fn of(preset: Named, format: RenditionFormat) -> Self {
        Self {
            max_edge: preset.max_edge(),
            format,
            quality: preset.quality(format),
        }
    }
}

impl Default for ThumbSpec {
    fn default() -> Self {
        Self::of(Named::Thumb, RenditionFormat::Webp)
    }
}

/// How a rendition is made: it fits inside, upright, and is never larger than the picture.
pub type Preset = ThumbSpec;

/// An encoded picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The format of the bytes.
    pub format: RenditionFormat,
    /// The file.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// Everything ingest learns from bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspected {
    /// What is known of them.
    pub facts: Facts,
    /// The thumbnail, of pictures that have renditions.
    pub thumb: Option<Picture>,
    /// A blur as a `data:` URL.
    pub placeholder: Option<String>,
    /// The main color as `#rrggbb`.
    pub color: Option<String>,
    /// What of it stands out.
    pub salient: Option<FocalPoint>,
}

/// Looks at bytes: their format by content, their facts, and of pictures a thumbnail.
///
/// # Errors
/// `Unsupported`, `Corrupt` or `TooManyPixels`, each with words for a person.
pub fn inspect(
    source: &mut dyn Source,
    name: Option<&str>,
    budget: &Budget,
    thumb: ThumbSpec,
) -> Result<Inspected> {
    let format = sniff::sniff(source, name)?;
    if format.kind() != Kind::Image {
        let facts = probe::probe(source, format)?;
        return Ok(Inspected {
            facts,
            thumb: None,
            placeholder: None,
            color: None,
            salient: None,
        });
    }
    let bytes = read_all(source, budget.max_input)?;
    let decoded = decode::decode(&bytes, format, thumb.max_edge, budget)?;
    drop(bytes);
    let Some(pixels) = decoded.pixels else {
        return Ok(Inspected {
            facts: decoded.facts,
            thumb: None,
            placeholder: None,
            color: None,
            salient: None,
        });
    };
    let pixels = fitted(pixels, &decoded.facts, thumb.max_edge)?;
    let placeholder = placeholder::data_url(&pixels)?;
    let color = Some(placeholder::dominant_color(&pixels));
    let salient = Some(salience::salient(&pixels)?);
    let thumb = Some(picture(pixels, thumb)?);
    Ok(Inspected {
        facts: decoded.facts,
        thumb,
        placeholder,
        color,
        salient,
    })
}

/// Looks at a drawing, which is taken for what its first element says and not opened any further;
/// nothing where it is none.
///
/// # Errors
/// Where the bytes cannot be read.
pub fn inspect_drawing(source: &mut dyn Source, name: Option<&str>) -> Result<Option<Inspected>> {
    Ok(sniff::is_drawing(source, name)?.then(|| Inspected {
        facts: Facts::new(Format::Svg),
        thumb: None,
        placeholder: None,
        color: None,
        salient: None,
    }))
}

/// Makes one rendition.
///
/// # Errors
/// As [`inspect`], and `Unsupported` for what has no renditions.
pub fn render(source: &mut dyn Source, budget: &Budget, preset: Preset) -> Result<Picture> {
    let format = sniff::sniff(source, None)?;
    if format == Format::Pdf {
        return picture(pdf::draw(source, budget, 1, preset.max_edge)?, preset);
    }
    if !format.has_renditions() {
        return Err(Error::unsupported(format!(
            "{} has no renditions",
            format.mime()
        )));
    }
    let bytes = read_all(source, budget.max_input)?;
    let decoded = decode::decode(&bytes, format, preset.max_edge, budget)?;
    drop(bytes);
    let none = || Error::unsupported("this form of picture has no renditions");
    let pixels = fitted(
        decoded.pixels.ok_or_else(none)?,
        &decoded.facts,
        preset.max_edge,
    )?;
    picture(pixels, preset)
}

/// Makes a rendition of one page of a document, counted from 1.
///
/// # Errors
/// As [`render`], and `Unsupported` for what has no such page.
pub fn render_page(
    source: &mut dyn Source,
    budget: &Budget,
    page: u32,
    preset: Preset,
) -> Result<Picture> {
    if sniff::sniff(source, None)? != Format::Pdf {
        return Err(Error::unsupported("only a PDF has pages that are drawn"));
    }
    picture(pdf::draw(source, budget, page, preset.max_edge)?, preset)
}

/// The pixels upright and inside the edge; sizes come from the whole picture, not from its draft.
fn fitted(pixels: Pixels, facts: &Facts, max_edge: u32) -> Result<Pixels> {
    let full = facts
        .width
        .zip(facts.height)
        .unwrap_or((pixels.width, pixels.height));
    let (width, height) = resize::fit(full.0, full.1, max_edge);
    let (across, down) = orient::size(width, height, facts.orientation);
    let pixels = if (across, down) == (pixels.width, pixels.height) {
        pixels
    } else {
        resize::resize(&pixels, across, down)?
    };
    Ok(orient::upright(pixels, facts.orientation))
}

fn picture(pixels: Pixels, spec: ThumbSpec) -> Result<Picture> {
    let (width, height) = (pixels.width, pixels.height);
    let bytes = encode::rendition(pixels.without_idle_alpha(), spec.format, spec.quality)?;
    Ok(Picture {
        width,
        height,
        format: spec.format,
        bytes,
    })
}
