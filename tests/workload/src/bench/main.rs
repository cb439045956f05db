//! The benchmark of `atlas9 check`: how long each phase takes, how much memory the process needs, and how both grow.

mod args;
mod compile;
mod measure;
mod pages;
mod phases;
mod sdks;
mod table;

use std::path::Path;
use std::process::ExitCode;

use atlas9_workload::Files;
use clap::Parser;
use mimalloc::MiMalloc;

use args::{Args, Command, Run, Target};
use measure::{Measured, Program};
use phases::Phases;
use table::{Peer, Row};

/// That of `atlas9`, so that its phases take as long here.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Run(run) => benchmark(&run),
        Command::Write(write) => workload(write.target, write.resources).write(&write.folder).map_err(text),
        Command::Compile(compile) => compile::run(&compile),
        Command::Sdks(sdks) => sdks::run(&sdks),
        Command::Phases { folder, runs } => phases::print(&folder, runs),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("bench: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn workload(target: Target, resources: usize) -> Files {
    match target {
        Target::Atlas => Files::atlas(resources),
        Target::Proto => Files::proto(resources),
    }
}

fn benchmark(run: &Run) -> Result<(), String> {
    let mut rows = Vec::new();
    let mut peers = Vec::new();
    for resources in &run.sizes {
        rows.push(row(run, *resources)?);
        if let Some(buf) = &run.buf {
            peers.push(Peer { resources: *resources, measured: lint(run, buf, *resources)? });
        }
    }
    print!("{}", table::own(&rows));
    if run.buf.is_some() {
        print!("\n{}", table::against(&rows, &peers));
    }
    Ok(())
}

fn row(run: &Run, resources: usize) -> Result<Row, String> {
    let folder = run.out.join(format!("atlas-{resources}"));
    let files = Files::atlas(resources);
    files.write(&folder).map_err(text)?;
    let check = Program::new(&run.atlas9).args(["check", "--quiet", "--fail-on", "warning"]).arg(&folder);
    let whole = check.measured(run.runs)?;
    let bench = std::env::current_exe().map_err(text)?;
    let phases = Program::new(&bench).arg("phases").arg(&folder).arg(run.runs.to_string());
    Ok(Row { resources, bytes: files.bytes(), phases: Phases::parse(&phases.output()?)?, whole })
}

/// One run after another in the same folder, so that neither finds more in the cache than the other.
fn lint(run: &Run, buf: &Path, resources: usize) -> Result<Measured, String> {
    let folder = run.out.join(format!("proto-{resources}"));
    Files::proto(resources).write(&folder).map_err(text)?;
    // It takes seconds, so that few runs are enough.
    Program::new(buf).arg("lint").arg(&folder).measured(run.runs.min(3))
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
