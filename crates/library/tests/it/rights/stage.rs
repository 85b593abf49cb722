//! Who knocks, and what they ask for.

use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use futures::{Stream, stream};
use library::{
    Actor, Client, Clock, Who,
    embed::{LONGEST, NewEmbedSession},
    invitations::NewInvitation,
    uploads::{NewUpload, Staged},
    users::NewUser,
    webhooks::NewWebhook,
};
use model::{
    AccountId, AssetId, BatchAction, BatchId, ByteSize, EmbedScope, EmbedSessionId, FileName,
    FolderId, InvitationId, KnownBy, NewUsage, Right, Role, Scope, Secret, Selection, SessionId,
    Slug, TagId, TeamId, TokenId, UploadId, UploadMetadata, UsageId, UsageKind, UserId,
    WebhookDeliveryId, WebhookId, id::Id,
};

use crate::support::{PASSWORD, TestLibrary, fresh_library, system};

/// Everybody who knocks, in the order of the letters in the table.
pub const KNOCKERS: [&str; 6] = [
    "agent",
    "administrator",
    "operator (an agent)",
    "token that reads",
    "token of another account",
    "embed session",
];

/// Whose thing is asked for, as seen from the account of all but the fifth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Own,
    Other,
    Unknown,
}

/// Two accounts with people, and things made when they are asked for.
pub struct Stage {
    pub library: TestLibrary,
    knockers: Vec<Actor>,
    /// Makes things in the own account.
    home: Actor,
    /// Makes things in the other account.
    away: Actor,
    made: AtomicU32,
}

impl Stage {
    pub async fn set() -> Self {
        let library = fresh_library().await;
        let home = library.administrator("home").await;
        let away = library.stranger("away").await;
        let administrator = Role::Administrator;
        let made = library.create_embed_session(&home, new_embed_session());
        let (_, secret) = made.await.expect("an embed session is made");
        let page = library
            .find_actor_by_token(&secret, &Client::default())
            .await
            .expect("it is looked up")
            .expect("it lives");
        let knockers = vec![
            library.agent("anna").await,
            library.administrator("ben").await,
            library.operator("olga").await,
            library.token("Acme", administrator, &[Scope::Read]).await,
            library.token("Elsewhere", administrator, &[]).await,
            page,
        ];
        Self {
            library,
            knockers,
            home,
            away,
            made: AtomicU32::new(0),
        }
    }

    pub fn knocker(&self, index: usize) -> &Actor {
        &self.knockers[index]
    }

    /// A word nobody had before.
    pub fn word(&self) -> String {
        format!("word-{}", self.made.fetch_add(1, Ordering::SeqCst))
    }

    /// An id that was never given out.
    pub fn unknown<I: Id>(&self) -> I {
        let clock: &dyn Clock = &*self.library.clock;
        clock.new_id()
    }

    /// Who makes things in a place; nobody where it is unknown.
    fn maker(&self, place: Place) -> Option<&Actor> {
        match place {
            Place::Own => Some(&self.home),
            Place::Other => Some(&self.away),
            Place::Unknown => None,
        }
    }

    /// The place that is the actor's own account.
    pub fn home_of(&self, actor: &Actor) -> Place {
        if actor.account_id == self.home.account_id {
            Place::Own
        } else {
            Place::Other
        }
    }

