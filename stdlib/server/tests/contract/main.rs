//! The contract of a server, case by case, on every database.

#[cfg(test)]
mod actions;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod bookstore;
#[cfg(test)]
mod code;
#[cfg(test)]
mod crud;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod http;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod overrides;
#[cfg(test)]
mod purge;
#[cfg(test)]
mod start;
#[cfg(test)]
mod warehouse;
