//! Declarations while they are read: like the model, but names may be lost to an error that is reported already.

use atlas9_ir::{
    EnumValue, Example, Field, Reserved, ResourceId, Rule, Scalar, Type, TypeDecl, TypeDeclKind, TypeId,
    TypeKind,
};
use atlas9_syntax::ast;
use foldhash::{HashMap, HashSet};

/// Two fields that cannot stand in one declaration.
pub(crate) struct Clash {
    pub first: Field,
    pub again: Field,
}

/// The fields of a declaration.
#[derive(Default)]
pub(crate) struct Shape {
    /// The declaration's name, for messages.
    pub owner: String,
    pub fields: Vec<Field>,
    index: HashMap<String, usize>,
    wires: HashMap<String, usize>,
    /// Names of fields that are gone.
    pub reserved: Vec<Reserved>,
    /// What deprecated fields name as their replacements.
    pub replacements: Vec<ast::Name>,
    /// Fields that could not be read: they exist, and nothing more is known.
    lost: HashSet<String>,
    /// Fields with a default, which is read when all types are known, and may be wrong.
    defaulted: HashSet<String>,
    /// True when something unreadable may have declared any field.
    pub open: bool,
    /// True when a parent is not known, and with it the names of the keys that lead there.
    pub parents_lost: bool,
}

impl Shape {
    pub(crate) fn new(owner: &str) -> Shape {
        Shape { owner: owner.to_owned(), ..Shape::default() }
    }

    /// Adds a field. Gives it back with the one that has its name already, or its name on the wire.
    pub(crate) fn push(&mut self, field: Field) -> Result<(), Box<Clash>> {
        let known = self.index.get(&field.name).or_else(|| self.wires.get(&field.wire)).copied();
        if let Some(index) = known {
            return Err(Box::new(Clash { first: self.fields[index].clone(), again: field }));
        }
        self.index.insert(field.name.clone(), self.fields.len());
        if field.wire != field.name {
            self.wires.insert(field.wire.clone(), self.fields.len());
        }
        self.fields.push(field);
        Ok(())
    }

    /// Fields that could not be read.
    pub(crate) fn lost_names(&self) -> impl Iterator<Item = &str> {
        self.lost.iter().map(String::as_str)
    }

    pub(crate) fn lose(&mut self, name: &str) {
        self.lost.insert(name.to_owned());
    }

    /// Notes that the author gives the field a default.
    pub(crate) fn expect_default(&mut self, name: &str) {
        self.defaulted.insert(name.to_owned());
    }

    /// True when the author gives the field a default, right or wrong.
    pub(crate) fn has_default(&self, name: &str) -> bool {
        self.defaulted.contains(name)
    }

    /// Takes over what is known of another one beside its fields.
    pub(crate) fn take_notes(&mut self, other: &mut Shape) {
        self.reserved.append(&mut other.reserved);
        self.lost.extend(other.lost.drain());
        self.defaulted.extend(other.defaulted.drain());
        self.open |= other.open;
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Field> {
        self.index.get(name).and_then(|index| self.fields.get(*index))
    }

    /// The field of that name in bodies.
    pub(crate) fn on_wire(&self, wire: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.wire == wire)
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Field> {
        self.index.get(name).and_then(|index| self.fields.get_mut(*index))
    }

    /// True when a field of that name may exist although it is not among the fields.
    pub(crate) fn may_have(&self, name: &str) -> bool {
        self.open || self.lost.contains(name) || self.parents_lost && name.ends_with("_id")
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str())
    }
}

/// The type of a field of which the type could not be read. What has it is not checked further.
pub(crate) fn lost_type() -> Type {
    Type { kind: TypeKind::Named(TypeId::new(usize::MAX)), optional: false }
}

/// A declared type.
pub(crate) struct TypeEntry {
    pub decl: TypeDecl,
    /// For a structure; its fields move into the declaration at the end.
    pub shape: Shape,
    /// For a structure.
    pub rules: Vec<Rule>,
    pub examples: Vec<Example>,
    /// True when it is not known what it is: what has this type is not checked further.
    pub lost: bool,
}

/// The declared types, by id.
#[derive(Default)]
pub(crate) struct Types {
    pub entries: Vec<TypeEntry>,
    /// The type of each resource's key, by id, as far as it is known.
    pub keys: Vec<Option<Type>>,
    /// The name of each resource, by id.
    pub resources: Vec<String>,
}

