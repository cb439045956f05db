//! Reads cases.

use std::path::Path;

/// A list of steps.
#[derive(Clone, Debug)]
pub struct Case {
    /// The file's name without its ending.
    pub name: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// A request and what is expected.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// What it shows.
    pub title: String,
    /// The method.
    pub method: String,
    /// The path and query.
    pub path: String,
    /// Headers of the request.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: String,
    /// The expected status.
    pub status: u16,
    /// Expected headers; `<any>` fits every value, `<none>` a header that is not there.
    pub expected_headers: Vec<(String, String)>,
    /// The expected body as JSON text; nothing where it does not matter.
    pub expected_body: Option<String>,
    /// Names and where their values come from: a pointer into the body, or a header.
    pub keep: Vec<(String, String)>,
}

impl Case {
    /// Every case of a folder, by name.
    pub fn all(folder: &Path) -> Vec<Case> {
        let entries =
            std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
        paths.sort();
        let cases: Vec<Case> = paths
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end == "http"))
            .map(|path| Case::read(path))
            .collect();
        assert!(!cases.is_empty(), "no case in {}", folder.display());
        cases
    }

    fn read(path: &Path) -> Case {
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        // What stands before the first step says what the case is about.
        let steps = format!("\n{text}").split("\n### ").skip(1).map(|text| step(&name, text)).collect();
        Case { name, steps }
    }
}

fn step(case: &str, text: &str) -> Step {
    let (asked, expected): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| !line.starts_with('>'));
    let mut lines = asked.into_iter();
    let title = lines.next().unwrap_or("").trim().to_owned();
    let request = lines.next().unwrap_or("");
    let (method, path) =
        request.split_once(' ').unwrap_or_else(|| panic!("{case}: `{title}` has no request line"));
    let headers =
        lines.by_ref().take_while(|line| !line.trim().is_empty()).map(|line| header(case, line)).collect();
    let body = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
    let mut step = Step {
        title,
        method: method.to_owned(),
        path: path.trim().to_owned(),
        headers,
        body,
        ..Step::default()
    };
    expected.iter().for_each(|line| expect(case, &mut step, line.trim_start_matches('>').trim()));
    assert!(step.status != 0, "{case}: `{}` expects no status", step.title);
    step
}

fn expect(case: &str, step: &mut Step, line: &str) {
    if let Some(rest) = line.strip_prefix("keep ") {
        let (name, from) = rest.split_once(' ').unwrap_or_else(|| panic!("{case}: `{line}` keeps nothing"));
        step.keep.push((name.to_owned(), from.trim().to_owned()));
    } else if let Ok(status) = line.parse() {
        step.status = status;
    } else if step.expected_body.is_some() || line.starts_with(['{', '[', '"']) {
        let body = step.expected_body.get_or_insert_default();
        body.push_str(line);
        body.push('\n');
    } else {
        step.expected_headers.push(header(case, line));
    }
}

fn header(case: &str, line: &str) -> (String, String) {
    let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{case}: `{line}` is no header"));
    (name.trim().to_lowercase(), value.trim().to_owned())
}
