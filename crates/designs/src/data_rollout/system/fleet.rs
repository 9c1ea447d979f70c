//! The fleet: all machines, the stages of the change, the switch, and the people who are called.

use super::look::{errors, poisson};
use super::measure::{Minute, Outcome};
use super::{Msg, STORE, System, hours, minutes};
use crate::data_rollout::policy::{Group, Next, Policy, Seen};
use judge::Percent;
use sim::{Cx, Stream, Time, secs};

/// What a machine does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// It serves requests.
    Up,
    /// It went down by itself, as machines do, and is seen to soon.
    Broken,
    /// It goes down at every start, as soon as it reads the data that it has.
    Looping,
    /// It waits for its next start.
    Waiting,
    /// It has started and waits for its data from the store.
    Loading,
}

/// One machine.
#[derive(Clone, Copy, Debug)]
struct Machine {
    state: State,
    /// Has it the change?
    new: bool,
    /// Is it down because of the change?
    hit: bool,
    /// Does the switch do nothing on it?
    stuck: bool,
    /// Starts so far.
    start: u32,
    /// When it went down because of the change.
    crashed: Time,
    /// Seconds between the instant at which the change could crash it and the one at which it does.
    delay: Time,
}

/// Time between the first and the last machine that a change crashes.
const SPREAD: Time = secs(10);
/// A machine that went down by itself is back after this.
const REPAIR: Time = minutes(10);
/// A spike of errors lasts for this long …
const SPIKE: Time = minutes(10);
/// … and adds this share of failed requests in every machine.
const SPIKE_ERRORS: f64 = 0.02;
/// From this share of failed requests on, the fleet counts as ill.
const ILL: f64 = 0.01;

/// Streams of random numbers, apart from those of the engine.
const LUCK: u64 = 1 << 33;
const LOOKS: u64 = 1 << 34;
const OUTSIDE: u64 = 1 << 35;

/// What a timer is for; the machine and its start stand below.
const MINUTE: u64 = 0;
const LOOK: u64 = 1;
const CRASH: u64 = 2;
const START: u64 = 3;
const GIVE_UP: u64 = 4;
const ROLLED: u64 = 5;
const PERSON: u64 = 6;
const BREAK: u64 = 7;
const REPAIRED: u64 = 8;
const HAND: u64 = 9;

const fn tag(kind: u64, machine: usize, start: u32) -> u64 {
    kind << 56 | (start as u64 & 0xffff_ffff) << 24 | machine as u64
}

/// All machines, and what decides about the change.
pub struct Fleet {
    system: System,
    policy: Box<dyn Policy>,
    machines: Vec<Machine>,
    seed: u64,
    /// For random times between two starts.
    luck: Stream,
    /// When errors spike everywhere, and what breaks by itself: the next time and machine last.
    spikes: Vec<Time>,
    breaks: Vec<(Time, usize)>,
    /// The stage, counted from 0; as many as there are stages: everywhere.
    stage: usize,
    stage_began: Time,
    /// Is the policy still asked?
    asked: bool,
    /// When each stage's own machines got the change.
    got: Vec<Time>,
    /// Running machines with the change, by stage and region.
    up_new: Vec<[u32; 5]>,
    exposed: u32,
    down_hit: u32,
    looks: u64,
    reads: f64,
    /// Machines that wait for people.
    queue: Vec<usize>,
    at_work: bool,
    /// Up to when harm has been added up.
    counted: Time,
    pub(super) outcome: Outcome,
}

impl Fleet {
    pub(super) fn new(system: &System, policy: Box<dyn Policy>, seed: u64) -> Fleet {
        let mut luck = Stream::new(seed, LUCK);
        let machines = (0..system.machines).map(|_| Machine {
            state: State::Up,
            new: false,
            hit: false,
            stuck: !luck.chance(system.switch_works),
            start: 0,
            crashed: Time::ZERO,
            delay: SPREAD.scale(luck.unit()),
        });
        let machines: Vec<Machine> = machines.collect();
        let mut outside = Stream::new(seed, OUTSIDE);
        let mut breaks = Vec::new();
        let gap = system.breaks / u64::from(system.machines);
        let mut at = outside.exponential(gap);
        while at < system.end {
            breaks.push((at, outside.below(0, machines.len() as u64) as usize));
            at += outside.exponential(gap);
        }
        let mut spikes = Vec::new();
        if system.spikes > Time::ZERO {
            let mut at = outside.exponential(system.spikes);
            while at < system.end {
                spikes.push(at);
                at += outside.exponential(system.spikes);
            }
        }
        breaks.reverse();
        let stages = system.stages.len() + 1;
        Fleet {
            system: system.clone(),
            policy,
            machines,
            seed,
            luck,
            spikes,
            breaks,
            stage: 0,
            stage_began: Time::ZERO,
            asked: true,
            got: vec![Time::MAX; stages],
            up_new: vec![[0; 5]; stages],
            exposed: 0,
            down_hit: 0,
            looks: 0,
            reads: 0.0,
            queue: Vec::new(),
            at_work: false,
            counted: Time::ZERO,
            outcome: Outcome::default(),
        }
    }

