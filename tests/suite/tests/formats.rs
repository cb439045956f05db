//! What programs read of findings: one document in each format whatever happens, valid by other people's schemas.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas9_suite::command::{Said, fed, run, said};
use atlas9_suite::place::{atlas9, bookstore, programs, root};
use atlas9_suite::tools;
use serde_json::Value;

const FORMATS: [&str; 5] = ["json", "sarif", "github", "gitlab", "junit"];

/// A file's name that would end a property, an attribute, a string or a command.
const ODD: &str = "a,b:%0A\"<&>\n::error::'.atlas";

/// A run, its findings, and the exit status.
struct Run {
    name: &'static str,
    args: &'static [&'static str],
    found: usize,
    status: i32,
}

const RUNS: &[Run] = &[
    Run { name: "clean", args: &["check"], found: 0, status: 0 },
    Run { name: "mistakes", args: &["check"], found: 3, status: 1 },
    Run { name: "warned", args: &["check", "--fail-on", "warning"], found: 2, status: 1 },
    Run { name: "not UTF-8", args: &["check"], found: 1, status: 1 },
    Run { name: "nothing", args: &["check"], found: 1, status: 2 },
    Run { name: "clean", args: &["check", "nowhere"], found: 1, status: 2 },
    Run { name: "clean", args: &["check", "--today", "today"], found: 1, status: 2 },
    Run { name: "clean", args: &["lint"], found: 0, status: 0 },
    Run { name: "mistakes", args: &["lint"], found: 3, status: 1 },
    Run { name: "warned", args: &["lint", "--fail-on", "warning"], found: 2, status: 1 },
    Run { name: "warned", args: &["lint", "--write-baseline", "--fail-on", "warning"], found: 0, status: 0 },
    Run { name: "clean", args: &["lint", "--allow", "nothing"], found: 1, status: 2 },
    Run { name: "clean", args: &["lint", "--since", "HEAD"], found: 1, status: 2 },
    Run { name: "clean", args: &["fmt", "--check"], found: 0, status: 0 },
    Run { name: "unformatted", args: &["fmt", "--check"], found: 1, status: 1 },
    Run { name: "mistakes", args: &["fmt"], found: 1, status: 1 },
    Run { name: "clean", args: &["generate"], found: 0, status: 0 },
    Run { name: "clean", args: &["generate", "--only", "sqll"], found: 1, status: 1 },
    Run { name: "clean", args: &["generate", "--only", "sql", "--check"], found: 4, status: 1 },
    Run { name: "mistakes", args: &["generate"], found: 3, status: 1 },
    Run { name: "nothing", args: &["generate"], found: 1, status: 2 },
];

#[test]
fn every_run_is_one_valid_document_in_each_format() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut judged = Judged::default();
    for (index, of) in RUNS.iter().enumerate() {
        for format in FORMATS {
            let package = folder.path().join(format!("{index}-{format}"));
            write_package(&package, of.name);
            let said = in_package(&package, &[of.args, &["--format", format]].concat());
            let shown = format!("{} {:?} as {format}: {said:?}", of.name, of.args);
            assert_eq!(said.status, of.status, "{shown}");
            assert_eq!(count(format, &said), of.found, "{shown}");
            judged.keep(folder.path(), format, &said.out);
        }
    }
    judged.judge();
}

fn write_package(folder: &Path, name: &str) {
    const CLEAN: &str = "namespace shop\n\n/// The shop.\nservice Shop {\n    version   \"1.0.0\"\n    paginate  cursor(default: 20, max: 100)\n\n    auth bearer {\n        pens  \"Read pens.\"\n    }\n}\n\n/// What writes.\nresource Pen {\n    id: uuid @key\n\n    operations {\n        list  requires pens\n        get   requires pens\n    }\n}\n";
    fs::create_dir_all(folder).expect("the folder can be made");
    let write =
        |name: &str, text: &[u8]| fs::write(folder.join(name), text).expect("the file can be written");
    match name {
        "nothing" => return,
        "clean" => write("a.atlas", CLEAN.as_bytes()),
        "warned" => {
            let undocumented = CLEAN.replace("/// What writes.\n", "");
            write("a.atlas", undocumented.replace("@key\n", "@key\n    line: Line\n").as_bytes());
            write("b.atlas", b"namespace shop\n\n/// Money.\ntype Line {\n    price: float64\n}\n");
        }
        "unformatted" => write(ODD, CLEAN.replace("    id", "id").replace("        get", "get").as_bytes()),
        "not UTF-8" => write(ODD, b"namespace shop\n// \xff\n"),
        _ => {
            write("a.atlas", CLEAN.replace("uuid", "uid").as_bytes());
            write(ODD, b"namespace shop\n\nenum Ink { blue }\n\nenum Ink { red }\n\nresorce X {}\n");
        }
    }
    write("atlas.yaml", b"name: shop\nemit:\n  sql:\n");
}

