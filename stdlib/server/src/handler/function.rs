//! Plain async functions `async fn(cx: &mut Cx, ...) -> Result<R, E>` as handlers.
//!
//! A function that borrows its context has a future of another type for each lifetime, which a bound on `Fn` alone cannot
//! say; these traits can. Async functions and async closures that capture nothing implement them:
//! `async |cx: &mut Cx, book: CreateBook| { ... }`. State is kept in the server ([`crate::App::state`]) instead of captured.

use std::future::Future;
use std::sync::Arc;

use super::{Handler, Input, Output};
use crate::value::Mismatch;
use crate::{Cx, Problem};

macro_rules! functions {
    ($(#[$doc:meta])* $trait:ident, $(#[$call_doc:meta])* $call:ident $(, $type:ident $name:ident)*) => {
        $(#[$doc])*
        pub trait $trait<'a $(, $type)*>: Fn(&'a mut Cx $(, $type)*) -> Self::Future + Send + Sync + 'static {
            /// What the future resolves to.
            type Answer;
            /// The future that a call returns.
            type Future: Future<Output = Self::Answer> + Send + 'a;
        }

        impl<'a, $($type,)* F, Fut> $trait<'a $(, $type)*> for F
        where
            F: Fn(&'a mut Cx $(, $type)*) -> Fut + Send + Sync + 'static,
            Fut: Future + Send + 'a,
        {
            type Answer = Fut::Output;
            type Future = Fut;
        }

        $(#[$call_doc])*
        pub fn $call<F, $($type,)* R, E>(
            function: F,
            input: fn(Input) -> Result<($($type,)*), Mismatch>,
            output: fn(R) -> Output,
        ) -> Handler
        where
            F: for<'a> $trait<'a, $($type,)* Answer = Result<R, E>>,
            $($type: Send + 'static,)*
            R: Send + 'static,
            E: Into<Problem> + Send + 'static,
        {
            let function = Arc::new(function);
            Arc::new(move |cx, given| {
                let function = Arc::clone(&function);
                Box::pin(async move {
                    let ($($name,)*) = input(given)?;
                    function(cx $(, $name)*).await.map(output).map_err(Into::into)
                })
            })
        }
    };
}

functions!(
    /// A function with no argument behind the context.
    Function0,
    /// A handler from such a function, and from how its answer is given; its input is looked at by `input` alone.
    call0
);
functions!(
    /// A function with one argument behind the context.
    Function1,
    /// A handler from such a function, from how its argument is taken from the input, and how its answer is given.
    call1, A a
);
functions!(
    /// A function with two arguments behind the context.
    Function2,
    /// A handler from such a function, from how its arguments are taken from the input, and how its answer is given.
    call2, A a, B b
);
functions!(
    /// A function with three arguments behind the context.
    Function3,
    /// A handler from such a function, from how its arguments are taken from the input, and how its answer is given.
    call3, A a, B b, C c
);
functions!(
    /// A function with four arguments behind the context.
    Function4,
    /// A handler from such a function, from how its arguments are taken from the input, and how its answer is given.
    call4, A a, B b, C c, D d
);

impl From<Mismatch> for Problem {
    fn from(mismatch: Mismatch) -> Problem {
        Problem::internal(mismatch)
    }
}
