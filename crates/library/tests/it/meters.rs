//! Whatever people do, the storage meter says what a recount says.

use library::Actor;
use model::{AssetId, ByteSize, Upload};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use crate::support::{TestLibrary, fresh_library, text};

/// Something a person does.
#[derive(Clone, Debug)]
enum Deed {
    /// Few different notes, so that many are the same.
    Upload(u64),
    /// Some notes the same as the first person's, and contact cards.
    UploadOfBob(u64),
    Trash(usize),
    Restore(usize),
    Purge(usize),
    Begin(usize),
    Append(usize, usize),
    Terminate(usize),
    Refused,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => (0..4_u64).prop_map(Deed::Upload),
        2 => (0..4_u64).prop_map(Deed::UploadOfBob),
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
}

async fn act(library: &TestLibrary, ada: &Actor, bob: &Actor, known: &mut Known, deed: Deed) {
    let asset = |which: usize| known.assets.get(which).copied();
    // Deeds that cannot be done are refused, which must not change the meter either.
    match deed {
        Deed::Upload(seed) => {
            let asset = library.upload(ada, "a.txt", &text(seed, 100)).await;
            known.assets.push(asset.id);
        }
        Deed::UploadOfBob(seed) => {
            let card = format!("BEGIN:VCARD\nFN:Bob {seed}\nEND:VCARD\n");
            let note = text(seed, 100);
            let (name, bytes) = match seed % 2 {
                0 => ("a.txt", note.as_slice()),
                _ => ("a.vcf", card.as_bytes()),
            };
            let asset = library.upload(bob, name, bytes).await;
            known.assets.push(asset.id);
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
        Deed::Begin(length) => known
            .uploads
            .push(library.begin(ada, "u.txt", length).await),
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
            let upload = library.begin(ada, "zeros.bin", 64).await;
            assert!(library.append(ada, upload.id, 0, &[0; 64]).await.is_err());
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
            let mut known = Known::default();
            for deed in deeds {
                act(&library, &ada, &bob, &mut known, deed).await;
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
