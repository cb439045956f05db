//! What can be said on the command line.

use std::ffi::OsStr;
use std::path::PathBuf;

use atlas9_driver::{Profile, lint_names};
use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Turns a small schema into a server, migrations, OpenAPI and SDKs that agree with one another.
///
/// PACKAGE is a folder with an atlas.yaml; without it, the nearest one upward. Results go to standard output, diagnostics
/// and progress to standard error. Exit status 0: nothing to complain of; 1: findings, or --check found a difference; 2:
/// it could not run.
#[derive(Debug, Parser)]
#[command(name = "atlas9", version, after_help = EXAMPLES, propagate_version = true)]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

impl Args {
    /// What the command line says. Whatever is wrong with it is said, and ends the program with status 2.
    pub fn read() -> Args {
        let args = Args::parse();
        if let Some(wrong) = args.wrong() {
            Args::command().error(ErrorKind::ArgumentConflict, wrong).exit();
        }
        args
    }

    /// What no rule of a single argument can see.
    fn wrong(&self) -> Option<&'static str> {
        let explain = match &self.command {
            Command::Explain(explain) => Some(explain),
            _ => None,
        };
        let all = explain.is_some_and(|explain| explain.all);
        let out = explain.is_some_and(|explain| explain.out.is_some());
        match self.global.format.is_for_pages() {
            true if !all => Some("the formats html and markdown are those of `atlas9 explain --all`"),
            false if out => {
                Some("pages are those of `atlas9 explain --all` with `--format html` or `--format markdown`")
            }
            _ => None,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  atlas9 init shop               start a package in shop/
  atlas9 check                   parse, analyse, lint: what CI runs
  atlas9 generate                write server, migrations, OpenAPI and SDK
  atlas9 serve                   answer requests at once, on an embedded SQLite
  atlas9 explain E0101           what an error or a lint means, and what to do";

/// What holds for every command.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub struct Global {
    /// How findings are shown; all but text are one document on standard output.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Whether text is coloured; auto: on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
    /// Say nothing beside findings, results and where a server listens.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: each file that is written, each request that is served.
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// An array of findings.
    Json,
    /// A log that code scanning reads (SARIF 2.1.0).
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// A Code Quality report of GitLab.
    Gitlab,
    /// A JUnit report, which most CI systems show.
    Junit,
    /// Pages for browsers; `explain --all` alone.
    Html,
    /// Pages for repositories; `explain --all` alone.
    Markdown,
}

impl Format {
    /// True for what only documentation is made in.
    pub fn is_for_pages(self) -> bool {
        matches!(self, Format::Html | Format::Markdown)
    }
}

/// Whether text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a package that checks, generates and serves as it stands.
    #[command(after_help = "Examples:\n  atlas9 init shop\n  atlas9 init --template minimal .")]
    Init(Init),
    /// Parse, analyse, lint, and see that nothing generated is stale: what CI runs.
    #[command(
        after_help = "Examples:\n  atlas9 check\n  atlas9 check services/shop --format json\n  atlas9 check --today 2026-11-21 --fail-on warning"
    )]
    Check(Check),
    /// Look for what a schema may say but had better not, and fix it.
    #[command(
        after_help = "Examples:\n  atlas9 lint\n  atlas9 lint --fix --diff\n  atlas9 lint --since main --fail-on warning\n  atlas9 lint --write-baseline\n  atlas9 lint --allow all --warn security"
    )]
    Lint(Lint),
    /// Format .atlas files.
    #[command(
        after_help = "Examples:\n  atlas9 fmt\n  atlas9 fmt --check schema/\n  atlas9 fmt - < books.atlas"
    )]
    Fmt(Fmt),
    /// Write the server, migrations, OpenAPI and SDKs.
    #[command(
        after_help = "Examples:\n  atlas9 generate\n  atlas9 generate --only openapi --out /tmp/api\n  atlas9 generate --check\n  atlas9 generate --at 1.2.0 --out /tmp/api-1.2.0"
    )]
    Generate(Generate),
    /// Serve the API at once, on an embedded SQLite unless a database is named.
    #[command(
        after_help = "Examples:\n  atlas9 serve examples/bookstore\n  atlas9 serve --port 9000 --dev-token secret\n  atlas9 serve --database postgres://me@localhost/shop"
    )]
    Serve(Serve),
    /// Prepare the package of an SDK and have it checked; uploads nothing.
    #[command(
        after_help = "Examples:\n  atlas9 publish sdk-typescript --dry-run\n  atlas9 publish sdk-go examples/bookstore --dry-run --format json"
    )]
    Publish(Publish),
    /// Manage the API keys of a service's database.
    #[command(
        subcommand,
        after_help = "Examples:\n  atlas9 keys create --name ci --scope books_read --expires 90d\n  atlas9 keys list --database sqlite://bookstore.db\n  atlas9 keys revoke ra3zb5ch2iwt"
    )]
    Keys(Keys),
    /// Say what an error or a lint means, and what to do.
    #[command(
        after_help = "Examples:\n  atlas9 explain E0101\n  atlas9 explain float_money\n  atlas9 explain --all --format json"
    )]
    Explain(Explain),
    /// Print the resolved model as JSON.
    #[command(
        after_help = "Examples:\n  atlas9 ir | jq '.resources[].name'\n  atlas9 ir --at 1.2.0 > then.json\n  atlas9 ir --schema > ir.schema.json"
    )]
    Ir(Ir),
    /// Print the effective configuration and where each value comes from.
    #[command(after_help = "Example:\n  atlas9 config examples/bookstore")]
    Config(PackageArg),
    /// Print a completion script for a shell.
    #[command(after_help = "Example:\n  atlas9 completions zsh > ~/.zfunc/_atlas9")]
    Completions(Completions),
}

