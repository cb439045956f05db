//! `example_test.go`: the code of README as examples, which `go test` runs against a server that knows the schema's examples alone.

use std::collections::BTreeSet;

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go::types::Uses;
use atlas9_emitters_core::sdk::{Served, environment};

use super::shown::{REQUEST_ID, Snippet, begin};
use super::{imports, origin};
use crate::Sdk;
use crate::layout;
use crate::text::literal;

/// The file.
pub(super) fn text(sdk: &Sdk<'_>, snippets: &[Snippet]) -> String {
    let mut uses = Uses::from(["", "http", "httptest", "io", "log", "os", "testing"]);
    uses.extend(snippets.iter().flat_map(|snippet| &snippet.uses));
    uses.insert(if snippets.is_empty() { "fmt" } else { "context" });
    let mut w = Writer::new("\t");
    w.line(origin(sdk)).blank().line(format!("package {}_test", sdk.plan.package));
    imports::write(&mut w, &sdk.settings.module, &uses);
    for snippet in snippets {
        let printed = snippet.run.as_ref().map_or(&[] as &[String], |(_, printed)| printed);
        example(&mut w, &format!("Example_{}", snippet.name), &[&begin(sdk), &snippet.lines], printed);
    }
    if snippets.is_empty() {
        // There is no call to show.
        let mut lines: Vec<String> =
            begin(sdk).into_iter().filter(|line| !line.starts_with("ctx ")).collect();
        lines.push("fmt.Printf(\"%T\\n\", client)".to_owned());
        let client = format!("*{}.{}", sdk.plan.package, sdk.plan.names.client);
        example(&mut w, "Example", &[&lines], &[client]);
    }
    let served = snippets.iter().filter_map(|snippet| snippet.run.as_ref()).flat_map(|(served, _)| served);
    server(&mut w, sdk, served);
    w.finish()
}

/// A function that prints these lines; one that is compiled only where there are none.
fn example(w: &mut Writer, name: &str, lines: &[&[String]], printed: &[String]) {
    w.blank().block(format!("func {name}() {{"), "}", |w| {
        lines.iter().for_each(|lines| {
            w.lines(*lines);
        });
        if !printed.is_empty() {
            w.line("// Output:").lines(printed.iter().map(|line| format!("// {line}")));
        }
    });
}

fn server<'s>(w: &mut Writer, sdk: &Sdk<'_>, served: impl Iterator<Item = &'s Served>) {
    let mut known = BTreeSet::new();
    let members = served.map(|served| {
        let answer = format!("{{{}, {}}}", served.status, literal(&served.body.to_string()));
        (literal(&format!("{} {}", served.method, served.path)), answer)
    });
    let members: Vec<(String, String)> = members.filter(|(key, _)| known.insert(key.clone())).collect();
    w.blank().line("// served is what the service answers in the examples.");
    w.line("var served = map[string]struct {").indented(|w| {
        w.line("status int").line("body   string");
    });
    if members.is_empty() {
        w.line("}{}");
    } else {
        layout::literal(w, "}{", &members, "}");
    }
    w.blank().line("// TestMain puts a server in the place of the service.");
    w.block("func TestMain(m *testing.M) {", "}", |w| {
        let function = "http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {";
        w.block(format!("server := httptest.NewServer({function}"), "}))", |w| {
            w.line("answer, known := served[r.Method+\" \"+r.URL.EscapedPath()]");
            w.block("if !known {", "}", |w| {
                w.line("answer.status = http.StatusNotFound");
            });
            w.line("w.Header().Set(\"ETag\", `\"3\"`)");
            w.line(format!("w.Header().Set(\"X-Request-Id\", {})", literal(REQUEST_ID)));
            w.line("w.WriteHeader(answer.status)");
            w.line("_, _ = io.WriteString(w, answer.body)");
        });
        w.line("defer server.Close()");
        let variable = format!("{}_BASE_URL", environment(sdk.plan.ir));
        w.block(
            format!("if err := os.Setenv({}, server.URL); err != nil {{", literal(&variable)),
            "}",
            |w| {
                w.line("panic(err)");
            },
        );
        w.line("m.Run()");
    });
}
