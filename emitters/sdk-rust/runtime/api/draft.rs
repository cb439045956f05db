//! The request of a call in the making.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::{Map, Value};

use super::filter::Condition;
use super::settings::Limits;
use super::transport::Sending;
use super::wire::Text;
use super::{Patch, Removal, Transport, json};

/// The request of a call in the making. Operations fill it in; a value that cannot be sent is told when it is sent.
#[derive(Clone)]
pub struct Draft {
    pub(super) transport: Transport,
    pub(super) name: &'static str,
    pub(super) method: Method,
    pub(super) path: Cow<'static, str>,
    pub(super) idempotent: bool,
    pub(super) limits: Limits,
    pub(super) keys: Vec<String>,
    pub(super) query: Vec<(Cow<'static, str>, String)>,
    pub(super) headers: HeaderMap,
    /// The key that was given as such, whatever the headers say.
    pub(super) idempotency_key: Option<HeaderValue>,
    /// The members of a body that is an object.
    pub(super) members: Option<Map<String, Value>>,
    /// A body that is none.
    pub(super) other: Option<Value>,
    /// The first value that cannot be sent.
    pub(super) wrong: Option<String>,
}

impl Draft {
    /// A request without keys, parameters and body.
    pub fn new(
        transport: &Transport,
        name: &'static str,
        method: Method,
        path: impl Into<Cow<'static, str>>,
        idempotent: bool,
    ) -> Self {
        Self {
            transport: transport.clone(),
            name,
            method,
            path: path.into(),
            idempotent,
            limits: transport.limits(),
            keys: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            idempotency_key: None,
            members: None,
            other: None,
            wrong: None,
        }
    }

    /// The next key of the path.
    pub fn key(&mut self, key: impl Serialize) {
        if let Some(value) = self.value("path", key) {
            self.keys.push(json::text(&value));
        }
    }

    /// A parameter of the query; items of a list have commas between them.
    pub fn query(&mut self, name: &'static str, value: impl Serialize) {
        if let Some(value) = self.value(name, value) {
            self.set(name, json::text(&value));
        }
    }

    /// A parameter of the query for each item.
    pub fn repeat<T: Serialize>(&mut self, name: &'static str, items: impl IntoIterator<Item = T>) {
        self.query.retain(|(known, _)| known != name);
        for item in items {
            if let Some(value) = self.value(name, item) {
                self.query.push((name.into(), json::text(&value)));
            }
        }
    }

    /// What is asked of a field.
    pub fn filter(&mut self, name: &'static str, asked: Vec<Condition>) {
        for condition in asked {
            let parameter = match condition.operator {
                "" => Cow::Borrowed(name),
                operator => Cow::Owned(format!("{name}.{operator}")),
            };
            match condition.value {
                Ok(value) => self.set(parameter, json::text(&value)),
                Err(why) => self.refuse(name, &why),
            }
        }
    }

    /// What is asked of instants, which the service keeps with microseconds.
    pub fn filter_instants(&mut self, name: &'static str, mut asked: Vec<Condition>) {
        asked.iter_mut().filter_map(|condition| condition.value.as_mut().ok()).for_each(instants);
        self.filter(name, asked);
    }

    /// A header.
    pub fn header(&mut self, name: &str, value: &str) {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => drop(self.headers.insert(name, value)),
            _ => self.refuse(name, &"it cannot stand in a header"),
        }
    }

    /// The key under which the call happens once.
    pub fn idempotency_key(&mut self, key: &str) {
        match HeaderValue::try_from(key) {
            Ok(key) => self.idempotency_key = Some(key),
            Err(_) => self.refuse("the idempotency key", &"it cannot stand in a header"),
        }
    }

    /// A parameter that travels in a header.
    pub fn header_of(&mut self, name: &str, value: impl Serialize) {
        if let Some(value) = self.value(name, value) {
            self.header(name, &json::text(&value));
        }
    }

    /// A body without members.
    pub fn object(&mut self) {
        self.members();
    }

    /// A member of the body that is a list without items.
    pub fn empty_list(&mut self, name: &'static str) {
        self.members().insert(name.to_owned(), Value::Array(Vec::new()));
    }

    /// A member of the body that is a map without entries.
    pub fn empty_map(&mut self, name: &'static str) {
        self.members().insert(name.to_owned(), Value::Object(Map::new()));
    }

    /// A member of the body.
    pub fn put(&mut self, name: &'static str, value: impl Serialize) {
        if let Some(value) = self.value(name, value) {
            self.members().insert(name.to_owned(), value);
        }
    }

    /// A member of the body that may be null, and stays out where it is unset.
    pub fn change<T: Serialize>(&mut self, name: &'static str, value: Patch<T>) {
        if value.is_unset() {
            self.members().remove(name);
        } else {
            self.put(name, value);
        }
    }

    /// The whole body.
    pub fn body(&mut self, body: impl Serialize) {
        (self.members, self.other) = match self.value("body", body) {
            Some(Value::Object(members)) => (Some(members), None),
            other => (None, other),
        };
    }

    /// The items of a batch.
    pub fn items<T: Serialize>(&mut self, items: impl IntoIterator<Item = T>) {
        let items: Vec<T> = items.into_iter().collect();
        self.put("items", items);
    }

    /// The items that a batch deletes, by the name of their key.
    pub fn removals<K: Serialize>(&mut self, name: &str, items: impl IntoIterator<Item = Removal<K>>) {
        let mut listed = Vec::new();
        for item in items {
            let mut members = Map::new();
            members.extend(self.value(name, item.key).map(|key| (name.to_owned(), key)));
            members.extend(item.etag.map(|etag| ("etag".to_owned(), Value::String(etag))));
            listed.push(Value::Object(members));
        }
        self.put("items", listed);
    }

    /// Sends it; with the call that ends when the answer is read.
    pub(super) fn send(self) -> Sending {
        self.transport.clone().execute(self)
    }

    pub(super) fn set(&mut self, name: impl Into<Cow<'static, str>>, text: String) {
        let name = name.into();
        self.query.retain(|(known, _)| *known != name);
        self.query.push((name, text));
    }

    fn members(&mut self) -> &mut Map<String, Value> {
        self.members.get_or_insert_default()
    }

    fn value(&mut self, name: &str, value: impl Serialize) -> Option<Value> {
        match json::value(value) {
            Ok(value) => Some(value),
            Err(why) => {
                self.refuse(name, &why);
                None
            }
        }
    }

    fn refuse(&mut self, name: &str, why: &dyn fmt::Display) {
        self.wrong.get_or_insert_with(|| format!("{name}: {why}"));
    }
}

fn instants(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(instant) = text.parse().ok().and_then(|at: Timestamp| json::value(Text(at)).ok()) {
                *value = instant;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(instants),
        _ => {}
    }
}

/// Without keys, query and body.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("name", &self.name)
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