/// A type with its other names followed.
#[derive(Clone, Copy)]
pub(crate) enum Plain<'t> {
    Scalar(&'t Scalar),
    List(&'t Type, &'t atlas9_ir::Range),
    Map(&'t Type, &'t atlas9_ir::Range),
    Enum(TypeId, &'t [EnumValue]),
    Union(TypeId),
    Structure(TypeId, &'t Shape),
    Ref(ResourceId),
}

impl Types {
    /// What a type is, and whether any name on the way is optional. Nothing where it is lost.
    pub(crate) fn plain<'t>(&'t self, ty: &'t Type) -> Option<(Plain<'t>, bool)> {
        let (mut ty, mut optional) = (ty, ty.optional);
        loop {
            let id = match &ty.kind {
                TypeKind::Scalar(scalar) => return Some((Plain::Scalar(scalar), optional)),
                TypeKind::List { item, length } => return Some((Plain::List(item, length), optional)),
                TypeKind::Map { value, length } => return Some((Plain::Map(value, length), optional)),
                TypeKind::Ref(resource) => return Some((Plain::Ref(*resource), optional)),
                TypeKind::Named(id) => *id,
            };
            let entry = self.entries.get(id.index()).filter(|entry| !entry.lost)?;
            ty = match &entry.decl.kind {
                TypeDeclKind::Structure { .. } => {
                    return Some((Plain::Structure(id, &entry.shape), optional));
                }
                TypeDeclKind::Enum { values, .. } => return Some((Plain::Enum(id, values), optional)),
                TypeDeclKind::Union { .. } => return Some((Plain::Union(id), optional)),
                TypeDeclKind::Alias(target) => target,
            };
            optional |= ty.optional;
        }
    }

    /// True when the type's declaration is lost to an error.
    pub(crate) fn is_lost(&self, id: TypeId) -> bool {
        self.entries.get(id.index()).is_some_and(|entry| entry.lost)
    }

    /// The field that a path leads to, through structures; `step` is told of each on the way.
    pub(crate) fn walk<'t, 'p>(
        &'t self,
        shape: &'t Shape,
        path: &'p ast::Path,
        step: impl Fn(&ast::Name, &Field),
    ) -> Walked<'t, 'p> {
        let mut optional = false;
        let mut shape = shape;
        let mut found: Option<&Field> = None;
        for name in &path.segments {
            if let Some(field) = found {
                match self.plain(&field.ty) {
                    Some((Plain::Structure(_, inner), _)) => shape = inner,
                    Some(_) => return Walked::NoFields(field, name),
                    None => return Walked::Lost,
                }
            }
            let Some(field) = shape.get(&name.text) else {
                return if shape.may_have(&name.text) { Walked::Lost } else { Walked::Missing(shape, name) };
            };
            let Some((_, maybe_null)) = self.plain(&field.ty) else { return Walked::Lost };
            optional |= maybe_null;
            step(name, field);
            found = Some(field);
        }
        found.map_or(Walked::Lost, |field| Walked::Field { field, optional })
    }

    /// A type in the words of the language, for messages.
    pub(crate) fn describe(&self, ty: &Type) -> String {
        let mark = if ty.optional { "?" } else { "" };
        let text = match &ty.kind {
            TypeKind::Scalar(scalar) => scalar.word().to_owned(),
            TypeKind::List { item, .. } => format!("[{}]", self.describe(item)),
            TypeKind::Map { value, .. } => format!("{{string: {}}}", self.describe(value)),
            TypeKind::Named(id) => {
                self.entries.get(id.index()).map(|entry| entry.decl.name.clone()).unwrap_or_default()
            }
            TypeKind::Ref(id) => {
                let name = self.resources.get(id.index()).map_or("", String::as_str);
                format!("ref {name}").trim_end().to_owned()
            }
        };
        format!("{text}{mark}")
    }
}

/// Where a path leads.
pub(crate) enum Walked<'t, 'p> {
    Field {
        field: &'t Field,
        /// True when the value may be null: any step on the way is optional.
        optional: bool,
    },
    /// The declaration has no such field.
    Missing(&'t Shape, &'p ast::Name),
    /// The path goes on behind a field that has none.
    NoFields(&'t Field, &'p ast::Name),
    /// Not known because of an error that is reported already.
    Lost,
}
