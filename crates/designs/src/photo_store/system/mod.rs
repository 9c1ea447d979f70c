//! The simulated pod: reads that the edge does not answer, machines with disks, a fall of the hit rate, machines that are gone.
//!
//! One node holds the whole pod, since nothing in it travels: a read goes to a machine that holds a copy and does its disk operations one
//! after the other, each on a disk of that machine, first come, first served. Arrivals have a stream of their own, so that two
//! designs meet the same ones.

mod measure;

pub use measure::{SLICE, SLOW, Slice, Totals};

use super::sizing::{Choice, DISKS, World};
use judge::Percent;
use sim::{Arrival, Cx, Discipline, Dist, Id, Node, Sim, Station, Stream, Time, secs};

/// Reads that may wait at one disk; a read that finds more is given up.
const QUEUE: usize = 4_000;
/// Timers with this tag bring the next read.
const ARRIVE: u64 = u64::MAX;
/// Stream of arrivals: none of a node's.
const ARRIVALS: u64 = u64::MAX - 3;

/// A stretch of time with one hit rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phase {
    /// It ends here; it begins where the one before ends.
    pub until: Time,
    /// Share of requests that the edge answers.
    pub hits: Percent,
}

/// A pod, what befalls it, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Pod {
    /// What it holds and serves.
    pub world: World,
    /// What was bought.
    pub choice: Choice,
    /// Machines that are gone throughout.
    pub lost: u32,
    /// One after the other.
    pub phases: Vec<Phase>,
}

/// A read on its way.
#[derive(Clone, Copy, Debug)]
struct Read {
    arrived: Time,
    phase: u32,
    machine: u32,
    /// Operations that are still to do, the running one included.
    left: u32,
}

/// The node: all machines with all disks.
struct Machines {
    pod: Pod,
    in_memory: f64,
    lookups: u32,
    arrivals: Stream,
    disks: Vec<Station<Read>>,
    running: Vec<Option<Read>>,
    phase: usize,
    totals: Vec<Totals>,
    slices: Option<Vec<Slice>>,
}

impl Machines {
    fn new(pod: &Pod, seed: u64) -> Machines {
        let disks = (pod.choice.machines * DISKS) as usize;
        Machines {
            in_memory: pod.world.in_memory(&pod.choice),
            lookups: pod.world.lookups(pod.choice.layout),
            arrivals: Stream::new(seed, ARRIVALS),
            disks: vec![Station::new(1, QUEUE, Discipline::Fifo); disks],
            running: vec![None; disks],
            phase: 0,
            totals: vec![Totals::default(); pod.phases.len()],
            slices: None,
            pod: pod.clone(),
        }
    }

    /// Plans the next arrival, phase by phase: what is left of a gap when a phase ends is stretched to the next phase's rate.
    fn next_arrival(&mut self, cx: &mut Cx<()>) {
        let (mut at, mut units) = (cx.now(), self.arrivals.exponential(secs(1)).as_secs());
        while let Some(phase) = self.pod.phases.get(self.phase) {
            let rate = self.pod.world.reads(phase.hits);
            let here = (phase.until - at).as_secs() * rate;
            if units < here {
                at += Time::from_ms_f64(units / rate * 1e3);
                cx.set_timer(at - cx.now(), ARRIVE);
                return;
            }
            units -= here;
            at = phase.until;
            self.phase += 1;
        }
    }

    fn arrive(&mut self, cx: &mut Cx<()>) {
        let now = cx.now();
        self.totals[self.phase].reads += 1;
        // Copies lie on any machines alike; a read takes one that is there.
        let all = self.pod.choice.machines;
        let copies = self.pod.choice.copies.min(all);
        let mut lost_among = self.pod.lost.min(all);
        let mut machine = None;
        for tried in 0..copies {
            let pick = cx.rng().below(0, u64::from(all - tried)) as u32;
            if pick >= lost_among {
                machine = Some(cx.rng().below(u64::from(self.pod.lost.min(all)), u64::from(all)) as u32);
                break;
            }
            lost_among -= 1;
        }
        let mut left = 1;
        for _ in 0..self.lookups {
            left += u32::from(!cx.rng().chance(self.in_memory));
        }
        match machine {
            Some(machine) => {
                self.totals[self.phase].operations += u64::from(left);
                let read = Read { arrived: now, phase: self.phase as u32, machine, left };
                self.go_on(read, cx);
            }
            None => self.totals[self.phase].unreadable += 1,
        }
    }

