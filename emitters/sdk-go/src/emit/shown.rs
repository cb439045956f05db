//! The pieces of code that README shows and `go test` runs.

use atlas9_emitters_core::calls::Call;
use atlas9_emitters_core::calls::go::types::Uses;
use atlas9_emitters_core::calls::go::{self, Expression, Parameter, Plan};
use atlas9_emitters_core::requests::Request;
use atlas9_emitters_core::sdk::{Asks, Served, Showpiece, environment};
use atlas9_ir::{Field, Operation, OperationKind, Scalar, TypeKind};
use serde_json::Value as Json;

use crate::Sdk;

/// A piece of code, which goes on where `client` and `ctx` are made.
pub(super) struct Snippet {
    /// Its heading.
    pub(super) heading: &'static str,
    /// What its example is called.
    pub(super) name: &'static str,
    /// What README says of it.
    pub(super) said: &'static [&'static str],
    /// The code.
    pub(super) lines: Vec<String>,
    /// The packages that it uses, beside the module's own.
    pub(super) uses: Uses,
    /// What it prints where the service answers so; nothing where that cannot be told.
    pub(super) run: Option<(Vec<Served>, Vec<String>)>,
}

/// All of them, in their order.
pub(super) fn snippets(plan: &Plan<'_>) -> Vec<Snippet> {
    let Some(piece) = Showpiece::of(plan.ir) else { return Vec::new() };
    let Some(key) = piece.resource.key() else { return Vec::new() };
    let shown = Shown { plan, piece, key };
    [shown.lists(), shown.changes(), shown.errors()].into_iter().flatten().collect()
}

/// The id of every request in the examples.
pub(super) const REQUEST_ID: &str = "0192f0c1";

const ERRORS: [&str; 3] = [
    "Every error of the service is an `*api.Problem` with `Status`, `Code`, `Kind`, `Retryable`, `Remedy`, `Failures` and `RequestID`,",
    "and one of its kind, such as `*api.NotFoundError`; declared ones have a type with what they carry. `*api.ConnectionError` means",
    "that no answer came.",
];

/// What ends a program that cannot go on.
const FATAL: &str = "if err != nil {\n\tlog.Fatal(err)\n}";

/// How a client is made, before all of them.
pub(super) fn begin(sdk: &Sdk<'_>) -> Vec<String> {
    let environment = environment(sdk.plan.ir);
    vec![
        "ctx := context.Background()".to_owned(),
        format!(
            "// Takes {environment}_API_KEY and {environment}_BASE_URL from the environment, or option.APIKey(\"...\") and"
        ),
        "// option.BaseURL(\"https://...\").".to_owned(),
        format!("client, err := {}.New()", sdk.plan.package),
        FATAL.to_owned(),
    ]
}

/// What the examples are about.
struct Shown<'a> {
    plan: &'a Plan<'a>,
    piece: Showpiece<'a>,
    key: &'a Field,
}

impl<'a> Shown<'a> {
    fn lists(&self) -> Option<Snippet> {
        let list = self.piece.list()?;
        let mut uses = Uses::from(["fmt", "log"]);
        let ty =
            go::parameters(self.plan, Some(self.piece.id), list).into_iter().find_map(
                |given| match given {
                    Parameter::List(ty) => Some(ty),
                    _ => None,
                },
            )?;
        let request = Request::default();
        let callee = self.expression(list, &request, &mut uses).callee;
        let (one, key) = (go::variable(self.plan, self.piece.id), go::member(self.key));
        let fatal = FATAL.replace('\n', "\n\t");
        let lines = vec![
            format!("for {one}, err := range {callee}(ctx, {ty}{{}}) {{"),
            format!("\t{fatal}"),
            format!("\tfmt.Println({one}.{key})"),
            "}".to_owned(),
            format!("for page, err := range {callee}Pages(ctx, {ty}{{Limit: 50}}) {{"),
            format!("\t{fatal}"),
            "\tfmt.Println(len(page.Items))".to_owned(),
            "}".to_owned(),
            format!("page, err := {callee}Page(ctx, {ty}{{{}}})", self.chosen()),
            FATAL.to_owned(),
            "fmt.Println(len(page.Items))".to_owned(),
        ];
        let run = self.piece.success(list, &request).and_then(|served| {
            let printed = self.printed(served.body.get("items")?.get(0)?.get(&self.key.wire)?)?;
            Some((vec![served], vec![printed, "1".to_owned(), "1".to_owned()]))
        });
        Some(Snippet {
            heading: "Lists",
            name: "lists",
            said: &["A list is iterated item by item or page by page; pages are fetched as they are needed."],
            lines,
            uses,
            run,
        })
    }