impl Command {
    /// True when findings are what the command is run for: then programs read them from standard output.
    pub fn finds(&self) -> bool {
        matches!(self, Command::Check(_) | Command::Lint(_) | Command::Fmt(_) | Command::Generate(_))
    }
}

/// The package.
#[derive(Clone, Debug, ClapArgs)]
pub struct PackageArg {
    /// A folder with an atlas.yaml; without it, the nearest one upward.
    #[arg(value_hint = clap::ValueHint::DirPath)]
    pub package: Option<PathBuf>,
}

/// `init`
#[derive(Debug, ClapArgs)]
pub struct Init {
    /// The folder; made where it is missing.
    #[arg(default_value = ".", value_hint = clap::ValueHint::DirPath)]
    pub dir: PathBuf,
    /// What to start from.
    #[arg(long, value_enum, default_value_t = Template::Bookstore)]
    pub template: Template,
}

/// What `init` starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Template {
    /// The bookstore of the documentation.
    Bookstore,
    /// One resource.
    Minimal,
}

/// `check`
#[derive(Debug, ClapArgs)]
pub struct Check {
    #[command(flatten)]
    pub package: PackageArg,
    /// The day that lints about sunset dates count from; without it, today in UTC.
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
    /// The least level that makes the exit status 1.
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
}

/// The least level that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    /// Lints fail nothing; a schema that cannot be read does.
    Never,
}

/// `lint`
#[derive(Debug, ClapArgs)]
pub struct Lint {
    #[command(flatten)]
    pub package: PackageArg,
    /// Make the changes that cannot alter what the API means to its clients.
    #[arg(long)]
    pub fix: bool,
    /// Make the changes too that somebody has to look at afterwards.
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Write nothing; show what --fix would change.
    #[arg(long)]
    pub diff: bool,
    /// Tell only what came since a revision of git: a commit, a branch or a tag.
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// The file of findings that are not told; without it, the one that atlas.yaml names, or .atlas9-baseline.yaml there.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,
    /// Add what is found to the baseline.
    #[arg(long, conflicts_with_all = ["diff", "since"])]
    pub write_baseline: bool,
    /// Take out of the baseline what is found no more.
    #[arg(long, conflicts_with = "diff")]
    pub prune_baseline: bool,
    /// The least level that makes the exit status 1.
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// The day that lints about sunset dates count from; without it, today in UTC.
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
    #[command(flatten)]
    pub levels: Levels,
}

