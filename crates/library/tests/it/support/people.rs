//! People in stories: made with one word, signed in at once.

use library::{Actor, Client, users::NewUser};
use model::{Account, AccountId, AccountLimits, Role, Scope, Secret, id::Id};

use super::TestLibrary;

/// The password of everybody in stories.
pub const PASSWORD: &str = "otters hold hands asleep";

/// The account of everybody whose account is not told.
const HOME: &str = "Acme";

/// Somebody at the command line of an installation.
pub fn system() -> Actor {
    Actor::system(AccountId::from_parts(0, 0))
}

/// A browser at an address.
pub fn at(ip: &str) -> Client {
    Client {
        ip: Some(ip.parse().expect("an address")),
        user_agent: Some("Stories/1.0".to_owned()),
        door: None,
    }
}

impl TestLibrary {
    /// An agent of the account Acme.
    pub async fn agent(&self, name: &str) -> Actor {
        self.person(HOME, name, Role::Agent, false).await
    }

    /// An administrator of the account Acme.
    pub async fn administrator(&self, name: &str) -> Actor {
        self.person(HOME, name, Role::Administrator, false).await
    }

    /// An agent of the account Acme who is operator of the installation.
    pub async fn operator(&self, name: &str) -> Actor {
        self.person(HOME, name, Role::Agent, true).await
    }

    /// An administrator of another account.
    pub async fn stranger(&self, name: &str) -> Actor {
        self.person("Elsewhere", name, Role::Administrator, false)
            .await
    }

    /// The account of a name, made when it is not there yet.
    pub async fn account(&self, name: &str) -> Account {
        if let Ok(account) = self.get_account_by_name(&system(), name).await {
            return account;
        }
        let limits = AccountLimits::default();
        self.create_account(&system(), name.parse().unwrap(), limits)
            .await
            .expect("an account is made")
    }

    /// A person of an account, signed in; made when they are not there yet.
    pub async fn person(&self, account: &str, name: &str, role: Role, operator: bool) -> Actor {
        let account = self.account(account).await;
        let email = email_of(name);
        let user = NewUser {
            email: email.parse().unwrap(),
            name: name.parse().unwrap(),
            role,
            operator,
            password: Some(Secret::new(PASSWORD)),
        };
        let made = self.create_user(&system(), account.id, user).await;
        drop(made);
        self.signed_in(&email).await.1
    }

    /// The session of a person who signs in, and who they are then.
    pub async fn signed_in(&self, email: &str) -> (Secret, Actor) {
        let client = at("192.0.2.7");
        let (_, session) = self
            .sign_in(email, &Secret::new(PASSWORD), &client, None)
            .await
            .expect("the person signs in");
        let actor = self
            .find_actor_by_session(&session, &client)
            .await
            .expect("the session is looked up")
            .expect("the session lives");
        (session, actor)
    }

    /// A program with a token of an account.
    pub async fn token(&self, account: &str, role: Role, scopes: &[Scope]) -> Actor {
        let account = self.account(account).await;
        let token = library::tokens::NewToken {
            name: "Story".parse().unwrap(),
            role,
            scopes: scopes.to_vec(),
        };
        let (_, secret) = self
            .create_token(&system(), account.id, token)
            .await
            .expect("a token is made");
        self.find_actor_by_token(&secret, &at("192.0.2.8"))
            .await
            .expect("the token is looked up")
            .expect("the token is good")
    }
}

/// The email address of a person in a story.
pub fn email_of(name: &str) -> String {
    format!("{name}@example.com")
}
