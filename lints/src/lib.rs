//! The lints: what a schema may say but had better not.
//!
//! A lint is two files in the folder of its group and one line below. `NAME.rs` holds its `CHECKS`: the kinds of
//! node it looks at, each with a function that answers with a finding or with nothing. `NAME.md` is its page on the web, the text of
//! `atlas9 explain NAME` and its test. One walk over the model shows every node to the lints of its kind.

mod check;
mod config;
mod date;
mod evaluate;
mod facts;
mod finding;
mod group;
mod indexes;
mod insert;
mod node;
mod option;
mod pattern;
mod profile;
#[macro_use]
mod registry;
mod remove;
mod run;
mod spelling;
mod suppress;
mod taken;
mod walk;
mod words;

pub use config::{Config, Setting, UnknownName};
pub use date::Date;
pub use group::Group;
pub use option::{OptionDefault, OptionSpec, OptionValue, WrongOption};
pub use profile::{ALL_LINTS, Profile};
pub use registry::{FixKind, Lint, all, find, suggest};
pub use run::run;

// Sorted by group, then by name.
lints! {
    correctness: Correctness {
        unknown_lint,
        unused_import: Warn,
        unused_suppression: Warn,
    }
    docs: Docs {
        invalid_example,
        markup_in_doc,
        undocumented [OPTIONS],
        uninformative_doc,
    }
    errors: Errors {
        error_without_remedy,
    }
    evolution: Evolution {
        deprecated_without_replacement,
        deprecated_without_sunset,
        sunset_passed,
        sunset_too_soon,
    }
    naming: Naming {
        case_collision,
        count_without_suffix [OPTIONS],
        duration_without_unit [OPTIONS],
        enum_value_not_snake_case,
        field_not_snake_case,
        identifier_too_long,
        non_inclusive_term [OPTIONS],
        odd_abbreviation [OPTIONS],
        operation_not_lower_case,
        reserved_word [OPTIONS],
        segment_case,
        singular_collection [OPTIONS],
        singular_list_name [OPTIONS],
        stray_underscore,
        stuttering_name,
        timestamp_without_at [OPTIONS],
        type_not_pascal_case,
        unspelled_acronym [OPTIONS],
        verb_in_path [OPTIONS],
        verb_synonym [OPTIONS],
    }
    pagination: Pagination {
        filter_not_indexed,
        page_size_unbounded,
    }
    pedantic: Pedantic {
        boolean_prefix [OPTIONS],
        enum_without_meaning,
        missing_example,
        nonstandard_code_name [OPTIONS],
        preposition_in_name [OPTIONS],
    }
    security: Security {
        unauthenticated_operation,
        unmarked_sensitive_name,
    }
    shape: Shape {
        create_without_idempotency,
        float_money,
        raw_foreign_key,
        resource_without_get,
        resource_without_list,
        soft_delete_without_undelete,
        unbounded_list,
        unbounded_string,
        untyped_value,
    }
    storage: Storage {
        duplicate_index,
    }
}
