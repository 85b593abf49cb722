//! `/placements`: where in messages files go, and how an asset would do there.

use axum::{extract::State as Extract, http::StatusCode};
use library::Library;
use model::{
    AccountId, AssetId, Page, Placement, Problem, Slug, Verdict,
    placement::{FitAnswer, Fitted, Rgb},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answer, Private,
    extract::{Asked, Id, MaybeSaid, Said, Words},
    page::ListPage,
};
use crate::{failure::Result, identify::SignedIn};

/// Lists the places that messages have, channel by channel, with the rules of each.
#[utoipa::path(get, path = "/placements", tag = "placements", params(ListPage),
    responses((status = 200, body = Page<Placement>, example = json!({
        "items": [{
            "id": "push-web-icon",
            "channel": { "id": "push", "name": { "en": "Push notification", "pt-BR": "Notificação push" } },
            "name": { "en": "Web, icon", "pt-BR": "Web, ícone" },
            "rules": [{
                "limit": { "of": "pixels", "min_width": 192, "min_height": 192 },
                "unit": "pixels",
                "strength": "must",
                "source": "https://www.braze.com/docs/user_guide/engagement_tools/templates_and_media/media_library",
                "checked_on": "2026-11-21",
                "confidence": "provider"
            }],
            "is_own": false
        }],
        "next_cursor": null
    }))))]
pub async fn list_placements(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Placement>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_placements(&actor, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Tells how an asset would do in each placement, with the figures.
#[utoipa::path(get, path = "/assets/{id}/placements", tag = "placements",
    params(("id" = AssetId, Path), ListPage),
    responses((status = 200, body = Page<Verdict>, example = json!({
        "items": [
            { "placement": "email-attachment", "verdict": "fits", "advice": [], "unknown": [] },
            {
                "placement": "push-ios",
                "verdict": "cut",
                "region": { "x": 0, "y": 250, "width": 1000, "height": 500 },
                "advice": [],
                "unknown": []
            },
            {
                "placement": "telegram-photo-by-url",
                "verdict": "refused",
                "broken": [{
                    "limit": { "of": "bytes", "max": 5_000_000 },
                    "found": { "bytes": 7_200_000 },
                    "source": "https://core.telegram.org/bots/api"
                }],
                "advice": [],
                "unknown": []
            }
        ],
        "next_cursor": null
    }))))]
pub async fn list_asset_placements(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Verdict>> {
    let (cursor, limit) = page.read()?;
    let page = library.judge_asset(&actor, id, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// What a picture is made to fit with.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(examples(json!({ "background": "#ffffff" })))]
pub struct FitOne {
    /// The color that transparency is laid on; where it is absent, transparency stays where it may,
    /// and is laid on white where it must not.
    #[schema(value_type = Option<String>, pattern = "^#[0-9a-fA-F]{6}$")]
    background: Option<Rgb>,
}

/// Which placements a picture is made for, and with what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "placements": ["push-web-image", "email-newsletter"], "background": "#ffffff" })))]
pub struct FitMany {
    /// Ids of placements.
    #[schema(min_items = 1, max_items = 50)]
    placements: Vec<Slug>,
    /// The color that transparency is laid on.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^#[0-9a-fA-F]{6}$")]
    background: Option<Rgb>,
}

/// What came of it, one answer for each placement.
#[derive(Debug, Serialize, ToSchema)]
pub struct FitAnswers {
    items: Vec<FitAnswer>,
}

/// Makes a copy of a picture that fits a placement, and tells what was done.
#[utoipa::path(post, path = "/assets/{id}/placements/{placement}", tag = "placements",
    params(("id" = AssetId, Path), ("placement" = Slug, Path)), request_body = FitOne,
    responses((status = 201, body = Fitted)))]
pub async fn fit_asset(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Words((asset, placement)): Words<(String, String)>,
    MaybeSaid(asked): MaybeSaid<FitOne>,
) -> Result<(StatusCode, Private<Fitted>)> {
    let id = asset.parse().map_err(|_| Problem::not_found())?;
    let placement: Slug = placement.parse().map_err(|_| Problem::not_found())?;
    let fitted = library.fit_asset(&actor, id, &placement, asked.background);
    Ok((StatusCode::CREATED, Private(fitted.await?)))
}

/// Makes a copy of a picture for each of several placements; each is answered by itself.
#[utoipa::path(post, path = "/assets/{id}/placements", tag = "placements",
    params(("id" = AssetId, Path)), request_body = FitMany,
    responses((status = 200, body = FitAnswers)))]
pub async fn fit_asset_many(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AssetId>,
    Said(asked): Said<FitMany>,
) -> Answer<FitAnswers> {
    let answers = library.fit_asset_many(&actor, id, &asked.placements, asked.background.into());
    Ok(Private(FitAnswers {
        items: answers.await?,
    }))
}

/// Lists what operators say that placements take from an account, by id.
#[utoipa::path(get, path = "/accounts/{id}/placements", tag = "administration",
    params(("id" = AccountId, Path), ListPage),
    responses((status = 200, body = Page<Placement>)))]
pub async fn list_account_placements(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AccountId>,
    Asked(page): Asked<ListPage>,
) -> Answer<Page<Placement>> {
    let (cursor, limit) = page.read()?;
    let page = library.list_own_placements(&actor, id, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Adds a placement to an account's, in place of the one of the same id.
#[utoipa::path(post, path = "/accounts/{id}/placements", tag = "administration",
    params(("id" = AccountId, Path)), request_body = Placement,
    responses((status = 200, body = Placement)))]
pub async fn set_account_placement(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AccountId>,
    Said(placement): Said<Placement>,
) -> Answer<Placement> {
    Ok(Private(library.set_placement(&actor, id, placement).await?))
}

/// Removes a placement of an account's own; the catalogue's of the same id is back then.
#[utoipa::path(delete, path = "/accounts/{id}/placements/{placement}", tag = "administration",
    params(("id" = AccountId, Path), ("placement" = Slug, Path)),
    responses((status = 204)))]
pub async fn remove_account_placement(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Words((account, placement)): Words<(String, String)>,
) -> Result<StatusCode> {
    let account = account.parse().map_err(|_| Problem::not_found())?;
    let placement: Slug = placement.parse().map_err(|_| Problem::not_found())?;
    library
        .remove_placement(&actor, account, &placement)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
