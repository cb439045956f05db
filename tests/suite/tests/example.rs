//! The bookstore example: its own Rust runs where the schema says so, and `serve` says what it cannot do.

use atlas9_suite::http::{Case, play};
use atlas9_suite::place::root;
use atlas9_suite::server::TOKEN;

use crate::servers::{compiled, serve};

#[test]
fn an_action_without_code_is_rust_in_the_compiled_server_and_501_in_serve() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
    let check = |server: &str, url: &str| {
        let cases = Case::all(&root().join("tests/run/http").join(server));
        cases.iter().for_each(|case| drop(play(case, url, TOKEN)));
    };
    check("compiled", &compiled(&database("compiled")).url);
    check("serve", &serve(&database("serve")).url);
}
