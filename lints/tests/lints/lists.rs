//! What the pages of the lints about lists, errors and evolution have no room for.

use crate::support::{findings, fixed};

#[test]
fn indexes_are_added_in_any_layout() {
    let check = |body: &str, expected: &str| {
        let schema = |body: &str| format!("namespace shop\n\nresource Book {{{body}}}\n");
        let marked = schema(body).replacen("@key", "@key // The key.", 1);
        let (found, text) = findings("filter_not_indexed", &marked);
        let expected = schema(expected).replacen("@key", "@key // The key.", 1);
        assert_eq!(fixed(&text, &found), expected);
    };
    check(
        "\n    id: uuid @key\n    a: int32\n    b: int32\n    operations { list sort(a, b) }\n",
        "\n    id: uuid @key\n    a: int32\n    b: int32\n    operations { list sort(a, b) }\n\n    storage {\n        index \
         (a)\n        index (b)\n    }\n",
    );
    check(
        "\n    id: uuid @key\n    a: int32 operations { list sort(a) } ",
        "\n    id: uuid @key\n    a: int32 operations { list sort(a) } storage { index (a) } ",
    );
    check(
        "\n    id: uuid @key\n    a: int32\n    b: int32\n    operations { list sort(a, b) }\n    storage { index (b) }\n",
        "\n    id: uuid @key\n    a: int32\n    b: int32\n    operations { list sort(a, b) }\n    storage { index (b) index \
         (a) }\n",
    );
    // Comments stay; what is gone from the block is nothing that a fix can look past.
    check(
        "\n    id: uuid @key\n    a: int32\n    operations {\n        list sort(a)\n        // One more.\n    } // end\n",
        "\n    id: uuid @key\n    a: int32\n    operations {\n        list sort(a)\n        // One more.\n    } // end\n\n    \
         storage {\n        index (a)\n    }\n",
    );
    let kept = "\n    id: uuid @key\n    a: int32\n    operations { list sort(a) reserved lend }\n";
    check(kept, kept);
}
