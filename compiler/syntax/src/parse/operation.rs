//! Operations and their clauses.

use atlas9_diagnostics::{Diagnostic, Span, codes, nearest};

use super::cursor::PARENS;
use super::reader::Reader;
use super::recover::Listed;
use super::shape::VERBS;
use crate::ast::{Assignment, At, Clause, ClauseKind, Docs, Field, Moves, Name, Operation, OperationKind};

/// The methods that an address can name.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

impl Reader<'_> {
    pub fn resource_operation(&mut self) -> Option<Listed<Operation>> {
        let docs = self.docs();
        match self.word() {
            "reserved" => self.reserved(&docs).map(Listed::Reserved),
            "operation" => None,
            _ => self.operation(docs).map(Listed::One),
        }
    }

    fn operation(&mut self, docs: Docs) -> Option<Operation> {
        let first = self.at;
        let (kind, verb) = self.operation_kind()?;
        let mut operation = Operation {
            docs,
            kind,
            verb,
            name: None,
            params: Vec::new(),
            returns: None,
            clauses: Vec::new(),
            annotations: Vec::new(),
            span: Span::default(),
        };
        if kind != OperationKind::Standard {
            operation.name = Some(self.name()?);
            operation.params = self.params()?;
            operation.returns = self.maybe(|reader| {
                reader.arrow()?;
                reader.type_expr()
            });
        }
        operation.clauses = self.many(Reader::clause);
        operation.annotations = self.annotations();
        operation.span = self.since(first);
        Some(operation)
    }

    /// An operation of the service. A clause of it stands deeper where a setting begins with the same word.
    pub fn service_operation(&mut self, docs: Docs) -> Option<Operation> {
        let operation = self.operation(docs)?;
        let Some(margin) = self.margin(operation.span) else { return Some(operation) };
        let is_setting = |clause: &&Clause| {
            let may_be = matches!(clause.kind, ClauseKind::Raises(_) | ClauseKind::Paginate(_));
            may_be && self.margin(clause.span).is_some_and(|column| column <= margin)
        };
        let shallow = operation.clauses.iter().find(is_setting).map(|clause| clause.span);
        if let Some(span) = shallow {
            let name = operation.name.as_ref().map_or("", |name| name.text.as_str());
            let diagnostic = Diagnostic::error(
                codes::E0125,
                format!("this belongs to the operation `{name}` above it"),
            )
            .at(span, "a clause of the operation")
            .and(operation.verb.span, "the operation")
            .help(
                "indent it further than the operation; a setting of the service stands above all operations",
            );
            self.push(diagnostic);
            self.lost = true;
        }
        Some(operation)
    }

    /// How many characters stand before something that begins its line.
    fn margin(&self, span: Span) -> Option<usize> {
        let start = self.offset(span);
        let line = self.text.get(self.lines.start(start)..start)?;
        line.chars().all(char::is_whitespace).then(|| line.chars().count())
    }

    /// The words that begin an operation.
    fn operation_kind(&mut self) -> Option<(OperationKind, Name)> {
        let first = self.at;
        let word = self.word();
        self.at += 1;
        let kind = match word {
            "action" => OperationKind::Action,
            "query" => OperationKind::Query,
            "operation" => OperationKind::Service,
            "collection" => {
                self.eat_word("action")?;
                OperationKind::CollectionAction
            }
            verb if VERBS.contains(&verb) => OperationKind::Standard,
            _ => return None,
        };
        let text = if kind == OperationKind::CollectionAction { "collection action" } else { word };
        Some((kind, Name { text: text.to_owned(), span: self.since(first) }))
    }

    /// Parameters in their parentheses.
    pub fn params(&mut self) -> Option<Vec<Field>> {
        self.bracketed(PARENS, |reader| {
            let docs = reader.docs();
            reader.field(docs)
        })
    }

    fn arrow(&mut self) -> Option<()> {
        self.at_signs(b'-', b'>').then(|| self.at += 2)
    }

    fn clause(&mut self) -> Option<Clause> {
        let first = self.at;
        let word = self.word();
        let kind = match word {
            "" => return None,
            "idempotent" | "conditional" | "public" | "fields" | "force" | "soft" | "batch" | "filter"
            | "sort" | "search" | "expand" => {
                self.at += 1;
                self.plain_clause(word)?
            }
            _ => {
                self.eat_inline(word)?;
                self.worded_clause(word)?
            }
        };
        Some(Clause { kind, span: self.since(first) })
    }

    fn plain_clause(&mut self, word: &str) -> Option<ClauseKind> {
        Some(match word {
            "idempotent" => ClauseKind::Idempotent,
            "conditional" => ClauseKind::Conditional,
            "public" => ClauseKind::Public,
            "fields" => ClauseKind::Fields,
            "force" => ClauseKind::Force,
            "soft" => ClauseKind::Soft(self.optional_args()),
            "batch" => ClauseKind::Batch(self.optional_args()),
            "filter" => ClauseKind::Filter(self.fields()?),
            "sort" => ClauseKind::Sort(self.fields()?),
            "search" => ClauseKind::Search(self.fields()?),
            "expand" => ClauseKind::Expand(self.fields()?),
            _ => return None,
        })
    }

    /// A clause whose word needs something on its line.
    fn worded_clause(&mut self, word: &str) -> Option<ClauseKind> {
        Some(match word {
            "paginate" => ClauseKind::Paginate(self.call()?),
            "raises" => ClauseKind::Raises(self.some(Reader::path)?),
            "requires" => ClauseKind::Requires(self.some(Reader::name)?),
            "sets" => ClauseKind::Sets(self.some(Reader::assignment)?),
            "at" => ClauseKind::At(self.address()?),
            "moves" => ClauseKind::Moves(self.transition()?),
            _ => return None,
        })
    }

    fn address(&mut self) -> Option<At> {
        let method = self.name()?;
        let path = self.text()?;
        if !METHODS.contains(&method.text.as_str()) {
            let help = match nearest(&method.text, METHODS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of {}", METHODS.map(|method| format!("`{method}`")).join(", ")),
            };
            let message = format!("`{}` is no method that an operation can have", method.text);
            self.report(codes::E0124, method.span, message, "not known", &help);
            self.lost = true;
        }
        Some(At { method, path })
    }

    fn transition(&mut self) -> Option<Moves> {
        let field = self.path()?;
        let from = self.some(Reader::name)?;
        self.arrow()?;
        let to = self.name()?;
        let otherwise = self.maybe(|reader| {
            reader.eat_word("else")?;
            reader.call()
        });
        Some(Moves { field, from, to, otherwise })
    }

    fn assignment(&mut self) -> Option<Assignment> {
        let field = self.path()?;
        self.eat(b':')?;
        Some(Assignment { field, value: self.expr()? })
    }
}
