//! Faults as data: who, what, from when, for how long.

use crate::{Id, Time};

/// Which nodes a fault strikes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Who {
    /// Every node.
    All,
    /// One node.
    One(Id),
    /// These nodes.
    Some(Vec<Id>),
}

impl Who {
    /// Is this node struck?
    pub fn includes(&self, node: Id) -> bool {
        match self {
            Who::All => true,
            Who::One(one) => *one == node,
            Who::Some(several) => several.contains(&node),
        }
    }
}

/// What a fault does to a node while it is in force.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum What {
    /// Work takes longer: [`Cx::slowdown`](crate::Cx::slowdown) is multiplied by the factor. Faults in force together multiply.
    Slow {
        /// How many times longer work takes; 1 is no change.
        factor: f64,
    },
    /// The node stands still. What arrives meanwhile vanishes, and it sends nothing. Its memory survives:
    /// timers that fall due meanwhile fire, in their order, at the moment it is back.
    Down,
}

/// One fault: what strikes whom, from when, and for how long.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Fault {
    /// The nodes struck.
    pub who: Who,
    /// The effect.
    pub what: What,
    /// When it begins.
    pub from: Time,
    /// For how long it stays in force; [`Time::MAX`] for good.
    pub lasting: Time,
}

impl Fault {
    /// The moment at which the fault is no longer in force.
    pub fn end(&self) -> Time {
        self.from + self.lasting
    }
}

/// The faults of a run. They may overlap.
///
/// ```
/// use sim::fault::{Fault, Schedule, What, Who};
/// use sim::secs;
/// let storm = Fault { who: Who::All, what: What::Slow { factor: 3.0 }, from: secs(10), lasting: secs(5) };
/// assert_eq!(storm.end(), secs(15));
/// let schedule = Schedule(vec![storm]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Schedule(pub Vec<Fault>);
