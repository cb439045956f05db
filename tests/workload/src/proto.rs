//! The same API for buf: messages, an enum and a service for each resource, in the style that its lints ask for.

use crate::names::Named;
use crate::{Files, pages};

const CONFIG: &str = "\
version: v2
modules:
  - path: proto
lint:
  use:
    - STANDARD
    - COMMENTS
";

const ERRORS: &str = r#"syntax = "proto3";

// The errors that the operations share.
package workload.errors.v1;

// An error.
message Error {
  // What kind of error it is.
  ErrorKind kind = 1;
  // What went wrong.
  string message = 2;
  // What can be done about it.
  string remedy = 3;
}

// The kinds of error.
enum ErrorKind {
  // Nothing is known.
  ERROR_KIND_UNSPECIFIED = 0;
  // Nobody said who is calling.
  ERROR_KIND_UNAUTHENTICATED = 1;
  // Too many requests.
  ERROR_KIND_RATE_LIMITED = 2;
  // The service cannot answer for the moment.
  ERROR_KIND_UNAVAILABLE = 3;
  // Only what is a draft can be approved.
  ERROR_KIND_NOT_DRAFT = 4;
}
"#;

pub(crate) fn module(resources: usize) -> Files {
    let mut files = Files::default();
    files.add("buf.yaml", CONFIG.to_owned());
    files.add("proto/workload/errors/v1/errors.proto", ERRORS.to_owned());
    for (page, named) in pages(resources) {
        let Some(first) = named.first() else { continue };
        let path = format!("proto/workload/{}/v1/part{page:02}.proto", first.namespace);
        files.add(path, file(first, &named));
    }
    files
}

fn file(first: &Named, named: &[Named]) -> String {
    let head = format!(
        "syntax = \"proto3\";\n\npackage workload.{}.v1;\n\nimport \"google/protobuf/field_mask.proto\";\n\
         import \"google/protobuf/timestamp.proto\";\nimport \"workload/errors/v1/errors.proto\";\n",
        first.namespace
    );
    named.iter().fold(head, |text, named| text + &messages(named) + &service(named))
}

fn messages(named: &Named) -> String {
    let Named { pascal, snake, .. } = named;
    let words = named.words();
    let upper = snake.to_uppercase();
    let before = named.before().map_or_else(|| named.words(), |before| before.words());
    format!(
        r#"
// A {words}.
message {pascal} {{
  // Its key.
  string id = 1;
  // Its code.
  string code = 2;
  // Its name.
  string name = 3;
  // Where it is in its life.
  {pascal}Status status = 4;
  // Where it belongs.
  {pascal}Address address = 5;
  // The {before} before it.
  string previous_id = 6;
  // Words to find it by.
  repeated string tags = 7;
  // How many there are.
  int32 quantity = 8;
  // What it costs.
  string amount = 9;
  // Whether it is in use.
  bool active = 10;
  // A summary.
  string summary = 11;
  // When it is due.
  string due_on = 12;
  // When it was created.
  google.protobuf.Timestamp created_at = 13;
}}

// Where a {words} is in its life.
enum {pascal}Status {{
  // Nothing is known.
  {upper}_STATUS_UNSPECIFIED = 0;
  // Not yet approved.
  {upper}_STATUS_DRAFT = 1;
  // Approved, and in force.
  {upper}_STATUS_APPROVED = 2;
}}

// Where a {words} belongs.
message {pascal}Address {{
  // The street.
  string line = 1;
  // The city.
  string city = 2;
  // The code of the city.
  string zip = 3;
}}
"#
    )
}

fn service(named: &Named) -> String {
    let Named { pascal, snake, .. } = named;
    let words = named.words();
    let methods = ["List", "Get", "Create", "Update", "Delete", "Approve"];
    let mut text = format!("\n// The operations of a {words}.\nservice {pascal}Service {{\n");
    for method in methods {
        let name = format!("{method}{pascal}");
        text += &format!("  // {method} a {words}.\n  rpc {name}({name}Request) returns ({name}Response);\n");
    }
    text += "}\n";
    let item = format!("  // The {words}.\n  {pascal} {snake} = 1;\n");
    let key = "  // Its key.\n  string id = 1;\n".to_owned();
    let error = "  // What went wrong.\n  workload.errors.v1.Error error = 15;\n";
    for method in methods {
        let (request, response) = match method {
            "List" => (page_request(named), page_response(named)),
            "Create" => (
                format!("{item}  // Sent again, it gives the first answer.\n  string key = 2;\n"),
                item.clone(),
            ),
            "Update" => (
                format!("{item}  // What is to be changed.\n  google.protobuf.FieldMask update_mask = 2;\n"),
                item.clone(),
            ),
            "Delete" => (key.clone(), String::new()),
            _ => (key.clone(), item.clone()),
        };
        text += &message(&format!("{method}{pascal}Request"), method, &words, &request);
        text += &message(&format!("{method}{pascal}Response"), method, &words, &(response + error));
    }
    text
}

fn message(name: &str, method: &str, words: &str, fields: &str) -> String {
    format!("\n// To {} a {words}.\nmessage {name} {{\n{fields}}}\n", method.to_lowercase())
}

fn page_request(named: &Named) -> String {
    format!(
        "  // How many at most.\n  int32 page_size = 1;\n  // Where the page begins.\n  string page_token = 2;\n  \
         // Only those in this state.\n  {}Status status = 3;\n  // Only those behind this one.\n  string previous_id = 4;\n  \
         // What they are sorted by.\n  string order_by = 5;\n",
        named.pascal
    )
}

fn page_response(named: &Named) -> String {
    format!(
        "  // The page.\n  repeated {} items = 1;\n  // Where the next page begins.\n  string next_page_token = 2;\n",
        named.pascal
    )
}
