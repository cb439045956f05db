//! JSON Web Tokens as bearer tokens (RFC 7519, with the advice of RFC 8725).

mod claims;
mod keys;
mod remote;
mod settings;

pub use settings::{JwtAlgorithm, JwtError};

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jsonwebtoken::crypto::{CryptoProvider, aws_lc};
use jsonwebtoken::{Header, Validation, decode, decode_header};
use serde_json::{Map, Value};

use super::{Authenticator, LONGEST_TOKEN, Principal};
use crate::Problem;
use crate::handler::BoxFuture;
use claims::Claims;
use keys::{Key, KeySet};
use remote::Remote;

/// The most leeway that clocks get: a token that has expired for longer has expired.
const MOST_LEEWAY: Duration = Duration::from_secs(600);

/// Accepts JSON Web Tokens that an identity provider has signed.
///
/// The operator pins the algorithms, and each key has one: a token chooses among them, and never says what it is checked with.
/// `none`, tokens without `exp` and tokens without `sub` are refused. The subject becomes the principal's id, the scopes come
/// from `scope` (words with spaces between, RFC 8693) or `scp` (an array).
///
/// ```no_run
/// use atlas9_server::{JwtAlgorithm, JwtVerifier};
///
/// # fn verifier() -> Result<JwtVerifier, atlas9_server::JwtError> {
/// let verifier = JwtVerifier::jwks_url([JwtAlgorithm::Rs256], "https://id.example.com/.well-known/jwks.json")?
///     .issuer("https://id.example.com/")
///     .audience("https://api.example.com/");
/// # Ok(verifier) }
/// ```
pub struct JwtVerifier {
    algorithms: Vec<JwtAlgorithm>,
    keys: Keys,
    issuer: Option<String>,
    audience: Option<String>,
    leeway: Duration,
    claims: Claims,
}

enum Keys {
    Fixed(KeySet),
    Remote(Arc<Remote>),
}

impl JwtVerifier {
    /// Tokens that are signed with a secret both sides know (HS256).
    ///
    /// # Errors
    /// When the secret is shorter than 32 bytes, the length of the hash (RFC 7518, section 3.2).
    pub fn secret(secret: &[u8]) -> Result<JwtVerifier, JwtError> {
        Ok(JwtVerifier::new(vec![JwtAlgorithm::Hs256], Keys::Fixed(KeySet::one(Key::secret(secret)?))))
    }

    /// Tokens of one public key in PEM: `BEGIN PUBLIC KEY`. A key id in the token says nothing then.
    ///
    /// # Errors
    /// When the text is no key of the algorithm.
    pub fn pem(algorithm: JwtAlgorithm, pem: &str) -> Result<JwtVerifier, JwtError> {
        Ok(JwtVerifier::new(vec![algorithm], Keys::Fixed(KeySet::one(Key::pem(algorithm, pem)?))))
    }

    /// Tokens of the public keys of a key set (RFC 7517), by the text of the document.
    ///
    /// # Errors
    /// When the text is no key set, or has no key of the algorithms.
    pub fn jwks(
        algorithms: impl IntoIterator<Item = JwtAlgorithm>,
        text: &str,
    ) -> Result<JwtVerifier, JwtError> {
        let algorithms = settings::asymmetric(algorithms)?;
        let keys = KeySet::read(text.as_bytes(), &algorithms)?;
        Ok(JwtVerifier::new(algorithms, Keys::Fixed(keys)))
    }