/// Levels that win over those of `atlas.yaml`.
#[derive(Debug, ClapArgs)]
pub struct Levels {
    /// How much is asked where atlas.yaml sets no level: default, distributed, relaxed or strict.
    #[arg(long, value_parser = PossibleValuesParser::new(Profile::ALL.map(Profile::word)), hide_possible_values = true)]
    pub profile: Option<String>,
    /// Do not look for a lint, or those of a group or linter, or all; may be repeated, and the narrower name wins.
    #[arg(long, value_name = "NAME", value_parser = LintName, hide_possible_values = true)]
    pub allow: Vec<String>,
    /// Make its findings warnings.
    #[arg(long, value_name = "NAME", value_parser = LintName, hide_possible_values = true)]
    pub warn: Vec<String>,
    /// Make its findings errors.
    #[arg(long, value_name = "NAME", value_parser = LintName, hide_possible_values = true)]
    pub deny: Vec<String>,
}

/// A name behind `--allow`, `--warn` or `--deny`: shells complete those that are built in, and a package has others besides.
#[derive(Clone, Copy, Debug)]
struct LintName;

impl TypedValueParser for LintName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(lint_names().map(PossibleValue::new)))
    }
}

/// `fmt`
#[derive(Debug, ClapArgs)]
pub struct Fmt {
    /// Files and folders; `-` for standard input; without any, the nearest package.
    #[arg(value_hint = clap::ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Change nothing; show what would change, and fail if anything would.
    #[arg(long)]
    pub check: bool,
}

/// `generate`
#[derive(Debug, ClapArgs)]
pub struct Generate {
    #[command(flatten)]
    pub package: PackageArg,
    /// Run these emitters only.
    #[arg(long, value_name = "EMITTER", num_args = 1..)]
    pub only: Vec<String>,
    /// Write below this folder instead of the package.
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Write nothing; fail if anything is stale.
    #[arg(long, conflicts_with = "overwrite")]
    pub check: bool,
    /// Give up edits of generated files.
    #[arg(long)]
    pub overwrite: bool,
    /// The API as it was in this version of the service.
    ///
    /// What came later (`@added`) is left out, what was renamed later (`@renamed`) has its former name, and what was deprecated
    /// later is not deprecated yet. What the schema does not record is as it is now: bounds that were changed, and what is gone
    /// altogether, of which `reserved` keeps the name alone. Other packages stay as they are.
    #[arg(long, value_name = "VERSION")]
    pub at: Option<String>,
}