    pub(super) fn start(&mut self, cx: &mut Cx<Msg>) {
        self.give(cx);
        self.minute(cx);
        cx.set_timer(self.system.look, tag(LOOK, 0, 0));
        self.next_break(cx);
    }

    pub(super) fn timer(&mut self, tag: u64, cx: &mut Cx<Msg>) {
        self.count_to(cx.now());
        let (kind, machine, start) = (tag >> 56, (tag & 0xff_ffff) as usize, (tag >> 24) as u32);
        match kind {
            MINUTE => self.minute(cx),
            LOOK => self.look(cx),
            CRASH => self.crash(machine, cx.now()),
            START => self.begin(machine, cx),
            GIVE_UP => self.give_up(machine, start, cx),
            ROLLED => self.rolled(cx),
            PERSON => self.person(cx),
            BREAK => self.breaks_down(cx),
            REPAIRED => self.repaired(machine, cx),
            HAND => self.hand(cx),
            _ => unreachable!("a timer of an unknown kind"),
        }
    }

    /// The stage that a machine belongs to.
    fn stage_of(&self, machine: usize) -> usize {
        let stages = self.system.stages.len();
        (0..stages).find(|s| machine < self.system.reach(*s)).unwrap_or(stages)
    }

    /// The count of running machines with the change, of a machine's stage and region.
    fn running_like(&mut self, machine: usize) -> &mut u32 {
        let stage = self.stage_of(machine);
        &mut self.up_new[stage][System::region(machine)]
    }

    /// Share of the fleet's requests that fail now because of the change.
    fn failing(&self, now: Time) -> f64 {
        let mut failing = f64::from(self.down_hit);
        if let Some(fault) = &self.system.fault {
            for (got, up) in self.got.iter().zip(&self.up_new) {
                for (region, machines) in up.iter().enumerate() {
                    failing += f64::from(*machines) * fault.failing(self.read(*got), region, now);
                }
            }
        }
        failing / self.machines.len() as f64
    }

    /// Adds up harm and exposure up to an instant.
    fn count_to(&mut self, now: Time) {
        let span = now - self.counted;
        if span == Time::ZERO {
            return;
        }
        let failing = self.failing(self.counted + span / 2);
        self.counted = now;
        self.outcome.harm += failing * span.as_secs() / 60.0;
        let exposed = f64::from(self.exposed) / self.machines.len() as f64;
        self.outcome.exposure += exposed * span.as_secs() / 3_600.0;
        if failing > 0.0 {
            self.outcome.hit.get_or_insert(now);
        }
        if failing > ILL {
            self.outcome.ill = Some(now);
        }
    }

    fn minute(&mut self, cx: &mut Cx<Msg>) {
        let now = cx.now();
        let failing = self.failing(now);
        let exposed = f64::from(self.exposed) / self.machines.len() as f64;
        self.outcome.minutes.push(Minute { exposed, failing });
        if failing >= self.system.notices && self.outcome.called.is_none() && self.outcome.frozen.is_none() {
            self.outcome.called = Some(now);
            cx.set_timer(self.system.person, tag(PERSON, 0, 0));
        }
        if now >= self.system.end {
            cx.stop();
        } else {
            cx.set_timer(minutes(1), tag(MINUTE, 0, 0));
        }
    }

