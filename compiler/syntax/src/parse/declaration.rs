//! Declarations, and the order of a file.

use atlas9_diagnostics::{Diagnostic, Span, codes};

use super::reader::Reader;
use super::recover::{Slot, Sorted};
use super::shape::Shape;
use super::unknown::is_use;
use crate::ast::{
    Annotation, AnnotationDecl, Auth, Broken, Docs, EnumDecl, ErrorDecl, File, Item, ItemKind, Mixin,
    Namespace, Path, Resource, Service, ServiceMember, Setting, TypeBody, TypeDecl, UnionDecl, Use, UseTail,
};

/// One entry of a file.
pub(super) enum Top {
    Namespace(Namespace),
    Use(Use),
    Item(Item),
}

impl Reader<'_> {
    pub fn file(&mut self) -> File {
        let mut file = File { id: self.id, comments: self.comments(), ..File::default() };
        // A broken declaration may have been a `use` line.
        let mut declared = None;
        for slot in self.entries(Shape::Item, Reader::top) {
            match slot {
                Slot::Entry(Top::Namespace(namespace)) => self.set_namespace(&mut file, namespace, declared),
                Slot::Entry(Top::Use(line)) => self.add_use(&mut file, line, declared),
                Slot::Entry(Top::Item(item)) => {
                    declared = declared.or(Some(item.span));
                    file.items.push(item);
                }
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

    fn set_namespace(&mut self, file: &mut File, namespace: Namespace, declared: Option<Span>) {
        if let Some(first) = &file.namespace {
            let diagnostic = Diagnostic::error(codes::E0122, "the file has a second namespace")
                .at(namespace.span, "a second one")
                .and(first.span, "the first one")
                .help("a file belongs to one namespace: remove this line, or move what follows to a file of its own");
            self.push(diagnostic);
            return;
        }
        let before = file.uses.first().map(|line| line.span).or(declared);
        self.misplaced(namespace.span, before, "`namespace` stands above everything else");
        file.namespace = Some(namespace);
    }

    fn add_use(&mut self, file: &mut File, line: Use, declared: Option<Span>) {
        // One error says it for all that follow.
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
        if !is_use(&broken.keyword) {
            file.items.push(item(broken));
            return;
        }
        for name in self.words_in(span).into_iter().skip(1) {
            file.items.push(item(Broken { keyword: "use".to_owned(), name: Some(name), span }));
        }
    }

    pub fn top(&mut self) -> Option<Top> {
        let docs = self.docs();
        let first = self.at;
        let top = match self.word() {
            "namespace" => {
                self.eat_inline("namespace")?;
                let path = self.path()?;
                Top::Namespace(Namespace { docs, path, span: self.since(first) })
            }
            "use" => Top::Use(self.use_line(&docs)?),
            "reserved" => {
                let kind = ItemKind::Reserved(self.reserved(&docs)?);
                let span = self.since(first);
                Top::Item(Item { docs: Docs::default(), kind, annotations: Vec::new(), span })
            }
            _ => {
                let (kind, annotations) = self.declaration()?;
                Top::Item(Item { docs, kind, annotations, span: self.since(first) })
            }
        };
        self.is_outside = false;
        Some(top)
    }

    fn use_line(&mut self, docs: &Docs) -> Option<Use> {
        let first = self.at;
        self.eat_inline("use")?;
        let path = self.path()?;
        let tail = self.maybe(Reader::use_tail).unwrap_or(UseTail::One);
        self.undocumented(docs);
        Some(Use { path, tail, span: self.since(first) })
    }

    /// `.*` or `.{A, B}`
    fn use_tail(&mut self) -> Option<UseTail> {
        if !self.touches(self.at) {
            return None;
        }
        self.eat(b'.')?;
        let star = self.at;
        if self.eat(b'*').is_some() {
            return Some(UseTail::All(self.since(star)));
        }
        let names = self.bracketed((b'{', b'}'), Reader::name)?;
        (!names.is_empty()).then_some(UseTail::Names(names))
    }

    fn declaration(&mut self) -> Option<(ItemKind, Vec<Annotation>)> {
        let closed = self.eat_word("closed").is_some();
        let word = self.word();
        self.at += 1;
        match word {
            "enum" => self.enum_decl(closed),
            "union" => self.union_decl(closed),
            _ if closed => None,
            "resource" => self.resource(false),
            "singleton" => self.resource(true),
            "type" => self.type_decl(),
            "mixin" => {
                let name = self.name()?;
                let annotations = self.annotations();
                Some((ItemKind::Mixin(Mixin { name, members: self.members()? }), annotations))
            }
            "error" => self.error_decl(),
            "service" => {
                let name = self.name()?;
                let annotations = self.annotations();
                Some((ItemKind::Service(Service { name, members: self.settings()? }), annotations))
            }
            "annotation" => self.annotation_decl(),
            _ => None,
        }
    }

    fn resource(&mut self, singleton: bool) -> Option<(ItemKind, Vec<Annotation>)> {
        let name = self.name().filter(|name| !matches!(name.text.as_str(), "in" | "with"))?;
        let parent = self.maybe(|reader| {
            reader.eat_word("in")?;
            reader.path()
        });
        let mixins = self.mixins();
        let annotations = self.annotations();
        let members = self.members()?;
        Some((ItemKind::Resource(Resource { singleton, name, parent, mixins, members }), annotations))
    }

    /// `with Audited, Priced`
    fn mixins(&mut self) -> Vec<Path> {
        let mixins = self.maybe(|reader| {
            reader.eat_word("with")?;
            reader.some(Reader::path)
        });
        mixins.unwrap_or_default()
    }

    fn error_decl(&mut self) -> Option<(ItemKind, Vec<Annotation>)> {
        let name = self.name()?;
        self.eat(b':')?;
        let kind = self.name()?;
        let annotations = self.annotations();
        Some((ItemKind::Error(ErrorDecl { name, kind, members: self.members()? }), annotations))
    }

    fn enum_decl(&mut self, closed: bool) -> Option<(ItemKind, Vec<Annotation>)> {
        let name = self.name()?;
        let annotations = self.annotations();
        let Sorted { entries: values, reserved, broken } = self.listed(Shape::Value, Reader::described)?;
        Some((ItemKind::Enum(EnumDecl { name, closed, values, reserved, broken }), annotations))
    }

    fn union_decl(&mut self, closed: bool) -> Option<(ItemKind, Vec<Annotation>)> {
        let name = self.name().filter(|name| name.text != "by")?;
        self.eat_word("by")?;
        let discriminator = self.name()?;
        let annotations = self.annotations();
        let Sorted { entries: variants, reserved, broken } = self.listed(Shape::Variant, Reader::variant)?;
        let union = UnionDecl { name, closed, discriminator, variants, reserved, broken };
        Some((ItemKind::Union(union), annotations))
    }

    fn annotation_decl(&mut self) -> Option<(ItemKind, Vec<Annotation>)> {
        let name = self.name().filter(|name| name.text != "on")?;
        let params = self.maybe(Reader::params).unwrap_or_default();
        self.eat_inline("on")?;
        let targets = self.some(Reader::name)?;
        let kind = ItemKind::Annotation(AnnotationDecl { name, params, targets });
        Some((kind, self.annotations()))
    }

    fn type_decl(&mut self) -> Option<(ItemKind, Vec<Annotation>)> {
        let name = self.name()?;
        if self.eat(b'=').is_some() {
            let body = TypeBody::Alias(self.type_expr()?);
            return Some((ItemKind::Type(TypeDecl { name, body }), self.annotations()));
        }
        let mixins = self.mixins();
        let annotations = self.annotations();
        let body = TypeBody::Structure { mixins, members: self.members()? };
        Some((ItemKind::Type(TypeDecl { name, body }), annotations))
    }

    fn settings(&mut self) -> Option<Vec<ServiceMember>> {
        let slots = self.braces(Shape::ServiceMember, Reader::service_member)?;
        let member = |slot| match slot {
            Slot::Entry(member) => member,
            Slot::Broken(broken) => ServiceMember::Broken(broken),
        };
        Some(slots.into_iter().map(member).collect())
    }

    pub fn service_member(&mut self) -> Option<ServiceMember> {
        let docs = self.docs();
        Some(match self.word() {
            "auth" => ServiceMember::Auth(self.auth(docs)?),
            "operation" => ServiceMember::Operation(self.service_operation(docs)?),
            "reserved" => ServiceMember::Reserved(self.reserved(&docs)?),
            _ => ServiceMember::Setting(self.setting(docs)?),
        })
    }

    fn auth(&mut self, docs: Docs) -> Option<Auth> {
        let first = self.at;
        self.eat_word("auth")?;
        let scheme = self.name()?;
        let Sorted { entries: scopes, broken, .. } = self.listed(Shape::Scope, Reader::described)?;
        Some(Auth { docs, scheme, scopes, broken, span: self.since(first) })
    }

    fn setting(&mut self, docs: Docs) -> Option<Setting> {
        let first = self.at;
        let name = self.name().filter(|_| self.is_inline())?;
        let values = self.some(Reader::argument)?;
        let per = self.maybe(|reader| {
            reader.eat_word("per")?;
            reader.name()
        });
        Some(Setting { docs, name, values, per, span: self.since(first) })
    }
}
