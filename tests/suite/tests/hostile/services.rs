//! The services that are attacked: what they hold at first, and a good request of each operation of their document.

use atlas9_suite::server::TOKEN;
use serde_json::{Value, json};
use ureq::Agent;

/// A service with something in it.
pub struct Service {
    document: Value,
    /// What stands for the keys in a path, longest paths first.
    keys: Vec<(&'static str, String)>,
    /// Good bodies by operation.
    bodies: Value,
    /// Lists by cursor that have a second page.
    pub lists: Vec<String>,
}

/// An operation with a good request.
pub struct Operation {
    pub name: String,
    method: String,
    path: String,
    filled: String,
    pub query: Vec<String>,
    pub headers: Vec<String>,
    pub body: Option<Value>,
    pub public: bool,
    may_lack_code: bool,
    /// True when it needs `If-Match`.
    conditional: bool,
}

/// A request that is being put together.
pub struct Request {
    method: String,
    path: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
    pub may_lack_code: bool,
}

/// A key that leads nowhere: what a batch deletes would be missing for others.
const NOBODY: &str = "0f000000-0000-7000-8000-00000000000f";

/// The bookstore with two authors, a book and two reviews.
pub fn bookstore(url: &str) -> Service {
    let author = made(url, "/v1/authors", &json!({"name": "Ann"}));
    made(url, "/v1/authors", &json!({"name": "Bea"}));
    let book = json!({"isbn": "9780441172719", "title": "Dune", "author_id": author, "tags": ["a"], "summary": "Sand.",
        "price": {"amount": "9.99", "currency": "EUR"}, "isbn10": null, "supplier_note": "cheap"});
    let id = made(url, "/v1/books", &book);
    let reviews = format!("/v1/books/{id}/reviews");
    let review = made(url, &reviews, &json!({"stars": 4}));
    made(url, &reviews, &json!({"stars": 5}));
    let mut second = book.clone();
    second["isbn"] = "9780441172720".into();
    let mut third = book.clone();
    third["isbn"] = "9780441172721".into();
    let removed = json!({"items": [{"id": NOBODY, "etag": "\"1\""}]});
    let mut change = book;
    change.as_object_mut().expect("an object").remove("isbn");
    Service {
        document: document(url),
        keys: vec![
            ("/books/{book_id}/reviews/{id}", format!("/books/{id}/reviews/{review}")),
            ("/books/{book_id}", format!("/books/{id}")),
            ("/books/{id}", format!("/books/{id}")),
            ("/authors/{id}", format!("/authors/{author}")),
        ],
        bodies: json!({
            "createAuthor": {"name": "Cleo", "born": "1920-10-08"}, "updateAuthor": {"name": "Dora", "born": null},
            "createBook": second, "updateBook": change, "repriceBook": {"percent": 1}, "createReview": {"stars": 3, "text": "x"},
            "batchCreateBooks": {"items": [third]}, "batchCreateReviews": {"items": [{"stars": 3, "text": "x"}]},
            "batchDeleteBooks": removed, "batchDeleteReviews": removed,
        }),
        lists: vec!["/v1/authors?limit=1".to_owned(), format!("{reviews}?limit=1")],
    }
}

/// The library with an author, a book, two chapters, a note and what they need.
pub fn library(url: &str) -> Service {
    let author = made(url, "/v1/authors", &json!({"name": "Ann"}));
    made(url, "/v1/genres", &json!({"code": "tales"}));
    let publisher = made(url, "/v1/publishers", &json!({"name": "Print"}));
    let book = json!({"title": "A", "price": "1.5", "copies": "2", "titles": {"de": "B"}, "publisherId": publisher,
        "authorIds": [author], "genreIds": ["tales"], "payment": {"paidBy": "card", "cardNumber": "4111", "holder": null,
        "network": "visa"}, "payments": [{"paidBy": "transfer", "iban": "DE123", "sum": "1"}], "pin": "1234"});
    let id = made(url, "/v1/books", &book);
    let chapters = format!("/v1/books/{id}/chapters");
    let chapter = made(url, &chapters, &json!({"title": "One", "editorIds": [author]}));
    let two = made(url, &chapters, &json!({"title": "Two", "editorIds": []}));
    made(url, &chapters, &json!({"title": "Three", "editorIds": []}));
    let note = made(url, &format!("{chapters}/{chapter}/notes"), &json!({"text": "Look."}));
    let other = made(url, "/v1/books", &book);
    for title in ["One", "Two", "Three"] {
        made(url, &format!("/v1/books/{other}/chapters"), &json!({"title": title, "editorIds": []}));
    }
    let removed = json!({"items": [{"id": NOBODY, "etag": "\"1\""}]});
    let settings = json!({"theme": "wild", "fine": "1.25", "limits": {"a": "1"}, "favouriteIds": [id]});
    let chapter_body = json!({"title": "C", "editorIds": [author]});
    let at = |path: String| path;
    Service {
        document: document(url),
        keys: vec![
            (
                "/books/{bookId}/chapters/{chapterId}/notes/{id}",
                at(format!("/books/{id}/chapters/{chapter}/notes/{note}")),
            ),
            ("/books/{bookId}/chapters/{chapterId}", at(format!("/books/{id}/chapters/{chapter}"))),
            ("/books/{bookId}/chapters/{id}", at(format!("/books/{id}/chapters/{two}"))),
            ("/books/{bookId}", at(format!("/books/{id}"))),
            ("/books/{id}", at(format!("/books/{id}"))),
            ("/authors/{authorId}", at(format!("/authors/{author}"))),
            ("/authors/{id}", at(format!("/authors/{author}"))),
            ("/publishers/{id}", at(format!("/publishers/{publisher}"))),
            ("/genres/{code}", at("/genres/tales".to_owned())),
            ("/bookmarks/{id}", at(format!("/bookmarks/{NOBODY}"))),
            ("/titles/{title}/of/{id}", at(format!("/titles/T/of/{id}"))),
            ("/moods/{mood}", at("/moods/calm".to_owned())),
        ],
        bodies: json!({
            "login": {"email": "a@b", "password": "secret"}, "tidy": {"before": "2026-01-01"},
            "createAuthor": {"name": "Bea"}, "updateAuthor": {"name": "Cleo"},
            "updateProfile": {"bio": "x", "links": {"a": "b"}},
            "createPublisher": {"name": "P"}, "createGenre": {"code": "crime"},
            "updateSettings": settings, "replaceSettings": settings, "cheerSettings": {"theme": "calm"},
            "createBook": book, "updateBook": book, "replaceBook": book,
            "importBooks": {"titles": ["A"], "authorId": author, "genre": "tales"},
            "createChapter": chapter_body, "updateChapter": chapter_body,
            "batchCreateAuthors": {"items": [{"name": "Bea"}]}, "batchCreateGenres": {"items": [{"code": "love"}]},
            "batchCreateChapters": {"items": [chapter_body]}, "batchDeleteGenres": {"items": [{"code": "nobody"}]},
            "batchDeleteAuthors": removed, "batchDeleteChapters": removed, "batchDeleteBookmarks": removed,
            "createNote": {"text": "n"}, "updateNote": {"text": "m"}, "createBookmark": {"noteId": note},
        }),
        lists: vec![format!("{chapters}?limit=1"), format!("/v1/books/{other}/chapters?limit=1")],
    }
}

impl Service {
    /// Every operation of the document; what deletes comes last, or there would be nothing left to attack.
    pub fn operations(&self) -> Vec<Operation> {
        let paths = self.document["paths"].as_object().expect("paths");
        let all = paths.iter().flat_map(|(path, item)| {
            let methods = ["get", "post", "put", "patch", "delete"].into_iter();
            methods.filter_map(move |method| Some((path, item, method, item.get(method)?)))
        });
        let mut found: Vec<Operation> = all
            .map(|(path, item, method, operation)| self.operation(path, item, method, operation))
            .collect();
        found.sort_by_key(|operation| operation.method == "DELETE");
        found
    }

