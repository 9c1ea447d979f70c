//! Verdicts, claims, intervals and the worksheet: how an answer is judged, knowing nothing of any design.
//!
//! | step | judged by |
//! |---|---|
//! | predict | [`predict`]: the [sheet](mod@worksheet) against the simulator's values |
//! | calculate | [`formula`]: cases with known results, and the mistakes that a result gives away |
//! | choose, operate | [`trial`]: objectives on pooled runs, and the beliefs that a run proves; [`claim`]: the reasons |
//! | attack | [`attack`]: what two candidates did under it, which the design explains |
//!
//! [`register`] says whether what clients saw of one register is linearizable. Over all designs, [`calibration`] says what the first commits of the sheets come to.
//!
//! Everything that can go wrong in a learner's code (a panic, an endless loop) becomes a verdict too: see [`guard`].

pub mod attack;
pub mod calibration;
pub mod claim;
pub mod formula;
pub mod guard;
pub mod objective;
pub mod patience;
pub mod pool;
pub mod predict;
pub mod register;
pub mod replay;
pub mod trial;
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
