//! `README.md`, which is also the front page of the crate's documentation: each block of Rust is an example that is compiled.

use atlas9_emitters_core::calls::rust::{Calls, PRINT, crate_path, error_of, service_marker};
use atlas9_emitters_core::rust::{docs, module};
use atlas9_emitters_core::sdk::{self, Asks};
use atlas9_emitters_core::{Writer, header};
use atlas9_ir::{Operation, OperationKind};

use super::index::HANDED_ON;
use super::manifest::{RUST, has_features};
use super::offered;
use super::shown::Shown;
use crate::text::literal;
use crate::{NAME, Sdk};

/// What is the same in every README but for names in double braces.
const FIRST: &str = include_str!("../../runtime/readme/first.md");
const CLIENT: &str = include_str!("../../runtime/readme/client.md");
const BEHAVIOUR: &str = include_str!("../../runtime/readme/behaviour.md");

/// What the examples fail with.
const FAILS: &str = "Result<(), Box<dyn std::error::Error>>";

/// The file.
pub(super) fn text(sdk: &Sdk<'_>, calls: &Calls<'_>) -> String {
    let page = Page { sdk, calls, name: crate_path(&sdk.settings.package) };
    let mut w = Writer::new("    ");
    page.introduction(&mut w);
    page.lists(&mut w);
    page.changes(&mut w);
    page.errors(&mut w);
    page.calls(&mut w);
    w.blank().line(page.filled(CLIENT).trim_end());
    page.features(&mut w);
    w.blank().line(BEHAVIOUR.trim_end());
    w.blank().line(format!("<!-- {} -->", sdk::prose(&header(NAME, sdk.ir)).replace("--", "- -")));
    w.finish()
}

struct Page<'a> {
    sdk: &'a Sdk<'a>,
    calls: &'a Calls<'a>,
    /// What code calls the crate.
    name: String,
}

