//! Valid schemas, made from a list of choices: any list gives one, and a shorter list a smaller one, so that what goes wrong can
//! be made smaller until only the cause is left.

use std::fmt::Write as _;

/// Names of fields that are words of one target or another.
const NAMES: &[&str] = &[
    "title",
    "count",
    "type",
    "class",
    "self",
    "await",
    "from",
    "def",
    "func",
    "select",
    "order",
    "list",
    "value",
    "constructor",
    "default",
    "match",
    "async",
    "import",
    "range",
    "chan",
    "none",
    "null_value",
    "error",
    "result",
    "option",
    "len",
    "table",
    "group",
    "index_of",
    "x",
    "_y",
    "a1",
    "really_quite_long_name_of_a_field",
];

const STATES: &[&str] = &["draft", "open", "closed", "gone"];

/// The choices of one schema. When they run out, everything is as small as it can be.
struct Choices<'a> {
    left: std::slice::Iter<'a, u8>,
}

impl Choices<'_> {
    fn below(&mut self, end: usize) -> usize {
        usize::from(self.left.next().copied().unwrap_or(0)) % end.max(1)
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    /// True in one of so many cases.
    fn one_in(&mut self, cases: usize) -> bool {
        self.below(cases) == cases - 1
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }
}

/// A schema that is right.
pub fn schema(choices: &[u8]) -> String {
    let mut choices = Choices { left: choices.iter() };
    let choose = &mut choices;
    let shape = Shape {
        auth: choose.yes(),
        structures: choose.below(3),
        unions: choose.below(2),
        resources: 1 + choose.below(4),
    };
    let mut out = String::from(
        "/// A generated API.\nnamespace shop\n\nuse std.errors.*\nuse std.time.Audited\nuse std.money.Money\n\n",
    );
    service(&mut out, choose, &shape);
    for index in 0..shape.structures {
        structure(&mut out, choose, index);
    }
    for index in 0..shape.unions.min(shape.structures) {
        union(&mut out, choose, index, shape.structures);
    }
    let mut made = Vec::new();
    for index in 0..shape.resources {
        let resource = resource(&mut out, choose, &shape, index, &made);
        made.push(resource);
    }
    out.push_str("enum State {\n");
    for state in STATES {
        writeln!(out, "    {state}  \"It is {state}.\"").unwrap_or_default();
    }
    out.push_str("}\n\nclosed enum Side { left right }\n\n");
    out.push_str("error Refused: conflict {\n    message  \"Refused: {why}.\"\n    remedy   \"Ask again.\"\n    why:     string\n    at:      timestamp?\n}\n\n");
    out.push_str("annotation owner(team: string(1..=40), since: date?) on resource, operation, field\n");
    out
}

struct Shape {
    auth: bool,
    structures: usize,
    unions: usize,
    resources: usize,
}

/// What later resources need to know of one.
struct Made {
    /// True for what cannot be referred to, and nothing can live in.
    singleton: bool,
}

fn service(out: &mut String, choose: &mut Choices<'_>, shape: &Shape) {
    out.push_str("service Shop {\n    version \"1.4.0\"\n");
    if choose.yes() {
        out.push_str("    base_path \"/v1\" // short\n");
    }
    if choose.yes() {
        out.push_str("    wire_case camel_case\n");
    }
    if choose.yes() {
        writeln!(out, "    paginate {}(default: 10, max: 50)", choose.of(&["cursor", "page"]))
            .unwrap_or_default();
    }
    if choose.yes() {
        out.push_str("    rate_limit 600 per minute\n    raises RateLimited\n");
    }
    if shape.auth {
        out.push_str("    auth bearer {\n        reading  \"Reads.\"\n        writing  \"Writes.\"\n    }\n");
    }
    if choose.one_in(3) {
        out.push_str("    /// Says hello.\n    operation hello(name: string(..=40), loud: bool = false) -> Greeting at POST \"/hello\" raises Refused\n");
    }
    out.push_str("}\n\ntype Greeting {\n    text: string\n}\n\n");
}

fn structure(out: &mut String, choose: &mut Choices<'_>, index: usize) {
    writeln!(out, "/// Structure {index}.\ntype Part{index} {{").unwrap_or_default();
    for field in 0..1 + choose.below(4) {
        let ty = scalar(choose);
        let optional = if choose.yes() { "?" } else { "" };
        writeln!(out, "    part_{field}: {ty}{optional}").unwrap_or_default();
    }
    out.push_str("}\n\n");
}

