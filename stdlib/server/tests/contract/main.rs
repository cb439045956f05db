//! The contract of a server, case by case, on every database.

#[cfg(test)]
mod actions;
#[cfg(test)]
mod api_keys;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod batch;
#[cfg(test)]
mod bookstore;
#[cfg(test)]
mod code;
#[cfg(test)]
mod config;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod crud;
#[cfg(test)]
mod deprecated;
#[cfg(test)]
mod expand;
#[cfg(test)]
mod fields;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod force;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod hooks;
mod http;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod jwt;
#[cfg(test)]
mod key_server;
#[cfg(test)]
mod library;
#[cfg(test)]
mod links;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod measures;
#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod needed;
#[cfg(test)]
mod nested;
#[cfg(test)]
mod observe;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod overrides;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod processes;
#[cfg(test)]
mod purge;
#[cfg(test)]
mod queries;
#[cfg(test)]
mod scopes;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod singletons;
#[cfg(test)]
mod soft;
#[cfg(test)]
mod start;
#[cfg(test)]
mod states;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod unions;
#[cfg(test)]
mod warehouse;
