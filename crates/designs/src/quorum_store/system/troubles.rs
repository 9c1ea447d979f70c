//! What goes wrong, as the engine's faults.

use super::{Setup, ZONES, zone};
use sim::fault::{Fault, Schedule, What, Who, partition};
use sim::{Id, Time};

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trouble {
    /// The copies in the first zones stand still, and lose nothing; the fronts go on.
    ZonesLost {
        /// How many zones.
        zones: u32,
        /// From then on.
        from: Time,
        /// For so long; [`Time::MAX`]: for good.
        lasting: Time,
    },
    /// Writes do not reach the copies in the last zones; reads do.
    WritesCut {
        /// How many zones.
        zones: u32,
        /// From then on.
        from: Time,
        /// For so long.
        lasting: Time,
    },
    /// The first zone, its copies and its front, is cut off from the others.
    Split {
        /// From then on.
        from: Time,
        /// For so long.
        lasting: Time,
    },
}

impl Trouble {
    /// From when to when it is in force.
    pub fn span(&self) -> (Time, Time) {
        let (Trouble::ZonesLost { from, lasting, .. }
        | Trouble::WritesCut { from, lasting, .. }
        | Trouble::Split { from, lasting }) = *self;
        (
            from,
            if lasting == Time::MAX {
                Time::MAX
            } else {
                from + lasting
            },
        )
    }

    /// The trouble as the engine's faults.
    pub(super) fn faults(&self, setup: &Setup) -> Schedule {
        let copies =
            |of: &dyn Fn(u32) -> bool| -> Vec<Id> { (0..setup.settings.copies).filter(|c| of(zone(*c))).collect() };
        Schedule(match *self {
            Trouble::ZonesLost { zones, from, lasting } => {
                vec![Fault { who: Who::Some(copies(&|z| z < zones)), what: What::Down, from, lasting }]
            }
            Trouble::WritesCut { zones, from, lasting } => {
                let to = Who::Some(copies(&|z| z >= ZONES - zones.min(ZONES)));
                let writers = (0..ZONES).map(|front| setup.writer(front)).collect();
                vec![Fault { who: Who::Some(writers), what: What::Cut { to }, from, lasting }]
            }
            Trouble::Split { from, lasting } => {
                let fronts = |of: &dyn Fn(u32) -> bool| -> Vec<Id> {
                    let own = (0..ZONES).filter(|f| of(*f));
                    own.flat_map(|f| [setup.writer(f), setup.reader(f)]).collect()
                };
                let [here, there] = [&|z| z == 0, &|z| z != 0] as [&dyn Fn(u32) -> bool; 2];
                let side = |of| Who::Some([copies(of), fronts(of)].concat());
                partition(side(here), side(there), from, lasting).to_vec()
            }
        })
    }
}
