//! The schemas of a document, made as they are asked for: whatever is referred to is there, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use atlas9_emitters_core::samples;
use atlas9_emitters_core::storage::key_scalar;
use atlas9_ir::{ErrorId, Ir, Operation, ResourceId, Type, TypeDeclKind, TypeId, TypeKind};
use openapiv3::{
    AdditionalProperties, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type as Kind,
};

use crate::names::Names;
use crate::parts::{AnySchema, boxed, component, list, nullable, schema};
use crate::{bodies, declared, problems, scalars, unions};

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Position {
    /// In an answer: every readable field is there, values of enums may be new ones.
    Read,
    /// In a request that gives the whole value: nothing unknown is taken.
    Write,
    /// In an update: what is left out stays, null clears.
    Patch,
}

/// A schema with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// A declared type.
    Type(TypeId, Position),
    /// A variant of a union, by its place.
    Variant(TypeId, usize, Position),
    /// A variant of an open union that is not known yet.
    OtherVariant(TypeId),
    /// A resource as it is answered.
    Resource(ResourceId),
    /// Some fields of a resource, where a request asks for no others.
    Partial(ResourceId),
    /// A page of a list.
    Page(ResourceId),
    /// The body of an operation of a resource, or of the service, by the operation's place.
    Body(Option<ResourceId>, usize),
    /// A declared error as a problem.
    Error(ErrorId),
    /// Any problem.
    Problem,
    /// What is wrong with one field or parameter.
    Failure,
}

/// The schemas that have been asked for.
pub(crate) struct Shapes<'a> {
    pub(crate) ir: &'a Ir,
    pub(crate) names: &'a Names,
    asked: BTreeSet<Shape>,
    open: Vec<Shape>,
}

