//! The simulated partition: readers and depots, caches, machines of the store or of the views, logs, and one fault.
//!
//! One node holds one partition's share of everything, since partitions do not meet. Events are scans, reads that no cache answers,
//! operations on slots, and scans that a view applies; reads that a cache answers take a fixed time and are counted, not simulated
//! one by one. Arrivals have streams of their own, so that both proposals meet the same scans.

mod measure;

pub use measure::{HIT, SLICE, Slice, Totals, WELL, not_current, until_well};

use super::sizing::{Choice, Proposal, SLOTS, World};
use sim::{Arrival, Cx, Discipline, Dist, Id, Node, Sim, Station, Stream, Time, ms, secs};
use std::collections::VecDeque;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    Nothing,
    /// One zone is away: in B, one of the first region.
    Zone,
    /// One region is away: in A, the only one.
    Region,
    /// The regions cannot reach each other; readers and depots reach both.
    Cut,
    /// The caches of one region were restarted, empty.
    ColdCaches,
    /// The identity service of both proposals does not answer.
    Login,
}

/// A partition, what befalls it, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scenario {
    /// Load, rates and prices.
    pub world: World,
    /// What was decided.
    pub choice: Choice,
    /// Share of the busiest hour's load that arrives.
    pub load: f64,
    /// What goes wrong.
    pub fault: Fault,
    /// From when …
    pub from: Time,
    /// … until when.
    pub until: Time,
    /// The run ends here.
    pub end: Time,
    /// What is measured during the fault begins so long after it.
    pub judged_from: Time,
}

/// Operations that may wait at one machine; one that finds more is given up.
const QUEUE: usize = 400;
/// The run has come into its stride; what was before is not counted.
const WARM: Time = secs(5);
/// Time between two counts of the reads that caches answer.
const COUNT: Time = ms(100);
/// A scan that is in two places takes this long on its way between zones.
const BETWEEN_ZONES: Time = ms(1);

/// Tags of timers, above those of slots.
mod tag {
    pub(super) const READ: u64 = 1 << 32;
    pub(super) const SCAN: u64 = READ + 1;
    pub(super) const COUNT: u64 = READ + 2;
    pub(super) const POLL: u64 = READ + 3;
    /// And one a region from here.
    pub(super) const APPLY: u64 = READ + 16;
}

/// Streams of arrivals: none of a node's.
const READS: u64 = u64::MAX - 3;
const SCANS: u64 = u64::MAX - 4;

/// Phases of a run: before the fault, during it, and afterwards.
pub const PHASES: usize = 3;
/// The phase of the fault.
pub const DURING: usize = 1;

/// An operation at a machine.
#[derive(Clone, Copy, Debug)]
enum Job {
    /// A read that no cache answered. `cold` is the part of the hot answers that it will fill, if it does.
    Read {
        arrived: Time,
        region: usize,
        cold: Option<usize>,
    },
    /// A scan on its way to a copy of A.
    Write { scan: usize },
    /// A scan that a view writes on one of its copies.
    Applied,
}

/// A scan of A that waits for its copies.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    arrived: Time,
    written: u32,
}

/// A scan that is acknowledged and not yet seen.
#[derive(Clone, Copy, Debug)]
struct Unseen {
    acknowledged: Time,
    /// The way that it has yet to go.
    way: Time,
}

/// A region of B: what its log has and its view has not.
#[derive(Clone, Debug, Default)]
struct Region {
    /// In the log since it was last read.
    fresh: Vec<Time>,
    /// In the log, and not yet sent to the other region.
    unsent: Vec<Time>,
    /// Read from a log, and not yet applied.
    queue: VecDeque<Unseen>,
    applying: bool,
}

/// The node: one partition.
struct Partition {
    s: Scenario,
    reads: Stream,
    scans: Stream,
    machines: Vec<Station<Job>>,
    running: Vec<Option<Job>>,
    waiting: Vec<Waiting>,
    regions: Vec<Region>,
    /// Hot answers of this partition that belong to the readers of one region, and how many of them each region's caches lack.
    hot: f64,
    cold: [[f64; 2]; 2],
    struck: bool,
    healed: bool,
    stranded: u64,
    totals: Vec<Totals>,
    slices: Vec<Slice>,
}

