//! Doors to placements: what each takes, and how an asset would do there, in the reader's words.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::placement::{Region, Rgb};
use model::{Asset, AssetId, Language, Placement, Slug};
use serde::{Deserialize, Serialize};

use super::Failure;

/// What would happen to a file in a placement, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    Fits,
    Cut,
    TooSmall,
    Refused,
    Unsure,
}

impl Fit {
    /// The word that style and tests know it by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Cut => "cut",
            Self::TooSmall => "too-small",
            Self::Refused => "refused",
            Self::Unsure => "unsure",
        }
    }
}

/// How an asset would do in one placement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceFit {
    /// The id of the placement.
    pub id: Slug,
    pub name: String,
    pub fit: Fit,
    /// The verdict, a sentence each.
    pub said: Vec<String>,
    /// What is seen of it, where it will be cut.
    pub stays: Option<Region>,
    /// Whether a copy made for it loses its transparency.
    pub lays_flat: bool,
}

/// How an asset would do in the placements of a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelFit {
    pub name: String,
    pub places: Vec<PlaceFit>,
}

impl ChannelFit {
    /// In how many of its placements the asset fits as it is.
    pub fn fitting(&self) -> usize {
        self.count(Fit::Fits)
    }

    /// How many take the asset and show a part of it.
    pub fn cut(&self) -> usize {
        self.count(Fit::Cut)
    }

    fn count(&self, fit: Fit) -> usize {
        self.places.iter().filter(|place| place.fit == fit).count()
    }
}

/// A copy that was made for a placement, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeFit {
    /// The id of the placement.
    pub placement: Slug,
    /// The copy and its name.
    pub copy: Option<(AssetId, String)>,
    /// What was done, or what is in the way, a sentence each.
    pub said: Vec<String>,
}

/// Every placement, or how one asset would do in each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    Rules(Vec<Placement>),
    Fits(Box<Asset>, Vec<ChannelFit>),
}

/// Every placement with its rules.
#[server(prefix = "/rpc", endpoint = "list_placements", input = Json)]
pub async fn list_placements() -> Result<Vec<Placement>, Failure> {
    use super::context::{actor, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let page = library.list_placements(&actor, None, Limit::MOST);
    Ok(page.await?.items)
}

/// How an asset would do in each placement.
#[server(prefix = "/rpc", endpoint = "list_fits", input = Json)]
pub async fn list_fits(id: AssetId, language: Language) -> Result<Vec<ChannelFit>, Failure> {
    Ok(fits(id, language).await?.1)
}

/// Every placement, or how one asset would do in each.
#[server(prefix = "/rpc", endpoint = "show_placements", input = Json)]
pub async fn show_placements(asset: Option<AssetId>, language: Language) -> Result<Shown, Failure> {
    if let Some(id) = asset {
        let (asset, channels) = fits(id, language).await?;
        return Ok(Shown::Fits(Box::new(asset), channels));
    }
    Ok(Shown::Rules(list_placements().await?))
}

/// Makes copies of a picture that fit placements; each is answered by itself.
///
/// Transparency is laid on the color where it would be lost, and kept elsewhere.
#[server(prefix = "/rpc", endpoint = "fit_asset", input = Json)]
pub async fn fit_asset(
    id: AssetId,
    placements: Vec<Slug>,
    backdrop: Rgb,
    language: Language,
) -> Result<Vec<MadeFit>, Failure> {
    use super::context::{actor, library};
    use crate::text::Text;

    let (library, actor, text) = (library(), actor()?, Text::of(language));
    let backdrop = model::placement::Backdrop::WhereLost(backdrop);
    let answers = library.fit_asset_many(&actor, id, &placements, backdrop);
    let told = |answer: model::placement::FitAnswer| MadeFit {
        placement: answer.placement,
        said: match (&answer.fitted, &answer.problem) {
            (Some(fitted), _) => text.steps(&fitted.steps),
            (None, problem) => problem.iter().map(|why| text.problem(why)).collect(),
        },
        copy: answer
            .fitted
            .map(|fitted| (fitted.asset.id, fitted.asset.name.to_string())),
    };
    Ok(answers.await?.into_iter().map(told).collect())
}

#[cfg(feature = "ssr")]
async fn fits(id: AssetId, language: Language) -> Result<(Asset, Vec<ChannelFit>), Failure> {
    use super::context::{actor, library};
    use crate::text::Text;
    use model::Limit;
    use model::placement::{Facts, Outcome};

    let (library, actor, text) = (library(), actor()?, Text::of(language));
    let asset = library.get_asset(&actor, id).await?;
    let pixels = Facts::of(&asset).pixels;
    let places = library.list_placements(&actor, None, Limit::MOST).await?;
    let foreseen = library.foresee_fits(&actor, id).await?;
    let verdicts = library.judge_asset(&actor, id, None, Limit::MOST).await?;
    let mut channels: Vec<ChannelFit> = Vec::new();
    for verdict in verdicts.items {
        let mut known = places.items.iter();
        let Some(place) = known.find(|place| place.id == verdict.placement) else {
            continue;
        };
        let name = place.channel.name.of(language);
        if channels.last().is_none_or(|channel| channel.name != name) {
            channels.push(ChannelFit {
                name: name.to_owned(),
                places: Vec::new(),
            });
        }
        let Some(channel) = channels.last_mut() else {
            continue;
        };
        let mut said = text.verdict(&verdict, pixels);
        if matches!(verdict.outcome, Outcome::Cut { .. }) && asset.can_be_cropped() {
            said.extend(text.instead(foreseen.around).map(str::to_owned));
        }
        channel.places.push(PlaceFit {
            id: place.id.clone(),
            lays_flat: foreseen.flat.contains(&place.id),
            name: place.name.of(language).to_owned(),
            said,
            stays: match verdict.outcome {
                Outcome::Cut { region } => Some(region),
                _ => None,
            },
            fit: match verdict.outcome {
                Outcome::Fits => Fit::Fits,
                Outcome::Cut { .. } => Fit::Cut,
                Outcome::TooSmall { .. } => Fit::TooSmall,
                Outcome::Refused { .. } => Fit::Refused,
                Outcome::Unsure => Fit::Unsure,
            },
        });
    }
    Ok((asset, channels))
}
