//! `atlas9 lint`: levels, fixes, baselines, what came since a revision, and how each run ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas9_suite::command::{Said, run, said};
use atlas9_suite::place::programs;
use serde_json::Value;

/// What is looked for in packages that are generated: findings must be as many whatever lints there are.
const ONE_LINT: &str = "name: shop\nemit:\nlints:\n  all: allow\n  float_money: warn\n";

/// A service with a safe fix, comments, and nothing else to tell once that is made.
const UNPAGED: &str = "\
namespace shop

// The shop sells pens.

/// The shop.
service Shop {
    version  \"1.0.0\"  // the first

    auth bearer {
        pens  \"Read pens.\"  // all of them
    }
    // No more than this.
}

/// What writes.
resource Pen {
    id: uuid @key

    operations {
        list  requires pens
        get   requires pens
    }
}
";

const PAGED: &str =
    "name: shop\nemit:\nlints:\n  all: allow\n  page_size_unbounded: warn\n  float_money: warn\n";

struct Package {
    folder: tempfile::TempDir,
}

impl Package {
    fn new(config: &str, files: &[(&str, &str)]) -> Package {
        let package = Package { folder: tempfile::tempdir().expect("a temporary folder") };
        package.write("atlas.yaml", config);
        files.iter().for_each(|(name, text)| package.write(name, text));
        package
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("the file can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file can be read")
    }

    fn run(&self, args: &[&str]) -> Said {
        let mut command = Command::new(programs().0);
        said(command.args(args).current_dir(self.folder.path()).env("NO_COLOR", "1"))
    }

    fn lint(&self, args: &[&str]) -> Said {
        self.run(&[&["lint"], args].concat())
    }

    /// The names of the lints, and what they are about.
    fn found(&self, args: &[&str]) -> Vec<String> {
        let said = self.lint(&[args, &["--format", "json"]].concat());
        let found: Vec<Value> =
            serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
        let text = |finding: &Value, member: &str| finding[member].as_str().unwrap_or("").to_owned();
        found.iter().map(|each| format!("{} {}", text(each, "code"), text(each, "symbol"))).collect()
    }

    fn git(&self, args: &[&str]) {
        run(Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(args)
            .current_dir(self.folder.path()));
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "--quiet", "--message", "A change"]);
    }
}

/// Types with a price each.
fn prices(from: usize, to: usize) -> String {
    let each = |number| format!("\n/// Money.\ntype Line{number} {{\n    price: float64\n}}\n");
    format!("namespace shop\n{}", (from..to).map(each).collect::<String>())
}

#[track_caller]
fn ends(said: &Said, status: i32, err: &[&str]) {
    assert_eq!(said.status, status, "{said:?}");
    err.iter().for_each(|part| assert!(said.err.contains(part), "{part}: {said:?}"));
}

#[test]
fn a_baseline_of_500_findings_makes_a_package_pass() {
    let package = Package::new(ONE_LINT, &[("a.atlas", &prices(0, 300)), ("b.atlas", &prices(300, 500))]);
    let strict = ["--fail-on", "warning"];
    ends(&package.lint(&strict), 1, &["checked 2 files, 500 declarations: 500 warnings"]);
    ends(
        &package.lint(&["--write-baseline", "--fail-on", "warning"]),
        0,
        &["added 500 findings to .atlas9-baseline.yaml"],
    );
    let written = package.read(".atlas9-baseline.yaml");
    assert_eq!(written.lines().filter(|line| line.starts_with("float_money Line")).count(), 500, "{written}");
    ends(&package.lint(&strict), 0, &["500 declarations: nothing to complain of; 500 in the baseline"]);
    ends(&package.run(&["check", "--fail-on", "warning"]), 0, &["500 in the baseline"]);

    // Another file and other lines are the same findings.
    fs::rename(package.path("a.atlas"), package.path("z.atlas")).expect("the file can be renamed");
    package.write("b.atlas", &prices(300, 500).replace("namespace shop\n", "namespace shop\n\n// More.\n"));
    ends(&package.lint(&strict), 0, &["500 in the baseline"]);

    package.write("c.atlas", &prices(500, 501));
    ends(&package.lint(&strict), 1, &["float_money", "c.atlas:5", "1 warning; 500 in the baseline"]);
    ends(&package.run(&["check", "--fail-on", "warning"]), 1, &["1 warning; 500 in the baseline"]);
    assert_eq!(package.found(&strict), ["float_money Line500.price"]);
}