    /// Some fields of each, where the list can be asked for them.
    fn chosen(&self) -> String {
        let constants = &self.plan.names.resource(self.piece.id).field;
        let name = |field: &Field| {
            let found = constants.all.iter().find(|(_, wire)| *wire == field.wire);
            found.map(|(name, _)| self.plan.own(name))
        };
        let names: Vec<String> = self.piece.chosen().into_iter().filter_map(name).collect();
        match names.is_empty() {
            true => String::new(),
            false => format!("Fields: []{}{{{}}}", self.plan.own(&constants.ty), names.join(", ")),
        }
    }

    fn changes(&self) -> Option<Snippet> {
        let get = self.found(|kind| matches!(kind, OperationKind::Get))?;
        let request = self.piece.request(get)?;
        let mut made = Making { uses: Uses::from(["api", "fmt", "log", "option"]), ..Making::default() };
        if let Some(create) = self.found(|kind| matches!(kind, OperationKind::Create)) {
            self.creation(create, &mut made);
        }
        let key = go::member(self.key);
        let read = self.expression(get, &request, &mut made.uses);
        made.lines.extend([
            "var response api.Response".to_owned(),
            format!("found, err := {}", with(&read, ["option.Response(&response)"])),
            FATAL.to_owned(),
            format!("fmt.Println(found.{key}, response.RequestID)"),
        ]);
        let served = self.piece.success(get, &request);
        let printed = served.as_ref().and_then(|served| self.printed(served.body.get(&self.key.wire)?));
        made.serves(served, printed.map(|key| format!("{key} {REQUEST_ID}")));
        if let Some(update) = self.found(|kind| matches!(kind, OperationKind::Update)) {
            self.clearing(update, &mut made);
        }
        Some(Snippet {
            heading: "Reading and changing",
            name: "changes",
            said: &[
                "`option.Response` gives the status, the headers, the entity tag and the request's id beside the value.",
            ],
            run: (!made.unknown).then_some((made.served, made.printed)),
            lines: made.lines,
            uses: made.uses,
        })
    }

    fn creation(&self, create: &'a Operation, made: &mut Making) {
        let Some(request) = self.piece.request(create) else { return };
        let call = self.expression(create, &request, &mut made.uses);
        let key = go::member(self.key);
        made.lines.extend([
            format!("created, err := {call}"),
            FATAL.to_owned(),
            format!("fmt.Println(created.{key})"),
        ]);
        let served = self.piece.success(create, &request);
        let printed = served.as_ref().and_then(|served| self.printed(served.body.get(&self.key.wire)?));
        made.serves(served, printed);
    }

    fn clearing(&self, update: &'a Operation, made: &mut Making) {
        let Some(field) = self.piece.clearable() else { return };
        let Some(request) = self.piece.clearing(update, field) else { return };
        let mut call = self.expression(update, &request, &mut made.uses);
        let mut options = vec!["option.Timeout(5*time.Second)"];
        if Asks::of(Some(self.piece.resource), update).must_match {
            call.arguments.pop();
            call.arguments.push("response.ETag".to_owned());
        } else {
            options.insert(0, "option.IfMatch(response.ETag)");
        }
        made.uses.insert("time");
        made.lines.extend([
            "// What is left out stays, null clears; fails when somebody else has changed it since."
                .to_owned(),
            format!("_, err = {}", with(&call, options)),
            FATAL.to_owned(),
        ]);
        let served = self.piece.success(update, &request);
        made.unknown |= served.is_none();
        made.served.extend(served);
    }

