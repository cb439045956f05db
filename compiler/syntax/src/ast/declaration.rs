//! Declarations: what stands at the top of a file, and their members.

use atlas9_diagnostics::Span;

use super::{Annotation, Argument, Docs, Expr, Name, Operation, Path, Text, TypeExpr};

/// A declaration.
#[derive(Clone, Debug)]
pub struct Item {
    /// The documentation above it.
    pub docs: Docs,
    /// What it declares.
    pub kind: ItemKind,
    /// Annotations; they stand behind the head, before the brace.
    pub annotations: Vec<Annotation>,
    /// From the keyword to the closing brace.
    pub span: Span,
}

/// The kinds of declaration.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `service NAME { ... }`
    Service(Service),
    /// `resource NAME in PARENT with MIXIN { ... }`
    Resource(Resource),
    /// `type NAME { ... }` or `type NAME = string(...)`
    Type(TypeDecl),
    /// `enum NAME { ... }` or `closed enum NAME { ... }`
    Enum(EnumDecl),
    /// `mixin NAME { ... }`
    Mixin(Mixin),
    /// `error NAME: KIND { ... }`
    Error(ErrorDecl),
    /// A declaration that could not be read; its error is reported already.
    Broken(Broken),
}

/// What is known of something that could not be read. Names that it may have declared must not be reported as unknown.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The first word, such as `resource`; empty where even that is missing.
    pub keyword: String,
    /// The name that it was to declare, if that much could be read.
    pub name: Option<Name>,
}

/// `service NAME { ... }`
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name.
    pub name: Name,
    /// Its settings and operations, in order.
    pub members: Vec<ServiceMember>,
}

/// One line or block of a service.
#[derive(Clone, Debug)]
pub enum ServiceMember {
    /// `version "1.4.0"`, `paginate cursor(default: 20)`, `raises A, B`, `rate_limit 600 per minute`, `deprecation notice: 84d`.
    Setting(Setting),
    /// `auth bearer { scope "What it allows." }`
    Auth(Auth),
    /// An unreadable member.
    Broken(Broken, Span),
}

/// A word and what it is set to. What a word may take is not the grammar's business: a wrong form gets a better message later.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Documentation above it.
    pub docs: Docs,
    /// The word.
    pub name: Name,
    /// What follows it, separated by commas: values, `cursor(...)` as a call, `notice: 84d` as a named argument.
    pub values: Vec<Argument>,
    /// The unit after `per`, as in `600 per minute`.
    pub per: Option<Name>,
    /// The whole line.
    pub span: Span,
}

/// `auth bearer { ... }`
#[derive(Clone, Debug)]
pub struct Auth {
    /// Documentation above it.
    pub docs: Docs,
    /// `bearer` or `api_key`.
    pub scheme: Name,
    /// The scopes with their meaning.
    pub scopes: Vec<Described>,
    /// The names that broken scopes may have declared.
    pub broken: Vec<Broken>,
    /// From the keyword to the brace.
    pub span: Span,
}

/// A name with a text behind it: a scope, a value of an enum.
#[derive(Clone, Debug)]
pub struct Described {
    /// Documentation above it.
    pub docs: Docs,
    /// The name.
    pub name: Name,
    /// The text behind it.
    pub text: Option<Text>,
    /// Annotations behind the text.
    pub annotations: Vec<Annotation>,
    /// The whole line.
    pub span: Span,
}

/// `resource NAME in PARENT with MIXIN, MIXIN { ... }`
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its name.
    pub name: Name,
    /// The resource that it lives in.
    pub parent: Option<Path>,
    /// The mixins.
    pub mixins: Vec<Path>,
    /// Fields and blocks, in order.
    pub members: Vec<Member>,
}

/// A field or a block of a resource, structure, mixin or error.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all members are fields, the largest variant")]
pub enum Member {
    /// `name: type = default @annotation`
    Field(Field),
    /// `operations { ... }`
    Operations(Block<Operation>),
    /// `rules { ... }`
    Rules(Block<Rule>),
    /// `storage { ... }`
    Storage(Block<Index>),
    /// `examples { ... }`
    Examples(Block<Example>),
    /// `message "..."` and `remedy "..."` of an error.
    Text(TextMember),
    /// An unreadable member.
    Broken(Broken, Span),
}

/// A block of a resource. A broken entry is reported and left out.
#[derive(Clone, Debug)]
pub struct Block<T> {
    /// The documentation above it.
    pub docs: Docs,
    /// The entries, in order.
    pub entries: Vec<T>,
    /// The names that broken entries may have declared.
    pub broken: Vec<Broken>,
    /// From the keyword to the brace.
    pub span: Span,
}

/// `name: type = default @annotation`
#[derive(Clone, Debug)]
pub struct Field {
    /// The documentation above it.
    pub docs: Docs,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: TypeExpr,
    /// What follows `=`.
    pub default: Option<Expr>,
    /// Annotations.
    pub annotations: Vec<Annotation>,
    /// From the name to the last annotation.
    pub span: Span,
}

/// `name: condition "What it means."`
#[derive(Clone, Debug)]
pub struct Rule {
    /// The documentation above it.
    pub docs: Docs,
    /// Its name.
    pub name: Name,
    /// What must hold.
    pub condition: Expr,
    /// The text for whoever breaks it.
    pub text: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

/// `index (a, b)` or `unique (a, b)`
#[derive(Clone, Debug)]
pub struct Index {
    /// The documentation above it.
    pub docs: Docs,
    /// `index` or `unique`.
    pub kind: Name,
    /// The fields.
    pub fields: Vec<Path>,
    /// The whole entry.
    pub span: Span,
}

/// `dune { title: "Dune" }`
#[derive(Clone, Debug)]
pub struct Example {
    /// The documentation above it.
    pub docs: Docs,
    /// Its name.
    pub name: Name,
    /// The value: an [`super::ExprKind::Object`].
    pub value: Expr,
    /// The whole entry.
    pub span: Span,
}

/// `message "..."`
#[derive(Clone, Debug)]
pub struct TextMember {
    /// The word.
    pub name: Name,
    /// The text.
    pub text: Text,
    /// The whole line.
    pub span: Span,
}

/// `type NAME { ... }` or `type NAME = string(...)`
#[derive(Clone, Debug)]
pub struct TypeDecl {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub body: TypeBody,
}

/// What a type declaration declares.
#[derive(Clone, Debug)]
pub enum TypeBody {
    /// A refined scalar.
    Alias(TypeExpr),
    /// A structure.
    Structure {
        /// The mixins.
        mixins: Vec<Path>,
        /// Fields, rules and examples, in order.
        members: Vec<Member>,
    },
}

/// `enum NAME { ... }`
#[derive(Clone, Debug)]
pub struct EnumDecl {
    /// Its name.
    pub name: Name,
    /// True for `closed enum`.
    pub closed: bool,
    /// The values, in order.
    pub values: Vec<Described>,
    /// The names that broken values may have declared.
    pub broken: Vec<Broken>,
}

/// `mixin NAME { ... }`
#[derive(Clone, Debug)]
pub struct Mixin {
    /// Its name.
    pub name: Name,
    /// Its members.
    pub members: Vec<Member>,
}

/// `error NAME: KIND { ... }`
#[derive(Clone, Debug)]
pub struct ErrorDecl {
    /// Its name.
    pub name: Name,
    /// The kind, such as `conflict`.
    pub kind: Name,
    /// `message`, `remedy` and fields, in order.
    pub members: Vec<Member>,
}