impl Partition {
    fn new(s: &Scenario, seed: u64) -> Partition {
        let c = s.choice;
        let machines = c.proposal.copies() * c.proposal.regions();
        let hot = s.world.hot / f64::from(c.partitions.max(1)) / c.proposal.regions() as f64;
        // Each region's caches hold what its own readers ask for; with a second copy they hold the others' answers too.
        let elsewhere = if c.cache_copies >= 2 { 0.0 } else { hot };
        Partition {
            s: *s,
            reads: Stream::new(seed, READS),
            scans: Stream::new(seed, SCANS),
            machines: vec![Station::new(SLOTS, QUEUE, Discipline::Fifo); machines],
            running: vec![None; machines * SLOTS],
            waiting: Vec::new(),
            regions: vec![Region::default(); c.proposal.regions()],
            hot,
            cold: [[0.0, elsewhere], [elsewhere, 0.0]],
            struck: false,
            healed: false,
            stranded: 0,
            totals: vec![Totals::default(); PHASES],
            slices: vec![Slice::default(); (s.end.as_ns() / SLICE.as_ns()) as usize + 1],
        }
    }

    fn many_regions(&self) -> bool {
        self.s.choice.proposal == Proposal::Regions
    }

    /// The phase that a moment belongs to; none while the run warms up.
    fn phase(&self, at: Time) -> Option<usize> {
        if at < WARM || at >= self.s.from && at < self.s.from + self.s.judged_from {
            return None;
        }
        Some(usize::from(at >= self.s.from) + usize::from(at >= self.s.until))
    }

    fn slice(&mut self, at: Time) -> &mut Slice {
        let last = self.slices.len() - 1;
        &mut self.slices[((at.as_ns() / SLICE.as_ns()) as usize).min(last)]
    }

    fn faulty(&self, fault: Fault, at: Time) -> bool {
        self.s.fault == fault && at >= self.s.from && at < self.s.until
    }

    /// Is a region away?
    fn away(&self, region: usize, at: Time) -> bool {
        region == 0 && self.faulty(Fault::Region, at)
    }

    /// Is a machine there?
    fn there(&self, machine: usize, at: Time) -> bool {
        let copies = self.s.choice.proposal.copies();
        !(self.away(machine / copies, at) || machine == 0 && self.faulty(Fault::Zone, at))
    }

    /// The region that serves who belongs to one, or none while nobody does. Who was sent to the other region stays there.
    fn serves(&self, home: usize, at: Time) -> Option<usize> {
        if self.s.fault != Fault::Region || home != 0 || at < self.s.from {
            return Some(home);
        }
        if self.many_regions() && at >= self.s.from + self.s.world.switch {
            return Some(1);
        }
        (at >= self.s.until).then_some(home)
    }

    /// Is what a lost zone led still without a leader? One in three was led there; in B only in the first region.
    fn leaderless(&mut self, region: usize, at: Time, cx: &mut Cx<()>) -> bool {
        region == 0
            && self.faulty(Fault::Zone, at)
            && at < self.s.from + self.s.world.elect
            && cx.rng().chance(1.0 / 3.0)
    }

    /// What begins and ends with the fault: caches that are lost or come back empty, scans that nobody sees.
    fn turn_of_events(&mut self, at: Time) {
        if !self.struck && at >= self.s.from {
            self.struck = true;
            let single = self.s.choice.cache_copies < 2;
            match self.s.fault {
                Fault::Zone if single => {
                    let zones = self.s.choice.proposal.copies() as f64;
                    self.cold[0][0] = self.hot / zones;
                }
                // With a second copy B's fronts ask the other region, whose caches stand.
                Fault::ColdCaches if single || !self.many_regions() => self.cold[0] = [self.hot; 2],
                Fault::Region => {
                    self.stranded = self.only_in_the_first(self.s.from);
                    // What stood in its machines and queues is gone with it.
                    self.regions[0].queue.clear();
                }
                _ => {}
            }
        }
        if !self.healed && at >= self.s.until {
            self.healed = true;
            if self.s.fault == Fault::Region {
                self.cold[0] = [self.hot; 2];
            }
        }
    }

