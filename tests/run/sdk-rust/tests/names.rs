//! Values of tests/cases/nasty_names.atlas, through their Rust types and back.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use nasty_names::api::{AttemptInfo, AttemptResult, BoxError, CallGuard, CallInfo, CallResult};
use nasty_names::types::{self, Client, Keywords, Shape, Value};
use nasty_names::{Error, Hooks};
use reqwest::header::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

/// What is read is written as it was.
fn check<T: DeserializeOwned + Serialize>(value: Json) -> T {
    let read: T = serde_json::from_value(value.clone()).expect("the value is one of the type");
    assert_eq!(serde_json::to_value(&read).expect("the value can be written"), value);
    read
}

fn file() -> Json {
    let number = "9007199254740993";
    json!({ "constructor": "a", "then": null, "__proto__": "b", "to_string": "c", "model_config": number })
}

#[test]
fn keywords_keep_their_names() {
    let words = json!({
        "class": "a", "from": "b", "import": "c", "async": "d", "await": "e", "gen": "f", "None": true, "range": 1,
        "self": "g", "Self": "h", "super": "i", "crate": "j", "True": false, "func": "k", "chan": "l", "map": "m",
    });
    let read: Keywords = check(words);
    assert_eq!((read.own_type.as_str(), read.self_.as_str(), read.none), ("h", "g", true));
}

#[test]
fn structures_hold_one_another() {
    let mut shape = file();
    shape["kind"] = json!("file");
    check::<types::Result>(json!({
        "next": { "next": null, "err": null, "args": null, "error": {} },
        "err": { "back": { "next": null, "err": { "back": null }, "args": [], "error": {} } },
        "args": [["9223372036854775807", "-9223372036854775808"], []],
        "error": { "one": shape, "later": { "kind": "later", "deep": [{ "x": 1.5 }] } },
    }));
}

#[test]
fn unions_and_enums_keep_what_they_do_not_know() {
    let later: Shape = check(json!({ "kind": "later", "number": 18_446_744_073_709_551_615_u64 }));
    assert!(matches!(later, Shape::Unknown(_)), "{later:?}");
    let known: Shape = check(json!({ "kind": "option", "type": "x", "value": {} }));
    assert!(matches!(known, Shape::Option(_)), "{known:?}");
    for broken in
        [json!({ "kind": "option", "type": 1 }), json!({ "kind": "option" }), json!({ "type": "x" })]
    {
        assert!(serde_json::from_value::<Shape>(broken.clone()).is_err(), "{broken}");
    }
    assert_eq!(check::<Value>(json!("a")), Value::SmallA);
    assert_eq!(check::<Value>(json!("A")), Value::A);
    assert_eq!(check::<Value>(json!("newer")), Value::Unknown("newer".to_owned()));
}

#[test]
fn scalars_are_exact() {
    let client: Client = check(json!({
        "id": "a/b%", "foo_bar": "x", "fooBar": null, "_id": "-9007199254740993", "_": "none",
        "__init__": "123456789.100000000", "kwargs": null, "url": "AAEC/w==", "request": ["9223372036854775807"],
        "a_field_whose_name_is_as_long_as_names_may_be_and_goes_on_up": "2027-06-01T00:00:00.000001Z",
    }));
    assert_eq!(client.id_2, Some(-9_007_199_254_740_993));
    assert_eq!(client.url, Some(vec![0, 1, 2, 255]));
    assert_eq!(client.init.map(|init| init.to_string()).as_deref(), Some("123456789.100000000"));
}

/// Notes where an attempt would go, and refuses it.
#[derive(Clone, Default)]
struct Refused(Arc<Mutex<Vec<String>>>);

impl Hooks for Refused {
    fn before_attempt(&self, attempt: &AttemptInfo, _: &mut HeaderMap) -> Result<(), BoxError> {
        self.0.lock().expect("no hook panics").push(attempt.path.clone());
        Err("it is not sent".into())
    }
}

#[tokio::test]
async fn keys_cannot_leave_their_place() {
    let refused = Refused::default();
    let client = nasty_names::Client::builder().base_url("http://localhost").hooks(refused.clone()).build();
    let client = client.expect("the settings are whole");
    for key in ["a/b%", "..", "\u{fc} ?#"] {
        let outcome = client.clients().get(key).send().await;
        assert!(matches!(outcome, Err(Error::Request(_))), "{outcome:?}");
    }
    let paths = refused.0.lock().expect("no hook panics");
    assert_eq!(*paths, ["/clients/a%2Fb%25", "/clients/%C3%BC%20%3F%23"]);
}

/// Notes how calls go.
#[derive(Clone, Default)]
struct Noted(Arc<Mutex<Vec<String>>>);

struct Call(Noted);

impl Noted {
    fn note(&self, what: String) {
        self.0.lock().expect("no hook panics").push(what);
    }
}

impl Hooks for Noted {
    fn before_call(&self, call: &CallInfo) -> Option<Box<dyn CallGuard>> {
        self.note(call.route.clone());
        Some(Box::new(Call(self.clone())))
    }

    fn after_attempt(&self, result: &AttemptResult<'_>) {
        self.note(format!("attempt {}", result.attempt.attempt));
    }
}

impl CallGuard for Call {
    fn mark(&mut self, headers: &mut HeaderMap) {
        headers.insert("traceparent", HeaderValue::from_static("00-1-1-01"));
    }

    fn ended(&mut self, result: &CallResult<'_>) {
        self.0.note(format!("{:?}", result.error));
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.0.note("dropped".to_owned());
    }
}

#[tokio::test]
async fn a_call_is_watched_from_its_beginning_to_its_end() {
    let noted = Noted::default();
    // Nobody answers there, and the key takes longer than the call may.
    let client = nasty_names::Client::builder().base_url("http://user:secret@192.0.2.1").hooks(noted.clone());
    let client = client.api_key_from(|_| async {
        tokio::time::sleep(Duration::from_secs(60)).await;
        Ok::<_, BoxError>("key".to_owned())
    });
    let client = client.build().expect("the settings are whole");
    assert!(!format!("{client:?}").contains("secret"), "{client:?}");
    let call = client.clients().get("a").timeout(Duration::from_millis(50));
    let outcome = call.clone().send().await;
    assert!(matches!(outcome, Err(Error::Timeout(_))), "{outcome:?}");
    let cancelled = tokio::time::timeout(Duration::from_millis(5), call.send()).await;
    assert!(cancelled.is_err(), "{cancelled:?}");
    let notes = noted.0.lock().expect("no hook panics");
    let [first, attempt, ended, dropped, second, cancelled] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!([first, second], ["/clients/{id}"; 2]);
    assert!(attempt == "attempt 0" && ended.starts_with("Some(Timeout"), "{notes:?}");
    assert_eq!([dropped, cancelled], ["dropped"; 2]);
}
