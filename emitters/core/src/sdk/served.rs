//! What a server that knows the schema's examples alone answers to the calls of README, which are tested against it.

use atlas9_ir::{ErrorDecl, Operation, OperationKind};
use serde_json::Value as Json;

use super::Showpiece;
use crate::calls::{Call, target};
use crate::requests::Request;
use crate::{problems, samples};

/// The answer to a request.
#[derive(Clone, Debug)]
pub struct Served {
    /// The method of the request.
    pub method: &'static str,
    /// Its path.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// Its body, JSON.
    pub body: Json,
}

impl Showpiece<'_> {
    /// The answer to a call that succeeds; nothing where no example of one can be made up.
    pub fn success(&self, operation: &Operation, request: &Request<'_>) -> Option<Served> {
        let body = match &operation.kind {
            OperationKind::List(list) => samples::page(self.ir, self.id, list.paginate.style),
            _ => samples::of_resource(self.ir, self.id),
        };
        self.served(operation, request, 200, body?)
    }

    /// The answer to a call that fails.
    pub fn failure(&self, operation: &Operation, request: &Request<'_>, error: &ErrorDecl) -> Option<Served> {
        self.served(operation, request, error.kind.status(), problems::example(self.ir, error)?)
    }

    /// Nothing for a path that not every client would escape alike.
    fn served(
        &self,
        operation: &Operation,
        request: &Request<'_>,
        status: u16,
        body: Json,
    ) -> Option<Served> {
        let call = Call { ir: self.ir, server: "", owner: Some(self.id), operation, request };
        let path = target(&call).split('?').next().unwrap_or_default().to_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
        path.chars().all(plain).then(|| Served { method: operation.method.word(), path, status, body })
    }
}