fn union(out: &mut String, choose: &mut Choices<'_>, index: usize, structures: usize) {
    let closed = if choose.yes() { "closed " } else { "" };
    writeln!(out, "{closed}union Either{index} by kind {{").unwrap_or_default();
    for variant in 0..1 + choose.below(3) {
        writeln!(out, "    form_{variant}: Part{}", choose.below(structures)).unwrap_or_default();
    }
    out.push_str("}\n\n");
}

/// A type that stands in a column of its own, and can be filtered by.
fn scalar(choose: &mut Choices<'_>) -> String {
    let low = choose.below(50);
    match choose.below(10) {
        0 => "bool".to_owned(),
        1 => format!("int32({low}..={})", low + choose.below(100)),
        2 => "int".to_owned(),
        3 => "int64".to_owned(),
        4 => "float64".to_owned(),
        5 => format!("decimal({}, 2)", 4 + choose.below(14)),
        6 => format!("string({}..={})", choose.below(3), 3 + low),
        7 => "date".to_owned(),
        8 => "timestamp".to_owned(),
        _ => "string(/^[a-z]{2,9}$/)".to_owned(),
    }
}

fn value_type(choose: &mut Choices<'_>, shape: &Shape) -> String {
    match choose.below(9) {
        0 => format!("[{}](..={})", scalar(choose), 1 + choose.below(20)),
        1 => format!("{{string: {}}}", scalar(choose)),
        2 if shape.structures > 0 => format!("Part{}", choose.below(shape.structures)),
        3 if shape.unions.min(shape.structures) > 0 => "Either0".to_owned(),
        4 => "Money".to_owned(),
        5 => "Side".to_owned(),
        6 => "duration".to_owned(),
        _ => scalar(choose),
    }
}

fn resource(out: &mut String, choose: &mut Choices<'_>, shape: &Shape, index: usize, made: &[Made]) -> Made {
    let known: Vec<usize> =
        made.iter().enumerate().filter(|(_, made)| !made.singleton).map(|(at, _)| at).collect();
    let singleton = choose.one_in(5);
    let parent = known.get(choose.below(3 * (known.len() + 1))).copied();
    let word = if singleton { "singleton" } else { "resource" };
    write!(out, "/// Thing number {index}.\n{word} Thing{index}").unwrap_or_default();
    if let Some(parent) = parent {
        write!(out, " in Thing{parent}").unwrap_or_default();
    }
    let audited = choose.yes();
    out.push_str(if audited { " with Audited {\n" } else { " {\n" });
    let mut body = Body { singleton, ..Body::default() };
    if !singleton {
        out.push_str("    id: uuid @key // never reused\n");
    }
    body.fields(out, choose, shape, &known);
    if !singleton || choose.yes() {
        out.push_str("    state: State = draft @readonly\n");
        body.state = true;
    }
    body.operations(out, choose, shape);
    if !body.sortable.is_empty() && choose.yes() {
        writeln!(out, "\n    storage {{ index ({}) }}", body.sortable[0]).unwrap_or_default();
    }
    out.push_str("}\n\n");
    Made { singleton }
}

/// What the operations of a resource can name.
#[derive(Default)]
struct Body {
    singleton: bool,
    state: bool,
    /// Fields that lists can be filtered and sorted by.
    sortable: Vec<String>,
    /// Text that can be searched.
    texts: Vec<String>,
    /// References, without their `_id`.
    references: Vec<String>,
}

impl Body {
    fn fields(&mut self, out: &mut String, choose: &mut Choices<'_>, shape: &Shape, known: &[usize]) {
        let first = choose.below(NAMES.len());
        for at in 0..choose.below(6) {
            let name = NAMES[(first + at) % NAMES.len()];
            self.field(out, choose, shape, name);
        }
        if let (Some(target), false) = (known.get(choose.below(2 * known.len() + 1)), self.singleton) {
            match choose.below(3) {
                0 => writeln!(out, "    other_id: ref Thing{target}? @on_delete(clear)"),
                1 => writeln!(out, "    other_id: ref Thing{target}"),
                _ => writeln!(out, "    other_ids: [ref Thing{target}](..=9)"),
            }
            .unwrap_or_default();
            self.references.push(if out.ends_with("(..=9)\n") { "others" } else { "other" }.to_owned());
        }
    }