impl Page<'_> {
    fn introduction(&self, w: &mut Writer) {
        let ir = self.sdk.ir;
        let package = &self.sdk.settings.package;
        w.line(format!("# {package}")).blank();
        // The author's words stand among examples that are run.
        let said = if ir.service.docs.trim().is_empty() { &ir.docs } else { &ir.service.docs };
        w.lines(safe(said.trim().split("\n\n").next().unwrap_or_default())).blank();
        let service = safe(&format!("{} {}", ir.service.name, sdk::prose(&ir.service.version))).concat();
        w.line(format!("A client of {service} for Rust {RUST} or later, typed and asynchronous, around `reqwest` with rustls."));
        w.blank();
        let first = Shown::find(ir, |operation| matches!(operation.kind, OperationKind::Get))
            .or_else(|| Shown::find(ir, |operation| matches!(operation.kind, OperationKind::List(_))))
            .or_else(|| Shown::find(ir, |_| true));
        let mut call = Writer::new("    ");
        match first {
            Some(first) => self.shown(&mut call, &first),
            None => drop(call.line(print("{client:?}", &[]) + ";")),
        }
        let call = call.finish().trim_end().replace('\n', "\n    ");
        w.line(self.filled(FIRST).replace("{{call}}", &call).trim_end());
    }

    /// A text with the names of the crate in it.
    fn filled(&self, text: &str) -> String {
        let environment = sdk::environment(self.sdk.ir);
        let crates: Vec<String> = HANDED_ON.iter().map(|other| format!("`{}::{other}`", self.name)).collect();
        let crates = crates.join(", ");
        let parts = [
            ("{{package}}", self.sdk.settings.package.as_str()),
            ("{{name}}", &self.name),
            ("{{environment}}", &environment),
            ("{{crates}}", &crates),
        ];
        parts.iter().fold(text.to_owned(), |text, (place, part)| text.replace(place, part))
    }

    /// A call and what it answers.
    fn shown(&self, w: &mut Writer, shown: &Shown<'_>) {
        let call = shown.written(self.calls);
        w.lines(call.lines());
        if let Some((kept, _)) = call.strip_prefix("let ").and_then(|rest| rest.split_once(" = "))
            && !kept.starts_with("mut ")
        {
            w.line(print(&format!("{{{kept}:?}}"), &[]) + ";");
        }
    }

    fn lists(&self, w: &mut Writer) {
        let ir = self.sdk.ir;
        let list = Shown::find(ir, |operation| matches!(operation.kind, OperationKind::List(_)));
        let Some(list) = list else { return };
        heading(w, "Lists");
        w.line("`items` goes through all items and `pages` through all pages, which are fetched as they are needed; `send` answers the");
        w.line("first page alone.").blank();
        self.function(w, &[self.import("Client")], "lists", |w| {
            self.shown(w, &list);
            w.blank().lines(list.chain(self.calls).then("pages", &[]).laid("let mut pages = ", ";").lines());
            w.block("while let Some(page) = pages.try_next().await? {", "}", |w| {
                w.line(print("{}", &["page.items.len()"]) + ";");
            });
            let one = list.chain(self.calls).then("send", &[]).ending(".await?").laid("let page = ", ";");
            w.blank().lines(one.lines()).line(print("{:?}", &["page.items.first()"]) + ";");
        });
    }

    fn changes(&self, w: &mut Writer) {
        let create = Shown::find(self.sdk.ir, |operation| matches!(operation.kind, OperationKind::Create));
        let update = Shown::clearing(self.sdk.ir);
        if create.is_none() && update.is_none() {
            return;
        }
        heading(w, "Writing");
        w.line("What a call must be given are the parameters of its method; what it may be given are methods of the call. What an");
        w.line("update leaves out stays as it is, and `Patch::Null` clears it.").blank();
        self.function(w, &[self.import("Client")], "writes", |w| {
            if let Some(create) = &create {
                self.shown(w, create);
            }
            if let Some(update) = &update {
                w.blank();
                self.shown(w, update);
            }
        });
    }

    fn errors(&self, w: &mut Writer) {
        heading(w, "Errors");
        w.line("`Error::Api` is what the service answers, with its status, code, kind, remedy and request id; the other variants say that");
        w.line("no answer came, or none that could be read. Where an operation declares errors, they are the variants of an enum, and");
        w.line("carry what the service says of them. `?` makes each an `Error` that knows no operation.")
            .blank();
        let ir = self.sdk.ir;
        let failing = Shown::failing(ir);
        let of_its_own = failing.as_ref().map(|(shown, id)| {
            let (module, marker) = match shown.owner {
                Some(owner) => {
                    let names = self.sdk.names.resource(owner);
                    (names.module.clone(), names.marker(shown.operation))
                }
                None => ("operations".to_owned(), service_marker(shown.operation)),
            };
            let variant = format!("{}::{}", error_of(&marker), self.sdk.names.of_error(*id));
            (format!("{module}::{}", error_of(&marker)), variant)
        });
        let shown = failing
            .map(|(shown, _)| shown)
            .or_else(|| Shown::find(ir, |operation| matches!(operation.kind, OperationKind::Get)))
            .or_else(|| Shown::find(ir, |_| true));
        let Some(shown) = shown else { return };
        let lifted = if of_its_own.is_some() { "{Client, Error, Kind}" } else { "{Client, Kind}" };
        let further = of_its_own.iter().map(|(import, _)| self.import(import));
        let imports: Vec<String> = further.chain([self.import(lifted)]).collect();
        self.function(w, &imports, "fails", |w| {
            let chain = shown.chain(self.calls).then("send", &[]).ending(".await");
            w.lines(chain.laid("let outcome = ", ";").lines());
            w.block("match outcome {", "}", |w| {
                w.line(format!("Ok(answer) => {},", print("{answer:?}", &[])));
                if let Some((_, variant)) = &of_its_own {
                    w.line(format!("Err(Error::Api({variant}(error))) => {{"));
                    w.line(format!("    {};", print("{error:?}: {}", &["error.problem().remedy()"])))
                        .line("}");
                }
                w.line("Err(error) if error.kind() == Some(&Kind::Invalid) => {");
                w.line(format!("    {};", print("{:?}", &["error.failures()"]))).line("}");
                w.line(format!(
                    "Err(error) if error.code() == Some(\"not_found\") => {},",
                    print("there is none", &[])
                ));
                w.line("Err(error) => return Err(error.into()),");
            });
        });
    }

    fn calls(&self, w: &mut Writer) {
        let ir = self.sdk.ir;
        let asks = |shown: &Shown<'_>| Asks::of(shown.owner.map(|id| &ir.resources[id]), shown.operation);
        let list = |operation: &Operation| matches!(operation.kind, OperationKind::List(_));
        let creates = |operation: &Operation| matches!(operation.kind, OperationKind::Create);
        let created = Shown::find(ir, |operation| creates(operation) && operation.idempotent);
        let written = created.or_else(|| Shown::find(ir, |operation| operation.idempotent));
        let Some(shown) = written.or_else(|| Shown::find(ir, |operation| !list(operation))) else { return };
        heading(w, "What each call can be told");
        w.line("`send_raw` gives the answer as it came beside the value: its status, headers, entity tag and request id. A write is");
        w.line("repeated under its idempotency key alone, which is made for each call unless it is given. A call is cancelled by");
        w.line("dropping its future.").blank();
        let imports = ["use std::time::Duration;".to_owned(), String::new(), self.import("Client")];
        self.function(w, &imports, "told", |w| {
            let mut chain =
                shown.chain(self.calls).then("timeout", &["Duration::from_secs(5)"]).then("retries", &["1"]);
            if asks(&shown).idempotent {
                chain = chain.then("idempotency_key", &["\"order-42\""]);
            }
            let chain =
                chain.then("header", &["\"X-Trace\"", "\"42\""]).then("send_raw", &[]).ending(".await?");
            w.lines(chain.laid("let answered = ", ";").lines());
            w.line(print("{:?} {:?}", &["answered.value", "answered.response.request_id()"]) + ";");
        });
    }

    fn features(&self, w: &mut Writer) {
        if !has_features(self.sdk) {
            return;
        }
        heading(w, "Features");
        w.line("Each resource is a feature. All of them are on by default; a build with those alone that you call is faster.").blank();
        let package = &self.sdk.settings.package;
        let first = offered(self.sdk).next().map(|(_, resource)| module(resource)).unwrap_or_default();
        block(w, "sh", [format!("cargo add {package} --no-default-features --features {first}")]);
    }

    /// An example that is a function of the client, behind what it imports.
    fn function(&self, w: &mut Writer, imports: &[String], name: &str, body: impl FnOnce(&mut Writer)) {
        w.line("```rust,no_run").lines(imports).blank();
        w.block(format!("async fn {name}(client: &Client) -> {FAILS} {{"), "}", |w| {
            body(w);
            w.line("Ok(())");
        });
        w.line("```").blank();
    }

    /// The import of something of the crate.
    fn import(&self, what: &str) -> String {
        format!("use {}::{what};", self.name)
    }
}

/// The author's words, of which nothing is code.
fn safe(text: &str) -> Vec<String> {
    docs::blocks(text).iter().map(|line| docs::line(line)).collect()
}

/// Shows values.
fn print(text: &str, values: &[&str]) -> String {
    let values: String = values.iter().map(|value| format!(", {value}")).collect();
    format!("{PRINT}({}{values})", literal(text))
}

fn heading(w: &mut Writer, text: &str) {
    w.blank().line(format!("## {text}")).blank();
}

fn block<T: AsRef<str>>(w: &mut Writer, language: &str, lines: impl IntoIterator<Item = T>) {
    w.line(format!("```{language}")).lines(lines).line("```").blank();
}