    /// Keys of what is there, by the names of the fields that refer to it and by the paths that lead to it.
    pub fn known(&self) -> Value {
        let bodies = self.bodies.as_object().expect("bodies").values().filter_map(Value::as_object).flatten();
        let references =
            bodies.filter(|(name, _)| ["Id", "Ids", "_id"].iter().any(|end| name.ends_with(end)));
        let references: serde_json::Map<_, _> =
            references.map(|(name, key)| (name.clone(), key.clone())).collect();
        let paths = self.operations().into_iter().map(|operation| {
            let parts = operation.path.split('/').zip(operation.filled.split('/'));
            let keys =
                parts.filter_map(|(name, key)| Some((name.strip_prefix('{')?.strip_suffix('}')?, key)));
            let keys: serde_json::Map<_, _> = keys.map(|(name, key)| (name.to_owned(), key.into())).collect();
            (operation.path.clone(), keys.into())
        });
        json!({"references": references, "paths": paths.collect::<serde_json::Map<_, _>>()})
    }

    fn operation(&self, path: &str, item: &Value, method: &str, operation: &Value) -> Operation {
        let own =
            [item, operation].into_iter().flat_map(|at| at["parameters"].as_array().into_iter().flatten());
        let named = |place: &'static str| {
            let here = own.clone().filter(move |parameter| parameter["in"] == place);
            here.filter_map(|parameter| parameter["name"].as_str().map(str::to_owned)).collect()
        };
        let name = operation["operationId"].as_str().expect("an id").to_owned();
        let body = operation.get("requestBody").map(|_| self.bodies[&name].clone());
        assert!(body != Some(Value::Null), "no body for {name}");
        let filled =
            self.keys.iter().fold(path.to_owned(), |path, (template, there)| path.replace(template, there));
        assert!(!filled.contains('{'), "no keys for {filled}");
        Operation {
            method: method.to_uppercase(),
            path: path.to_owned(),
            filled,
            query: named("query"),
            headers: named("header"),
            body,
            public: operation["security"].as_array().is_some_and(Vec::is_empty),
            may_lack_code: operation["responses"].get("501").is_some(),
            conditional: operation["responses"].get("428").is_some(),
            name,
        }
    }
}

