//! `atlas9 fmt`: formats files in place, or shows what it would change.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use atlas9_build::{below_folder, find, load, replace};
use atlas9_driver::diagnostics::{Diagnostic, Edit, FileId, Fix, SourceMap, Span, codes};
use atlas9_driver::{decode, not_utf8, syntax, unreadable};
use similar::{ChangeTag, TextDiff};

use crate::args::Fmt;
use crate::difference::difference;
use crate::findings::Findings;
use crate::outcome::{Failure, Outcome, status};
use crate::reporter::{Reporter, counted};

pub fn run(args: &Fmt, reporter: &Reporter) -> Result<Outcome, Failure> {
    if args.paths == [PathBuf::from("-")] {
        return standard_input(args, reporter);
    }
    let mut run = Run { args, reporter, sources: SourceMap::new(), diagnostics: Vec::new(), changed: 0 };
    let files = files(&args.paths)?;
    files.iter().for_each(|path| run.file(path));
    reporter.findings(Findings::new(&run.sources, &run.diagnostics));
    let verb = if args.check { "to format" } else { "formatted" };
    reporter.say(&format!("{} looked at, {} {verb}", counted(files.len(), "file"), run.changed));
    match status(&run.diagnostics) {
        2 => Err(Failure::could_not_run()),
        1 => Ok(Outcome::Findings),
        _ if args.check && run.changed > 0 => Ok(Outcome::Findings),
        _ => Ok(Outcome::Clean),
    }
}

fn standard_input(args: &Fmt, reporter: &Reporter) -> Result<Outcome, Failure> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(|error| unreadable("standard input", &error.to_string()))?;
    let mut sources = SourceMap::new();
    let (id, text) = match add(&mut sources, "<stdin>", bytes) {
        Ok(added) => added,
        Err(wrong) => return Err(Failure { sources, diagnostics: vec![wrong], status: 1 }),
    };
    let (formatted, mut found) = syntax::format(id, &text);
    let is_clean = found.is_empty() && !(args.check && formatted != text);
    match (args.check, reporter.for_programs()) {
        (true, true) => {
            found.extend(unformatted(&sources, id, &formatted));
            reporter.findings(Findings::new(&sources, &found));
        }
        (true, false) => {
            reporter.result(&difference("<stdin>", "<stdin> (formatted)", &text, &formatted));
            reporter.findings(Findings::new(&sources, &found));
        }
        // The text is the result, also for programs.
        (false, _) => {
            reporter.result(&formatted);
            reporter.complain(Findings::new(&sources, &found));
        }
    }
    Ok(if is_clean { Outcome::Clean } else { Outcome::Findings })
}

/// The files that the paths mean: a folder means every `.atlas` file of its package, or below it where it is none.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    if paths.is_empty() {
        return of_package(&find(None)?);
    }
    let mut found = Vec::new();
    for path in paths {
        let meta = fs::metadata(path)
            .map_err(|error| unreadable(&path.display().to_string(), &error.to_string()))?;
        if meta.is_file() {
            found.push(path.clone());
        } else if path.join("atlas.yaml").is_file() {
            found.extend(of_package(path)?);
        } else {
            found.extend(below_folder(path)?);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn of_package(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let package = load(root)?.package;
    Ok(package.own().files.iter().map(|file| root.join(&file.name)).collect())
}

struct Run<'a> {
    args: &'a Fmt,
    reporter: &'a Reporter,
    sources: SourceMap,
    diagnostics: Vec<Diagnostic>,
    changed: usize,
}

impl Run<'_> {
    fn file(&mut self, path: &Path) {
        if let Err(wrong) = self.try_file(path) {
            self.diagnostics.push(wrong);
        }
    }

    fn try_file(&mut self, path: &Path) -> Result<(), Diagnostic> {
        let shown = path.strip_prefix(".").unwrap_or(path).display().to_string();
        let bytes = fs::read(path).map_err(|error| unreadable(&shown, &error.to_string()))?;
        let (id, text) = add(&mut self.sources, &shown, bytes)?;
        let (formatted, found) = syntax::format(id, &text);
        self.diagnostics.extend(found);
        if formatted == text {
            return Ok(());
        }
        self.changed += 1;
        if self.args.check && self.reporter.for_programs() {
            self.diagnostics.extend(unformatted(&self.sources, id, &formatted));
            return Ok(());
        }
        if self.args.check {
            self.reporter.result(&difference(&shown, &format!("{shown} (formatted)"), &text, &formatted));
            return Ok(());
        }
        replace(path, &formatted).map_err(|error| unwritable(&shown, &error))?;
        self.reporter.detail(&format!("formatted {shown}"));
        Ok(())
    }
}

/// The difference as a finding, for programs; none where there is none.
fn unformatted(sources: &SourceMap, file: FileId, formatted: &str) -> Option<Diagnostic> {
    let source = sources.get(file)?;
    let difference = TextDiff::from_lines(source.text(), formatted);
    let mut edits = Vec::new();
    let mut at = 0;
    for change in difference.iter_all_changes() {
        let (from, len) = (at, change.value().len());
        at += if change.tag() == ChangeTag::Insert { 0 } else { len };
        let text = if change.tag() == ChangeTag::Insert { change.value() } else { "" };
        if change.tag() != ChangeTag::Equal {
            join(&mut edits, Edit { span: Span::new(file, from, at), text: text.to_owned() });
        }
    }
    let first = edits.first()?.span;
    let found = Diagnostic::error(codes::E0036, format!("`{}` is not formatted", source.name()))
        .at(first, "the first difference")
        .help("run `atlas9 fmt`")
        .fix(Fix { safe: true, edits });
    Some(found)
}

/// Adds an edit; one that begins where the last ended is a part of it.
fn join(edits: &mut Vec<Edit>, next: Edit) {
    match edits.last_mut().filter(|last| last.span.end == next.span.start) {
        Some(last) => {
            last.span.end = next.span.end;
            last.text.push_str(&next.text);
        }
        None => edits.push(next),
    }
}

/// Adds a file to the sources.
fn add(sources: &mut SourceMap, name: &str, bytes: Vec<u8>) -> Result<(FileId, String), Diagnostic> {
    let (text, bad) = decode(bytes);
    let id = sources.add(name, text.clone());
    match bad {
        Some(at) => Err(not_utf8(name, Span::new(id, at, at))),
        None => Ok((id, text)),
    }
}

fn unwritable(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(codes::E0009, format!("cannot write `{name}`: {error}"))
        .in_path(name)
        .help("check the permissions of the file and its folder; it was not changed")
}
