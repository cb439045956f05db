//! `README.md`: how the package is used, with code that compiles when its blocks are put one behind the other.

use atlas9_emitters_core::calls::{Language, typescript};
use atlas9_emitters_core::sdk::{self, Showpiece};
use atlas9_emitters_core::{Writer, header, samples};
use atlas9_ir::Field;

use crate::names::ResourceNames;
use crate::text::{literal, object_property};
use crate::{NAME, Sdk};

/// The file.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let mut w = Writer::new("  ");
    let client = typescript::client(&sdk.ir.service.name);
    introduction(&mut w, sdk, &client);
    if let Some(piece) = Showpiece::of(sdk.ir) {
        let shown = Shown { sdk, piece, names: sdk.names.resource(piece.id), client: &client };
        shown.lists(&mut w);
        shown.changes(&mut w);
        shown.errors(&mut w);
        shown.functions(&mut w);
    }
    behaviour(&mut w, sdk);
    w.finish()
}

fn introduction(w: &mut Writer, sdk: &Sdk<'_>, client: &str) {
    let service = &sdk.names.service;
    let environment = sdk::environment(sdk.ir);
    w.line(format!("# {}", sdk.settings.package)).blank();
    w.line(sdk::introduction(sdk.ir)).blank();
    w.line(format!(
        "A client of {service} {} for Node.js 20 or later, and for browsers. It depends on nothing.",
        sdk::prose(&sdk.ir.service.version)
    ));
    w.blank();
    code(w, "sh", [format!("npm install {}", sdk.settings.package)]);
    code(
        w,
        "ts",
        [
            format!("import {{ {service} }} from \"{}\";", sdk.settings.package),
            String::new(),
            format!("// Takes {environment}_API_KEY and {environment}_BASE_URL from the environment, or"),
            "// { apiKey: \"...\", baseUrl: \"https://...\" }.".to_owned(),
            format!("const {client} = new {service}();"),
        ],
    );
}

/// What the examples are about.
struct Shown<'a> {
    sdk: &'a Sdk<'a>,
    piece: Showpiece<'a>,
    names: &'a ResourceNames,
    client: &'a str,
}

