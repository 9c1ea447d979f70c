//! What decides about a change: the policy trait, what a policy sees, and what it may answer.

use judge::Percent;
use sim::Time;

/// What to do with the change now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// On to the next stage. After the last stage: everywhere, and the policy is not asked again.
    Advance,
    /// Leave everything as it is.
    Hold,
    /// Take this change back. The old rows are published again, which takes 30 minutes. A machine that is down does not take them.
    Rollback,
    /// Throw the switch: every machine goes back to the data that it last worked with. Running machines do so at once, machines that
    /// are down when they next start. For the next 8 hours the fleet takes no new data of any kind.
    UseLastGood,
}

/// A group of machines, as they were measured just now: 600 requests of each machine that runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Group {
    /// Machines in the group.
    pub machines: u32,
    /// Of these, machines that are down.
    pub down: u32,
    /// Failed requests, as a share of those that the running machines reported; 0 % where none runs.
    pub errors: Percent,
}

/// What a policy sees when it is asked, every 5 minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Seen {
    /// The stage, counted from 1.
    pub stage: u32,
    /// Share of the fleet that has the change.
    pub share: Percent,
    /// Time since this stage began.
    pub in_stage: Time,
    /// Time since the first stage began.
    pub since_start: Time,
    /// Machines that have the change.
    pub changed: Group,
    /// Machines that do not have it.
    pub unchanged: Group,
    /// Machines that have the change, region by region, the largest region first.
    pub regions: [Group; 5],
    /// How often a machine has read one of the changed rows, since the first stage began, all machines together.
    pub reads: u32,
}

/// A policy for one change.
pub trait Policy {
    /// Asked every 5 minutes, until the change is everywhere or has been stopped.
    fn next(&mut self, seen: &Seen) -> Next;
}
