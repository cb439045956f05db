//! The settings of a service: `version "1.4.0"`, `rate_limit 600 per minute` and the like.

use atlas9_diagnostics::{Diagnostic, Span, codes, nearest};
use atlas9_ir::{ErrorId, Pagination, RateLimit, WireCase};
use atlas9_syntax::ast::{Expr, ExprKind, Service, ServiceMember, Setting};

use super::{PAGE, Said};
use crate::context::{Cx, bare, did_you_mean, listed};
use crate::literals::in_days;
use crate::names::{Kind, Once};
use crate::version::{self, Version};

const SETTINGS: [&str; 7] =
    ["version", "base_path", "paginate", "deprecation", "rate_limit", "raises", "wire_case"];

/// True for the name of a setting.
pub(super) fn is_known(name: &str) -> bool {
    SETTINGS.contains(&name)
}

pub(super) fn read(cx: &Cx<'_>, file: usize, service: &Service) -> Said {
    let mut said = Said {
        version: None,
        version_text: String::new(),
        base_path: String::new(),
        paginate: PAGE,
        notice_days: None,
        rate_limit: None,
        raises: Vec::new(),
        wire_case: WireCase::default(),
    };
    let mut once = Once::named();
    let mut versioned = false;
    let mut before: Option<&Setting> = None;
    for member in &service.members {
        let setting = match member {
            ServiceMember::Setting(setting) => setting,
            ServiceMember::Broken(broken) => {
                versioned |= broken.keyword == "version" || !is_known(&broken.keyword);
                continue;
            }
            ServiceMember::Auth(_) | ServiceMember::Operation(_) | ServiceMember::Reserved(_) => continue,
        };
        if before.replace(setting).is_some_and(|before| is_rest(cx, before, setting)) {
            continue;
        }
        versioned |=
            setting.name.text == "version" || nearest(&setting.name.text, SETTINGS) == Some("version");
        if once.first(cx.sink, &setting.name) {
            apply(cx, file, setting, &mut said);
        }
    }
    if !versioned {
        cx.report(
            Diagnostic::error(codes::E0435, format!("`{}` does not say its version", service.name.text))
                .at(service.name.span, "the version is missing")
                .help("add `version \"1.0.0\"`"),
        );
    }
    said
}

/// True for `pr minute` in `rate_limit 600 pr minute`, which is told of the whole line.
fn is_rest(cx: &Cx<'_>, before: &Setting, setting: &Setting) -> bool {
    let between = Span { end: setting.span.start, start: before.span.end, ..setting.span };
    before.name.text == "rate_limit"
        && before.per.is_none()
        && !is_known(&setting.name.text)
        && !cx.sources.slice(between).contains('\n')
}

fn apply(cx: &Cx<'_>, file: usize, setting: &Setting, said: &mut Said) {
    let per_allowed = setting.name.text == "rate_limit";
    if let Some(per) = setting.per.as_ref().filter(|_| !per_allowed) {
        cx.report(
            Diagnostic::error(codes::E0402, format!("`{}` takes no `per`", setting.name.text))
                .at(per.span, "not here"),
        );
        return;
    }
    match setting.name.text.as_str() {
        "version" => set_version(cx, setting, said),
        // There is one, whatever it is: no path of the service is one of the server's.
        "base_path" => said.base_path = base_path(cx, setting).unwrap_or_else(|| "/".to_owned()),
        "paginate" => said.paginate = paginate(cx, setting).unwrap_or(PAGE),
        "deprecation" => said.notice_days = notice(cx, setting),
        "rate_limit" => said.rate_limit = rate_limit(cx, setting),
        "raises" => said.raises = raises(cx, file, setting),
        "wire_case" => said.wire_case = wire_case(cx, setting).unwrap_or_default(),
        other => {
            let help = did_you_mean(other, SETTINGS, || format!("there are {}", listed(SETTINGS, "and")));
            cx.report(
                Diagnostic::error(codes::E0401, format!("a service has no setting called `{other}`"))
                    .at(setting.name.span, "not known")
                    .help(help),
            );
        }
    }
}

/// The error of a setting that says something it cannot.
fn wrong<T>(cx: &Cx<'_>, setting: &Setting, form: &str) -> Option<T> {
    cx.report(
        Diagnostic::error(codes::E0402, format!("`{}` is not understood", setting.name.text))
            .at(setting.span, "not understood")
            .help(format!("write {form}")),
    );
    None
}

