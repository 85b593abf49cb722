//! Make it fit: pictures made for placements, in one call, that pass their own verdict.

use imaging::Format;
use model::{
    AssetId, ByteSize, Edit, EventKind, FocalPoint, Kind, Mime, Placement, Problem, ProblemCode,
    Reason, Right, Slug,
    placement::{
        Backdrop, Color, ColorMode, Facts, FitAnswer, Fitted, Focus, Outcome, Plan, Rgb, Step,
        judge, plan,
    },
};

use crate::{
    Actor, Error, Library, Result,
    crops::{Picture, derivation},
    db::derivations::DerivationRow,
    decoder::{Made, Recipe},
    embed::Door,
    ingest::MadeOf,
    placements,
};

/// The most placements that are asked for at once.
const MOST: usize = 50;

/// A picture to be fitted, and what is known of it.
pub(crate) struct Subject {
    pub picture: Picture,
    facts: Facts,
    /// What stands out of it.
    salient: Option<FocalPoint>,
    /// Every placement of the account.
    placements: Vec<Placement>,
}

/// What is known of copies before they are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foresight {
    /// What they are cut around.
    pub around: Focus,
    /// The placements for which transparency is laid on a color.
    pub flat: Vec<Slug>,
}

/// A picture that was made for a placement, before it is kept.
pub(crate) struct Fitting<'a> {
    pub made: Made,
    pub row: DerivationRow,
    placement: &'a Placement,
    steps: Vec<Step>,
}

impl Library {
    /// Makes a copy of a picture that passes the verdict of a placement, or says why there is none.
    ///
    /// The picture is cut around its focal point; where it has none, around what stands out, or
    /// around its middle.
    pub async fn fit_asset(
        &self,
        actor: &Actor,
        id: AssetId,
        placement: &Slug,
        background: Option<Rgb>,
    ) -> Result<Fitted> {
        self.admit(actor, Door::FitAsset).await?;
        let subject = self.find_subject(actor, id).await?;
        self.fit(actor, &subject, placement, background.into())
            .await
    }

    /// Makes a copy for each of several placements; each is answered by itself.
    pub async fn fit_asset_many(
        &self,
        actor: &Actor,
        id: AssetId,
        placements: &[Slug],
        backdrop: Backdrop,
    ) -> Result<Vec<FitAnswer>> {
        self.require(actor, Right::Edit).await?;
        if !(1..=MOST).contains(&placements.len()) {
            let detail = format!("Name 1 to {MOST} placements.");
            return Err(Problem::invalid("placements", detail).into());
        }
        let subject = self.find_subject(actor, id).await?;
        let mut answers = Vec::new();
        for placement in placements {
            let fitted = self.fit(actor, &subject, placement, backdrop).await;
            let (fitted, problem) = match fitted {
                Ok(fitted) => (Some(fitted), None),
                Err(error) => (None, Some(Problem::from(error))),
            };
            answers.push(FitAnswer {
                placement: placement.clone(),
                fitted,
                problem,
            });
        }
        Ok(answers)
    }

    /// What a copy of a picture would be cut around, and the placements for which it would lose its
    /// transparency.
    pub async fn foresee_fits(&self, actor: &Actor, id: AssetId) -> Result<Foresight> {
        self.require(actor, Right::View).await?;
        let asset = self.get_asset(actor, id).await?;
        let learned = self.learned_salient(actor.account_id, &asset).await?;
        let (around, focus) = Focus::of(asset.focal_point, learned.salient);
        let facts = Facts::of(&asset).with(learned);
        let mut flat = Vec::new();
        if asset.can_be_cropped() && facts.has_alpha == Some(true) {
            let mut tx = self.inner.db.read().await?;
            flat = placements::all(&mut tx, actor.account_id).await?;
            flat.retain(|one| plan(one, &facts, focus).is_ok_and(|plan| plan.is_flat()));
        }
        Ok(Foresight {
            around,
            flat: flat.into_iter().map(|one| one.id).collect(),
        })
    }

