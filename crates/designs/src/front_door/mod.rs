//! Design 03: a balancer that hands each request to one of twenty servers, and servers that fail in different ways.
//!
//! | module | holds |
//! |---|---|
//! | [`system`] | the simulated system: balancers, servers, and what is wrong with some of them |
//! | [`policy`], [`rules`] | what decides where a request goes, and the rules that are built in |
//! | [`predict`], [`calculate`], [`operate`], [`attack`] | the four steps: situations, objectives, verdicts |
//! | [`trial`], [`evidence`] | one answer in one situation: pooled runs, objectives, the verdict |
//! | [`claims`], [`beliefs`] | the reasons behind an answer, and the mistakes that a run can prove |
//! | [`lab`], [`facts`], [`figure`] | what the page shows; the lab and a replay draw the same `pair` |
//! | [`experiments`], [`subsets`] | published results, simulated again for the ledger |

pub mod attack;
pub mod beliefs;
pub mod calculate;
pub mod claims;
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
pub mod subsets;
pub mod system;
pub mod trial;

// What a learner writes with, under one roof.
pub use attack::Attack;
pub use claims::{Claim, Expect, Limit, Quantity};
pub use judge::{Percent, at_least, at_most, percent};
pub use operate::Answer;
pub use policy::{Fleet, Server, Weights};
pub use sim::{Time, ms, secs, us};

/// The folder of this design.
pub const FOLDER: &str = "03-front-door";

/// This design in the registry.
pub static DESIGN: crate::Design = crate::Design {
    manifest_toml: include_str!("design.toml"),
    lab: &lab::DoorLab,
    facts: facts::all,
    answers: facts::answers,
    experiments: experiments::ALL,
    figure: figure::figure,
};
