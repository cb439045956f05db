//! Methods by which fmt and slog print a structure without what is sensitive in it.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::calls::go::types::Uses;

use crate::text::Doc;

/// Writes the methods of a structure; `receiver` is what all its methods call it.
pub(super) fn write(w: &mut Writer, name: &str, receiver: &str, uses: &mut Uses) {
    uses.extend(["api", "slog"]);
    for (doc, method, made) in [
        ("String gives the text for people, without what is sensitive.", "String() string", "Shown"),
        ("GoString gives the same text.", "GoString() string", "Shown"),
        ("LogValue gives what slog is told, without what is sensitive.", "LogValue() slog.Value", "Logged"),
    ] {
        w.blank();
        Doc::ours(doc).write(w);
        w.block(format!("func ({receiver} {name}) {method} {{"), "}", |w| {
            w.line(format!("return api.{made}({receiver})"));
        });
    }
}