#[test]
fn a_baseline_tells_what_is_gone_and_keeps_what_others_added() {
    let package = Package::new(ONE_LINT, &[("a.atlas", &prices(0, 3))]);
    let others = "# Ours.\nfloat_money Line7.price: 2\nfloat_money Line1.price: 1\n";
    package.write(".atlas9-baseline.yaml", others);
    ends(&package.lint(&["--write-baseline"]), 0, &["added 2 findings", "E0054", "a line of the baseline"]);
    let lines = |package: &Package| {
        let text = package.read(".atlas9-baseline.yaml");
        text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>()
    };
    let all = [0, 1, 2].map(|number| format!("float_money Line{number}.price: 1"));
    assert_eq!(lines(&package), [&all[..], &["float_money Line7.price: 2".to_owned()]].concat());
    let stale = package.lint(&["--fail-on", "warning"]);
    ends(&stale, 0, &["note[E0054]", ".atlas9-baseline.yaml:6:1", "--prune-baseline"]);
    // Nobody looked, so that nothing is known to be gone.
    ends(&package.lint(&["--allow", "float_money", "--prune-baseline"]), 0, &["took 0 findings out"]);
    ends(&package.lint(&["--prune-baseline"]), 0, &["took 2 findings out", "3 in the baseline"]);
    assert_eq!(lines(&package), all);
    assert_eq!(package.found(&[]), [""; 0]);
}

#[test]
fn a_baseline_is_where_it_is_said_to_be() {
    let package =
        Package::new(&format!("{ONE_LINT}baseline: ci/known.yaml\n"), &[("a.atlas", &prices(0, 1))]);
    ends(&package.lint(&[]), 2, &["E0001", "ci/known.yaml"]);
    ends(&package.run(&["check"]), 2, &["E0001", "ci/known.yaml"]);
    ends(&package.lint(&["--write-baseline"]), 0, &["added 1 finding to ci/known.yaml"]);
    ends(&package.lint(&["--fail-on", "warning"]), 0, &["1 in the baseline"]);
    ends(&package.run(&["check", "--fail-on", "warning"]), 0, &["1 in the baseline"]);
    package.write("other.yaml", "");
    ends(&package.lint(&["--fail-on", "warning", "--baseline", "other.yaml"]), 1, &["1 warning"]);
    ends(&package.lint(&["--baseline", "none.yaml"]), 2, &["E0001", "none.yaml"]);
}

#[test]
fn a_damaged_baseline_is_told_with_its_place() {
    let package = Package::new(ONE_LINT, &[("a.atlas", &prices(0, 1))]);
    for (text, place) in [
        ("float_money Line0.price: 1\n<<<<<<< HEAD\nfloat_money Line1.price: 1\n", ".atlas9-baseline.yaml:"),
        ("float_money Line0.price: 1\nfloat_money Line1.price: many\n", ".atlas9-baseline.yaml:2:1"),
        ("float_money Line0.price: 0\n", ".atlas9-baseline.yaml:1:1"),
        ("- float_money\n", ".atlas9-baseline.yaml:1:"),
    ] {
        package.write(".atlas9-baseline.yaml", text);
        ends(&package.lint(&[]), 2, &["error[E0052]", place]);
        ends(&package.run(&["check"]), 2, &["error[E0052]", place]);
        ends(&package.lint(&["--write-baseline"]), 2, &["error[E0052]"]);
        assert_eq!(package.read(".atlas9-baseline.yaml"), text);
    }
    fs::write(package.path(".atlas9-baseline.yaml"), b"\xff").expect("the file can be written");
    ends(&package.lint(&[]), 2, &["error[E0052]", "UTF-8"]);
}

