//! Design 04: processes that call a dependency, and what they do when a call fails.
//!
//! | module | holds |
//! |---|---|
//! | [`system`] | the simulated system: processes, dependency, trouble |
//! | [`policy`], [`rules`] | what decides about tries, and the rules that are built in |
//! | [`predict`], [`calculate`], [`choose`], [`operate`], [`attack`] | the five steps: situations, objectives, verdicts |
//! | [`trial`], [`evidence`] | one answer in one situation: pooled runs, objectives, the verdict |
//! | [`claims`], [`beliefs`] | the reasons behind an answer, and the mistakes that a run can prove |
//! | [`lab`], [`facts`], [`figure`] | what the page shows; the lab and a replay draw the same `pair` |
//! | [`experiments`], [`contention`] | published results, simulated again for the ledger |

pub mod attack;
pub mod beliefs;
pub mod calculate;
pub mod choose;
pub mod claims;
pub mod contention;
pub mod evidence;
pub mod experiments;
pub mod facts;
pub mod figure;
pub mod lab;
pub mod operate;
mod pair;
pub mod policy;
pub mod predict;
pub mod rules;
pub mod system;
pub mod trial;

// What a learner writes with, under one roof.
pub use attack::Attack;
pub use calculate::NEVER;
pub use choose::{NO_BOUND, Plan, Settings};
pub use claims::{Claim, Expect, Limit, Quantity};
pub use judge::{Percent, at_least, at_most, percent};
pub use operate::Answer;
pub use policy::{Counts, Failure, Gate, Next, Policy, Seen};
pub use sim::{Time, ms, secs, us};

/// The folder of this design.
pub const FOLDER: &str = "04-retry-storm";

/// This design in the registry.
pub static DESIGN: crate::Design = crate::Design {
    manifest_toml: include_str!("design.toml"),
    lab: &lab::RetryLab,
    facts: facts::all,
    answers: facts::answers,
    experiments: experiments::ALL,
    figure: figure::figure,
};
