//! Verdicts, claims, intervals and the worksheet: how an answer is judged, knowing nothing of any design.
//!
//! A design simulates an answer, states its objectives as [`Bound`]s and hands the first unmet one, with the belief that
//! explains it, to a [`Verdict`]. Everything that can go wrong in a learner's code (a panic, an endless loop) becomes a
//! verdict too: see [`guard`].

pub mod claim;
pub mod guard;
pub mod objective;
pub mod units;
pub mod verdict;
pub mod worksheet;

pub use objective::{Bound, at_least, at_most};
pub use units::{Percent, percent};
pub use verdict::{Kind, Measured, Verdict};

/// The path of the worksheet beside the calling crate's `Cargo.toml`.
///
/// A macro and not a function: in a function the path would be this crate's.
#[macro_export]
macro_rules! worksheet {
    () => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/worksheet.toml")
    };
}
