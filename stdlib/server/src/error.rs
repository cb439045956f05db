//! Why a server does not start.

use std::fmt;

use crate::{JwtError, StoreError};

/// A server cannot start, or cannot go on.
#[derive(Debug)]
pub enum StartError {
    /// The service, its code and its settings do not fit together; each in a sentence.
    Wrong(Vec<String>),
    /// The database.
    Store(StoreError),
    /// The address cannot be had.
    Address {
        /// The address.
        address: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// The listener failed.
    Serving(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Wrong(sentences) => {
                f.write_str("the server cannot start:")?;
                sentences.iter().try_for_each(|sentence| write!(f, "\n- {sentence}"))
            }
            StartError::Store(error) => error.fmt(f),
            StartError::Address { address, error } if error.kind() == std::io::ErrorKind::AddrInUse => {
                write!(f, "another program already listens at {address}: stop it or choose another port")
            }
            StartError::Address { address, error } => write!(f, "cannot listen at {address}: {error}"),
            StartError::Serving(cause) => write!(f, "the server stopped: {cause}"),
        }
    }
}

impl std::error::Error for StartError {}

impl From<JwtError> for StartError {
    fn from(error: JwtError) -> StartError {
        StartError::Wrong(vec![error.to_string()])
    }
}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> StartError {
        StartError::Store(error)
    }
}
