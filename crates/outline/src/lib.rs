//! What is known of a design without its simulator: enough for `cargo learn` to guide, to check and to show.
//!
//! | module | holds |
//! |---|---|
//! | [`manifest`] | `design.toml`: title, questions, steps, hints |
//! | [`replay`] | one run of an answer, drawn, as the exercise's test program hands it over |
//! | [`lab`] | a lab and a run of it in words, as the program `simulate` tells them |
//!
//! It compiles in seconds, however many designs there are. What runs a simulation stands in `designs`.

pub mod lab;
pub mod manifest;
pub mod replay;
