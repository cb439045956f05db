//! Documentation of the schema as doc comments.
//!
//! The author's text is Markdown, and in a doc comment a code block is a test that `cargo test` compiles and runs. So the
//! blocks are rebuilt: whatever is code becomes a block marked as text, and nothing else can become code.

/// The lines of a text with every block rebuilt, without what a comment begins with.
pub fn blocks(text: &str) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    let mut indent = 0;
    let mut lines = text.lines().map(|line| line.replace('\t', "    "));
    while let Some(line) = lines.next() {
        let trimmed = line.trim();
        let (mark, text) = trimmed.split_at(marker(trimmed).unwrap_or(0));
        let text = text.trim();
        if let Some(fence) = opening(text) {
            indent = 0;
            let body: Vec<String> = lines.by_ref().take_while(|line| !closes(line.trim(), fence)).collect();
            made.extend(code(&body));
        } else if trimmed.is_empty() {
            indent = 0;
            made.push(String::new());
        } else {
            // A line that continues an item of a list stands under the item's text.
            let above = if mark.is_empty() { indent } else { 0 };
            indent = if mark.is_empty() { indent } else { mark.len() };
            made.push(format!("{:above$}{mark}{}", "", plain_start(&inline(text))));
        }
    }
    made.dedup_by(|next, last| next.is_empty() && last.is_empty());
    while made.last().is_some_and(String::is_empty) {
        made.pop();
    }
    made
}

/// A block that is marked as text, with a fence longer than any in it.
fn code(body: &[String]) -> Vec<String> {
    let longest = body.iter().flat_map(|line| line.split(|c| c != '`')).map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let opening = format!("{fence}text");
    std::iter::once(opening).chain(body.iter().cloned()).chain(std::iter::once(fence)).collect()
}

/// The fence that a line opens: its character and how many there are.
fn opening(line: &str) -> Option<(char, usize)> {
    let first = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == first).count();
    let info = line.trim_start_matches(first);
    (length >= 3 && !(first == '`' && info.contains('`'))).then_some((first, length))
}

fn closes(line: &str, (fence, length): (char, usize)) -> bool {
    line.chars().all(|c| c == fence) && line.chars().count() >= length
}

/// How many characters the mark of a list's item takes.
fn marker(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    let mark = match digits {
        0 => ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark)),
        1..=9 => rest.starts_with(". ") || rest.starts_with(") "),
        _ => false,
    };
    mark.then(|| if digits == 0 { 2 } else { digits + 2 })
}

/// The line without a meaning of its first character: a quotation or an item in an item could hold code.
fn plain_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match marker(line) {
        Some(_) => {
            let (number, mark) = line.split_at(digits);
            format!("{number}\\{mark}")
        }
        None if line.starts_with('>') || opening(line).is_some() => format!("\\{line}"),
        None => line.to_owned(),
    }
}

/// The line without HTML and without links that rustdoc would look up. Code between single backticks stays, where it is
/// certain what is between them; elsewhere backticks and backslashes lose their meaning.
fn inline(line: &str) -> String {
    let certain = !line.contains("``") && !line.contains('\\') && line.matches('`').count().is_multiple_of(2);
    if !certain {
        return plain(&line.replace('\\', "\\\\").replace('`', "\\`"));
    }
    let parts = line.split('`').enumerate().map(|(index, part)| match index % 2 {
        0 => plain(part),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}

/// Without tags, and without brackets except those of links to the web.
fn plain(text: &str) -> String {
    let text = text.replace('<', "\\<");
    let mut pieces = text.split('[');
    let mut made = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let target = piece.split_once("](").map(|(_, target)| target);
        let link = target.is_some_and(|to| to.starts_with("https://") || to.starts_with("http://"));
        made.push_str(if link { "[" } else { "\\[" });
        made.push_str(piece);
    }
    made
}

/// The text without characters that a comment must not hold, or that show it in another order than it is.
pub fn line(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                safe.extend(character.escape_unicode());
            }
            _ if character.is_control() => safe.extend(character.escape_unicode()),
            _ => safe.push(character),
        }
    }
    safe
}
