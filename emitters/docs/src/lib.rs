//! The reference of a service as one HTML page: readable without JavaScript, complete without a network.
//!
//! Styles and the script are hand-written, in `assets`, and stand in the page itself, which names their hashes in its content
//! security policy: nothing else can run or be loaded.

mod about;
mod anchors;
mod answers;
mod code;
mod errors;
mod expr;
mod fields;
mod html;
mod markdown;
mod navigation;
mod operation;
mod page;
mod parameters;
mod resource;
mod scalars;
mod state;
mod types;
mod words;

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::calls::{CallWriter, Language};
use atlas9_emitters_core::{Context, Emitted, Emitter, OptionKind, OptionSpec, Options, Survey};
use atlas9_ir::Ir;

use crate::anchors::Anchors;

/// The emitter of the reference.
#[derive(Clone, Copy, Debug, Default)]
pub struct Docs;

/// The one file, which others may take in.
const FILE: &str = "index.html";

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "server_url",
        kind: OptionKind::Text,
        default: "",
        meaning: "Where the service is, such as `https://api.books.net`, for the calls in the examples; the base path follows. \
                  Without it they call the server that the page comes from, or `http://localhost:8080`.",
    },
    OptionSpec {
        name: "languages",
        kind: OptionKind::SomeOf(Language::WORDS),
        default: Language::LISTED,
        meaning: "The languages of the calls in the examples.",
    },
];

impl Emitter for Docs {
    fn name(&self) -> &'static str {
        "docs"
    }

    fn summary(&self) -> &'static str {
        "The reference of the API as one HTML page, with search and calls to try"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn survey(&self, _: &Ir, _: &Context<'_>) -> Survey {
        Survey { offers: vec![FILE.to_owned()], ..Survey::default() }
    }

    fn emit(&self, ir: &Ir, context: &Context<'_>) -> Emitted {
        let mut made = Emitted::default();
        let page = page::of(&Site::new(ir, context.options));
        if let Err(bad) = made.files.insert(FILE, page) {
            made.diagnostics
                .push(Diagnostic::error(codes::E0702, format!("the reference has a bad path: {bad}")));
        }
        made
    }
}

/// All that the page is written from.
struct Site<'a> {
    ir: &'a Ir,
    anchors: Anchors,
    /// Where the service is; without a slash at its end.
    server: String,
    languages: Vec<Shown<'a>>,
}

/// A language of the calls.
struct Shown<'a> {
    language: Language,
    writer: Box<dyn CallWriter + 'a>,
}

/// With more resources than this a page is laid out part by part, and shows each resource's example once.
const LARGE: usize = 40;

/// Where `serve` listens unless it is told otherwise; the script puts the page's own server in its place.
const HERE: &str = "http://localhost:8080";

impl<'a> Site<'a> {
    fn new(ir: &'a Ir, options: &Options) -> Site<'a> {
        let server = options.text("server_url").unwrap_or("").trim_end_matches('/').to_owned();
        let languages = Language::ALL.iter().filter(|language| options.has("languages", language.word()));
        let languages = languages.map(|language| Shown { language: *language, writer: language.writer(ir) });
        Site { ir, anchors: Anchors::of(ir), server, languages: languages.collect() }
    }

    fn is_large(&self) -> bool {
        self.ir.resources.len() > LARGE
    }

    /// The server that examples call.
    fn server_shown(&self) -> &str {
        if self.server.is_empty() { HERE } else { &self.server }
    }
}
