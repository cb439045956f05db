//! Declarations, and the order of a file.

use atlas9_diagnostics::{Diagnostic, Span, codes};
use pest::iterators::{Pair, Pairs};

use super::Rule;
use super::reader::{Parts, Reader};
use super::recover::{Slot, Sorted, documents_nothing};
use super::shape::Shape;
use crate::ast::{
    Annotation, AnnotationDecl, Auth, Broken, Docs, EnumDecl, ErrorDecl, File, Item, ItemKind, Mixin, Name,
    Namespace, Path, Resource, Service, ServiceMember, Setting, TypeBody, TypeDecl, UnionDecl, Use, UseTail,
};

/// One entry of a file.
enum Top {
    Namespace(Namespace),
    Use(Use),
    Item(Item),
}

impl Reader<'_> {
    pub fn file(&mut self, pairs: Pairs<'_, Rule>) -> File {
        let mut file = File { id: self.id, comments: self.comments(), ..File::default() };
        let Some(root) = pairs.into_iter().next() else { return file };
        for slot in self.entries(Parts::of(root), Shape::Item, Reader::top) {
            match slot {
                Slot::Entry(Top::Namespace(namespace)) => self.set_namespace(&mut file, namespace),
                Slot::Entry(Top::Use(line)) => self.add_use(&mut file, line),
                Slot::Entry(Top::Item(item)) => file.items.push(item),
                Slot::Broken(broken) => self.add_broken(&mut file, broken),
            }
        }
        self.drop_closers(&file);
        file
    }

    /// Where members stand outside of their declaration, its closing brace does so too: that needs no second error.
    fn drop_closers(&mut self, file: &File) {
        let declared = file.items.iter().filter(|item| !matches!(item.kind, ItemKind::Broken(_)));
        let starts: Vec<u32> = declared.map(|item| item.span.start).collect();
        for outside in std::mem::take(&mut self.outside) {
            let next = starts.get(starts.partition_point(|start| *start < outside.start)).copied();
            let range = outside.end..next.unwrap_or(u32::MAX);
            self.diagnostics.retain(|diagnostic| {
                ![codes::E0103.name, codes::E0123.name].contains(&diagnostic.code.as_ref())
                    || diagnostic.span.is_none_or(|span| !range.contains(&span.start))
            });
        }
    }

    fn set_namespace(&mut self, file: &mut File, namespace: Namespace) {
        if let Some(first) = &file.namespace {
            let diagnostic = Diagnostic::error(codes::E0122, "the file has a second namespace")
                .at(namespace.span, "a second one")
                .and(first.span, "the first one")
                .help("a file belongs to one namespace: remove this line, or move what follows to a file of its own");
            self.push(diagnostic);
            return;
        }
        let before = file.uses.first().map(|line| line.span).or(first_declaration(file));
        self.misplaced(namespace.span, before, "`namespace` stands above everything else");
        file.namespace = Some(namespace);
    }

    fn add_use(&mut self, file: &mut File, line: Use) {
        // One error says it for all that follow.
        let declared = first_declaration(file);
        let is_first = file.uses.last().is_none_or(|last| declared.is_none_or(|item| last.span < item));
        let declared = declared.filter(|_| is_first);
        self.misplaced(line.span, declared, "`use` lines stand above all declarations");
        file.uses.push(line);
    }

    fn misplaced(&mut self, span: Span, before: Option<Span>, message: &str) {
        let Some(before) = before else { return };
        let diagnostic = Diagnostic::error(codes::E0111, message)
            .at(span, "too far down")
            .and(before.at_start(), "this stands above it")
            .help("a file begins with `namespace`, then come its `use` lines, then its declarations");
        self.push(diagnostic);
    }

    /// Keeps what a broken entry may have declared or imported.
    fn add_broken(&mut self, file: &mut File, broken: Broken) {
        let span = broken.span;
        let item = |broken| Item {
            docs: Docs::default(),
            kind: ItemKind::Broken(broken),
            annotations: Vec::new(),
            span,
        };
        if broken.keyword != "use" {
            file.items.push(item(broken));
            return;
        }
        for name in self.words_in(span).into_iter().skip(1) {
            file.items.push(item(Broken { keyword: "use".to_owned(), name: Some(name), span }));
        }
    }

    fn top(&mut self, pair: Pair<'_, Rule>) -> Option<Top> {
        self.is_outside = false;
        let mut parts = Parts::of(pair);
        let docs = self.docs(parts.take(Rule::docs));
        let part = parts.any()?;
        let span = self.span(&part);
        Some(match part.as_rule() {
            Rule::namespace => {
                let path = self.path(Parts::of(part).rest().find(|part| part.as_rule() == Rule::path)?);
                Top::Namespace(Namespace { docs, path, span })
            }
            Rule::use_line => {
                if !docs.lines.is_empty() {
                    self.push(documents_nothing(docs.span));
                }
                Top::Use(self.use_line(part, span)?)
            }
            Rule::reserved => {
                let kind = ItemKind::Reserved(self.reserved(part, &docs));
                Top::Item(Item { docs: Docs::default(), kind, annotations: Vec::new(), span })
            }
            _ => {
                let (kind, annotations) = self.declaration(part)?;
                Top::Item(Item { docs, kind, annotations, span })
            }
        })
    }

    fn use_line(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<Use> {
        let mut parts = Parts::of(pair);
        parts.take(Rule::kw_use)?;
        let path = self.path(parts.take(Rule::path)?);
        let tail = match parts.take(Rule::use_tail) {
            None => UseTail::One,
            Some(tail) => {
                let mut parts = Parts::of(tail);
                match parts.take(Rule::star) {
                    Some(star) => UseTail::All(self.span(&star)),
                    None => UseTail::Names(parts.rest().map(|name| self.name(&name)).collect()),
                }
            }
        };
        Some(Use { path, tail, span })
    }

    fn declaration(&mut self, pair: Pair<'_, Rule>) -> Option<(ItemKind, Vec<Annotation>)> {
        let rule = pair.as_rule();
        let mut parts = Parts::of(pair);
        let closed = parts.has(Rule::kw_closed);
        // The declaration's word.
        let word = parts.any()?.as_rule();
        let name = self.name(&parts.take(Rule::name)?);
        match rule {
            Rule::type_decl => return self.type_decl(name, parts),
            Rule::annotation_decl => return self.annotation_decl(name, parts),
            _ => {}
        }
        let head = Head {
            name,
            closed,
            singleton: word == Rule::kw_singleton,
            parent: parts.take(Rule::parent).and_then(|parent| self.worded_paths(parent).into_iter().next()),
            mixins: parts.take(Rule::mixins).map_or_else(Vec::new, |mixins| self.worded_paths(mixins)),
            word: match parts.take(Rule::kind).or_else(|| union_field(&mut parts)) {
                Some(word) => Some(self.first_name(word)?),
                None => None,
            },
        };
        let annotations = self.annotations(&mut parts)?;
        Some((self.body(rule, head, parts.any()?)?, annotations))
    }

    /// A declaration's braces.
    fn body(&mut self, rule: Rule, head: Head, block: Pair<'_, Rule>) -> Option<ItemKind> {
        let Head { name, closed, singleton, parent, mixins, word } = head;
        Some(match rule {
            Rule::resource => {
                let members = self.members(block);
                ItemKind::Resource(Resource { singleton, name, parent, mixins, members })
            }
            Rule::mixin => ItemKind::Mixin(Mixin { name, members: self.members(block) }),
            Rule::error_decl => {
                ItemKind::Error(ErrorDecl { name, kind: word?, members: self.members(block) })
            }
            Rule::enum_decl => {
                let Sorted { entries: values, reserved, broken } =
                    self.listed(block, Shape::Value, Reader::described);
                ItemKind::Enum(EnumDecl { name, closed, values, reserved, broken })
            }
            Rule::union => {
                let Sorted { entries: variants, reserved, broken } =
                    self.listed(block, Shape::Variant, Reader::variant);
                ItemKind::Union(UnionDecl { name, closed, discriminator: word?, variants, reserved, broken })
            }
            Rule::service => ItemKind::Service(Service { name, members: self.settings(block) }),
            _ => return None,
        })
    }

    fn annotation_decl(&mut self, name: Name, mut parts: Parts<'_>) -> Option<(ItemKind, Vec<Annotation>)> {
        let params = self.params(parts.take(Rule::params))?;
        let mut carriers = Parts::of(parts.take(Rule::carriers)?);
        carriers.take(Rule::kw_on)?;
        let targets = Parts::of(carriers.take(Rule::targets)?).rest();
        let targets = targets.map(|target| self.name(&target)).collect();
        let kind = ItemKind::Annotation(AnnotationDecl { name, params, targets });
        Some((kind, self.annotations(&mut parts)?))
    }

    fn type_decl(&mut self, name: Name, mut parts: Parts<'_>) -> Option<(ItemKind, Vec<Annotation>)> {
        if let Some(alias) = parts.take(Rule::alias) {
            let mut parts = Parts::of(alias);
            let body = TypeBody::Alias(self.type_expr(parts.take(Rule::type_expr)?)?);
            return Some((ItemKind::Type(TypeDecl { name, body }), self.annotations(&mut parts)?));
        }
        let mixins = parts.take(Rule::mixins).map_or_else(Vec::new, |mixins| self.worded_paths(mixins));
        let annotations = self.annotations(&mut parts)?;
        let members = self.members(parts.take(Rule::body)?);
        Some((ItemKind::Type(TypeDecl { name, body: TypeBody::Structure { mixins, members } }), annotations))
    }

    /// The paths behind a word.
    fn worded_paths(&self, pair: Pair<'_, Rule>) -> Vec<Path> {
        self.paths(Parts::of(pair).rest().filter(|part| part.as_rule() == Rule::path))
    }

    fn settings(&mut self, block: Pair<'_, Rule>) -> Vec<ServiceMember> {
        let slots = self.entries(Parts::of(block), Shape::ServiceMember, Reader::service_member);
        let member = |slot| match slot {
            Slot::Entry(member) => member,
            Slot::Broken(broken) => ServiceMember::Broken(broken),
        };
        slots.into_iter().map(member).collect()
    }

    fn service_member(&mut self, pair: Pair<'_, Rule>) -> Option<ServiceMember> {
        let mut parts = Parts::of(pair);
        let docs = self.docs(parts.take(Rule::docs));
        let part = parts.any()?;
        Some(match part.as_rule() {
            Rule::auth => ServiceMember::Auth(self.auth(part, docs)?),
            Rule::service_operation => ServiceMember::Operation(self.service_operation(part, docs)?),
            Rule::reserved => ServiceMember::Reserved(self.reserved(part, &docs)),
            _ => ServiceMember::Setting(self.setting(part, docs)?),
        })
    }

    fn auth(&mut self, pair: Pair<'_, Rule>, docs: Docs) -> Option<Auth> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        parts.take(Rule::kw_auth)?;
        let scheme = self.name(&parts.take(Rule::name)?);
        let block = self.listed(parts.take(Rule::scopes)?, Shape::Scope, Reader::described);
        Some(Auth { docs, scheme, scopes: block.entries, broken: block.broken, span })
    }

    fn setting(&mut self, pair: Pair<'_, Rule>, docs: Docs) -> Option<Setting> {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = self.name(&parts.take(Rule::name)?);
        let mut setting = Setting { docs, name, values: Vec::new(), per: None, span };
        for part in Parts::of(parts.take(Rule::setting_values)?).rest() {
            match part.as_rule() {
                Rule::per => setting.per = Parts::of(part).rest().last().map(|unit| self.name(&unit)),
                _ => setting.values.push(self.argument(part)?),
            }
        }
        Some(setting)
    }
}

/// What stands before the braces of a declaration.
struct Head {
    name: Name,
    closed: bool,
    singleton: bool,
    parent: Option<Path>,
    mixins: Vec<Path>,
    /// The kind of an error, the field of a union.
    word: Option<Name>,
}

fn union_field<'i>(parts: &mut Parts<'i>) -> Option<Pair<'i, Rule>> {
    parts.take(Rule::kw_by)?;
    parts.take(Rule::discriminator)
}

/// The first declaration that could be read: a broken one may have been a `use` line.
fn first_declaration(file: &File) -> Option<Span> {
    let items = file.items.iter().filter(|item| !matches!(item.kind, ItemKind::Broken(_)));
    items.map(|item| item.span).next()
}
