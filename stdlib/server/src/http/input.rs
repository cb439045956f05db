//! What a request asks for, against the schema: every failure at once.

use atlas9_descriptor::{Expand, Field, Method, Operation, OperationKind};
use axum::http::HeaderMap;

use super::batch::is_batch;
use super::body::parse;
use super::query::{once, parameters, segment};
use super::routes::Target;
use crate::list::{Asked, ListRequest, expand, fields, read_request, truth};
use crate::operation::create::give;
use crate::plan::{Plan, ServicePlan, Slot};
use crate::server::Shared;
use crate::uses::Uses;
use crate::validate::{Check, Purpose, Sources, check_body, from_text, read_params, unknown_parameter};
use crate::value::Timestamp;
use crate::value::json::Json;
use crate::{Failure, Input, Place, Principal, Problem, Record, Value};

/// The parts of a request that hold input.
pub(crate) struct Given<'g> {
    /// Path segments where the path has placeholders.
    pub(crate) segments: &'g [&'g str],
    pub(crate) query: Option<&'g str>,
    pub(crate) headers: &'g HeaderMap,
    pub(crate) body: &'g [u8],
}

/// Who asks, when, and for which operation.
pub(crate) struct Asker<'a> {
    pub(crate) shared: &'a Shared,
    /// None for an operation of the service.
    pub(crate) plan: Option<&'a Plan>,
    pub(crate) target: &'a Target,
    pub(crate) principal: &'a Principal,
    pub(crate) now: Timestamp,
}

/// What has been found of a request so far.
#[derive(Default)]
pub(super) struct Findings {
    /// What cannot be read: 400.
    unreadable: Vec<Failure>,
    /// What can be read and breaks the schema: 422.
    invalid: Vec<Failure>,
    /// What the caller may not ask for: 403.
    forbidden: Option<Problem>,
    /// What is on its way out.
    uses: Uses,
}

/// Reads the input of an operation. What it uses that is on its way out is told whether the input is right or not.
pub(crate) async fn input(asker: &Asker<'_>, given: Given<'_>, uses: &mut Uses) -> Result<Input, Problem> {
    let mut findings = Findings::default();
    let result = read(asker, given, &mut findings).await;
    uses.extend(findings.uses);
    result
}

async fn read(asker: &Asker<'_>, given: Given<'_>, findings: &mut Findings) -> Result<Input, Problem> {
    let (path, in_path) = path_values(asker, given.segments, findings);
    let (query, wrong) = parameters(given.query);
    findings.unreadable.extend(wrong);
    let kind = &asker.target.operation.kind;
    let mut flags = Flags::default();
    let mut asked = None;
    let mut outside = None;
    match (kind, asker.plan) {
        (OperationKind::Action(action), _) => {
            let sources = Sources { path: &in_path, query: &query, headers: given.headers };
            let mut check = asker.check();
            outside = Some(read_params(&mut check, action.params, &sources));
            findings.uses.extend(check.uses());
            let (forbidden, failures) = check.finish();
            findings.forbidden = forbidden;
            // What cannot be decoded has been told, and is not missing.
            let told: Vec<Place> = findings.unreadable.iter().map(|failure| failure.place.clone()).collect();
            findings.unreadable.extend(failures.into_iter().filter(|failure| !told.contains(&failure.place)));
        }
        (OperationKind::List(_), Some(plan)) => {
            let query = once(query, &mut findings.unreadable);
            asked = asker.list(plan, &path, &query, findings);
        }
        (_, plan) => {
            let query = once(query, &mut findings.unreadable);
            flags = asker.flags(&query, findings);
            let embedded = || plan.and_then(|plan| asker.may_not_see(plan, &flags.request.expand));
            findings.forbidden = findings.forbidden.take().or_else(embedded);
        }
    }
    let (mut body, items) = match asker.plan.filter(|_| is_batch(kind)) {
        Some(plan) => (Record::new(&[]), asker.items(plan, &path, given.body, findings)),
        None => (asker.body(given.body, findings), Vec::new()),
    };
    if let Some(problem) = findings.forbidden.take() {
        return Err(problem);
    }
    let force = flags.force;
    let list = match (asked, asker.plan) {
        (Some(asked), Some(plan)) => asker.finish(plan, asked, &mut findings.unreadable).await?,
        _ => Some(flags.request),
    };
    if !findings.unreadable.is_empty() {
        findings.unreadable.append(&mut findings.invalid);
        return Err(Problem::malformed(std::mem::take(&mut findings.unreadable)));
    }
    if !findings.invalid.is_empty() {
        return Err(Problem::invalid(std::mem::take(&mut findings.invalid)));
    }
    if let Some(outside) = outside {
        body = joined(body, outside);
    }
    if let (OperationKind::Create, Some(plan)) = (kind, asker.plan) {
        let tenant = asker.shared.plan.tenant_of(asker.principal);
        give(plan, &mut body, &path, &tenant, asker.now);
    }
    Ok(Input { list, force, items, ..Input::of(path, body) })
}

