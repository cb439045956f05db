//! The words of a name, found without making another one.

use crate::option::Words;

/// Words that are their own plural. Sorted.
pub(crate) const SAME: &[&str] = &[
    "aircraft",
    "data",
    "deer",
    "equipment",
    "feedback",
    "fish",
    "hardware",
    "information",
    "inventory",
    "media",
    "metadata",
    "money",
    "news",
    "series",
    "sheep",
    "software",
    "species",
    "staff",
];

/// Words in `ie`, whose plurals look like those of words in `y`.
const IN_IE: &[&str] = &["brownie", "calorie", "cookie", "genie", "hoodie", "movie", "selfie", "zombie"];

/// A word of a name, and where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    pub start: usize,
    pub text: &'a str,
}

impl Word<'_> {
    /// Where it ends.
    pub fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// True for that word in any case.
    pub fn is(self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// True for one of some words in any case. Those of a lint's own are sorted.
    pub fn is_one_of<'w>(self, words: impl Into<Words<'w>>) -> bool {
        match words.into() {
            Words::Own(own) => contains(own, self.text),
            Words::Given(given) => given.iter().any(|word| self.is(word)),
        }
    }
}

/// True for one of some sorted words, whatever its case.
pub(crate) fn contains(sorted: &[&str], word: &str) -> bool {
    debug_assert!(sorted.is_sorted(), "{sorted:?}");
    // Nearly every word is in small letters.
    if !word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return sorted.binary_search(&word).is_ok();
    }
    sorted.binary_search_by(|own| own.bytes().cmp(word.bytes().map(|byte| byte.to_ascii_lowercase()))).is_ok()
}

/// The words of a name in any casing: `page_count`, `PageCount` and `pageCount` have two, `HTTPServer` too.
pub(crate) fn words(name: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += name.get(at..)?.bytes().take_while(|byte| *byte == b'_').count();
        let start = at;
        let bytes = name.as_bytes();
        while bytes.get(at).is_some_and(|byte| *byte != b'_') && (at == start || !begins(bytes, at)) {
            at += 1;
        }
        let text = name.get(start..at)?;
        (!text.is_empty()).then_some(Word { start, text })
    })
}

/// True where a capital begins a word: behind a small letter or a digit, or before a small letter as in `HTTPServer`.
fn begins(bytes: &[u8], at: usize) -> bool {
    let is = |at: usize, test: fn(&u8) -> bool| bytes.get(at).is_some_and(test);
    is(at, u8::is_ascii_uppercase)
        && (!is(at - 1, u8::is_ascii_uppercase) || is(at + 1, u8::is_ascii_lowercase))
}

/// The last word.
pub(crate) fn last(name: &str) -> Option<Word<'_>> {
    words(name).last()
}

/// What is left of a name behind the words of another one, in whichever casing each of them is: `title` of `book_title` and `Book`.
pub(crate) fn behind<'a>(name: &'a str, front: &str) -> Option<&'a str> {
    let mut own = words(name);
    if !words(front).all(|word| own.next().is_some_and(|next| next.is(word.text))) {
        return None;
    }
    name.get(own.next()?.start..)
}

/// A name with another word in the place of one of its own, which keeps its capital.
pub(crate) fn replaced(name: &str, word: Word<'_>, by: &str) -> String {
    let (before, after) = (&name[..word.start], &name[word.end()..]);
    let capital = word.text.starts_with(|letter: char| letter.is_ascii_uppercase());
    let by: String = match capital {
        true => words(by).map(|word| capitalised(word.text)).collect(),
        false => by.to_owned(),
    };
    format!("{before}{by}{after}")
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1.min(word.len()));
    format!("{}{rest}", first.to_ascii_uppercase())
}

/// The singular of a regular English plural in small letters; nothing for what does not look like one, or like that of several words.
pub(crate) fn singular(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s').filter(|_| !SAME.contains(&word))?;
    let ends = |with: &[&str]| with.iter().any(|end| stem.ends_with(end));
    // `class`, `menus`, `axis`; `uses` or `buses`, `shelves` or `curves`, `heroes` or `shoes`, `niches` or `sandwiches`.
    if stem.len() < 2 || ends(&["s", "u", "i", "use", "ve", "oe", "iche", "zze"]) {
        return None;
    }
    let ie = stem.strip_suffix("ie").filter(|stem| {
        stem.len() > 1 && !IN_IE.iter().any(|word| stem.len() + 2 == word.len() && word.starts_with(stem))
    });
    if let Some(stem) = ie {
        return Some(format!("{stem}y"));
    }
    let cache = ends(&["ache"]) && !ends(&["oache", "eache"]);
    let long = ends(&["sse", "xe", "che", "she"]) && !cache;
    Some(if long { stem[..stem.len() - 1].to_owned() } else { stem.to_owned() })
}

/// The plural of a regular English word.
pub(crate) fn plural(word: &str) -> String {
    let vowel = |stem: &str| stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    match word.strip_suffix('y').filter(|stem| !vowel(stem) && !stem.is_empty()) {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        None => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names() {
        let check = |name: &str, expected: &[&str]| {
            assert_eq!(words(name).map(|word| word.text).collect::<Vec<_>>(), expected, "{name}");
        };
        check("page_count", &["page", "count"]);
        check("PageCount", &["Page", "Count"]);
        check("HTTPServer2Go", &["HTTP", "Server2", "Go"]);
        check("__page__count_", &["page", "count"]);
        check("address_line_2", &["address", "line", "2"]);
        check("_", &[]);
        check("", &[]);
    }

    #[test]
    fn what_stands_behind_a_name() {
        let check =
            |name: &str, front: &str, expected: Option<&str>| assert_eq!(behind(name, front), expected);
        check("book_title", "Book", Some("title"));
        check("order_line_number", "OrderLine", Some("number"));
        check("booking_title", "Book", None);
        check("book", "Book", None);
        check("title", "Book", None);
    }

    #[test]
    fn singulars_and_plurals() {
        let check =
            |word: &str, expected: Option<&str>| assert_eq!(singular(word).as_deref(), expected, "{word}");
        check("books", Some("book"));
        check("categories", Some("category"));
        check("movies", Some("movie"));
        check("pies", Some("pie"));
        check("boxes", Some("box"));
        check("branches", Some("branch"));
        check("caches", Some("cache"));
        check("beaches", Some("beach"));
        check("addresses", Some("address"));
        check("houses", None);
        check("series", None);
        check("status", None);
        check("address", None);
        check("shelves", None);
        assert_eq!(
            ["book", "category", "day", "box", "address"].map(plural),
            ["books", "categories", "days", "boxes", "addresses"]
        );
    }

    #[test]
    fn words_replaced_keep_their_capital() {
        let check = |name: &str, by: &str, expected: &str| {
            let word = last(name).unwrap_or(Word { start: 0, text: "" });
            assert_eq!(replaced(name, word, by), expected);
        };
        check("ship_addr", "address", "ship_address");
        check("ShipAddr", "address", "ShipAddress");
        check("UserFname", "first_name", "UserFirstName");
    }
}
