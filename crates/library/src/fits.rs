//! Make it fit: pictures made for placements, in one call, that pass their own verdict.

use imaging::Format;
use model::{
    AssetId, ByteSize, Edit, FocalPoint, Kind, Mime, Placement, Problem, ProblemCode, Reason,
    Right, Slug,
    placement::{
        Color, ColorMode, Facts, FitAnswer, Fitted, Outcome, Plan, Rgb, Step, judge, plan,
    },
};

use crate::{
    Actor, Library, Result,
    crops::{Picture, derivation},
    decoder::{Made, Recipe},
    ingest::MadeOf,
    placements,
};

/// The most placements that are asked for at once.
const MOST: usize = 50;

/// A picture to be fitted, and what is known of it.
struct Subject {
    picture: Picture,
    facts: Facts,
    /// Every placement of the account.
    placements: Vec<Placement>,
}

impl Library {
    /// Makes a copy of a picture that passes the verdict of a placement, or says why there is none.
    ///
    /// The picture is cut around its focal point, or around its middle where it has none.
    pub async fn fit_asset(
        &self,
        actor: &Actor,
        id: AssetId,
        placement: &Slug,
        background: Option<Rgb>,
    ) -> Result<Fitted> {
        self.require(actor, Right::Edit).await?;
        let subject = self.find_subject(actor, id).await?;
        self.fit(actor, &subject, placement, background).await
    }

    /// Makes a copy for each of several placements; each is answered by itself.
    pub async fn fit_asset_many(
        &self,
        actor: &Actor,
        id: AssetId,
        placements: &[Slug],
        background: Option<Rgb>,
    ) -> Result<Vec<FitAnswer>> {
        self.require(actor, Right::Edit).await?;
        if !(1..=MOST).contains(&placements.len()) {
            let detail = format!("Name 1 to {MOST} placements.");
            return Err(Problem::invalid("placements", detail).into());
        }
        let subject = self.find_subject(actor, id).await?;
        let mut answers = Vec::new();
        for placement in placements {
            let fitted = self.fit(actor, &subject, placement, background).await;
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

    async fn find_subject(&self, actor: &Actor, id: AssetId) -> Result<Subject> {
        let picture = self.find_picture(actor, id, None).await?.as_it_is();
        let learned = self.learned(actor.account_id, &picture.asset).await?;
        let mut tx = self.inner.db.read().await?;
        Ok(Subject {
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
        background: Option<Rgb>,
    ) -> Result<Fitted> {
        let placement = subject.placements.iter().find(|one| one.id == *id);
        let placement = placement.ok_or_else(Problem::not_found)?;
        let plan = plan(placement, &subject.facts, subject.focus());
        let plan = plan.map_err(|why| subject.unmet(placement, &why))?;
        let background = background.filter(|_| subject.facts.has_alpha != Some(false));
        let (made, edit) = self
            .try_formats(actor, subject, (placement, &plan), background)
            .await?;
        let steps = subject.steps(&plan, &made, background.unwrap_or(Rgb::WHITE));
        let origin = MadeOf {
            row: derivation(&subject.picture.base, &edit, Some(id.to_string())),
            version_of: None,
            alt_text: subject.picture.row.alt_text.clone(),
            teams: subject.picture.asset.teams.clone(),
        };
        let name = subject.picture.named(id.as_str());
        let asset = self
            .keep_made(actor, &subject.picture, made, name, origin)
            .await?;
        let learned = self.learned(actor.account_id, &asset).await?;
        Ok(Fitted {
            verdict: judge(placement, &Facts::of(&asset).with(learned)),
            asset,
            steps,
        })
    }

    /// The first format in which the picture passes, or why none does.
    async fn try_formats(
        &self,
        actor: &Actor,
        subject: &Subject,
        (placement, plan): (&Placement, &Plan),
        background: Option<Rgb>,
    ) -> Result<(Made, Edit)> {
        let edit = Edit {
            region: Some(plan.region),
            ..Edit::default()
        };
        let most = self.most_bytes(actor).await?;
        let mut why = String::new();
        for (mime, still) in &plan.formats {
            let format = imaging::KNOWN
                .iter()
                .find(|known| known.mime == mime.as_str());
            let recipe = Recipe {
                edit,
                format: format.map(|known| known.format),
                size: Some(plan.size),
                least: plan.least,
                max_bytes: Some(plan.bytes.map_or(most, |bytes| bytes.min(most)).as_u64()),
                background: background
                    .or_else(|| plan.is_opaque.then_some(Rgb::WHITE))
                    .map(|color| color.0),
                still: *still || subject.facts.mime.as_str() != Format::Gif.mime(),
            };
            let made = self.make_picture(actor, &subject.picture, recipe).await?;
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

impl Subject {
    /// What must stay visible: what somebody said, or the middle.
    fn focus(&self) -> FocalPoint {
        self.picture.asset.focal_point.unwrap_or(FocalPoint::MIDDLE)
    }

    /// A placement that cannot be met, and the nearest that can.
    fn unmet(&self, placement: &Placement, why: &str) -> Problem {
        let (name, there) = (&self.picture.row.name, &placement.name.en);
        let detail = format!("{name} cannot be made to fit “{there}”: {why}.");
        let possible = |one: &&Placement| {
            one.id != placement.id && plan(one, &self.facts, self.focus()).is_ok()
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
    let mode = if made.has_alpha {
        ColorMode::Rgba
    } else {
        ColorMode::Rgb
    };
    Facts {
        pixels: Some(made.size),
        frames: Some(made.frames),
        has_alpha: Some(made.has_alpha),
        color: Some(Color { mode, bits: 8 }),
        ..Facts::new(Kind::Image, Mime(made.format.mime().to_owned()), size)
    }
}
