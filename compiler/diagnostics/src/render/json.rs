//! Findings as JSON: an array in the form that the command line documents.

use serde_json::{Value, json};

use crate::{Diagnostic, SourceMap, Span};

/// An array of findings, each `{code, level, message, file, line, column, end_line, end_column, symbol, labels, help,
/// fix}`. Lines and columns count from 1; what is unknown is `null`.
pub fn json(sources: &SourceMap, diagnostics: &[Diagnostic]) -> Value {
    diagnostics.iter().map(|diagnostic| finding(sources, diagnostic)).collect()
}

fn finding(sources: &SourceMap, diagnostic: &Diagnostic) -> Value {
    let mut object = json!({
        "code": diagnostic.code,
        "level": diagnostic.level.word(),
        "message": diagnostic.message,
        "symbol": diagnostic.symbol,
        "labels": diagnostic.labels.iter().map(|label| with_place(sources, label.span, json!({"text": label.text}))).collect::<Vec<_>>(),
        "help": diagnostic.help,
        "fix": diagnostic.fix.as_ref().map(|fix| json!({
            "safe": fix.safe,
            "edits": fix.edits.iter().map(|edit| with_place(sources, edit.span, json!({"text": edit.text}))).collect::<Vec<_>>(),
        })),
    });
    if let Some(span) = diagnostic.span {
        return with_place(sources, span, object);
    }
    object["file"] = json!(diagnostic.path);
    for key in ["line", "column", "end_line", "end_column"] {
        object[key] = Value::Null;
    }
    object
}

fn with_place(sources: &SourceMap, span: Span, mut object: Value) -> Value {
    let Some(file) = sources.get(span.file) else { return object };
    let (start, end) = (file.position(span.start as usize), file.position(span.end as usize));
    object["file"] = json!(file.name());
    object["line"] = json!(start.line);
    object["column"] = json!(start.column);
    object["end_line"] = json!(end.line);
    object["end_column"] = json!(end.column);
    object
}
