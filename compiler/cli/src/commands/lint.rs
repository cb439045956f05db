//! `atlas9 lint`: the lints alone, and their fixes.

use atlas9_build::{Rewrite, load, rewrite};
use atlas9_driver::diagnostics::Diagnostic;
use atlas9_driver::{CheckOptions, Checked, Findings, Fixed, LintLevel, Overrides, Profile, fix, only_new};

use crate::args::{Levels, Lint};
use crate::baseline::{BaselineFile, Missing};
use crate::difference::difference;
use crate::linting::{Day, conclude, linted};
use crate::outcome::{Failure, Outcome};
use crate::package::{Opened, open};
use crate::progress::Progress;
use crate::reporter::{Reporter, counted};
use crate::revision::Revision;

pub fn run(args: &Lint, reporter: &Reporter) -> Result<Outcome, Failure> {
    let day = Day::of(args.today.as_deref())?;
    let overrides = overrides(&args.levels);
    let renames = reporter.shows_fixes();
    let options = CheckOptions { today: Some(day.date), overrides, renames, ..CheckOptions::default() };
    let mut opened = open(args.package.package.as_deref(), &options, reporter)?;
    let mut known = Known::of(args, &mut opened, &day, reporter)?;
    if opened.checked.ir.is_some() && (args.fix || args.unsafe_fixes || args.diff) {
        let fixed = fixed(args, &opened, &options, &known, reporter)?;
        fixed.left_out.iter().for_each(|said| reporter.say(said));
        if args.diff {
            show(&opened, &fixed, reporter);
        } else {
            write(&opened, &fixed, reporter)?;
            let root = opened.root;
            opened = open(Some(&root), &options, reporter)?;
            known.baseline = BaselineFile::open(&mut opened, args.baseline.as_deref(), missing(args))?;
        }
    }
    let mut diagnostics = linted(&opened, &day, reporter)?;
    known.update(args, &opened, &diagnostics, reporter)?;
    let asides = known.take_away(&opened, &mut diagnostics);
    let outcome = conclude(opened, &diagnostics, &asides, args.fail_on, reporter);
    hint(args, &diagnostics, reporter);
    outcome
}

fn overrides(levels: &Levels) -> Overrides {
    let each =
        [(&levels.allow, LintLevel::Allow), (&levels.warn, LintLevel::Warn), (&levels.deny, LintLevel::Deny)];
    let levels_of = |(names, level): (&Vec<String>, LintLevel)| {
        names.iter().map(|name| (name.clone(), level)).collect::<Vec<_>>()
    };
    Overrides {
        profile: levels.profile.as_deref().and_then(Profile::parse),
        levels: each.into_iter().flat_map(levels_of).collect(),
    }
}

fn missing(args: &Lint) -> Missing {
    if args.write_baseline { Missing::New } else { Missing::Error }
}

/// What was there before, and is not told.
struct Known {
    baseline: BaselineFile,
    /// What was found in the revision that was named.
    before: Option<Findings>,
}

impl Known {
    fn of(args: &Lint, opened: &mut Opened, day: &Day, reporter: &Reporter) -> Result<Known, Failure> {
        let baseline = BaselineFile::open(opened, args.baseline.as_deref(), missing(args))?;
        let before = match &args.since {
            Some(name) => Some(before(opened, name, day, reporter)?),
            None => None,
        };
        Ok(Known { baseline, before })
    }

    /// Writes the baseline, where that is asked for and the lints had something to look at.
    fn update(
        &mut self,
        args: &Lint,
        opened: &Opened,
        found: &[Diagnostic],
        reporter: &Reporter,
    ) -> Result<(), Failure> {
        if opened.checked.ir.is_none() || !(args.write_baseline || args.prune_baseline) {
            return Ok(());
        }
        let BaselineFile { baseline, name, .. } = &mut self.baseline;
        let mut said = Vec::new();
        if args.write_baseline {
            said.push(format!("added {} to {name}", counted(baseline.add(found), "finding")));
        }
        if args.prune_baseline {
            let covered = baseline.cover(&opened.checked.config, &mut found.to_vec());
            said.push(format!("took {} out of {name}", counted(baseline.prune(&covered), "finding")));
        }
        self.baseline.write()?;
        said.iter().for_each(|line| reporter.say(line));
        Ok(())
    }

