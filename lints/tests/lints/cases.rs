//! What is near a lint and silent, what is found beside its page's example, and what `@allow` takes away.

use crate::support::{check, fixed};

#[test]
fn near_and_silent() {
    let check = |name: &str, body: &str| {
        assert_eq!(check(name, &format!("namespace shop\n\n{body}\n")).0, []);
    };
    check("field_not_snake_case", "type Book { isbn10: int32 page_count_2: int32 }");
    check("enum_value_not_snake_case", "enum Status { in_print out2 }");
    check("type_not_pascal_case", "type Isbn13 { value: int32 }");
    check("reserved_word", "type Line { order: int32 kind: int32 default: bool }");
    check("timestamp_without_at", "type Visit { since: timestamp valid_until: timestamp? born: date }");
    check("float_money", "type Rate { price_ratio: float64 unit_price: decimal(10, 2) width: float64 }");
    check(
        "unbounded_string",
        "type Isbn = string(/^[0-9]{9}[0-9X]$/)\ntype Book { isbn: Isbn note: string(..=5)? }",
    );
    check("unbounded_string", "error Taken: conflict { message \"{name} is taken.\" name: string }");
    check(
        "raw_foreign_key",
        "resource Book { id: uuid @key }\nerror Sold: conflict { message \"Sold.\" book_id: uuid }",
    );
    check(
        "raw_foreign_key",
        "resource Book { id: uuid @key }\ntype Line { book_count: int32 shelf_id: uuid }",
    );
    check("resource_without_get", "resource Log { id: uuid @key }");
    check("resource_without_list", "resource Log { id: uuid @key }");
    check("soft_delete_without_undelete", "resource Book { id: uuid @key operations { delete } }");
    check("unauthenticated_operation", "resource Book { id: uuid @key operations { get } }");
    check("page_size_unbounded", "resource Book { id: uuid @key operations { list } }");
    check("unmarked_sensitive_name", "type Login { token_type: string password: string @sensitive }");
    check(
        "unmarked_sensitive_name",
        "type Login { tokens_left: int32 password_changed_at: timestamp secretary: string }",
    );
    check("error_without_remedy", "use std.errors.*");
    check("undocumented", "use std.money.Money");
}

#[test]
fn indexes_that_serve() {
    let check = |name: &str, storage: &str, marker: &str| {
        let schema = format!(
            "namespace shop\n\nresource Book {{\n  id: uuid @key\n  sold: bool\n  author_id: ref Author\n  title: \
             string\n\n  operations {{ list\n    filter(id, sold, author_id)\n    sort(title){marker}\n  }}\n\n  storage {{ \
             {storage} }}\n}}\n\nresource Author {{ id: uuid @key }}\n"
        );
        crate::support::check(name, &schema);
    };
    check("filter_not_indexed", "index (title)", "");
    check("filter_not_indexed", "unique (title, author_id)", "");
    check("filter_not_indexed", "index (author_id, title)", " //~ filter_not_indexed");
    check("duplicate_index", "unique (title) index (title, author_id)", "");
    check("duplicate_index", "index (title, author_id) index (author_id)", "");
}

#[test]
fn a_child_is_listed_below_its_parent() {
    let schema = "namespace shop\n\nresource Book { id: uuid @key }\n\nresource Review in Book {\n  id: uuid @key\n  \
                  stars: int32\n  text: string(..=80)\n  operations { list\n    sort(stars,\n    text) //~ filter_not_indexed\n  \
                  }\n  storage { index (book_id, stars) }\n}\n";
    let (found, _) = check("filter_not_indexed", schema);
    let help = found.first().map(|finding| format!("{finding:?}")).unwrap_or_default();
    assert!(help.contains("add `index (book_id, text)` to `storage`"), "{help}");
}

#[test]
fn found_inside_lists_maps_and_refined_scalars() {
    check(
        "float_money",
        "namespace shop\n\ntype Line {\n  prices: [float64](..=9)\n  cost: {string: float64}(..=9) //~ float_money\n}\n",
    );
    check(
        "unbounded_string",
        "namespace shop\n\ntype Name = string //~ unbounded_string\ntype Book { name: Name }\n",
    );
    check("unbounded_list", "namespace shop\n\ntype Book { tags: [[int32]](..=9) } //~ unbounded_list\n");
    check("untyped_value", "namespace shop\n\ntype Book { extra: [json](..=9) } //~ untyped_value\n");
}

