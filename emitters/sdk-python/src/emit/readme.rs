//! `README.md`: how the package is used, with code that runs when its blocks are put one behind the other.

use atlas9_emitters_core::calls::{Language, python};
use atlas9_emitters_core::sdk::{self, Showpiece};
use atlas9_emitters_core::{Writer, header, samples};
use atlas9_ir::Field;

use crate::names::ResourceNames;
use crate::text::literal;
use crate::{NAME, Sdk};

/// The file.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let mut w = Writer::new("    ");
    let client = python::client(&sdk.ir.service.name);
    introduction(&mut w, sdk, &client);
    if let Some(piece) = Showpiece::of(sdk.ir) {
        let shown = Shown { sdk, piece, names: sdk.names.resource(piece.id), client: &client };
        shown.lists(&mut w);
        shown.changes(&mut w);
        shown.errors(&mut w);
        shown.coroutines(&mut w);
    }
    behaviour(&mut w, sdk);
    w.finish()
}

fn introduction(w: &mut Writer, sdk: &Sdk<'_>, client: &str) {
    let service = &sdk.names.service;
    let environment = sdk::environment(sdk.ir);
    let (package, module) = (&sdk.settings.package, &sdk.settings.module);
    w.line(format!("# {package}")).blank();
    w.line(sdk::introduction(sdk.ir)).blank();
    w.line(format!(
        "A client of {service} {} for Python 3.10 or later, typed, for threads and for `asyncio`. It depends on `httpx`.",
        sdk::prose(&sdk.ir.service.version)
    ));
    w.blank();
    code(w, "sh", [format!("pip install {package}")]);
    code(
        w,
        "python",
        [
            format!("from {module} import {service}"),
            String::new(),
            format!("# Takes {environment}_API_KEY and {environment}_BASE_URL from the environment, or"),
            "# api_key=\"...\", base_url=\"https://...\".".to_owned(),
            format!("{client} = {service}()"),
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
        let (calls, one) = (self.calls(), python::variable(self.piece.resource));
        heading(w, "Lists");
        w.line("A list is iterated item by item or page by page; pages are fetched as they are needed.")
            .blank();
        let mut lines = vec![
            format!("for {one} in {calls}.list():"),
            format!("    print({one})"),
            format!("for page in {calls}.list(limit=50).pages():"),
            "    print(len(page.items))".to_owned(),
            format!("page = {calls}.list().page()"),
            "print(page.items)".to_owned(),
        ];
        let fields: Vec<String> = self.piece.chosen().into_iter().map(|field| literal(&field.wire)).collect();
        if !fields.is_empty() {
            lines.extend([
                "# Some fields of each: the others are not there.".to_owned(),
                format!("for {one} in {calls}.list(fields=[{}]):", fields.join(", ")),
                format!("    print({one})"),
            ]);
        }
        code(w, "python", lines);
    }

    fn changes(&self, w: &mut Writer) {
        let (Some(_), Some(key)) = (self.piece.find("get"), self.piece.resource.key()) else { return };
        let Some(sample) = self.sample(key) else { return };
        let calls = self.calls();
        heading(w, "Reading and changing");
        w.line("`with_response` gives the status, the headers, the entity tag and the request's id beside the value.").blank();
        let mut lines = Vec::new();
        let created = self.piece.find("create").and_then(|create| self.piece.call(Language::Python, create));
        if let Some(created) = created {
            lines.extend(python::imports(&self.sdk.settings.module, &created));
            // The resource may be called like something else that is named here.
            let variable = python::variable(self.piece.resource);
            let created = created.replacen(&format!("{variable} ="), "created =", 1);
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(created.split('\n').map(str::to_owned));
            lines.push("print(created)".to_owned());
            lines.push(String::new());
        }
        lines.push(format!("key = {sample}"));
        lines.push(format!("response = {}.with_response({calls}.get, key)", self.client));
        lines.push("print(response.data, response.request_id)".to_owned());
        if let Some(field) = self.piece.clearable() {
            lines.push(
                "# What is left out stays, None clears; fails when somebody else has changed it since."
                    .to_owned(),
            );
            let member = python::attribute(field);
            lines.push(format!("{calls}.update(key, {member}=None, if_match=response.etag, timeout=5.0)"));
        }
        code(w, "python", lines);
    }

    fn errors(&self, w: &mut Writer) {
        let Some(key) = self.piece.resource.key() else { return };
        heading(w, "Errors");
        w.line("Every error of the service is an `ApiError` with `status`, `code`, `kind`, `retryable`, `remedy`, `errors` and");
        w.line("`request_id`; declared ones have a class with what they carry. `NoAnswerError` means that no answer came,");
        w.line("`DecodeError` that it cannot be read (its `pointer` says where), and `RequestError` that nothing was sent.").blank();
        let Some(sample) = self.sample(key) else { return };
        let Some((operation, error, _)) = self.piece.failing() else { return };
        let name = self.sdk.names.of_error(error);
        let mut imported = ["InvalidError", name];
        imported.sort_unstable();
        code(
            w,
            "python",
            [
                format!("from {} import {}", self.sdk.settings.module, imported.join(", ")),
                String::new(),
                "try:".to_owned(),
                format!("    {}.{}({sample})", self.calls(), python::method(operation)),
                format!("except {name} as error:"),
                "    print(error.code, error.remedy)".to_owned(),
                "except InvalidError as error:".to_owned(),
                "    print(error.errors)".to_owned(),
            ],
        );
    }

    fn coroutines(&self, w: &mut Writer) {
        if self.piece.list().is_none() {
            return;
        }
        let (module, service) = (&self.sdk.settings.module, &self.sdk.names.service);
        let (client, one) = (self.client, python::variable(self.piece.resource));
        heading(w, "Coroutines");
        w.line("The client for `asyncio` has the same methods. A task that is cancelled ends its call.")
            .blank();
        code(
            w,
            "python",
            [
                "import asyncio".to_owned(),
                String::new(),
                format!("from {module} import Async{service}"),
                String::new(),
                String::new(),
                "async def main() -> None:".to_owned(),
                format!("    async with Async{service}() as {client}:"),
                format!("        async for {one} in {}.list():", self.calls()),
                format!("            print({one})"),
                String::new(),
                String::new(),
                "asyncio.run(main())".to_owned(),
            ],
        );
    }

    /// `bookstore.books`
    fn calls(&self) -> String {
        format!("{}.{}", self.client, self.names.property)
    }

    fn sample(&self, key: &Field) -> Option<String> {
        let sample = samples::of(self.sdk.ir, &key.ty)?;
        Some(python::value(self.sdk.ir, &key.ty, &sample))
    }
}

fn behaviour(w: &mut Writer, sdk: &Sdk<'_>) {
    let environment = sdk::environment(sdk.ir);
    heading(w, "What it does by itself");
    w.lines([
        "- Reads, and writes under an idempotency key, are repeated up to `max_retries` (2) times when the connection fails or",
        "  the service says that it may work later; `Retry-After` is kept to. The key is made once for a call.",
        "- A call ends after `timeout` (120 s) with all its attempts, an attempt after `attempt_timeout` (30 s), and a connection",
        "  must be there within `connect_timeout` (10 s). Each call takes `timeout`, `attempt_timeout`, `max_retries` and",
        "  `headers` of its own.",
        "- `math.inf` is no limit. With the client that waits, `timeout` holds between the steps of an attempt, each of which waits no",
        "  longer than what was left when it began: looking up a host, and headers that come bit by bit, can take longer.",
        "- Redirects are never followed: one is an `ApiError`, for the base URL is wrong then.",
        "- `api_key` may be a function; it is called for each attempt, and once more with `True` after a 401.",
        "- `http_client` takes an `httpx.Client` of yours, or an `httpx.AsyncClient`. Without one `httpx` is imported at the first",
        "  call, and what a resource needs when it is first asked for.",
        "- `hooks` learn of every attempt, and so does the log. Neither sees a key, a body or a query.",
        "- `Hooks(around_call=...)` is put around a whole call: `trace_calls()` makes a span of OpenTelemetry there.",
        "- Decimals are `Decimal`, timestamps are `datetime` in UTC, and whole numbers are exact.",
        "- Enums may hold values of later versions, and unions variants; these are kept and sent back as they are.",
        "- What is deprecated is a `DeprecationWarning`, and where a response says so, `hooks` are told, too.",
    ]);
    heading(w, "Environment");
    w.lines([
        format!("- `{environment}_API_KEY`: the argument `api_key`"),
        format!("- `{environment}_BASE_URL`: the argument `base_url`, without the path that all operations begin with"),
    ]);
    w.blank().line(format!("<!-- {} -->", sdk::prose(&header(NAME, sdk.ir)).replace("--", "- -")));
}

fn heading(w: &mut Writer, text: &str) {
    w.blank().line(format!("## {text}")).blank();
}

fn code<T: AsRef<str>>(w: &mut Writer, language: &str, lines: impl IntoIterator<Item = T>) {
    w.line(format!("```{language}")).lines(lines).line("```").blank();
}
