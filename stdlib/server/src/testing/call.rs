//! An operation as a typed call: where its keys, its parameters and its body go.

use atlas9_descriptor::{Access, Field, Method, Operation, OperationKind, Place, Resource, Service};

use super::answer::{self, Shape};
use super::{Refusal, Tester};
use crate::Record;
use crate::http::encoded;
use crate::value::write::{View, member, sequence};
use crate::value::{FromRecord, FromValue, Json, Value};

/// What a call sends beside its keys.
#[derive(Clone, Debug)]
pub enum Sent {
    /// Nothing.
    Nothing,
    /// What is set in a body, or parameters wherever the operation carries them.
    Record(Record),
    /// The query as it stands behind `?`: `status=draft&limit=2`.
    Query(String),
    /// Whether what holds a deleted row goes as well.
    Force(bool),
    /// The items of a batch.
    Items(Vec<Record>),
    /// The keys of the rows that a batch removes, whatever their states are.
    Keys(Vec<Value>),
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    /// The items.
    pub items: Vec<T>,
    /// What the next page is asked for with; `None` on the last page.
    pub next_cursor: Option<String>,
    /// How many items there are on all pages, where that was asked for.
    pub count: Option<u64>,
}

/// The declared names of a resource and of its operation; no resource for one of the service.
type Name = [&'static str; 2];

impl Tester {
    /// Calls an operation that answers nothing.
    ///
    /// # Errors
    /// Every answer that is not a success.
    pub async fn nothing(&self, name: Name, keys: &[Value], sent: Sent) -> Result<(), Refusal> {
        self.call(name, keys, sent, |_, _| Ok(())).await
    }

    /// Calls an operation that answers a resource.
    ///
    /// # Errors
    /// Every answer that is not a success, and one that is no such resource. What the caller is not shown is null, or where it cannot
    /// be null empty.
    pub async fn record<R: FromRecord>(&self, name: Name, keys: &[Value], sent: Sent) -> Result<R, Refusal> {
        let read = |body: &[u8], shape: &Shape| typed::<R>(shape.value(answer::parse(body)?)?);
        self.call(name, keys, sent, read).await
    }

    /// Calls an operation that answers another value, or several.
    ///
    /// # Errors
    /// Every answer that is not a success, and one that has another type.
    pub async fn value<V: FromValue>(&self, name: Name, keys: &[Value], sent: Sent) -> Result<V, Refusal> {
        let read = |body: &[u8], shape: &Shape| {
            V::from_value(shape.value(answer::parse(body)?)?).map_err(|mismatch| mismatch.to_string())
        };
        self.call(name, keys, sent, read).await
    }

    /// Asks for a page of a list.
    ///
    /// # Errors
    /// As [`Tester::record`].
    pub async fn list<R: FromRecord>(
        &self,
        name: Name,
        keys: &[Value],
        sent: Sent,
    ) -> Result<Listed<R>, Refusal> {
        let read = |body: &[u8], shape: &Shape| {
            let items = items(shape.value(answer::parse(body)?)?)?;
            let rest: Json = serde_json::from_slice(body).map_err(|error| error.to_string())?;
            let next_cursor = rest.get("next_cursor").and_then(Json::as_str).map(str::to_owned);
            Ok(Listed { items, next_cursor, count: rest.get("count").and_then(Json::as_u64) })
        };
        self.call(name, keys, sent, read).await
    }

    /// Calls a batch that answers its items.
    ///
    /// # Errors
    /// As [`Tester::record`].
    pub async fn batch<R: FromRecord>(
        &self,
        name: Name,
        keys: &[Value],
        sent: Sent,
    ) -> Result<Vec<R>, Refusal> {
        let read = |body: &[u8], shape: &Shape| items(shape.value(answer::parse(body)?)?);
        self.call(name, keys, sent, read).await
    }

    async fn call<T>(
        &self,
        [owner, name]: Name,
        keys: &[Value],
        sent: Sent,
        read: impl FnOnce(&[u8], &Shape) -> Result<T, String>,
    ) -> Result<T, Refusal> {
        let Some((resource, operation)) = find(self.service(), owner, name) else {
            return Err(unsent(format!("there is no operation `{name}` of `{owner}`")));
        };
        let request = Outgoing::new(resource, operation, keys, sent);
        let mut tester = self.clone();
        for (name, value) in &request.headers {
            tester = tester.with_header(name, value);
        }
        let method = method(operation.method);
        let body = request.body.map(|body| (media(operation.method), body));
        let answer = tester.exchange(method, &request.path, body).await;
        let refused = |problem, cause| Refusal {
            asked: format!("{method} {}", request.path),
            status: answer.status,
            problem,
            cause,
        };
        if !(200..300).contains(&answer.status) {
            return Err(refused(serde_json::from_slice(&answer.body).unwrap_or_default(), answer.cause));
        }
        let shape = Shape::of(self.service(), resource, operation);
        read(&answer.body, &shape).map_err(|cause| refused(Json::Null, Some(cause)))
    }
}

fn unsent(cause: String) -> Refusal {
    Refusal { asked: String::new(), status: 0, problem: Json::Null, cause: Some(cause) }
}

fn typed<R: FromRecord>(value: Value) -> Result<R, String> {
    let record = Record::from_value(value).and_then(R::from_record);
    record.map_err(|mismatch| mismatch.to_string())
}

fn items<R: FromRecord>(value: Value) -> Result<Vec<R>, String> {
    match value {
        Value::List(items) => items.into_iter().map(typed::<R>).collect(),
        other => Err(format!("expected a list, found {}", other.kind())),
    }
}

fn find(
    service: &'static Service,
    owner: &str,
    name: &str,
) -> Option<(Option<&'static Resource>, &'static Operation)> {
    let resource = service.resources.iter().copied().find(|resource| resource.name == owner);
    let operations = resource.map_or(service.operations, |resource| resource.operations);
    Some((resource, operations.iter().find(|operation| operation.name == name)?))
}

/// A request for an operation.
struct Outgoing {
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

impl Outgoing {
    fn new(
        resource: Option<&'static Resource>,
        operation: &Operation,
        keys: &[Value],
        sent: Sent,
    ) -> Outgoing {
        let (record, mut query) = match sent {
            Sent::Items(items) => return Outgoing::batch(operation, keys, items.iter().map(body)),
            Sent::Keys(removed) => {
                let conditional =
                    matches!(operation.kind, OperationKind::BatchDelete { conditional: true, .. });
                let items = removed.iter().map(|key| removal(resource, key, conditional));
                return Outgoing::batch(operation, keys, items);
            }
            Sent::Nothing => (Record::new(&[]), Vec::new()),
            Sent::Record(record) => (record, Vec::new()),
            Sent::Query(query) => (Record::new(&[]), vec![query]),
            Sent::Force(force) => (Record::new(&[]), vec![format!("force={force}")]),
        };
        query.retain(|part| !part.is_empty());
        let mut path = path(operation.path, keys, &record);
        let (mut headers, mut has_body) = (Vec::new(), !matches!(operation.kind, OperationKind::Action(_)));
        for (field, value) in set(&record) {
            match field.place {
                Place::Body => has_body = true,
                Place::Path => {}
                Place::Query => query.extend(texts(value).map(|text| pair(field.wire, &text))),
                Place::Header(name) => headers.push((name, texts(value).collect::<Vec<_>>().join(","))),
            }
        }
        if !query.is_empty() {
            path = format!("{path}?{}", query.join("&"));
        }
        let writes = !matches!(operation.method, Method::Get | Method::Delete);
        let body = (writes && has_body && !record.fields().is_empty()).then(|| body(&record));
        Outgoing { path, headers, body }
    }

    fn batch(operation: &Operation, keys: &[Value], items: impl Iterator<Item = Vec<u8>>) -> Outgoing {
        let mut out = b"{\"items\":".to_vec();
        sequence(&mut out, b'[', items, |out, item| out.extend_from_slice(&item), b']');
        out.push(b'}');
        let path = path(operation.path, keys, &Record::new(&[]));
        Outgoing { path, headers: Vec::new(), body: Some(out) }
    }
}

/// A row of those that a batch removes, whatever its state.
fn removal(resource: Option<&'static Resource>, key: &Value, conditional: bool) -> Vec<u8> {
    let Some((resource, place)) = resource.and_then(|resource| Some((resource, resource.key?))) else {
        return b"{}".to_vec();
    };
    let mut record = Record::new(resource.fields);
    record.put(place, key.clone());
    let mut item = body(&record);
    if conditional && item.pop().is_some() {
        item.extend_from_slice(br#","etag":"*"}"#);
    }
    item
}

/// The path with its keys, and with the parameters that stand in it.
fn path(template: &str, keys: &[Value], params: &Record) -> String {
    let mut keys = keys.iter();
    let mut parts = template.split('{');
    let mut made = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        let param = set(params).find(|(field, _)| field.place == Place::Path && field.name == name);
        let value = param.map(|(_, value)| value).or_else(|| keys.next());
        made.push_str(&value.map(|value| encoded(&value.plain())).unwrap_or_default());
        made.push_str(rest);
    }
    made
}

fn set(record: &Record) -> impl Iterator<Item = (&'static Field, &Value)> {
    let fields = record.fields().iter().enumerate();
    fields.filter_map(|(index, field)| Some((field, record.at(index)?)))
}

/// What a value is outside a body: nothing for null, each item of a list.
fn texts(value: &Value) -> impl Iterator<Item = String> {
    let values = match value {
        Value::Null => &[],
        Value::List(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    values.iter().map(Value::plain)
}

fn pair(name: &str, text: &str) -> String {
    format!("{}={}", encoded(name), encoded(text))
}

/// Only what is set: the rest stays as it is, or has its default.
fn body(record: &Record) -> Vec<u8> {
    let mut out = Vec::new();
    let fields = record.fields().iter().enumerate().filter(|(index, field)| {
        field.place == Place::Body && field.access != Access::Internal && record.at(*index).is_some()
    });
    sequence(
        &mut out,
        b'{',
        fields,
        |out, (index, field)| member(out, record, index, field, View::Sent),
        b'}',
    );
    out
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

/// The media type of a body.
pub(super) fn media(method: Method) -> &'static str {
    if method == Method::Patch { "application/merge-patch+json" } else { "application/json" }
}
