//! What decides about a failover: the policy trait, what it sees, and what it may do.

use sim::Time;
use std::fmt;

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// The data centre on the East coast: databases, applications, an orchestrator.
    East,
    /// A public cloud on the East coast: an orchestrator, and nothing else.
    Cloud,
    /// The data centre on the West coast: databases, applications, an orchestrator.
    West,
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Site::East => "East",
            Site::Cloud => "Cloud",
            Site::West => "West",
        })
    }
}

/// What a policy may do at one tick. The next tick says it anew: nothing is remembered but what the policy remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Leave things as they are; a freeze of mine ends.
    Wait,
    /// The primary, if my message reaches it, takes no writes until I say otherwise.
    Freeze,
    /// Make this site the primary, with the history that its database has. Takes a majority; without one it does nothing.
    Promote(Site),
}

/// What the policy sees at one orchestrator, at one tick. Spans are measured by that orchestrator's own clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Where this orchestrator stands.
    pub here: Site,
    /// The site that it knows as the primary.
    pub primary: Site,
    /// Does it hear at least one of the two other orchestrators?
    pub with_majority: bool,
    /// For how long that has been so; when it hears nobody, since it last heard somebody.
    pub majority_for: Time,
    /// Since the primary last answered its probe; probes go out every 200 ms.
    pub primary_silent: Time,
    /// Since data from the primary last reached the replica, as far as it knows.
    pub stream_silent: Time,
    /// How far the replica was behind when it last heard from the primary; never, if it does not follow any more.
    pub replica_behind: Time,
    /// The same in writes.
    pub writes_behind: u64,
    /// Since the last promotion that it knows of; [`Time::MAX`] when there was none.
    pub since_promotion: Time,
    /// Its own clock.
    pub now: Time,
}

/// A failover policy. Each of the three orchestrators has one of its own, and asks it once a second.
pub trait Policy {
    /// What to do now.
    fn tick(&mut self, seen: &Seen) -> Action;
}