    /// Scans that have a receipt at a moment, and that only the first region has: its log has not sent them yet. What was sent arrives.
    fn only_in_the_first(&self, at: Time) -> u64 {
        self.regions[0].unsent.iter().filter(|t| **t <= at).count() as u64
    }

    /// Readers of a region, as a share of all.
    fn share(&self) -> f64 {
        1.0 / self.regions.len() as f64
    }

    /// Share of the reads of who belongs to `home`, served in `region`, that its caches answer.
    fn hits(&self, region: usize, home: usize) -> f64 {
        let cold = if self.hot > 0.0 {
            self.cold[region][home] / self.hot
        } else {
            0.0
        };
        self.s.world.hits.fraction() * (1.0 - cold)
    }

    /// Reads a second of one partition.
    fn rate_of_reads(&self) -> f64 {
        self.s.world.reads * self.s.load / f64::from(self.s.choice.partitions.max(1))
    }

    /// Share of all reads that no cache answers now.
    fn missing(&self, at: Time) -> f64 {
        let homes = 0..self.regions.len();
        homes
            .filter_map(|home| Some(self.share() * (1.0 - self.hits(self.serves(home, at)?, home))))
            .sum()
    }

    fn next_read(&mut self, cx: &mut Cx<()>) {
        let rate = self.rate_of_reads() * self.missing(cx.now()).max(0.001);
        let gap = self.reads.exponential(Time::from_ms_f64(1e3 / rate.max(1e-3)));
        if cx.now() + gap < self.s.end {
            cx.set_timer(gap, tag::READ);
        }
    }

    fn next_scan(&mut self, cx: &mut Cx<()>) {
        let rate = self.s.world.scans * self.s.load / f64::from(self.s.choice.partitions.max(1));
        let gap = self.scans.exponential(Time::from_ms_f64(1e3 / rate.max(1e-3)));
        if cx.now() + gap < self.s.end {
            cx.set_timer(gap, tag::SCAN);
        }
    }

    /// Counts what caches answered, and what nobody did, since the last count.
    fn count(&mut self, cx: &mut Cx<()>) {
        let now = cx.now();
        self.turn_of_events(now);
        let reads = self.rate_of_reads() * COUNT.as_secs() * self.share();
        for home in 0..self.regions.len() {
            let (hit, failed) = match self.serves(home, now) {
                Some(region) if !self.away(region, now) => {
                    let hit = reads * self.hits(region, home);
                    let login = if self.faulty(Fault::Login, now) {
                        self.s.world.login.fraction()
                    } else {
                        0.0
                    };
                    (hit * (1.0 - login), hit * login)
                }
                _ => (0.0, reads),
            };
            if let Some(phase) = self.phase(now) {
                self.totals[phase].hits += hit;
                self.totals[phase].failed += failed;
            }
            let slice = self.slice(now);
            slice.reads += hit + failed;
            slice.failed += failed;
        }
        if now + COUNT < self.s.end {
            cx.set_timer(COUNT, tag::COUNT);
        }
    }

