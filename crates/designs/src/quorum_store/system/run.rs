//! A run of the whole store.

use super::measure::{Merged, Paired};
use super::{Delays, Part, PolicyOf, Reader, Replica, Setup, Version, Work, Writer, ZONES, zone};
use sim::{Clock, Dist, Sim, Time};

/// The store under way.
pub struct StoreRun {
    sim: Sim<Part>,
    setup: Setup,
    over: bool,
}

impl StoreRun {
    /// Sets the store up; `policy` makes one policy for each front.
    pub fn new(setup: &Setup, policy: PolicyOf<'_>, seed: u64) -> StoreRun {
        let setup = Setup { settings: setup.settings.possible(), ..setup.clone() };
        // What ports say to each other takes no time.
        let mut sim = Sim::new(seed, Dist::Constant(Time::ZERO));
        for _ in 0..setup.settings.copies {
            sim.add(Part::Replica(Replica::default()));
        }
        for front in 0..ZONES {
            sim.add(Part::Writer(Box::new(Writer::new(&setup, front))));
            sim.add(Part::Reader(Box::new(Reader::new(&setup, front, policy()))));
        }
        let Delays { write, ack, read, reply, far } = &setup.delays;
        for front in 0..ZONES {
            let (writer, reader) = (setup.writer(front), setup.reader(front));
            for copy in 0..setup.settings.copies {
                let way = |near: &Dist| {
                    if zone(copy) == front || *far == Time::ZERO {
                        near.clone()
                    } else {
                        Dist::Later { by: *far, than: Box::new(near.clone()) }
                    }
                };
                sim.link(writer, copy, way(write));
                sim.link(copy, writer, way(ack));
                sim.link(reader, copy, way(read));
                sim.link(copy, reader, way(reply));
            }
            if front > 0 && setup.clock_ahead > Time::ZERO {
                for port in [writer, reader] {
                    sim.set_clock(port, Clock { ahead: setup.clock_ahead, drift_ppm: 0.0 });
                }
            }
        }
        for trouble in &setup.troubles {
            sim.faults(trouble.faults(&setup));
        }
        StoreRun { sim, setup, over: false }
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

    /// Simulated time so far, as a share of the run.
    pub fn share_done(&self) -> f64 {
        (self.sim.now().as_secs() / self.setup.end().as_secs()).min(1.0)
    }

    /// The setup that it runs.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    fn replicas(&self) -> impl Iterator<Item = &Replica> {
        self.sim.nodes().iter().filter_map(|p| match p {
            Part::Replica(r) => Some(r),
            _ => None,
        })
    }

    fn writers(&self) -> impl Iterator<Item = &Writer> {
        self.sim.nodes().iter().filter_map(|p| match p {
            Part::Writer(w) => Some(&**w),
            _ => None,
        })
    }

    fn readers(&self) -> impl Iterator<Item = &Reader> {
        self.sim.nodes().iter().filter_map(|p| match p {
            Part::Reader(r) => Some(&**r),
            _ => None,
        })
    }

    /// What pairs of a write and a read showed, of those that began from one time to another.
    pub fn paired(&self, from: Time, to: Time) -> Paired {
        let mut all = Paired::default();
        // The next event may be beyond the last that counts.
        let now = self.sim.now();
        let within = |t: Time| from <= t && t < to;
        // Of whoever still waits it is not known yet what becomes of it.
        let known = |begun: Time| self.over || begun + self.setup.time_out < now;
        let mut written_at = Vec::new();
        for w in self.writers() {
            for writing in w.writes.iter().filter(|w| within(w.begun)) {
                if writing.answered.is_none() && !known(writing.begun) {
                    continue;
                }
                all.writes += 1;
                if let Some(at) = writing.answered {
                    all.written += 1;
                    all.write_times.record(at - writing.begun);
                    let place = writing.key as usize;
                    if written_at.len() <= place {
                        written_at.resize(place + 1, None);
                    }
                    written_at[place] = Some(at);
                }
            }
            all.sent += w.sent;
            all.mended += w.mended;
        }
        for r in self.readers() {
            all.sent += r.sent;
            for reading in r.reads.iter().filter(|r| within(r.begun)) {
                let Some(at) = reading.answered else {
                    all.asked += u64::from(known(reading.begun));
                    continue;
                };
                all.asked += 1;
                all.read_times.record(at - reading.begun);
                if reading.written {
                    all.read += 1;
                    all.stale += u64::from(!reading.found);
                } else {
                    all.read_failed += 1;
                    all.found_failed += u64::from(reading.found);
                }
            }
        }
        all
    }

