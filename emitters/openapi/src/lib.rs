//! The OpenAPI emitter: everything that the server does, as a document in OpenAPI 3.1 or 3.0.
//!
//! The document is put together in 3.0 with openapiv3's types; 3.1 is made from the same tree, so that the two cannot
//! disagree. Names are explained in [`names`].
//!
//! A structure is up to three schemas: `Money` as it is answered, `MoneyInput` in requests that give it whole, and
//! `MoneyPatch` in updates. Answers may gain fields, and open enums values; requests name nothing unknown. Paths stand
//! without the service's base path, which is the server's URL.

mod bodies;
mod declared;
mod document;
mod examples;
mod failures;
mod fields;
mod further;
mod headers;
mod keys;
mod names;
mod operations;
mod parameters;
mod parts;
mod problems;
mod responses;
mod scalars;
mod shapes;
mod shared;
mod text;
mod unions;
mod upgrade;

use atlas9_diagnostics::{Diagnostic, codes};
use atlas9_emitters_core::sdk::given;
use atlas9_emitters_core::{
    Context, Emitted, Emitter, OptionKind, OptionSpec, Options, Survey, header, yaml,
};
use atlas9_ir::Ir;
use openapiv3::{Contact, License};
use serde_json::Value as Json;

use document::About;

/// The OpenAPI emitter.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenApi;

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "version",
        kind: OptionKind::OneOf(&["3.1", "3.0"]),
        default: "3.1",
        meaning: "The version of OpenAPI.",
    },
    OptionSpec {
        name: "format",
        kind: OptionKind::SomeOf(&["json", "yaml"]),
        default: "json",
        meaning: "The files to write: `openapi.json`, `openapi.yaml` or both.",
    },
    OptionSpec {
        name: "server_url",
        kind: OptionKind::Text,
        default: "",
        meaning: "Where the service is, such as `https://api.books.net`; the base path follows. Without it the server is \
                  the one that the document comes from.",
    },
    OptionSpec {
        name: "license",
        kind: OptionKind::Text,
        default: "",
        meaning: "The licence of the API, best by its SPDX identifier, such as `Apache-2.0`. Without it all rights are \
                  reserved.",
    },
    OptionSpec {
        name: "license_url",
        kind: OptionKind::Text,
        default: "",
        meaning: "Where the licence can be read. Without it the page of the SPDX identifier.",
    },
    OptionSpec {
        name: "contact_name",
        kind: OptionKind::Text,
        default: "",
        meaning: "Whom to ask about the API.",
    },
    OptionSpec {
        name: "contact_url",
        kind: OptionKind::Text,
        default: "",
        meaning: "The address of a page about whom to ask.",
    },
    OptionSpec {
        name: "contact_email",
        kind: OptionKind::Text,
        default: "",
        meaning: "The mail address to ask at.",
    },
];

impl Emitter for OpenApi {
    fn name(&self) -> &'static str {
        "openapi"
    }

    fn summary(&self) -> &'static str {
        "The API as an OpenAPI document"
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn survey(&self, _: &Ir, context: &Context<'_>) -> Survey {
        let offers = written(context.options).map(|(_, path)| path.to_owned()).collect();
        Survey { offers, ..Survey::default() }
    }

    fn emit(&self, ir: &Ir, context: &Context<'_>) -> Emitted {
        let about = About {
            server: server(ir, context.options),
            license: license(context.options),
            contact: contact(context.options),
        };
        let made_by = header(self.name(), ir);
        match tree(ir, &about, &made_by, context.options) {
            Ok(tree) => write(&tree, &made_by, context.options),
            Err(problem) => Emitted { diagnostics: vec![failed(&problem)], ..Emitted::default() },
        }
    }
}

fn tree(ir: &Ir, about: &About, made_by: &str, options: &Options) -> Result<Json, String> {
    let document = document::of(ir, about, made_by.to_owned());
    let mut tree = serde_json::to_value(&document).map_err(|error| error.to_string())?;
    if options.text("version") != Some("3.0") {
        upgrade::upgrade(&mut tree);
    }
    if let Some(members) = tree.as_object_mut()
        && let Some(tags) = members.shift_remove("tags")
    {
        // Before the paths, which are long.
        let place = members.keys().position(|name| name == "paths").unwrap_or(0);
        members.shift_insert(place, "tags".to_owned(), tags);
    }
    Ok(tree)
}

fn write(tree: &Json, made_by: &str, options: &Options) -> Emitted {
    let mut made = Emitted::default();
    for (format, path) in written(options) {
        let text = if format == "json" { json(tree) } else { commented_yaml(tree, made_by) };
        let written = text.and_then(|text| made.files.insert(path, text).map_err(|bad| bad.to_string()));
        if let Err(problem) = written {
            made.diagnostics.push(failed(&problem));
        }
    }
    made
}

/// The formats that are asked for, and the files they are written to.
fn written(options: &Options) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = [("json", "openapi.json"), ("yaml", "openapi.yaml")];
    all.into_iter().filter(|(format, _)| options.has("format", format))
}

fn json(tree: &Json) -> Result<String, String> {
    serde_json::to_string_pretty(tree).map(|text| format!("{text}\n")).map_err(|error| error.to_string())
}

fn commented_yaml(tree: &Json, made_by: &str) -> Result<String, String> {
    let comment = made_by.replace(char::is_control, " ");
    yaml::write(tree).map(|text| format!("# {comment}\n{text}")).map_err(|error| error.message)
}

/// The writers of JSON and YAML refuse nothing that a document holds; should one of them do, it is told.
fn failed(problem: &str) -> Diagnostic {
    Diagnostic::error(codes::E0702, format!("the OpenAPI document cannot be written: {problem}"))
        .help("please report this as a bug of atlas9")
}

fn server(ir: &Ir, options: &Options) -> String {
    let host = options.text("server_url").unwrap_or("").trim_end_matches('/');
    match format!("{host}{}", ir.service.base_path) {
        empty if empty.is_empty() => "/".to_owned(),
        url => url,
    }
}

/// Nothing where nobody is named.
fn contact(options: &Options) -> Option<Contact> {
    let [name, url, email] =
        ["contact_name", "contact_url", "contact_email"].map(|name| given(options, name));
    let named = [&name, &url, &email].into_iter().any(Option::is_some);
    named.then(|| Contact { name, url, email, ..Contact::default() })
}

fn license(options: &Options) -> License {
    let given = |name: &str| given(options, name);
    let spdx = |name: &str| {
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || ".-+".contains(c));
        plain.then(|| format!("https://spdx.org/licenses/{name}.html"))
    };
    match given("license") {
        Some(name) => {
            License { url: given("license_url").or_else(|| spdx(&name)), name, ..License::default() }
        }
        None => License {
            name: "All rights reserved".to_owned(),
            // What holds where no licence is given, in plain words.
            url: given("license_url")
                .or_else(|| Some("https://choosealicense.com/no-permission/".to_owned())),
            ..License::default()
        },
    }
}
