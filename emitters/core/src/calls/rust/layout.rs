//! Code as rustfmt leaves it where nobody tells it otherwise, within the body of a function.

/// The longest line, without the indentation of a function's body.
const WIDTH: usize = 96;

/// The longest list of arguments, the longest array and the longest chain on one line.
const SHORT: usize = 60;

/// The longest fields of a structure on one line.
const FEW: usize = 18;

const INDENT: usize = 4;

/// How much of a line there is.
#[derive(Clone, Copy)]
struct Room {
    /// How many characters stand behind the code.
    behind: usize,
    /// The column that the line ends at.
    edge: usize,
}

/// A whole line, but for a comma.
const COMMA: Room = Room { behind: 1, edge: WIDTH };

/// Code before it is laid out.
#[derive(Clone, Debug)]
pub enum Code {
    /// What stands on one line.
    Plain(String),
    /// `head(one, two)`
    Call(String, Vec<Code>),
    /// `[one, two]`, with what stands before the bracket.
    List(&'static str, Vec<Code>),
    /// `Head { name: value, ..rest }`
    Structure(String, Vec<(String, Code)>, Option<&'static str>),
}

impl Code {
    /// The code on one line; nothing where that is too much for one line, whatever the place.
    fn line(&self) -> Option<String> {
        match self {
            Code::Plain(text) => Some(text.clone()),
            Code::Call(head, items) => Some(format!("{head}({})", joined(items)?)),
            Code::List(head, items) => Some(format!("{head}[{}]", joined(items)?)),
            Code::Structure(head, members, None) if members.is_empty() => Some(format!("{head} {{}}")),
            Code::Structure(head, members, None) => {
                let members: Option<Vec<String>> =
                    members.iter().map(|(name, value)| member(name, value)).collect();
                let members = members?.join(", ");
                (width(&members) <= FEW).then(|| format!("{head} {{ {members} }}"))
            }
            Code::Structure(_, _, Some(_)) => None,
        }
    }

    /// The code from a column of a line with some indentation on.
    fn laid(&self, column: usize, indent: usize, room: Room) -> String {
        if let Some(line) = self.line().filter(|line| column + width(line) + room.behind <= room.edge) {
            return line;
        }
        match self {
            Code::Plain(text) => text.clone(),
            Code::Call(head, items) => enclosed((head, "("), items, ")", (column, indent), room),
            Code::List(head, items) => enclosed((head, "["), items, "]", (column, indent), room),
            Code::Structure(head, members, rest) => {
                let inner = indent + INDENT;
                let lines = members.iter().map(|(name, value)| {
                    format!("{name}: {},", value.laid(inner + width(name) + 2, inner, COMMA))
                });
                block(&format!("{head} {{"), lines.chain(rest.map(str::to_owned)), "}", indent)
            }
        }
    }

    /// True for what another call has to fit around.
    fn is_call(&self) -> bool {
        matches!(self, Code::Call(..) | Code::List("vec!", _))
    }
}

fn member(name: &str, value: &Code) -> Option<String> {
    Some(format!("{name}: {}", value.line()?))
}

/// Items with commas between; nothing where they are too much for one line.
fn joined(items: &[Code]) -> Option<String> {
    let lines: Option<Vec<String>> = items.iter().map(Code::line).collect();
    let text = lines?.join(", ");
    let fits = match items {
        [one] => !one.is_call() || width(&text) <= SHORT,
        _ => width(&text) <= SHORT,
    };
    fits.then_some(text)
}

/// Items on several lines; a single one that has brackets itself shares them.
fn enclosed(
    (head, open): (&str, &str),
    items: &[Code],
    close: &str,
    (column, indent): (usize, usize),
    room: Room,
) -> String {
    match items {
        [] => format!("{head}{open}{close}"),
        [one] if !matches!(one, Code::Plain(_)) => {
            let column = column + width(head) + 1;
            // A call within a call has less room, and so has what it holds.
            let edge = if one.is_call() { room.edge.min(column + SHORT + 1) } else { room.edge };
            let one = one.laid(column, indent, Room { behind: 1, edge });
            format!("{head}{open}{one}{close}")
        }
        _ => {
            let inner = indent + INDENT;
            let lines = items.iter().map(|item| format!("{},", item.laid(inner, inner, COMMA)));
            block(&format!("{head}{open}"), lines, close, indent)
        }
    }
}

fn block(open: &str, lines: impl Iterator<Item = String>, close: &str, indent: usize) -> String {
    let inner = " ".repeat(indent + INDENT);
    let lines: String = lines.map(|line| format!("{inner}{line}\n")).collect();
    format!("{open}\n{lines}{:indent$}{close}", "")
}

/// Calls of methods one behind the other: `client.books().get("...").send().await?`
#[derive(Clone, Debug)]
pub struct Chain {
    /// What they begin with.
    pub root: String,
    /// The calls, each with its point.
    pub links: Vec<Code>,
}

impl Chain {
    /// The same with another call behind it.
    #[must_use]
    pub fn then(mut self, method: &str, arguments: &[&str]) -> Chain {
        let arguments = arguments.iter().map(|argument| Code::Plain((*argument).to_owned()));
        self.links.push(Code::Call(format!(".{method}"), arguments.collect()));
        self
    }

    /// The same with something behind it that is no call, such as `.await?`.
    #[must_use]
    pub fn ending(mut self, text: &str) -> Chain {
        self.links.push(Code::Plain(text.to_owned()));
        self
    }

    /// A statement: what stands before the chain and behind it, such as `let book = ` and `;`.
    pub fn laid(&self, before: &str, behind: &str) -> String {
        let below = |link: &Code| link.laid(INDENT, INDENT, Room { behind: 0, edge: WIDTH });
        let links: Vec<String> = self.links.iter().map(below).collect();
        let line = format!("{}{}", self.root, links.concat());
        let marks = line.len() - line.trim_end_matches('?').len();
        let short = !line.contains('\n') && (links.len() == 1 || width(&line) + marks <= SHORT);
        if short && width(before) + width(&line) + width(behind) <= WIDTH {
            return format!("{before}{line}{behind}");
        }
        if short && !before.is_empty() && INDENT + width(&line) + width(behind) <= WIDTH {
            return format!("{}\n    {line}{behind}", before.trim_end());
        }
        let links: String = links.iter().map(|link| format!("\n    {link}")).collect();
        format!("{before}{}{links}{behind}", self.root)
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Code {
        Code::Plain(text.to_owned())
    }

    #[test]
    fn chains_stand_on_one_line_where_they_are_short() {
        let chain = |argument: &str| {
            Chain { root: "client".to_owned(), links: Vec::new() }
                .then("books", &[])
                .then("get", &[argument])
                .then("send", &[])
                .ending(".await?")
        };
        let check = |argument: &str, expected: &str| {
            assert_eq!(chain(argument).laid("let book = ", ";"), expected, "{argument}");
        };
        check("id", "let book = client.books().get(id).send().await?;");
        let long = "x".repeat(30);
        check(
            &long,
            &format!("let book = client\n    .books()\n    .get({long})\n    .send()\n    .await?;"),
        );
    }

    #[test]
    fn what_is_too_long_takes_a_line_for_each_item() {
        let check = |code: Code, expected: &str| assert_eq!(code.laid(0, 0, COMMA), expected);
        let call =
            |items: &[&str]| Code::Call("f".to_owned(), items.iter().map(|item| plain(item)).collect());
        check(call(&["a", "b"]), "f(a, b)");
        let long = "x".repeat(40);
        check(call(&[&long, &long]), &format!("f(\n    {long},\n    {long},\n)"));
        let inner = Code::Structure("T".to_owned(), vec![("a".to_owned(), plain("1"))], Some("..rest"));
        check(Code::Call("f".to_owned(), vec![inner.clone()]), "f(T {\n    a: 1,\n    ..rest\n})");
        check(
            Code::List("", vec![inner, plain("b")]),
            "[\n    T {\n        a: 1,\n        ..rest\n    },\n    b,\n]",
        );
        check(Code::Structure("T".to_owned(), Vec::new(), None), "T {}");
        let pair = || Code::Call(String::new(), vec![plain("\"a\".to_owned()"), plain("\"b\".to_owned()")]);
        let map = |path: &str| Code::Call(path.to_owned(), vec![Code::List("", vec![pair()])]);
        let within = |path: &str| Code::Call("f".to_owned(), vec![map(path)]);
        check(within("Map::from"), "f(Map::from([(\"a\".to_owned(), \"b\".to_owned())]))");
        check(
            within("std::collections::BTreeMap::from"),
            "f(std::collections::BTreeMap::from([(\n    \"a\".to_owned(),\n    \"b\".to_owned(),\n)]))",
        );
    }
}
