//! Words and signs that are none of the language's, or stand where they mean nothing.

use atlas9_diagnostics::{Code, Diagnostic, Span, codes, nearest};

use super::Rule;
use super::shape::{BLOCKS, CLAUSE_STARTS, CLAUSES, SERVICE, Shape};
use super::trouble::Trouble;
use crate::scan::{Token, TokenKind};

/// A word that is none of those that can stand at its place.
pub(super) fn unknown_word(trouble: &Trouble<'_>, place: impl Fn(Token) -> Span) -> Option<Diagnostic> {
    let first = trouble.first().filter(|token| token.kind == TokenKind::Word);
    let word = trouble.text(first);
    if let (Some((known, what, code)), Some(first)) = (trouble.shape.keywords(), first)
        && !known.contains(&word)
    {
        return Some(misspelt(trouble, word, place(first), what, known, code));
    }
    match (trouble.shape, first) {
        (Shape::Member, Some(first)) if trouble.second_word() == "{" && !BLOCKS.contains(&word) => {
            return Some(misspelt(trouble, word, place(first), "a block", BLOCKS, codes::E0116));
        }
        (shape @ (Shape::ServiceMember | Shape::ServiceOperation), Some(first))
            if word != "operation"
                && (shape == Shape::ServiceOperation || is_nearly_service(trouble, word)) =>
        {
            let what = "an entry of a service";
            return Some(misspelt(trouble, word, place(first), what, SERVICE, codes::E0116));
        }
        _ => {}
    }
    let found = trouble.found.filter(|token| token.kind == TokenKind::Word)?;
    let word = trouble.text(Some(found));
    (trouble.expects(Rule::clause) && !CLAUSES.contains(&word))
        .then(|| misspelt(trouble, word, place(found), "a clause", CLAUSE_STARTS, codes::E0115))
}

/// `operaton login(`: two words, and the first is hardly a setting.
fn is_nearly_service(trouble: &Trouble<'_>, word: &str) -> bool {
    let second = trouble.behind(trouble.first());
    second.is_some_and(|token| token.kind == TokenKind::Word)
        && nearest(word, SERVICE.iter().copied()).is_some()
}

fn misspelt(
    trouble: &Trouble<'_>,
    word: &str,
    place: Span,
    what: &str,
    known: &'static [&'static str],
    code: Code,
) -> Diagnostic {
    let all = known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let help = match nearest(word, trouble.shape.candidates(known).iter().copied()) {
        _ if word.starts_with("operation") && trouble.shape == Shape::ServiceOperation => {
            "write `operation`, a space and a name".to_owned()
        }
        _ if word == "operation" => {
            "an `operation` belongs to the service; on one item it is an `action`, on all of them a `collection action`"
                .to_owned()
        }
        _ if trouble.shape == Shape::Item && elsewhere(word).is_some() => {
            format!("here it is called `{}`", elsewhere(word).unwrap_or_default())
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{what} begins with one of {all}"),
    };
    Diagnostic::error(code, format!("`{word}` does not begin {what}")).at(place, "unknown word").help(help)
}

/// What begins a declaration here that begins with this word in other languages of schemas.
pub(super) fn elsewhere(word: &str) -> Option<&'static str> {
    Some(match word {
        "import" | "include" => "use",
        "package" | "module" => "namespace",
        "model" | "entity" | "table" => "resource",
        "struct" | "structure" | "object" | "record" | "interface" | "scalar" | "input" => "type",
        "trait" | "abstract" => "mixin",
        "exception" => "error",
        _ => return None,
    })
}

/// Whether the word takes in names, here or in another language.
pub(super) fn is_use(word: &str) -> bool {
    word == "use" || elsewhere(word) == Some("use")
}

/// A reserved name where none can be reserved.
pub(super) fn reserved_scope(trouble: &Trouble<'_>, place: impl Fn(Token) -> Span) -> Option<Diagnostic> {
    let first = trouble.first().filter(|_| trouble.shape == Shape::Scope)?;
    (trouble.text(Some(first)) == "reserved").then(|| {
        Diagnostic::error(codes::E0126, "scopes cannot be reserved")
            .at(place(first), "not among scopes")
            .help("remove the line: a scope that nobody requires any more can be given again")
    })
}

/// Signs that other languages have.
pub(super) fn foreign_operator(trouble: &Trouble<'_>, place: impl Fn(Token) -> Span) -> Option<Diagnostic> {
    let found = trouble.found?;
    let (sign, first, help) = match (trouble.text(trouble.before), trouble.text(Some(found))) {
        ("=", "=") => ("==", trouble.before?, "equality is written with one `=`"),
        (before, "!") if !before.is_empty() => {
            ("!", found, "the negation of a condition is written `not`, of an equality `!=`")
        }
        _ => return None,
    };
    let diagnostic = Diagnostic::error(codes::E0127, format!("`{sign}` is no operator of the language"));
    Some(diagnostic.at(place(first).to(place(found)), "not understood").help(help))
}