/// `serve`
#[derive(Clone, Debug, ClapArgs)]
pub struct Serve {
    #[command(flatten)]
    pub package: PackageArg,
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The address.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME`; without it, an SQLite file in the package's .atlas9 folder.
    #[arg(long, value_name = "URL", env = "ATLAS9_DATABASE_URL", hide_env_values = true)]
    pub database: Option<String>,
    /// A bearer token with every scope, may be repeated; without it, one is made and printed.
    ///
    /// Where rows belong to tenants (`@tenant`), TOKEN=TENANT says which one its caller is of. Without that it is
    /// 00000000-0000-0000-0000-000000000001, or for tenants of other types 1 or `development`.
    #[arg(long, value_name = "TOKEN", env = "ATLAS9_DEV_TOKEN", hide_env_values = true)]
    pub dev_token: Vec<String>,
    /// Do not watch the schema for changes.
    #[arg(long)]
    pub no_reload: bool,
}

/// `publish`
#[derive(Debug, ClapArgs)]
pub struct Publish {
    /// The emitter that makes the package: sdk-go, sdk-python, sdk-rust or sdk-typescript.
    pub emitter: String,
    #[command(flatten)]
    pub package: PackageArg,
    /// Say what would be uploaded: all that this command does.
    #[arg(long, required = true)]
    pub dry_run: bool,
    /// Prepare the package below this folder instead of the package's .atlas9 folder.
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub out: Option<PathBuf>,
}

/// `keys`
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Make a key, and print it this once.
    #[command(
        after_help = "Examples:\n  atlas9 keys create --name ci --scope books_read examples/bookstore\n  atlas9 keys create --database postgres://me@localhost/shop --name mobile --scope books_read --scope books_write --expires 90d"
    )]
    Create(CreateKey),
    /// List every key, those that are not accepted any more too; never the secrets.
    List(KeyDatabase),
    /// Refuse a key from now on.
    Revoke(RevokeKey),
}

/// Where the keys are.
#[derive(Debug, ClapArgs)]
pub struct KeyDatabase {
    #[command(flatten)]
    pub package: PackageArg,
    /// The service's database; without it, the one that `serve` keeps in the package's .atlas9 folder.
    #[arg(long, value_name = "URL", env = "ATLAS9_DATABASE_URL", hide_env_values = true)]
    pub database: Option<String>,
}

/// `keys create`
#[derive(Debug, ClapArgs)]
pub struct CreateKey {
    #[command(flatten)]
    pub database: KeyDatabase,
    /// What the key is for, up to 100 characters.
    #[arg(long, value_parser = label)]
    pub name: String,
    /// A scope that it allows; once for each. Checked where there is a package.
    #[arg(long, value_name = "SCOPE", value_parser = label)]
    pub scope: Vec<String>,
    /// The tenant whose rows it reaches.
    #[arg(long, value_parser = label)]
    pub tenant: Option<String>,
    /// The id that its requests are counted and logged under; without it, one of its own.
    #[arg(long, value_name = "ID", value_parser = label)]
    pub principal: Option<String>,
    /// How long it is accepted: 12h, 90d, 52w; without it, until it is revoked.
    #[arg(long, value_name = "TIME", value_parser = life)]
    pub expires: Option<Life>,
}

/// `keys revoke`
#[derive(Debug, ClapArgs)]
pub struct RevokeKey {
    /// The key's id, which stands between the first underscores of the key.
    pub id: String,
    #[command(flatten)]
    pub database: KeyDatabase,
}

/// A span of time in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life(pub i64);

/// Text that goes into logs and tables.
fn label(text: &str) -> Result<String, String> {
    let fits = (1..=100).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fits {
        Ok(text.to_owned())
    } else {
        Err("1 to 100 characters, none of them a control character".to_owned())
    }
}

fn life(text: &str) -> Result<Life, String> {
    let hours = [("h", 1), ("d", 24), ("w", 168)];
    let parts = hours.iter().find_map(|(unit, hours)| Some((text.strip_suffix(unit)?, hours)));
    let life =
        parts.and_then(|(count, hours)| count.parse::<u32>().ok().map(|count| i64::from(count) * hours));
    life.filter(|hours| *hours > 0)
        .and_then(|hours| hours.checked_mul(3_600_000_000))
        .map(Life)
        .ok_or_else(|| "a number of hours, days or weeks: 12h, 90d, 52w".to_owned())
}

/// `explain`
#[derive(Debug, ClapArgs)]
pub struct Explain {
    /// An error's code or a lint's name.
    #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "CODE|LINT")]
    pub name: Option<String>,
    /// Every error and every lint: a list, or with --format html or markdown all their pages.
    #[arg(long)]
    pub all: bool,
    /// Write the pages into this folder, a file each, instead of one document to standard output.
    #[arg(long, value_name = "DIR", requires = "all", value_hint = clap::ValueHint::DirPath)]
    pub out: Option<PathBuf>,
}

/// `ir`
#[derive(Debug, ClapArgs)]
pub struct Ir {
    #[command(flatten)]
    pub package: PackageArg,
    /// The model as it was in this version of the service; see `generate`.
    #[arg(long, value_name = "VERSION")]
    pub at: Option<String>,
    /// Print the JSON Schema of the model instead; no package is needed.
    #[arg(long, conflicts_with_all = ["package", "at"])]
    pub schema: bool,
}

/// `completions`
#[derive(Debug, ClapArgs)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
}
