//! A run of the whole system.

use super::measure::{ONE_AT_A_TIME, PROMOTED, TAKEN_AGAIN, beyond, overlap, repair_hours};
use super::{
    Apps, CLOUD_ORCHESTRATOR, EAST_APPS, EAST_ORCHESTRATOR, EAST_SITE, EAST_STORE, ELSEWHERE, ORCHESTRATORS,
    Orchestrator, Outcome, Part, Setup, Store, Trouble, WEST_APPS, WEST_ORCHESTRATOR, WEST_STORE,
};
use crate::coast_to_coast_failover::policy::{Policy, Site};
use sim::properties::Properties;
use sim::{Clock, Dist, Sim, Time, Trace, secs};

/// The system under way.
pub struct FailoverRun {
    sim: Sim<Part>,
    setup: Setup,
    over: bool,
}

impl FailoverRun {
    /// Sets the system up; `policy` makes one policy for each orchestrator.
    pub fn new(setup: &Setup, mut policy: impl FnMut() -> Box<dyn Policy>, seed: u64) -> FailoverRun {
        let about = |t: Time| Dist::Uniform(t.scale(0.9), t.scale(1.1));
        let mut sim = Sim::new(seed, about(setup.near));
        sim.add(Part::Store(Box::new(Store::new(setup, true))));
        sim.add(Part::Store(Box::new(Store::new(setup, false))));
        for here in [Site::East, Site::Cloud, Site::West] {
            sim.add(Part::Orchestrator(Box::new(Orchestrator::new(setup, here, policy()))));
        }
        sim.add(Part::Apps(Box::new(Apps::new(setup, setup.east_share, true))));
        sim.add(Part::Apps(Box::new(Apps::new(setup, 1.0 - setup.east_share, false))));
        let east = [EAST_STORE, EAST_ORCHESTRATOR, EAST_APPS, CLOUD_ORCHESTRATOR];
        sim.links(&east, &[WEST_STORE, WEST_ORCHESTRATOR, WEST_APPS], about(setup.across));
        sim.set_clock(
            EAST_ORCHESTRATOR,
            Clock { ahead: Time::ZERO, drift_ppm: setup.drift_ppm },
        );
        for trouble in &setup.troubles {
            sim.faults(trouble.faults());
        }
        debug_assert_eq!(sim.nodes().len(), EAST_SITE.len() + ELSEWHERE.len());
        FailoverRun { sim, setup: setup.clone(), over: false }
    }

    /// Keeps a trace, for the picture of what was said between the parts.
    pub fn with_trace(mut self) -> Self {
        self.sim.trace(true);
        self
    }

    /// The trace so far.
    pub fn take_trace(&mut self) -> Trace {
        self.sim.take_trace()
    }

    /// Goes on for `events` events; false when the run is over.
    pub fn advance(&mut self, events: u64) -> bool {
        self.over = self.over || !self.sim.run_events(events);
        !self.over
    }

    /// Goes on to the end.
    pub fn finish(mut self) -> Self {
        while self.advance(1 << 20) {}
        self
    }

    /// Simulated time so far.
    pub fn now(&self) -> Time {
        self.sim.now()
    }

    /// Events so far.
    pub fn events(&self) -> u64 {
        self.sim.events()
    }

    /// The database of a coast: the East's, or the West's.
    pub fn store(&self, site: Site) -> &Store {
        let id = if site == Site::West { WEST_STORE } else { EAST_STORE };
        match self.sim.node(id) {
            Part::Store(s) => s,
            _ => unreachable!("nodes 0 and 1 are the databases"),
        }
    }

    /// The orchestrators: East, Cloud, West.
    pub fn orchestrators(&self) -> impl Iterator<Item = &Orchestrator> {
        ORCHESTRATORS.into_iter().filter_map(|id| match self.sim.node(id) {
            Part::Orchestrator(o) => Some(&**o),
            _ => None,
        })
    }

    /// The applications: East, West.
    pub fn apps(&self) -> impl Iterator<Item = &Apps> {
        [EAST_APPS, WEST_APPS]
            .into_iter()
            .filter_map(|id| match self.sim.node(id) {
                Part::Apps(a) => Some(&**a),
                _ => None,
            })
    }

    /// The database whose history goes on, and the other: the later epoch's.
    fn histories(&self) -> (&Store, &Store) {
        let (east, west) = (self.store(Site::East), self.store(Site::West));
        let led = |s: &Store| (s.leads(), s.promoted.last().copied());
        if led(west) > led(east) {
            (west, east)
        } else {
            (east, west)
        }
    }

    /// From when to when the old primary took writes that the history which goes on does not have; nothing when there are none.
    pub fn apart(&self) -> Option<(Time, Time)> {
        let (winner, other) = self.histories();
        let same = other.log().iter().zip(winner.log()).take_while(|(a, b)| a == b).count();
        let first = other
            .log()
            .get(same)
            .filter(|_| winner.leads() && !winner.promoted.is_empty())?;
        Some((first.at, other.log().last()?.at))
    }

    /// When the coast whose history goes on began to lead, and the other coast.
    pub fn handed_over(&self) -> Option<(Time, Site)> {
        let (winner, _) = self.histories();
        let other = if std::ptr::eq(winner, self.store(Site::West)) {
            Site::East
        } else {
            Site::West
        };
        winner.promoted.last().map(|at| (*at, other))
    }

    /// When the first trouble begins.
    pub fn begin(&self) -> Time {
        self.setup
            .troubles
            .iter()
            .map(Trouble::from)
            .min()
            .unwrap_or(super::BEGIN)
    }

    /// What has been measured so far.
    pub fn outcome(&self) -> Outcome {
        let (winner, other) = self.histories();
        let (both, both_from) = overlap(&self.store(Site::East).took, &self.store(Site::West).took);
        let (offered, taken) = self
            .apps()
            .fold((0, 0), |(offered, taken), a| (offered + a.offered, taken + a.taken));
        let stranded = beyond(other.log(), winner.log());
        let promotions = (self.store(Site::East).promoted.len() + self.store(Site::West).promoted.len()) as u64;
        let mut trips = [[Default::default(); 2]; 2];
        for (i, apps) in self.apps().enumerate() {
            trips[0][i] = apps.before;
            trips[1][i] = apps.afterwards;
        }
        let now = self.now();
        let mut properties = Properties::new();
        properties.always(ONE_AT_A_TIME, both_from.is_none(), both_from.unwrap_or(now));
        let recent = winner.took.last().map_or(Time::ZERO, |span| span.until);
        properties.eventually(TAKEN_AGAIN, recent + secs(5) >= now.min(self.setup.end), recent);
        properties.sometimes(PROMOTED, promotions > 0, winner.promoted.last().copied().unwrap_or(now));
        Outcome {
            runs: 1,
            offered,
            taken,
            down_s: (offered - taken) as f64 / self.setup.writes_per_s,
            stranded,
            lost: self.store(Site::East).lost + self.store(Site::West).lost,
            promotions,
            freezes: self.store(Site::East).freezes + self.store(Site::West).freezes,
            hopeless: self.orchestrators().map(|o| o.hopeless).sum(),
            nowhere: self.orchestrators().map(|o| o.nowhere).sum(),
            both,
            properties,
            repair_h: repair_hours(&self.setup, promotions, stranded),
            trips,
            east_share: self.setup.east_share,
        }
    }
}