#[test]
fn errors_of_the_language_are_never_in_a_baseline() {
    let broken = "namespace shop\n\ntype Line {\n    price: flote64\n}\n";
    let package = Package::new(ONE_LINT, &[("a.atlas", broken)]);
    let said = package.lint(&["--write-baseline", "--fix", "--fail-on", "never"]);
    ends(&said, 1, &["E0202", "checked 1 file, 1 declaration: 1 error"]);
    assert!(!package.path(".atlas9-baseline.yaml").exists());
    package.write(".atlas9-baseline.yaml", "float_money Line.price: 1\n");
    // Where the lints could not look, nothing is gone.
    assert_eq!(package.found(&["--prune-baseline"]), ["E0202 Line.price"]);
    assert_eq!(package.read(".atlas9-baseline.yaml"), "float_money Line.price: 1\n");
}

#[test]
fn fixes_reach_a_point_where_nothing_changes() {
    let package = Package::new(PAGED, &[("a.atlas", UNPAGED)]);
    let told = package.lint(&["--fail-on", "warning"]);
    ends(&told, 1, &["page_size_unbounded", "`--fix` mends 1 finding"]);
    ends(
        &package.lint(&["--fix", "--fail-on", "warning"]),
        0,
        &["fixed 1 finding in 1 file", "nothing to complain of"],
    );
    let fixed = package.read("a.atlas");
    assert!(fixed.contains("paginate"), "{fixed}");
    let others: String =
        fixed.lines().filter(|line| !line.contains("paginate")).map(|line| format!("{line}\n")).collect();
    assert_eq!(others, UNPAGED, "comments and layout stay");
    let modified = || fs::metadata(package.path("a.atlas")).and_then(|meta| meta.modified()).expect("a time");
    let before = modified();
    ends(&package.lint(&["--unsafe-fixes", "--fail-on", "warning"]), 0, &["fixed 0 findings in 0 files"]);
    assert_eq!((package.read("a.atlas"), modified()), (fixed, before));
}

#[test]
fn a_difference_is_shown_and_nothing_written() {
    let package = Package::new(PAGED, &[("a.atlas", UNPAGED)]);
    let said = package.lint(&["--diff", "--fail-on", "warning"]);
    ends(&said, 1, &["would fix 1 finding in 1 file", "1 warning"]);
    assert!(
        said.out.starts_with("--- a.atlas\n+++ a.atlas\n@@") && said.out.contains("\n+    paginate"),
        "{said:?}"
    );
    assert_eq!(package.read("a.atlas"), UNPAGED);
    let patch = package.path("fix.patch");
    fs::write(&patch, &said.out).expect("the file can be written");
    package.git(&["apply", "-p0", "fix.patch"]);
    ends(&package.lint(&["--fail-on", "warning"]), 0, &[]);
}

#[test]
#[cfg(unix)]
fn a_read_only_file_is_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let package = Package::new(PAGED, &[("a.atlas", UNPAGED)]);
    fs::set_permissions(package.path("a.atlas"), fs::Permissions::from_mode(0o444))
        .expect("it can be protected");
    ends(&package.lint(&["--fix"]), 2, &["error[E0009]", "a.atlas", "read-only"]);
    assert_eq!(package.read("a.atlas"), UNPAGED);
    assert_eq!(fs::read_dir(package.folder.path()).expect("it can be read").count(), 2);
}

#[test]
fn a_baseline_holds_fixes_back() {
    let package = Package::new(PAGED, &[("a.atlas", UNPAGED)]);
    ends(&package.lint(&["--write-baseline"]), 0, &["added 1 finding"]);
    ends(&package.lint(&["--fix"]), 0, &["fixed 0 findings"]);
    assert_eq!(package.read("a.atlas"), UNPAGED);
}

