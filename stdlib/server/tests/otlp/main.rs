//! What a collector is sent, with the feature `otlp`: `cargo test -p atlas9-server --features otlp --test otlp`.

#[cfg(test)]
#[path = "../contract/fixtures.rs"]
#[expect(dead_code, reason = "shared with the other tests")]
mod fixtures;
#[cfg(test)]
mod spans;