    fn errors(&self) -> Option<Snippet> {
        let (operation, id, error) = self.piece.failing()?;
        let request = self.piece.request(operation)?;
        let mut uses = Uses::from(["api", "errors", "fmt", "log"]);
        let call = self.expression(operation, &request, &mut uses);
        let of =
            Call { ir: self.plan.ir, server: "", owner: Some(self.piece.id), operation, request: &request };
        let kept = go::result(self.plan, &of).map_or("err", |_| "_, err");
        let lines = vec![
            format!("{kept} = {call}"),
            format!("var refused *{}", self.plan.own(self.plan.names.of_error(id))),
            "var invalid *api.InvalidError".to_owned(),
            "switch {".to_owned(),
            "case errors.As(err, &refused):".to_owned(),
            "\tfmt.Println(refused.Code, refused.Status)".to_owned(),
            "case errors.As(err, &invalid):".to_owned(),
            "\tfmt.Println(invalid.Failures)".to_owned(),
            "case err != nil:".to_owned(),
            "\tlog.Fatal(err)".to_owned(),
            "}".to_owned(),
        ];
        let served = self.piece.failure(operation, &request, error);
        let run =
            served.map(|served| (vec![served], vec![format!("{} {}", error.code, error.kind.status())]));
        Some(Snippet { heading: "Errors", name: "errors", said: &ERRORS, lines, uses, run })
    }

    /// The resource's operation of a kind.
    fn found(&self, is: impl Fn(&OperationKind) -> bool) -> Option<&'a Operation> {
        self.piece.resource.operations.iter().find(|operation| is(&operation.kind))
    }

    /// A key as `fmt.Println` has it; nothing where that is not what stands in JSON.
    fn printed(&self, key: &Json) -> Option<String> {
        let TypeKind::Scalar(scalar) = self.plan.ir.resolve(&self.key.ty).0 else { return None };
        let otherwise = matches!(
            scalar,
            Scalar::Timestamp | Scalar::Bytes { .. } | Scalar::Json | Scalar::Float64 { .. }
        );
        let text = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
        (plain && !otherwise).then_some(text)
    }

    fn expression(&self, operation: &Operation, request: &Request<'_>, uses: &mut Uses) -> Expression {
        let (ir, owner) = (self.plan.ir, Some(self.piece.id));
        go::expression(self.plan, &Call { ir, server: "", owner, operation, request }, uses)
    }
}

/// A piece of code that grows call by call.
#[derive(Default)]
struct Making {
    lines: Vec<String>,
    uses: Uses,
    served: Vec<Served>,
    printed: Vec<String>,
    /// True where it cannot be told what is printed.
    unknown: bool,
}

impl Making {
    /// The last call is answered so, and this is printed.
    fn serves(&mut self, served: Option<Served>, printed: Option<String>) {
        self.unknown |= served.is_none() || printed.is_none();
        self.served.extend(served);
        self.printed.extend(printed);
    }
}

/// The longest call that stands on one line.
const WIDTH: usize = 100;

/// The call with options behind what it is given, on a line of their own where it is long.
fn with<'o>(call: &Expression, options: impl IntoIterator<Item = &'o str>) -> String {
    let call = call.to_string();
    let begun = call.strip_suffix(')').unwrap_or(&call);
    let options = options.into_iter().collect::<Vec<_>>().join(", ");
    let long = begun.len() + options.len() > WIDTH;
    format!("{begun},{}{options})", if long { "\n\t" } else { " " })
}