    /// A picture as it is now, and what is known of it.
    pub(crate) async fn find_subject(&self, actor: &Actor, id: AssetId) -> Result<Subject> {
        let picture = self.find_picture(actor, id, None).await?.anew();
        let learned = self
            .learned_salient(actor.account_id, &picture.asset)
            .await?;
        let mut tx = self.inner.db.read().await?;
        Ok(Subject {
            salient: learned.salient,
            facts: Facts::of(&picture.asset).with(learned),
            picture,
            placements: placements::all(&mut tx, actor.account_id).await?,
        })
    }

    async fn fit(
        &self,
        actor: &Actor,
        subject: &Subject,
        id: &Slug,
        backdrop: Backdrop,
    ) -> Result<Fitted> {
        let fitting = self.make_fitting(actor, subject, id, backdrop).await?;
        let picture = &subject.picture;
        let origin = MadeOf {
            row: fitting.row,
            version_of: None,
            event: EventKind::AssetCreated,
            alt_text: picture.row.alt_text.clone(),
            teams: picture.asset.teams.clone(),
        };
        let name = picture.named(id.as_str());
        let kept = self.keep_made(actor, picture, fitting.made, name, origin);
        let asset = kept.await?;
        let learned = self.learned(actor.account_id, &asset).await?;
        Ok(Fitted {
            verdict: judge(fitting.placement, &Facts::of(&asset).with(learned)),
            asset,
            steps: fitting.steps,
        })
    }

    /// Makes a picture that passes the verdict of a placement; it is not kept yet.
    pub(crate) async fn make_fitting<'a>(
        &self,
        actor: &Actor,
        subject: &'a Subject,
        id: &Slug,
        backdrop: Backdrop,
    ) -> Result<Fitting<'a>> {
        let placement = subject.placements.iter().find(|one| one.id == *id);
        let placement = placement.ok_or_else(Problem::not_found)?;
        let plan = plan(placement, &subject.facts, subject.focus().1);
        let plan = plan.map_err(|why| subject.unmet(placement, &why))?;
        let (made, edit) = self
            .try_formats(actor, subject, (placement, &plan), backdrop)
            .await?;
        Ok(Fitting {
            placement,
            steps: subject.steps(&plan, &made, backdrop.color()),
            row: DerivationRow {
                placement: Some(id.to_string()),
                background: made.flattened.then(|| backdrop.color().to_string()),
                ..derivation(&subject.picture.base, &edit)
            },
            made,
        })
    }

    /// The first format in which the picture passes, or why none does.
    async fn try_formats(
        &self,
        actor: &Actor,
        subject: &Subject,
        (placement, plan): (&Placement, &Plan),
        backdrop: Backdrop,
    ) -> Result<(Made, Edit)> {
        let edit = Edit {
            region: Some(plan.region),
            ..Edit::default()
        };
        let most = self.most_bytes(actor).await?;
        let bound = plan.bytes.map_or(most, |bytes| bytes.min(most));
        let mut why = String::new();
        for (mime, still) in &plan.formats {
            let moves = !still && subject.facts.frames.is_some_and(|frames| frames > 1);
            let format = imaging::KNOWN
                .iter()
                .find(|known| known.mime == mime.as_str());
            let is_lost = plan.is_opaque || mime.as_str() == Format::Jpeg.mime();
            let background = match subject.facts.has_alpha {
                Some(false) => None,
                _ => backdrop.under(is_lost),
            };
            let recipe = Recipe {
                edit,
                format: format.map(|known| known.format),
                size: Some(plan.size),
                least: plan.least,
                max_bytes: None,
                background: background.map(|color| color.0),
                still: *still,
            };
            let made = self.make_within(actor, subject, recipe, (plan.advised_bytes, bound));
            let made = match made.await {
                // More than can be changed in time as a film may still do as a still.
                Err(Error::Problem(problem)) if moves && is_unfit(&problem) => {
                    problem.detail.trim_end_matches('.').clone_into(&mut why);
                    continue;
                }
                made => made?,
            };
            let verdict = judge(placement, &facts_of(&made));
            if verdict.outcome == Outcome::Fits && made.bytes.len() as u64 <= most.as_u64() {
                return Ok((made, edit));
            }
            let size = ByteSize::bytes(made.bytes.len() as u64);
            why = format!("the smallest {mime} that can be made of it has {size}");
            tracing::debug!(?verdict, "a picture that was made does not fit");
        }
        Err(subject.unmet(placement, &why).into())
    }
}