impl<'a> Shapes<'a> {
    pub(crate) fn new(ir: &'a Ir, names: &'a Names) -> Shapes<'a> {
        Shapes { ir, names, asked: BTreeSet::new(), open: Vec::new() }
    }

    /// A reference to a schema, which will be there.
    pub(crate) fn reference(&mut self, shape: Shape) -> AnySchema {
        if self.asked.insert(shape) {
            self.open.push(shape);
        }
        component(self.names.of(shape))
    }

    /// Every schema that has been asked for, and those that they ask for, by name.
    pub(crate) fn finish(mut self) -> BTreeMap<String, Schema> {
        let mut made = BTreeMap::new();
        // A list of what is still open, not recursion: types lead to types for as long as the schema is.
        while let Some(shape) = self.open.pop() {
            let schema = self.make(shape);
            made.insert(self.names.of(shape).to_owned(), schema);
        }
        made
    }

    fn make(&mut self, shape: Shape) -> Schema {
        match shape {
            Shape::Type(id, position) => declared::of(self, id, position),
            Shape::Variant(id, at, position) => unions::variant(self, id, at, position),
            Shape::OtherVariant(id) => unions::other(self, id),
            Shape::Resource(id) => bodies::resource(self, id),
            Shape::Partial(id) => bodies::partial(self, id),
            Shape::Page(id) => bodies::page(self, id),
            Shape::Body(id, at) => bodies::body(self, id, at),
            Shape::Error(id) => problems::declared(self, id),
            Shape::Problem => problems::problem(self),
            Shape::Failure => problems::failure(),
        }
    }

    /// The schema of a type, null apart.
    pub(crate) fn plain(&mut self, ty: &Type, position: Position) -> AnySchema {
        let ir = self.ir;
        if let TypeKind::Named(id) = &ty.kind
            && matches!(ir.resolve(ty).0, TypeKind::Scalar(_))
        {
            // A refined scalar is the same everywhere.
            return self.reference(Shape::Type(*id, Position::Read));
        }
        match ir.resolve(ty).0 {
            TypeKind::Scalar(scalar) => ReferenceOr::Item(scalars::of(scalar)),
            TypeKind::List { item, length } => {
                // An update replaces lists as a whole.
                let within = if position == Position::Patch { Position::Write } else { position };
                let mut items = list(self.of(item, within));
                items.min_items = samples::count(&length.min);
                items.max_items = samples::count(&length.max);
                // A list of references holds each key once.
                items.unique_items = matches!(ir.resolve(item).0, TypeKind::Ref(_));
                ReferenceOr::Item(schema(Kind::Array(items)))
            }
            TypeKind::Map { value, length } => {
                let values = self.map_values(value, position);
                ReferenceOr::Item(schema(Kind::Object(ObjectType {
                    additional_properties: Some(AdditionalProperties::Schema(Box::new(values))),
                    // An update adds to what is there.
                    min_properties: samples::count(&length.min).filter(|_| position != Position::Patch),
                    max_properties: samples::count(&length.max),
                    ..ObjectType::default()
                })))
            }
            TypeKind::Named(id) => self.reference(Shape::Type(*id, self.variant(*id, position))),
            TypeKind::Ref(to) => match key_scalar(ir, *to) {
                Some(scalar) => ReferenceOr::Item(scalars::of(scalar)),
                None => ReferenceOr::Item(scalars::of(&atlas9_ir::Scalar::Json)),
            },
        }
    }

    /// The schema of a type, with null where it may be.
    pub(crate) fn of(&mut self, ty: &Type, position: Position) -> AnySchema {
        let plain = self.plain(ty, position);
        if self.ir.resolve(ty).1 { nullable(plain) } else { plain }
    }

    /// What a list answers of each, or a get: the resource, and where a request may choose its fields, a part of it.
    pub(crate) fn read(&mut self, id: ResourceId, operation: &Operation) -> AnySchema {
        let whole = self.reference(Shape::Resource(id));
        if !operation.fields {
            return whole;
        }
        let any_of = vec![whole, self.reference(Shape::Partial(id))];
        ReferenceOr::Item(Schema {
            schema_data: SchemaData::default(),
            schema_kind: SchemaKind::AnyOf { any_of },
        })
    }

    /// What an action answers, or an item of it: resources are answered whole.
    pub(crate) fn answered(&mut self, ty: &Type) -> AnySchema {
        let (kind, optional) = self.ir.resolve(ty);
        let plain = match kind {
            TypeKind::Ref(to) => self.reference(Shape::Resource(*to)),
            TypeKind::List { item, length } => self.items(item, length),
            _ => self.plain(ty, Position::Read),
        };
        if optional { nullable(plain) } else { plain }
    }

    /// The resource behind a reference, or the resources behind a list of them.
    pub(crate) fn embedded(&mut self, ty: &Type) -> AnySchema {
        let (kind, optional) = self.ir.resolve(ty);
        let plain = match kind {
            TypeKind::Ref(to) => self.reference(Shape::Resource(*to)),
            TypeKind::List { item, .. } => ReferenceOr::Item(schema(Kind::Array(list(self.embedded(item))))),
            _ => self.plain(ty, Position::Read),
        };
        if optional { nullable(plain) } else { plain }
    }

    /// A list is answered as an object, which can gain members.
    fn items(&mut self, item: &Type, length: &atlas9_ir::Range) -> AnySchema {
        let mut items = list(self.answered(item));
        items.min_items = samples::count(&length.min);
        items.max_items = samples::count(&length.max);
        ReferenceOr::Item(schema(Kind::Object(ObjectType {
            properties: std::iter::once((
                "items".to_owned(),
                boxed(ReferenceOr::Item(schema(Kind::Array(items)))),
            ))
            .collect(),
            required: vec!["items".to_owned()],
            ..ObjectType::default()
        })))
    }

    /// In an update, null takes an entry away.
    fn map_values(&mut self, value: &Type, position: Position) -> AnySchema {
        match position {
            Position::Patch => nullable(self.plain(value, position)),
            Position::Read | Position::Write => self.of(value, position),
        }
    }

    /// Only structures and unions have all three forms, open enums two.
    fn variant(&self, id: TypeId, position: Position) -> Position {
        match &self.ir.types[id].kind {
            TypeDeclKind::Structure { .. } | TypeDeclKind::Union { .. } => position,
            TypeDeclKind::Enum { closed: false, .. } if position != Position::Read => Position::Write,
            TypeDeclKind::Enum { .. } | TypeDeclKind::Alias(_) => Position::Read,
        }
    }
}
