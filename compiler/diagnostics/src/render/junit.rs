//! Findings as a JUnit report, which most CI systems show.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Report, file_of, place, told};
use crate::{Diagnostic, Level, SourceMap};

/// A suite for each file, a test for each finding: one that fails the run is a failure, another is a skipped test. Where
/// nothing is found one test passes, since readers take a report without tests for a broken one.
pub fn junit(report: &Report<'_>) -> String {
    let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        files.entry(file_of(report.sources, diagnostic).unwrap_or("atlas9")).or_default().push(diagnostic);
    }
    let mut suites = String::new();
    for (file, diagnostics) in &files {
        open(&mut suites, 1, "testsuite", file, &Counts::of(diagnostics, report.fail_on), "");
        let mut names = BTreeMap::new();
        for diagnostic in diagnostics {
            let name = name(diagnostic, &mut names);
            suites.push_str(&test(report.sources, &name, file, diagnostic, report.fail_on));
        }
        suites.push_str("  </testsuite>\n");
    }
    let mut counts = Counts::of(&report.diagnostics.iter().collect::<Vec<_>>(), report.fail_on);
    if files.is_empty() {
        counts.tests = 1;
        open(&mut suites, 1, "testsuite", "atlas9", &counts, "");
        suites.push_str(
            "    <testcase name=\"nothing to complain of\" classname=\"atlas9\"/>\n  </testsuite>\n",
        );
    }
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    open(&mut text, 0, "testsuites", "atlas9", &counts, &suites);
    text.push_str("</testsuites>\n");
    text
}

/// How many tests there are, and how many of them are no good.
struct Counts {
    tests: usize,
    failures: usize,
}

impl Counts {
    fn of(diagnostics: &[&Diagnostic], fail_on: Level) -> Counts {
        let failures = diagnostics.iter().filter(|diagnostic| diagnostic.level >= fail_on).count();
        Counts { tests: diagnostics.len(), failures }
    }
}

fn open(out: &mut String, depth: usize, element: &str, name: &str, counts: &Counts, content: &str) {
    let Counts { tests, failures } = counts;
    let _ = writeln!(
        out,
        "{:width$}<{element} name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">",
        "",
        attribute(name),
        width = depth * 2,
    );
    out.push_str(content);
}

/// The name of a test, by which readers know it from run to run: no line stands in it, and none of a file is there twice.
fn name(diagnostic: &Diagnostic, seen: &mut BTreeMap<String, usize>) -> String {
    let name = format!("{}: {}", diagnostic.code, diagnostic.message);
    let count = seen.entry(name.clone()).or_default();
    *count += 1;
    if *count == 1 { name } else { format!("{name} ({count})") }
}

fn test(sources: &SourceMap, name: &str, file: &str, diagnostic: &Diagnostic, fail_on: Level) -> String {
    let at = diagnostic.span.and_then(|span| place(sources, span));
    let element = if diagnostic.level >= fail_on { "failure" } else { "skipped" };
    let content = [at.map(|at| format!("{at}: ")).unwrap_or_default(), told(sources, diagnostic)].concat();
    format!(
        "    <testcase name=\"{}\" classname=\"{}\">\n      <{element} type=\"{}\" message=\"{}\">{}</{element}>\n    </testcase>\n",
        attribute(name),
        attribute(file),
        diagnostic.level.word(),
        attribute(&diagnostic.message),
        escaped(&content),
    )
}

/// Text between tags. What XML cannot hold at all is shown as Rust would write it.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.extend(c.escape_unicode()),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
        out
    })
}

/// The value of an attribute, where a reader makes a space of each line break that is not written out.
fn attribute(text: &str) -> String {
    escaped(text).replace('\n', "&#10;").replace('\t', "&#9;")
}
