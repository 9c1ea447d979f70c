//! `cargo book`; see the library for what it does.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    book::cli::run(book::cli::Cli::parse()).unwrap_or_else(|e| {
        book::cli::report(&e);
        ExitCode::FAILURE
    })
}
