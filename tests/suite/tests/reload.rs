//! `atlas9 serve` follows the schema: a change is in force soon, a broken one is told and changes nothing.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use atlas9_suite::place::atlas9;
use atlas9_suite::server::Server;
use ureq::Agent;

/// How long a reload may take on a busy machine.
pub const SOON: Duration = Duration::from_secs(20);

#[test]
fn a_changed_schema_is_served_and_a_broken_one_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("atlas.yaml"), "name: shop\n").expect("the file can be written");
    write(folder.path(), "string(1..=5)");
    let server = Server::start(atlas9().args(["serve", "--port", "0"]).arg(folder.path()));
    assert_eq!(create(&server, "turquoise"), 422);
    assert_eq!(create(&server, "blue"), 201);

    write(folder.path(), "string(1..=20)");
    server.says("reloaded", SOON);
    becomes(&server, "turquoise", 201);

    write(folder.path(), "strng(1..=2)");
    let told = server.says("still served", SOON);
    assert!(told.contains("E0202") && told.contains("pens.atlas:7:10"), "{told}");
    assert!(told.contains("did you mean `string`?"), "{told}");
    assert_eq!(create(&server, "turquoise"), 201);

    write(folder.path(), "string(1..=7)");
    server.says("reloaded", SOON);
    becomes(&server, "turquoise", 422);
    assert_eq!(create(&server, "blue"), 201);
}

fn write(folder: &Path, ink: &str) {
    let schema = format!(
        "namespace shop\n\nservice Shop {{ version \"1.0.0\" }}\n\nresource Pen {{\n    id: uuid @key\n    ink: {ink}\n    operations {{ create public }}\n}}\n"
    );
    fs::write(folder.join("pens.atlas"), schema).expect("the file can be written");
}

/// Creates a pen; the status of the answer.
fn create(server: &Server, ink: &str) -> u16 {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let sent = agent
        .post(format!("{}/pens", server.url))
        .header("content-type", "application/json")
        .send(format!("{{\"ink\": \"{ink}\"}}"));
    sent.expect("the server answers").status().as_u16()
}

/// One write of a file may be seen as two changes; the last one counts.
fn becomes(server: &Server, ink: &str, status: u16) {
    let end = Instant::now() + SOON;
    while create(server, ink) != status {
        assert!(Instant::now() < end, "`{ink}` is not answered with {status}");
        sleep(Duration::from_millis(100));
    }
}