    /// Sends a read to one of its machine's disks.
    fn go_on(&mut self, read: Read, cx: &mut Cx<()>) {
        let disk = read.machine * DISKS + cx.rng().below(0, u64::from(DISKS)) as u32;
        match self.disks[disk as usize].arrive(read) {
            Arrival::Start(read) => self.begin(read, disk as usize, cx),
            Arrival::Queued => {}
            Arrival::Rejected(read) => {
                self.totals[read.phase as usize].given_up += 1;
            }
        }
    }

    fn begin(&mut self, read: Read, disk: usize, cx: &mut Cx<()>) {
        let (least, most) = self.pod.world.operation;
        let width = most.max(least) - least;
        let time = least + width.scale(cx.rng().unit());
        self.book(cx.now(), time);
        self.running[disk] = Some(read);
        cx.set_timer(time, disk as u64);
    }

    /// Books disk time to the phases in which it passes.
    fn book(&mut self, begin: Time, time: Time) {
        let (mut at, mut left) = (begin, time);
        for (phase, totals) in self.pod.phases.iter().zip(&mut self.totals) {
            if at < phase.until && left > Time::ZERO {
                let here = left.min(phase.until - at);
                totals.work += here;
                at += here;
                left -= here;
            }
        }
    }

    fn finished(&mut self, disk: usize, cx: &mut Cx<()>) {
        let done = self.running[disk].take();
        if let Some(next) = self.disks[disk].leave() {
            self.begin(next, disk, cx);
        }
        if let Some(read) = done {
            if read.left > 1 {
                self.go_on(Read { left: read.left - 1, ..read }, cx);
            } else {
                self.answered(read, cx.now());
            }
        }
    }

    fn answered(&mut self, read: Read, now: Time) {
        let time = now - read.arrived;
        self.totals[read.phase as usize].times.record(time);
        if let Some(slices) = &mut self.slices {
            let i = (read.arrived.as_ns() / SLICE.as_ns()) as usize;
            if slices.len() <= i {
                slices.resize(i + 1, Slice::default());
            }
            slices[i]
                .times_us
                .push((time.as_ns() / 1_000).min(u64::from(u32::MAX)) as u32);
        }
    }
}

impl Node for Machines {
    type Msg = ();

    fn start(&mut self, cx: &mut Cx<()>) {
        self.next_arrival(cx);
    }

    fn message(&mut self, _: Id, (): (), _: &mut Cx<()>) {}

    fn timer(&mut self, tag: u64, cx: &mut Cx<()>) {
        if tag == ARRIVE {
            self.arrive(cx);
            self.next_arrival(cx);
        } else {
            self.finished(tag as usize, cx);
        }
    }
}

/// A pod under way.
pub struct PodRun {
    sim: Sim<Machines>,
}

impl PodRun {
    /// Sets a pod up.
    pub fn new(pod: &Pod, seed: u64) -> PodRun {
        let mut sim = Sim::new(seed, Dist::Constant(Time::ZERO));
        sim.add(Machines::new(pod, seed));
        PodRun { sim }
    }

    /// Keeps what is needed to draw pictures over time.
    pub fn with_slices(mut self) -> PodRun {
        self.sim.node_mut(0).slices = Some(Vec::new());
        self
    }

    /// Goes on for `events` events; false when the run is over.
    pub fn advance(&mut self, events: u64) -> bool {
        self.sim.run_events(events)
    }