    fn field(&mut self, out: &mut String, choose: &mut Choices<'_>, shape: &Shape, name: &str) {
        let ty = value_type(choose, shape);
        let optional = self.singleton || choose.yes();
        let mark = if optional { "?" } else { "" };
        let annotation = match choose.below(8) {
            0 if optional => " @readonly",
            1 => " @immutable",
            2 if optional => " @writeonly",
            3 => " @sensitive",
            4 => " @owner(\"one\")",
            5 => " @added(\"1.3.0\")",
            6 => " @deprecated(since: \"1.2.0\", sunset: 2027-06-01, \"Not needed.\")",
            _ => "",
        };
        let annotation = if self.singleton && annotation == " @immutable" { "" } else { annotation };
        if choose.one_in(4) {
            out.push_str("    /// What it says.\n");
        }
        writeln!(out, "    {name}: {ty}{mark}{annotation}").unwrap_or_default();
        let single = ["bool", "int", "decimal", "string", "date", "timestamp"];
        if single.iter().any(|word| ty.starts_with(word)) && annotation != " @writeonly" {
            if ty.starts_with("string") {
                self.texts.push(name.to_owned());
            }
            if ty != "bool" {
                self.sortable.push(name.to_owned());
            }
        }
    }

    fn operations(&self, out: &mut String, choose: &mut Choices<'_>, shape: &Shape) {
        let reading = if shape.auth { " requires reading" } else { "" };
        out.push_str("\n    operations {\n");
        writeln!(out, "        get{}{}{reading}", self.expand(choose), fields(choose)).unwrap_or_default();
        if !self.singleton {
            self.list(out, choose, reading);
            let verbs = [["create", "create idempotent"], ["delete", "delete soft(keep: 30d)"]];
            for verb in &verbs {
                if choose.yes() {
                    let batch = if choose.yes() { " batch(max: 3)" } else { "" };
                    writeln!(out, "        {}{batch}", choose.of(verb)).unwrap_or_default();
                }
            }
        }
        for verb in ["update", "replace"] {
            if choose.yes() {
                writeln!(out, "        {verb}").unwrap_or_default();
            }
        }
        self.further(out, choose);
        out.push_str("    }\n");
    }

    fn expand(&self, choose: &mut Choices<'_>) -> String {
        match self.references.first().filter(|_| choose.yes()) {
            Some(name) => format!(" expand({name})"),
            None => String::new(),
        }
    }

    fn list(&self, out: &mut String, choose: &mut Choices<'_>, reading: &str) {
        if !choose.yes() {
            return;
        }
        out.push_str("        list");
        // `sort` and the other parameters of every list cannot be filters.
        let filters: Vec<&str> =
            self.sortable.iter().map(String::as_str).filter(|name| *name != "count").collect();
        for (word, names) in
            [("filter", filters), ("sort", self.sortable.iter().map(String::as_str).collect())]
        {
            if !names.is_empty() && choose.yes() {
                write!(out, " {word}({})", names.join(", ")).unwrap_or_default();
            }
        }
        if !self.texts.is_empty() && choose.yes() {
            write!(out, " search({})", self.texts.join(", ")).unwrap_or_default();
        }
        writeln!(out, "{}{}{reading}", self.expand(choose), fields(choose)).unwrap_or_default();
    }

    fn further(&self, out: &mut String, choose: &mut Choices<'_>) {
        if self.state && choose.yes() {
            out.push_str("        /// Opens it.\n        action open() moves state draft, closed -> open else Refused(why: \"not now\")\n");
        }
        if choose.one_in(3) {
            out.push_str(
                "        action greet(name: string(..=40), side: Side = left) -> Greeting raises Refused\n",
            );
        }
        if !self.singleton && choose.one_in(3) {
            out.push_str("        query finest(since: date?, top: int32(1..=9) = 3) -> [Greeting]\n");
        }
        if !self.singleton && choose.one_in(3) {
            out.push_str("        collection action tidy(dry: bool) -> Greeting\n");
        }
    }
}

fn fields(choose: &mut Choices<'_>) -> &'static str {
    if choose.yes() { " fields" } else { "" }
}