#[test]
fn since_a_revision_only_what_changed_is_told() {
    let package = Package::new(ONE_LINT, &[("a.atlas", &prices(0, 3)), ("b.atlas", &prices(3, 5))]);
    package.git(&["init", "--quiet"]);
    package.commit();
    let since = ["--since", "HEAD"];
    assert_eq!(package.found(&[]).len(), 5);
    ends(
        &package.lint(&["--since", "HEAD", "--fail-on", "warning"]),
        0,
        &["nothing to complain of; 5 older"],
    );

    // A file under another name and lines elsewhere are no change.
    package.git(&["mv", "a.atlas", "z.atlas"]);
    let lower = prices(0, 3).replace("namespace shop\n", "namespace shop\n\n// Lower.\n");
    package.write("z.atlas", &lower);
    assert_eq!(package.found(&since), [""; 0]);
    // A file that git does not know is new, a line that reads otherwise has changed.
    package.write("c.atlas", &prices(7, 8));
    package.write("b.atlas", &prices(3, 5).replacen("price: float64", "price: float64?", 1));
    assert_eq!(package.found(&since), ["float_money Line3.price", "float_money Line7.price"]);
    // Neither the work tree nor the index was touched.
    let tree = |package: &Package| {
        run(Command::new("git").args(["status", "--porcelain"]).current_dir(package.folder.path()))
    };
    assert_eq!(tree(&package), " M b.atlas\nRM a.atlas -> z.atlas\n?? c.atlas\n");
    package.commit();
    assert_eq!(package.found(&since), [""; 0]);
    assert_eq!(package.found(&["--since", "HEAD~1"]), ["float_money Line3.price", "float_money Line7.price"]);
    // What is asked for now is what counts, not what was asked for then.
    package.write("atlas.yaml", &ONE_LINT.replace("allow", "warn"));
    assert_eq!(package.found(&since), [""; 0]);
}

#[test]
fn since_a_revision_with_mistakes_everything_is_new() {
    let package = Package::new(ONE_LINT, &[("a.atlas", "namespace shop\n\ntype Line {")]);
    package.git(&["init", "--quiet"]);
    package.commit();
    package.write("a.atlas", &prices(0, 1));
    ends(&package.lint(&["--since", "HEAD"]), 0, &["the schema in `HEAD` has errors", "1 warning"]);
}

#[test]
fn since_looks_at_dependencies_as_they_were() {
    let package = Package::new("name: top\n", &[]);
    for folder in ["shop", "common"] {
        fs::create_dir(package.path(folder)).expect("the folder can be made");
    }
    package.write("shop/atlas.yaml", &format!("{ONE_LINT}dependencies:\n  common: ../common\n"));
    package.write(
        "shop/a.atlas",
        &format!("{}\n/// Used.\ntype Use {{\n    of: common.Thing\n}}\n", prices(0, 1)),
    );
    package.write("common/atlas.yaml", "name: common\n");
    package.write("common/c.atlas", "namespace common\n\n/// A thing.\ntype Thing {\n    id: uuid\n}\n");
    package.git(&["init", "--quiet"]);
    package.commit();
    // Renamed here and there: the schema as it was needs the name as it was.
    for name in ["shop/a.atlas", "common/c.atlas"] {
        package.write(name, &package.read(name).replace("Thing", "Item"));
    }
    let said = package.lint(&["--since", "HEAD", "shop"]);
    ends(&said, 0, &["nothing to complain of; 1 older"]);
    assert!(!said.err.contains("has errors"), "{said:?}");
}

#[test]
fn a_revision_that_is_none_is_told() {
    let package = Package::new(ONE_LINT, &[("a.atlas", &prices(0, 1))]);
    ends(&package.lint(&["--since", "HEAD"]), 2, &["error[E0053]", "not a git repository"]);
    package.git(&["init", "--quiet"]);
    package.commit();
    ends(&package.lint(&["--since", "nowhere"]), 2, &["error[E0053]", "`nowhere`", "no such revision"]);
    ends(&package.lint(&["--since=--all"]), 2, &["error[E0053]", "no such revision"]);
}