    /// Gives the change to the machines of the stage.
    fn give(&mut self, cx: &mut Cx<Msg>) {
        let now = cx.now();
        let from = match self.stage {
            0 => 0,
            stage => self.system.reach(stage - 1),
        };
        self.stage_began = now;
        self.got[self.stage] = now;
        for machine in from..self.system.reach(self.stage) {
            let region = System::region(machine);
            self.machines[machine].new = true;
            self.exposed += 1;
            if self.machines[machine].state == State::Up {
                self.up_new[self.stage][region] += 1;
            }
            let onset = self.crash_at(self.stage, region);
            if onset < Time::MAX {
                let at = onset + self.machines[machine].delay;
                cx.set_timer(at - now, tag(CRASH, machine, 0));
            }
        }
        let reach = f64::from(self.exposed) / self.machines.len() as f64;
        self.outcome.reach = self.outcome.reach.max(reach);
        if self.stage >= self.system.stages.len() {
            self.outcome.done = Some(now);
            self.asked = false;
        }
    }

    /// When a machine that got the change at an instant first reads its rows.
    fn read(&self, got: Time) -> Time {
        got.max(self.system.read_from)
    }

    /// When machines of a stage and region go down because of the change, those that run then.
    fn crash_at(&self, stage: usize, region: usize) -> Time {
        match &self.system.fault {
            Some(fault) if fault.crashes => fault.onset(self.read(self.got[stage]), region),
            _ => Time::MAX,
        }
    }

    fn crash(&mut self, machine: usize, now: Time) {
        let m = self.machines[machine];
        if !m.new || m.state != State::Up {
            return;
        }
        *self.running_like(machine) -= 1;
        self.goes_down(machine, now);
    }

    /// A machine goes down because of the change.
    fn goes_down(&mut self, machine: usize, now: Time) {
        let m = &mut self.machines[machine];
        (m.state, m.hit, m.crashed) = (State::Looping, true, now);
        self.down_hit += 1;
        self.outcome.most_down = self.outcome.most_down.max(self.down_hit);
        self.outcome.hit.get_or_insert(now);
    }

    /// A machine has the change no more.
    fn drop_change(&mut self, machine: usize) {
        if !self.machines[machine].new {
            return;
        }
        self.machines[machine].new = false;
        self.exposed -= 1;
        if self.machines[machine].state == State::Up {
            *self.running_like(machine) -= 1;
        }
    }

    fn look(&mut self, cx: &mut Cx<Msg>) {
        self.looks += 1;
        if !self.asked {
            return;
        }
        cx.set_timer(self.system.look, tag(LOOK, 0, 0));
        let seen = self.seen(cx.now());
        match self.policy.next(&seen) {
            Next::Hold => {}
            Next::Advance => {
                self.stage += 1;
                self.give(cx);
            }
            Next::Rollback => {
                self.stop(cx.now(), true);
                cx.set_timer(self.system.rollback, tag(ROLLED, 0, 0));
            }
            Next::UseLastGood => {
                self.stop(cx.now(), true);
                self.throw_the_switch(cx);
            }
        }
    }

    fn stop(&mut self, now: Time, by_policy: bool) {
        self.asked = false;
        if self.outcome.stopped.is_none() {
            self.outcome.stopped = Some(now);
            self.outcome.by_policy = by_policy;
        }
    }

    fn seen(&mut self, now: Time) -> Seen {
        let mut stream = Stream::new(self.seed, LOOKS + self.looks);
        let system = &self.system;
        let spike = self.spikes.iter().any(|from| (*from..*from + SPIKE).contains(&now));
        let usual = system.errors + if spike { SPIKE_ERRORS } else { 0.0 };
        let mut regions = [Group::default(); 5];
        for (i, m) in self.machines.iter().enumerate().filter(|(_, m)| m.new) {
            let region = &mut regions[System::region(i)];
            region.machines += 1;
            region.down += u32::from(m.state != State::Up);
        }
        let mut changed = Group::default();
        let mut failed = 0.0;
        for (i, region) in regions.iter_mut().enumerate() {
            let mut failing = 0.0;
            for (got, up) in self.got.iter().zip(&self.up_new) {
                let share = system
                    .fault
                    .map_or(0.0, |f| f.failing((*got).max(system.read_from), i, now));
                failing += f64::from(up[i]) * (usual + share).min(1.0);
            }
            let up = region.machines - region.down;
            region.errors = errors(&mut stream, system.sample, up, failing / f64::from(up.max(1)));
            failed += region.errors.fraction() * f64::from(up);
            changed.machines += region.machines;
            changed.down += region.down;
        }
        changed.errors = Percent::of(failed / f64::from((changed.machines - changed.down).max(1)));
        let old = self.machines.iter().filter(|m| !m.new);
        let (mut machines, mut down) = (0, 0);
        for m in old {
            machines += 1;
            down += u32::from(m.state != State::Up);
        }
        let unchanged = Group { machines, down, errors: errors(&mut stream, system.sample, machines - down, usual) };
        let read_for = now - system.read_from.max(now - system.look).min(now);
        let reading = f64::from(changed.machines - changed.down);
        self.reads += poisson(&mut stream, system.reads * reading * read_for.as_secs() / 3_600.0);
        Seen {
            stage: self.stage as u32 + 1,
            share: Percent::of(f64::from(self.exposed) / self.machines.len() as f64),
            in_stage: now - self.stage_began,
            since_start: now,
            changed,
            unchanged,
            regions,
            reads: self.reads as u32,
        }
    }