/// The keys in a path in the order of those that lead to a row, and the texts of its parameters.
fn path_values(
    asker: &Asker<'_>,
    segments: &[&str],
    findings: &mut Findings,
) -> (Vec<Value>, Vec<(usize, String)>) {
    let (mut keys, mut params) = (Vec::new(), Vec::new());
    let key_parameters = asker.plan.map_or(&[][..], |plan| &plan.path);
    for (slot, text) in asker.target.slots.iter().zip(segments) {
        let (name, key) = match slot {
            Slot::Key(place) => {
                key_parameters.get(*place).map_or(("", None), |key| (key.name, Some((*place, key))))
            }
            Slot::Param(place) => (asker.param(*place), None),
        };
        let fail = |code: &'static str, detail: String| Failure::parameter(name, code, detail);
        let read = match (segment(text), slot, key) {
            (None, ..) => Err(fail("wrong_encoding", "must be percent-encoded UTF-8".to_owned())),
            (Some(text), Slot::Param(place), _) => {
                params.push((*place, text));
                continue;
            }
            (Some(text), Slot::Key(_), Some((place, key))) => {
                from_text(&asker.shared.plan.bounds, &text, key.ty)
                    .map(|value| (place, value))
                    .map_err(|wrong| fail(wrong.code, wrong.detail))
            }
            (Some(_), Slot::Key(_), None) => continue,
        };
        match read {
            Ok(key) => keys.push(key),
            Err(failure) => findings.unreadable.push(failure),
        }
    }
    keys.sort_by_key(|(place, _)| *place);
    (keys.into_iter().map(|(_, value)| value).collect(), params)
}

/// True where what a path has for its keys can be keys.
pub(crate) fn can_be_keys(plan: &ServicePlan, target: &Target, segments: &[&str]) -> bool {
    let keys = target.resource.and_then(|place| plan.at(place)).map_or(&[][..], |plan| &plan.path);
    let mut slots = target.slots.iter().zip(segments);
    slots.all(|(slot, text)| match slot {
        Slot::Param(_) => true,
        Slot::Key(place) => keys.get(*place).is_none_or(|key| {
            segment(text).is_some_and(|text| from_text(&plan.bounds, &text, key.ty).is_ok())
        }),
    })
}

/// What operations other than lists and actions take from the query.
#[derive(Default)]
struct Flags {
    /// For those that read one whether deleted rows are shown, what is embedded, and which fields are answered.
    request: ListRequest,
    /// For those that delete one, whether what holds it goes as well.
    force: bool,
}

/// The names of these parameters that an operation has.
fn known_flags(operation: &Operation, plan: Option<&Plan>) -> Vec<&'static str> {
    let reads = matches!(operation.kind, OperationKind::Get);
    let all = [
        ("show_deleted", reads && plan.is_some_and(|plan| plan.deleted_at.is_some())),
        ("expand", reads && !operation.expand.is_empty()),
        ("fields", reads && operation.fields),
        ("force", operation.force),
    ];
    all.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect()
}