    /// Goes on until nothing is left to happen.
    pub fn finish(mut self) -> PodRun {
        while self.sim.run_events(1 << 20) {}
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

    /// What was measured, one entry a phase.
    pub fn totals(&self) -> Vec<Totals> {
        (0..self.sim.node(0).totals.len()).map(|i| self.totals_of(i)).collect()
    }

    /// What was measured in one phase. A picture asks for few phases, and each is a histogram to copy.
    pub fn totals_of(&self, phase: usize) -> Totals {
        let node = self.sim.node(0);
        let begin = phase
            .checked_sub(1)
            .map_or(Time::ZERO, |before| node.pod.phases[before].until);
        let end = node.pod.phases[phase].until.min(self.now().max(begin));
        let live = u64::from(node.pod.choice.machines.saturating_sub(node.pod.lost)) * u64::from(DISKS);
        Totals { room: (end - begin) * live, ..node.totals[phase].clone() }
    }

    /// The slices of time, when they were asked for.
    pub fn slices(&self) -> &[Slice] {
        self.sim.node(0).slices.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sizing::on_the_table;
    use super::*;
    use judge::percent;
    use sim::ms;

    fn pod(choice: Choice, lost: u32, hits: f64) -> Pod {
        let phase = |until, hits: f64| Phase { until, hits: percent(hits) };
        Pod {
            world: World::default(),
            choice,
            lost,
            phases: vec![phase(secs(1), hits), phase(secs(9), hits)],
        }
    }

    fn measured(pod: &Pod) -> Totals {
        PodRun::new(pod, 3).finish().totals().swap_remove(1)
    }

    #[test]
    fn disks_are_as_busy_as_arithmetic_says() {
        let w = World::default();
        for (choice, lost, hits) in [
            (on_the_table()[1], 0, 90.0),
            (on_the_table()[1], 1, 80.0),
            (on_the_table()[0], 0, 90.0),
        ] {
            let t = measured(&pod(choice, lost, hits));
            let asked = w.asked(&choice, percent(hits), lost);
            assert!((t.busy() - asked).abs() < 0.03, "{} against {asked}", t.busy());
            assert!((t.per_read() - w.per_read(&choice)).abs() < 0.02);
            assert_eq!((t.unreadable, t.given_up), (0, 0));
        }
    }

    #[test]
    fn a_disk_alone_waits_as_pollaczek_and_khinchine_say() {
        // Uniform from 3 to 17 ms: mean 10 ms, squared coefficient of variation 16.3 / 100. At 70 %: mean wait ρ/(1−ρ) · (1+c²)/2 · 10 ms.
        let t = measured(&pod(on_the_table()[1], 1, 80.0));
        let wait = 0.7 / 0.3 * (1.0 + 0.1633) / 2.0 * 10.0;
        let mean = t.times.mean().as_ms();
        assert!((mean - 10.0 - wait).abs() < 2.0, "{mean} ms");
    }

    #[test]
    fn a_single_copy_is_gone_with_its_machine_and_three_are_not() {
        let one = Choice { copies: 1, ..on_the_table()[1] };
        let t = measured(&pod(one, 1, 90.0));
        let share = t.unreadable as f64 / t.reads as f64;
        assert!((share - 1.0 / 6.0).abs() < 0.02, "{share}");
        let two = Choice { copies: 2, ..one };
        let t = measured(&pod(two, 2, 90.0));
        let share = t.unreadable as f64 / t.reads as f64;
        assert!((share - 1.0 / 15.0).abs() < 0.01, "{share}");
        assert_eq!(measured(&pod(Choice { copies: 3, ..one }, 2, 90.0)).unreadable, 0);
    }

    #[test]
    fn both_designs_meet_the_same_reads() {
        let [files, needles] = on_the_table();
        let [a, b] = [files, needles].map(|c| measured(&pod(c, 0, 90.0)).reads);
        assert_eq!(a, b);
        // 8 s of 2,100 reads a second: standard error 130.
        assert!(a.abs_diff(16_800) < 500, "{a}");
    }

    #[test]
    fn a_fall_takes_effect_in_its_phase_and_leaves_a_backlog_where_disks_are_too_few() {
        let phase = |until, hits: f64| Phase { until, hits: percent(hits) };
        let pod = Pod {
            world: World::default(),
            choice: on_the_table()[0],
            lost: 0,
            phases: vec![phase(secs(5), 90.0), phase(secs(10), 80.0), phase(secs(30), 90.0)],
        };
        let run = PodRun::new(&pod, 1).with_slices().finish();
        let t = run.totals();
        let rate = |i: usize, s: f64| t[i].reads as f64 / s;
        assert!((rate(1, 5.0) / rate(0, 5.0) - 2.0).abs() < 0.1);
        assert!(t[1].times.quantile(0.5) > t[0].times.quantile(0.5) * 4);
        let slow = run
            .slices()
            .iter()
            .enumerate()
            .filter(|(_, s)| s.quantile_ms(0.5) > Some(SLOW.as_ms()));
        let last = slow.map(|(i, _)| i as u64).next_back().expect("some are slow");
        // 5 s at 128 % leave 1.4 s of work, which 64 % of load lets drain in about 4 s.
        assert!(SLICE * last > secs(10) && SLICE * last < secs(17), "slice {last}");
        let in_slices: usize = run.slices().iter().map(|s| s.times_us.len()).sum();
        assert_eq!(in_slices as u64, t.iter().map(|t| t.times.len()).sum::<u64>());
        assert!(t[2].times.quantile(0.99) > ms(100));
    }

    #[test]
    fn every_machine_lost_loses_every_read() {
        let t = measured(&pod(on_the_table()[1], 9, 90.0));
        assert_eq!((t.unreadable, t.operations), (t.reads, 0));
        assert_eq!(t.busy(), 0.0);
    }
}
