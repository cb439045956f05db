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
mod evaluate;
mod facts;
mod finding;
mod gone;
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
mod spelling;
mod suppress;
mod taken;
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
        unused_import: Warn,
        unused_suppression: Warn,
    }
    distributed: Distributed {
        global_unique,
        numbered_pages,
        time_ordered_index,
        untenanted_resource,
    }
    docs: Docs {
        invalid_example,
        markup_in_doc,
        undocumented [OPTIONS],
        uninformative_doc,
    }
    errors: Errors {
        error_without_remedy,
        generic_error_name [OPTIONS],
        leaky_error [OPTIONS],
        misleading_error_kind,
        retryable_without_idempotency,
        undeclared_error,
    }
    evolution: Evolution {
        base_path_of_other_version,
        deprecated_required,
        deprecated_without_reason,
        deprecated_without_replacement,
        deprecated_without_sunset,
        replacement_deprecated,
        stable_uses_deprecated,
        sunset_passed,
        sunset_too_soon [OPTIONS],
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
        offset_pagination,
        page_size_too_large [OPTIONS],
        page_size_unbounded,
        sort_by_enum,
        unpaginated_list [OPTIONS],
    }
    pedantic: Pedantic {
        boolean_prefix [OPTIONS],
        boolean_trap [OPTIONS],
        cascade_without_force,
        closed_output_enum,
        deprecated_without_since,
        duplicate_type,
        enum_without_meaning,
        long_running_without_job [OPTIONS],
        low_selectivity_index,
        message_without_value,
        missing_audit_fields,
        missing_example,
        no_rate_limit,
        nonstandard_code_name [OPTIONS],
        nullable_boolean,
        nullable_unique,
        personal_data_unmarked [OPTIONS],
        preposition_in_name [OPTIONS],
        renamed_without_since,
        sensitive_column_exposed,
        shared_request_type,
        too_many_resources [OPTIONS],
        unbounded_number,
        unreachable_state,
        update_without_etag,
    }
    security: Security {
        public_write,
        secret_in_url,
        sensitive_in_example [OPTIONS],
        tenant_leak,
        unauthenticated_operation,
        unmarked_sensitive_name [OPTIONS],
        unscoped_write,
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
        long_unique_text,
        too_many_indexes [OPTIONS],
        wide_index [OPTIONS],
    }
}
