//! The schema's examples as bodies of requests and answers, with what they leave out made up.

use atlas9_emitters_core::samples::{self, Side};
use atlas9_ir::{Field, Resource, Value};
use openapiv3::{Example, MediaType, ReferenceOr};
use serde_json::Value as Json;

use crate::parts;
use crate::shapes::{Shape, Shapes};
use crate::shared::At;
use crate::text;

/// The content of an answer or a body with the resource's examples.
pub(crate) fn media(shapes: &mut Shapes<'_>, at: At<'_>, shape: Shape) -> MediaType {
    let mut media = parts::media(shapes.reference(shape));
    let Some(resource) = at.resource() else { return media };
    for example in &resource.examples {
        let Value::Object(given) = &example.value else { continue };
        let value = match shape {
            Shape::Resource(_) => answered(shapes, resource, given),
            _ => sent(shapes, resource, given),
        };
        if let Some(value) = value {
            let description = text::paragraphs([text::docs(&example.docs)]);
            let shown = Example { description, ..parts::shown(value) };
            media.examples.insert(example.name.clone(), ReferenceOr::Item(shown));
        }
    }
    media
}

fn answered(shapes: &Shapes<'_>, resource: &Resource, given: &[(String, Value)]) -> Option<Json> {
    samples::object(shapes.ir, resource.fields.iter().filter(|field| field.readable()), given, Side::Answered)
}

fn sent(shapes: &Shapes<'_>, resource: &Resource, given: &[(String, Value)]) -> Option<Json> {
    let fields = resource.fields.iter().filter(|field| field.creatable());
    samples::object(shapes.ir, fields.filter(|field: &&Field| known(field)), given, Side::Sent)
}

/// Values that need a scope are no example for everybody.
fn known(field: &Field) -> bool {
    field.requires.is_empty() || field.required_in_create()
}
