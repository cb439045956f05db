//! Where fixes put what they add, so that comments and layout stay.

use atlas9_diagnostics::{Edit, SourceMap, Span};

/// Adds words behind a place on the same line.
pub(crate) fn behind(place: Span, text: &str) -> Edit {
    let span = Span { start: place.end, ..place };
    Edit { span, text: format!(" {text}") }
}

/// Adds a member below another: on a line of its own where that one ends its line, otherwise behind it. A comment at the
/// end of the line stays with the member that it stands behind.
pub(crate) fn below(sources: &SourceMap, member: Span, text: &str) -> Option<Edit> {
    let source = sources.get(member.file)?.text();
    let rest = source.get(member.end as usize..)?;
    let rest = rest.lines().next().unwrap_or("").trim_end();
    let line = line_before(source, member.start as usize)?;
    if !(line.starts_line && (rest.is_empty() || rest.trim_start().starts_with("//"))) {
        return Some(behind(member, text));
    }
    let end = member.end as usize + rest.len();
    let span = Span::new(member.file, end, end);
    Some(Edit { span, text: format!("\n{}{text}", line.indent) })
}

/// Adds a member as the last of a block whose closing brace ends `block`.
pub(crate) fn last_in(sources: &SourceMap, block: Span, text: &str) -> Option<Edit> {
    let source = sources.get(block.file)?.text();
    let brace = (block.end as usize).checked_sub(1)?;
    let line = line_before(source, brace)?;
    let edit = |at: usize, text: String| Some(Edit { span: Span::new(block.file, at, at), text });
    match line.starts_line {
        true => edit(brace - line.indent.len(), format!("{}    {text}\n", line.indent)),
        false => edit(brace, format!("{text} ")),
    }
}

/// Adds a block behind the one whose last member is `member`; nothing where something but comments stands behind that. In a block on
/// lines of its own each member gets one.
pub(crate) fn block_after(sources: &SourceMap, member: Span, name: &str, members: &[String]) -> Option<Edit> {
    let source = sources.get(member.file)?.text();
    let mut rest = source.get(member.end as usize..)?.trim_start();
    while rest.starts_with("//") {
        rest = rest.split_once('\n')?.1.trim_start();
    }
    let after = rest.strip_prefix('}')?;
    let brace = source.len() - rest.len();
    let line = line_before(source, brace)?;
    let opens = source.get(..brace)?.lines().next_back()?.trim_start().starts_with("operations");
    let text = match line.starts_line || opens {
        true => {
            let indent = line.indent;
            let lines: String = members.iter().map(|member| format!("{indent}    {member}\n")).collect();
            format!("\n\n{indent}{name} {{\n{lines}{indent}}}")
        }
        false => format!(" {name} {{ {} }}", members.join(" ")),
    };
    // A comment at the end of the brace's line stays with the brace.
    let behind = after.lines().next().unwrap_or("").trim_end();
    let kept = text.starts_with('\n') && behind.trim_start().starts_with("//");
    let end = source.len() - after.len() + if kept { behind.len() } else { 0 };
    Some(Edit { span: Span::new(member.file, end, end), text })
}

/// What stands before a byte on its line.
struct Line<'a> {
    /// The white space at the line's beginning.
    indent: &'a str,
    /// True when nothing but that stands before the byte.
    starts_line: bool,
}

fn line_before(source: &str, at: usize) -> Option<Line<'_>> {
    let before = source.get(..at)?;
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    let indent = line.get(..line.len() - line.trim_start().len())?;
    Some(Line { indent, starts_line: indent.len() == line.len() })
}
