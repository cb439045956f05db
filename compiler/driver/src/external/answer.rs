//! Reads what a program answers. Members that are not known are passed over; everything else is checked.

use atlas9_diagnostics::{Diagnostic, Level, SourceMap, Span};
use atlas9_emitters_core::{Files, RelativePath};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{PROTOCOL, Program, Role, Trouble};

/// What a program answers.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The files of an emitter.
    pub files: Files,
    /// Its findings; their codes begin with the program's name.
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Deserialize)]
struct RawFile {
    path: String,
    content: Option<String>,
    content_base64: Option<String>,
}

#[derive(Deserialize)]
struct RawFinding {
    level: RawLevel,
    #[serde(alias = "code")]
    name: Option<String>,
    message: String,
    span: Option<Span>,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    label: Option<String>,
    help: Option<String>,
    symbol: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawLevel {
    Note,
    Warning,
    Error,
}

impl Program {
    /// What its bytes mean. `sources` are the files that the model was made from.
    ///
    /// # Errors
    /// When the answer is not one of the protocol.
    pub fn answer(&self, bytes: &[u8], sources: &SourceMap) -> Result<Answer, Diagnostic> {
        self.read(bytes, sources).map_err(|trouble| self.complaint(&trouble))
    }

    fn read(&self, bytes: &[u8], sources: &SourceMap) -> Result<Answer, Trouble> {
        let text = std::str::from_utf8(bytes).map_err(|error| odd(format!("it is not UTF-8: {error}")))?;
        if text.trim().is_empty() {
            return Err(odd("it is empty".to_owned()));
        }
        let mut value: Value =
            serde_json::from_str(text).map_err(|error| odd(format!("it is not JSON: {error}")))?;
        match value.get("protocol") {
            _ if !value.is_object() => return Err(odd("it is not an object".to_owned())),
            Some(given) if *given == PROTOCOL => {}
            Some(given) => return Err(Trouble::OtherProtocol(given.to_string())),
            None => return Err(odd(format!("it has no `\"protocol\": {PROTOCOL}`"))),
        }
        let mut answer = Answer::default();
        for (index, file) in items::<RawFile>(&mut value, "files")?.into_iter().enumerate() {
            add(&mut answer.files, index, file)?;
        }
        if self.role == Role::Linter && !answer.files.is_empty() {
            return Err(odd("a linter has no files".to_owned()));
        }
        for (index, raw) in items::<RawFinding>(&mut value, "diagnostics")?.into_iter().enumerate() {
            let found = self.finding(raw, sources);
            answer.diagnostics.push(found.map_err(|why| odd(format!("`diagnostics[{index}]`: {why}")))?);
        }
        Ok(answer)
    }

    fn finding(&self, raw: RawFinding, sources: &SourceMap) -> Result<Diagnostic, String> {
        let level = match raw.level {
            RawLevel::Note => Level::Note,
            RawLevel::Warning => Level::Warning,
            RawLevel::Error => Level::Error,
        };
        let code = match &raw.name {
            Some(name) if is_name(name) => format!("{}.{name}", self.name),
            Some(name) => {
                return Err(format!(
                    "`{}` is not a name: lower-case letters, digits and `_`",
                    name.escape_debug()
                ));
            }
            None => self.name.clone(),
        };
        let mut found = Diagnostic::new(code, level, raw.message.clone()).maybe_help(raw.help.clone());
        found.symbol.clone_from(&raw.symbol);
        match place(&raw, sources)? {
            Some(span) => Ok(found.at(span, raw.label.unwrap_or_default())),
            None => Ok(Diagnostic { path: raw.file, ..found }),
        }
    }
}

fn odd(what: String) -> Trouble {
    Trouble::NotUnderstood(what)
}

/// A name as `lints` and `@allow` take it.
fn is_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The items of a member that may be left out.
fn items<T: DeserializeOwned>(value: &mut Value, member: &str) -> Result<Vec<T>, Trouble> {
    let items = match value.get_mut(member).map(Value::take) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items,
        Some(_) => return Err(odd(format!("`{member}` is not an array"))),
    };
    let read = |(index, item)| {
        serde_json::from_value(item).map_err(|error| odd(format!("`{member}[{index}]`: {error}")))
    };
    items.into_iter().enumerate().map(read).collect()
}

fn add(files: &mut Files, index: usize, file: RawFile) -> Result<(), Trouble> {
    let path = RelativePath::new(&file.path).map_err(|bad| Trouble::BadPath(bad.to_string()))?;
    if files.contains(&path) {
        return Err(Trouble::BadPath(format!("`{path}` is there twice")));
    }
    let wrong = |what: String| odd(format!("`files[{index}]`: {what}"));
    let bytes = match (file.content, file.content_base64) {
        (Some(text), None) => text.into_bytes(),
        (None, Some(coded)) => {
            STANDARD.decode(coded).map_err(|error| wrong(format!("`content_base64`: {error}")))?
        }
        (Some(_), Some(_)) => return Err(wrong("it has both `content` and `content_base64`".to_owned())),
        (None, None) => return Err(wrong("it has neither `content` nor `content_base64`".to_owned())),
    };
    files.insert_bytes(path, bytes);
    Ok(())
}

/// The place of a finding: its span, or its line from the column on.
fn place(raw: &RawFinding, sources: &SourceMap) -> Result<Option<Span>, String> {
    if let Some(span) = raw.span {
        let text = sources.get(span.file).and_then(|file| file.text().get(span.range()));
        return text.map(|_| Some(span)).ok_or_else(|| "`span` lies outside of its file".to_owned());
    }
    let (Some(name), Some(line)) = (&raw.file, raw.line) else { return Ok(None) };
    let Some((id, file)) = sources.iter().find(|(_, file)| file.name() == name) else { return Ok(None) };
    let mut start = 0;
    let mut lines = file.text().split_inclusive('\n').inspect(|line| start += line.len());
    let Some(text) = line.checked_sub(1).and_then(|before| lines.nth(before)) else {
        return Err(format!("`{}` has no line {line}", name.escape_debug()));
    };
    let start = start - text.len();
    let end = text.trim_end().len();
    let from = match raw.column {
        Some(column) => text.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum(),
        None => text.len() - text.trim_start().len(),
    };
    Ok(Some(Span::new(id, start + from.min(end), start + end)))
}
