//! The parser: what it accepts, and the tree that comes out.

use crate::common::{BOOKSTORE, outline, rendered, tree};
use atlas9_diagnostics::{Diagnostic, FileId, codes};
use atlas9_syntax::ast::{Expr, ExprKind, File, ItemKind, Member, TypeBody};
use atlas9_syntax::parse;

fn check(source: &str) -> File {
    let (file, diagnostics) = parse(FileId(7), source);
    assert_eq!(diagnostics, [], "{}", rendered(source, &diagnostics));
    file
}

fn only_error(source: &str) -> Diagnostic {
    let (_, diagnostics) = parse(FileId(0), source);
    assert_eq!(diagnostics.len(), 1, "{}", rendered(source, &diagnostics));
    diagnostics.into_iter().next().expect("an error")
}

#[test]
fn reads_the_example() {
    let file = check(BOOKSTORE);
    assert_eq!(file.id, FileId(7));
    assert_eq!(file.namespace.expect("a namespace").docs.lines, ["Books, their authors and their reviews."]);
    assert_eq!(file.items.len(), 7);
}

#[test]
fn tells_names_in_order() {
    let shown = outline(&check(BOOKSTORE));
    let book = shown.lines().find(|line| line.starts_with("Book {")).expect("a book");
    assert_eq!(
        book,
        "Book { id, isbn, isbn10, title, author_id, price, status, published_at, summary, tags, supplier_note, \
         operations { list, get, create, update, delete, publish, retire, reprice }, rules { published_has_date }, \
         storage { index }, examples { dune } }"
    );
}

#[test]
fn accepts_line_ends_marks_and_tabs() {
    let plain = tree(BOOKSTORE);
    assert_eq!(plain, tree(&BOOKSTORE.replace('\n', "\r\n")));
    assert_eq!(plain, tree(&format!("\u{feff}{BOOKSTORE}")));
    assert_eq!(plain, tree(&BOOKSTORE.replace("    ", "\t")));
}

#[test]
fn places_end_where_their_text_ends() {
    let source = "type A {  // c\n    a: [string]   // c\n    b: int = 3  @x  // c\n\n}  // c\n";
    let file = check(source);
    let ItemKind::Type(declared) = &file.items[0].kind else { panic!("a type") };
    let TypeBody::Structure { members, .. } = &declared.body else { panic!("a structure") };
    let slices: Vec<&str> = members
        .iter()
        .filter_map(
            |member| if let Member::Field(field) = member { Some(&source[field.span.range()]) } else { None },
        )
        .collect();
    assert_eq!(slices, ["a: [string]", "b: int = 3  @x"]);
    assert!(source[file.items[0].span.range()].ends_with("@x  // c\n\n}"));
    assert_eq!(file.comments.len(), 4);
    assert!(file.comments.iter().all(|comment| !comment.own_line && comment.text == "// c"));
}

#[test]
fn applies_precedence() {
    let check = |source: &str, expected: &str| {
        let file = check(&format!("type A {{\n rules {{\n r: {source} \"t\"\n }}\n}}"));
        let ItemKind::Type(declared) = &file.items[0].kind else { panic!("a type") };
        let TypeBody::Structure { members, .. } = &declared.body else { panic!("a structure") };
        let Member::Rules(rules) = &members[0] else { panic!("rules") };
        assert_eq!(shape(&rules.entries[0].condition), expected, "{source}");
    };
    check("a or b and not c = 1 + 2", "(Or a (And b (Not (Equal c (Add 1 2)))))");
    check("a - b - c < d", "(Less (Subtract (Subtract a b) c) d)");
    check("not a and b", "(And (Not a) b)");
    check("-a + -1 in [b, c]", "(In (Add (Negate a) -1) [b c])");
    check("(a or b) and c.d", "(And ((Or a b)) c.d)");
}

fn shape(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Binary(operator, left, right) => format!("({operator:?} {} {})", shape(left), shape(right)),
        ExprKind::Unary(operator, operand) => format!("({operator:?} {})", shape(operand)),
        ExprKind::Group(inner) => format!("({})", shape(inner)),
        ExprKind::Path(path) => path.text(),
        ExprKind::Int(digits) => digits.clone(),
        ExprKind::List(items) => format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(" ")),
        other => format!("{other:?}"),
    }
}

#[test]
fn resolves_escapes() {
    let file = check(r#"enum A { a "q\" b\\ n\n t\t \u{e9}" }"#);
    let ItemKind::Enum(declared) = &file.items[0].kind else { panic!("an enum") };
    let text = declared.values[0].text.as_ref().expect("a text");
    assert_eq!(text.value, "q\" b\\ n\n t\t \u{e9}");
}

#[test]
fn limits_operators() {
    let chain =
        |operators: usize| format!("type A {{\n rules {{\n a: b{}\n }}\n}}", " or b".repeat(operators));
    check(&chain(64));
    assert_eq!(only_error(&chain(65)).code, codes::E0117.name);
    assert_eq!(only_error(&chain(100_000)).code, codes::E0117.name);
    assert_eq!(
        only_error(&format!("type A {{ a: int = {}1\n}}", "- ".repeat(100_000))).code,
        codes::E0117.name
    );
}