    /// The name of an account.
    pub fn account_name(place: Place) -> &'static str {
        match place {
            Place::Own => "Acme",
            Place::Other => "Elsewhere",
            Place::Unknown => "Nowhere",
        }
    }

    /// The address of who makes things in a place.
    pub fn email(place: Place) -> &'static str {
        match place {
            Place::Own => "home@example.com",
            Place::Other => "away@example.com",
            Place::Unknown => "nobody@example.com",
        }
    }

    /// The address of one who knocks; programs have none.
    fn email_of(&self, actor: &Actor) -> Option<&'static str> {
        let emails = ["anna@example.com", "ben@example.com", "olga@example.com"];
        let mut people = self.knockers.iter().zip(emails);
        people.find_map(|(knocker, email)| (knocker.who == actor.who).then_some(email))
    }

    pub fn account(&self, place: Place) -> AccountId {
        self.maker(place)
            .map_or_else(|| self.unknown(), |maker| maker.account_id)
    }

    pub async fn asset(&self, place: Place) -> AssetId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        let metadata = UploadMetadata {
            name: Some(FileName::clean("note.txt")),
            ..UploadMetadata::default()
        };
        let words = self.word();
        let made = self
            .library
            .upload_asset(maker, metadata, None, body(&words));
        made.await.expect("an asset is made").id
    }

    /// A place outside that uses nothing yet.
    pub fn place(&self) -> NewUsage {
        NewUsage {
            kind: UsageKind::Template,
            reference: self.word().parse().expect("a reference"),
            title: None,
            url: None,
        }
    }

    /// A place outside where the actor may say that something is used.
    pub fn place_of(&self, actor: &Actor) -> NewUsage {
        let own = actor.embed.as_deref();
        let own = own.and_then(|session| session.used_in.clone());
        own.unwrap_or_else(|| self.place())
    }

    /// An asset that is used outside, and where.
    pub async fn usage(&self, place: Place) -> (AssetId, UsageId) {
        let asset = self.asset(place).await;
        let Some(maker) = self.maker(place) else {
            return (asset, self.unknown());
        };
        let made = self
            .library
            .record_usage(maker, asset, self.place(), KnownBy::Api);
        (asset, made.await.expect("a usage is recorded").usage.id)
    }

    pub async fn folder(&self, place: Place) -> FolderId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        let name = FileName::clean(&self.word());
        let made = self.library.create_folder(maker, None, name).await;
        made.expect("a folder is made").id
    }

    pub async fn tag(&self, place: Place) -> TagId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        let made = self.library.create_tag(maker, &self.word()).await;
        made.expect("a tag is made").id
    }

    /// A tag that was deleted.
    pub async fn gone_tag(&self, place: Place) -> TagId {
        let id = self.tag(place).await;
        if let Some(maker) = self.maker(place) {
            let gone = self.library.delete_tag(maker, id).await;
            gone.expect("a tag is deleted");
        }
        id
    }

    /// A team that was deleted.
    pub async fn gone_team(&self, place: Place) -> TeamId {
        let id = self.team(place).await;
        if let Some(maker) = self.maker(place) {
            let gone = self.library.delete_team(maker, id).await;
            gone.expect("a team is deleted");
        }
        id
    }

    pub async fn team(&self, place: Place) -> TeamId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        let made = self.library.create_team(maker, &self.word(), &[]).await;
        made.expect("a team is made").id
    }

    /// A placement that an account says something of its own about.
    pub async fn placement(&self, place: Place) -> Slug {
        let placement = model::placement::catalogue()[0].clone();
        let id = placement.id.clone();
        if self.maker(place).is_some() {
            let account = self.account(place);
            let operator = system();
            let made = self.library.set_placement(&operator, account, placement);
            made.await.expect("a placement is set");
        }
        id
    }

    /// An upload that somebody else in the account has begun.
    pub async fn upload_of_colleague(&self, place: Place) -> UploadId {
        match self.maker(place) {
            Some(maker) => self.begin_upload(maker, false).await,
            None => self.unknown(),
        }
    }

    /// An upload that the actor has begun, where the place is theirs; a finished part where
    /// `is_partial`.
    pub async fn upload(&self, actor: &Actor, place: Place, is_partial: bool) -> UploadId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        let is_page_of_theirs =
            actor.embed.is_some() && actor.library_enabled && actor.account_id == maker.account_id;
        let maker = if is_page_of_theirs {
            actor
        } else {
            Self::themselves_or(actor, maker)
        };
        self.begin_upload(maker, is_partial).await
    }

    /// The actor, where they may make things in the account of who makes them otherwise.
    fn themselves_or<'a>(actor: &'a Actor, maker: &'a Actor) -> &'a Actor {
        let is_theirs = maker.account_id == actor.account_id && actor.require(Right::Edit).is_ok();
        if is_theirs { actor } else { maker }
    }

    /// An upload of five bytes that has none yet, or has them all and is only a part.
    async fn begin_upload(&self, maker: &Actor, is_partial: bool) -> UploadId {
        let upload = NewUpload {
            length: Some(ByteSize::bytes(5)),
            is_partial,
            ..NewUpload::default()
        };
        let made = self.library.create_upload(maker, upload).await;
        let id = made.expect("an upload is begun").id;
        if is_partial {
            let added = self
                .library
                .append_upload(maker, id, piece(), body("12345"));
            added.await.expect("bytes are added");
        }
        id
    }

    /// A whole file that somebody of the actor's account brought.
    pub async fn staged(&self, actor: &Actor) -> Staged {
        let colleague = [&self.home, &self.away]
            .into_iter()
            .find(|maker| maker.account_id == actor.account_id)
            .expect("one of two accounts");
        let metadata = UploadMetadata::default();
        let words = self.word();
        let staged = self
            .library
            .stage_file(colleague, &metadata, None, body(&words));
        staged.await.expect("a file is staged")
    }

    pub async fn user(&self, place: Place) -> UserId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        let made = self
            .library
            .create_user(maker, maker.account_id, self.new_user());
        made.await.expect("a person is added").0.id
    }

    pub fn new_invitation(&self) -> NewInvitation {
        NewInvitation {
            email: format!("{}@example.com", self.word()).parse().unwrap(),
            role: Role::Agent,
        }
    }

    pub async fn invitation(&self, place: Place) -> InvitationId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        let made = self.library.invite_user(maker, self.new_invitation()).await;
        made.expect("somebody is invited").0.id
    }

    /// A session that the actor has, or one of somebody in another account.
    pub async fn session(&self, actor: &Actor, place: Place) -> SessionId {
        let of_programs = "home@example.com";
        let email = match place {
            Place::Own => self.email_of(actor).unwrap_or(of_programs),
            Place::Other => Self::email(place),
            Place::Unknown => return self.unknown(),
        };
        self.begin_session(email).await
    }

    /// A session of somebody else in the account.
    pub async fn session_of_colleague(&self, place: Place) -> SessionId {
        match place {
            Place::Unknown => self.unknown(),
            place => self.begin_session(Self::email(place)).await,
        }
    }

    async fn begin_session(&self, email: &str) -> SessionId {
        match self.library.signed_in(email).await.1.who {
            Who::User { session, .. } => session,
            Who::Token(_) | Who::Embed(_) | Who::System => unreachable!("a person signed in"),
        }
    }

    /// A batch that the actor has begun, where the place is theirs.
    pub async fn batch(&self, actor: &Actor, place: Place) -> BatchId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        self.begin_batch(Self::themselves_or(actor, maker), place)
            .await
    }

    /// A batch that somebody else in the account has begun.
    pub async fn batch_of_colleague(&self, place: Place) -> BatchId {
        match self.maker(place) {
            Some(maker) => self.begin_batch(maker, place).await,
            None => self.unknown(),
        }
    }

    /// A batch that has changed one asset and can be undone.
    async fn begin_batch(&self, maker: &Actor, place: Place) -> BatchId {
        let these = Selection::Ids(vec![self.asset(place).await]);
        let answer = self
            .library
            .change_assets(maker, BatchAction::Archive, these);
        let undo = answer.await.expect("a batch is done").undo;
        undo.expect("it can be undone")
    }

    pub fn new_user(&self) -> NewUser {
        NewUser {
            email: format!("{}@example.com", self.word()).parse().unwrap(),
            name: "Somebody".parse().unwrap(),
            role: Role::Agent,
            operator: false,
            password: Some(Secret::new(PASSWORD)),
        }
    }

    /// A place outside that nobody tells of anything while doors are knocked at.
    pub fn new_webhook(&self) -> NewWebhook {
        NewWebhook {
            name: self.word().parse().unwrap(),
            url: "https://hooks.example.invalid/".to_owned(),
            events: Vec::new(),
        }
    }

    pub async fn webhook(&self, place: Place) -> WebhookId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        let made = self.library.create_webhook(maker, self.new_webhook()).await;
        made.expect("a webhook is made").0.id
    }

    /// A webhook and something it is told.
    pub async fn webhook_delivery(&self, place: Place) -> (WebhookId, WebhookDeliveryId) {
        let webhook = self.webhook(place).await;
        let Some(maker) = self.maker(place) else {
            return (webhook, self.unknown());
        };
        let told = self.library.test_webhook(maker, webhook).await;
        (webhook, told.expect("it is told something").id)
    }

    pub async fn embed_session(&self, place: Place) -> EmbedSessionId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        let made = self
            .library
            .create_embed_session(maker, new_embed_session());
        made.await.expect("an embed session is made").0.id
    }

    pub async fn token(&self, place: Place) -> TokenId {
        let Some(maker) = self.maker(place) else {
            return self.unknown();
        };
        let made = self
            .library
            .create_token(maker, maker.account_id, new_token());
        made.await.expect("a token is made").0.id
    }
}

pub fn new_token() -> library::tokens::NewToken {
    library::tokens::NewToken {
        name: "Story".parse().unwrap(),
        role: Role::Agent,
        scopes: Vec::new(),
    }
}

/// An embed session for everything.
pub fn new_embed_session() -> NewEmbedSession {
    NewEmbedSession {
        origin: "https://desk.example.com".parse().expect("an origin"),
        scopes: EmbedScope::ALL.to_vec(),
        folder_id: None,
        kinds: Vec::new(),
        max_operations: None,
        lifetime: LONGEST,
        used_in: Some(NewUsage {
            kind: UsageKind::Template,
            reference: "welcome".parse().expect("a reference"),
            title: None,
            url: None,
        }),
        user: None,
    }
}

/// The first five bytes of an upload.
pub fn piece() -> library::uploads::Piece {
    library::uploads::Piece {
        offset: ByteSize::ZERO,
        announced: Some(ByteSize::bytes(5)),
        length: None,
        checksum: None,
    }
}

/// A request's body that says some words.
pub fn body(words: &str) -> impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin + 'static {
    stream::iter([Ok(Bytes::copy_from_slice(words.as_bytes()))])
}
