//! API keys: secrets that the service itself gives out, and keeps as hashes in its database.

mod table;
mod text;

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::{Authenticator, Principal};
use crate::Problem;
use crate::handler::BoxFuture;
use crate::store::{Mode, Reach, Store, StoreError};
use crate::value::Timestamp;
use table::TIMEOUT;

/// How much time passes before a key's last use is written again, in microseconds.
const NOTED_EVERY: i64 = 3_600_000_000;

/// The API keys in a service's database: makes, lists and revokes them, and finds the callers behind them.
///
/// A key looks like `atlas9_ID_SECRET`, where scanners find it, and its last characters prove the others, so that they tell one
/// from what only looks like it. The database has its SHA-256. Slow hashes such as Argon2 are for passwords, which can be
/// guessed; nobody guesses 256 random bits, and every request pays for the hash.
///
/// Each request asks the database, so that a key that was revoked is refused from then on. Its last use is written once an
/// hour, which is enough to find keys that nobody uses.
#[derive(Clone)]
pub struct ApiKeys {
    store: Store,
    /// One note of a last use is written at a time; the next request makes up for what is left out.
    noting: Arc<Semaphore>,
}

/// What is known of a key. Its secret is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Stands in the key, `atlas9_ID_...`, and names it where it is revoked.
    pub id: String,
    /// What it is for, in the words of whoever made it.
    pub name: String,
    /// The id of its [`Principal`].
    pub principal: String,
    /// What it allows.
    pub scopes: Vec<String>,
    /// The tenant whose rows it reaches.
    pub tenant: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops being accepted; never where there is none.
    pub expires_at: Option<Timestamp>,
    /// When it was last accepted, give or take an hour.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl ApiKey {
    /// What the key begins with, for comparing one that was found somewhere: `atlas9_ID_`.
    pub fn prefix(&self) -> String {
        text::prefix(&self.id)
    }

    /// `active`, `expired` or `revoked` at a time.
    pub fn state(&self, now: Timestamp) -> &'static str {
        match (self.revoked_at, self.expires_at) {
            (Some(_), _) => "revoked",
            (None, Some(end)) if end <= now => "expired",
            _ => "active",
        }
    }

    fn principal(&self) -> Principal {
        let principal = Principal::new(self.principal.clone(), self.scopes.iter().cloned());
        match &self.tenant {
            Some(tenant) => principal.with_tenant(tenant.clone()),
            None => principal,
        }
    }
}

/// A key that is to be made.
#[derive(Clone, Debug, Default)]
pub struct NewApiKey {
    name: String,
    scopes: Vec<String>,
    principal: Option<String>,
    tenant: Option<String>,
    expires_at: Option<Timestamp>,
}

impl NewApiKey {
    /// A key with a name for people, and scopes.
    pub fn new(name: impl Into<String>, scopes: impl IntoIterator<Item = impl Into<String>>) -> NewApiKey {
        let scopes = scopes.into_iter().map(Into::into).collect();
        NewApiKey { name: name.into(), scopes, ..NewApiKey::default() }
    }

    /// The id of its principal, where several keys stand for one caller. Default: `api_key:ID`. At most 255 characters.
    #[must_use]
    pub fn principal(mut self, id: impl Into<String>) -> NewApiKey {
        self.principal = Some(id.into());
        self
    }

    /// The tenant whose rows it reaches. Default: none.
    #[must_use]
    pub fn tenant(mut self, tenant: impl Into<String>) -> NewApiKey {
        self.tenant = Some(tenant.into());
        self
    }

    /// When it stops being accepted. Default: never.
    #[must_use]
    pub fn expires_at(mut self, end: Timestamp) -> NewApiKey {
        self.expires_at = Some(end);
        self
    }

    fn made(self, id: String) -> ApiKey {
        ApiKey {
            principal: self.principal.unwrap_or_else(|| format!("api_key:{id}")),
            id,
            name: self.name,
            scopes: self.scopes,
            tenant: self.tenant,
            created_at: Timestamp::now(),
            expires_at: self.expires_at,
            last_used_at: None,
            revoked_at: None,
        }
    }
}