impl Asker<'_> {
    fn check(&self) -> Check<'_> {
        // The body of an action, too, holds parameters.
        let owner = match self.target.operation.kind {
            OperationKind::Action(_) => "",
            _ => self.plan.map_or("", |plan| plan.resource.name),
        };
        Check::new(&self.shared.plan.bounds, self.principal, self.now, owner)
    }

    /// The name of a parameter in the path.
    fn param(&self, place: usize) -> &'static str {
        match &self.target.operation.kind {
            OperationKind::Action(action) => action.params.get(place).map_or("", |param| param.name),
            _ => "",
        }
    }

    fn flags(&self, query: &[(String, String)], findings: &mut Findings) -> Flags {
        let operation = self.target.operation;
        let known = known_flags(operation, self.plan);
        let mut found = Flags::default();
        for (name, text) in query {
            let read = match name.as_str() {
                name if !known.contains(&name) => Err(unknown_parameter(name, known.iter().copied())),
                "expand" => expand(operation.expand, text).map(|expand| found.request.expand = expand),
                "fields" => {
                    found.request.fields = self.fields(text, findings);
                    Ok(())
                }
                "force" => truth(name, text).map(|force| found.force = force),
                name => truth(name, text).map(|shown| found.request.show_deleted = shown),
            };
            findings.unreadable.extend(read.err());
        }
        found
    }

    /// The places of the fields that a get answers.
    fn fields(&self, text: &str, findings: &mut Findings) -> Option<Vec<usize>> {
        let resource = self.plan?.resource;
        let chosen = fields(resource, self.target.operation.expand, self.principal, text);
        findings.uses.extend(chosen.uses);
        findings.unreadable.extend(chosen.failures);
        findings.forbidden = Problem::lacking(chosen.lacking);
        Some(chosen.places)
    }

    fn list(
        &self,
        plan: &Plan,
        path: &[Value],
        query: &[(String, String)],
        findings: &mut Findings,
    ) -> Option<Asked> {
        let asked = read_request(&self.shared.plan, plan, plan.list.as_ref()?, self.principal, path, query);
        findings.uses.extend(asked.uses.clone());
        findings.forbidden = asked.forbidden().or_else(|| self.may_not_see(plan, asked.expand()));
        Some(asked)
    }

    fn may_not_see(&self, plan: &Plan, expand: &[&'static Expand]) -> Option<Problem> {
        super::expand::refused(self.shared, plan, self.principal, expand)
    }

    async fn finish(
        &self,
        plan: &Plan,
        asked: Asked,
        unreadable: &mut Vec<Failure>,
    ) -> Result<Option<ListRequest>, Problem> {
        match asked.finish(plan, self.shared.cursors().await?) {
            Ok(request) => Ok(Some(request)),
            Err(failures) => {
                unreadable.extend(failures);
                Ok(None)
            }
        }
    }

    fn body(&self, bytes: &[u8], findings: &mut Findings) -> Record {
        let operation = self.target.operation;
        let Some((fields, purpose)) = shape(operation.method, &operation.kind, self.plan) else {
            return Record::new(&[]);
        };
        // An action may come without a body.
        let bytes = if bytes.is_empty() && is_action(&operation.kind) { b"{}" } else { bytes };
        let record = self.checked(bytes, findings, |check, json| check_body(check, json, fields, purpose));
        record.unwrap_or_else(|| Record::new(&[]))
    }

    /// Reads JSON against the schema; nothing where it is no JSON.
    pub(super) fn checked<T>(
        &self,
        bytes: &[u8],
        findings: &mut Findings,
        read: impl FnOnce(&mut Check<'_>, Json) -> T,
    ) -> Option<T> {
        let json = match parse(bytes) {
            Ok(json) => json,
            Err(failure) => {
                findings.unreadable.push(failure);
                return None;
            }
        };
        let mut check = self.check();
        let found = read(&mut check, json);
        findings.uses.extend(check.uses());
        let (forbidden, failures) = check.finish();
        findings.forbidden = findings.forbidden.take().or(forbidden);
        findings.invalid.extend(failures);
        Some(found)
    }
}

/// True for an operation that has a body.
pub(super) fn has_body(method: Method, kind: &OperationKind, plan: Option<&Plan>) -> bool {
    is_batch(kind) || shape(method, kind, plan).is_some()
}

/// The fields of an operation's body, and what it is for; nothing where it has none, or several in one.
fn shape(method: Method, kind: &OperationKind, plan: Option<&Plan>) -> Option<(&'static [Field], Purpose)> {
    match (kind, plan) {
        (OperationKind::Action(action), _) => {
            (!matches!(method, Method::Get | Method::Delete)).then_some((action.params, Purpose::Whole))
        }
        (OperationKind::Create, Some(plan)) => Some((plan.resource.fields, Purpose::Whole)),
        (OperationKind::Update, Some(plan)) => Some((plan.resource.fields, Purpose::Patch)),
        (OperationKind::Replace, Some(plan)) => Some((plan.resource.fields, Purpose::Replace)),
        _ => None,
    }
}

/// True for an action of any kind.
pub(crate) fn is_action(kind: &OperationKind) -> bool {
    matches!(kind, OperationKind::Action(_))
}

/// The parameters of the body and those from elsewhere.
fn joined(body: Record, mut outside: Record) -> Record {
    for index in 0..outside.fields().len() {
        if let Some(value) = body.at(index) {
            outside.put(index, value.clone());
        }
    }
    outside
}
