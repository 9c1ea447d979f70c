//! A front's port for reads: it asks all copies, goes on with the first answers, and compares them all afterwards.

use super::baskets::Baskets;
use super::{Msg, Repair, Setup, Version, Work, ZONES};
use crate::quorum_store::policy::{Policy, Seen};
use sim::{Cx, Id, Time};

/// Tag of the timer that begins the next visit.
const VISIT: u64 = 1 << 40;
/// Tags from here on: go on with what this read has.
const ENOUGH: u64 = 1 << 41;
/// Tags from here on: the next change of this visit.
const AGAIN: u64 = 1 << 42;

/// A read under way, or over.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) key: u32,
    pub(super) begun: Time,
    pub(super) answered: Option<Time>,
    /// Was the write before it answered?
    pub(super) written: bool,
    /// Did one of the answers that counted have a version?
    pub(super) found: bool,
    /// A bit for each copy whose answer counted.
    pub(super) counted: u32,
    /// Everything that came back, with the copy that it is from.
    replies: Vec<(Id, Vec<Version>)>,
    /// Does a visit wait for it?
    visit: Option<usize>,
}

/// One visit to a basket.
#[derive(Clone, Copy, Debug)]
struct Visit {
    key: u32,
    left: u32,
}

/// A front's port for reads.
pub(super) struct Reader {
    front: u32,
    setup: Setup,
    policy: Box<dyn Policy>,
    pub(super) reads: Vec<Reading>,
    /// Reads to begin, by number of their timer.
    due: Vec<(u32, bool)>,
    visits: Vec<Visit>,
    pub(super) sent: u64,
    /// Reads after which something was mended.
    pub(super) mends: u64,
}

impl Reader {
    pub(super) fn new(setup: &Setup, front: u32, policy: Box<dyn Policy>) -> Reader {
        Reader {
            front,
            setup: setup.clone(),
            policy,
            reads: Vec::new(),
            due: Vec::new(),
            visits: Vec::new(),
            sent: 0,
            mends: 0,
        }
    }

    fn baskets(&self) -> Option<&Baskets> {
        match &self.setup.work {
            Work::Baskets(baskets) => Some(baskets),
            Work::Pairs(_) => None,
        }
    }

    pub(super) fn start(&mut self, cx: &mut Cx<'_, Msg>) {
        if let Some(baskets) = self.baskets() {
            let gap = cx.rng().exponential(baskets.visits_every);
            cx.set_timer(gap, VISIT);
        }
    }

