//! `examples/ci`: forges and pre-commit accept the files, and the commands in them do what their README says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas9_suite::command::{Said, run, said};
use atlas9_suite::place::{bookstore, copy, programs, root};
use atlas9_suite::tools;
use tempfile::TempDir;

const WORKFLOW: &str = ".github/workflows/atlas9.yml";
const ACTION: &str = ".github/actions/atlas9/action.yml";
const GITLAB: &str = ".gitlab-ci.yml";
const CONFIG: &str = ".pre-commit-config.yaml";
const HOOKS: &str = ".pre-commit-hooks.yaml";

/// Other people's tools, each with its arguments; they run in the folder of the files.
const JUDGES: &[(&str, &[&str])] = &[
    ("check-jsonschema", &["--builtin-schema", "vendor.github-workflows", WORKFLOW]),
    ("check-jsonschema", &["--builtin-schema", "vendor.github-actions", ACTION]),
    ("check-jsonschema", &["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", GITLAB]),
    ("actionlint", &["-shellcheck=", "-pyflakes=", WORKFLOW]),
    ("zizmor", &["--offline", "--quiet", "--min-severity", "medium", WORKFLOW, ACTION]),
    ("pre-commit", &["validate-config", CONFIG]),
    ("pre-commit", &["validate-manifest", HOOKS]),
];

#[test]
fn judges_accept_the_files() {
    let folder = copied();
    let wrong: Vec<Said> =
        JUDGES.iter().map(|judge| judged(judge, folder.path())).filter(|said| said.status != 0).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The judges do judge: files with one thing wrong are refused.
#[test]
fn judges_refuse_what_is_wrong() {
    for (judge, file, from, to) in [
        (0, WORKFLOW, "runs-on: ubuntu-24.04", "runs-on: 24"),
        (1, ACTION, "using: composite", "using: nothing"),
        (2, GITLAB, "when: always", "when: sometimes"),
        (3, WORKFLOW, "${{ env.ATLAS9", "${{ envs.ATLAS9"),
        (4, WORKFLOW, "@8e8c483db84b4bee98b60c0593521ed34d9990e8", "@v6"),
        (4, WORKFLOW, "permissions:\n      contents: read", "permissions: write-all\n    env:\n      ODD: 1"),
        (5, CONFIG, "rev:", "revision:"),
        (6, HOOKS, "language: system", "language: nothing"),
    ] {
        let folder = copied();
        change(&folder.path().join(file), from, to);
        let said = judged(&JUDGES[judge], folder.path());
        assert_ne!(said.status, 0, "{file} may have `{to}`: {said:?}");
    }
}

fn files() -> PathBuf {
    root().join("examples/ci")
}

/// The files, with the template of GitLab's jobs as a job: its schema does not look at templates.
fn copied() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&files(), folder.path());
    change(&folder.path().join(GITLAB), "\n.atlas9:", "\natlas9-template:");
    folder
}

fn judged((name, args): &(&str, &[&str]), folder: &Path) -> Said {
    let mut judge = if *name == "actionlint" { tools::go(name) } else { tools::python(name) };
    said(judge.args(*args).current_dir(folder))
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("the file can be read");
    assert!(text.contains(from), "{} has no `{from}`", path.display());
    fs::write(path, text.replace(from, to)).expect("the file can be written");
}

#[test]
fn commands_pass_where_there_is_nothing_to_tell() {
    for (file, least) in [(WORKFLOW, 3), (GITLAB, 3), (HOOKS, 3), ("README.md", 1)] {
        let commands = commands(file);
        assert!(commands.len() >= least, "{file}: {commands:?}");
        for command in commands {
            let ended = Repository::new().sh(&command);
            assert_eq!(ended.status, 0, "{file}: {command}: {ended:?}");
        }
    }
}

#[test]
fn jobs_tell_what_a_change_brings() {
    for (file, report, marks) in [
        (WORKFLOW, "atlas9.sarif", ["title=atlas9 float_money", "\"ruleId\": \"float_money\""]),
        (GITLAB, "gl-code-quality-report.json", ["\"check_name\": \"float_money\""; 2]),
    ] {
        let lints = commands(file).into_iter().filter(|command| command.starts_with("atlas9 lint"));
        let lints: Vec<String> = lints.collect();
        assert_eq!(lints.len(), marks.len(), "{file}: {lints:?}");
        let repository = Repository::new();
        repository.spoil();
        for (command, mark) in lints.iter().zip(marks) {
            let ended = repository.sh(command);
            assert_eq!(ended.status, 1, "{command}: {ended:?}");
            let told = if command.contains(report) { repository.read(report) } else { ended.out };
            assert_eq!(told.matches(mark).count(), 1, "{command}: {told}");
        }
    }
}