#[test]
fn levels_of_the_command_line_win() {
    let config = "name: shop\nemit:\nlints:\n  float_money: deny\n  undocumented: deny\n";
    let text = "namespace shop\n\ntype Line {\n    price: float64\n}\n";
    let package = Package::new(config, &[("a.atlas", text)]);
    let of = |args: &[&str]| {
        let mut found = package.found(args);
        found.retain(|found| ["float_money Line.price", "undocumented Line"].contains(&found.as_str()));
        found.len()
    };
    assert_eq!((of(&[]), of(&["--allow", "all"]), of(&["--allow", "shape"])), (2, 0, 1));
    assert_eq!(of(&["--allow", "all", "--warn", "float_money"]), 1);
    assert_eq!(of(&["--allow", "float_money", "--warn", "shape"]), 1);
    ends(&package.lint(&["--allow", "all", "--warn", "shape"]), 0, &["warning[float_money]"]);
    ends(&package.lint(&["--warn", "float_money", "--allow", "docs"]), 0, &["warning[float_money]"]);
    ends(&package.lint(&["--fail-on", "never"]), 0, &["error[float_money]"]);
    ends(&package.lint(&["--profile", "relaxed"]), 1, &["error[float_money]"]);
    ends(&package.lint(&["--profile", "lax"]), 2, &["--profile"]);
    ends(&package.lint(&["--allow", "float_mony"]), 2, &["error[E0050]", "did you mean `float_money`?"]);
    ends(&package.lint(&["--allow", "shape", "--deny", "shape"]), 2, &["error[E0050]", "two levels"]);
    let script = package.run(&["completions", "bash"]);
    assert!(script.out.contains("float_money"), "shells complete names");
}

#[test]
fn unsafe_fixes_are_made_when_asked_for() {
    let config =
        "name: shop\nemit:\nlints:\n  all: allow\n  raw_foreign_key: warn\n  page_size_unbounded: warn\n";
    let shelf = "\n/// Where pens lie.\nresource Shelf {\n    id: uuid @key\n    pen_id: uuid // the best one\n    operations { get requires pens }\n}\n";
    let package = Package::new(config, &[("a.atlas", &format!("{UNPAGED}{shelf}"))]);
    ends(
        &package.lint(&["--fix"]),
        0,
        &["fixed 1 finding in 1 file", "raw_foreign_key", "`--unsafe-fixes` mends 1 finding"],
    );
    assert!(package.read("a.atlas").contains("pen_id: uuid // the best one"));
    ends(&package.lint(&["--unsafe-fixes"]), 0, &["fixed 1 finding in 1 file", "nothing to complain of"]);
    let text = package.read("a.atlas");
    assert!(text.contains("ref Pen") && text.contains("// the best one"), "{text}");
}

#[test]
fn options_and_profiles_change_what_is_found() {
    let text = "namespace shop\n\n/// A way.\ntype Way {\n    toll: float64\n    price: float64\n}\n";
    let config = format!("{ONE_LINT}  undocumented: allow\n");
    let with = |lints: &str| {
        let package = Package::new(&config.replace("  float_money: warn\n", lints), &[("a.atlas", text)]);
        (package.found(&[]), package.run(&["config"]).out)
    };
    assert_eq!(with("  float_money: warn\n").0, ["float_money Way.price"]);
    let (found, shown) = with("  profile: strict\n  float_money: {level: deny, money: [toll]}\n");
    assert_eq!(found, ["float_money Way.toll"]);
    let row = |key: &str| {
        let line = shown
            .lines()
            .find(|line| line.starts_with(&format!("{key} ")))
            .unwrap_or_else(|| panic!("{key}: {shown}"));
        line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row("lints.profile"), "strict atlas.yaml:5");
    assert_eq!(row("lints.all"), "allow atlas.yaml:4");
    assert_eq!(row("lints.naming"), "allow atlas.yaml:4");
    assert_eq!(row("lints.float_money"), "deny atlas.yaml:6");
    assert_eq!(row("lints.float_money.money"), "[toll] atlas.yaml:6");
    assert_eq!(row("lints.deep_nesting.levels"), "3 default");
}

