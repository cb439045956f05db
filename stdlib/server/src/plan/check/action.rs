//! Actions: parameters, answers, transitions and assignments.

use std::collections::HashSet;

use atlas9_descriptor::{
    Action, Answered, Assigned, Field, Method, Operation, Place, Raise, Resource, Returns, Target, Type,
};
use axum::http::HeaderName;

use super::{Check, field_at};
use crate::plan::Slot;

impl Check<'_> {
    /// An action of a resource, or of the service.
    pub(super) fn action(
        &mut self,
        at: &str,
        resource: Option<&'static Resource>,
        operation: &'static Operation,
        action: &'static Action,
        slots: &[Slot],
    ) {
        if (action.target == Target::Service) != resource.is_none() {
            self.tell(at, "what it acts on is not what offers it");
        }
        self.params(at, operation, action, slots);
        if let Returns::One { of, .. } | Returns::Many { of, .. } = &action.returns {
            self.answered(at, of);
        }
        let declared = !action.moves.is_empty() || !action.sets.is_empty();
        match resource {
            Some(resource) if action.target == Target::Item => self.changes(at, resource, action),
            _ if declared => self.tell(at, "there is no one resource that it could change"),
            _ => {}
        }
    }

    fn answered(&mut self, at: &str, of: &'static Answered) {
        match of {
            Answered::Value(ty) => self.ty(at, ty),
            Answered::Resource(name) => {
                if !self.service.resources.iter().any(|resource| resource.name == *name) {
                    self.tell(at, format_args!("it answers `{name}`, and there is no such resource"));
                }
            }
        }
    }

    fn params(&mut self, at: &str, operation: &'static Operation, action: &'static Action, slots: &[Slot]) {
        let bodiless = matches!(operation.method, Method::Get | Method::Delete);
        let mut places = HashSet::new();
        for (index, param) in action.params.iter().enumerate() {
            let at = format!("{at}.{}", param.name);
            self.ty(&at, &param.ty);
            self.scopes(&at, param.requires);
            match param.place {
                Place::Body if bodiless => self.tell(&at, "a request of this method has no body"),
                Place::Body => {}
                Place::Path => {
                    if !slots.contains(&Slot::Param(index)) {
                        self.tell(&at, "the path has no placeholder for it");
                    }
                    if param.optional || !is_text(&param.ty) {
                        self.tell(&at, "it cannot stand in a path");
                    }
                }
                Place::Query => self.text(&at, param),
                Place::Header(name) => {
                    if HeaderName::from_bytes(name.as_bytes()).is_err() {
                        self.tell(&at, format_args!("`{name}` cannot be the name of a header"));
                    }
                    self.text(&at, param);
                }
            }
            let name = if let Place::Header(name) = param.place { name } else { param.wire };
            if !places.insert((std::mem::discriminant(&param.place), name.to_ascii_lowercase())) {
                self.tell(&at, "another parameter has the same name in the same place");
            }
        }
    }

    fn text(&mut self, at: &str, param: &'static Field) {
        let text = match &param.ty {
            Type::List { item, optional, .. } => !optional && is_text(item),
            ty => is_text(ty),
        };
        if !text {
            self.tell(at, "it cannot be given as text, so that it has to stand in the body");
        }
    }

    fn changes(&mut self, at: &str, resource: &'static Resource, action: &'static Action) {
        for transition in action.moves {
            self.column(at, resource, transition.field);
            self.raise(at, resource, action, &transition.otherwise);
        }
        for (path, value) in action.sets {
            self.column(at, resource, path);
            self.assigned(at, resource, action, value);
        }
    }

    fn raise(
        &mut self,
        at: &str,
        resource: &'static Resource,
        action: &'static Action,
        raise: &'static Raise,
    ) {
        let Some(error) = self.service.error(raise.code) else {
            return self.tell(at, format_args!("there is no error `{}`", raise.code));
        };
        for (name, value) in raise.arguments {
            if !error.fields.iter().any(|field| field.name == *name) {
                self.tell(at, format_args!("the error `{}` has no field `{name}`", raise.code));
            }
            self.assigned(at, resource, action, value);
        }
    }

    fn assigned(&mut self, at: &str, resource: &'static Resource, action: &'static Action, value: &Assigned) {
        match value {
            Assigned::Literal(_) | Assigned::Principal => {}
            Assigned::Param(name) => {
                if !action.params.iter().any(|field| field.name == *name) {
                    self.tell(at, format_args!("there is no parameter `{name}`"));
                }
            }
            Assigned::Field(path) => {
                if field_at(resource.fields, path).is_none() {
                    self.tell(at, format_args!("there is no field `{}`", path.join(".")));
                }
            }
        }
    }
}

/// True for what has a form without brackets.
fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(_) | Type::Enum(_) | Type::Reference(_))
}
