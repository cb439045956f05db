//! An event: that a row has changed.

use serde_json::{Value as Json, json};

use crate::AuditChange;
use crate::value::{Timestamp, Uuid};

/// A change of a row of an `@events` resource, under the names of CloudEvents 1.0 where that has one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OutboxEvent {
    /// Its place in the outbox. Places grow, and say nothing of when a transaction was committed.
    pub position: i64,
    /// Its id, a UUIDv7; the same however often the event is handed out, so that whoever has had it can tell.
    pub id: Uuid,
    /// Which service: `/Bookstore`, a reference that can be resolved against where the service is known to be.
    pub source: String,
    /// What happened, `type` in CloudEvents: `Bookstore.Book.created`.
    pub event_type: String,
    /// Which row: the resource's declared name and the keys, percent-encoded: `Review/0192.../0193...`.
    pub subject: String,
    /// The time of the request.
    pub time: Timestamp,
    /// The tenant that the row belongs to; none where it is shared by all.
    pub tenant: Option<String>,
    /// The declared name of the resource.
    pub resource: String,
    /// The keys of the row in JSON: of its parents, outermost first, then its own.
    pub key: Json,
    /// What happened to the row.
    pub change: AuditChange,
    /// The version of the row after the change, as in entity tags; one more than its last where it is gone. Of two events of a
    /// row the later one has the greater version, until the row is gone and its key is used anew.
    pub version: i64,
    /// In which request; none where the server did it by itself.
    pub request_id: Option<String>,
    /// The header `traceparent` that continues the trace of that request (W3C Trace Context).
    pub traceparent: Option<String>,
    /// The row after the change, as answers show it; the last there was of one that is deleted for ever; null for one that was
    /// purged. Fields that are `@sensitive`, `@writeonly` or `@internal`, or that need a scope, are not in it.
    pub data: Json,
    /// How often the event has been handed out, this time included.
    pub attempt: u32,
}

impl OutboxEvent {
    /// The event in CloudEvents' JSON format (`application/cloudevents+json`). `tenant`, `version`, `requestid` and `traceparent`
    /// are extension attributes, left out where there is none; the version is text, because CloudEvents' integers have 32 bits.
    pub fn cloud_event(&self) -> Json {
        let mut event = json!({
            "specversion": "1.0",
            "id": self.id.to_string(),
            "source": self.source,
            "type": self.event_type,
            "subject": self.subject,
            "time": self.time.to_string(),
            "version": self.version.to_string(),
        });
        let optional =
            [("tenant", &self.tenant), ("requestid", &self.request_id), ("traceparent", &self.traceparent)];
        for (name, value) in optional {
            if let Some(value) = value {
                event[name] = json!(value);
            }
        }
        if !self.data.is_null() {
            event["datacontenttype"] = json!("application/json");
            event["data"] = self.data.clone();
        }
        event
    }
}
