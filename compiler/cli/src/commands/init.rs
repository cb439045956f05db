//! `atlas9 init`: a package that checks, generates and serves as it stands.

use std::fs;
use std::io;
use std::path::Path;

use atlas9_driver::config::{FILE_NAME, package_name};
use atlas9_driver::diagnostics::{Diagnostic, codes};

use crate::args::{Init, Template};
use crate::outcome::{Failure, Outcome};
use crate::reporter::Reporter;

/// A template's files. The bookstore is the one of the examples, so that there is one of it.
macro_rules! template {
    ($folder:literal: $($path:literal),*) => { &[$(($path, include_str!(concat!($folder, $path)))),*] };
}

const BOOKSTORE: &[(&str, &str)] = template!("../../../../examples/bookstore/":
    "atlas.yaml", "schema/authors.atlas", "schema/books.atlas", "schema/reviews.atlas", "schema/service.atlas");

const MINIMAL: &[(&str, &str)] = template!("../../templates/minimal/": "atlas.yaml", "schema/notes.atlas");

/// Generated code is not checked in by default, nor is the development database.
const IGNORE: (&str, &str) = (".gitignore", "/.atlas9-manifest.json\n/.atlas9/\n/generated/\n");

pub fn run(args: &Init, reporter: &Reporter) -> Result<Outcome, Failure> {
    let files: Vec<(&str, &str)> = match args.template {
        Template::Bookstore => BOOKSTORE,
        Template::Minimal => MINIMAL,
    }
    .iter()
    .copied()
    .chain([IGNORE])
    .collect();
    let taken: Vec<&str> =
        files.iter().map(|(path, _)| *path).filter(|path| args.dir.join(path).exists()).collect();
    if !taken.is_empty() {
        return Err(exist(&args.dir, &taken).into());
    }
    let name = name(&args.dir);
    for (path, text) in &files {
        let text = if *path == FILE_NAME { named(text, &name) } else { (*text).to_owned() };
        write(&args.dir.join(path), &text)?;
        reporter.detail(&format!("wrote {}", args.dir.join(path).display()));
    }
    let here = args.dir.display();
    reporter.say(&format!(
        "a package stands in {here}; next: atlas9 check {here}, atlas9 serve {here}, atlas9 generate {here}"
    ));
    Ok(Outcome::Clean)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| create_new(path, text)).map_err(|error| {
        let shown = path.display().to_string();
        Diagnostic::error(codes::E0009, format!("cannot write `{shown}`: {error}"))
            .in_path(shown)
            .help("check the permissions of the folder, or start the package elsewhere: `atlas9 init DIR`")
            .into()
    })
}

/// Never writes over a file, even one that appeared just now.
fn create_new(path: &Path, text: &str) -> io::Result<()> {
    io::Write::write_all(&mut fs::File::create_new(path)?, text.as_bytes())
}

/// The package is called like its folder, which the new folder's path may not say: `.`.
fn name(dir: &Path) -> String {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let folder = whole.components().next_back().map(|part| part.as_os_str().to_string_lossy().into_owned());
    package_name(&folder.unwrap_or_default())
}

/// The configuration under another name.
fn named(text: &str, name: &str) -> String {
    let lines = text.lines().map(|line| match line.starts_with("name: ") {
        true => format!("name: {name}\n"),
        false => format!("{line}\n"),
    });
    lines.collect()
}

fn exist(dir: &Path, paths: &[&str]) -> Diagnostic {
    let shown = dir.display();
    Diagnostic::error(
        codes::E0009,
        format!("`{shown}` already has what would be overwritten: {}", paths.join(", ")),
    )
    .in_path(shown.to_string())
    .help("start the package in another folder: `atlas9 init DIR`")
}
