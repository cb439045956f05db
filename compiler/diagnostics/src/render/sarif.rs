//! Findings as SARIF 2.1.0, which code scanning reads.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::uri::uri;
use super::{Page, Report};
use crate::{Diagnostic, Edit, Fix, Level, SourceMap, Span};

/// The folder that relative names start from, which is for the reader to know.
const ROOT: &str = "%SRCROOT%";

/// A log of one run. What is wrong with the schema is a result; what kept the run from looking at it, or has no place, is
/// a notification.
pub fn sarif(report: &Report<'_>) -> Value {
    let (results, notices): (Vec<_>, Vec<_>) =
        report.diagnostics.iter().partition(|each| is_result(report, each));
    let codes: BTreeSet<&str> =
        report.diagnostics.iter().map(|diagnostic| diagnostic.code.as_ref()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let mut fingerprints = Fingerprints::new(report.sources);
    let results: Vec<Value> = results
        .into_iter()
        .map(|each| result(report.sources, each, index(&codes, each), &fingerprints.of(each)))
        .collect();
    let notices: Vec<Value> =
        notices.into_iter().map(|each| notification(report.sources, each, index(&codes, each))).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "atlas9",
                "semanticVersion": report.version,
                "informationUri": "https://github.com/atlas9/atlas9",
                "rules": codes.iter().map(|code| rule(code, (report.page)(code))).collect::<Vec<_>>(),
            }},
            "invocations": [{
                "executionSuccessful": report.status < 2,
                "exitCode": report.status,
                "toolExecutionNotifications": notices,
            }],
            "originalUriBaseIds": {ROOT: {"description": {"text": "The top of the repository, or the folder that atlas9 ran in."}}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn is_result(report: &Report<'_>, diagnostic: &Diagnostic) -> bool {
    let stopped = report.status >= 2 && diagnostic.level == Level::Error;
    diagnostic.span.is_some() || (diagnostic.path.is_some() && !stopped)
}

fn index(codes: &[&str], diagnostic: &Diagnostic) -> usize {
    codes.iter().position(|code| *code == diagnostic.code).unwrap_or_default()
}

fn rule(code: &str, page: Option<Page>) -> Value {
    // A lint of a program outside has no page here.
    let Some(page) = page else { return json!({"id": code}) };
    json!({
        "id": code,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.summary},
        "help": {"text": plain(&page.text), "markdown": page.text},
        "defaultConfiguration": {"level": page.level.word()},
        "properties": {"tags": [page.group]},
    })
}

fn result(sources: &SourceMap, diagnostic: &Diagnostic, rule: usize, fingerprint: &str) -> Value {
    let mut object = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.level.word(),
        "message": message(&with_help(diagnostic)),
        "locations": [location(sources, diagnostic)],
        "partialFingerprints": {"atlas9/v1": fingerprint},
    });
    let related: Vec<Value> = diagnostic
        .labels
        .iter()
        .filter_map(|label| {
            Some(json!({"physicalLocation": physical(sources, label.span)?, "message": message(&label.text)}))
        })
        .collect();
    if !related.is_empty() {
        object["relatedLocations"] = json!(related);
    }
    if let Some(fix) = diagnostic.fix.as_ref().and_then(|each| fix(sources, each)) {
        object["fixes"] = json!([fix]);
    }
    object
}

fn notification(sources: &SourceMap, diagnostic: &Diagnostic, rule: usize) -> Value {
    let mut object = json!({
        "descriptor": {"id": diagnostic.code},
        "associatedRule": {"id": diagnostic.code, "index": rule},
        "level": diagnostic.level.word(),
        "message": message(&with_help(diagnostic)),
    });
    if diagnostic.path.is_some() {
        object["locations"] = json!([location(sources, diagnostic)]);
    }
    object
}

fn with_help(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

fn message(text: &str) -> Value {
    json!({"text": plain(text)})
}

/// A plain text. `[T](..=9)` would be read as a link, which only a bracket right before a parenthesis makes.
fn plain(text: &str) -> String {
    text.replace("](", "] (")
}

fn location(sources: &SourceMap, diagnostic: &Diagnostic) -> Value {
    let of_span = diagnostic.span.and_then(|span| physical(sources, span));
    let place = of_span.unwrap_or_else(
        || json!({"artifactLocation": artifact(diagnostic.path.as_deref().unwrap_or("atlas.yaml"))}),
    );
    let mut location = json!({"physicalLocation": place});
    if let Some(symbol) = &diagnostic.symbol {
        location["logicalLocations"] = json!([{"fullyQualifiedName": symbol}]);
    }
    location
}

fn physical(sources: &SourceMap, span: Span) -> Option<Value> {
    let file = sources.get(span.file)?;
    Some(json!({"artifactLocation": artifact(file.name()), "region": region(sources, span)?}))
}

fn artifact(name: &str) -> Value {
    match name.starts_with('/') {
        true => json!({"uri": uri(name)}),
        false => json!({"uri": uri(name), "uriBaseId": ROOT}),
    }
}

fn region(sources: &SourceMap, span: Span) -> Option<Value> {
    let file = sources.get(span.file)?;
    let (start, end) = (file.position(span.start as usize), file.position(span.end as usize));
    Some(json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    }))
}

fn fix(sources: &SourceMap, fix: &Fix) -> Option<Value> {
    let files: BTreeSet<_> = fix.edits.iter().map(|edit| edit.span.file).collect();
    let changes: Option<Vec<Value>> = files
        .into_iter()
        .map(|file| {
            let edits = fix.edits.iter().filter(|edit| edit.span.file == file);
            let replacements: Option<Vec<Value>> = edits.map(|edit| replacement(sources, edit)).collect();
            Some(json!({"artifactLocation": artifact(sources.get(file)?.name()), "replacements": replacements?}))
        })
        .collect();
    let what = if fix.safe { "The same meaning for clients." } else { "This may change what clients see." };
    Some(json!({"description": {"text": what}, "artifactChanges": changes?}))
}

fn replacement(sources: &SourceMap, edit: &Edit) -> Option<Value> {
    Some(json!({"deletedRegion": region(sources, edit.span)?, "insertedContent": {"text": edit.text}}))
}
