//! Code for an operation: what it is given, what it answers, and plain async functions as such code.

mod function;

pub use function::{
    Function0, Function1, Function2, Function3, Function4, call0, call1, call2, call3, call4,
};

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::list::{ListRequest, Page};
use crate::operation::batch::Item;
use crate::value::{FromValue, IntoRecord, IntoValue, Mismatch, Value};
use crate::{Cx, Problem, Record};

/// A future that can be stored.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Code for an operation, in the form in which the server keeps it. Made from plain functions by [`call0`] to [`call4`].
pub type Handler =
    Arc<dyn for<'a> Fn(&'a mut Cx, Input) -> BoxFuture<'a, Result<Output, Problem>> + Send + Sync>;

/// What a request asks for; checked against the schema.
#[derive(Clone, Debug)]
pub struct Input {
    /// The keys in the path: of the parents, outermost first, then the own key, as far as the operation's path has them.
    pub path: Vec<Value>,
    /// The body. For create and replace a whole record with its defaults, where the parents' keys and the values that the
    /// server gives (key, times) are set too; what the caller of a replace may not write is as the row has it. For update only what
    /// the request names, each as a whole value; for an action all its parameters, wherever the request carries them; empty for
    /// other operations.
    pub body: Record,
    /// What a list is asked for.
    pub list: Option<ListRequest>,
    /// For a delete, whether what refers to the row and would hold it goes as well.
    pub force: bool,
    /// What a batch does with one after the other; code is given each of them as an input of its own.
    pub(crate) items: Vec<Item>,
}

impl Input {
    /// What the path and the body say, and nothing else.
    pub(crate) fn of(path: Vec<Value>, body: Record) -> Input {
        Input { path, body, list: None, force: false, items: Vec::new() }
    }

    /// Takes one key of the path by its place.
    ///
    /// # Errors
    /// When the code and the descriptor do not belong together.
    pub fn key<T: FromValue>(&mut self, index: usize) -> Result<T, Mismatch> {
        let value = self.path.get_mut(index).map_or(Value::Null, |slot| std::mem::replace(slot, Value::Null));
        T::from_value(value)
    }
}

/// What an operation answers.
#[derive(Clone, Debug)]
pub enum Output {
    /// No content.
    Nothing,
    /// A resource.
    Record(Record),
    /// Another value; its type is the action's. Of an action that answers `[T]` a list, whose items are records where `T` is a
    /// resource.
    Value(Value),
    /// A page of a list.
    Page(Page),
}

impl Output {
    /// A resource.
    pub fn record<R: IntoRecord>(answer: R) -> Output {
        Output::Record(answer.into_record())
    }

    /// Another value.
    pub fn value<V: IntoValue>(answer: V) -> Output {
        Output::Value(answer.into_value())
    }

    /// No content.
    pub fn nothing((): ()) -> Output {
        Output::Nothing
    }
}
