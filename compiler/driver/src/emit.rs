//! Runs emitters over the model.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_diagnostics::{Diagnostic, Level, codes, nearest, sort};
use atlas9_emitters_core::{Context, Emitted, Emitter, Files, Options, Survey};
use atlas9_ir::Ir;
use rayon::prelude::*;

use crate::EMITTERS;
use crate::config::Config;
use crate::external::{Answer, Program, Role};

/// An emitter to run, with its folder and options.
#[derive(Clone)]
pub struct Target {
    emitter: &'static dyn Emitter,
    /// The folder, relative to the package or to `--out`.
    pub out: String,
    /// The effective options.
    pub options: Options,
    /// The folders of the package's other emitters, which need not run this time: what a server embeds must not depend on
    /// what else is generated in the same run.
    beside: BTreeMap<String, String>,
}

impl Target {
    /// The emitter of that name with default options, writing to `out`; nothing for an unknown name.
    pub fn new(name: &str, out: &str) -> Option<Target> {
        let emitter = EMITTERS.iter().find(|emitter| emitter.name() == name)?;
        let options = Options::defaults(emitter.options());
        Some(Target { emitter: *emitter, out: out.to_owned(), options, beside: BTreeMap::new() })
    }

    /// The emitter's name.
    pub fn name(&self) -> &'static str {
        self.emitter.name()
    }

    /// The way to the folders of the package's other emitters, and of those that run.
    fn siblings(&self, running: &[Target]) -> BTreeMap<String, String> {
        let running = running.iter().map(|other| (other.name(), other.out.as_str()));
        let beside = self.beside.iter().map(|(name, out)| (name.as_str(), out.as_str()));
        let others = beside.chain(running).filter(|(name, _)| *name != self.name());
        others.map(|(name, out)| (name.to_owned(), way(&self.out, out))).collect()
    }
}

/// What a run of emitters made.
#[derive(Clone, Debug, Default)]
pub struct Emission {
    /// One for each target, in order.
    pub outputs: Vec<Output>,
    /// What could not be expressed. With an error among them nothing is to be written.
    pub diagnostics: Vec<Diagnostic>,
}

impl Emission {
    /// Adds what an emitter of others made.
    pub fn add(&mut self, program: &Program, answer: Answer) {
        let Answer { files, diagnostics } = answer;
        self.outputs.push(Output { emitter: program.name.clone(), out: program.out.value.clone(), files });
        self.diagnostics.extend(diagnostics);
    }

    /// Complains of files that two emitters write, once all of them have run.
    pub fn close(&mut self) {
        self.diagnostics.extend(clashes(&self.outputs));
        sort(&mut self.diagnostics);
    }

    /// True when nothing is to be written.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }
}

/// The files of one emitter.
#[derive(Clone, Debug)]
pub struct Output {
    /// The emitter's name.
    pub emitter: String,
    /// The folder, relative to the package or to `--out`.
    pub out: String,
    /// The files.
    pub files: Files,
}

/// The targets of the configuration, all or those named in `only`.
///
/// # Errors
/// When `only` names an emitter that is unknown or that the configuration does not run.
pub fn targets(config: &Config, only: &[String]) -> Result<Vec<Target>, Vec<Diagnostic>> {
    let wrong: Vec<Diagnostic> = only
        .iter()
        .filter(|name| !config.emit.contains_key(name.as_str()))
        .filter(|name| emitters_of_others(config, &[(*name).clone()]).next().is_none())
        .map(|name| not_configured(config, name))
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let wanted = |name: &str| only.is_empty() || only.iter().any(|word| word == name);
    let known = EMITTERS.iter().filter(|emitter| wanted(emitter.name()));
    let beside: BTreeMap<String, String> =
        config.emit.iter().map(|(name, emit)| (name.clone(), emit.out.value.clone())).collect();
    let target = |emitter: &&'static dyn Emitter| {
        let emit = config.emit.get(emitter.name())?;
        let (out, options) = (emit.out.value.clone(), emit.options.clone());
        Some(Target { emitter: *emitter, out, options, beside: beside.clone() })
    };
    Ok(known.filter_map(target).collect())
}

/// The emitters of others that the configuration runs, all or those named in `only`.
pub fn emitters_of_others<'a>(
    config: &'a Config,
    only: &'a [String],
) -> impl Iterator<Item = &'a Program> + Clone {
    let emitters = config.programs.iter().filter(|program| program.role == Role::Emitter);
    emitters.filter(move |program| only.is_empty() || only.contains(&program.name))
}

fn not_configured(config: &Config, name: &str) -> Diagnostic {
    let help = if EMITTERS.iter().any(|emitter| emitter.name() == name) {
        format!("add `{name}:` below `emit:` in atlas.yaml")
    } else {
        let others = emitters_of_others(config, &[]).map(|program| program.name.as_str());
        let known = EMITTERS.iter().map(|emitter| emitter.name()).chain(others.clone());
        let run: Vec<&str> = config.emit.keys().map(String::as_str).chain(others).collect();
        match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the package runs: {}", run.join(", ")),
        }
    };
    Diagnostic::error(codes::E0030, format!("the package does not run an emitter `{name}`")).help(help)
}

