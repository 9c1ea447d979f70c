//! What is measured in a run, and over a pool of runs.

use sim::Time;

/// One minute of a run, at its begin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Minute {
    /// Share of the fleet that has the change, 0 to 1.
    pub exposed: f64,
    /// Share of the fleet's requests that fail because of the change, 0 to 1.
    pub failing: f64,
}

/// What a run showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Minute by minute.
    pub minutes: Vec<Minute>,
    /// Failed requests because of the change: one fleet-minute is the whole fleet failing for a minute.
    pub harm: f64,
    /// Machines with the change, times the time that they had it, in fleet-hours.
    pub exposure: f64,
    /// When the change was everywhere.
    pub done: Option<Time>,
    /// When the change was stopped, by the policy or by a person.
    pub stopped: Option<Time>,
    /// Did the policy stop it? A person did where this is false.
    pub by_policy: bool,
    /// When the switch was thrown.
    pub frozen: Option<Time>,
    /// When a person was called.
    pub called: Option<Time>,
    /// When the first machine failed because of the change.
    pub hit: Option<Time>,
    /// The last instant at which more than one in a hundred of the fleet's requests failed because of the change.
    pub ill: Option<Time>,
    /// Largest share of the fleet that had the change, 0 to 1.
    pub reach: f64,
    /// Machines that people brought back.
    pub by_hand: u32,
    /// Loads that machines hit by the change asked for.
    pub loads: u32,
    /// Machines that came back with the data that they had asked for.
    pub back: u32,
    /// Largest count of machines that were down because of the change at the same time.
    pub most_down: u32,
}

/// How long the switch keeps the fleet from taking new data.
pub(super) const FREEZE: Time = super::hours(8);

impl Outcome {
    /// How long the fleet took no new data.
    pub fn frozen_for(&self) -> Time {
        if self.frozen.is_some() { FREEZE } else { Time::ZERO }
    }

    /// From the stop until 99 of 100 requests were served again; zero where never more than one in a hundred failed.
    pub fn recovery(&self) -> Time {
        match (self.stopped, self.ill) {
            (Some(stopped), Some(ill)) => ill - stopped.min(ill),
            _ => Time::ZERO,
        }
    }
}

/// Runs of a pool together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// The runs.
    pub runs: Vec<Outcome>,
}

impl Totals {
    /// The mean of a number over the runs.
    pub fn mean(&self, of: impl Fn(&Outcome) -> f64) -> f64 {
        self.runs.iter().map(of).sum::<f64>() / self.runs.len().max(1) as f64
    }

    /// Share of the runs of which something is true, 0 to 1.
    pub fn share(&self, of: impl Fn(&Outcome) -> bool) -> f64 {
        self.mean(|run| f64::from(of(run)))
    }

    /// Fleet-minutes of harm a run.
    pub fn harm(&self) -> f64 {
        self.mean(|run| run.harm)
    }

    /// Hours until the change was everywhere; a run in which it never was counts with its whole length.
    pub fn done(&self, end: Time) -> Time {
        let hours = self.mean(|run| run.done.unwrap_or(end).as_secs());
        Time::from_ms_f64(1_000.0 * hours)
    }
}
