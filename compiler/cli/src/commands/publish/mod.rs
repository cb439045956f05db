//! `atlas9 publish`: prepares the package of an SDK, lets the registry's own client check it, and says how it is uploaded.

mod client;
mod manifest;
mod registry;
mod staged;

use std::path::{Path, PathBuf};

use atlas9_build::{Scope, WriteOptions, write};
use atlas9_driver::diagnostics::{Diagnostic, Level, codes, nearest};
use atlas9_driver::{Output, emit, targets};
use serde_json::json;

use self::manifest::{Licence, Manifest};
use self::registry::{Contents, REGISTRIES, Registry};
use self::staged::Staged;
use crate::args::Publish;
use crate::findings::Findings;
use crate::outcome::{Failure, Outcome};
use crate::package::{Opened, open_sound};
use crate::reporter::Reporter;

/// Where packages are prepared, beside what `serve` keeps.
const FOLDER: &str = ".atlas9/publish";

pub fn run(args: &Publish, reporter: &Reporter) -> Result<Outcome, Failure> {
    let registry = find(&args.emitter)?;
    let opened = open_sound(args.package.package.as_deref(), None, reporter)?;
    let output = generated(&opened, &args.emitter)?;
    let base = args.out.clone().unwrap_or_else(|| opened.root.join(FOLDER));
    let folder = stage(&opened, &base, &with_more(output.clone(), registry)?)?;
    let version = opened.ir()?.service.version.as_str();
    let staged = Staged { folder, output: &output, version };
    let manifest = (registry.manifest)(&staged)
        .map_err(|why| opened.fail(vec![Diagnostic::error(codes::E0040, why).help(REPORT)]))?;
    let mut findings = complaints(registry, &staged, &manifest);
    let mut said = String::new();
    if !findings.iter().any(|finding| finding.level == Level::Error) {
        let steps = registry.steps.iter().map(|step| client::run(step, &staged.folder, reporter));
        match steps.collect::<Result<Vec<String>, Diagnostic>>() {
            Ok(all) => said = all.into_iter().last().unwrap_or_default(),
            Err(failed) => findings.push(failed),
        }
    }
    opened.locate(&mut findings);
    if findings.iter().any(|finding| finding.level == Level::Error) {
        return Err(opened.fail(findings));
    }
    reporter.complain(Findings::new(&opened.shown, &findings));
    reporter.result(&told(registry, &staged, &manifest, &contents(registry, &staged, &said), reporter));
    Ok(Outcome::Clean)
}

/// An example of who holds a copyright.
const HOLDER: &str = "2026 Acme Ltd";

const REPORT: &str = "please report this as a bug of atlas9";

fn find(emitter: &str) -> Result<&'static Registry, Diagnostic> {
    REGISTRIES.iter().find(|registry| registry.emitter == emitter).ok_or_else(|| {
        let known = || REGISTRIES.iter().map(|registry| registry.emitter);
        let help = match nearest(emitter, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("packages are made by {}", known().collect::<Vec<_>>().join(", ")),
        };
        Diagnostic::error(codes::E0034, format!("`{emitter}` makes no package that is published")).help(help)
    })
}

/// What the emitter makes of the package now, whatever lies on disk.
fn generated(opened: &Opened, emitter: &str) -> Result<Output, Failure> {
    let targets = targets(&opened.checked.config, &[emitter.to_owned()])?;
    let mut emission = emit(opened.ir()?, &targets);
    opened.locate(&mut emission.diagnostics);
    match emission.outputs.pop() {
        Some(output) if !emission.has_errors() => Ok(Output { out: emitter.to_owned(), ..output }),
        _ => Err(opened.fail(emission.diagnostics)),
    }
}

/// The package with what makes it stand by itself.
fn with_more(mut output: Output, registry: &Registry) -> Result<Output, Failure> {
    if let Some((path, more)) = registry.alone
        && let Some(text) = output.files.get(path)
    {
        let whole = format!("{text}{more}");
        output
            .files
            .insert(path, whole)
            .map_err(|bad| Diagnostic::error(codes::E0040, bad.to_string()).help(REPORT))?;
    }
    Ok(output)
}

/// Writes the package into a folder where nothing else is changed by hand.
fn stage(opened: &Opened, base: &Path, output: &Output) -> Result<PathBuf, Failure> {
    let package = opened.checked.config.name.value.as_str();
    let options = WriteOptions { package, home: false, overwrite: true, scope: Scope::Named };
    write(base, std::slice::from_ref(output), options).map_err(|wrong| opened.fail(wrong))?;
    Ok(base.join(&output.out))
}

/// What a registry would take and nobody would want.
fn complaints(registry: &Registry, staged: &Staged<'_>, manifest: &Manifest) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let option = |name: &str, example: &str| format!("set `{name}: {example}` for `{}`", registry.emitter);
    let warning = |message| Diagnostic::new(codes::E0040.name, Level::Warning, message);
    match manifest.licence {
        Licence::Missing => {
            let message = "the package has no licence: nobody may use it";
            let error = Diagnostic::error(codes::E0040, message).in_path("atlas.yaml");
            found.push(error.help(option("license", "Apache-2.0")));
        }
        _ if staged.has("LICENSE") => {}
        Licence::Named => {
            let message = "the package names its licence and lacks the text, which most licences ask for";
            let help = format!(
                "{}, or put your `LICENSE` into {}",
                option("copyright", HOLDER),
                staged.folder.display()
            );
            found.push(warning(message).in_path("atlas.yaml").help(help));
        }
        Licence::InFile => {
            let message = "pkg.go.dev shows a module only where a file says how it may be used";
            let help =
                "put your `LICENSE` into the repository, beside `go.mod`, or set `license` and `copyright`";
            found.push(warning(message).help(help));
        }
    }
    if manifest.repository.is_none() {
        let message = "the package does not say where its source is";
        let help = option("repository", "https://github.com/acme/bookstore");
        found.push(warning(message).in_path("atlas.yaml").help(help));
    }
    if manifest.version != staged.version {
        let message =
            format!("the manifest has version {}, and the service {}", manifest.version, staged.version);
        found.push(Diagnostic::error(codes::E0040, message).help(REPORT));
    }
    if !staged.text("CHANGELOG.md").is_ok_and(|text| text.contains(staged.version)) {
        let message = format!("CHANGELOG.md says nothing of version {}", staged.version);
        found.push(Diagnostic::error(codes::E0040, message).help(REPORT));
    }
    found
}

/// The files that would be uploaded, a line for each.
fn contents(registry: &Registry, staged: &Staged<'_>, said: &str) -> Vec<String> {
    match registry.contents {
        Contents::LastStep => said.lines().map(str::to_owned).collect(),
        Contents::Generated => staged.output.files.iter().map(|(path, _)| path.as_str().to_owned()).collect(),
    }
}

fn told(
    registry: &Registry,
    staged: &Staged<'_>,
    manifest: &Manifest,
    contents: &[String],
    reporter: &Reporter,
) -> String {
    let (name, version, folder) = (&manifest.name, &manifest.version, staged.folder.display().to_string());
    let upload = (registry.upload)(manifest);
    if reporter.for_programs() {
        let told = json!({
            "emitter": registry.emitter, "registry": registry.name, "name": name, "version": version,
            "folder": folder, "contents": contents, "upload": upload,
        });
        return format!("{told:#}\n");
    }
    let lines: String = contents.iter().map(|line| format!("  {line}\n")).collect();
    format!(
        "{name} {version} is ready for {}, in {folder}; it would upload:\n{lines}run there: {upload}\n",
        registry.name
    )
}
