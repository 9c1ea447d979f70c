//! What goes wrong, as the engine's faults.

use super::{EAST_ORCHESTRATOR, EAST_SITE, EAST_STORE, ELSEWHERE};
use sim::fault::{Fault, Schedule, What, Who};
use sim::{Stream, Time, ms, secs};

/// In which direction a cut loses what is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Both.
    Both,
    /// What the East sends is lost; what is sent to it arrives.
    FromEast,
    /// What is sent to the East is lost; what it sends arrives.
    ToEast,
}

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trouble {
    /// The East's data centre is cut off from the cloud and the West.
    Cut {
        /// In this direction.
        way: Way,
        /// From then on.
        from: Time,
        /// For so long.
        lasting: Time,
    },
    /// The East's databases and its orchestrator stand still, and lose nothing; its applications go on.
    Away {
        /// From then on.
        from: Time,
        /// For so long; [`Time::MAX`]: for good.
        lasting: Time,
    },
    /// The East's database crashes: what it has not brought to disk is gone.
    Crash {
        /// From then on.
        from: Time,
        /// Until it is up again.
        lasting: Time,
    },
}

/// For how long a trouble "for good" is watched.
pub(super) const WATCHED: Time = secs(170);

impl Trouble {
    /// When it begins.
    pub fn from(&self) -> Time {
        let (Trouble::Cut { from, .. } | Trouble::Away { from, .. } | Trouble::Crash { from, .. }) = *self;
        from
    }

    /// When it is over; for one that never is, when nobody watches any more.
    pub fn end(&self) -> Time {
        let (Trouble::Cut { from, lasting, .. } | Trouble::Away { from, lasting } | Trouble::Crash { from, lasting }) =
            *self;
        if lasting == Time::MAX {
            from + WATCHED
        } else {
            from + lasting
        }
    }

    /// The trouble as the engine's faults.
    pub fn faults(&self) -> Schedule {
        let some = |ids: &[sim::Id]| Who::Some(ids.to_vec());
        let cut = |who: &[sim::Id], to: &[sim::Id], from, lasting| Fault {
            who: some(who),
            what: What::Cut { to: some(to) },
            from,
            lasting,
        };
        Schedule(match *self {
            Trouble::Cut { way, from, lasting } => {
                let out = cut(&EAST_SITE, &ELSEWHERE, from, lasting);
                let back = cut(&ELSEWHERE, &EAST_SITE, from, lasting);
                match way {
                    Way::Both => vec![out, back],
                    Way::FromEast => vec![out],
                    Way::ToEast => vec![back],
                }
            }
            Trouble::Away { from, lasting } => {
                vec![Fault { who: some(&[EAST_STORE, EAST_ORCHESTRATOR]), what: What::Down, from, lasting }]
            }
            Trouble::Crash { from, lasting } => {
                vec![Fault { who: Who::One(EAST_STORE), what: What::Crash, from, lasting }]
            }
        })
    }
}

/// A stream of random numbers that belongs to the generator of troubles, and to no node.
const GENERATOR: u64 = u64::MAX - 8;

/// A link that comes and goes: `cuts` cuts of 3 to 25 s, with 10 to 30 s between them.
pub fn flapping(seed: u64, cuts: u32) -> Vec<Trouble> {
    let mut luck = Stream::new(seed, GENERATOR);
    let mut from = super::BEGIN;
    (0..cuts)
        .map(|_| {
            let lasting = ms(luck.below(3_000, 25_000));
            let cut = Trouble::Cut { way: Way::Both, from, lasting };
            from += lasting + ms(luck.below(10_000, 30_000));
            cut
        })
        .collect()
}