    /// Whoever was called throws the switch, unless it has been thrown or the change is gone.
    fn person(&mut self, cx: &mut Cx<Msg>) {
        if self.outcome.frozen.is_none() && self.exposed > 0 {
            self.stop(cx.now(), false);
            self.throw_the_switch(cx);
        }
    }

    /// Back to the data that each machine last worked with.
    fn throw_the_switch(&mut self, cx: &mut Cx<Msg>) {
        let now = cx.now();
        self.outcome.frozen = Some(now);
        for machine in 0..self.machines.len() {
            let m = self.machines[machine];
            match m.state {
                _ if m.stuck => self.wants_hands(machine, cx),
                State::Up | State::Broken => self.drop_change(machine),
                State::Looping => {
                    self.machines[machine].state = State::Waiting;
                    let wait = self.until_next_start(m.crashed, now);
                    cx.set_timer(wait, tag(START, machine, 0));
                }
                State::Waiting | State::Loading => {}
            }
        }
    }

    /// From now until the next start of a machine that goes down at every start, since it did so first.
    fn until_next_start(&mut self, since: Time, now: Time) -> Time {
        let period = self.system.period;
        let gone = Time::ZERO + (now - since);
        let left = period * gone.as_ns().div_ceil(period.as_ns().max(1)).max(1) - gone;
        self.pause(left)
    }

    /// A wait, made as random as the machines' starts are.
    fn pause(&mut self, wait: Time) -> Time {
        let jitter = self.system.jitter;
        let random = self.luck.unit();
        if jitter == 0.0 {
            return wait;
        }
        wait.scale(1.0 - jitter) + self.system.period.scale(2.0 * random * jitter)
    }

    /// The old data has been published again: running machines take it, those that are down wait for people.
    fn rolled(&mut self, cx: &mut Cx<Msg>) {
        for machine in 0..self.machines.len() {
            match self.machines[machine].state {
                State::Looping => self.wants_hands(machine, cx),
                State::Up | State::Broken => self.drop_change(machine),
                State::Waiting | State::Loading => {}
            }
        }
    }

    fn wants_hands(&mut self, machine: usize, cx: &mut Cx<Msg>) {
        if !self.machines[machine].new {
            return;
        }
        self.queue.push(machine);
        if !self.at_work && self.system.hands > 0 {
            self.at_work = true;
            cx.set_timer(hours(1) / u64::from(self.system.hands), tag(HAND, 0, 0));
        }
    }

    /// People have brought back one more machine.
    fn hand(&mut self, cx: &mut Cx<Msg>) {
        self.at_work = false;
        // In order; those that the switch has brought back meanwhile need nobody.
        while !self.queue.is_empty() {
            let machine = self.queue.remove(0);
            let m = self.machines[machine];
            if !m.new || matches!(m.state, State::Waiting | State::Loading) {
                continue;
            }
            self.outcome.by_hand += 1;
            self.drop_change(machine);
            if m.state == State::Looping {
                self.machines[machine].state = State::Waiting;
                self.begin(machine, cx);
            }
            break;
        }
        if !self.queue.is_empty() {
            self.at_work = true;
            cx.set_timer(hours(1) / u64::from(self.system.hands), tag(HAND, 0, 0));
        }
    }

    /// A machine starts and asks for its data.
    fn begin(&mut self, machine: usize, cx: &mut Cx<Msg>) {
        if self.machines[machine].state != State::Waiting {
            return;
        }
        // It reads its switch before it reads its data.
        if self.outcome.frozen.is_some() && !self.machines[machine].stuck {
            self.drop_change(machine);
        }
        let m = &mut self.machines[machine];
        m.state = State::Loading;
        m.start += 1;
        let start = m.start;
        self.outcome.loads += u32::from(m.hit);
        cx.send(STORE, Msg::Load { machine: machine as u32, start });
        cx.set_timer(self.system.patience, tag(GIVE_UP, machine, start));
    }

