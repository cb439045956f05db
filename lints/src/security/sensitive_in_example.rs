//! An example that shows what looks like a real secret.

use atlas9_ir::{Field, Ir, TypeDeclKind, TypeKind, Value};

use crate::check::{Check, Context};
use crate::finding::Finding;
use crate::node::ExampleNode;
use crate::option::{OptionDefault, OptionSpec};
use crate::words::mentions;

/// Words that say that a value is none.
const PLACEHOLDERS: OptionSpec = OptionSpec {
    lint: "sensitive_in_example",
    name: "placeholders",
    default: OptionDefault::Words(&[
        "changeme",
        "dummy",
        "example",
        "fake",
        "placeholder",
        "redacted",
        "sample",
        "secret",
        "test",
        "xxx",
        "xxxx",
    ]),
    meaning: "Words that make a value a placeholder.",
};

pub(crate) const OPTIONS: &[OptionSpec] = &[PLACEHOLDERS];

pub(crate) const CHECKS: &[Check] = &[Check::Example(check)];

fn check(context: &Context<'_>, node: &ExampleNode<'_>) -> Option<Finding> {
    let name = shown(context, &node.resource.fields, &node.example.value)?;
    Some(Finding::new(
        format!("the example `{}` shows a `{name}` that may be a real one", node.example.name),
        "shows a secret",
        format!("write what nobody can take for one, such as `{name}: \"example-{name}\"`, or leave it out"),
    ))
}

/// The first sensitive field whose value in an example is no placeholder.
fn shown<'a>(context: &'a Context<'_>, fields: &'a [Field], value: &'a Value) -> Option<&'a str> {
    let Value::Object(members) = value else { return None };
    members.iter().find_map(|(name, value)| {
        let field = fields.iter().find(|field| field.name == *name)?;
        match value {
            Value::String(text) if field.sensitive.is_some() => {
                is_real(context, text).then_some(name.as_str())
            }
            Value::Object(_) => shown(context, structure(context.ir, field)?, value),
            _ => None,
        }
    })
}

fn structure<'a>(ir: &'a Ir, field: &'a Field) -> Option<&'a [Field]> {
    let (TypeKind::Named(id), _) = ir.resolve(&field.ty) else { return None };
    match &ir.types[*id].kind {
        TypeDeclKind::Structure { fields, .. } => Some(fields),
        _ => None,
    }
}

/// False for placeholders: `example-token`, `****`, `XXXX0000`, and what ends in a reserved domain (RFC 2606).
fn is_real(context: &Context<'_>, text: &str) -> bool {
    let plain: String =
        text.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
    let distinct: std::collections::BTreeSet<u8> = letters.collect();
    distinct.len() > 2 && !mentions(&plain, context.config.words(&PLACEHOLDERS))
}