    /// A read that no cache answers.
    fn read(&mut self, cx: &mut Cx<()>) {
        let now = cx.now();
        // Which reader: by how much each region's readers miss.
        let of = |p: &Partition, home: usize| p.serves(home, now).map_or(0.0, |r| 1.0 - p.hits(r, home));
        let weights: Vec<f64> = (0..self.regions.len()).map(|home| of(self, home)).collect();
        let mut pick = self.reads.unit() * weights.iter().sum::<f64>();
        let mut home = 0;
        while home + 1 < weights.len() && pick >= weights[home] {
            pick -= weights[home];
            home += 1;
        }
        let Some(region) = self.serves(home, now) else { return };
        self.slice(now).reads += 1.0;
        let copies = self.s.choice.proposal.copies();
        let live: Vec<usize> = (region * copies..(region + 1) * copies)
            .filter(|m| self.there(*m, now))
            .collect();
        let login = self.faulty(Fault::Login, now) && self.reads.chance(self.s.world.login.fraction());
        // In A a read goes to the parcel's leader; in B any copy of the view has it.
        let leaderless = !self.many_regions() && self.leaderless(region, now, cx);
        if live.is_empty() || login || leaderless {
            self.fail(now);
            return;
        }
        let hot = self.s.world.hits.fraction();
        let lacks = if self.hot > 0.0 {
            self.cold[region][home] / self.hot
        } else {
            0.0
        };
        let cold = hot * lacks / (1.0 - hot * (1.0 - lacks)).max(1e-9);
        let cold = self.reads.chance(cold).then_some(home);
        let machine = live[cx.rng().below(0, live.len() as u64) as usize];
        self.ask(machine, Job::Read { arrived: now, region, cold }, cx);
    }

    fn fail(&mut self, arrived: Time) {
        if let Some(phase) = self.phase(arrived) {
            self.totals[phase].failed += 1.0;
        }
        self.slice(arrived).failed += 1.0;
    }

    /// A depot scans a parcel.
    fn scan(&mut self, cx: &mut Cx<()>) {
        let now = cx.now();
        let home = self.scans.below(0, self.regions.len() as u64) as usize;
        if let Some(phase) = self.phase(now) {
            self.totals[phase].scans += 1;
        }
        self.slice(now).scans += 1;
        let Some(region) = self.serves(home, now).filter(|r| !self.away(*r, now)) else {
            return;
        };
        if self.leaderless(region, now, cx) {
            return;
        }
        if self.many_regions() {
            // The log is on machines of its own, which are never busy: two of three zones have the scan within some milliseconds.
            let took = ms(4) + ms(8).scale(self.scans.unit());
            self.acknowledged(now, now + took);
            self.regions[region].fresh.push(now + took);
            self.regions[region].unsent.push(now + took);
            return;
        }
        let scan = self.waiting.len();
        self.waiting.push(Waiting { arrived: now, written: 0 });
        for machine in 0..self.machines.len() {
            if self.there(machine, now) {
                self.ask(machine, Job::Write { scan }, cx);
            }
        }
    }

    fn acknowledged(&mut self, arrived: Time, now: Time) {
        if let Some(phase) = self.phase(arrived) {
            self.totals[phase].accepted += 1;
            self.totals[phase].scan_times.record(now - arrived);
        }
        self.slice(arrived).accepted += 1;
    }

    /// Readers of a region see a scan.
    fn seen(&mut self, acknowledged: Time, age: Time) {
        if let Some(phase) = self.phase(acknowledged) {
            self.totals[phase].ages.record(age);
        }
        let slice = self.slice(acknowledged + age);
        slice.age = slice.age.max(age);
    }

    fn ask(&mut self, machine: usize, job: Job, cx: &mut Cx<()>) {
        match self.machines[machine].arrive(job) {
            Arrival::Start(job) => self.begin(job, machine, cx),
            Arrival::Queued => {}
            // A scan that a copy does not take may still find two others; a view that is behind on a copy catches up by itself.
            Arrival::Rejected(Job::Read { arrived, .. }) => self.fail(arrived),
            Arrival::Rejected(_) => {}
        }
    }

    fn begin(&mut self, job: Job, machine: usize, cx: &mut Cx<()>) {
        let mean = self.s.world.operation;
        let time = mean.scale(0.3 + 1.4 * cx.rng().unit());
        if let Some(phase) = self.phase(cx.now()) {
            self.totals[phase].work += time;
        }
        let slots = &mut self.running[machine * SLOTS..(machine + 1) * SLOTS];
        let slot = slots
            .iter()
            .position(Option::is_none)
            .expect("a slot is free when a job starts");
        slots[slot] = Some(job);
        cx.set_timer(time, (machine * SLOTS + slot) as u64);
    }

