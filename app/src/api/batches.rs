//! Doors to many assets at once.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Batch, BatchAnswer, BatchId, BatchRequest, Changes};

use super::Failure;

/// Does one thing to many assets: each answered, or a batch to watch.
#[server(prefix = "/rpc", endpoint = "change_assets", input = Json)]
pub async fn change_assets(request: BatchRequest) -> Result<BatchAnswer, Failure> {
    use super::context::{actor, library};

    let (action, selection) = request.parse()?;
    Ok(library()
        .change_assets(&actor()?, action, selection)
        .await?)
}

/// Does one thing to chosen assets, however many; with what turns just that back.
#[server(prefix = "/rpc", endpoint = "change_chosen", input = Json)]
pub async fn change_chosen(request: BatchRequest) -> Result<Changes, Failure> {
    use model::{Problem, Selection};

    let (action, Selection::Ids(ids)) = request.parse()? else {
        return Err(Problem::invalid("ids", "Name the assets.").into());
    };
    change(action, &ids).await
}

/// How far a batch has come.
#[server(prefix = "/rpc", endpoint = "get_batch", input = Json)]
pub async fn get_batch(id: BatchId) -> Result<Batch, Failure> {
    use super::context::{actor, library};

    Ok(library().get_batch(&actor()?, id).await?)
}

/// Stops a batch.
#[server(prefix = "/rpc", endpoint = "cancel_batch", input = Json)]
pub async fn cancel_batch(id: BatchId) -> Result<Batch, Failure> {
    use super::context::{actor, library};

    Ok(library().cancel_batch(&actor()?, id).await?)
}

/// Turns back what a batch changed and is still as it left it.
#[server(prefix = "/rpc", endpoint = "undo_batch", input = Json)]
pub async fn undo_batch(id: BatchId) -> Result<Batch, Failure> {
    use super::context::{actor, library};

    Ok(library().undo_batch(&actor()?, id).await?)
}

/// Removes all that is in the trash for good.
#[server(prefix = "/rpc", endpoint = "empty_trash", input = Json)]
pub async fn empty_trash() -> Result<BatchAnswer, Failure> {
    use super::context::{actor, library};

    Ok(library().empty_trash(&actor()?).await?)
}

/// Does one thing to some assets.
///
/// What cannot be changed any more is left out; where nothing could be, that is a failure.
#[cfg(feature = "ssr")]
pub(super) async fn change(
    action: model::BatchAction,
    ids: &[model::AssetId],
) -> Result<Changes, Failure> {
    use super::context::{actor, library};

    let changes = library().change_chosen(&actor()?, action, ids).await?;
    match changes.problem {
        Some(problem) if changes.assets.is_empty() => Err(problem.into()),
        _ => Ok(changes),
    }
}
