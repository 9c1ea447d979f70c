//! Design 17, the capstone: one brief for the tracking of parcels, and two complete proposals.
//!
//! | module | holds |
//! |---|---|
//! | [`prices`] | the price sheet: list prices with their dates |
//! | [`sizing`] | what the proposals are built of, what that costs a month, how busy it is |
//! | [`system`] | the simulated partition of either proposal, and the faults |
//! | [`predict`], [`calculate`], [`choose`], [`attack`] | the four steps: situations, objectives, verdicts |
//! | [`rule`] | the owner's rule for busy machines, which is arithmetic |
//! | [`trial`], [`evidence`] | one choice in one situation: pooled runs, objectives, the verdict |
//! | [`claims`], [`beliefs`] | the reasons behind a decision, and the mistakes that a run can prove |
//! | [`lab`], [`facts`], [`figure`] | what the page shows; the lab and a replay draw the same `pair` |

pub mod attack;
pub mod beliefs;
pub mod calculate;
pub mod choose;
pub mod claims;
pub mod evidence;
pub mod facts;
pub mod figure;
pub mod lab;
mod pair;
pub mod predict;
pub mod prices;
pub mod rule;
pub mod sizing;
pub mod system;
pub mod trial;

// What a learner writes with, under one roof.
pub use crate::units;
pub use attack::{Card, Cards};
pub use calculate::{Month, Prices};
pub use choose::Plan;
pub use claims::{Claim, Currency, Expect, Quantity};
pub use judge::{Percent, at_least, at_most, percent};
pub use sim::{Time, ms, secs};
pub use sizing::{Choice, Proposal};
pub use system::Fault;
pub use units::{Bytes, Dollars, bytes, dollars, gb, kb, tb};

/// The folder of this design.
pub const FOLDER: &str = "17-capstone";

/// This design in the registry.
pub static DESIGN: crate::Design = crate::Design {
    manifest_toml: include_str!("design.toml"),
    lab: &lab::ProposalsLab,
    facts: facts::all,
    answers: facts::answers,
    experiments: &[],
    figure: figure::figure,
};