impl Shown<'_> {
    fn lists(&self, w: &mut Writer) {
        if self.piece.list().is_none() {
            return;
        }
        let calls = self.calls();
        let one = self.variable();
        heading(w, "Lists");
        w.line("A list is iterated item by item or page by page; pages are fetched as they are needed.")
            .blank();
        let mut lines = vec![
            format!("for await (const {one} of {calls}.list()) {{"),
            format!("  console.log({one});"),
            "}".to_owned(),
            format!("for await (const page of {calls}.list({{ limit: 50 }}).pages()) {{"),
            "  console.log(page.items.length);".to_owned(),
            "}".to_owned(),
            format!("const page = await {calls}.list().page();"),
            "console.log(page.items);".to_owned(),
        ];
        if let Some(fields) = self.fields() {
            lines.extend([
                "// Some fields of each: its type has these and no others.".to_owned(),
                format!("for await (const {one} of {calls}.list({{ fields: [{fields}] }})) {{"),
                format!("  console.log({one});"),
                "}".to_owned(),
            ]);
        }
        code(w, "ts", lines);
    }

    /// Two fields that the list can be asked for by name.
    fn fields(&self) -> Option<String> {
        let names = self.piece.chosen().into_iter().map(|field| literal(&field.wire));
        Some(names.collect::<Vec<_>>().join(", ")).filter(|names| !names.is_empty())
    }

    fn changes(&self, w: &mut Writer) {
        let (Some(_), Some(key)) = (self.piece.find("get"), self.piece.resource.key()) else { return };
        let calls = self.calls();
        let Some(sample) = self.sample(key) else { return };
        heading(w, "Reading and changing");
        w.line("A promise gives the body; `withResponse()` gives the response, the entity tag and the request's id beside it.");
        w.blank();
        let mut lines = vec![format!("const key = {sample};")];
        if let Some(created) =
            self.piece.find("create").and_then(|create| self.piece.call(Language::TypeScript, create))
        {
            // The resource may be called like something else that is declared here.
            let created = created.replacen(&format!("const {} =", self.variable()), "const created =", 1);
            lines.extend(created.split('\n').map(str::to_owned));
            lines.push("console.log(created);".to_owned());
        }
        lines.push(format!("const {{ data, etag, requestId }} = await {calls}.get(key).withResponse();"));
        lines.push("console.log(data, requestId);".to_owned());
        if let Some(field) = self.piece.clearable() {
            lines.push(
                "// What is left out stays, null clears; fails when somebody else has changed it since."
                    .to_owned(),
            );
            let member = object_property(&field.wire);
            lines.push(format!(
                "await {calls}.update(key, {{ {member}: null }}, {{ ifMatch: etag, timeoutMs: 5000 }});"
            ));
        } else {
            lines.push("console.log(etag);".to_owned());
        }
        code(w, "ts", lines);
    }

    fn errors(&self, w: &mut Writer) {
        let Some(key) = self.piece.resource.key() else { return };
        heading(w, "Errors");
        w.line("Every error of the service is an `ApiError` with `status`, `code`, `kind`, `retryable`, `remedy`, `errors`");
        w.line("and `requestId`; declared ones have a class with a typed `payload`. `ConnectionError` means that no answer came,");
        w.line("`DecodeError` that it cannot be read (its `pointer` says where), and `RequestError` that nothing was sent.");
        w.blank();
        let Some(sample) = self.sample(key) else { return };
        let Some((operation, error, _)) = self.piece.failing() else { return };
        let name = self.sdk.names.of_error(error);
        code(
            w,
            "ts",
            [
                format!("import {{ {name}, InvalidError }} from \"{}\";", self.sdk.settings.package),
                String::new(),
                "try {".to_owned(),
                format!("  await {}.{}({sample});", self.calls(), self.names.method(operation)),
                "} catch (error) {".to_owned(),
                format!("  if (error instanceof {name}) console.log(error.code, error.remedy);"),
                "  else if (error instanceof InvalidError) console.log(error.errors);".to_owned(),
                "  else throw error;".to_owned(),
                "}".to_owned(),
            ],
        );
    }

    fn functions(&self, w: &mut Writer) {
        let Some(list) = self.piece.list() else { return };
        let package = &self.sdk.settings.package;
        let function = self.names.function(list);
        heading(w, "Small bundles");
        w.line("Each operation is a function, too; a bundler takes only those that are used.").blank();
        code(
            w,
            "ts",
            [
                format!("import {{ {function} }} from \"{package}/{}\";", self.names.module),
                format!("import {{ {} }} from \"{package}/client\";", self.sdk.names.client),
                String::new(),
                format!(
                    "for await (const {} of {function}(new {}())) {{",
                    self.variable(),
                    self.sdk.names.client
                ),
                format!("  console.log({});", self.variable()),
                "}".to_owned(),
            ],
        );
    }

    /// `bookstore.books`
    fn calls(&self) -> String {
        format!("{}.{}", self.client, self.names.property)
    }

    fn variable(&self) -> String {
        typescript::variable(self.piece.resource)
    }

    fn sample(&self, key: &Field) -> Option<String> {
        let sample = samples::of(self.sdk.ir, &key.ty)?;
        Some(typescript::value(self.sdk.ir, &key.ty, &sample))
    }
}

fn behaviour(w: &mut Writer, sdk: &Sdk<'_>) {
    let environment = sdk::environment(sdk.ir);
    heading(w, "What it does by itself");
    w.lines([
        "- Reads, and writes under an idempotency key, are repeated up to `maxRetries` (2) times when the connection fails or",
        "  the service says that it may work later; `Retry-After` is kept to. The key is made once for a call.",
        "- A call ends after `timeoutMs` (120,000) with all its attempts, an attempt after `attemptTimeoutMs` (30,000), and",
        "  both when its `signal` is aborted. `fetch` has no limit for connecting alone; give your own `fetch` for one.",
        "- `Infinity` is no limit.",
        "- Redirects are never followed: one is an `ApiError`, for the base URL is wrong then.",
        "- `apiKey` may be a function; it is called for each attempt, and once more with `{ refresh: true }` after a 401.",
        "- `hooks` and `logger` learn of every attempt. Neither sees a key, a body or a query.",
        "- The hook `aroundCall` is put around a whole call: the place for the span of a tracer.",
    ]);
    w.line("- `int64` is a `bigint`, decimals are strings, and so are timestamps: a `Date` would cut their microseconds.");
    w.line("- Enums may hold values of later versions; these are kept and sent back as they are.");
    heading(w, "Environment");
    w.lines([
        format!("- `{environment}_API_KEY`: the option `apiKey`"),
        format!("- `{environment}_BASE_URL`: the option `baseUrl`, without the path that all operations begin with"),
    ]);
    w.blank().line(format!("<!-- {} -->", sdk::prose(&header(NAME, sdk.ir)).replace("--", "- -")));
}

fn heading(w: &mut Writer, text: &str) {
    w.blank().line(format!("## {text}")).blank();
}

fn code<T: AsRef<str>>(w: &mut Writer, language: &str, lines: impl IntoIterator<Item = T>) {
    w.line(format!("```{language}")).lines(lines).line("```").blank();
}