    fn finished(&mut self, slot: usize, cx: &mut Cx<()>) {
        let machine = slot / SLOTS;
        let done = self.running[slot].take();
        if let Some(next) = self.machines[machine].leave() {
            self.begin(next, machine, cx);
        }
        let now = cx.now();
        // What a machine that is gone was doing is lost.
        if !self.there(machine, now) {
            if let Some(Job::Read { arrived, .. }) = done {
                self.fail(arrived);
            }
            return;
        }
        match done {
            Some(Job::Read { arrived, region, cold }) => {
                if let Some(phase) = self.phase(arrived) {
                    self.totals[phase].misses.record(now - arrived + HIT);
                }
                if let Some(home) = cold {
                    let lacks = &mut self.cold[region][home];
                    *lacks = (*lacks - 1.0).max(0.0);
                }
            }
            Some(Job::Write { scan }) => {
                self.waiting[scan].written += 1;
                if self.waiting[scan].written == 2 {
                    let at = now + BETWEEN_ZONES;
                    self.acknowledged(self.waiting[scan].arrived, at);
                    // The leader has it, and drops the cached answer.
                    self.seen(at, BETWEEN_ZONES);
                }
            }
            Some(Job::Applied) | None => {}
        }
    }

    /// Each log is read for its own view, and sent to the other region.
    fn poll(&mut self, cx: &mut Cx<()>) {
        let now = cx.now();
        let cut = self.faulty(Fault::Cut, now);
        let up = [0, 1].map(|r| !self.away(r, now));
        for r in 0..2 {
            if !up[r] {
                continue;
            }
            let ready = |from: &mut Vec<Time>| {
                let n = from.iter().take_while(|t| **t <= now).count();
                from.drain(..n).collect::<Vec<Time>>()
            };
            for acknowledged in ready(&mut self.regions[r].fresh) {
                self.regions[r]
                    .queue
                    .push_back(Unseen { acknowledged, way: Time::ZERO });
            }
            // A region that is away reads the other's log when it is back.
            if !cut && up[1 - r] {
                let way = self.s.world.link;
                for acknowledged in ready(&mut self.regions[r].unsent) {
                    self.regions[1 - r].queue.push_back(Unseen { acknowledged, way });
                }
            }
        }
        for r in 0..2 {
            self.apply_next(r, cx);
        }
        if now + self.s.world.poll < self.s.end {
            cx.set_timer(self.s.world.poll, tag::POLL);
        }
    }

    /// Starts to apply the next scan to a region's view, unless it is at one already.
    fn apply_next(&mut self, region: usize, cx: &mut Cx<()>) {
        let waits = !self.regions[region].queue.is_empty();
        if self.regions[region].applying || !waits || self.away(region, cx.now()) {
            return;
        }
        self.regions[region].applying = true;
        let rate = self.s.world.apply / f64::from(self.s.choice.partitions.max(1));
        cx.set_timer(Time::from_ms_f64(1e3 / rate.max(1e-3)), tag::APPLY + region as u64);
    }

    fn applied(&mut self, region: usize, cx: &mut Cx<()>) {
        self.regions[region].applying = false;
        let now = cx.now();
        if !self.away(region, now)
            && let Some(Unseen { acknowledged, way }) = self.regions[region].queue.pop_front()
        {
            // Nobody reads where a region was lost: its readers stay with the other.
            if self.serves(region, now) == Some(region) {
                self.seen(acknowledged, now + way - acknowledged);
            }
            let copies = self.s.choice.proposal.copies();
            for machine in region * copies..(region + 1) * copies {
                if self.there(machine, now) {
                    self.ask(machine, Job::Applied, cx);
                }
            }
        }
        self.apply_next(region, cx);
    }
}

impl Node for Partition {
    type Msg = ();

    fn start(&mut self, cx: &mut Cx<()>) {
        self.next_read(cx);
        self.next_scan(cx);
        cx.set_timer(COUNT, tag::COUNT);
        if self.many_regions() {
            // The logs' rhythm has nothing to do with the moment of a fault.
            let first = self.s.world.poll.scale(cx.rng().unit());
            cx.set_timer(first, tag::POLL);
        }
    }

