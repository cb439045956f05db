//! Keys as text and as JSON.

use atlas9_server::ApiKey;
use atlas9_server::value::Timestamp;
use serde_json::{Value, json};

/// The key itself, alone on its line, so that a script can take it.
pub fn created(text: &str, key: &ApiKey, json: bool) -> String {
    if !json {
        return format!("{text}\n");
    }
    let mut value = as_json(key, key.created_at);
    value["key"] = text.into();
    format!("{value:#}\n")
}

/// A table.
pub fn listed(keys: &[ApiKey], now: Timestamp, json: bool) -> String {
    if json {
        let array: Value = keys.iter().map(|key| as_json(key, now)).collect();
        return format!("{array:#}\n");
    }
    let head = ["ID", "STATE", "NAME", "SCOPES", "TENANT", "CREATED", "EXPIRES", "LAST USED"];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(keys.iter().map(|key| row(key, now)));
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..head.len()).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &[String; 8]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// What is said of a key that was revoked.
pub fn revoked(key: &ApiKey, json: bool) -> String {
    match json {
        true => format!("{:#}\n", as_json(key, Timestamp::now())),
        false => format!("revoked {} ({})\n", key.id, plain(&key.name)),
    }
}

fn row(key: &ApiKey, now: Timestamp) -> [String; 8] {
    let day = |time: Option<Timestamp>| {
        time.map_or("-".to_owned(), |time| time.to_string().chars().take(10).collect())
    };
    [
        key.id.clone(),
        key.state(now).to_owned(),
        plain(&key.name),
        plain(&key.scopes.join(" ")),
        key.tenant.as_deref().map_or("-".to_owned(), plain),
        day(Some(key.created_at)),
        day(key.expires_at),
        day(key.last_used_at),
    ]
}

/// Without what would move a terminal's cursor: the database may be filled by others.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}

fn as_json(key: &ApiKey, now: Timestamp) -> Value {
    let time = |time: Option<Timestamp>| time.map(|time| time.to_string());
    json!({
        "id": key.id,
        "prefix": key.prefix(),
        "state": key.state(now),
        "name": key.name,
        "principal": key.principal,
        "scopes": key.scopes,
        "tenant": key.tenant,
        "created_at": key.created_at.to_string(),
        "expires_at": time(key.expires_at),
        "last_used_at": time(key.last_used_at),
        "revoked_at": time(key.revoked_at),
    })
}
