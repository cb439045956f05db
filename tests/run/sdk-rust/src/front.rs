//! What the program tells the server in front of the bookstore.

use std::collections::BTreeMap;
use std::error::Error;

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

/// The server in front of the bookstore.
pub struct Front {
    pub url: String,
    http: reqwest::Client,
}

/// A request that the server has seen.
#[derive(Clone, Debug, Deserialize)]
pub struct Seen {
    pub method: String,
    pub target: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Front {
    pub fn of(url: String) -> Self {
        Self { url, http: reqwest::Client::new() }
    }

    /// Begins a scenario.
    pub async fn begin(&self, name: &str) -> Result<(), Box<dyn Error>> {
        self.control(Method::POST, "scenario", Some(json!({ "name": name }))).await.map(drop)
    }

    /// Tells the server what to do with the next requests.
    pub async fn faults<const N: usize>(&self, faults: [Value; N]) -> Result<(), Box<dyn Error>> {
        self.control(Method::POST, "faults", Some(Value::from(faults.to_vec()))).await.map(drop)
    }

    /// The requests of the scenario so far.
    pub async fn requests(&self) -> Result<Vec<Seen>, Box<dyn Error>> {
        Ok(serde_json::from_str(&self.control(Method::GET, "requests", None).await?)?)
    }

    /// Those of them with a method.
    pub async fn with(&self, method: &str) -> Result<Vec<Seen>, Box<dyn Error>> {
        Ok(self.requests().await?.into_iter().filter(|seen| seen.method == method).collect())
    }

    async fn control(
        &self,
        method: Method,
        name: &str,
        body: Option<Value>,
    ) -> Result<String, Box<dyn Error>> {
        let mut request = self.http.request(method, format!("{}/_matrix/{name}", self.url));
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        let response = request.send().await?;
        let good = response.status().is_success();
        let text = response.text().await?;
        if good { Ok(text) } else { Err(format!("the server says {text}").into()) }
    }
}

/// A fault: the server answers itself.
pub fn answer(status: u16, headers: Value, body: Option<Value>) -> Value {
    let mut answer = json!({ "status": status, "headers": headers });
    if let Some(body) = body {
        answer["body"] = body;
    }
    json!({ "answer": answer })
}

/// A fault: the server is busy, and says to come back at once.
pub fn busy() -> Value {
    answer(503, json!({ "retry-after": "0" }), None)
}

/// A fault: the server takes three seconds.
pub fn slow() -> Value {
    json!({ "delay_ms": 3000 })
}
