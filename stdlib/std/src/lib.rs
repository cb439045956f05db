//! The standard library's files, embedded. It is written in the language itself; nothing here knows what they say.

/// Name and text of each file. The names begin with `std/`, so that no file of a package is mistaken for one.
pub const FILES: &[(&str, &str)] = &[
    ("std/errors.atlas", include_str!("../errors.atlas")),
    ("std/geo.atlas", include_str!("../geo.atlas")),
    ("std/jobs.atlas", include_str!("../jobs.atlas")),
    ("std/money.atlas", include_str!("../money.atlas")),
    ("std/paging.atlas", include_str!("../paging.atlas")),
    ("std/text.atlas", include_str!("../text.atlas")),
    ("std/time.atlas", include_str!("../time.atlas")),
];
