//! Faults as data: who, what, from when, for how long.
//!
//! A [`Schedule`] is written by hand, or [generated](Schedule::generate) from a seed. With the feature `serde` it is saved and loaded again
//! as data. One under which something goes wrong is [shrunk](shrink()) to the few faults that it takes.

mod generate;
mod shrink;

pub use generate::{Generator, Kind};
pub use shrink::{TRIES, shrink};

use crate::{Id, Time};
use std::fmt;

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
#[derive(Clone, Debug, PartialEq)]
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
    /// The node stands still as for [`Down`](What::Down), and loses its memory and every timer it has set: [`Node::crash`](crate::Node::crash) is
    /// called as the fault begins. When nothing keeps it down any more, [`Node::restart`](crate::Node::restart) is.
    /// A message that is on its way meanwhile and arrives later is received.
    Crash,
    /// What the nodes struck send to these is lost, if it is sent while the cut is in force; what is under way still arrives. One direction only: see
    /// [`partition`] for both. A node always reaches itself.
    Cut {
        /// Whom they cannot reach.
        to: Who,
    },
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

    /// # Panics
    /// When the fault makes no sense.
    pub(crate) fn check(&self) {
        if let What::Slow { factor } = self.what {
            assert!(
                factor > 0.0 && factor.is_finite(),
                "a node cannot be slowed down by a factor of {factor}"
            );
        }
    }
}

/// A partition: two [cuts](What::Cut), so that neither group reaches the other.
///
/// ```
/// use sim::fault::{Schedule, Who, partition};
/// use sim::secs;
/// let east = Who::Some(vec![0, 1, 2]);
/// let west = Who::Some(vec![3, 4]);
/// let schedule = Schedule(partition(east, west, secs(60), secs(43)).to_vec());
/// assert_eq!(schedule.0[1].end(), secs(103));
/// ```
pub fn partition(a: Who, b: Who, from: Time, lasting: Time) -> [Fault; 2] {
    let there = Fault { who: a.clone(), what: What::Cut { to: b.clone() }, from, lasting };
    let back = Fault { who: b, what: What::Cut { to: a }, from, lasting };
    [there, back]
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

impl Schedule {
    /// The moment at which the last of the faults is over.
    pub fn end(&self) -> Time {
        self.0.iter().map(Fault::end).max().unwrap_or_default()
    }
}

/// `every node`, `node 3`, `nodes 1, 2`.
impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Who::All => f.write_str("every node"),
            Who::One(id) => write!(f, "node {id}"),
            Who::Some(ids) => {
                f.write_str(if ids.len() == 1 { "node" } else { "nodes" })?;
                let mut mark = " ";
                for id in ids {
                    write!(f, "{mark}{id}")?;
                    mark = ", ";
                }
                Ok(())
            }
        }
    }
}

/// `from 5 s for 43 s: nodes 0, 1 cut off from sending to node 2`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "from {} ", self.from)?;
        match self.lasting {
            Time::MAX => f.write_str("for good: ")?,
            lasting => write!(f, "for {lasting}: ")?,
        }
        match &self.what {
            What::Slow { factor } => write!(f, "{} slower by a factor of {factor}", self.who),
            What::Down => write!(f, "{} down", self.who),
            What::Crash => write!(f, "{} crashed", self.who),
            What::Cut { to } => write!(f, "{} cut off from sending to {to}", self.who),
        }
    }
}

/// One line a fault.
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|fault| writeln!(f, "{fault}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ms, secs};

    #[test]
    fn a_schedule_reads_as_text() {
        let fault = |who, what, lasting| Fault { who, what, from: secs(5), lasting };
        let schedule = Schedule(vec![
            fault(Who::All, What::Slow { factor: 2.5 }, ms(1_500)),
            fault(Who::One(3), What::Crash, Time::MAX),
            fault(Who::Some(vec![1]), What::Down, secs(1)),
            fault(Who::Some(vec![0, 1]), What::Cut { to: Who::One(2) }, secs(43)),
        ]);
        assert_eq!(
            schedule.to_string(),
            "from 5 s for 1.5 s: every node slower by a factor of 2.5\n\
             from 5 s for good: node 3 crashed\n\
             from 5 s for 1 s: node 1 down\n\
             from 5 s for 43 s: nodes 0, 1 cut off from sending to node 2\n"
        );
        assert_eq!(schedule.end(), Time::MAX);
        assert_eq!(Schedule::default().end(), Time::ZERO);
    }
}
