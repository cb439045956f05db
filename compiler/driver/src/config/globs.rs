//! Reads `schema`: the globs of the package's files.

use atlas9_diagnostics::{Span, codes};
use atlas9_emitters_core::yaml::Node;
use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use super::decode::Decoder;
use super::{Config, Setting};

/// Reads the globs. Those that are none, or lead elsewhere, are reported and left out; without any, the default stands.
pub(super) fn schema(decoder: &mut Decoder, node: &Node, key: Span, config: &mut Config) {
    let mut globs = Vec::new();
    for item in decoder.some_items(node, "`schema`") {
        globs.extend(glob(decoder, item));
    }
    if !globs.is_empty() {
        config.schema = Setting::given(globs, key);
    }
}

fn glob(decoder: &mut Decoder, node: &Node) -> Option<String> {
    let text = decoder.text(node, "`schema`")?;
    if text.starts_with('/') || text.split('/').any(|part| part == "..") {
        decoder.complain(
            codes::E0027,
            node,
            format!("`{text}` leads out of the package"),
            "make that folder a package of its own, and name it below `dependencies`",
        );
        return None;
    }
    if let Err(error) = build(&text) {
        decoder.complain(
            codes::E0026,
            node,
            format!("`{text}` is not a glob: {}", error.kind()),
            "`*` stands for a name, `**` for any folders: `schema/**/*.atlas`",
        );
        return None;
    }
    Some(text)
}

fn build(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern.trim_start_matches("./")).literal_separator(true).build()
}

/// Which paths, relative to the package, belong to its schema.
pub fn matcher(config: &Config) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    config.schema.value.iter().filter_map(|pattern| build(pattern).ok()).for_each(|glob| {
        set.add(glob);
    });
    // Each glob was built on its own, so that the set of them can only fail by its size.
    set.build().unwrap_or_else(|_| GlobSet::empty())
}