fn in_package(folder: &Path, args: &[&str]) -> Said {
    let mut command = Command::new(programs().0);
    command.args(args).current_dir(folder);
    ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].iter().for_each(|name| {
        command.env_remove(name);
    });
    said(&mut command)
}

/// How many findings a document tells; it is read to its end.
fn count(format: &str, said: &Said) -> usize {
    let json =
        || serde_json::from_str::<Value>(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
    let len = |value: &Value| value.as_array().map_or(0, Vec::len);
    match format {
        "json" | "gitlab" => len(&json()),
        "sarif" => {
            let run = &json()["runs"][0];
            assert_eq!(run["invocations"][0]["exitCode"], said.status, "{said:?}");
            len(&run["results"]) + len(&run["invocations"][0]["toolExecutionNotifications"])
        }
        "github" => {
            assert!(
                said.out.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning "))
            );
            said.out.lines().count()
        }
        _ => said.out.matches("<failure ").count() + said.out.matches("<skipped ").count(),
    }
}

/// Documents that other people's tools are asked about, all at once.
#[derive(Default)]
struct Judged {
    logs: Vec<PathBuf>,
    reports: Vec<PathBuf>,
}

impl Judged {
    fn keep(&mut self, folder: &Path, format: &str, text: &str) {
        let list = match format {
            "sarif" => &mut self.logs,
            "junit" => &mut self.reports,
            "gitlab" => return code_quality(text),
            _ => return,
        };
        let path = folder.join(format!("{format}-{}", list.len()));
        fs::write(&path, text).expect("the file can be written");
        list.push(path);
    }

    fn judge(&self) {
        run(logs().args(&self.logs));
        run(reports().args(&self.reports));
    }
}

/// The judge of SARIF.
fn logs() -> Command {
    let ours = root().join("tests/suite");
    let mut judge = tools::python("python");
    judge.arg(ours.join("tools/json_schema.py")).arg(ours.join("third_party/sarif-schema-2.1.0.json"));
    judge
}

/// The judge of JUnit reports.
fn reports() -> Command {
    let mut judge = tools::python("xmlschema-validate");
    judge.arg("--schema").arg(root().join("tests/suite/third_party/junit-10.xsd"));
    judge
}

/// The judges do judge: a document with one thing wrong is refused.
#[test]
fn the_judges_refuse_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let package = folder.path().join("shop");
    write_package(&package, "mistakes");
    for (format, from, to) in [
        ("sarif", "\"startLine\": 3", "\"startLine\": 0"),
        ("sarif", "\"columnKind\": \"unicodeCodePoints\"", "\"columnKind\": \"bytes\""),
        ("sarif", "\"ruleIndex\"", "\"ruleNumber\""),
        ("junit", "tests=\"2\"", "count=\"2\""),
        ("junit", "</failure>", "</skipped>"),
    ] {
        let text = in_package(&package, &["check", "--format", format]).out;
        assert!(text.contains(from), "{format} has no `{from}`: {text}");
        let path = folder.path().join("wrong");
        fs::write(&path, text.replace(from, to)).expect("the file can be written");
        let mut judge = if format == "sarif" { logs() } else { reports() };
        assert_ne!(said(judge.arg(&path)).status, 0, "{format} may have `{to}`");
    }
}

/// What GitLab's documentation asks of a report: members, words, and that no two fingerprints are the same.
fn code_quality(text: &str) {
    let issues: Vec<Value> = serde_json::from_str(text).expect("an array");
    let mut fingerprints = BTreeSet::new();
    for issue in &issues {
        let text = |pointer: &str| issue.pointer(pointer).and_then(Value::as_str).unwrap_or("");
        assert!(!text("/description").is_empty() && !text("/check_name").is_empty(), "{issue}");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&text("/severity")), "{issue}");
        assert!(!text("/location/path").is_empty() && !text("/location/path").starts_with("./"), "{issue}");
        assert!(
            issue.pointer("/location/lines/begin").is_some_and(|line| line.as_u64() > Some(0)),
            "{issue}"
        );
        assert!(fingerprints.insert(text("/fingerprint").to_owned()), "{issue}");
    }
}