/// What was there before a merge request is not told to it.
#[test]
fn jobs_do_not_tell_a_change_what_was_there() {
    let repository = Repository::new();
    repository.spoil();
    repository.git(&["commit", "--quiet", "--allow-empty", "--message", "More"]);
    for file in [WORKFLOW, GITLAB] {
        let since = |command: &String| command.contains("--since");
        for command in commands(file).into_iter().filter(since) {
            let ended = repository.sh(&command);
            assert_eq!(ended.status, 0, "{command}: {ended:?}");
        }
    }
}

#[test]
fn hooks_look_at_each_commit_and_push() {
    let hooks = Repository::empty();
    fs::copy(files().join(HOOKS), hooks.path(HOOKS)).expect("the file can be copied");
    hooks.git(&["add", "."]);
    hooks.git(&["commit", "--quiet", "--message", "Hooks"]);
    hooks.git(&["tag", "v0.1.0"]);
    let repository = Repository::new();
    fs::copy(files().join(CONFIG), repository.path(CONFIG)).expect("the file can be copied");
    let address = hooks.folder.path().to_str().expect("a path of letters");
    change(&repository.path(CONFIG), "https://git.example.com/tools/atlas9-hooks", address);
    let pre_commit = tools::python("pre-commit").get_program().to_string_lossy().into_owned();
    let hook = |args: &str| repository.sh(&format!("{pre_commit} {args}"));
    assert_eq!(hook("install").status, 0);

    let commit = || repository.sh("git add . && git commit --message Change");
    let ended = commit();
    assert!(ended.status == 0 && ended.err.contains("Skipped"), "{ended:?}");
    let ended = hook("run --hook-stage pre-push --all-files");
    assert_eq!(ended.status, 0, "{ended:?}");

    change(&repository.path("schema/books.atlas"), "\nresource ", "\n\n\nresource   ");
    let ended = commit();
    assert!(ended.status != 0 && ended.err.contains("files were modified by this hook"), "{ended:?}");
    let ended = hook("run --all-files");
    assert_eq!(ended.status, 0, "{ended:?}");

    repository.append();
    let ended = commit();
    assert!(ended.status != 0 && ended.err.contains("float_money"), "{ended:?}");
    let ended = hook("run --hook-stage pre-push --all-files");
    assert!(ended.status != 0 && ended.out.contains("float_money"), "{ended:?}");
}

/// The command lines of a file: whole lines, after what YAML puts before them.
fn commands(file: &str) -> Vec<String> {
    let text = fs::read_to_string(files().join(file)).expect("the file can be read");
    let command = |line: &str| {
        let line = line.trim().trim_start_matches("- ");
        let line = ["run: ", "entry: "].iter().find_map(|key| line.strip_prefix(key)).unwrap_or(line);
        line.starts_with("atlas9 ").then(|| line.to_owned())
    };
    text.lines().filter_map(command).collect()
}

/// A repository of git with the bookstore at its top, and two commits.
struct Repository {
    folder: TempDir,
    /// What pre-commit keeps.
    cache: TempDir,
}

impl Repository {
    fn empty() -> Self {
        let temporary = || tempfile::tempdir().expect("a temporary folder");
        let repository = Self { folder: temporary(), cache: temporary() };
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository
    }

    fn new() -> Self {
        let repository = Self::empty();
        copy(&bookstore(), repository.folder.path());
        repository.git(&["add", "."]);
        repository.git(&["commit", "--quiet", "--message", "Bookstore"]);
        repository.git(&["commit", "--quiet", "--allow-empty", "--message", "Nothing"]);
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A commit with one finding.
    fn spoil(&self) {
        self.append();
        self.git(&["commit", "--quiet", "--all", "--message", "A price"]);
    }

    fn append(&self) {
        let offer = "/// What a reader offered.\ntype Offer {\n    /// How much.\n    price: float64\n}\n";
        let text = self.read("schema/books.atlas");
        fs::write(self.path("schema/books.atlas"), format!("{text}\n{offer}"))
            .expect("the schema can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file can be read")
    }

    fn git(&self, args: &[&str]) {
        run(self.set(Command::new("git").args(args)));
    }

    /// Runs a line as CI does.
    fn sh(&self, line: &str) -> Said {
        said(self.set(Command::new("sh").args(["-c", line])))
    }

    fn set<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let atlas9 = programs().0.parent().expect("a program lies in a folder").to_owned();
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(atlas9).chain(std::env::split_paths(&paths));
        for name in ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GIT_DIR", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        command
            .current_dir(self.folder.path())
            .env("PATH", std::env::join_paths(paths).expect("paths without colons"))
            .env("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD^1")
            .env("PRE_COMMIT_HOME", self.cache.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Joe")))
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "joe@example.com")))
    }
}