/// The one value, if there is just one and it has no name.
fn single(setting: &Setting) -> Option<&Expr> {
    match setting.values.as_slice() {
        [value] if value.name.is_none() => Some(bare(&value.value)),
        _ => None,
    }
}

fn set_version(cx: &Cx<'_>, setting: &Setting, said: &mut Said) {
    let Some(Expr { kind: ExprKind::String(text), span }) = single(setting) else {
        wrong::<()>(cx, setting, "`version \"1.4.0\"`");
        return;
    };
    match Version::parse(text) {
        Some(version) => {
            said.version = Some((version, *span));
            said.version_text.clone_from(text);
        }
        None => version::report(cx.sink, text, *span),
    }
}

fn base_path(cx: &Cx<'_>, setting: &Setting) -> Option<String> {
    let segment = |segment: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        !segment.is_empty() && segment != "." && segment != ".." && segment.bytes().all(plain)
    };
    let sound = |text: &str| text.strip_prefix('/').is_some_and(|rest| rest.split('/').all(segment));
    match single(setting).map(|expr| &expr.kind) {
        Some(ExprKind::String(text)) if sound(text) => Some(text.clone()),
        _ => wrong(cx, setting, "`base_path \"/v1\"`: words with a slash before each, none at the end"),
    }
}

fn paginate(cx: &Cx<'_>, setting: &Setting) -> Option<Pagination> {
    match single(setting) {
        Some(Expr { kind: ExprKind::Call(call), .. }) => {
            super::pagination(cx.sink, &call.name, &call.args, call.span)
        }
        Some(Expr { kind: ExprKind::Path(path), span }) => super::pagination(cx.sink, path, &[], *span),
        _ => wrong(cx, setting, "`paginate cursor(default: 20, max: 100)`"),
    }
}

fn notice(cx: &Cx<'_>, setting: &Setting) -> Option<u32> {
    let form = "`deprecation notice: 84d`: a number of days or weeks";
    let [value] = setting.values.as_slice() else { return wrong(cx, setting, form) };
    let named = value.name.as_ref().is_some_and(|name| name.text == "notice");
    match &bare(&value.value).kind {
        ExprKind::Duration(text) if named => in_days(text).or_else(|| wrong(cx, setting, form)),
        _ => wrong(cx, setting, form),
    }
}

fn rate_limit(cx: &Cx<'_>, setting: &Setting) -> Option<RateLimit> {
    let form = "`rate_limit 600 per minute`: a number per second, minute, hour or day";
    let requests = match single(setting).map(|expr| &expr.kind) {
        Some(ExprKind::Int(text)) => text.parse().ok().filter(|requests| *requests > 0),
        _ => None,
    };
    let seconds = match setting.per.as_ref().map_or("", |per| per.text.as_str()) {
        "second" => Some(1),
        "minute" => Some(60),
        "hour" => Some(3600),
        "day" => Some(86_400),
        _ => None,
    };
    match (requests, seconds) {
        (Some(requests), Some(seconds)) => Some(RateLimit { requests, seconds }),
        _ => wrong(cx, setting, form),
    }
}

fn raises(cx: &Cx<'_>, file: usize, setting: &Setting) -> Vec<ErrorId> {
    let mut errors = Vec::new();
    for value in &setting.values {
        match (&value.name, &bare(&value.value).kind) {
            (None, ExprKind::Path(path)) => {
                let error = cx.resolve(file, path, Kind::Error).and_then(|symbol| cx.ids.error_of(symbol));
                errors.extend(error.filter(|error| !errors.contains(error)));
            }
            _ => {
                wrong::<()>(cx, setting, "`raises Unauthenticated, RateLimited`");
            }
        }
    }
    errors
}

fn wire_case(cx: &Cx<'_>, setting: &Setting) -> Option<WireCase> {
    let word = match single(setting).map(|expr| &expr.kind) {
        Some(ExprKind::Path(path)) => path.text(),
        _ => String::new(),
    };
    match word.as_str() {
        "snake_case" => Some(WireCase::SnakeCase),
        "camel_case" => Some(WireCase::CamelCase),
        _ => wrong(cx, setting, "`wire_case snake_case` or `wire_case camel_case`"),
    }
}
