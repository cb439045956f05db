//! Declared errors: kind, code, fields, and a message that names them.

use std::ops::Range;

use atlas9_diagnostics::{Diagnostic, Span, codes};
use atlas9_ir::{ErrorDecl, ErrorKind, Scalar};
use atlas9_syntax::ast::{self, ItemKind, Member, Name, Text};
use foldhash::HashMap;
use heck::ToSnakeCase;

use crate::annotations::{self, Place};
use crate::blocks;
use crate::context::{At, Cx, did_you_mean, listed};
use crate::docs::docs;
use crate::fields::{self, Owner};
use crate::model::{Plain, Shape, Types};
use crate::names::{Symbol, SymbolId};

/// An error with its fields; they move into the declaration at the end.
pub(crate) struct Entry {
    pub decl: ErrorDecl,
    pub shape: Shape,
}

/// Reads every error: the package's, then the standard ones.
pub(crate) fn declare(cx: &Cx<'_>, types: &Types) -> Vec<Entry> {
    let entries: Vec<Entry> = cx.ids.errors.iter().filter_map(|id| entry(cx, types, *id)).collect();
    let mut codes: HashMap<&str, &ErrorDecl> = HashMap::default();
    for entry in entries.iter().rev() {
        if let Some(first) = codes.insert(&entry.decl.code, &entry.decl) {
            same_code(cx, first, &entry.decl);
        }
    }
    entries
}

/// Clients tell errors apart by code. `first` is the later one in the order: another package's, the standard one, or the second of
/// two.
fn same_code(cx: &Cx<'_>, first: &ErrorDecl, second: &ErrorDecl) {
    if first.namespace == second.namespace && first.name == second.name {
        return;
    }
    let (at, other) = if cx.names.owns(&first.namespace) { (first, second) } else { (second, first) };
    cx.report(
        Diagnostic::error(codes::E0503, format!("two errors have the code `{}`", at.code))
            .at(at.span, format!("its code is `{}`", at.code))
            .and(other.span, "and so is this one's")
            .help("rename it to what is special about it, or use the other one"),
    );
}

fn entry(cx: &Cx<'_>, types: &Types, id: SymbolId) -> Option<Entry> {
    let symbol = cx.names.get(id);
    let ItemKind::Error(ast) = &symbol.item.kind else { return None };
    let at = At { cx, types, file: symbol.file };
    let noted = annotations::declaration(at, Place::Error, &symbol.item.annotations, symbol.item.span);
    let namespace = &cx.names.namespaces[symbol.namespace];
    annotations::replacement_exists(at, noted.replacement.as_ref(), |name| cx.names.beside(namespace, name));
    blocks::once(at, &ast.members);
    let mut shape = Shape::new(&ast.name.text);
    fields::members(at, Owner::Error, &ast.members, &mut shape);
    fields::replacements(at, &shape);
    fields::defaults(at, Owner::Error, &ast.members, &mut shape);
    let (message, remedy) = texts(at, ast, &shape);
    let head = head(at, symbol, ast, message, remedy);
    let decl = ErrorDecl {
        deprecated: noted.deprecated,
        history: noted.history,
        names: noted.names,
        annotations: noted.annotations,
        ..head
    };
    Some(Entry { decl, shape })
}

fn head(
    at: At<'_, '_>,
    symbol: &Symbol<'_>,
    ast: &ast::ErrorDecl,
    message: String,
    remedy: String,
) -> ErrorDecl {
    ErrorDecl {
        name: ast.name.text.clone(),
        code: ast.name.text.to_snake_case(),
        namespace: at.cx.names.namespaces[symbol.namespace].path.clone(),
        docs: docs(&symbol.item.docs),
        span: ast.name.span,
        kind: kind(at, &ast.kind),
        message,
        remedy,
        fields: Vec::new(),
        deprecated: None,
        history: atlas9_ir::History::default(),
        names: atlas9_ir::TargetNames::default(),
        annotations: Vec::new(),
        reserved: Vec::new(),
    }
}

