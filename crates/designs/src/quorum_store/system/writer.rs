//! A front's port for writes: it sends each write to all copies and counts the acknowledgements.

use super::baskets::Changes;
use super::{HINTS_EVERY, Msg, Pairs, Repair, Setup, Version, When, Work, ZONES};
use sim::{Cx, Id, Time, ns};

/// Tag of the timer that begins the next write of a pair.
const NEXT: u64 = 1 << 40;
/// Tag of the timer that sends hints again.
const HINTS: u64 = 1 << 41;
/// Tag of the timer that ends the run.
const END: u64 = 1 << 42;

/// A write under way, or over.
#[derive(Clone, Debug)]
pub(super) struct Writing {
    pub(super) key: u32,
    pub(super) begun: Time,
    /// When enough copies had acknowledged it.
    pub(super) answered: Option<Time>,
    version: Version,
    /// A bit for each copy that acknowledged it.
    acks: u32,
    over: bool,
}

/// A front's port for writes.
#[derive(Debug)]
pub(super) struct Writer {
    front: u32,
    setup: Setup,
    pub(super) writes: Vec<Writing>,
    /// Writes that some copies have not acknowledged in time.
    hints: Vec<u32>,
    /// Messages sent to copies.
    pub(super) sent: u64,
    /// Of these, repairs and hints.
    pub(super) mended: u64,
    pub(super) changes: Changes,
}

impl Writer {
    pub(super) fn new(setup: &Setup, front: u32) -> Writer {
        Writer {
            front,
            setup: setup.clone(),
            writes: Vec::new(),
            hints: Vec::new(),
            sent: 0,
            mended: 0,
            changes: Changes::default(),
        }
    }

    fn pairs(&self) -> Option<Pairs> {
        match self.setup.work {
            Work::Pairs(pairs) => Some(pairs),
            Work::Baskets(_) => None,
        }
    }

    pub(super) fn start(&mut self, cx: &mut Cx<'_, Msg>) {
        if self.front == 0 {
            cx.set_timer(self.setup.end(), END);
        }
        if let Some(pairs) = self.pairs() {
            let gap = cx.rng().exponential(pairs.every * u64::from(ZONES));
            cx.set_timer(pairs.from + gap, NEXT);
        }
        if self.setup.settings.repair == Repair::Hints {
            cx.set_timer(HINTS_EVERY, HINTS);
        }
    }

    pub(super) fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Msg>) {
        match tag {
            END => cx.stop(),
            NEXT => self.next_pair(cx),
            HINTS => {
                self.send_hints(cx);
                cx.set_timer(HINTS_EVERY, HINTS);
            }
            op => self.timed_out(op as u32, cx),
        }
    }

    fn next_pair(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(pairs) = self.pairs() else { return };
        let key = self.writes.len() as u32 * ZONES + self.front;
        if key >= pairs.pairs {
            return;
        }
        self.write(key, Version::of(1, 1, cx.clock()), cx);
        let gap = cx.rng().exponential(pairs.every * u64::from(ZONES));
        cx.set_timer(gap, NEXT);
    }

    fn write(&mut self, key: u32, version: Version, cx: &mut Cx<'_, Msg>) {
        let op = self.writes.len() as u32;
        self.writes
            .push(Writing { key, begun: cx.now(), answered: None, version, acks: 0, over: false });
        for copy in 0..self.setup.settings.copies {
            self.sent += 1;
            cx.send(copy, Msg::Put { op: Some(op), key, version });
        }
        cx.set_timer(self.setup.time_out, u64::from(op));
    }

    fn timed_out(&mut self, op: u32, cx: &mut Cx<'_, Msg>) {
        let all = (1 << self.setup.settings.copies) - 1;
        let writing = &mut self.writes[op as usize];
        if self.setup.settings.repair == Repair::Hints && writing.acks != all {
            self.hints.push(op);
        }
        if !writing.over {
            writing.over = true;
            let key = writing.key;
            self.over(key, false, cx);
        }
    }

    /// A write is answered, or has failed: what comes next?
    fn over(&mut self, key: u32, answered: bool, cx: &mut Cx<'_, Msg>) {
        let Some(pairs) = self.pairs() else {
            let reader = self.setup.reader(self.front);
            cx.send(reader, Msg::Changed { key });
            return;
        };
        if answered || pairs.read_failed {
            let now = cx.now();
            let at = match pairs.read {
                When::After(gap) => now + gap,
                When::Between(from, to) => now.max(ns(cx.rng().below(from.as_ns(), to.as_ns()))),
            };
            let front = cx.rng().below(0, u64::from(ZONES)) as u32;
            cx.send(self.setup.reader(front), Msg::Look { key, at, written: answered });
        }
    }

    fn send_hints(&mut self, cx: &mut Cx<'_, Msg>) {
        let all = (1_u32 << self.setup.settings.copies) - 1;
        let writes = &self.writes;
        self.hints.retain(|op| writes[*op as usize].acks != all);
        for op in &self.hints {
            let Writing { key, version, acks, .. } = self.writes[*op as usize];
            for copy in (0..self.setup.settings.copies).filter(|copy| acks & (1 << copy) == 0) {
                self.sent += 1;
                self.mended += 1;
                cx.send(copy, Msg::Put { op: Some(*op), key, version });
            }
        }
    }

    pub(super) fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Stored { op } => {
                let writing = &mut self.writes[op as usize];
                writing.acks |= 1 << from;
                if !writing.over && writing.acks.count_ones() >= self.setup.settings.write {
                    writing.over = true;
                    writing.answered = Some(cx.now());
                    let key = writing.key;
                    self.changes.answered(op);
                    self.over(key, true, cx);
                }
            }
            Msg::Mend { key, version, lacking } => {
                for copy in (0..self.setup.settings.copies).filter(|copy| lacking & (1 << copy) != 0) {
                    self.sent += 1;
                    self.mended += 1;
                    cx.send(copy, Msg::Put { op: None, key, version });
                }
            }
            Msg::Change { key, version } => {
                let op = self.writes.len() as u32;
                let Work::Baskets(baskets) = &self.setup.work else {
                    return;
                };
                let removes = cx.rng().chance(baskets.removes);
                let (at, luck, clock) = (cx.now(), cx.rng().below(0, 1 << 32), cx.clock());
                let changed = self
                    .changes
                    .change(op, self.front, key, version, removes.then_some(luck), at);
                match changed {
                    Some(changed) => self.write(key, Version { clock, ..changed }, cx),
                    None => cx.send(from, Msg::Changed { key }),
                }
            }
            _ => unreachable!("a port for writes is sent acknowledgements and changes"),
        }
    }
}