/// CI names files from the top of the repository, wherever the command runs.
#[test]
fn a_forge_finds_files_from_the_top_of_the_repository() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let package = folder.path().join("services/shop");
    write_package(&package, "mistakes");
    let path = |variable: &str, format: &str, args: &[&str], pointer: &str| {
        let mut command = Command::new(programs().0);
        command.args(["check", "--format", format]).args(args).current_dir(&package);
        let said = said(command.env(variable, folder.path()));
        let document: Value = serde_json::from_str(&said.out).expect("JSON");
        document.pointer(pointer).and_then(Value::as_str).unwrap_or("").to_owned()
    };
    const RESULT: &str = "/runs/0/results/2/locations/0/physicalLocation/artifactLocation/uri";
    let absolute = package.to_string_lossy().into_owned();
    for args in [&[][..], &["."], &["../shop"], &[&absolute]] {
        assert_eq!(path("GITHUB_WORKSPACE", "sarif", args, RESULT), "services/shop/a.atlas", "{args:?}");
        assert_eq!(
            path("CI_PROJECT_DIR", "gitlab", args, "/2/location/path"),
            "services/shop/a.atlas",
            "{args:?}"
        );
    }
    let other = tempfile::tempdir().expect("a temporary folder");
    write_package(other.path(), "mistakes");
    let outside = other.path().canonicalize().expect("the folder is there");
    let uri = path("GITHUB_WORKSPACE", "sarif", &[&outside.to_string_lossy()], RESULT);
    assert_eq!(uri, format!("file://{}/a.atlas", outside.display()));
}

/// What code scanning shows of a lint, and what it knows a finding by, whatever moves it.
#[test]
fn code_scanning_is_told_of_rules_fixes_and_fingerprints() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_package(folder.path(), "warned");
    let path = folder.path().join("a.atlas");
    let text = fs::read_to_string(&path).expect("the file can be read");
    fs::write(&path, text.replace("    paginate  cursor(default: 20, max: 100)\n", ""))
        .expect("the file can be written");
    let log = || {
        let said = in_package(folder.path(), &["lint", "--format", "sarif"]);
        serde_json::from_str::<Value>(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
    };
    let first = log();
    let results = results(&first);
    assert!(results.len() >= 3, "{first:#}");
    for result in results {
        let rule = &first["runs"][0]["tool"]["driver"]["rules"]
            [result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index")];
        assert_eq!(rule["id"], result["ruleId"]);
        for member in ["/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown"] {
            assert!(
                rule.pointer(member).and_then(Value::as_str).is_some_and(|text| !text.is_empty()),
                "{rule}"
            );
        }
        assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
        assert_eq!(rule["properties"]["tags"].as_array().map(Vec::len), Some(1), "{rule}");
        assert!(result["partialFingerprints"]["atlas9/v1"].is_string(), "{result}");
    }
    let unpaged =
        results.iter().find(|result| result["ruleId"] == "page_size_unbounded").expect("the lint finds it");
    assert_eq!(unpaged["fixes"][0]["description"]["text"], "The same meaning for clients.");
    let replacement = &unpaged["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert!(replacement["insertedContent"]["text"].as_str().is_some_and(|text| text.contains("paginate")));

    let text = fs::read_to_string(&path).expect("the file can be read");
    fs::write(&path, format!("// Moved.\n\n{text}")).expect("the file can be written");
    assert_eq!(fingerprints(&log()), fingerprints(&first));
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().expect("results")
}

fn fingerprints(log: &Value) -> Vec<&Value> {
    results(log).iter().map(|result| &result["partialFingerprints"]).collect()
}

/// The edits of a file that is not formatted make of it what `fmt` makes of it.
#[test]
fn the_fix_of_an_unformatted_file_formats_it() {
    let unformatted = "namespace shop\nresource Pen {\nid: uuid @key\n\n\n\n  ink:  string(..=9)\n}\n";
    let said = fed(atlas9().args(["fmt", "--check", "--format", "json", "-"]), unformatted);
    let found: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!((said.status, &found[0]["code"]), (1, &Value::from("E0036")));
    let lines: Vec<&str> = unformatted.split_inclusive('\n').collect();
    let offset = |edit: &Value, line: &str, column: &str| {
        let number =
            |member: &str| edit[member].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a number");
        lines.iter().take(number(line) - 1).map(|line| line.len()).sum::<usize>() + number(column) - 1
    };
    let mut text = unformatted.to_owned();
    for edit in found[0]["fix"]["edits"].as_array().expect("edits").iter().rev() {
        let range = offset(edit, "line", "column")..offset(edit, "end_line", "end_column");
        text.replace_range(range, edit["text"].as_str().expect("a text"));
    }
    assert_eq!(text, run_fmt(unformatted));
}

fn run_fmt(text: &str) -> String {
    fed(atlas9().args(["fmt", "-"]), text).out
}

/// Nothing is said twice: what programs read is on standard output, what people read on standard error.
#[test]
fn standard_error_is_for_people() {
    let said = said(atlas9().args(["check", "--quiet", "--format", "sarif"]).arg(bookstore()));
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    let verbose = in_package(&unformatted(), &["fmt", "--verbose", "--format", "github"]);
    assert!(verbose.status == 0 && verbose.out.is_empty(), "{verbose:?}");
    let commands = verbose.err.lines().filter(|line| line.trim_start().starts_with("::"));
    assert_eq!(commands.count(), 0, "{verbose:?}");
}

fn unformatted() -> PathBuf {
    let folder = atlas9_suite::place::scratch("formats");
    write_package(&folder, "unformatted");
    folder
}