    /// Takes away what was there before; says what that is.
    fn take_away(&self, opened: &Opened, found: &mut Vec<Diagnostic>) -> Vec<String> {
        let mut asides: Vec<String> = self.baseline.cover(opened, found).into_iter().collect();
        if let Some(before) = &self.before {
            asides.extend(older(only_new(&opened.checked.sources, found, before)));
        }
        asides
    }

    /// What is left to be told of a package between two fixes.
    fn told(&self, checked: &Checked) -> Vec<Diagnostic> {
        let mut found = checked.diagnostics.clone();
        self.baseline.baseline.cover(&checked.config, &mut found);
        if let Some(before) = &self.before {
            only_new(&checked.sources, &mut found, before);
        }
        found
    }
}

fn older(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{count} older"))
}

/// What the lints, as they are set now, say of the schema as it was.
fn before(opened: &Opened, name: &str, day: &Day, reporter: &Reporter) -> Result<Findings, Failure> {
    let _progress = Progress::start(reporter, "reading the revision");
    let revision = Revision::read(&opened.root, &opened.checked.config, name)?;
    if !revision.has_package() {
        reporter.say(&format!("the package is not in `{name}`: every finding is a new one"));
        return Ok(Findings::default());
    }
    let mut package = load(&revision.root)?.package;
    if let Some(own) = package.members.first_mut() {
        let now = opened.checked.config.clone();
        let then = std::mem::replace(&mut own.config, now);
        (own.config.name, own.config.version) = (then.name, then.version);
        (own.config.schema, own.config.dependencies) = (then.schema, then.dependencies);
    }
    let options = CheckOptions { today: Some(day.date), ..CheckOptions::default() };
    let checked = atlas9_driver::check(package, &options);
    if checked.ir.is_none() {
        reporter.say(&format!("the schema in `{name}` has errors: every finding is a new one"));
        return Ok(Findings::default());
    }
    let shown = checked.sources.clone();
    // Linters of others run in the package's folder, whose files they may read.
    let then = Opened { root: opened.root.clone(), checked, shown, watched: Vec::new() };
    let diagnostics = linted(&then, day, reporter)?;
    Ok(Findings { sources: then.checked.sources, diagnostics })
}

fn fixed(
    args: &Lint,
    opened: &Opened,
    options: &CheckOptions,
    known: &Known,
    reporter: &Reporter,
) -> Result<Fixed, Failure> {
    let _progress = Progress::start(reporter, "fixing");
    let package = load(&opened.root)?.package;
    Ok(fix(&package, options, args.unsafe_fixes, &|checked| known.told(checked)))
}

fn write(opened: &Opened, fixed: &Fixed, reporter: &Reporter) -> Result<(), Failure> {
    let files = fixed.files.iter().map(|file| Rewrite {
        path: opened.root.join(&file.name),
        before: Some(file.before.clone()),
        after: file.after.clone(),
    });
    rewrite(&opened.root, &files.collect::<Vec<_>>())?;
    fixed.files.iter().for_each(|file| reporter.detail(&format!("fixed {}", opened.way_to(&file.name))));
    let (findings, files) = (counted(fixed.count, "finding"), counted(fixed.files.len(), "file"));
    reporter.say(&format!("fixed {findings} in {files}"));
    Ok(())
}

/// Programs find the fixes beside the findings.
fn show(opened: &Opened, fixed: &Fixed, reporter: &Reporter) {
    if !reporter.for_programs() {
        for file in &fixed.files {
            let name = opened.way_to(&file.name);
            reporter.result(&difference(&name, &name, &file.before, &file.after));
        }
    }
    let (findings, files) = (counted(fixed.count, "finding"), counted(fixed.files.len(), "file"));
    reporter.say(&format!("would fix {findings} in {files}"));
}

/// Says what could be done about the findings.
fn hint(args: &Lint, found: &[Diagnostic], reporter: &Reporter) {
    // Whether another name can be given is only found out where somebody asks for it.
    let safe = |found: &Diagnostic| match &found.fix {
        Some(fix) => Some(fix.safe),
        None => found.rename.as_ref().map(|_| false),
    };
    let fixes = |wanted| found.iter().filter(|found| safe(found) == Some(wanted)).count();
    if !(args.fix || args.unsafe_fixes || args.diff) && fixes(true) > 0 {
        reporter.say(&format!("`--fix` mends {}", counted(fixes(true), "finding")));
    }
    if !args.unsafe_fixes && fixes(false) > 0 {
        reporter.say(&format!("`--unsafe-fixes` mends {}", counted(fixes(false), "finding")));
    }
}