    /// As [`JwtVerifier::jwks`], of a file that is read once.
    ///
    /// # Errors
    /// Also when the file cannot be read.
    pub fn jwks_file(
        algorithms: impl IntoIterator<Item = JwtAlgorithm>,
        path: impl AsRef<Path>,
    ) -> Result<JwtVerifier, JwtError> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path)
            .map_err(|error| JwtError::File { path: path.to_owned(), cause: error.to_string() })?;
        JwtVerifier::jwks(algorithms, &text)
    }

    /// Tokens of the public keys of a key set behind an `https` or `http` URL.
    ///
    /// The set is fetched when the first token comes, again after an hour, and when a token names a key that is not in it, as
    /// after a rotation, but not more often than [`JwtVerifier::refresh_at_most_every`] says. Where the key server is down the
    /// keys that are known stay; where none is known, or a token names another one, the answer is 503, because the token may
    /// well be valid. Certificates are checked against the roots of Mozilla; redirects are not followed.
    ///
    /// # Errors
    /// When the URL is none.
    pub fn jwks_url(
        algorithms: impl IntoIterator<Item = JwtAlgorithm>,
        url: &str,
    ) -> Result<JwtVerifier, JwtError> {
        let algorithms = settings::asymmetric(algorithms)?;
        let remote = Remote::new(url, &algorithms)?;
        Ok(JwtVerifier::new(algorithms, Keys::Remote(Arc::new(remote))))
    }

    fn new(algorithms: Vec<JwtAlgorithm>, keys: Keys) -> JwtVerifier {
        // Cargo unites the features of everybody who uses jsonwebtoken. Where that leaves it with two providers or none it would
        // panic at the first token.
        if CryptoProvider::try_get_default().is_none() {
            let _ = aws_lc::DEFAULT_PROVIDER.install_default();
        }
        let (leeway, claims) = (Duration::from_secs(60), Claims::default());
        JwtVerifier { algorithms, keys, issuer: None, audience: None, leeway, claims }
    }

    /// The issuer that tokens must name in `iss`. Default: any.
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> JwtVerifier {
        self.issuer = Some(issuer.into());
        self
    }

    /// The audience that tokens must name in `aud`. Without one, tokens that have an audience are refused: they are meant for
    /// somebody else.
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> JwtVerifier {
        self.audience = Some(audience.into());
        self
    }

    /// How far the clocks of the issuer and of this server may differ, at most ten minutes. Default: 60 s.
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> JwtVerifier {
        self.leeway = leeway.min(MOST_LEEWAY);
        self
    }

    /// The claim with the scopes: words with spaces between, or an array. Default: `scope`, and `scp` where that is missing.
    #[must_use]
    pub fn scope_claim(mut self, name: impl Into<String>) -> JwtVerifier {
        self.claims.scope = Some(name.into());
        self
    }

    /// The claim with the tenant: text or a whole number. Default: none, and no caller belongs to a tenant.
    #[must_use]
    pub fn tenant_claim(mut self, name: impl Into<String>) -> JwtVerifier {
        self.claims.tenant = Some(name.into());
        self
    }

    /// How much time is left between two requests to the key server. Default: 30 s.
    #[must_use]
    pub fn refresh_at_most_every(mut self, pause: Duration) -> JwtVerifier {
        if let Keys::Remote(remote) = &mut self.keys
            && let Some(remote) = Arc::get_mut(remote)
        {
            remote.pause = pause;
        }
        self
    }

    async fn verify(&self, token: &str) -> Result<Option<Principal>, Problem> {
        if token.len() > LONGEST_TOKEN {
            return Ok(None);
        }
        let Ok(header) = decode_header(token) else { return Ok(None) };
        let pinned = self.algorithms.iter().copied().find(|algorithm| algorithm.of_library() == header.alg);
        let Some(algorithm) = pinned else { return Ok(None) };
        let keys = self.candidates(&header, algorithm).await?;
        let validation = self.validation(algorithm);
        let claims = keys.iter().find_map(|key| {
            decode::<Map<String, Value>>(token, &key.decoding, &validation).ok().map(|data| data.claims)
        });
        Ok(claims.and_then(|claims| self.claims.principal(&claims, self.leeway)))
    }

    async fn candidates(&self, header: &Header, algorithm: JwtAlgorithm) -> Result<Vec<Arc<Key>>, Problem> {
        let id = header.kid.as_deref();
        match &self.keys {
            Keys::Fixed(keys) => Ok(keys.find(id, algorithm)),
            Keys::Remote(remote) => remote.find(id, algorithm).await,
        }
    }

    fn validation(&self, algorithm: JwtAlgorithm) -> Validation {
        let mut validation = Validation::new(algorithm.of_library());
        let mut required = vec!["exp", "sub"];
        if let Some(issuer) = &self.issuer {
            validation.set_issuer(&[issuer]);
            required.push("iss");
        }
        if let Some(audience) = &self.audience {
            validation.set_audience(&[audience]);
            required.push("aud");
        }
        validation.set_required_spec_claims(&required);
        validation.leeway = self.leeway.as_secs();
        validation.validate_nbf = true;
        validation
    }
}

impl Authenticator for JwtVerifier {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<Principal>, Problem>> {
        Box::pin(self.verify(token))
    }
}
