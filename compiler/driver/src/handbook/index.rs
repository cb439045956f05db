//! The index of a handbook, Markdown.

use std::collections::BTreeMap;

use atlas9_lints::{Group, find};

use crate::explain::{Explained, ExplainedKind};

/// What the handbook is called.
pub(super) const TITLE: &str = "Lints and errors of atlas9";

/// Lints by group, what they cover of others' rules, and errors.
pub(super) fn index(explained: &[Explained]) -> String {
    let (lints, errors): (Vec<_>, Vec<_>) =
        explained.iter().cloned().partition(|page| page.kind == ExplainedKind::Lint);
    format!(
        "# {TITLE}\n\n{} lints find what a schema may say but had better not; {} errors say what it cannot say.\n\n{}\n## Errors\n\n{}",
        lints.len(),
        errors.len(),
        self::lints(&lints),
        errors_table(&errors)
    )
}

/// The lints, a table for each group, and what they cover.
pub(super) fn lints(lints: &[Explained]) -> String {
    let groups = Group::ALL.into_iter().map(|group| section(group, lints)).collect::<String>();
    format!("## Lints\n\n{groups}{}", coverage(lints))
}

fn section(group: Group, lints: &[Explained]) -> String {
    let rows: String = lints.iter().filter(|lint| lint.group == Some(group.name())).map(row).collect();
    format!(
        "### {}\n\n{}\n\n| lint | level | fix | what is wrong | peers |\n| --- | --- | --- | --- | --- |\n{rows}\n",
        group.name(),
        group.summary()
    )
}

fn row(lint: &Explained) -> String {
    let peers: Vec<&str> = peers(lint).into_iter().map(|(peer, _)| peer).collect();
    format!(
        "| `{}` | {} | {} | {} | {} |\n",
        lint.name,
        lint.level,
        lint.fix.unwrap_or("none"),
        lint.summary.replace('|', "\\|"),
        if peers.is_empty() { "none".to_owned() } else { peers.join(", ") }
    )
}

fn peers(lint: &Explained) -> Vec<(&'static str, String)> {
    find(&lint.name).map(|lint| lint.peers()).unwrap_or_default()
}

/// Of each peer, which of its rules which lint covers.
fn coverage(lints: &[Explained]) -> String {
    let mut by_peer: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for lint in lints {
        for (peer, rules) in peers(lint) {
            let cell = format!("| {peer} | {} | `{}` |\n", rules.replace('|', "\\|"), lint.name);
            by_peer.entry(peer).or_default().push(cell);
        }
    }
    let alone = lints.iter().filter(|lint| peers(lint).is_empty()).count();
    let counts: String =
        by_peer.iter().map(|(peer, rows)| format!("| {peer} | {} |\n", rows.len())).collect();
    let rows: String = by_peer.values().flatten().map(String::as_str).collect();
    format!(
        "## Coverage\n\nHow many lints look for what a rule of another linter looks for. {alone} of {} have no counterpart in any of them.\n\n\
         | linter | lints |\n| --- | --- |\n{counts}\n| linter | rule | lint |\n| --- | --- | --- |\n{rows}",
        lints.len()
    )
}

fn errors_table(errors: &[Explained]) -> String {
    let rows =
        errors.iter().map(|error| format!("| `{}` | {} |\n", error.name, error.summary.replace('|', "\\|")));
    format!("| error | what is wrong |\n| --- | --- |\n{}", rows.collect::<String>())
}
