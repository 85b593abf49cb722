//! The table itself.
//!
//! Each row has what the six who knock are answered, for an id of their own account, of another
//! account and of nobody: `y` let in, `n` not found, `f` forbidden. A row with one word asks for
//! nothing by id. Two doors by one name ask for things by different ids.

use std::time::Duration;

use futures::future::BoxFuture;
use library::{
    Actor, Result,
    accounts::AccountPatch,
    media::{View, Wish},
    plain_copies::NewCopy,
    tags::Done,
    teams::TeamPatch,
    uploads::NewUpload,
    users::UserPatch,
    webhooks::WebhookPatch,
    zips::ZipOf,
};
use model::{
    AccountLimits, Asset, AssetFilter, AssetPatch, AuditFilter, BatchAction, BatchAnswer, ByteSize,
    Changes, FileName, FolderFilter, FolderParent, FolderPatch, KnownBy, Limit, MePatch, Problem,
    Role, Secret, Selection, TagPatch, UploadMetadata, UsageKind, UsageScan,
};

use super::stage::{Place, Stage, body, new_embed_session, new_token, piece};
use crate::support::PASSWORD;

/// A verb of the library, and whom it lets in.
pub struct Door {
    /// The verb, and perhaps the id it is asked by.
    pub name: &'static str,
    pub expected: [&'static str; 3],
    pub open: for<'a> fn(&'a Stage, &'a Actor, Place) -> BoxFuture<'a, Result<()>>,
}

/// Verbs that stay where the library is switched off: who is who, and what the operator set.
const BESIDE_THE_LIBRARY: &[&str] = &[
    "create_account",
    "list_accounts",
    "get_account_by_name",
    "get_own_account",
    "get_account",
    "account_meter",
    "get_user",
    "user_meter",
    "list_own_placements",
    "set_placement",
    "remove_placement",
    "set_account",
    "create_user",
    "list_users",
    "find_own_user",
    "update_me",
    "disable_user",
    "enable_user",
    "change_password",
    "sign_out",
    "sign_out_everywhere",
    "list_sessions",
    "create_token",
    "list_tokens",
    "revoke_token",
    "create_webhook",
    "list_webhooks",
    "get_webhook",
    "update_webhook",
    "delete_webhook",
    "rotate_webhook_secret",
    "test_webhook",
    "list_webhook_deliveries",
    "replay_webhook_delivery",
    "claim_embed_session",
    "get_own_embed_session",
    "list_embed_sessions",
    "list_audit",
    "export_audit",
    "is_still_let_in",
    "list_users_of",
    "get_user_by_email",
    "update_user in role",
    "update_user in quota",
    "list_user_sessions",
    "list_user_tokens",
    "end_user_sessions",
    "end_session",
    "end_session of a colleague",
    "create_password_reset",
    "invite_user",
    "list_invitations",
    "withdraw_invitation",
    "create_team",
    "update_team",
    "delete_team",
    "list_gone_teams",
    "restore_team",
    "begin_idempotent",
    "finish_idempotent",
    "abandon_idempotent",
];

impl Door {
    /// Whether it is a door of the library itself.
    pub fn is_of_library(&self) -> bool {
        !BESIDE_THE_LIBRARY.contains(&self.name)
    }
}

/// What everybody does with things of their account, embed sessions too.
const SEE: [&str; 3] = ["yyyyny", "nnnnyn", "nnnnnn"];
/// What everybody does with things of their account, but no embed session.
const VIEW: [&str; 3] = ["yyyynf", "nnnnyf", "nnnnnf"];
/// What everybody does but who only reads, embed sessions too.
const MAKE: [&str; 3] = ["yyyfny", "nnnfyn", "nnnfnn"];
/// What everybody does but who only reads, and no embed session.
const EDIT: [&str; 3] = ["yyyfnf", "nnnfyf", "nnnfnf"];
/// What administrators do with things of their account.
const ADMINISTER: [&str; 3] = ["fyffnf", "fnffyf", "fnffnf"];
/// What administrators do in their account, and operators in any.
const MANAGE: [&str; 3] = ["fyyfnf", "fnyfyf", "fnnfnf"];
/// What administrators do with what a colleague has begun.
const OVERSEE: [&str; 3] = ["fyffnf", "nnnfyf", "nnnfnf"];
/// What nobody does with a thing that a colleague is busy with.
const NOBODY: [&str; 3] = ["nnnfnn", "nnnfnn", "nnnfnn"];
const OPERATE: [&str; 3] = ["ffyfff", "ffyfff", "ffnfff"];
const EVERYBODY: [&str; 3] = ["yyyyyy", "", ""];
/// Everybody but embed sessions.
const ANYBODY: [&str; 3] = ["yyyyyf", "", ""];
const OPERATORS: [&str; 3] = ["ffyfff", "", ""];
const ADMINISTRATORS: [&str; 3] = ["fyffyf", "", ""];
/// What administrators do for themselves, and no program.
const OVERSEERS: [&str; 3] = ["fyffff", "", ""];
const PEOPLE: [&str; 3] = ["yyyfff", "", ""];
/// What people do with sessions of their own.
const OWN_SESSION: [&str; 3] = ["yyyfff", "nnnfff", "nnnfff"];
/// What people are told of a session that is not theirs.
const NO_SESSION: [&str; 3] = ["nnnfff", "nnnfff", "nnnfff"];
const WRITERS: [&str; 3] = ["yyyfyf", "", ""];
const EMBED_SESSIONS: [&str; 3] = ["fffffy", "", ""];

/// Verbs without an actor, each open for a reason of its own.
pub const WITHOUT_ACTOR: &[&str] = &[
    // Of the process itself.
    "open",
    "open_beside",
    "ready",
    "close",
    "run_due_jobs",
    "run_due_rounds",
    "collect_garbage",
    "collect_garbage_after",
    "fsck",
    "repair_meters",
    "count_nearly_full",
    "forget_events",
    "doctor",
    // Whoever has the secret.
    "sign_in",
    "find_actor_by_session",
    "find_actor_by_token",
    "create_setup_token",
    "is_setup_token",
    "set_up",
    "find_invitation",
    "accept_invitation",
    "find_password_reset",
    "reset_password",
    "open_shared_media",
    "open_signed_media",
    // Writes down what was not found for somebody.
    "note_missed",
    // Whoever loads the frame of the picker, before anybody says who they are.
    "embed_frame",
    // Whoever was let in to the same bytes.
    "reopen_media",
    "stream_media",
];

macro_rules! doors {
    ($($name:literal $expected:ident |$stage:pat_param, $actor:pat_param, $place:pat_param| $open:expr;)*) => {
        /// Every verb that takes an actor.
        pub const DOORS: &[Door] = &[$(Door {
            name: $name,
            expected: $expected,
            open: |$stage, $actor, $place| Box::pin(async move { $open.await.map(drop) }),
        },)*];
    };
}

doors! {
    "create_account" OPERATORS |s, a, _| s.library.create_account(
        a, s.word().parse()?, AccountLimits::default());
    "list_accounts" OPERATORS |s, a, _| s.library.list_accounts(a, None, Limit::default());
    "get_account_by_name" OPERATE |s, a, p| s.library.get_account_by_name(
        a, Stage::account_name(p));
    "get_own_account" EVERYBODY |s, a, _| s.library.get_own_account(a);
    "get_account" OPERATE |s, a, p| s.library.get_account(a, s.account(p));
    "account_meter" OPERATE |s, a, p| s.library.account_meter(a, s.account(p));
    "set_account" OPERATE |s, a, p| s.library.set_account(
        a, s.account(p), AccountPatch::default());

    "create_user" MANAGE |s, a, p| s.library.create_user(a, s.account(p), s.new_user());
    "list_adders" ANYBODY |s, a, _| s.library.list_adders(a);
    "list_users" ADMINISTRATORS |s, a, _| s.library.list_users(a, None, Limit::default());
    "find_own_user" EVERYBODY |s, a, _| s.library.find_own_user(a);
    "update_me" PEOPLE |s, a, _| s.library.update_me(a, MePatch::default());
    "disable_user" ADMINISTER |s, a, p| s.library.disable_user(a, s.user(p).await);
    "enable_user" ADMINISTER |s, a, p| s.library.enable_user(a, s.user(p).await);
    "list_users_of" OPERATE |s, a, p| s.library.list_users_of(
        a, s.account(p), None, Limit::default());
    "get_user" ADMINISTER |s, a, p| s.library.get_user(a, s.user(p).await);
    "user_meter" ADMINISTER |s, a, p| s.library.user_meter(a, s.user(p).await);
    "get_user_by_email" OPERATE |s, a, p| s.library.get_user_by_email(
        a, &Stage::email(p).parse()?);
    "update_user in role" ADMINISTER |s, a, p| s.library.update_user(
        a, s.user(p).await, role());
    "update_user in quota" MANAGE |s, a, p| s.library.update_user(
        a, s.user(p).await, quota());
    "list_user_sessions" ADMINISTER |s, a, p| s.library.list_user_sessions(
        a, s.user(p).await, None, Limit::default());
    "list_user_tokens" ADMINISTER |s, a, p| s.library.list_user_tokens(a, s.user(p).await);
    "end_user_sessions" ADMINISTER |s, a, p| s.library.end_user_sessions(a, s.user(p).await);
    "create_password_reset" ADMINISTER |s, a, p| s.library.create_password_reset(
        a, s.user(p).await);
    "invite_user" ADMINISTRATORS |s, a, _| s.library.invite_user(a, s.new_invitation());
    "list_invitations" ADMINISTRATORS |s, a, _| s.library.list_invitations(a);
    "withdraw_invitation" ADMINISTER |s, a, p| s.library.withdraw_invitation(
        a, s.invitation(p).await);
    "change_password" PEOPLE |s, a, _| s.library.change_password(
        a, &Secret::new(PASSWORD), &Secret::new(PASSWORD));

    "sign_out" PEOPLE |s, a, _| s.library.sign_out(a);
    "sign_out_everywhere" PEOPLE |s, a, _| s.library.sign_out_everywhere(a);
    "end_session" OWN_SESSION |s, a, p| s.library.end_session(a, s.session(a, p).await);
    "end_session of a colleague" NO_SESSION |s, a, p| s.library.end_session(
        a, s.session_of_colleague(p).await);
    "list_sessions" PEOPLE |s, a, _| s.library.list_sessions(a, None, Limit::default());

    "create_token" MANAGE |s, a, p| s.library.create_token(a, s.account(p), new_token());
    "list_tokens" ADMINISTRATORS |s, a, _| s.library.list_tokens(a, None, Limit::default());
    "revoke_token" ADMINISTER |s, a, p| s.library.revoke_token(a, s.token(p).await);

    "create_webhook" ADMINISTRATORS |s, a, _| s.library.create_webhook(a, s.new_webhook());
    "list_webhooks" ADMINISTRATORS |s, a, _| s.library.list_webhooks(a, None, Limit::default());
    "get_webhook" ADMINISTER |s, a, p| s.library.get_webhook(a, s.webhook(p).await);
    "update_webhook" ADMINISTER |s, a, p| s.library.update_webhook(
        a, s.webhook(p).await, WebhookPatch::default());
    "delete_webhook" ADMINISTER |s, a, p| s.library.delete_webhook(a, s.webhook(p).await);
    "rotate_webhook_secret" ADMINISTER |s, a, p| s.library.rotate_webhook_secret(
        a, s.webhook(p).await);
    "test_webhook" ADMINISTER |s, a, p| s.library.test_webhook(a, s.webhook(p).await);
    "list_webhook_deliveries" ADMINISTER |s, a, p| s.library.list_webhook_deliveries(
        a, s.webhook(p).await, None, Limit::default());
    "replay_webhook_delivery" ADMINISTER |s, a, p| async {
        let (webhook, delivery) = s.webhook_delivery(p).await;
        s.library.replay_webhook_delivery(a, webhook, delivery).await
    };

    "create_embed_session" ADMINISTRATORS |s, a, _| s.library.create_embed_session(
        a, new_embed_session());
    "claim_embed_session" EMBED_SESSIONS |s, a, _| s.library.claim_embed_session(
        a, &Secret::new("sem_guessed"));
    "get_own_embed_session" EMBED_SESSIONS |s, a, _| s.library.get_own_embed_session(a);
    "list_embed_sessions" ADMINISTRATORS |s, a, _| s.library.list_embed_sessions(
        a, None, Limit::default());
    "end_embed_session" ADMINISTER |s, a, p| s.library.end_embed_session(
        a, s.embed_session(p).await);

    "list_audit" ADMINISTRATORS |s, a, _| s.library.list_audit(
        a, &AuditFilter::default(), None, Limit::default());
    "export_audit" ADMINISTRATORS |s, a, _| s.library.export_audit(a, AuditFilter::default());
    "follow_events" ANYBODY |s, a, _| s.library.follow_events(a, None);
    "last_event" ANYBODY |s, a, _| s.library.last_event(a);
    "is_still_let_in" EVERYBODY |s, a, _| s.library.is_still_let_in(a);
    "limits" EVERYBODY |s, a, _| s.library.limits(a);
    "usage" ANYBODY |s, a, _| s.library.usage(a);
    "meter" ANYBODY |s, a, _| s.library.meter(a);
    "storage_warning" ANYBODY |s, a, _| s.library.storage_warning(a);
    "see_storage_warning" OVERSEERS |s, a, _| s.library.see_storage_warning(a);
    "begin_idempotent" EVERYBODY |s, a, _| s.library.begin_idempotent(a, &s.word(), b"");
    "finish_idempotent" EVERYBODY |s, a, _| s.library.finish_idempotent(a, &s.word(), 204, b"");
    "abandon_idempotent" EVERYBODY |s, a, _| s.library.abandon_idempotent(a, &s.word());

    "list_assets" EVERYBODY |s, a, _| s.library.list_assets(
        a, &AssetFilter::default(), None, Limit::default());
    "count_assets" ANYBODY |s, a, _| s.library.count_assets(a, &AssetFilter::default());
    "find_shown" ANYBODY |s, a, _| s.library.find_shown(
        a, &AssetFilter::default(), &[s.unknown()]);
    "get_asset" SEE |s, a, p| s.library.get_asset(a, s.asset(p).await);
    "find_assets" VIEW |s, a, p| found(s.library.find_assets(a, &[s.asset(p).await]));
    "update_asset" EDIT |s, a, p| s.library.update_asset(
        a, s.asset(p).await, AssetPatch::default());
    "update_asset to a folder" EDIT |s, a, p| s.library.update_asset(
        a, s.asset(s.home_of(a)).await, AssetPatch {
            folder_id: Some(Some(s.folder(p).await)), ..AssetPatch::default() });
    "archive_asset" EDIT |s, a, p| s.library.archive_asset(a, s.asset(p).await);
    "unarchive_asset" EDIT |s, a, p| s.library.unarchive_asset(a, s.asset(p).await);
    "change_assets" EDIT |s, a, p| answered(s.library.change_assets(
        a, BatchAction::Archive, Selection::Ids(vec![s.asset(p).await])));
    "change_assets to a folder" EDIT |s, a, p| s.library.change_assets(
        a, BatchAction::Move { folder_id: Some(s.folder(p).await) }, everything());
    "change_assets for good" ADMINISTRATORS |s, a, _| s.library.change_assets(
        a, BatchAction::Purge, everything());
    "change_chosen" EDIT |s, a, p| chosen(s.library.change_chosen(
        a, BatchAction::Archive, &[s.asset(p).await]));
    "get_batch" VIEW |s, a, p| s.library.get_batch(a, s.batch_of_colleague(p).await);
    "cancel_batch" EDIT |s, a, p| s.library.cancel_batch(a, s.batch(a, p).await);
    "cancel_batch of a colleague" OVERSEE |s, a, p| s.library.cancel_batch(
        a, s.batch_of_colleague(p).await);
    "undo_batch" EDIT |s, a, p| s.library.undo_batch(a, s.batch(a, p).await);
    "undo_batch of a colleague" OVERSEE |s, a, p| s.library.undo_batch(
        a, s.batch_of_colleague(p).await);
    "list_batch_items" VIEW |s, a, p| s.library.list_batch_items(
        a, s.batch_of_colleague(p).await, None, None, Limit::default());
    "check_zip" VIEW |s, a, p| s.library.check_zip(
        a, &ZipOf::Assets(Selection::Ids(vec![s.asset(p).await])));
    "open_zip" VIEW |s, a, p| s.library.open_zip(
        a, ZipOf::Assets(Selection::Ids(vec![s.asset(p).await])));
    "open_zip of a folder" VIEW |s, a, p| s.library.open_zip(
        a, ZipOf::Folder(s.folder(p).await));
    "empty_trash" ADMINISTRATORS |s, a, _| s.library.empty_trash(a);
    "trash_asset" EDIT |s, a, p| s.library.trash_asset(a, s.asset(p).await);
    "purge_asset" ADMINISTER |s, a, p| s.library.purge_asset(a, s.asset(p).await);
    "restore_asset" EDIT |s, a, p| s.library.restore_asset(a, s.asset(p).await);
    "open_media" SEE |s, a, p| s.library.open_media(a, s.asset(p).await, View::Original);
    "sign_media" SEE |s, a, p| s.library.sign_media(
        a, s.asset(p).await, Wish {
            preset: None, download: false, lifetime: Duration::from_mins(1) });
    "share_asset" MAKE |s, a, p| s.library.share_asset(a, s.asset(p).await);
    "unshare_asset" EDIT |s, a, p| s.library.unshare_asset(a, s.asset(p).await);
    "list_tags" EVERYBODY |s, a, _| s.library.list_tags(a, None, Limit::default());
    "list_tag_colors" ANYBODY |s, a, _| s.library.list_tag_colors(a, &["sea".to_owned()]);
    "find_tag" ANYBODY |s, a, _| s.library.find_tag(a, "word");
    "suggest_tags" EVERYBODY |s, a, _| s.library.suggest_tags(a, "word");
    "create_tag" WRITERS |s, a, _| s.library.create_tag(a, &s.word());
    "update_tag" EDIT |s, a, p| s.library.update_tag(a, s.tag(p).await, TagPatch::default());
    "merge_tag" EDIT |s, a, p| s.library.merge_tag(a, s.tag(p).await, s.tag(p).await);
    "merge_tag into one" EDIT |s, a, p| s.library.merge_tag(
        a, s.tag(s.home_of(a)).await, s.tag(p).await);
    "delete_tag" EDIT |s, a, p| s.library.delete_tag(a, s.tag(p).await);
    "list_gone_tags" ADMINISTRATORS |s, a, _| s.library.list_gone_tags(
        a, None, Limit::default());
    "restore_tag" ADMINISTER |s, a, p| s.library.restore_tag(a, s.gone_tag(p).await);
    "tag_assets" EDIT |s, a, p| each(s.library.tag_assets(
        a, &[s.asset(p).await], &[s.word()], &[]));

    "copy_asset" EDIT |s, a, p| s.library.copy_asset(
        a, s.asset(p).await, NewCopy::default());
    "copy_asset to a folder" EDIT |s, a, p| s.library.copy_asset(
        a, s.asset(s.home_of(a)).await, NewCopy {
            folder_id: Some(Some(s.folder(p).await)), ..NewCopy::default() });
    "crop_asset" MAKE |s, a, p| s.library.crop_asset(
        a, s.asset(p).await, model::Crop {
            edit: model::Edit::default(), target: model::CropTarget::Copy,
            if_version: None, name: None });
    "open_source" VIEW |s, a, p| s.library.open_source(a, s.asset(p).await);
    "list_copies" VIEW |s, a, p| s.library.list_copies(
        a, s.asset(p).await, None, Limit::default());
    "remake_asset" EDIT |s, a, p| s.library.remake_asset(a, s.asset(p).await, None);
    "list_versions" VIEW |s, a, p| s.library.list_versions(
        a, s.asset(p).await, None, Limit::default());
    "open_version" VIEW |s, a, p| s.library.open_version(a, s.asset(p).await, 1, View::Original);
    "check_replaceable" EDIT |s, a, p| s.library.check_replaceable(a, s.asset(p).await, None);
    "replace_asset" EDIT |s, a, p| s.library.replace_asset(
        a, s.asset(p).await, s.staged(a).await, None);
    "revert_asset" EDIT |s, a, p| s.library.revert_asset(a, s.asset(p).await, 1, None);
    "list_usages" VIEW |s, a, p| s.library.list_usages(
        a, s.asset(p).await, None, Limit::default());
    "record_usage" MAKE |s, a, p| s.library.record_usage(
        a, s.asset(p).await, s.place_of(a), KnownBy::Api);
    "remove_usage" EDIT |s, a, p| async {
        let (asset, usage) = s.usage(p).await;
        s.library.remove_usage(a, asset, usage).await
    };
    "scan_usages" WRITERS |s, a, _| s.library.scan_usages(a, UsageScan {
        kind: UsageKind::Page, reference: s.word().parse()?, title: None, url: None,
        html: String::new() });
    "count_usages" ANYBODY |s, a, p| s.library.count_usages(
        a, &Selection::Ids(vec![s.asset(p).await]));
    "measure_source" VIEW |s, a, p| s.library.measure_source(a, s.asset(p).await);

    "list_placements" EVERYBODY |s, a, _| s.library.list_placements(
        a, None, Limit::default());
    "list_own_placements" OPERATE |s, a, p| s.library.list_own_placements(
        a, s.account(p), None, Limit::default());
    "set_placement" OPERATE |s, a, p| s.library.set_placement(
        a, s.account(p), model::placement::catalogue()[0].clone());
    "remove_placement" OPERATE |s, a, p| s.library.remove_placement(
        a, s.account(p), &s.placement(p).await);
    "preview_asset" VIEW |s, a, p| s.library.preview_asset(a, s.asset(p).await);
    "fit_asset" MAKE |s, a, p| s.library.fit_asset(
        a, s.asset(p).await, &"push-ios".parse().unwrap(), None);
    "fit_asset_many" EDIT |s, a, p| s.library.fit_asset_many(
        a, s.asset(p).await, &["push-ios".parse().unwrap()], model::placement::Backdrop::default());
    "foresee_fits" VIEW |s, a, p| s.library.foresee_fits(a, s.asset(p).await);
    "judge_asset" SEE |s, a, p| s.library.judge_asset(
        a, s.asset(p).await, None, Limit::default());

    "list_teams" ANYBODY |s, a, _| s.library.list_teams(
        a, None, Limit::default());
    "list_team_names" ANYBODY |s, a, _| s.library.list_team_names(a);
    "get_team_name" VIEW |s, a, p| s.library.get_team_name(a, s.team(p).await);
    "create_team" ADMINISTRATORS |s, a, _| s.library.create_team(a, &s.word(), &[]);
    "update_team" ADMINISTER |s, a, p| s.library.update_team(
        a, s.team(p).await, TeamPatch::default());
    "delete_team" ADMINISTER |s, a, p| s.library.delete_team(a, s.team(p).await);
    "list_gone_teams" ADMINISTRATORS |s, a, _| s.library.list_gone_teams(
        a, None, Limit::default());
    "restore_team" ADMINISTER |s, a, p| s.library.restore_team(a, s.gone_team(p).await);
    "assign_assets" EDIT |s, a, p| each(s.library.assign_assets(
        a, &[s.asset(p).await], &[], &[]));

    "list_folders" EVERYBODY |s, a, _| s.library.list_folders(
        a, &FolderFilter::default(), None, Limit::default());
    "list_folders in a folder" SEE |s, a, p| s.library.list_folders(
        a, &below(s, p).await, None, Limit::default());
    "list_folder_path" VIEW |s, a, p| s.library.list_folder_path(a, s.folder(p).await);
    "get_folder" VIEW |s, a, p| s.library.get_folder(a, s.folder(p).await);
    "folder_contents" VIEW |s, a, p| s.library.folder_contents(a, s.folder(p).await);
    "update_folder" EDIT |s, a, p| s.library.update_folder(
        a, s.folder(p).await, FolderPatch::default());
    "update_folder into a folder" EDIT |s, a, p| s.library.update_folder(
        a, s.folder(s.home_of(a)).await, FolderPatch {
            parent_id: Some(Some(s.folder(p).await)), ..FolderPatch::default() });
    "trash_folder" ADMINISTER |s, a, p| s.library.trash_folder(a, s.folder(p).await);
    "restore_folder" EDIT |s, a, p| s.library.restore_folder(a, s.folder(p).await);
    "purge_folder" ADMINISTER |s, a, p| s.library.purge_folder(a, s.folder(p).await);
    "create_folder in a folder" EDIT |s, a, p| s.library.create_folder(
        a, Some(s.folder(p).await), FileName::clean(&s.word()));

    "create_upload to a folder" MAKE |s, a, p| s.library.create_upload(a, NewUpload {
        length: Some(ByteSize::bytes(5)),
        metadata: to(s, p).await,
        is_partial: false,
    });
    "create_whole_upload to a folder" MAKE |s, a, p| s.library.create_whole_upload(
        a, ByteSize::bytes(5), to(s, p).await, body("12345"));
    "upload_asset to a folder" MAKE |s, a, p| s.library.upload_asset(
        a, to(s, p).await, None, body(&s.word()));
    "stage_file to a folder" MAKE |s, a, p| s.library.stage_file(
        a, &to(s, p).await, None, body(&s.word()));
    "ingest_staged to a folder" MAKE |s, a, p| s.library.ingest_staged(
        a, s.staged(a).await, to(s, p).await);
    "get_upload" MAKE |s, a, p| s.library.get_upload(a, s.upload(a, p, false).await);
    "get_upload of a colleague" NOBODY |s, a, p| s.library.get_upload(
        a, s.upload_of_colleague(p).await);
    "append_upload" MAKE |s, a, p| s.library.append_upload(
        a, s.upload(a, p, false).await, piece(), body("12345"));
    "terminate_upload" MAKE |s, a, p| s.library.terminate_upload(a, s.upload(a, p, false).await);
    "concat_uploads" MAKE |s, a, p| s.library.concat_uploads(
        a, vec![s.upload(a, p, true).await], UploadMetadata::default());
}

/// Makes somebody an administrator.
fn role() -> UserPatch {
    UserPatch {
        role: Some(Role::Administrator),
        quota: None,
    }
}

/// Gives somebody a quota of their own.
fn quota() -> UserPatch {
    UserPatch {
        role: None,
        quota: Some(Some(ByteSize::megabytes(1))),
    }
}

/// Says that a file belongs in a folder.
async fn to(stage: &Stage, place: Place) -> UploadMetadata {
    UploadMetadata {
        folder_id: Some(stage.folder(place).await),
        ..UploadMetadata::default()
    }
}

/// All that is in sight.
fn everything() -> Selection {
    Selection::Filter(Box::default())
}

/// What lies in a folder.
async fn below(stage: &Stage, place: Place) -> FolderFilter {
    FolderFilter {
        parent: Some(FolderParent::In(stage.folder(place).await)),
        ..FolderFilter::default()
    }
}

/// The one asset that was looked for.
async fn found(assets: impl Future<Output = Result<Vec<Asset>>>) -> Result<()> {
    let asset = assets.await?.pop();
    asset.map(|_| ()).ok_or_else(|| Problem::not_found().into())
}

/// The answer for the one asset that was chosen.
async fn chosen(changes: impl Future<Output = Result<Changes>>) -> Result<()> {
    match changes.await?.problem {
        Some(problem) => Err(problem.into()),
        None => Ok(()),
    }
}

/// The answer for the one asset that many were.
async fn answered(done: impl Future<Output = Result<BatchAnswer>>) -> Result<()> {
    let item = done.await?.items.pop();
    item.and_then(|item| item.problem)
        .map_or(Ok(()), |problem| Err(problem.into()))
}

/// The answer for the one asset of a batch.
async fn each(done: impl Future<Output = Result<Vec<Done>>>) -> Result<()> {
    for one in done.await? {
        one.changed?;
    }
    Ok(())
}