#[test]
fn a_mixin_is_found_once() {
    let schema = "namespace shop\n\nmixin Priced {\n  price: float64 //~ float_money\n}\n\nresource Book with Priced { id: \
                  uuid @key }\n\nresource Map with Priced { id: uuid @key }\n";
    check("float_money", schema);
}

#[test]
fn the_parameters_of_actions_are_looked_at() {
    let schema = "namespace shop\n\nresource Book {\n  id: uuid @key\n  operations {\n    get\n    action \
                  reprice(newPrice: int32) -> Book //~ field_not_snake_case\n  }\n}\n";
    let (found, _) = check("field_not_snake_case", schema);
    assert_eq!(found.first().and_then(|finding| finding.symbol.as_deref()), Some("Book.reprice.newPrice"));
}

#[test]
fn operations_of_every_kind_are_looked_at() {
    let check = |name: &str, symbols: &[&str]| {
        let line = |symbol: &str, text: &str| match symbols.iter().any(|found| found.starts_with(symbol)) {
            true => format!("{text} //~ {name}"),
            false => text.to_owned(),
        };
        let (found, _) = crate::support::check(
            name,
            &format!(
                "namespace shop\n\n/// A shop.\nservice Shop {{\n  version \"1.0.0\"\n{}\n}}\n\n/// A book.\nresource Book \
                 {{\n  id: uuid @key\n  operations {{\n    list public\n    get public\n{}\n{}\n  }}\n}}\n",
                line("Shop.login", "  operation login(Name: string, note: json)"),
                line("Book.best", "    query best(bookId: uuid, since: timestamp) -> [Book]"),
                line("Book.import", "    collection action import(price: float64, password: string)"),
            ),
        );
        let about: Vec<_> = found.iter().filter_map(|finding| finding.symbol.as_deref()).collect();
        assert_eq!(about, symbols);
    };
    check("undocumented", &["Shop.login", "Book.best", "Book.import"]);
    check("unauthenticated_operation", &["Shop.login", "Book.best", "Book.import"]);
    check("field_not_snake_case", &["Shop.login.Name", "Book.best.bookId"]);
    check("reserved_word", &["Book.import"]);
    check("untyped_value", &["Shop.login.note"]);
    check("raw_foreign_key", &[]);
    check("float_money", &["Book.import.price"]);
    check("unmarked_sensitive_name", &["Book.import.password"]);
    check("unbounded_string", &["Shop.login.Name", "Book.import.password"]);
}

#[test]
fn declarations_of_every_kind_are_looked_at() {
    let check = |name: &str, symbols: &[&str]| {
        let line = |symbol: &str, text: &str| match symbols.contains(&symbol) {
            true => format!("{text} //~ {name}\n"),
            false => format!("{text}\n"),
        };
        let schema = [
            "namespace shop\n\n".to_owned(),
            line("payment", "union payment"),
            line("payment.payKind", "    by payKind {"),
            line("payment.byCard", "    byCard: Card @deprecated(sunset: 2027-01-01)"),
            "}\n\n".to_owned(),
            "/// A card.\ntype Card { number: int32 }\n\n".to_owned(),
            line("settings", "singleton settings { night: bool = true }"),
            line("ownedBy", "annotation ownedBy("),
            line("ownedBy.teamName", "    teamName: string"),
            ") on field\n\n".to_owned(),
            line("Sold", "error Sold: gone @deprecated(use: Sold) {"),
            "    message \"Sold.\"\n}\n".to_owned(),
        ];
        let (found, _) = crate::support::check(name, &schema.concat());
        let about: Vec<_> = found.iter().filter_map(|finding| finding.symbol.as_deref()).collect();
        assert_eq!(about, symbols);
    };
    check("undocumented", &["payment", "settings", "ownedBy", "Sold"]);
    check("type_not_pascal_case", &["payment", "settings"]);
    check("field_not_snake_case", &["payment.payKind", "ownedBy", "ownedBy.teamName"]);
    check("enum_value_not_snake_case", &["payment.byCard"]);
    check("deprecated_without_replacement", &["payment.byCard"]);
    check("deprecated_without_sunset", &["Sold"]);
    check("unbounded_string", &[]);
}

