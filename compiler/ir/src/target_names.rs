//! What a declaration is called in the code of one language, where its author says so.

use serde::{Deserialize, Serialize};

use crate::{EnumValue, ErrorDecl, Field, Operation, Resource, Target, TypeDecl, Variant};

/// `@name(python: "kind", go: "Kind")`: names for clients in those languages, in their casing. The name on the wire stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetNames {
    /// In Rust.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rust: Option<String>,
    /// In TypeScript.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typescript: Option<String>,
    /// In Python.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub python: Option<String>,
    /// In Go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub go: Option<String>,
}

impl TargetNames {
    /// True when nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == TargetNames::default()
    }

    /// The name in that language; nothing where the language has its own rule for it.
    pub fn get(&self, target: Target) -> Option<&str> {
        match target {
            Target::Rust => self.rust.as_deref(),
            Target::TypeScript => self.typescript.as_deref(),
            Target::Python => self.python.as_deref(),
            Target::Go => self.go.as_deref(),
            Target::Sql => None,
        }
    }

    /// The place of the name in that language; nothing for SQL, which has no clients.
    pub fn slot(&mut self, target: Target) -> Option<&mut Option<String>> {
        match target {
            Target::Rust => Some(&mut self.rust),
            Target::TypeScript => Some(&mut self.typescript),
            Target::Python => Some(&mut self.python),
            Target::Go => Some(&mut self.go),
            Target::Sql => None,
        }
    }
}

/// What has a name in the code of clients and servers.
pub trait Named {
    /// The name in the schema.
    fn name(&self) -> &str;

    /// The names that its author gives it in single languages.
    fn names(&self) -> &TargetNames;
}

impl<T: Named> Named for &T {
    fn name(&self) -> &str {
        (*self).name()
    }

    fn names(&self) -> &TargetNames {
        (*self).names()
    }
}

macro_rules! named {
    ($($declaration:ty),+) => {
        $(impl Named for $declaration {
            fn name(&self) -> &str {
                &self.name
            }

            fn names(&self) -> &TargetNames {
                &self.names
            }
        })+
    };
}

named!(EnumValue, ErrorDecl, Field, Operation, Resource, TypeDecl, Variant);
