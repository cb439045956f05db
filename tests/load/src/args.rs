//! The arguments.

use clap::{Parser, Subcommand, ValueEnum};

use crate::operation::Operation;

/// A generated server against a hand-written one that does the same work.
#[derive(Parser)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Compares both and prints tables.
    Run(Run),
    /// Serves with the generated server.
    Generated(Serve),
    /// Serves with the hand-written server.
    Handwritten(Serve),
}

#[derive(clap::Args)]
pub struct Run {
    /// A PostgreSQL server whose role may make databases, `postgres://me@localhost`; without it SQLite alone is measured.
    #[arg(long, env = "ATLAS9_POSTGRES")]
    pub postgres: Option<String>,
    /// Books in each database.
    #[arg(long, default_value_t = 50_000)]
    pub books: u32,
    /// How often each pair is measured, in turns.
    #[arg(long, default_value_t = 5)]
    pub rounds: usize,
    /// How long one measurement takes, in seconds.
    #[arg(long, default_value_t = 2.0)]
    pub seconds: f64,
    /// Connections at a time.
    #[arg(long, default_value_t = 16)]
    pub connections: usize,
    /// What is asked of both; everything if left out.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub operations: Vec<Operation>,
    /// Shares of what the slower of both can do at most, at which latency is measured.
    #[arg(long, value_delimiter = ',', default_values_t = [0.3, 0.6, 0.8])]
    pub loads: Vec<f64>,
}

impl Run {
    /// What is asked of both.
    pub fn operations(&self) -> Vec<Operation> {
        if self.operations.is_empty() {
            Operation::value_variants().to_vec()
        } else {
            self.operations.clone()
        }
    }
}

#[derive(clap::Args)]
pub struct Serve {
    /// The database, `sqlite://FILE` or `postgres://...`.
    #[arg(long)]
    pub database: String,
    /// Without authentication, rate limit, idempotency, limits and logs.
    #[arg(long)]
    pub bare: bool,
}

/// The token that both servers take.
pub const TOKEN: &str = "load-token";
