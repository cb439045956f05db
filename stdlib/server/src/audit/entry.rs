//! A change that was kept.

use crate::value::{Timestamp, Uuid};

/// A change of a row of an `@audited` resource.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AuditEntry {
    /// Its id, a UUIDv7.
    pub id: Uuid,
    /// The time of the request.
    pub at: Timestamp,
    /// What happened to the row.
    pub change: AuditChange,
    /// The declared name of the resource.
    pub resource: String,
    /// The keys of the row in JSON: of its parents, outermost first, then its own.
    pub key: serde_json::Value,
    /// The operation that did it, `publish`. It may be one of another resource: what goes along does so by its operation.
    pub operation: String,
    /// Who did it: the caller's id, empty for nobody in particular; none where the server did it by itself.
    pub principal: Option<String>,
    /// The tenant of the caller.
    pub tenant: Option<String>,
    /// In which request.
    pub request_id: Option<String>,
    /// In which trace, 32 digits.
    pub trace_id: Option<String>,
    /// The version of the row before; none where it was not there.
    pub version_before: Option<i64>,
    /// The version of the row after; none where it is gone for ever.
    pub version_after: Option<i64>,
    /// What is different: the declared name of each field with the value before and after, `{"title": ["old", "new"]}`; null instead of
    /// both for fields that are `@sensitive`, `@writeonly` or `@internal`. Where the row was not there before, or is not after, the
    /// values are null; nothing is told of a purge.
    pub changes: serde_json::Value,
}

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuditChange {
    /// It was made.
    Created,
    /// It was changed, by whatever operation.
    Updated,
    /// It was deleted, for ever or for a while.
    Deleted,
    /// A delete was taken back.
    Undeleted,
    /// It went for ever, some time after it was deleted.
    Purged,
}

impl AuditChange {
    const ALL: [AuditChange; 5] = [
        AuditChange::Created,
        AuditChange::Updated,
        AuditChange::Deleted,
        AuditChange::Undeleted,
        AuditChange::Purged,
    ];

    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            AuditChange::Created => "created",
            AuditChange::Updated => "updated",
            AuditChange::Deleted => "deleted",
            AuditChange::Undeleted => "undeleted",
            AuditChange::Purged => "purged",
        }
    }

    pub(crate) fn read(text: &str) -> Option<AuditChange> {
        AuditChange::ALL.into_iter().find(|change| change.as_str() == text)
    }
}
