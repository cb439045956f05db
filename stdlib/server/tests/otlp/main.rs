//! What a collector is sent, with the feature `otlp`: `cargo test -p atlas9-server --features otlp --test otlp`.

#[cfg(test)]
mod spans;