/// Runs the targets. A package without a service is an error: there is nothing to offer.
pub fn emit(ir: &Ir, targets: &[Target]) -> Emission {
    let mut emission = Emission::default();
    if ir.is_library() {
        emission.diagnostics.push(no_service());
        return emission;
    }
    let mut embeds = Vec::new();
    let emit = |target: &Target| {
        let siblings = target.siblings(targets);
        target.emitter.emit(ir, &Context { options: &target.options, siblings: &siblings })
    };
    let emitted: Vec<Emitted> = targets.par_iter().map(emit).collect();
    for (target, emitted) in targets.iter().zip(emitted) {
        emission.diagnostics.extend(emitted.diagnostics);
        embeds.extend(emitted.embeds.into_iter().map(|(other, path)| (target.name(), other, path)));
        emission.outputs.push(Output {
            emitter: target.name().to_owned(),
            out: target.out.clone(),
            files: emitted.files,
        });
    }
    let outputs = emission.outputs.iter().filter(|output| !output.files.is_empty());
    let written = outputs.map(|output| {
        (output.emitter.as_str(), output.files.iter().map(|(path, _)| path.as_str()).collect())
    });
    emission.diagnostics.extend(missing(&embeds, &written.collect()));
    sort(&mut emission.diagnostics);
    emission
}

/// What the targets cannot express, without emitting anything: see [`emit`], which says the same.
pub fn survey(ir: &Ir, targets: &[Target]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut embeds = Vec::new();
    let mut surveys = Vec::new();
    let survey = |target: &Target| {
        let siblings = target.siblings(targets);
        target.emitter.survey(ir, &Context { options: &target.options, siblings: &siblings })
    };
    let surveyed: Vec<Survey> = targets.par_iter().map(survey).collect();
    for (target, mut survey) in targets.iter().zip(surveyed) {
        diagnostics.append(&mut survey.diagnostics);
        embeds.extend(survey.embeds.drain(..).map(|(other, path)| (target.name(), other, path)));
        surveys.push((target.name(), survey.offers));
    }
    let offered = surveys.iter().filter(|(_, offers)| !offers.is_empty());
    let offered = offered.map(|(name, offers)| (*name, offers.iter().map(String::as_str).collect()));
    diagnostics.extend(missing(&embeds, &offered.collect()));
    sort(&mut diagnostics);
    diagnostics
}

/// What is embedded and not written by the emitter that ran for it. An emitter with errors writes nothing, and says why.
fn missing(embeds: &[(&str, String, String)], written: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, other, path) in embeds {
        if written.get(other.as_str()).is_some_and(|paths| !paths.contains(path.as_str())) {
            let message = format!("`{name}` embeds `{path}`, which `{other}` does not write");
            found.push(
                Diagnostic::error(codes::E0004, message)
                    .in_path(crate::config::FILE_NAME)
                    .help(format!("give `{name}` and `{other}` options that fit together")),
            );
        }
    }
    found
}

/// Paths that two emitters write to, or that are a file of one and a folder of another.
fn clashes(outputs: &[Output]) -> Vec<Diagnostic> {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for (output, path) in
        outputs.iter().flat_map(|output| output.files.bytes().map(move |(path, _)| (output, path)))
    {
        if let Some(other) = owners.insert(format!("{}/{path}", output.out), &output.emitter) {
            found.push(clash(other, &output.emitter, &format!("{}/{path}", output.out)));
        }
    }
    for (path, owner) in &owners {
        let above = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        found.extend(above.filter_map(|above| Some(clash(owners.get(above)?, owner, above))));
    }
    found
}

fn clash(one: &str, other: &str, path: &str) -> Diagnostic {
    let message = match one == other {
        true => format!("`{one}` writes `{path}` both as a file and as a folder"),
        false => format!("`{}` and `{}` both write `{path}`", one.min(other), one.max(other)),
    };
    Diagnostic::error(codes::E0714, message)
        .in_path(crate::config::FILE_NAME)
        .help("give each emitter a folder of its own with `out`, none of them in another's")
}

fn no_service() -> Diagnostic {
    Diagnostic::error(codes::E0008, "the package declares no service, so there is nothing to generate")
        .in_path(crate::config::FILE_NAME)
        .help("add `service NAME { version \"0.1.0\" }` to one file of the schema")
}

/// The way from one folder to another, both relative to the same one: `../sql`.
fn way(from: &str, to: &str) -> String {
    let parts = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (parts(from), parts(to));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    up.chain(to.into_iter().skip(shared)).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::way;

    #[test]
    fn ways_between_folders() {
        assert_eq!(way("generated/server", "generated/sql"), "../sql");
        assert_eq!(way("server", "db/migrations"), "../db/migrations");
        assert_eq!(way("a", "a/b"), "b");
    }
}