    fn message(&mut self, _: Id, (): (), _: &mut Cx<()>) {}

    fn timer(&mut self, which: u64, cx: &mut Cx<()>) {
        self.turn_of_events(cx.now());
        match which {
            tag::READ => {
                self.read(cx);
                self.next_read(cx);
            }
            tag::SCAN => {
                self.scan(cx);
                self.next_scan(cx);
            }
            tag::COUNT => self.count(cx),
            tag::POLL => self.poll(cx),
            apply if apply >= tag::APPLY => self.applied((apply - tag::APPLY) as usize, cx),
            slot => self.finished(slot as usize, cx),
        }
    }
}

/// A partition under way.
pub struct PartitionRun {
    sim: Sim<Partition>,
    end: Time,
}

impl PartitionRun {
    /// Sets a partition up.
    pub fn new(scenario: &Scenario, seed: u64) -> PartitionRun {
        let mut sim = Sim::new(seed, Dist::Constant(Time::ZERO));
        sim.add(Partition::new(scenario, seed));
        PartitionRun { sim, end: scenario.end }
    }

    /// Goes on for `events` events; false when the run is over.
    pub fn advance(&mut self, events: u64) -> bool {
        self.sim.run_events(events) && self.sim.now() < self.end
    }

    /// Goes on until the end.
    pub fn finish(mut self) -> PartitionRun {
        while self.advance(1 << 20) {}
        self
    }

    /// Goes on until a moment.
    pub fn go_to(&mut self, at: Time) {
        self.sim.run_until(at.min(self.end));
    }

    /// Scans of all partitions that would be stranded if the first region went away at this moment, which the run has come to.
    pub fn would_strand(&self, at: Time) -> f64 {
        let node = self.sim.node(0);
        node.only_in_the_first(at) as f64 * f64::from(node.s.choice.partitions)
    }

    /// Simulated time so far.
    pub fn now(&self) -> Time {
        self.sim.now().min(self.end)
    }

    /// What was measured before the fault, during it, and afterwards.
    pub fn totals(&self) -> Vec<Totals> {
        let node = self.sim.node(0);
        let mut totals = node.totals.clone();
        let s = &node.s;
        let slots = |at: Time| (0..node.machines.len()).filter(|m| node.there(*m, at)).count() as u64 * SLOTS as u64;
        let ends = [s.from, s.until, s.end];
        let mut begin = WARM;
        for (end, t) in ends.into_iter().zip(&mut totals) {
            let upto = end.min(self.now()).max(begin);
            t.room = (upto - begin) * slots(begin);
            begin = end.max(begin);
        }
        totals
    }

    /// Second by second, up to now.
    pub fn slices(&self) -> &[Slice] {
        let done = (self.now().as_ns() / SLICE.as_ns()) as usize;
        &self.sim.node(0).slices[..done]
    }

