//! How a request is to go wrong.

use std::time::Duration;

use serde_json::{Map, Value};

/// What happens to one request.
#[derive(Clone, Debug, Default)]
pub(super) struct Fault {
    /// What is waited for first.
    pub(super) delay: Duration,
    /// The connection ends without an answer.
    pub(super) cut: Option<Cut>,
    /// The answer, in place of the service's.
    pub(super) answer: Option<Answer>,
    /// Members of the service's answer that are set, by JSON pointer (RFC 6901).
    pub(super) edit: Map<String, Value>,
    /// Headers that the service's answer gets.
    pub(super) headers: Vec<(String, String)>,
}

/// When a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Before the service has seen the request.
    Before,
    /// After the service has answered.
    After,
}

/// An answer that is no service's.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

/// The faults of a request to `/_matrix/faults`; the message names what is none.
pub(super) fn read(text: &str) -> Result<Vec<Fault>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let faults = value.as_array().ok_or("faults are a list")?;
    faults.iter().map(Fault::of).collect()
}

impl Fault {
    fn of(value: &Value) -> Result<Fault, String> {
        let members = value.as_object().ok_or_else(|| format!("{value} is no fault"))?;
        let mut fault = Fault::default();
        for (name, value) in members {
            match name.as_str() {
                "pass" => {}
                "delay_ms" => {
                    fault.delay = Duration::from_millis(value.as_u64().ok_or("delay_ms is a number")?)
                }
                "cut" => fault.cut = Some(Cut::of(value)?),
                "answer" => fault.answer = Some(Answer::of(value)?),
                "edit" => fault.edit = value.as_object().ok_or("edit is an object")?.clone(),
                "headers" => fault.headers = headers(value)?,
                other => return Err(format!("there is no fault `{other}`")),
            }
        }
        Ok(fault)
    }

    /// The body with the members that are to be other ones.
    pub(super) fn edited(&self, body: String) -> Result<String, String> {
        if self.edit.is_empty() {
            return Ok(body);
        }
        let mut json: Value = serde_json::from_str(&body).map_err(|error| format!("{error}: {body}"))?;
        for (pointer, value) in &self.edit {
            *json.pointer_mut(pointer).ok_or_else(|| format!("{pointer} is not in {body}"))? = value.clone();
        }
        Ok(json.to_string())
    }
}

impl Cut {
    fn of(value: &Value) -> Result<Cut, String> {
        match value.as_str() {
            Some("before") => Ok(Cut::Before),
            Some("after") => Ok(Cut::After),
            _ => Err(format!("a connection is cut `before` or `after`, not {value}")),
        }
    }
}

impl Answer {
    fn of(value: &Value) -> Result<Answer, String> {
        let status = value["status"].as_u64().and_then(|status| u16::try_from(status).ok());
        let status = status.ok_or("an answer has a status")?;
        let mut headers = match &value["headers"] {
            Value::Null => Vec::new(),
            given => headers(given)?,
        };
        let body = match &value["body"] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            json => json.to_string(),
        };
        if !body.is_empty() && !headers.iter().any(|(name, _)| name == "content-type") {
            let media = if status < 400 { "application/json" } else { "application/problem+json" };
            headers.push(("content-type".to_owned(), media.to_owned()));
        }
        Ok(Answer { status, headers, body })
    }
}

fn headers(value: &Value) -> Result<Vec<(String, String)>, String> {
    let members = value.as_object().ok_or("headers are an object")?;
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| format!("{value} is no text"));
    members.iter().map(|(name, value)| Ok((name.to_lowercase(), text(value)?))).collect()
}