impl Operation {
    /// How many keys stand in its path.
    pub fn keys(&self) -> usize {
        self.path.matches('{').count()
    }

    /// A request with nothing wrong in it.
    pub fn request(&self) -> Request {
        let mut headers = vec![("authorization".to_owned(), format!("Bearer {TOKEN}").into_bytes())];
        headers.extend(self.conditional.then(|| ("if-match".to_owned(), b"*".to_vec())));
        headers.extend(self.body.as_ref().map(|_| ("content-type".to_owned(), b"application/json".to_vec())));
        Request {
            method: self.method.clone(),
            path: format!("/v1{}", self.filled),
            headers,
            body: self.body.as_ref().map(|body| body.to_string().into_bytes()).unwrap_or_default(),
            may_lack_code: self.may_lack_code,
        }
        .keys_of(&self.path)
    }
}

impl Request {
    /// Marks where keys stand, so that they can be replaced.
    fn keys_of(mut self, template: &str) -> Request {
        let parts = format!("/v1{template}");
        let marked = self.path.split('/').zip(parts.split('/'));
        let marked = marked.map(|(part, template)| match template.starts_with('{') {
            true => format!("\u{1}{part}"),
            false => part.to_owned(),
        });
        self.path = marked.collect::<Vec<_>>().join("/");
        self
    }

    /// Another segment where the key at this place stands.
    pub fn segment(mut self, place: usize, text: &str) -> Request {
        let mut left = place;
        let parts = self.path.split('/').map(|part| match part.starts_with('\u{1}') {
            true if left == 0 => {
                left = usize::MAX;
                text.to_owned()
            }
            true => {
                left = left.saturating_sub(1);
                part.to_owned()
            }
            false => part.to_owned(),
        });
        self.path = parts.collect::<Vec<_>>().join("/");
        self
    }

    pub fn query(mut self, name: &str, text: &str) -> Request {
        self.path = format!("{}?{name}={text}", self.path);
        self
    }

    /// Another header, or another value of the same one.
    pub fn header(mut self, name: &str, value: &[u8]) -> Request {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_vec()));
        self
    }

    pub fn raw_body(mut self, body: Vec<u8>) -> Request {
        self.body = body;
        self
    }

    pub fn bytes(self) -> Vec<u8> {
        let path = self.path.replace('\u{1}', "");
        let mut bytes =
            format!("{} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", self.method).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        if !self.body.is_empty() {
            bytes.extend(format!("Content-Length: {}\r\n", self.body.len()).into_bytes());
        }
        bytes.extend(b"\r\n");
        bytes.extend(self.body);
        bytes
    }
}

fn document(url: &str) -> Value {
    answered(url, "GET", "/openapi.json", &Value::Null)
}

/// Makes something; its key.
fn made(url: &str, path: &str, body: &Value) -> String {
    let made = answered(url, "POST", path, body);
    let key = made["id"].as_str().or(made["code"].as_str());
    key.unwrap_or_else(|| panic!("{path} has made nothing: {made}")).to_owned()
}

fn answered(url: &str, method: &str, path: &str, body: &Value) -> Value {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let request = ureq::http::Request::builder().method(method).uri(format!("{url}{path}"));
    let request =
        request.header("authorization", format!("Bearer {TOKEN}")).header("content-type", "application/json");
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let answer = agent.run(request.body(text).expect("a request")).expect("an answer");
    serde_json::from_slice(&answer.into_body().read_to_vec().expect("a body")).expect("JSON")
}
