//! `fields=id,title`: which fields are answered of each; a get has it too.

use atlas9_descriptor::{Expand, Field, Resource};

use crate::Principal;
use crate::nearest::suggestion;
use crate::problem::Failure;
use crate::uses::Uses;

/// What the parameter asks for.
#[derive(Default)]
pub(crate) struct Chosen {
    /// The places of the fields, in the order of their names.
    pub(crate) places: Vec<usize>,
    /// Scopes that the caller lacks for some of them.
    pub(crate) lacking: Vec<&'static str>,
    /// Those of them that are on their way out.
    pub(crate) uses: Uses,
    /// Everything that is wrong with the names.
    pub(crate) failures: Vec<Failure>,
}

/// Reads the names that fields have on the wire. `expand` are the references that the operation embeds.
pub(crate) fn fields(
    resource: &'static Resource,
    expand: &[Expand],
    principal: &Principal,
    text: &str,
) -> Chosen {
    let mut chosen = Chosen::default();
    let names: Vec<&str> = text.split(',').collect();
    let most = resource.fields.iter().filter(|field| field.readable()).count();
    // None stands there twice, so that more are wrong in any case; and what is answered does not grow with what is sent.
    if names.len() > most {
        chosen.failures.push(fail("too_many", format!("must have at most {most} names")));
        return chosen;
    }
    if text.is_empty() {
        let detail = "must name a field; leave the parameter out for all of them";
        chosen.failures.push(fail("too_few", detail.to_owned()));
        return chosen;
    }
    for name in names {
        chosen.name(resource, expand, principal, name);
    }
    chosen
}

impl Chosen {
    fn name(&mut self, resource: &'static Resource, expand: &[Expand], principal: &Principal, name: &str) {
        let (outer, inner) = name.split_once('.').map_or((name, None), |(outer, inner)| (outer, Some(inner)));
        let named = |(_, field): &(usize, &Field)| field.readable() && field.wire == outer;
        let Some((place, field)) = resource.fields.iter().enumerate().find(named) else {
            self.failures.push(fail("unknown_value", unknown(resource, expand, principal, name)));
            return;
        };
        // Whether something is in it is nothing for whoever may not see it.
        if !principal.may(field.requires) {
            self.lacking.extend(field.requires.iter().copied().filter(|scope| !principal.may(&[scope])));
        } else if inner.is_some() {
            let detail = format!("`{name}` is in a field, which comes whole: name `{outer}`");
            self.failures.push(fail("unknown_value", detail));
        }
        self.uses.field(resource.name, field);
        if inner.is_none() && self.places.contains(&place) {
            self.failures.push(fail("repeated", format!("`{name}` stands there twice")));
        }
        self.places.push(place);
    }
}

/// Why a name is no field. What the caller may not see is not suggested.
fn unknown(resource: &Resource, expand: &[Expand], principal: &Principal, name: &str) -> String {
    if name.is_empty() {
        return "a comma has no name beside it".to_owned();
    }
    if let Some(expand) = expand.iter().find(|expand| expand.name == name) {
        return format!("`{0}` is no field: it is there where `expand={0}` asks for it", expand.name);
    }
    let seen = resource.fields.iter().filter(|field| field.readable() && principal.may(field.requires));
    format!("`{name}` is no field of what is answered{}", suggestion(name, seen.map(|field| field.wire)))
}

fn fail(code: &'static str, detail: String) -> Failure {
    Failure::parameter("fields", code, detail)
}
