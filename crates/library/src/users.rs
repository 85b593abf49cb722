//! People who sign in.

mod own;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{
    AccountId, ByteSize, Cursor, Email, EventKind, Limit, Meter, Page, PersonName, Problem, Reason,
    Right, Role, Secret, Session, SessionId, Theme, User, UserId,
};

use crate::{
    Actor, Clock, Library, Result, audit,
    db::{Tx, accounts, invitations, page, sessions, usage, users},
    password,
    tokens::revoke_made_by,
};

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewUser {
    pub email: Email,
    pub name: PersonName,
    pub role: Role,
    pub operator: bool,
    /// Absent: one is made up and given back.
    pub password: Option<Secret>,
}

/// What about a person changes; what is absent stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct UserPatch {
    pub role: Option<Role>,
    /// A quota of their own, or none, so that the account's figure for everybody holds.
    pub quota: Option<Option<ByteSize>>,
}

/// The most people of a list that comes in one piece.
const ADDERS_MOST: i64 = 1_000;

impl Library {
    /// Adds a person to an account; gives back the password where it was made up.
    ///
    /// Administrators add to their own account; only operators add to others or make operators.
    /// A token adds nobody who may more than it: that person could sign in and be more.
    pub async fn create_user(
        &self,
        actor: &Actor,
        account: AccountId,
        user: NewUser,
    ) -> Result<(User, Option<Secret>)> {
        self.require_administered(actor, account).await?;
        if user.operator {
            self.require(actor, Right::Operate).await?;
        }
        self.require_covered(actor, user.role).await?;
        let (password, made_up) = if let Some(password) = user.password {
            (password, None)
        } else {
            let password = new_password(&*self.inner.clock);
            (password.clone(), Some(password))
        };
        password::check(&password, &user.email)?;
        let hash = self.hash_password(&password).await?;
        let user = User {
            id: self.inner.clock.new_id(),
            account_id: account,
            email: user.email,
            name: user.name.to_string(),
            role: user.role,
            operator: user.operator,
            language: None,
            theme: Theme::default(),
            quota: None,
            created_at: self.inner.clock.now(),
            disabled_at: None,
        };
        let mut tx = self.inner.db.write().await?;
        add(&mut tx, &*self.inner.clock, actor, &user, &hash).await?;
        tx.commit().await?;
        Ok((user, made_up))
    }

    /// The people of the actor's account, by name; for administrators.
    pub async fn list_users(
        &self,
        actor: &Actor,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<User>> {
        self.require(actor, Right::Administer).await?;
        let after = page::decode(cursor)?.unwrap_or_default();
        let mut tx = self.inner.db.read().await?;
        let rows = page::rows(limit);
        let users = users::list(&mut tx, actor.account_id, &after, rows).await?;
        Ok(page::cut(users, limit, |user| (user.name.clone(), user.id)))
    }

    /// Who has added something to the actor's account, by name; every asset says by whom it was
    /// added, so this tells no more.
    pub async fn list_adders(&self, actor: &Actor) -> Result<Vec<(UserId, String)>> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        users::list_adders(&mut tx, actor.account_id, ADDERS_MOST).await
    }

    /// The people of any account, by name; for operators.
    pub async fn list_users_of(
        &self,
        actor: &Actor,
        account: AccountId,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<User>> {
        self.require(actor, Right::Operate).await?;
        let after = page::decode(cursor)?.unwrap_or_default();
        let mut tx = self.inner.db.read().await?;
        let found = accounts::find(&mut tx, account).await?;
        found.ok_or_else(Problem::not_found)?;
        let users = users::list(&mut tx, account, &after, page::rows(limit)).await?;
        Ok(page::cut(users, limit, |user| (user.name.clone(), user.id)))
    }

    /// The person of an email address, in any account; for operators.
    pub async fn get_user_by_email(&self, actor: &Actor, email: &Email) -> Result<User> {
        self.require(actor, Right::Operate).await?;
        let mut tx = self.inner.db.read().await?;
        let found = users::find_by_email(&mut tx, email.as_str()).await?;
        Ok(found.map(|(user, _)| user).ok_or_else(Problem::not_found)?)
    }

    /// A person of the actor's account; for administrators.
    pub async fn get_user(&self, actor: &Actor, id: UserId) -> Result<User> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.read().await?;
        find_colleague(&mut tx, actor, id).await
    }

