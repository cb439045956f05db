//! What the marks of a package say of a version: what was not there yet, and what had another name.

use std::collections::BTreeMap;

use atlas9_diagnostics::{Diagnostic, FileId, Span, codes};
use atlas9_ir::{Field, Ir, Managed, OperationKind, ResourceId, TypeKind};
use atlas9_syntax::ast::{
    self, Annotation, Expr, ExprKind, Item, ItemKind, Member, Name, Operation, ServiceMember, TypeBody,
};
use foldhash::{HashMap, HashSet};

use crate::context::{Cx, bare};
use crate::meanings::Meaning;
use crate::version::Version;

/// A version of the package's API.
pub(super) struct Earlier<'c, 'a> {
    pub cx: &'c Cx<'a>,
    /// The model of now.
    pub ir: &'c Ir,
    version: Version,
    /// The version as it was asked for.
    pub text: &'c str,
    /// True when it is not the present one.
    pub past: bool,
    /// What came later: where it begins and ends. None lies in another one.
    gone: BTreeMap<(FileId, u32), u32>,
    /// Former names, by the place of the present one.
    former: HashMap<Span, String>,
    /// Former names of declarations, which are not reserved then.
    pub back: HashSet<String>,
    /// The fields of the package's mixins, by the place of the mixin's name.
    mixins: HashMap<Span, &'c [Member]>,
    /// The resources of the model, by the place of the name.
    resources: HashMap<Span, ResourceId>,
    /// Names of which it is not said when they changed.
    pub wrong: Vec<Diagnostic>,
}

impl<'c, 'a> Earlier<'c, 'a> {
    /// Reads the marks of the package.
    pub(super) fn read(cx: &'c Cx<'a>, ir: &'c Ir, version: Version, text: &'c str) -> Earlier<'c, 'a> {
        let past = cx.api.version.as_ref().is_some_and(|(newest, _)| version < *newest);
        let mut earlier = Earlier {
            cx,
            ir,
            version,
            text,
            past,
            gone: BTreeMap::new(),
            former: HashMap::default(),
            back: HashSet::default(),
            mixins: cx.own_files().flat_map(|file| &file.items).filter_map(mixin).collect(),
            resources: ir.resources.iter().map(|(id, resource)| (resource.span, id)).collect(),
            wrong: Vec::new(),
        };
        for item in cx.own_files().flat_map(|file| &file.items) {
            earlier.read_declaration(item);
        }
        for item in cx.own_files().flat_map(|file| &file.items) {
            earlier.goes_along(item);
        }
        earlier
    }

    fn read_declaration(&mut self, item: &Item) {
        let name = match &item.kind {
            ItemKind::Resource(resource) => &resource.name,
            ItemKind::Type(decl) => &decl.name,
            ItemKind::Enum(decl) => &decl.name,
            ItemKind::Union(union) => &union.name,
            ItemKind::Error(error) => &error.name,
            ItemKind::Mixin(mixin) => return self.read_members(&mixin.members),
            ItemKind::Service(service) => return self.read_service(&service.members),
            ItemKind::Annotation(_) | ItemKind::Reserved(_) | ItemKind::Broken(_) => return,
        };
        if !self.read_element(name, item.span, &item.annotations) {
            return;
        }
        self.back.extend(self.former.get(&name.span).cloned());
        match &item.kind {
            ItemKind::Resource(resource) => self.read_members(&resource.members),
            ItemKind::Error(error) => self.read_members(&error.members),
            ItemKind::Type(decl) => match &decl.body {
                TypeBody::Structure { members, .. } => self.read_members(members),
                TypeBody::Alias(_) => {}
            },
            ItemKind::Enum(decl) => decl.values.iter().for_each(|value| {
                self.read_element(&value.name, value.span, &value.annotations);
            }),
            ItemKind::Union(union) => union.variants.iter().for_each(|variant| {
                self.read_element(&variant.name, variant.span, &variant.annotations);
            }),
            _ => {}
        }
    }

    fn read_service(&mut self, members: &[ServiceMember]) {
        for member in members {
            if let ServiceMember::Operation(operation) = member {
                self.read_operation(operation);
            }
        }
    }

    fn read_members(&mut self, members: &[Member]) {
        for member in members {
            match member {
                Member::Field(field) => self.read_field(field),
                Member::Operations(block) => {
                    block.entries.iter().for_each(|entry| self.read_operation(entry))
                }
                _ => {}
            }
        }
    }

    fn read_field(&mut self, field: &ast::Field) {
        self.read_element(&field.name, field.span, &field.annotations);
    }

    fn read_operation(&mut self, operation: &Operation) {
        let name = operation.name.as_ref().unwrap_or(&operation.verb);
        if self.read_element(name, operation.span, &operation.annotations) {
            operation.params.iter().for_each(|param| self.read_field(param));
        }
    }

    /// Reads the marks of an element; true when it was there.
    fn read_element(&mut self, name: &Name, extent: Span, annotations: &[Annotation]) -> bool {
        let mark = |word: &str| annotations.iter().find(|annotation| annotation.name.text() == word);
        let added = mark("added").and_then(|added| added.args.first()).map(|argument| &argument.value);
        if self.later(added) {
            self.leave_out(extent);
            return false;
        }
        if let Some(annotation) = mark("renamed") {
            self.renamed(name, annotation);
        }
        true
    }

