//! The scenarios of tests/run/matrix, through the Rust SDK.

mod books;
mod faults;
mod front;
mod keys;
mod reads;
mod writes;

use std::error::Error;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::process::ExitCode;

use books::On;

/// How a scenario ends.
type Outcome = Result<(), Box<dyn Error>>;

type Scenario = for<'a> fn(&'a On) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// The scenarios of the list, each a function of its name.
macro_rules! scenarios {
    ($($module:ident::$name:ident)*) => {
        &[$((stringify!($name), |on| Box::pin($module::$name(on)))),*]
    };
}

const SCENARIOS: &[(&str, Scenario)] = scenarios! {
    writes::create
    reads::get_raw
    reads::page_1000
    reads::page_single
    reads::page_stuck
    reads::filters
    writes::patch_null
    writes::patch_if_match
    writes::conflict
    writes::declared_error
    reads::not_found
    writes::validation
    reads::unauthenticated
    keys::refresh
    faults::retry_503
    faults::retry_429
    faults::retry_date
    faults::retry_gives_up
    faults::no_retry_write
    faults::idempotent_retry
    faults::cut_get
    faults::attempt_timeout
    faults::total_timeout
    faults::cancel
    reads::unknown_enum
    reads::unknown_error
    reads::garbage
    faults::deprecated
    faults::hooks
    writes::batch
    writes::soft_delete
    reads::fields
    writes::nested
    reads::slash_in_path
    reads::int64_decimal
    writes::wire
    reads::redirect
    reads::page_end
    keys::in_flight
    keys::key_header
    reads::unreadable
    writes::odd_problem
    keys::refresh_once
    keys::bad_key
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let on = On::of_environment();
    let mut status = ExitCode::SUCCESS;
    for (name, run) in SCENARIOS {
        let outcome = match on.front.begin(name).await {
            Ok(()) => run(&on).await,
            Err(why) => Err(why),
        };
        match outcome {
            Ok(()) => println!("ok {name}"),
            Err(why) => {
                status = ExitCode::FAILURE;
                println!("not ok {name}: {}", why.to_string().replace('\n', " "));
            }
        }
    }
    status
}

/// Ends the scenario unless something holds.
fn expect(holds: bool, saw: impl Debug) -> Outcome {
    if holds { Ok(()) } else { Err(format!("saw {saw:?}").into()) }
}

/// Ends the scenario unless both are the same.
fn same<T: Debug + PartialEq<U>, U: Debug>(got: T, want: U) -> Outcome {
    if got == want { Ok(()) } else { Err(format!("got {got:?} instead of {want:?}").into()) }
}

/// The error of a call, which must fail.
fn failure<T: Debug, E>(outcome: Result<T, E>) -> Result<E, Box<dyn Error>> {
    match outcome {
        Ok(value) => Err(format!("the call has not failed: {value:?}").into()),
        Err(error) => Ok(error),
    }
}
