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
    /// `resource NAME in PARENT with MIXIN { ... }` or `singleton NAME ... { ... }`
    Resource(Resource),
    /// `type NAME { ... }` or `type NAME = string(...)`
    Type(TypeDecl),
    /// `enum NAME { ... }` or `closed enum NAME { ... }`
    Enum(EnumDecl),
    /// `union NAME by FIELD { ... }` or `closed union NAME by FIELD { ... }`
    Union(UnionDecl),
    /// `mixin NAME { ... }`
    Mixin(Mixin),
    /// `error NAME: KIND { ... }`
    Error(ErrorDecl),
    /// `annotation NAME(...) on TARGET, TARGET`
    Annotation(AnnotationDecl),
    /// `reserved NAME, NAME`
    Reserved(Reserved),
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
    /// All of it, with the documentation above it.
    pub span: Span,
}

/// `reserved a, b`: names that must not be declared again.
#[derive(Clone, Debug)]
pub struct Reserved {
    /// The names, in order.
    pub names: Vec<Name>,
    /// From the keyword to the last name.
    pub span: Span,
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
    /// `operation NAME(...) -> TYPE at POST "/path"`
    Operation(Operation),
    /// `reserved NAME, NAME`: names of operations.
    Reserved(Reserved),
    /// An unreadable member.
    Broken(Broken),
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
    /// The scopes that could not be read.
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

/// `resource NAME in PARENT with MIXIN, MIXIN { ... }` or `singleton NAME ... { ... }`
#[derive(Clone, Debug)]
pub struct Resource {
    /// True for `singleton`.
    pub singleton: bool,
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
    /// `reserved NAME, NAME`
    Reserved(Reserved),
    /// An unreadable member.
    Broken(Broken),
}

/// A block of a resource. A broken entry is reported and left out.
#[derive(Clone, Debug)]
pub struct Block<T> {
    /// The documentation above it.
    pub docs: Docs,
    /// The entries, in order.
    pub entries: Vec<T>,
    /// The names that are reserved among the entries; only of operations.
    pub reserved: Vec<Reserved>,
    /// The entries that could not be read.
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
    /// The names that are reserved among the values.
    pub reserved: Vec<Reserved>,
    /// The values that could not be read.
    pub broken: Vec<Broken>,
}

/// `union NAME by FIELD { ... }`
#[derive(Clone, Debug)]
pub struct UnionDecl {
    /// Its name.
    pub name: Name,
    /// True for `closed union`.
    pub closed: bool,
    /// The field on the wire that tells the variants apart.
    pub discriminator: Name,
    /// The variants, in order.
    pub variants: Vec<Variant>,
    /// The names that are reserved among the variants.
    pub reserved: Vec<Reserved>,
    /// The variants that could not be read.
    pub broken: Vec<Broken>,
}

/// `card: CardPayment "Paid by card."`
#[derive(Clone, Debug)]
pub struct Variant {
    /// Documentation above it.
    pub docs: Docs,
    /// The name.
    pub name: Name,
    /// Its type: a structure, which the analyser checks.
    pub ty: TypeExpr,
    /// The text behind it.
    pub text: Option<Text>,
    /// Annotations behind the text.
    pub annotations: Vec<Annotation>,
    /// The whole line.
    pub span: Span,
}

/// `annotation NAME(...) on TARGET, TARGET`
#[derive(Clone, Debug)]
pub struct AnnotationDecl {
    /// Its name.
    pub name: Name,
    /// What it takes.
    pub params: Vec<Field>,
    /// What it may stand on, such as `resource` or `field`.
    pub targets: Vec<Name>,
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