    fn renamed(&mut self, name: &Name, annotation: &Annotation) {
        let since = argument(annotation, "since");
        let from = argument(annotation, "from").and_then(word);
        if since.is_none() && self.past {
            self.wrong.push(
                Diagnostic::error(
                    codes::E0610,
                    format!("the schema does not tell what `{}` was called in {}", name.text, self.text),
                )
                .at(annotation.span, "since which version?")
                .help("add the version that renamed it: `since: \"...\"`"),
            );
        } else if self.later(since)
            && let Some(from) = from
        {
            self.former.insert(name.span, from.text.clone());
        }
    }

    /// True for a later version than this one.
    pub(super) fn later(&self, since: Option<&Expr>) -> bool {
        let text = since.map(|expr| &bare(expr).kind);
        let Some(ExprKind::String(text)) = text else { return false };
        Version::parse(text).is_some_and(|since| since > self.version)
    }

    /// What has no version of its own and needs something that was not there: a declared annotation, and a field of a mixin, which
    /// then nothing can take.
    fn goes_along(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Annotation(decl) if decl.params.iter().any(|param| self.field_needs(param)) => {
                self.leave_out(item.span);
            }
            ItemKind::Mixin(mixin) => {
                for member in &mixin.members {
                    if let Member::Field(field) = member
                        && self.field_needs(field)
                    {
                        self.leave_out(field.span);
                    }
                }
            }
            _ => {}
        }
    }

    fn leave_out(&mut self, extent: Span) {
        self.gone.insert((extent.file, extent.start), extent.end);
    }

    /// True for a place in what came later.
    pub(super) fn is_gone(&self, place: Span) -> bool {
        let before = self.gone.range(..=(place.file, place.start)).next_back();
        before.is_some_and(|((file, _), end)| *file == place.file && place.start < *end)
    }

    /// True for a name in use of what came later.
    pub(super) fn is_lost(&self, name: &Name) -> bool {
        match self.cx.meanings.get(name.span) {
            // What it is called now is all that makes it possible to embed it.
            Some(meaning @ Meaning::Embedded { by, resource, .. }) => {
                let unnamed = self.former.contains_key(&by) && self.called(meaning).is_none();
                self.is_gone(by) || unnamed || self.is_unread(resource)
            }
            Some(Meaning::Parent(parent)) => self.is_unread(parent),
            Some(Meaning::Declared(place) | Meaning::KeyOf(place)) => self.is_gone(place),
            None => false,
        }
    }

    /// True for a resource that nobody could read then, so that nothing embedded it.
    fn is_unread(&self, resource: Span) -> bool {
        let resource = self.resources.get(&resource).and_then(|id| self.ir.resources.get(*id));
        let operations = resource.into_iter().flat_map(|resource| &resource.operations);
        let mut reading =
            operations.filter(|it| matches!(it.kind, OperationKind::Get | OperationKind::List(_)));
        reading.all(|operation| self.is_gone(operation.span))
    }

    /// The former name of what is declared there.
    pub(super) fn former(&self, declared: Span) -> Option<&String> {
        self.former.get(&declared)
    }

    /// What was called something else, as it was called.
    pub(super) fn called(&self, meaning: Meaning) -> Option<String> {
        meaning.called(self.former(meaning.declared())?)
    }

    /// What the mixin of that name declares; nothing of another package's.
    pub(super) fn mixin(&self, name: &Name) -> &'c [Member] {
        match self.cx.meanings.get(name.span) {
            Some(Meaning::Declared(place)) => self.mixins.get(&place).copied().unwrap_or_default(),
            _ => &[],
        }
    }

    /// The keys that stand in the addresses of a resource, by their present names, as far as they had others.
    pub(super) fn keys(&self, resource: Span) -> HashMap<&'c str, String> {
        let ir = self.ir;
        let resource = self.resources.get(&resource).and_then(|id| ir.resources.get(*id));
        let fields = resource.into_iter().flat_map(|resource| &resource.fields);
        let meaning = |field: &Field| match &field.ty.kind {
            TypeKind::Ref(parent) if field.managed == Some(Managed::Parent) => {
                Some(Meaning::KeyOf(ir.resources.get(*parent)?.span))
            }
            _ => field.key.then_some(Meaning::Declared(field.span)),
        };
        fields.filter_map(|field| Some((field.name.as_str(), self.called(meaning(field)?)?))).collect()
    }
}

fn mixin(item: &Item) -> Option<(Span, &[Member])> {
    match &item.kind {
        ItemKind::Mixin(mixin) => Some((mixin.name.span, &mixin.members)),
        _ => None,
    }
}

/// The value of a named argument.
pub(super) fn argument<'t>(annotation: &'t Annotation, name: &str) -> Option<&'t Expr> {
    let named = |argument: &&ast::Argument| argument.name.as_ref().is_some_and(|known| known.text == name);
    annotation.args.iter().find(named).map(|argument| &argument.value)
}

fn word(expr: &Expr) -> Option<&Name> {
    match &bare(expr).kind {
        ExprKind::Path(path) => path.single(),
        _ => None,
    }
}
