//! `README.md`: how the module is used. Its code is that of the examples, which `go test` runs.

use atlas9_emitters_core::sdk::{self, environment};
use atlas9_emitters_core::{Writer, header};

use super::shown::{Snippet, begin};
use crate::{NAME, Sdk};

/// The file.
pub(super) fn text(sdk: &Sdk<'_>, snippets: &[Snippet]) -> String {
    let mut w = Writer::new("\t");
    introduction(&mut w, sdk);
    for snippet in snippets {
        heading(&mut w, snippet.heading);
        w.lines(snippet.said).blank();
        code(&mut w, "go", &snippet.lines);
    }
    behaviour(&mut w, sdk);
    w.finish()
}

fn introduction(w: &mut Writer, sdk: &Sdk<'_>) {
    let (ir, module) = (sdk.plan.ir, &sdk.settings.module);
    let version = sdk::prose(&ir.service.version);
    w.line(format!("# {module}")).blank();
    w.line(sdk::introduction(ir)).blank();
    w.line(format!(
        "A client of {} {version} for Go {} or later. It needs the standard library alone.",
        ir.service.name,
        super::manifest::GO
    ));
    w.blank();
    code(w, "sh", &[format!("go get {module}")]);
    code(w, "go", &begin(sdk));
}

fn behaviour(w: &mut Writer, sdk: &Sdk<'_>) {
    let environment = environment(sdk.plan.ir);
    heading(w, "What it does by itself");
    w.lines([
        "- Reads, and writes under an idempotency key, are repeated up to `option.MaxRetries` (2) times when the connection fails or",
        "  the service says that it may work later; `Retry-After` is kept to. The key is made once for a call.",
        "- A call ends after `option.Timeout` (120 s) with all its attempts, an attempt after `option.AttemptTimeout` (30 s), a",
        "  connection must be there within `option.ConnectTimeout` (10 s), and all of it ends with the context.",
        "- `option.APIKeyFunc` is called for each attempt, and once more with `true` after a 401.",
        "- A redirect is not followed: it is an error that says where the server redirects to.",
        "- A call that cannot be sent as it was made is an `api.RequestError`: nothing is sent, and nothing is repeated.",
        "- An answer that is not what the service declares is an `api.DecodeError`, which has the answer as it came.",
        "- `option.HTTPClient` takes an `http.Client` of yours. Every option can be given to the client, most to a single call.",
        "- `option.Hooks` and `option.Logger` learn of every attempt. Neither sees a key, a body or a query.",
        "- Decimals are text, 64-bit numbers `int64`, and both are exact.",
        "- Enums may hold values of later versions, and unions variants; these are kept and sent back as they are.",
    ]);
    heading(w, "Environment");
    w.lines([
        format!("- `{environment}_API_KEY`: `option.APIKey`"),
        format!(
            "- `{environment}_BASE_URL`: `option.BaseURL`, without the path that all operations begin with"
        ),
    ]);
    w.blank().line(format!("<!-- {} -->", sdk::prose(&header(NAME, sdk.plan.ir)).replace("--", "- -")));
}

fn heading(w: &mut Writer, text: &str) {
    w.blank().line(format!("## {text}")).blank();
}

fn code(w: &mut Writer, language: &str, lines: &[String]) {
    w.line(format!("```{language}")).lines(lines).line("```").blank();
}
