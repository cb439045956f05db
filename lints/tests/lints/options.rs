//! What the options of lints change, which no page can show.

use atlas9_lints::{ALL_LINTS, Config, OptionValue, Setting};

/// Runs one lint with an option over the members of a type; answers what it says.
fn found(lint: &str, option: &str, value: OptionValue, members: &str) -> Vec<String> {
    let schema = format!("namespace shop\n\n/// A book that is for sale.\ntype Book {{\n{members}\n}}\n");
    let (sources, ir, wrong) = atlas9_analyze::analyze_texts(&[("shop.atlas", &schema)]);
    assert_eq!(wrong, [], "{schema}");
    let mut config = Config::default();
    config.set(ALL_LINTS, Setting::Allow).unwrap();
    config.set(lint, Setting::Warn).unwrap();
    config.set_option(lint, option, value).unwrap();
    let found = atlas9_lints::run(&ir.unwrap(), &sources, &config);
    found.iter().filter_map(|finding| finding.symbol.clone()).collect()
}

fn words(words: &[&str]) -> OptionValue {
    OptionValue::Words(words.iter().map(|word| (*word).to_owned()).collect())
}

#[test]
fn words_of_a_package_replace_the_own_ones() {
    let check = |lint: &str, option: &str, value: &[&str], members: &str, expected: &[&str]| {
        assert_eq!(found(lint, option, words(value), members), expected, "{lint}");
    };
    check("odd_abbreviation", "terms", &["isbn"], "isbn: int32 qty: int32", &["Book.isbn"]);
    check(
        "non_inclusive_term",
        "terms",
        &["master"],
        "master_copy: int32 slave: int32",
        &["Book.master_copy"],
    );
    check(
        "unspelled_acronym",
        "acronyms",
        &["dvd"],
        "d_v_d_cover: int32 u_r_l: int32",
        &["Book.d_v_d_cover"],
    );
    check("singular_list_name", "terms", &["mood"], "mood: [int32] tag: [int32]", &["Book.mood"]);
    check(
        "count_without_suffix",
        "prefixes",
        &["how_many"],
        "how_many_pages: int32 num_pages: int32",
        &["Book.how_many_pages"],
    );
    check("duration_without_unit", "terms", &["age"], "age: int32 timeout: int32", &["Book.age"]);
    check(
        "preposition_in_name",
        "prepositions",
        &["without"],
        "book_without_end: int32 piece_of_art: int32",
        &["Book.book_without_end"],
    );
    check(
        "nonstandard_code_name",
        "terms",
        &["airport"],
        "airport: string(3..=3) country: string(2..=2)",
        &["Book.airport"],
    );
    check(
        "reserved_word",
        "targets",
        &["typescript"],
        "class: int32 type: int32 default: int32",
        &["Book.class", "Book.default"],
    );
    check(
        "timestamp_without_at",
        "endings",
        &["time"],
        "create_time: timestamp sold_at: timestamp",
        &["Book.sold_at"],
    );
}

#[test]
fn dates_are_free_until_a_package_says_how_they_end() {
    let dates = |value: &[&str]| {
        found("timestamp_without_at", "dates", words(value), "born: date sold_on: date printed_date: date")
    };
    assert_eq!(dates(&[]), [""; 0]);
    assert_eq!(dates(&["on", "date"]), ["Book.born"]);
    assert_eq!(dates(&["on"]), ["Book.born", "Book.printed_date"]);
}

#[test]
fn a_yes_or_no_has_a_prefix_where_the_package_wants_it() {
    let members = "is_active: bool active: bool has_cover: bool";
    let style = |word: &str| found("boolean_prefix", "style", OptionValue::Word(word.to_owned()), members);
    assert_eq!(style("without"), ["Book.is_active"]);
    assert_eq!(style("with"), ["Book.active", "Book.has_cover"]);
    assert_eq!(found("boolean_prefix", "prefixes", words(&["has"]), members), ["Book.has_cover"]);
}

#[test]
fn fields_need_documentation_where_the_package_wants_it() {
    let members = "title: string(..=9)\n/// In cents.\nprice: int32";
    assert_eq!(found("undocumented", "also", words(&[]), members), [""; 0]);
    assert_eq!(found("undocumented", "also", words(&["field"]), members), ["Book.title"]);
}