impl Library {
    /// A picture of the bytes that are advised, if that costs no pixels, else of those that it may have.
    async fn make_within(
        &self,
        actor: &Actor,
        subject: &Subject,
        recipe: Recipe,
        (advised, bound): (Option<ByteSize>, ByteSize),
    ) -> Result<Made> {
        let picture = &subject.picture;
        if let Some(advised) = advised.filter(|advised| *advised < bound) {
            let whole = Recipe {
                max_bytes: Some(advised.as_u64()),
                least: None,
                ..recipe
            };
            let made = self.make_picture(actor, picture, whole).await?;
            if made.bytes.len() as u64 <= bound.as_u64() {
                return Ok(made);
            }
        }
        let recipe = Recipe {
            max_bytes: Some(bound.as_u64()),
            ..recipe
        };
        self.make_picture(actor, picture, recipe).await
    }
}

/// Whether no picture can be made in that way, however often it is tried.
fn is_unfit(problem: &Problem) -> bool {
    problem.code == ProblemCode::UnsupportedKind
}

impl Subject {
    /// What it is cut around: what somebody said, what stands out, or the middle.
    fn focus(&self) -> (Focus, FocalPoint) {
        Focus::of(self.picture.asset.focal_point, self.salient)
    }

    /// A placement that cannot be met, and the nearest that can.
    fn unmet(&self, placement: &Placement, why: &str) -> Problem {
        let (name, there) = (&self.picture.row.name, &placement.name.en);
        let detail = format!("{name} cannot be made to fit “{there}”: {why}.");
        let possible = |one: &&Placement| {
            one.id != placement.id && plan(one, &self.facts, self.focus().1).is_ok()
        };
        let mut others = self.placements.iter().filter(possible);
        let near = others
            .clone()
            .find(|one| one.channel.id == placement.channel.id)
            .or_else(|| others.next());
        let problem = |detail| Problem {
            field: Some("placement".to_owned()),
            ..Problem::new(ProblemCode::Invalid, detail)
        };
        match near {
            Some(near) => {
                let (id, title, channel) = (&near.id, &near.name.en, &near.channel.name.en);
                let detail =
                    format!("{detail} It can be made to fit “{title}” ({channel}, `{id}`).");
                problem(detail).named(id.as_str())
            }
            None => problem(detail),
        }
        .because(Reason::CannotFit)
    }

    fn steps(&self, plan: &Plan, made: &Made, background: Rgb) -> Vec<Step> {
        let mut steps = Vec::new();
        let frames = self.facts.frames.unwrap_or(1);
        if frames > made.frames {
            steps.push(Step::Stilled { frames });
        }
        if Some(plan.region.extent()) != self.facts.pixels {
            steps.push(Step::Cropped {
                region: plan.region,
                around: self.focus().0,
            });
        }
        if made.size != plan.region.extent() {
            steps.push(Step::Resized {
                from: plan.region.extent(),
                to: made.size,
            });
        }
        if made.flattened {
            steps.push(Step::Flattened { background });
        }
        steps.push(Step::Encoded {
            mime: Mime(made.format.mime().to_owned()),
            quality: made.quality,
            size: ByteSize::bytes(made.bytes.len() as u64),
        });
        steps
    }
}

/// What is known of a picture that was made, before it is kept.
fn facts_of(made: &Made) -> Facts {
    let size = ByteSize::bytes(made.bytes.len() as u64);
    let colors = if made.has_alpha {
        ColorMode::Rgba
    } else {
        ColorMode::Rgb
    };
    Facts {
        pixels: Some(made.size),
        frames: Some(made.frames),
        has_alpha: Some(made.has_alpha),
        color: Some(Color {
            mode: colors,
            bits: 8,
        }),
        ..Facts::new(Kind::Image, Mime(made.format.mime().to_owned()), size)
    }
}