impl ApiKeys {
    /// The keys of a database.
    pub fn new(store: Store) -> ApiKeys {
        ApiKeys { store, noting: Arc::new(Semaphore::new(1)) }
    }

    /// Makes a key. Its text is given this once and kept nowhere.
    ///
    /// # Errors
    /// When the database cannot be reached, or has no table for keys because [`Store::migrate`] has not been there; and for a principal
    /// with a longer id than one may have.
    pub async fn create(&self, new: NewApiKey) -> Result<(String, ApiKey), StoreError> {
        let (id, text) = text::make();
        let key = new.made(id);
        if !key.principal().has_room() {
            return Err(StoreError::LongPrincipal);
        }
        let mut session = self.store.session(Mode::Write, TIMEOUT, Reach::Shared).await?;
        table::assert_there(&mut session).await?;
        table::insert(&mut session, &key, &text::hash(&text)).await?;
        session.commit().await?;
        Ok((text, key))
    }

    /// Every key, the oldest first, those that are not accepted any more too.
    ///
    /// # Errors
    /// As [`ApiKeys::create`].
    pub async fn list(&self) -> Result<Vec<ApiKey>, StoreError> {
        let mut session = self.store.session(Mode::Read, TIMEOUT, Reach::Shared).await?;
        table::assert_there(&mut session).await?;
        Ok(table::all(&mut session).await?)
    }

    /// Revokes the key of an id, from the next request on; what it is now. A key that was revoked before stays as it is.
    /// Nothing where there is none of that id.
    ///
    /// # Errors
    /// As [`ApiKeys::create`].
    pub async fn revoke(&self, id: &str) -> Result<Option<ApiKey>, StoreError> {
        let mut session = self.store.session(Mode::Write, TIMEOUT, Reach::Shared).await?;
        table::assert_there(&mut session).await?;
        table::revoke(&mut session, id, Timestamp::now()).await?;
        let found = table::by_id(&mut session, id).await?;
        session.commit().await?;
        Ok(found)
    }

    /// Takes API keys, and asks somebody else about all other tokens: one service takes both.
    pub fn or<A: Authenticator>(self, other: A) -> ApiKeysOr<A> {
        ApiKeysOr { keys: self, other }
    }

    async fn find(&self, token: &str) -> Result<Option<Principal>, Problem> {
        // What only looks like a key costs no question to the database.
        if !text::is_key(token) {
            return Ok(None);
        }
        let mut session = self.store.session(Mode::Read, TIMEOUT, Reach::Shared).await?;
        // How long the index takes to compare hashes tells nothing about a key: nobody can choose the hash of what he sends.
        let found = table::by_hash(&mut session, &text::hash(token)).await?;
        drop(session);
        let now = Timestamp::now();
        let Some(key) = found.filter(|key| key.state(now) == "active") else { return Ok(None) };
        self.note(&key, now);
        Ok(Some(key.principal()))
    }

    /// Notes the use of a key, without letting the request wait for it.
    fn note(&self, key: &ApiKey, now: Timestamp) {
        if key.last_used_at.is_some_and(|last| now.micros() - last.micros() < NOTED_EVERY) {
            return;
        }
        let Ok(noting) = Arc::clone(&self.noting).try_acquire_owned() else { return };
        let (store, id) = (self.store.clone(), key.id.clone());
        tokio::spawn(async move {
            if let Err(error) = table::used(&store, &id, now).await {
                tracing::warn!(key = id, cause = %error, "the last use of an API key was not noted");
            }
            drop(noting);
        });
    }
}

impl Authenticator for ApiKeys {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<Principal>, Problem>> {
        Box::pin(self.find(token))
    }
}

/// Takes API keys, and whatever another [`Authenticator`] does. Made by [`ApiKeys::or`].
pub struct ApiKeysOr<A> {
    keys: ApiKeys,
    other: A,
}

impl<A: Authenticator> Authenticator for ApiKeysOr<A> {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<Principal>, Problem>> {
        match text::is_key(token) {
            true => self.keys.authenticate(token),
            false => self.other.authenticate(token),
        }
    }
}
