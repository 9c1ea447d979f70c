//! What decides where a request goes: the policies of the balancer, and the weights that a learner writes.

use super::system::Counts;
use sim::{Stream, Time};

/// What a balancer sees of its servers when it must choose.
pub struct View<'a> {
    /// Time since the run began.
    pub now: Time,
    /// Requests that it sent to each server and that are not answered yet.
    pub open: &'a [u32],
    /// What came back from each server lately; brought up to date before each choice only for those who need it.
    pub counts: &'a [Counts],
    /// Is the health check of a server green?
    pub check: &'a dyn Fn(usize) -> bool,
}

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// To this server, counted from 0.
    Server(usize),
    /// Nowhere: the user gets an error.
    Nobody,
}

/// A balancing policy. Each balancer has its own.
pub trait Policy {
    /// Where does this request go?
    fn choose(&mut self, view: &View, random: &mut Stream) -> Choice;

    /// Called once in a while, for policies that work with weights.
    fn refresh(&mut self, view: &View) {
        let _ = view;
    }

    /// Must the counts be up to date at each choice?
    fn needs_counts(&self) -> bool {
        false
    }
}

/// What the balancer saw of one server over the last 10 s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Server {
    /// Its number, counted from 0.
    pub number: usize,
    /// Is its health check green?
    pub check_ok: bool,
    /// Requests that it was sent and that are not answered yet.
    pub open: f64,
    /// Requests that it answered.
    pub answers: f64,
    /// Requests that failed there: errors, and those without a reply within the time-out.
    pub errors: f64,
    /// Mean time of its replies, errors and time-outs included; of all servers' replies if it gave none.
    pub mean_time: Time,
}

/// What it saw of all servers together, over the same 10 s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fleet {
    /// How many servers there are.
    pub servers: f64,
    /// How many of them failed at least half of the requests that came back from them.
    pub failing: f64,
    /// Requests that were answered.
    pub answers: f64,
    /// Requests that failed.
    pub errors: f64,
    /// Mean time of all replies, errors and time-outs included.
    pub mean_time: Time,
}

/// Weights for the servers.
pub trait Weights {
    /// The weight of one server, 0 or more. Requests are spread in proportion to the weights.
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64;
}
