//! The lints: what a schema may say but had better not.
//!
//! A lint is two files in the folder of its group and one line below. `NAME.rs` holds its `CHECKS`: the kinds of
//! node it looks at, each with a function that answers with a finding or with nothing. `NAME.md` is its page on the web, the text of
//! `atlas9 explain NAME` and its test. One walk over the model shows every node to the lints of its kind.

mod check;
mod config;
pub mod custom;
mod cycles;
mod date;
mod facts;
mod finding;
mod group;
mod indexes;
mod insert;
mod kind;
mod moves;
mod node;
mod offer;
mod option;
mod pattern;
mod profile;
#[macro_use]
mod registry;
mod remove;
mod repeats;
mod run;
mod suppress;
mod truth;
mod uses;
mod walk;
mod words;
mod written;

pub use config::{Config, Setting, UnknownName};
pub use date::Date;
pub use group::Group;
pub use option::{OptionDefault, OptionSpec, OptionValue, WrongOption};
pub use profile::{ALL_LINTS, Profile};
pub use registry::{FixKind, Lint, all, find, suggest};
pub use run::{run, settle};

// Sorted by group, then by name.
lints! {
    correctness: Correctness {
        unknown_lint,
        unused_suppression: Warn,
    }
    docs: Docs {
        undocumented,
    }
    errors: Errors {
        error_without_remedy,
    }
    evolution: Evolution {
        deprecated_without_replacement,
        deprecated_without_sunset,
        sunset_passed,
        sunset_too_soon [OPTIONS],
    }
    naming: Naming {
        enum_value_not_snake_case,
        field_not_snake_case,
        reserved_word,
        timestamp_without_at,
        type_not_pascal_case,
    }
    pagination: Pagination {
        filter_not_indexed,
        page_size_unbounded,
    }
    pedantic: Pedantic {
        boolean_trap [OPTIONS],
        cascade_without_force,
        closed_output_enum,
        duplicate_type,
        enum_without_meaning,
        long_running_without_job [OPTIONS],
        missing_audit_fields,
        nullable_boolean,
        shared_request_type,
        too_many_resources [OPTIONS],
        unbounded_number,
        unreachable_state,
    }
    security: Security {
        unauthenticated_operation,
        unmarked_sensitive_name,
    }
    shape: Shape {
        constant_rule,
        create_without_idempotency,
        deep_nesting [OPTIONS],
        different_shapes,
        empty_type,
        float_money [OPTIONS],
        optional_with_default,
        raw_foreign_key,
        readonly_in_input,
        reference_cycle_of_required,
        resource_without_get,
        resource_without_list,
        sequential_key,
        single_value_enum,
        soft_delete_without_undelete,
        timestamp_as_string [OPTIONS],
        unanchored_pattern,
        unbounded_list,
        unbounded_string,
        unsafe_get [OPTIONS],
        untyped_value,
        unused_type,
        writable_state,
        writeonly_in_output,
    }
    storage: Storage {
        duplicate_index,
    }
}
