//! `cargo book`: builds, serves and checks the book.
//!
//! mdBook runs in process. Two preprocessors of ours run in it: [`preprocess::Workbook`] expands what pages derive from
//! manifests, models, sources and simulated runs; [`math::StrictKatex`] renders formulas. The same two answer to a
//! plain `mdbook build` through `cargo book preprocess NAME`.

pub mod build;
pub mod catalogue;
pub mod check;
pub mod cli;
pub mod config;
pub mod days;
pub mod facts;
pub mod finding;
#[cfg(test)]
mod fixture;
pub mod hash;
pub mod html;
pub mod http;
pub mod log;
pub mod markdown;
pub mod math;
pub mod preprocess;
pub mod print;
pub mod serve;
pub mod sources;
pub mod watch;