#[test]
fn keys_of_children_that_clients_choose_name_none_alone() {
    let schema = |key: &str, marker: &str| {
        format!(
            "namespace shop\n\nresource Book {{ id: uuid @key }}\n\nresource Page in Book {{ id: {key} @key }}\n\nsingleton Shop \
             {{ name: string? }}\n\ntype Mark {{\n  shop_id: {key}\n  page_id: {key}{marker}\n}}\n"
        )
    };
    check("raw_foreign_key", &schema("int32", ""));
    check("raw_foreign_key", &schema("uuid", " //~ raw_foreign_key"));
}

#[test]
fn a_singleton_needs_no_list() {
    check(
        "resource_without_list",
        "namespace shop\n\nsingleton Settings {\n  name: string?\n  operations { get }\n}\n",
    );
}

#[test]
fn an_older_deprecation_comes_nearer_in_peace() {
    let schema = |since: &str, marker: &str| {
        format!(
            "// Today is 2026-11-21.\nnamespace shop\n\nservice Shop {{ version \"1.4.0\" }}\n\ntype Book {{\n  isbn: \
             string\n  old: string? @deprecated({since}sunset: 2026-12-01, use: isbn, \"Old.\"){marker}\n}}\n"
        )
    };
    check("sunset_too_soon", &schema("since: \"1.3.0\", ", ""));
    check("sunset_too_soon", &schema("since: \"1.4.0\", ", " //~ sunset_too_soon"));
    check("sunset_passed", &schema("since: \"1.3.0\", ", ""));
    let without_a_day = schema("since: \"1.4.0\", ", "").replace("// Today is 2026-11-21.\n", "");
    check("sunset_too_soon", &without_a_day);
}

#[test]
fn allowed_is_not_reported() {
    check(
        "float_money",
        "namespace shop\n\ntype Line @allow(float_money, \"Estimates.\") {\n  price: float64\n}\n",
    );
    let one = "namespace shop\n\ntype Line {\n  price: float64 @allow(float_money, \"Estimates.\")\n  cost: float64 //~ \
               float_money\n}\n";
    check("float_money", one);
    check(
        "untyped_value",
        "namespace shop\n\ntype Line { price: json @allow(float_money, \"x\") } //~ untyped_value\n",
    );
}

#[test]
fn fixes_keep_layout_comments_and_scopes() {
    let check = |name: &str, service: &str, operations: &str, expected: &str| {
        let schema = |service: &str, operations: &str| {
            format!("namespace shop\n\n{service}\n\nresource Book {{\n    id: uuid @key\n{operations}\n}}\n")
        };
        let (found, text) = crate::support::check(name, &schema(service, operations));
        let after = fixed(&text, &found);
        assert!(after.contains(expected), "{after}");
        assert_eq!(crate::support::check(name, &after).0, [], "{after}");
    };
    let soft = "soft_delete_without_undelete";
    check(
        soft,
        "",
        "    operations { delete soft(keep: 30d) get } //~ soft_delete_without_undelete",
        "{ delete soft(keep: 30d) undelete get }",
    );
    check(
        soft,
        "service Shop {\n    version \"1.0.0\"\n    auth bearer { write \"Change.\" }\n}",
        "    operations {\n        delete requires write //~ soft_delete_without_undelete\n            soft(keep: 30d) // a month\n    }",
        "            soft(keep: 30d) // a month\n        undelete requires write\n    }",
    );
    let size = "page_size_unbounded";
    let list = "    operations { list get }";
    check(
        size,
        "service Shop { version \"1.0.0\" } //~ page_size_unbounded",
        list,
        "service Shop { version \"1.0.0\" paginate cursor(default: 20, max: 100) }",
    );
    check(
        size,
        "service Shop { //~ page_size_unbounded\n    version \"1.0.0\" // the first\n}",
        list,
        "    version \"1.0.0\" // the first\n    paginate cursor(default: 20, max: 100)\n}",
    );
}