    pub(super) fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Msg>) {
        match tag {
            VISIT => self.visit(cx),
            tag if tag >= AGAIN => self.again((tag - AGAIN) as usize, cx),
            tag if tag >= ENOUGH => self.go_on((tag - ENOUGH) as usize, true, cx),
            due => {
                let (key, written) = self.due[due as usize];
                self.read(key, written, None, cx);
            }
        }
    }

    fn visit(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(baskets) = self.baskets().cloned() else { return };
        if cx.now() > baskets.until {
            return;
        }
        let key = cx.rng().below(0, u64::from(baskets.baskets)) as u32;
        if cx.rng().chance(baskets.looks) {
            self.read(key, true, None, cx);
        } else {
            self.visits.push(Visit { key, left: baskets.changes });
            self.again(self.visits.len() - 1, cx);
        }
        let gap = cx.rng().exponential(baskets.visits_every);
        cx.set_timer(gap, VISIT);
    }

    /// The next change of a visit begins with a read.
    fn again(&mut self, visit: usize, cx: &mut Cx<'_, Msg>) {
        let Visit { key, left } = self.visits[visit];
        if left == 0 {
            return;
        }
        self.visits[visit].left -= 1;
        let op = self.read(key, true, Some(visit), cx);
        if let Some(patience) = self.baskets().map(|b| b.patience) {
            cx.set_timer(patience, ENOUGH + op as u64);
        }
    }

    fn read(&mut self, key: u32, written: bool, visit: Option<usize>, cx: &mut Cx<'_, Msg>) -> usize {
        let op = self.reads.len();
        self.reads.push(Reading {
            key,
            begun: cx.now(),
            answered: None,
            written,
            found: false,
            counted: 0,
            replies: Vec::new(),
            visit,
        });
        for copy in 0..self.setup.settings.copies {
            self.sent += 1;
            cx.send(copy, Msg::Get { op: op as u32, key });
        }
        op
    }

    pub(super) fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Look { key, at, written } => {
                self.due.push((key, written));
                let due = self.due.len() as u64 - 1;
                cx.set_timer(at - cx.now(), due);
            }
            Msg::Have { op, versions } => {
                let reading = &mut self.reads[op as usize];
                if reading.answered.is_none() {
                    reading.found |= !versions.is_empty();
                    reading.counted |= 1 << from;
                }
                reading.replies.push((from, versions));
                self.go_on(op as usize, false, cx);
                self.compare(op as usize, cx);
            }
            Msg::Changed { key } => {
                let visit = self.visits.iter().rposition(|v| v.key == key && v.left > 0);
                if let (Some(visit), Some(pause)) = (visit, self.baskets().map(|b| b.pause)) {
                    cx.set_timer(pause, AGAIN + visit as u64);
                }
            }
            _ => unreachable!("a port for reads is sent replies"),
        }
    }

    /// Answers a read that has enough, or that has waited for long enough.
    fn go_on(&mut self, op: usize, waited: bool, cx: &mut Cx<'_, Msg>) {
        let reading = &mut self.reads[op];
        let needed = if waited { 1 } else { self.setup.settings.read as usize };
        if reading.answered.is_some() || reading.replies.len() < needed {
            // Nobody answered: the visit ends here.
            return;
        }
        reading.answered = Some(cx.now());
        if reading.visit.is_some() {
            let key = reading.key;
            let version = merge(&mut *self.policy, &reading.replies);
            cx.send(self.setup.writer(self.front), Msg::Change { key, version });
        }
    }

    /// When every copy has answered: does one of them lack something, and is it to be mended?
    fn compare(&mut self, op: usize, cx: &mut Cx<'_, Msg>) {
        let reading = &mut self.reads[op];
        if reading.replies.len() < self.setup.settings.copies as usize {
            return;
        }
        let replies = std::mem::take(&mut reading.replies);
        if self.setup.settings.repair != Repair::AfterReads {
            return;
        }
        let newest = replies.iter().flat_map(|r| &r.1).map(|v| v.clock).max();
        let Some(newest) = newest else { return };
        let version = merge(&mut *self.policy, &replies);
        // A copy with several versions lacks what they are together.
        let lacks = |versions: &[Version]| versions.len() != 1 || !versions[0].has_seen(&version);
        let lacking = replies
            .iter()
            .filter(|r| lacks(&r.1))
            .fold(0_u32, |mask, r| mask | 1 << r.0);
        let seen = Seen {
            lacking: lacking.count_ones(),
            copies: self.setup.settings.copies,
            age: cx.clock() - newest,
        };
        if lacking != 0 && self.policy.repair(&seen) {
            self.mends += 1;
            let key = reading.key;
            cx.send(self.setup.writer(self.front), Msg::Mend { key, version, lacking });
        }
    }

    /// What all these versions come to, as this front's policy merges them.
    pub(super) fn merged(&mut self, replies: &[(Id, Vec<Version>)]) -> Version {
        merge(&mut *self.policy, replies)
    }
}

fn merge(policy: &mut dyn Policy, replies: &[(Id, Vec<Version>)]) -> Version {
    let mut all = replies.iter().flat_map(|r| &r.1);
    let Some(first) = all.next() else {
        return Version::default();
    };
    all.fold(*first, |sum, next| {
        // The same twice is nothing to decide about.
        if sum == *next {
            sum
        } else {
            sum.merged(next, policy.merge(&sum, next))
        }
    })
}

const _: () = assert!(ZONES < 8, "masks and tags have room for the fronts");
