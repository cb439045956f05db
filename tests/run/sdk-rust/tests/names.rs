//! Values of tests/run/names, through the Rust types of the case nasty_names and back.

mod answering;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use nasty_names::api::{AttemptInfo, AttemptResult, BoxError, Call, CallGuard, CallInfo, CallResult, Patch};
use nasty_names::clients::CreateClient;
use nasty_names::types::{
    Client, Error2Input, FileInput, Keywords, Nothing, Option2Input, Option2Patch, ResultInput, ResultPatch,
    Shape, ShapeInput, ShapePatch, Value,
};
use nasty_names::{Error, Hooks};
use reqwest::header::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

/// What a file has, below these names.
fn wire(path: &str) -> Json {
    let file = std::env::var("VALUES").expect("VALUES names the file");
    let text = std::fs::read_to_string(file).expect("the file can be read");
    let all: Json = serde_json::from_str(&text).expect("the file is JSON");
    all.pointer(path).expect("the file has it").clone()
}

/// What is read is written as it was.
fn check<T: DeserializeOwned + Serialize>(value: Json) -> T {
    let read: T = serde_json::from_value(value.clone()).expect("the value is one of the type");
    assert_eq!(serde_json::to_value(&read).expect("the value can be written"), value);
    read
}

fn read(path: &str) -> Client {
    serde_json::from_value(wire(path)).expect("the value is a client")
}

#[test]
fn keywords_keep_their_names() {
    let read: Keywords = check(wire("/keywords"));
    assert_eq!((read.own_type.as_str(), read.self_.as_str(), read.none), ("10", "9", true));
}

#[test]
fn unions_and_enums_keep_what_they_do_not_know() {
    let later: Client = check(wire("/later"));
    assert_eq!(later.blank, Some(Value::Unknown("newer".to_owned())));
    let variant = |name: &str| later.kwargs.as_ref().and_then(|kwargs| kwargs.error.get(name));
    assert!(matches!(variant("z"), Some(Shape::Unknown(_))), "{later:?}");
    assert!(matches!(variant("__proto__"), Some(Shape::Option(_))), "{later:?}");
    let later: Shape = check(json!({ "kind": "later", "number": 18_446_744_073_709_551_615_u64 }));
    assert!(matches!(later, Shape::Unknown(_)), "{later:?}");
    for broken in
        [json!({ "kind": "option", "type": 1 }), json!({ "kind": "option" }), json!({ "type": "x" })]
    {
        assert!(serde_json::from_value::<Shape>(broken.clone()).is_err(), "{broken}");
    }
    assert_eq!(check::<Value>(json!("a")), Value::SmallA);
    assert_eq!(check::<Value>(json!("A")), Value::A);
}

#[test]
fn scalars_are_exact() {
    let client: Client = check(wire("/known"));
    assert_eq!(client.id_2, Some(i64::MIN));
    assert_eq!(client.url, Some(vec![0, 255]));
    assert_eq!(client.request, Some(vec![9_007_199_254_740_993, -1]));
    assert_eq!(client.init.map(|init| init.to_string()).as_deref(), Some("123456789.123456789"));
    check::<Client>(wire("/patched"));
}

/// The variants that every server knows.
fn variants() -> BTreeMap<String, ShapeInput> {
    let file = FileInput {
        constructor: "a".into(),
        then: Patch::Null,
        proto: "b".into(),
        to_string: "c".into(),
        model_config: i64::MAX.into(),
    };
    let option = |type_: &str, value| ShapeInput::Option(Option2Input { value, ..Option2Input::new(type_) });
    BTreeMap::from([
        ("10".to_owned(), ShapeInput::File(file)),
        ("9".to_owned(), option("t", Nothing {}.into())),
        ("__proto__".to_owned(), option("p", Patch::Null)),
    ])
}

/// A client that is to be made.
fn draft(
    client: &nasty_names::Client,
    blank: Value,
    error: BTreeMap<String, ShapeInput>,
) -> Call<CreateClient> {
    let next =
        ResultInput { next: Patch::Null, err: Patch::Null, args: vec![].into(), error: BTreeMap::new() };
    let kwargs = ResultInput {
        next: Box::new(next).into(),
        err: Box::new(Error2Input { back: Patch::Null }).into(),
        args: vec![vec![1, -2], vec![]].into(),
        error,
    };
    let at = "2027-06-01T00:00:00.000001Z".parse::<jiff::Timestamp>().expect("an instant");
    client
        .clients()
        .create("a/b%", "x")
        .foo_bar_2(Patch::Null)
        .id_2(i64::MIN)
        .blank(blank)
        .init(rust_decimal::Decimal::from_i128_with_scale(123_456_789_123_456_789, 9))
        .kwargs(kwargs)
        .url(vec![0, 255])
        .request(vec![9_007_199_254_740_993, -1])
        .a_field_whose_name_is_as_long_as_names_may_be_and_goes_on_up(at)
}