fn kind(at: At<'_, '_>, word: &Name) -> ErrorKind {
    let words = || ErrorKind::ALL.into_iter().map(ErrorKind::word);
    let found = ErrorKind::ALL.into_iter().find(|kind| kind.word() == word.text);
    if found.is_none() {
        let help = did_you_mean(&word.text, words(), || format!("the kinds are {}", listed(words(), "and")));
        at.report(
            Diagnostic::error(codes::E0501, format!("there is no kind of error called `{}`", word.text))
                .at(word.span, "not known")
                .help(help),
        );
    }
    found.unwrap_or(ErrorKind::Internal)
}

/// The message and the remedy.
fn texts(at: At<'_, '_>, ast: &ast::ErrorDecl, shape: &Shape) -> (String, String) {
    let (mut message, mut remedy) = (None, None);
    let mut broken = false;
    for member in &ast.members {
        match member {
            Member::Text(text) => match text.name.text.as_str() {
                "message" => {
                    placeholders(at, &text.text, shape);
                    message = Some(text.text.value.clone());
                }
                "remedy" => remedy = Some(text.text.value.clone()),
                other => {
                    broken = true;
                    unknown_text(at, other, text.name.span);
                }
            },
            Member::Broken(..) => broken = true,
            _ => {}
        }
    }
    if message.is_none() && !broken {
        at.report(
            Diagnostic::error(codes::E0506, format!("`{}` has no message", ast.name.text))
                .at(ast.name.span, "what would its reader be told?")
                .help("add `message \"...\"`: one sentence for whoever gets the error"),
        );
    }
    (message.unwrap_or_default(), remedy.unwrap_or_default())
}

fn unknown_text(at: At<'_, '_>, word: &str, span: Span) {
    let help = did_you_mean(word, ["message", "remedy"], || "there are `message` and `remedy`".to_owned());
    at.report(
        Diagnostic::error(codes::E0401, format!("an error has no `{word}`")).at(span, "not known").help(help),
    );
}

/// Every `{name}` of the message is a field that can be shown in a sentence.
fn placeholders(at: At<'_, '_>, text: &Text, shape: &Shape) {
    let mut done = 0;
    while let Some(open) = text.value.get(done..).and_then(|rest| rest.find(['{', '}'])) {
        let start = done + open;
        let tail = text.value.get(start..).unwrap_or_default();
        let name = tail.strip_prefix('{').and_then(|tail| tail.split_once('}')).map(|(name, _)| name);
        let Some(name) = name.filter(|name| is_word(name)) else {
            let help = "braces hold the name of a field, such as `{book_id}`";
            report(at, text, start..start + 1, "a brace stands alone", help);
            return;
        };
        done = start + name.len() + 2;
        placeholder(at, text, start..done, name, shape);
    }
}

fn placeholder(at: At<'_, '_>, text: &Text, range: Range<usize>, name: &str, shape: &Shape) {
    let Some(field) = shape.get(name) else {
        if !shape.may_have(name) {
            let help = at.cx.sink.did_you_mean(name, shape.names(), || {
                format!("declare it: add `{name}: string` or the like")
            });
            report(
                at,
                text,
                range,
                &format!("the message names `{name}`, but the error has no such field"),
                &help,
            );
        }
        return;
    };
    at.means_in_text(at.cx.part(text, range.start + 1..range.end - 1), field);
    if let Some((
        Plain::List(..)
        | Plain::Map(..)
        | Plain::Structure(..)
        | Plain::Union(_)
        | Plain::Scalar(Scalar::Json),
        _,
    )) = at.types.plain(&field.ty)
    {
        let help = "name a field with a single value";
        report(at, text, range, &format!("`{name}` cannot be shown in a sentence"), help);
    }
}

fn is_word(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Points at a part of the text, or at the whole text where escapes hide where that part is.
fn report(at: At<'_, '_>, text: &Text, part: Range<usize>, message: &str, help: &str) {
    let span = at.cx.part(text, part);
    at.report(Diagnostic::error(codes::E0502, message).at(span, "not understood").help(help));
}
