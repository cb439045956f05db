//! Sizes of functions.

use syn::spanned::Spanned;
use syn::visit::Visit;

use super::{hold, percentile, sources};

#[test]
fn functions_are_short() {
    let mut seen = Functions::default();
    for source in sources() {
        seen.path.clone_from(&source.path);
        let file = syn::parse_file(&source.text).unwrap_or_else(|error| panic!("{}: {error}", source.path));
        seen.visit_file(&file);
    }
    let mut lengths: Vec<usize> = seen.lengths.iter().map(|(_, lines)| *lines).collect();
    let (median, p90) = (percentile(&mut lengths, 50), percentile(&mut lengths, 90));
    assert!(median <= 12, "the median function has {median} lines, more than 12");
    assert!(p90 <= 45, "one function in ten has more than {p90} lines; the bound is 45");
    let long = seen
        .lengths
        .into_iter()
        .filter(|(_, lines)| *lines > 120)
        .map(|(place, lines)| format!("{place}: {lines} lines"));
    hold("a function has at most 120 lines", &long.collect::<Vec<_>>());
}

#[derive(Default)]
struct Functions {
    path: String,
    lengths: Vec<(String, usize)>,
}

impl Functions {
    fn add(&mut self, name: &syn::Ident, block: &syn::Block) {
        let (start, end) = (block.span().start().line, block.span().end().line);
        self.lengths.push((format!("{}:{start} {name}", self.path), end + 1 - start));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig.ident, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig.ident, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }
}
