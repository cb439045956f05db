//! Generates the server from the schema.

fn main() {
    atlas9_build::compile(".");
}
