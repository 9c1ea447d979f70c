//! Design 07: baskets with copies in three zones, of which some answers are awaited and not all.
//!
//! | module | holds |
//! |---|---|
//! | [`system`] | the simulated store: copies, fronts, messages, troubles |
//! | [`policy`], [`rules`] | what decides about versions that differ, and the rules that are built in |
//! | [`predict`], [`calculate`], [`choose`], [`operate`], [`attack`] | the five steps: situations, objectives, verdicts |
//! | [`tail`] | how late one read in a thousand is, without counting it |
//! | [`timeline`] | one write and two reads with every delay given |
//! | [`chosen`], [`merging`] | one answer in one situation of `choose` and `operate`: pooled runs, objectives, the verdict |
//! | [`claims`], [`merge_claims`], [`beliefs`] | the reasons behind an answer, and the mistakes that a run can prove |
//! | [`lab`], [`facts`], [`figure`], [`experiments`] | what the page and the ledger show; the lab and a replay draw the same `pair` |

pub mod attack;
pub mod beliefs;
pub mod calculate;
pub mod choose;
pub mod chosen;
pub mod claims;
pub mod experiments;
pub mod facts;
pub mod figure;
pub mod lab;
pub mod merge_claims;
pub mod merging;
pub mod operate;
mod pair;
pub mod policy;
pub mod predict;
pub mod rules;
pub mod system;
pub mod tail;
pub mod timeline;

// What a learner writes with, under one roof.
pub use attack::Attack;
pub use choose::Plan;
pub use claims::{Claim, Expect, Limit, Quantity};
pub use judge::{Percent, at_least, at_most, percent};
pub use merge_claims::{MergeClaim, MergeExpect, MergeLimit, MergeQuantity};
pub use operate::Answer;
pub use policy::{Keep, Policy, Seen, Version};
pub use sim::{Time, ms, secs, us};
pub use system::{Repair, Settings};
pub use timeline::{LOST, Way, after};

/// The folder of this design.
pub const FOLDER: &str = "07-quorum-store";

/// This design in the registry.
pub static DESIGN: crate::Design = crate::Design {
    manifest_toml: include_str!("design.toml"),
    lab: &lab::StoreLab,
    facts: facts::all,
    answers: facts::answers,
    experiments: experiments::ALL,
    figure: figure::figure,
};
