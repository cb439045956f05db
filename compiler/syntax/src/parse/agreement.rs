//! The readers and the grammar that explains what they do not read accept the same entries.

use atlas9_diagnostics::FileId;
use pest::Parser;

use super::Grammar;
use super::reader::Reader;
use super::shape::Shape;
use crate::scan::scan;

const SHAPES: [Shape; 10] = [
    Shape::Item,
    Shape::Member,
    Shape::ServiceMember,
    Shape::Value,
    Shape::Variant,
    Shape::Scope,
    Shape::Operation,
    Shape::Rule,
    Shape::Index,
    Shape::Example,
];

/// What is put in the place of one character of an entry.
const SLIPS: [&str; 16] =
    ["", " ", "\n", ":", ",", "=", "@", "?", "-", "->", "..", "(1)", "\"a\"", " in ", " x ", "///\n"];

/// What hardly any schema has.
const ODDITIES: &str = r#"
resource in Shelf {}
resource with Priced {}
resource with {}
resource in {}
singleton in {}
union by by by {}
union by {}
annotation on on on
annotation on on field
use a.b .*
use a.b.{}
use a . b
closed type A {}
closed union A by b {}
enum enum {}
type in = in
type A = ref Book
type A = ref
a: ref x = not not - -1
a: [ref X](1..)? = [1, 2,]
a: {string: {string: int}}(..=3)
a: decimal(10, 2, 0.01..)
a: b = 1..2
a: b = 2027-06-01 @c
a: b = 2027-06-1
a: b = 12m @c(1,)
a: b = 12y
a: b = 1 .5
a: b = c.d . e
a: b = {x: (y)} @c
a: b :
operations {}
rules rules
reserved: int
reserved a, b // why
reserved a b
reserved "a"
reserved
a -1
a not b, c: d per e
version "1" per
collection query a()
collection action a() -> b at GET "/c" public
query a(b: c,) requires d
list filter()
list soft soft() batch batch(c: 1) moves a b, c -> d else e.f(g: h) sets a.b: now, c: 1
list paginate
list moves a -> b
operation a(/// b
c: d)
a: b = c in [d] and not e or f <= g "h"
a: b != c < = d
a: b "c" "d"
unique (a.b, c,)
index ()
a {}
a { b: [c, {d: 1}], }
"#;

/// Whether a text is one entry, as the readers see it.
fn is_read(shape: Shape, text: &str) -> bool {
    let scan = scan(text);
    let mut reader = Reader::new(FileId::default(), text, &scan);
    let found = match shape {
        Shape::Item => reader.top().is_some(),
        Shape::Member => reader.member().is_some(),
        Shape::ServiceMember | Shape::ServiceOperation => reader.service_member().is_some(),
        Shape::Value | Shape::Scope => reader.one_of(shape, Reader::described).is_some(),
        Shape::Variant => reader.one_of(shape, Reader::variant).is_some(),
        Shape::Operation => reader.resource_operation().is_some(),
        Shape::Rule => reader.rule().is_some(),
        Shape::Index => reader.index().is_some(),
        Shape::Example => reader.example().is_some(),
    };
    found && reader.peek().is_none()
}

/// Schemas with every construct, broken ones, and the oddities.
const SCHEMAS: [&str; 7] = [
    include_str!("../../tests/syntax/bookstore.atlas"),
    include_str!("../../tests/syntax/constructs.atlas"),
    include_str!("../../tests/syntax/errors/calls.atlas"),
    include_str!("../../tests/syntax/errors/heads.atlas"),
    include_str!("../../tests/syntax/errors/service.atlas"),
    include_str!("../../tests/syntax/errors/unions.atlas"),
    ODDITIES,
];

/// Every run of one to five lines.
fn pieces(text: &str) -> impl Iterator<Item = String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let runs: Vec<String> =
        (1..=5).flat_map(|length| lines.windows(length).map(|run| run.join("\n"))).collect();
    runs.into_iter().filter(|piece| !piece.is_empty())
}

/// Tells whether an entry is read; none where its characters or brackets are wrong, which the grammar never sees.
fn check(shape: Shape, piece: &str) -> Option<bool> {
    let scan = scan(piece);
    if !scan.repaired.is_untouched() || !scan.flaws.places.is_empty() {
        return None;
    }
    let read = is_read(shape, piece);
    let accepted = Grammar::parse(shape.lone(), piece).is_ok();
    assert_eq!(read, accepted, "{shape:?}: read by hand, accepted by the grammar:\n{piece}");
    Some(read)
}

#[test]
fn the_grammar_accepts_what_is_read() {
    let (mut read, mut refused) = (0, 0);
    for (index, piece) in SCHEMAS.iter().flat_map(|text| pieces(text)).enumerate() {
        let at = piece.char_indices().nth(index % piece.chars().count()).map_or(0, |(at, _)| at);
        let (before, after) = piece.split_at(at);
        let rest = after.chars().next().map_or(after, |character| &after[character.len_utf8()..]);
        let slip = SLIPS[index % SLIPS.len()];
        for text in [piece.clone(), format!("{before}{slip}{rest}"), format!("{before}{slip}{after}")] {
            for shape in SHAPES {
                match check(shape, &text) {
                    Some(true) => read += 1,
                    Some(false) => refused += 1,
                    None => {}
                }
            }
        }
    }
    assert!(read > 500 && refused > 10_000, "{read} read, {refused} refused");
}
