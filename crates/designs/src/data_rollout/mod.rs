//! Design 15: a change of data on its way to a fleet, and what decides how fast it goes.
//!
//! | module | holds |
//! |---|---|
//! | [`system`] | the simulated system: fleet, stages, faults, switch, store |
//! | [`policy`], [`rules`] | what decides about a change, and the plans that are built in |
//! | [`predict`], [`calculate`], [`operate`], [`attack`] | the four steps: situations, objectives, verdicts |
//! | [`trial`], [`evidence`] | one answer in one situation: pooled runs, objectives, the verdict |
//! | [`claims`], [`beliefs`] | the reasons behind an answer, and the mistakes that a run can prove |
//! | [`lab`], [`facts`], [`figure`] | what the page shows; the lab and a replay draw the same `pair` |

pub mod attack;
pub mod beliefs;
pub mod calculate;
pub mod claims;
pub mod evidence;
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
pub use attack::{Attack, Where};
pub use calculate::Stage;
pub use claims::{Claim, Expect, Limit, Quantity};
pub use judge::{Percent, at_least, at_most, percent};
pub use operate::Answer;
pub use policy::{Group, Next, Policy, Seen};
pub use sim::Time;
pub use system::{hours, minutes};

/// The folder of this design.
pub const FOLDER: &str = "15-data-rollout";

/// This design in the registry.
pub static DESIGN: crate::Design = crate::Design {
    manifest_toml: include_str!("design.toml"),
    lab: &lab::RolloutLab,
    facts: facts::all,
    answers: facts::answers,
    experiments: &[],
    figure: figure::figure,
};
