//! Books, as they are on the wire.

use chrono::{DateTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Book {
    pub id: Uuid,
    pub isbn: String,
    pub title: String,
    pub author_id: Uuid,
    pub price: Money,
    pub status: Status,
    #[serde(serialize_with = "optional_time")]
    pub published_at: Option<DateTime<Utc>>,
    pub summary: Option<String>,
    pub tags: Vec<String>,
    #[serde(serialize_with = "time")]
    pub created_at: DateTime<Utc>,
    #[serde(serialize_with = "time")]
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub version: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    pub amount: Decimal,
    pub currency: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Status {
    Draft,
    Published,
    Retired,
}

impl Status {
    pub fn word(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Published => "published",
            Status::Retired => "retired",
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateBook {
    pub isbn: String,
    pub title: String,
    pub author_id: Uuid,
    pub price: Money,
    #[serde(default = "draft")]
    pub status: Status,
    #[serde(default)]
    pub published_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub summary: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
}

/// Left out is unchanged, null clears.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UpdateBook {
    pub title: Option<String>,
    pub author_id: Option<Uuid>,
    pub price: Option<UpdateMoney>,
    pub status: Option<Status>,
    #[serde(deserialize_with = "given")]
    pub published_at: Option<Option<DateTime<Utc>>>,
    #[serde(deserialize_with = "given")]
    pub summary: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UpdateMoney {
    pub amount: Option<Decimal>,
    pub currency: Option<String>,
}

#[derive(Serialize)]
pub struct Page<'a> {
    pub items: &'a [Book],
    pub next_cursor: Option<String>,
}

fn draft() -> Status {
    Status::Draft
}

fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}

fn time<S: Serializer>(time: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&time.to_rfc3339_opts(SecondsFormat::Micros, true))
}

fn optional_time<S: Serializer>(value: &Option<DateTime<Utc>>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => time(value, to),
        None => to.serialize_none(),
    }
}