#[test]
#[cfg(unix)]
fn lints_of_others_and_of_the_package_are_lints() {
    use std::os::unix::fs::PermissionsExt as _;

    let config = "name: shop\nemit:\nlints: {all: allow, house: warn, mine: warn}\nlinters: {mine: }\ncustom_lints:\n  house: {match: type, where: \"true\", message: a type}\n";
    let package = Package::new(config, &[("a.atlas", &prices(0, 1))]);
    let answer = r#"{"protocol": 1, "diagnostics": [{"level": "warning", "name": "odd", "message": "odd", "symbol": "Line0: #1"}]}"#;
    package.write("atlas9-lint-mine", &format!("#!/bin/sh\ncat >/dev/null\necho '{answer}'\n"));
    let program = package.path("atlas9-lint-mine");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
    let lint = |args: &[&str]| {
        let mut command = Command::new(programs().0);
        command.arg("lint").args(args).current_dir(package.folder.path());
        said(command.env("PATH", crate::external::with_path(package.folder.path())))
    };
    ends(&lint(&[]), 0, &["warning[mine.odd]", "warning[house]", "2 warnings"]);
    ends(&lint(&["--allow", "mine", "--deny", "house"]), 1, &["error[house]", ": 1 error"]);
    ends(&lint(&["--allow", "all", "--deny", "mine.odd"]), 1, &["error[mine.odd]", ": 1 error"]);
    ends(&lint(&["--allow", "hous"]), 2, &["did you mean `house`?"]);
    ends(&lint(&["--write-baseline", "--fail-on", "warning"]), 0, &["added 2 findings"]);
    let written = package.read(".atlas9-baseline.yaml");
    assert!(written.ends_with("house Line0: 1\n\"mine.odd Line0: #1\": 1\n"), "{written}");
    ends(&lint(&["--fail-on", "warning"]), 0, &["nothing to complain of; 2 in the baseline"]);
    ends(&lint(&["--allow", "mine"]), 0, &["nothing to complain of; 1 in the baseline"]);
}

#[test]
fn every_format_is_one_document() {
    let package = Package::new(ONE_LINT, &[("a.atlas", &prices(0, 2)), ("b.atlas", &prices(2, 3))]);
    for (format, mark, count) in [
        ("json", "\"code\": \"float_money\"", 3),
        ("sarif", "\"ruleId\": \"float_money\"", 3),
        ("github", "::warning ", 3),
        ("gitlab", "\"check_name\": \"float_money\"", 3),
        ("junit", "float_money", 3),
    ] {
        let said = package.lint(&["--format", format, "--fail-on", "warning", "--diff"]);
        ends(&said, 1, &["checked 2 files, 3 declarations: 3 warnings"]);
        assert!(said.out.matches(mark).count() >= count, "{format}: {said:?}");
        assert!(!said.out.contains("--- a.atlas"), "{said:?}");
    }
    assert_eq!(package.lint(&["--format", "text"]).out, "");
    let clean = Package::new(ONE_LINT, &[("a.atlas", "namespace shop\n")]);
    assert_eq!(clean.lint(&["--format", "json"]).out, "[]\n");
    ends(&clean.lint(&[]), 0, &["checked 1 file, 0 declarations: nothing to complain of"]);
    ends(&clean.lint(&["--today", "today"]), 2, &["error[E0034]"]);
    ends(&clean.run(&["lint", Path::new("nowhere").to_str().unwrap_or("")]), 2, &["error[E0001]"]);
}
