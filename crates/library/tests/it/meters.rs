//! Whatever people do, the storage meter says what a recount says, and never more than the quota.

use library::{Actor, Result};
use model::{
    Asset, AssetId, AssetPatch, BatchAction, ByteSize, Crop, CropTarget, Edit, FolderId, Selection,
    Upload, UploadMetadata, placement::Region,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use crate::{
    quota::limit,
    support::{TestLibrary, body, fresh_library, meta, png, text},
};

/// So little that much is refused.
const QUOTA: u64 = 4_000;

/// Something a person does.
#[derive(Clone, Debug)]
enum Deed {
    /// Few different notes, so that many are the same.
    Upload(u64),
    /// Some notes the same as the first person's, and contact cards.
    UploadOfBob(u64),
    Picture(u32),
    Replace(usize, u64),
    Crop(usize, CropTarget),
    Move(usize, usize),
    Share(usize),
    Archive(usize),
    Unarchive(usize),
    /// One deed on all that are known.
    Many(BatchAction),
    TrashFolder(usize),
    RestoreFolder(usize),
    PurgeFolder(usize),
    Trash(usize),
    Restore(usize),
    Purge(usize),
    Begin(usize),
    Append(usize, usize),
    Terminate(usize),
    Refused,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let many = prop_oneof![
        Just(BatchAction::Archive),
        Just(BatchAction::Unarchive),
        Just(BatchAction::Trash),
        Just(BatchAction::Restore),
        Just(BatchAction::Purge),
    ];
    let target = prop_oneof![Just(CropTarget::Copy), Just(CropTarget::Version)];
    let deed = prop_oneof![
        3 => (0..4_u64).prop_map(Deed::Upload),
        2 => (0..4_u64).prop_map(Deed::UploadOfBob),
        2 => (0..2_u32).prop_map(Deed::Picture),
        2 => ((0..8_usize), (0..4_u64)).prop_map(|(which, seed)| Deed::Replace(which, seed)),
        2 => ((0..8_usize), target).prop_map(|(which, target)| Deed::Crop(which, target)),
        2 => ((0..8_usize), (0..2_usize)).prop_map(|(which, folder)| Deed::Move(which, folder)),
        1 => (0..8_usize).prop_map(Deed::Share),
        1 => (0..8_usize).prop_map(Deed::Archive),
        1 => (0..8_usize).prop_map(Deed::Unarchive),
        1 => many.prop_map(Deed::Many),
        1 => (0..2_usize).prop_map(Deed::TrashFolder),
        1 => (0..2_usize).prop_map(Deed::RestoreFolder),
        1 => (0..2_usize).prop_map(Deed::PurgeFolder),
        2 => (0..8_usize).prop_map(Deed::Trash),
        1 => (0..8_usize).prop_map(Deed::Restore),
        2 => (0..8_usize).prop_map(Deed::Purge),
        1 => (1..900_usize).prop_map(Deed::Begin),
        2 => ((0..4_usize), (1..900_usize)).prop_map(|(which, length)| Deed::Append(which, length)),
        1 => (0..4_usize).prop_map(Deed::Terminate),
        1 => Just(Deed::Refused),
    ];
    prop::collection::vec(deed, 1..25)
}

/// What there is, as far as the person knows.
#[derive(Default)]
struct Known {
    assets: Vec<AssetId>,
    uploads: Vec<Upload>,
    folders: Vec<FolderId>,
}

impl Known {
    fn learn(&mut self, made: Result<Asset>) {
        self.assets.extend(made.ok().map(|asset| asset.id));
    }
}

/// Puts other bytes in the place of what an asset shows.
async fn replace(library: &TestLibrary, actor: &Actor, id: AssetId, seed: u64) -> Result<Asset> {
    let metadata = UploadMetadata::default();
    let note = text(seed, 150);
    let staged = library.stage_file(actor, &metadata, None, body(&note));
    let staged = staged.await?;
    library.replace_asset(actor, id, staged, None).await
}

/// Cuts a little out of a picture.
fn crop(target: CropTarget) -> Crop {
    let region = Region {
        x: 2,
        y: 2,
        width: 8,
        height: 6,
    };
    Crop {
        edit: Edit {
            region: Some(region),
            ..Edit::default()
        },
        target,
        if_version: None,
        name: None,
    }
}

async fn act(library: &TestLibrary, ada: &Actor, bob: &Actor, known: &mut Known, deed: Deed) {
    let asset = |which: usize| known.assets.get(which).copied();
    // Deeds that cannot be done are refused, which must not change the meter either.
    match deed {
        Deed::Upload(seed) => {
            let note = text(seed, 100);
            known.learn(library.try_upload(ada, meta("a.txt"), &note).await);
        }
        Deed::UploadOfBob(seed) => {
            let card = format!("BEGIN:VCARD\nFN:Bob {seed}\nEND:VCARD\n");
            let note = text(seed, 100);
            let (name, bytes) = match seed % 2 {
                0 => ("a.txt", note.as_slice()),
                _ => ("a.vcf", card.as_bytes()),
            };
            let made = library.try_upload(bob, meta(name), bytes);
            known.learn(made.await);
        }
        Deed::Picture(more) => {
            let picture = png(16 + more, 12);
            known.learn(library.try_upload(bob, meta("a.png"), &picture).await);
        }
        Deed::Replace(which, seed) => {
            if let Some(id) = asset(which) {
                let _ = replace(library, bob, id, seed).await;
            }
        }
        Deed::Crop(which, target) => {
            if let Some(id) = asset(which) {
                let made = library.crop_asset(ada, id, crop(target)).await;
                if matches!(target, CropTarget::Copy) {
                    known.learn(made);
                }
            }
        }
        Deed::Move(which, folder) => {
            if let Some(id) = asset(which) {
                let patch = AssetPatch {
                    folder_id: Some(known.folders.get(folder).copied()),
                    ..AssetPatch::default()
                };
                let _ = library.update_asset(ada, id, patch).await;
            }
        }
        Deed::Share(which) => {
            if let Some(id) = asset(which) {
                let _ = library.share_asset(ada, id).await;
            }
        }
        Deed::Archive(which) => {
            if let Some(id) = asset(which) {
                let _ = library.archive_asset(ada, id).await;
            }
        }
        Deed::Unarchive(which) => {
            if let Some(id) = asset(which) {
                let _ = library.unarchive_asset(ada, id).await;
            }
        }
        Deed::Many(action) => {
            let all = Selection::Ids(known.assets.clone());
            let _ = library.change_assets(ada, action, all).await;
        }
        Deed::TrashFolder(which) => {
            let _ = library.trash_folder(ada, known.folders[which]).await;
        }
        Deed::RestoreFolder(which) => {
            let _ = library.restore_folder(ada, known.folders[which]).await;
        }
        Deed::PurgeFolder(which) => {
            let _ = library.purge_folder(ada, known.folders[which]).await;
        }
        Deed::Trash(which) => {
            if let Some(id) = asset(which) {
                let _ = library.trash_asset(ada, id).await;
            }
        }
        Deed::Restore(which) => {
            if let Some(id) = asset(which) {
                let _ = library.restore_asset(ada, id).await;
            }
        }
        Deed::Purge(which) => {
            if let Some(id) = asset(which) {
                let _ = library.purge_asset(ada, id).await;
            }
        }
        Deed::Begin(length) => {
            let begun = library.try_begin(ada, "u.txt", length).await;
            known.uploads.extend(begun);
        }
        Deed::Append(which, length) => {
            if let Some(upload) = known.uploads.get(which) {
                let found = library.get_upload(ada, upload.id).await;
                let offset = found.map_or(0, |found| found.offset.as_u64());
                let offset = usize::try_from(offset).expect("small");
                let _ = library
                    .append(ada, upload.id, offset, &text(9, length))
                    .await;
            }
        }
        Deed::Terminate(which) => {
            if let Some(upload) = known.uploads.get(which) {
                let _ = library.terminate_upload(ada, upload.id).await;
            }
        }
        Deed::Refused => {
            if let Ok(upload) = library.try_begin(ada, "zeros.bin", 64).await {
                assert!(library.append(ada, upload.id, 0, &[0; 64]).await.is_err());
            }
        }
    }
}

#[test]
fn the_meter_says_what_a_recount_says() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let config = Config {
        cases: 12,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&deeds(), |deeds| {
        runtime.block_on(async {
            let library = fresh_library().await;
            let ada = library.administrator("ada").await;
            let bob = library.agent("bob").await;
            limit(&library, &ada, QUOTA).await;
            let mut known = Known::default();
            for name in ["Summer", "Winter"] {
                known
                    .folders
                    .push(library.folder(&ada, None, name).await.id);
            }
            for deed in deeds {
                let told = format!("{deed:?}");
                act(&library, &ada, &bob, &mut known, deed).await;
                let report = library.fsck(false).await.expect("a check");
                prop_assert!(report.is_clean(), "{told}: {report:?}");
                let meter = library.meter(&ada).await.expect("a meter");
                let held = meter.used + meter.reserved;
                prop_assert!(held.as_u64() <= QUOTA, "{told}: {meter:?}");
            }
            let report = library.fsck(true).await.expect("a check");
            prop_assert!(report.is_clean(), "{report:?}");
            let mut open = ByteSize::ZERO;
            for upload in &known.uploads {
                if let Ok(found) = library.get_upload(&ada, upload.id).await
                    && found.asset_id.is_none()
                {
                    open = open + found.length.unwrap_or_default();
                }
            }
            let usage = library.usage(&ada).await.expect("a meter");
            prop_assert_eq!(usage.reserved, open);
            let kinds = usage.kinds.iter().map(|kind| kind.size);
            prop_assert_eq!(
                kinds.fold(ByteSize::ZERO, |sum, size| sum + size),
                usage.used
            );
            let own = usage.own.expect("a person's meter");
            prop_assert_eq!(own.reserved, open);
            Ok(())
        })
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
