//! The parser: the design's example, and the shape of its tree.

use atlas9_diagnostics::FileId;
use atlas9_syntax::ast::{ItemKind, Member};
use atlas9_syntax::parse;

const BOOKSTORE: &str = include_str!("bookstore.atlas");

#[test]
fn reads_the_example() {
    let (file, diagnostics) = parse(FileId(0), BOOKSTORE);
    assert_eq!(diagnostics, []);
    assert_eq!(file.items.len(), 7);
    assert_eq!(file.uses.len(), 3);
    let book = file.items.iter().find_map(|item| match &item.kind {
        ItemKind::Resource(book) if book.name.text == "Book" => Some(book),
        _ => None,
    });
    let fields = book.expect("a book").members.iter().filter(|member| matches!(member, Member::Field(_)));
    assert_eq!(fields.count(), 11);
}
