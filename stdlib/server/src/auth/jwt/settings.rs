//! What an operator says of tokens, and what can be wrong with it.

use std::fmt;
use std::path::PathBuf;

use jsonwebtoken::Algorithm;

/// How tokens are signed (RFC 7518, section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JwtAlgorithm {
    /// HMAC with SHA-256: both sides know the secret.
    Hs256,
    /// RSA (PKCS #1 v1.5) with SHA-256; keys of 2048 to 8192 bits.
    Rs256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
}

impl JwtAlgorithm {
    pub(super) fn of_library(self) -> Algorithm {
        match self {
            JwtAlgorithm::Hs256 => Algorithm::HS256,
            JwtAlgorithm::Rs256 => Algorithm::RS256,
            JwtAlgorithm::Es256 => Algorithm::ES256,
        }
    }
}

impl fmt::Display for JwtAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            JwtAlgorithm::Hs256 => "HS256",
            JwtAlgorithm::Rs256 => "RS256",
            JwtAlgorithm::Es256 => "ES256",
        })
    }
}

/// Tokens cannot be checked as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JwtError {
    /// The secret is shorter than 32 bytes.
    ShortSecret,
    /// The text is no key of the algorithm.
    Key(JwtAlgorithm),
    /// The text is no key set.
    KeySet(String),
    /// The key set has no key of the algorithms.
    NoKey,
    /// No algorithm is named, or HS256 for a key set.
    Algorithms,
    /// The URL of a key set cannot be asked.
    Url(String),
    /// The file cannot be read.
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: String,
    },
}

impl fmt::Display for JwtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JwtError::ShortSecret => f.write_str(
                "the secret of HS256 has less than 32 bytes: make one with `openssl rand -base64 32`",
            ),
            JwtError::Key(algorithm) => write!(
                f,
                "this is no public key for {algorithm}: it begins with `-----BEGIN PUBLIC KEY-----`"
            ),
            JwtError::KeySet(cause) => write!(f, "this is no JSON Web Key Set: {cause}"),
            JwtError::NoKey => {
                f.write_str("the key set has no public key for signatures of the algorithms that are accepted")
            }
            JwtError::Algorithms => f.write_str(
                "a key set is for RS256, ES256 or both: name at least one, and give a secret of HS256 by itself",
            ),
            JwtError::Url(cause) => write!(f, "the URL of the key set cannot be asked: {cause}"),
            JwtError::File { path, cause } => {
                write!(f, "the key set {} cannot be read: {cause}", path.display())
            }
        }
    }
}

impl std::error::Error for JwtError {}

/// The algorithms of a key set. What is public cannot hold the secret of HS256.
pub(super) fn asymmetric(
    algorithms: impl IntoIterator<Item = JwtAlgorithm>,
) -> Result<Vec<JwtAlgorithm>, JwtError> {
    let algorithms: Vec<JwtAlgorithm> = algorithms.into_iter().collect();
    match algorithms.is_empty() || algorithms.contains(&JwtAlgorithm::Hs256) {
        true => Err(JwtError::Algorithms),
        false => Ok(algorithms),
    }
}