    pub(super) fn loaded(&mut self, machine: u32, start: u32, cx: &mut Cx<Msg>) {
        self.count_to(cx.now());
        let machine = machine as usize;
        let m = &mut self.machines[machine];
        if m.state != State::Loading || m.start != start {
            return;
        }
        m.state = State::Up;
        if m.hit {
            m.hit = false;
            self.down_hit -= 1;
            self.outcome.back += 1;
        }
        if m.new {
            let (stage, region) = (self.stage_of(machine), System::region(machine));
            let crash_at = self.crash_at(stage, region);
            if crash_at <= cx.now() {
                self.goes_down(machine, cx.now());
            } else {
                self.up_new[stage][region] += 1;
            }
        }
    }

    /// A machine that has waited long enough for its data starts anew some time later.
    fn give_up(&mut self, machine: usize, start: u32, cx: &mut Cx<Msg>) {
        let m = &mut self.machines[machine];
        if m.state != State::Loading || m.start != start {
            return;
        }
        m.state = State::Waiting;
        let rest = self.system.period - self.system.patience;
        let wait = self.pause(rest);
        cx.set_timer(wait, tag(START, machine, 0));
    }

    fn next_break(&mut self, cx: &mut Cx<Msg>) {
        if let Some((at, _)) = self.breaks.last() {
            cx.set_timer(*at - cx.now(), tag(BREAK, 0, 0));
        }
    }

    /// A machine goes down by itself.
    fn breaks_down(&mut self, cx: &mut Cx<Msg>) {
        if let Some((_, machine)) = self.breaks.pop()
            && self.machines[machine].state == State::Up
        {
            if self.machines[machine].new {
                *self.running_like(machine) -= 1;
            }
            self.machines[machine].state = State::Broken;
            cx.set_timer(REPAIR, tag(REPAIRED, machine, 0));
        }
        self.next_break(cx);
    }

    fn repaired(&mut self, machine: usize, cx: &mut Cx<Msg>) {
        if self.machines[machine].state == State::Broken {
            self.machines[machine].state = State::Waiting;
            self.begin(machine, cx);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Fault, REGIONS, SystemRun};
    use super::*;
    use crate::data_rollout::rules::AlwaysOn;

    #[test]
    fn every_stage_has_its_share_of_every_region() {
        let system = System::default();
        for (stage, share) in [(0, 1), (1, 10), (2, 50), (3, 100)] {
            let mut machines = [0; 5];
            for m in 0..system.reach(stage) {
                machines[System::region(m)] += 1;
            }
            let should = REGIONS.map(|r| r * share);
            assert_eq!(machines, should, "stage {stage}");
        }
    }

    #[test]
    fn a_machine_belongs_to_the_first_stage_that_reaches_it() {
        let fleet = Fleet::new(&System::default(), Box::new(AlwaysOn), 1);
        let stages = [0, 19, 20, 199, 200, 999, 1_000, 1_999].map(|m| fleet.stage_of(m));
        assert_eq!(stages, [0, 0, 1, 1, 2, 2, 3, 3]);
    }

    /// Two in a hundred requests fail, a little less whenever one of the machines is down for another reason.
    #[test]
    fn a_person_who_was_called_throws_the_switch() {
        let fault = Fault { after: hours(9), ramp: Time::ZERO, fails: 0.02, crashes: false, region: None };
        for seed in 1..=8 {
            let system = System { stages: Vec::new(), fault: Some(fault), end: hours(14), ..System::default() };
            let run = SystemRun::new(&system, Box::new(AlwaysOn), seed).finish();
            let called = run.outcome().called.expect("somebody is called");
            assert_eq!(run.outcome().frozen, Some(called + system.person), "seed {seed}");
        }
    }

    #[test]
    fn machines_that_fail_at_every_start_keep_in_step() {
        let mut fleet = Fleet::new(&System::default(), Box::new(AlwaysOn), 1);
        assert_eq!(fleet.until_next_start(minutes(1), minutes(6)), minutes(3));
        assert_eq!(fleet.until_next_start(minutes(1), minutes(1)), minutes(4));
        assert_eq!(fleet.until_next_start(minutes(1), minutes(5)), minutes(0));
    }
}
