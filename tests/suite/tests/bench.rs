//! The benchmark runs, and its workload is clean. Nothing is timed: what is shown depends on the machine.

use std::process::Command;

use atlas9_suite::command::{run, said};
use atlas9_suite::place::{atlas9, bench, load, programs, scratch};
use atlas9_suite::postgres;

const RESOURCES: &str = "20";

#[test]
fn the_workload_checks_clean_with_every_lint() {
    let folder = scratch("workload");
    run(Command::new(bench()).args(["write", RESOURCES]).arg(&folder));
    let checked = said(atlas9().args(["check", "--fail-on", "warning"]).arg(&folder));
    assert_eq!((checked.status, checked.out.as_str()), (0, ""), "{}", checked.err);
    // Three for each resource, the service and its error.
    assert_eq!(checked.err, "checked 6 files, 62 declarations: nothing to complain of\n");
}

#[test]
fn the_workload_is_formatted() {
    let folder = scratch("workload_formatted");
    run(Command::new(bench()).args(["write", RESOURCES]).arg(&folder));
    let formatted = said(atlas9().args(["fmt", "--check"]).arg(&folder));
    assert_eq!(formatted.status, 0, "{}{}", formatted.out, formatted.err);
}

#[test]
fn the_benchmark_prints_its_table() {
    let program = programs().0;
    let table = run(Command::new(bench())
        .args(["run", "--sizes", RESOURCES, "--runs", "1", "--atlas9"])
        .arg(program)
        .arg("--out")
        .arg(scratch("bench")));
    let rows: Vec<&str> = table.lines().collect();
    assert!(rows.iter().all(|row| row.matches('|').count() == 11), "{table}");
    assert!(rows.last().is_some_and(|row| row.starts_with("| 20 | 0.0 MB |")), "{table}");
}

/// What is compared is the same work: before it measures anything the comparison holds that both servers answer alike.
#[test]
fn the_server_written_by_hand_answers_alike() {
    let tables = run(Command::new(load())
        .args(["run", "--books", "400", "--rounds", "1", "--seconds", "0.05", "--connections", "2"])
        .args(["--loads", "0.5", "--postgres"])
        .arg(postgres::server()));
    let rows: Vec<&str> = tables.lines().filter(|line| line.starts_with("| ")).collect();
    // A head and six operations for each of two databases, with everything on and bare.
    assert_eq!(rows.len(), 28, "{tables}");
    assert!(rows.iter().all(|row| row.matches('|').count() == 9), "{tables}");
}
