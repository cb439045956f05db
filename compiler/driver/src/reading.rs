//! From the bytes of a package, and of those that it uses, to trees.

use atlas9_analyze::PackageInfo;
use atlas9_diagnostics::{Diagnostic, FileId, SourceMap, Span, codes};
use atlas9_syntax::ast::File;
use rayon::prelude::*;

use crate::check::Counts;
use crate::package::{Member, Package, PackageFile, below, decode, not_utf8};

/// The most declarations that a package may have.
pub const MAX_DECLARATIONS: usize = 100_000;

/// What was read.
pub(crate) struct Read {
    /// Every file: each `atlas.yaml`, the standard library, the schemas.
    pub sources: SourceMap,
    pub diagnostics: Vec<Diagnostic>,
    pub trees: Vec<File>,
    /// The packages to analyse, each behind those that it needs; none where one of them is too large to be looked at.
    pub packages: Vec<PackageInfo>,
    /// How much the package itself has.
    pub counts: Counts,
}

/// Parses every file of a package and of those that it needs, and takes the files from it.
pub(crate) fn read(package: &mut Package) -> Read {
    let order = package.order();
    package.lose_empty(&order);
    let mut reading = Reading {
        sources: std::mem::take(&mut package.sources),
        diagnostics: std::mem::take(&mut package.diagnostics),
        trees: Vec::new(),
        too_many: false,
    };
    // The standard library's own tests hold that nothing is wrong with it.
    (reading.trees, _) = atlas9_analyze::standard_library(&mut reading.sources);
    let mut counts = Counts::default();
    let mut packages = Vec::with_capacity(order.len());
    for index in order {
        let files = std::mem::take(&mut package.members[index].files);
        let info;
        (info, counts) = reading.member(&package.members[index], files, package.needs(index));
        packages.push(info);
    }
    let Reading { sources, diagnostics, trees, too_many } = reading;
    packages.retain(|_| !too_many);
    Read { sources, diagnostics, trees, packages, counts }
}

/// Files while they are parsed.
struct Reading {
    sources: SourceMap,
    diagnostics: Vec<Diagnostic>,
    trees: Vec<File>,
    /// True when a package has more declarations than it may have.
    too_many: bool,
}

impl Reading {
    fn member<'n>(
        &mut self,
        member: &Member,
        files: Vec<PackageFile>,
        needs: impl Iterator<Item = &'n str>,
    ) -> (PackageInfo, Counts) {
        if files.is_empty() {
            self.diagnostics.push(no_files(member));
        }
        let before = self.trees.len();
        self.files(member, files);
        let declarations = self.count(before);
        let own = self.trees.get(before..).unwrap_or_default();
        let info = PackageInfo {
            name: member.name().to_owned(),
            version: member.config.version.value.clone(),
            folder: member.folder.clone(),
            files: own.iter().map(|tree| tree.id).collect(),
            needs: needs.map(str::to_owned).collect(),
            lost: member.lost,
        };
        (info, Counts { files: own.len(), declarations })
    }

    fn files(&mut self, member: &Member, files: Vec<PackageFile>) {
        let add = |file: PackageFile| {
            let (text, bad) = decode(file.bytes);
            let id = self.sources.add(below(&member.folder, &file.name), text);
            (id, bad)
        };
        let added: Vec<(FileId, Option<usize>)> = files.into_iter().map(add).collect();
        let sources = &self.sources;
        let parse = |(id, bad): &(FileId, Option<usize>)| {
            let file = sources.get(*id);
            let (tree, complaints) = atlas9_syntax::parse(*id, file.map_or("", |file| file.text()));
            match bad {
                Some(at) => {
                    let name = file.map_or("", |file| file.name());
                    (tree, vec![not_utf8(name, Span::new(*id, *at, *at))])
                }
                None => (tree, complaints),
            }
        };
        let parsed: Vec<(File, Vec<Diagnostic>)> = added.par_iter().map(parse).collect();
        for (tree, complaints) in parsed {
            self.trees.push(tree);
            self.diagnostics.extend(complaints);
        }
    }

    /// Counts the declarations of the trees behind the first `before`.
    fn count(&mut self, before: usize) -> usize {
        let mut count = 0;
        let mut first = None;
        for tree in self.trees.iter().skip(before) {
            let room = MAX_DECLARATIONS.saturating_sub(count);
            count += tree.items.len();
            first = first.or_else(|| tree.items.get(room).map(|item| item.span));
        }
        self.too_many |= first.is_some();
        self.diagnostics.extend(first.map(|span| too_many(count, span)));
        count
    }
}

fn too_many(count: usize, span: Span) -> Diagnostic {
    Diagnostic::error(
        codes::E0022,
        format!("the package has {count} declarations, more than {MAX_DECLARATIONS}"),
    )
    .at(span.at_start(), "one too many from here on")
    .help("move some of them into a package of their own, and name it below `dependencies`")
}

fn no_files(member: &Member) -> Diagnostic {
    let schema = &member.config.schema;
    Diagnostic::error(codes::E0007, format!("no file matches {}", schema.value.join(", ")))
        .at(schema.span.unwrap_or(member.start()), "")
        .help("write a schema, such as `schema/books.atlas`, or name where it is with `schema` in atlas.yaml")
}