/// Makes of the known client the patched one.
async fn change(client: &nasty_names::Client) -> Client {
    let option = Option2Patch { value: Patch::Null, ..Option2Patch::default() };
    let error = BTreeMap::from([("10".to_owned(), None), ("9".to_owned(), Some(ShapePatch::Option(option)))]);
    let kwargs = ResultPatch { next: Patch::Null, error: Some(error), ..ResultPatch::default() };
    let call = client.clients().update("a/b%").foo_bar_2("y").id_2(Patch::Null);
    let call = call.init(rust_decimal::Decimal::new(5, 1)).request(vec![9_007_199_254_740_993]);
    call.kwargs(kwargs).send().await.expect("it is changed")
}

#[tokio::test]
async fn what_is_sent_is_the_same_in_every_language() {
    let shapes: Vec<Json> =
        ["10", "9", "__proto__", "z"].map(|key| wire(&format!("/later/kwargs/error/{key}"))).into();
    let (known, patched, items) = (wire("/known"), wire("/patched"), json!({ "items": shapes }));
    let page = json!({ "items": [known], "next_cursor": null });
    let (url, sent) = answering::start(move |target| match target {
        target if target.starts_with("/default-of-clients") => items.to_string(),
        target if target.contains('?') => page.to_string(),
        _ => patched.to_string(),
    });
    let client = nasty_names::Client::builder().base_url(&url).build().expect("the settings are whole");
    draft(&client, Value::Class, variants()).send().await.expect("it is made");
    let mut later = variants();
    later.insert("z".to_owned(), ShapeInput::Unknown(wire("/later/kwargs/error/z")));
    draft(&client, Value::Unknown("newer".to_owned()), later).send().await.expect("it is made");
    assert_eq!(change(&client).await, read("/patched"));
    let words: Keywords = check(wire("/keywords"));
    client.clients().call("key", "other", 7).context(words).send().await.expect("it is called");
    let page = client.clients().list().foo_bar("x".to_owned()).send().await.expect("a page");
    assert_eq!(page.items, [read("/known")]);
    let found = client.clients().default().type_(Value::SmallA).client("c").send().await.expect("shapes");
    assert_eq!(
        serde_json::to_value(found).expect("they can be written"),
        Json::from(shapes_of(&wire("/later")))
    );
    assert_eq!(Json::from(sent.lock().expect("nobody panics").clone()), wire("/sent"));
}

fn shapes_of(client: &Json) -> Vec<Json> {
    let error = |key: &str| client["kwargs"]["error"][key].clone();
    ["10", "9", "__proto__", "z"].map(error).into()
}

#[tokio::test]
async fn a_server_keeps_it_as_it_is() {
    let url = std::env::var("BASE_URL").expect("BASE_URL says where the case is served");
    let client = nasty_names::Client::builder().base_url(&url).build().expect("the settings are whole");
    let made = draft(&client, Value::Class, variants()).send().await.expect("it is made");
    assert_eq!(made, read("/known"));
    let listed = client.clients().list().foo_bar("x".to_owned()).blank(Value::Class).send().await;
    assert_eq!(listed.expect("a page").items, [read("/known")]);
    assert_eq!(change(&client).await, read("/patched"));
    assert_eq!(client.clients().get("a/b%").send().await.expect("it is there"), read("/patched"));
    client.clients().delete("a/b%").send().await.expect("it goes");
    let gone = client.clients().get("a/b%").send().await;
    assert!(matches!(gone, Err(Error::Api(_))), "{gone:?}");
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
    let client = nasty_names::Client::builder().base_url("http://h.test/at").hooks(refused.clone()).build();
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

struct Guard(Noted);

impl Noted {
    fn note(&self, what: String) {
        self.0.lock().expect("no hook panics").push(what);
    }
}

impl Hooks for Noted {
    fn before_call(&self, call: &CallInfo) -> Option<Box<dyn CallGuard>> {
        self.note(call.route.clone());
        Some(Box::new(Guard(self.clone())))
    }

    fn after_attempt(&self, result: &AttemptResult<'_>) {
        self.note(format!("attempt {}", result.attempt.attempt));
    }
}

impl CallGuard for Guard {
    fn mark(&mut self, headers: &mut HeaderMap) {
        headers.insert("traceparent", HeaderValue::from_static("00-1-1-01"));
    }

    fn ended(&mut self, result: &CallResult<'_>) {
        self.0.note(format!("{:?}", result.error));
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.note("dropped".to_owned());
    }
}

#[tokio::test]
async fn a_call_is_watched_from_its_beginning_to_its_end() {
    let noted = Noted::default();
    // Nobody answers there, and the key takes longer than the call may.
    let client = nasty_names::Client::builder().base_url("http://192.0.2.1").hooks(noted.clone());
    let client = client.header("X-Own", "secret").api_key_from(|_| async {
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