    /// For each answered read of a write that was answered: how many milliseconds after the answer the read would have had to begin to
    /// see the write, had its own messages taken the same times; at most 0 when it sees it at once. For the whole run, once over.
    pub fn visible_after(&self) -> Vec<f64> {
        let replicas: Vec<&Replica> = self.replicas().collect();
        let mut answered = Vec::new();
        for w in self.writers() {
            for writing in &w.writes {
                let place = writing.key as usize;
                if answered.len() <= place {
                    answered.resize(place + 1, None);
                }
                answered[place] = writing.answered;
            }
        }
        let mut waits = Vec::new();
        for reading in self.readers().flat_map(|r| &r.reads) {
            let Some(Some(written)) = answered.get(reading.key as usize) else {
                continue;
            };
            if reading.answered.is_none() {
                continue;
            }
            let counted = (0..replicas.len()).filter(|i| reading.counted & (1 << i) != 0);
            let ahead = counted.map(|i| {
                let kept = replicas[i].kept(reading.key);
                kept.put_at.as_ns() as f64 - kept.got_at.as_ns() as f64
            });
            let gap = (reading.begun - *written).as_ns() as f64;
            waits.push(super::in_ms(gap + ahead.fold(f64::INFINITY, f64::min)));
        }
        waits.sort_by(f64::total_cmp);
        waits
    }

    /// What became of the baskets.
    pub fn merged(&mut self) -> Merged {
        let Work::Baskets(baskets) = self.setup.work.clone() else {
            return Merged::default();
        };
        let mut all = Merged::default();
        let end: Vec<Version> = (0..baskets.baskets).map(|key| self.basket(key, &mut all)).collect();
        let split = self.setup.troubles.first().map_or((Time::MAX, Time::MAX), |t| t.span());
        let mut removed = vec![0_u128; end.len()];
        for change in self.writers().flat_map(|w| &w.changes.all).filter(|c| c.removes) {
            removed[change.key as usize] |= change.item;
        }
        for change in self.writers().flat_map(|w| &w.changes.all).filter(|c| c.answered) {
            let (key, there) = (change.key as usize, end[change.key as usize].items & change.item != 0);
            if change.removes {
                all.removes += 1;
                all.came_back += u64::from(there);
            } else if removed[key] & change.item == 0 {
                all.adds += 1;
                all.lost += u64::from(!there);
                if split.0 <= change.at && change.at < split.1 {
                    all.adds_in_trouble += 1;
                    all.lost_in_trouble += u64::from(!there);
                }
            }
        }
        for w in self.writers() {
            all.changes += w.writes.len() as u64;
            all.answered += w.writes.iter().filter(|w| w.answered.is_some()).count() as u64;
            all.mended += w.mended;
        }
        for r in self.readers() {
            all.reads += r.reads.len() as u64;
            all.mends += r.mends;
        }
        all
    }

    /// What a basket is in the end, as the first front's policy merges all copies; counts the copies that differ.
    fn basket(&mut self, key: u32, all: &mut Merged) -> Version {
        let copies: Vec<(u32, Vec<Version>)> = (0..)
            .zip(self.replicas())
            .map(|(id, r)| (id, r.kept(key).versions.clone()))
            .collect();
        let changes = |vs: &[Version]| vs.iter().fold(0_u128, |sum, v| sum | v.changes);
        let items = |vs: &[Version]| vs.iter().fold(0_u128, |sum, v| sum | v.items);
        let known = copies.iter().fold(0_u128, |sum, c| sum | changes(&c.1));
        // The first copy that knows of every change is what the others are held against.
        let whole = copies.iter().find(|c| changes(&c.1) == known).map(|c| items(&c.1));
        for copy in &copies {
            all.copies += 1;
            let same = changes(&copy.1) == known && Some(items(&copy.1)) == whole;
            all.behind += u64::from(!same);
        }
        match self.sim.node_mut(self.setup.reader(0)) {
            Part::Reader(r) => r.merged(&copies),
            _ => unreachable!("the first front's port for reads"),
        }
    }
}
