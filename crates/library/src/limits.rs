//! What is enforced on the way in, told to whoever asks.

use model::{AccountLimits, FileName, Kind, KindLimit, KindSizes, Limits};

use crate::{Actor, Library, Result, embed::Door};

impl Library {
    /// What is enforced for the actor's account.
    pub async fn limits(&self, actor: &Actor) -> Result<Limits> {
        self.admit(actor, Door::ReadLimits).await?;
        let AccountLimits {
            quota,
            max_size,
            folder_images,
            retention_days,
            max_assets,
            ..
        } = self.get_own_account(actor).await?.limits;
        Ok(Limits {
            kinds: Kind::ALL
                .map(|kind| of_kind(kind, &max_size, self.inner.config.svg))
                .to_vec(),
            max_pixels: self.inner.config.max_pixels,
            folder_images,
            max_name_chars: u32::try_from(FileName::MAX_CHARS).unwrap_or(u32::MAX),
            quota,
            retention_days,
            max_assets,
        })
    }
}

/// What is enforced for one kind, from the table by which files are told apart.
fn of_kind(kind: Kind, sizes: &KindSizes, takes_svg: bool) -> KindLimit {
    let formats = || {
        imaging::KNOWN
            .iter()
            .filter(move |known| known.kind == kind)
            .filter(move |known| takes_svg || known.format != imaging::Format::Svg)
    };
    let mut mimes: Vec<String> = formats().map(|known| known.mime.to_owned()).collect();
    mimes.dedup();
    KindLimit {
        kind,
        max_size: sizes.of(kind),
        mimes,
        extensions: formats()
            .flat_map(|known| known.extensions)
            .map(|extension| (*extension).to_owned())
            .collect(),
    }
}