    /// Scans of all partitions that were acknowledged when their region was lost, and that no one else had.
    pub fn stranded(&self) -> f64 {
        let node = self.sim.node(0);
        node.stranded as f64 * f64::from(node.s.choice.partitions)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sizing::{Loss, on_the_table};
    use super::*;

    fn scenario(which: usize, fault: Fault) -> Scenario {
        Scenario {
            world: World::default(),
            choice: on_the_table()[which],
            load: 1.0,
            fault,
            from: secs(20),
            until: secs(80),
            end: secs(100),
            judged_from: Time::ZERO,
        }
    }

    fn run(s: &Scenario) -> PartitionRun {
        PartitionRun::new(s, 3).finish()
    }

    #[test]
    fn machines_are_as_busy_as_arithmetic_says() {
        for which in [0, 1] {
            let s = scenario(which, Fault::Nothing);
            let t = &run(&s).totals()[DURING];
            let says = s.world.work(&s.choice, Loss::Nothing, 0.0).busy();
            assert!((t.busy() - says).abs() < 0.03, "{}: {} against {says}", which, t.busy());
            assert!((t.hit_share() - 0.9).abs() < 0.01 && t.failed == 0.0);
            assert_eq!((t.acknowledged() * 100.0).round(), 100.0);
        }
    }

    #[test]
    fn a_lost_region_stops_one_proposal_and_halves_the_other_until_it_switches() {
        let t = &run(&scenario(0, Fault::Region)).totals()[DURING];
        assert!(t.accepted == 0 && t.answered() < 0.01, "{}", t.answered());
        let mut s = scenario(1, Fault::Region);
        s.choice.cache_copies = 2;
        let r = run(&s);
        let t = &r.totals()[DURING];
        // Half of the depots for 30 of 60 seconds.
        assert!((t.acknowledged() - 0.75).abs() < 0.03, "{}", t.acknowledged());
        assert!((t.answered() - 0.75).abs() < 0.03, "{}", t.answered());
        assert!(r.stranded() > 500.0 && r.stranded() < 6_000.0, "{}", r.stranded());
    }

    #[test]
    fn a_region_strands_what_its_log_had_not_sent_at_that_moment() {
        let lost = scenario(1, Fault::Region);
        let mut calm = PartitionRun::new(&scenario(1, Fault::Nothing), 3);
        calm.go_to(lost.from);
        assert!(calm.would_strand(lost.from) > 0.0);
        assert_eq!(run(&lost).stranded(), calm.would_strand(lost.from));
        assert_eq!(run(&scenario(0, Fault::Region)).stranded(), 0.0, "A has no log");
    }

    #[test]
    fn a_zone_takes_its_caches_along_unless_there_is_a_second_copy() {
        let mut s = scenario(0, Fault::Zone);
        let one = run(&s).totals()[DURING].answered();
        s.choice.cache_copies = 2;
        let two = run(&s).totals()[DURING].answered();
        assert!(one < 0.9 && two > 0.985, "{one} {two}");
    }

    #[test]
    fn restarted_caches_cost_little_where_the_other_region_has_a_copy() {
        let answered = |which: usize, copies: u32| {
            let mut s = scenario(which, Fault::ColdCaches);
            s.choice.cache_copies = copies;
            run(&s).totals()[DURING].answered()
        };
        assert!(answered(0, 2) < 0.8 && answered(1, 1) < 0.9 && answered(1, 2) > 0.999);
    }

    #[test]
    fn a_cut_makes_views_old_and_stops_nobody() {
        let r = run(&scenario(1, Fault::Cut));
        let t = &r.totals()[DURING];
        assert!(t.acknowledged() > 0.999 && t.answered() > 0.999);
        assert!(t.ages.quantile(0.99) > secs(30), "{}", t.ages.quantile(0.99));
        let a = &run(&scenario(0, Fault::Cut)).totals()[DURING];
        assert!(a.ages.quantile(0.99) < ms(10));
    }

    #[test]
    fn without_identity_both_lose_the_same_share() {
        for which in [0, 1] {
            let t = &run(&scenario(which, Fault::Login)).totals()[DURING];
            assert!((t.answered() - 0.8).abs() < 0.01, "{}", t.answered());
            assert!(t.acknowledged() > 0.999);
        }
    }

    #[test]
    fn both_proposals_meet_about_the_same_load() {
        let [a, b] = [0, 1].map(|which| run(&scenario(which, Fault::Nothing)).totals()[DURING].clone());
        assert!((a.reads() / b.reads() - 1.0).abs() < 0.01);
        assert!((a.scans as f64 / b.scans as f64 - 1.0).abs() < 0.05);
    }

    #[test]
    fn empty_caches_fill_with_what_is_asked_for() {
        let mut s = scenario(0, Fault::ColdCaches);
        s.load = 0.3;
        let r = run(&s);
        let misses = |i: usize| r.totals()[i].hit_share();
        assert!(misses(DURING) < misses(0) - 0.2);
        assert!(misses(2) > misses(DURING));
    }
}