    /// What a person of the actor's account brought, of what they may; for administrators.
    pub async fn user_meter(&self, actor: &Actor, id: UserId) -> Result<Meter> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.read().await?;
        find_colleague(&mut tx, actor, id).await?;
        usage::get_of_user(&mut tx, id).await
    }

    /// Changes what a person is and what they may bring, which administrators do in their account.
    ///
    /// Operators set quotas everywhere and as they like; an administrator gives nobody more than
    /// the account's figure for everybody. Who becomes an administrator signs in anew.
    pub async fn update_user(&self, actor: &Actor, id: UserId, patch: UserPatch) -> Result<User> {
        let is_quota_alone = patch.quota.is_some() && patch.role.is_none();
        let is_anywhere = is_quota_alone && actor.may(Right::Operate);
        if !is_anywhere {
            self.require(actor, Right::Administer).await?;
        }
        if let Some(role) = patch.role {
            self.require_covered(actor, role).await?;
        }
        let mut tx = self.inner.db.write().await?;
        let mut user = if is_anywhere {
            let found = users::lock(&mut tx, id).await?;
            found.ok_or_else(Problem::not_found)?
        } else {
            lock_colleague(&mut tx, actor, id).await?
        };
        let mut details = Vec::new();
        if let Some(role) = patch.role.filter(|role| *role != user.role) {
            check_role(&mut tx, actor, &user).await?;
            invitations::forget_made_by(&mut tx, id).await?;
            if role < user.role {
                revoke_made_by(&mut tx, &*self.inner.clock, actor, id).await?;
            }
            details.push(format!("{} → {role}", user.role));
            if role == Role::Administrator {
                // A cookie that leaked while it was worth less opens no more than before.
                sessions::delete_of_user(&mut tx, id, None).await?;
            }
            user.role = role;
        }
        if let Some(quota) = patch.quota {
            check_quota(&mut tx, actor, &user, quota).await?;
            details.push(format!("{} → {}", told(user.quota), told(quota)));
            user.quota = quota;
        }
        users::update(&mut tx, &user).await?;
        let (clock, kind) = (
            &*self.inner.clock,
            (user.account_id, EventKind::UserChanged),
        );
        audit::record_with(&mut tx, clock, actor, kind, id, details.join(", ")).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// The living sessions of a person of the account, newest first; for administrators.
    pub async fn list_user_sessions(
        &self,
        actor: &Actor,
        id: UserId,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Session>> {
        self.require(actor, Right::Administer).await?;
        let before: Option<SessionId> = page::decode(cursor)?;
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.read().await?;
        find_colleague(&mut tx, actor, id).await?;
        let sessions = sessions::list(&mut tx, id, now, before, page::rows(limit)).await?;
        Ok(page::cut(sessions, limit, |session| session.id))
    }

    /// Signs a person of the account out everywhere; for administrators.
    pub async fn end_user_sessions(&self, actor: &Actor, id: UserId) -> Result<()> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.write().await?;
        let user = find_colleague(&mut tx, actor, id).await?;
        let mut tx = self.require_above(tx, actor, &user).await?;
        sessions::delete_of_user(&mut tx, id, None).await?;
        let kind = EventKind::SessionsEnded;
        audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
        tx.commit().await
    }

    /// Stops a person from signing in and ends their sessions; for administrators.
    ///
    /// The links and tokens they made work no longer: one of them might lead back in.
    pub async fn disable_user(&self, actor: &Actor, id: UserId) -> Result<User> {
        self.require(actor, Right::Administer).await?;
        if actor.user_id() == Some(id) {
            return Err(Problem::conflict("You cannot switch yourself off.")
                .because(Reason::Yourself)
                .into());
        }
        let mut tx = self.inner.db.write().await?;
        let mut user = lock_colleague(&mut tx, actor, id).await?;
        let mut tx = self.require_above(tx, actor, &user).await?;
        require_other_administrator(&mut tx, &user).await?;
        let now = self.inner.clock.now();
        user.disabled_at = user.disabled_at.or(Some(now));
        users::set_disabled(&mut tx, id, user.disabled_at).await?;
        sessions::delete_of_user(&mut tx, id, None).await?;
        invitations::forget_reset(&mut tx, id).await?;
        invitations::forget_made_by(&mut tx, id).await?;
        revoke_made_by(&mut tx, &*self.inner.clock, actor, id).await?;
        let kind = EventKind::UserDisabled;
        audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Lets a person sign in again; for administrators.
    pub async fn enable_user(&self, actor: &Actor, id: UserId) -> Result<User> {
        self.require(actor, Right::Administer).await?;
        let mut tx = self.inner.db.write().await?;
        let mut user = find_colleague(&mut tx, actor, id).await?;
        let mut tx = self.require_above(tx, actor, &user).await?;
        user.disabled_at = None;
        users::set_disabled(&mut tx, id, None).await?;
        let kind = EventKind::UserEnabled;
        audit::record(&mut tx, &*self.inner.clock, actor, kind, id).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Refuses who is no operator and would change one; the transaction ends before that, so that
    /// the refusal can be written down.
    async fn require_above(&self, tx: Tx, actor: &Actor, user: &User) -> Result<Tx> {
        if !user.operator || actor.may(Right::Operate) {
            return Ok(tx);
        }
        drop(tx);
        self.require(actor, Right::Operate).await?;
        Err(Problem::forbidden().into())
    }

    /// Refuses a program that would make somebody who may more than it.
    pub(crate) async fn require_covered(&self, actor: &Actor, role: Role) -> Result<()> {
        if actor.covers(role) {
            return Ok(());
        }
        self.record_denial(actor).await;
        Err(Problem::forbidden().into())
    }

    /// Refuses who does not manage an account: its administrators do, and operators do any.
    pub(crate) async fn require_administered(&self, actor: &Actor, id: AccountId) -> Result<()> {
        if !actor.may(Right::Operate) {
            self.require(actor, Right::Administer).await?;
            if id != actor.account_id {
                return Err(Problem::not_found().into());
            }
        }
        let mut tx = self.inner.db.read().await?;
        accounts::find(&mut tx, id)
            .await?
            .ok_or_else(Problem::not_found)?;
        Ok(())
    }

    pub(crate) async fn hash_password(&self, password: &Secret) -> Result<String> {
        self.inner
            .passwords
            .hash(password, &*self.inner.clock)
            .await
    }
}

/// Adds a person, and writes down who did.
pub(crate) async fn add(
    tx: &mut Tx,
    clock: &dyn Clock,
    actor: &Actor,
    user: &User,
    hash: &str,
) -> Result<()> {
    match users::insert(tx, user, hash).await {
        Err(error) if error.is_unique_violation() => {
            return Err(
                Problem::conflict("Somebody has this email address already.")
                    .because(Reason::EmailTaken)
                    .into(),
            );
        }
        done => done?,
    }
    let account = Some(user.account_id);
    audit::record_in(tx, clock, actor, account, EventKind::UserCreated, user.id).await
}

/// A quota as the trail has it.
fn told(quota: Option<ByteSize>) -> String {
    quota.map_or_else(|| "∞".to_owned(), |quota| quota.to_string())
}

/// Another person of the actor's account.
pub(crate) async fn find_colleague(tx: &mut Tx, actor: &Actor, id: UserId) -> Result<User> {
    let user = users::find(tx, id).await?;
    let colleague = user.filter(|user| user.account_id == actor.account_id);
    Ok(colleague.ok_or_else(Problem::not_found)?)
}

/// Another person of the actor's account, whom nobody else changes until the transaction ends.
async fn lock_colleague(tx: &mut Tx, actor: &Actor, id: UserId) -> Result<User> {
    find_colleague(tx, actor, id).await?;
    let user = users::lock(tx, id).await?;
    Ok(user.ok_or_else(Problem::not_found)?)
}

/// Refuses to change the role of oneself, of an operator, and of the last administrator.
async fn check_role(tx: &mut Tx, actor: &Actor, user: &User) -> Result<()> {
    if actor.user_id() == Some(user.id) {
        return Err(Problem::conflict("You cannot change your own role.")
            .because(Reason::Yourself)
            .into());
    }
    if user.operator {
        actor.require(Right::Operate)?;
    }
    require_other_administrator(tx, user).await
}

/// Refuses to take the last administrator from an account.
async fn require_other_administrator(tx: &mut Tx, user: &User) -> Result<()> {
    if user.role != Role::Administrator || user.disabled_at.is_some() {
        return Ok(());
    }
    // Two who take each other's place at once are answered one after the other.
    accounts::lock(tx, user.account_id).await?;
    if users::count_other_administrators(tx, user.account_id, user.id).await? > 0 {
        return Ok(());
    }
    Err(Problem::conflict("The account needs an administrator.")
        .because(Reason::LastAdministrator)
        .into())
}

/// Refuses an administrator who would give somebody more than the account's figure for everybody.
async fn check_quota(
    tx: &mut Tx,
    actor: &Actor,
    user: &User,
    quota: Option<ByteSize>,
) -> Result<()> {
    if actor.may(Right::Operate) {
        return Ok(());
    }
    let account = accounts::get(tx, user.account_id).await?;
    match (quota, account.limits.user_quota) {
        (Some(asked), Some(most)) if asked > most => Err(Problem {
            limit: Some(most),
            ..Problem::invalid(
                "quota",
                format!("At most {most} for each person; an operator allows more."),
            )
        }
        .because(Reason::AboveAllowance)
        .into()),
        _ => Ok(()),
    }
}

/// A password nobody has to keep in mind: 120 random bits in 20 letters.
fn new_password(clock: &dyn Clock) -> Secret {
    let mut random = [0; 15];
    clock.fill_random(&mut random);
    Secret::new(URL_SAFE_NO_PAD.encode(random))
}
