//! A server that was built without traces.

use std::time::Duration;

use atlas9_descriptor::Service;

use super::Request;
use crate::http::TraceContext;
use crate::{Dialect, Options};

/// There are none.
pub(crate) enum Traces {}

impl Traces {
    /// Nothing, and a sentence where some are wanted.
    pub(crate) fn new(options: &Options, _: &Service) -> Result<Option<Traces>, String> {
        match options.otlp_endpoint {
            None => Ok(None),
            Some(_) => {
                Err("`otlp_endpoint` is set, and this server was built without traces: build it with the \
                 feature `otlp` of atlas9-server, or leave the setting out"
                    .to_owned())
            }
        }
    }

    pub(crate) fn request(&self, _: &TraceContext, _: Request<'_>) {
        match *self {}
    }

    pub(crate) fn transaction(&self, _: &TraceContext, _: Duration, _: Dialect, _: Option<&str>) {
        match *self {}
    }

    pub(crate) async fn close(&self) {
        match *self {}
    }
}
