//! Design 08: a primary on one coast, a replica on the other, and three orchestrators that may change which is which.
//!
//! | module | holds |
//! |---|---|
//! | [`system`] | the simulated design: databases, orchestrators, applications, troubles |
//! | [`policy`] | what decides about a failover |
//! | [`rules`] | the policies that are built in |
//! | [`repair`] | what a promotion costs afterwards |
//! | [`predict`], [`calculate`], [`choose`], [`operate`], [`attack`] | the five steps: situations, objectives, verdicts |
//! | [`trial`], [`evidence`], [`habits`] | one answer in one situation: pooled runs, objectives, the verdict |
//! | [`claims`], [`beliefs`] | the reasons behind an answer, and the mistakes that a run can prove |
//! | [`lab`], [`facts`], [`figure`], [`experiments`] | what the page and the ledger show; the lab and a replay draw the same `pair` |

pub mod attack;
pub mod beliefs;
pub mod calculate;
pub mod choose;
pub mod claims;
pub mod evidence;
pub mod experiments;
pub mod facts;
pub mod figure;
pub mod habits;
pub mod lab;
pub mod operate;
mod pair;
pub mod policy;
pub mod predict;
pub mod repair;
mod replay;
pub mod rules;
mod smallest;
pub mod system;
pub mod trial;
pub mod words;

// What a learner writes with, under one roof.
pub use attack::Attack;
pub use choose::{Plan, Settings};
pub use claims::{Claim, Expect, Limit, Quantity};
pub use judge::{Percent, at_least, at_most, percent};
pub use operate::Answer;
pub use policy::{Action, Policy, Seen, Site};
pub use sim::{Time, ms, secs};
pub use system::Way;
pub use words::{Hours, hours};

/// The folder of this design.
pub const FOLDER: &str = "08-coast-to-coast-failover";

/// This design in the registry.
pub static DESIGN: crate::Design = crate::Design {
    manifest_toml: include_str!("design.toml"),
    lab: &lab::FailoverLab,
    facts: facts::all,
    answers: facts::answers,
    experiments: experiments::ALL,
    figure: figure::figure,
};
