//! Reads `dependencies`: the packages that this one uses, each with its folder.

use std::collections::BTreeMap;

use atlas9_diagnostics::codes;
use atlas9_emitters_core::yaml::{Key, Node, NodeKind};

use super::decode::Decoder;
use super::{DependencyConfig, Setting};

/// The dependencies by name. What is wrong is reported and left out.
pub(super) fn dependencies(decoder: &mut Decoder, node: &Node) -> BTreeMap<String, DependencyConfig> {
    let mut found = BTreeMap::new();
    for (key, value) in decoder.mapping(node, "`dependencies`") {
        if let Some(path) = path(decoder, key, value) {
            let (key_span, value) = (decoder.span(&key.span), decoder.span(&value.span));
            found.insert(key.text.clone(), DependencyConfig { path: Setting::given(path, key_span), value });
        }
    }
    found
}

fn path(decoder: &mut Decoder, key: &Key, node: &Node) -> Option<String> {
    let NodeKind::Scalar(text) = &node.kind else {
        let help = format!("name the folder behind the colon: `{0}: ../{0}`", key.text);
        decoder.wrong(node, &format!("`{}` takes the folder of the package", key.text), &help);
        return None;
    };
    let trimmed = text.trim_end_matches('/');
    let absolute = text.starts_with('/') || text.contains(['\\', ':']);
    if !absolute && !trimmed.is_empty() {
        return Some(trimmed.to_owned());
    }
    decoder.complain(
        codes::E0033,
        node,
        format!("`{text}` is not the way from this package to another"),
        &format!("write the folder as it is seen from this file, with `/`: `../{}`", key.text),
    );
    None
}
