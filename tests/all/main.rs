//! The programs as their users run them. One binary, so that the documents of the corpus are indexed once.

mod architecture;
mod bad_input;
mod commands;
mod copies;
mod env;
mod hostile;
mod indexing;
mod outlines;
mod queries;
mod ranking;
mod reports;
mod robustness;
mod teaching;
mod treaties;
