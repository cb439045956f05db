//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Measures `atlas9 check` on packages of different sizes.
#[derive(Debug, Parser)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Measure, and print a table.
    Run(Run),
    /// Write the workload into a folder, which is emptied first.
    Write(Write),
    /// Measure how long a generated server takes to compile, and print a table.
    Compile(Compile),
    /// Measure the SDKs beside clients written by hand, and print a table.
    Sdks(Sdks),
    /// Print how long each phase takes in this process.
    Phases { folder: PathBuf, runs: usize },
}

/// What to measure.
#[derive(Debug, ClapArgs)]
pub struct Run {
    /// The `atlas9` program.
    #[arg(long)]
    pub atlas9: PathBuf,
    /// The `buf` program, to compare with.
    #[arg(long)]
    pub buf: Option<PathBuf>,
    /// The folder to write packages into.
    #[arg(long)]
    pub out: PathBuf,
    /// How many resources the packages have.
    #[arg(long, value_delimiter = ',', default_values_t = [100, 1000, 10_000])]
    pub sizes: Vec<usize>,
    /// How often each is measured; the median is told.
    #[arg(long, default_value_t = 11)]
    pub runs: usize,
}

/// What to compile.
#[derive(Debug, ClapArgs)]
pub struct Compile {
    /// The top of this repository.
    #[arg(long, default_value = ".")]
    pub repository: PathBuf,
    /// The folder to write packages into, and to build in.
    #[arg(long)]
    pub out: PathBuf,
    /// How many resources the servers have.
    #[arg(long, value_delimiter = ',', default_values_t = [10, 100, 1000])]
    pub sizes: Vec<usize>,
    /// How often each is measured; the median is told.
    #[arg(long, default_value_t = 3)]
    pub runs: usize,
}

/// Which programs to run.
#[derive(Debug, ClapArgs)]
pub struct Sdks {
    /// Where `tests/speed/build` has built them.
    #[arg(long)]
    pub programs: PathBuf,
    /// How many pages are read.
    #[arg(long, default_value_t = 200)]
    pub pages: usize,
    /// How often each is measured; the median is told.
    #[arg(long, default_value_t = 7)]
    pub runs: usize,
}

/// What to write.
#[derive(Debug, ClapArgs)]
pub struct Write {
    /// How many resources.
    pub resources: usize,
    /// Where.
    pub folder: PathBuf,
    /// In which language.
    #[arg(long, value_enum, default_value_t = Target::Atlas)]
    pub target: Target,
}

/// The languages of the workload.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Target {
    Atlas,
    Proto,
}
