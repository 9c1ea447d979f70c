//! The applications of one coast: they write to whom they know as the primary, and count what was taken.

use super::{Msg, Setup, store_of};
use crate::coast_to_coast_failover::policy::Site;
use sim::{Cx, Time, ms, secs};

const SEND: u64 = 0;
const END: u64 = 1;

/// Writes travel in bundles: what was asked for within this long.
const BUNDLE: Time = ms(20);
/// An application waits this long for an answer.
const PATIENCE: Time = secs(1);
/// Length of a [`Slice`](Apps::slices).
pub(super) const SLICE: Time = secs(1);
/// The pages that count as "afterwards" are those of so many last seconds.
const AFTERWARDS: Time = secs(10);

/// Round trips to the primary, for a mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trips {
    /// How many.
    pub count: u64,
    /// Their sum.
    pub total: Time,
}

impl Trips {
    /// Counts those of another run in.
    pub fn merge(&mut self, other: &Trips) {
        self.count += other.count;
        self.total += other.total;
    }

    /// The mean; none without any.
    pub fn mean(&self) -> Option<Time> {
        (self.count > 0).then(|| self.total / self.count)
    }
}

/// The applications of a coast.
#[derive(Clone, Debug)]
pub struct Apps {
    rate: f64,
    until: Time,
    stops: bool,
    epoch: u32,
    primary: Site,
    /// When the next write is asked for.
    next: Time,
    /// Writes asked for.
    pub offered: u64,
    /// Writes that were taken in time.
    pub taken: u64,
    /// The same, second by second: (asked for, taken), by the time of asking.
    pub slices: Vec<(u32, u32)>,
    /// Round trips of writes before anything goes wrong.
    pub before: Trips,
    /// Round trips of writes at the end of the run.
    pub afterwards: Trips,
}

impl Apps {
    pub(super) fn new(setup: &Setup, share: f64, stops: bool) -> Apps {
        Apps {
            rate: setup.writes_per_s * share,
            until: setup.end,
            stops,
            epoch: 0,
            primary: Site::East,
            next: Time::ZERO,
            offered: 0,
            taken: 0,
            slices: Vec::new(),
            before: Trips::default(),
            afterwards: Trips::default(),
        }
    }

    pub(super) fn start(&mut self, cx: &mut Cx<'_, Msg>) {
        if self.rate > 0.0 {
            self.next = self.gap(cx);
            cx.set_timer(BUNDLE, SEND);
        }
        if self.stops {
            // The last writes are answered within their patience.
            cx.set_timer(self.until + PATIENCE, END);
        }
    }

    fn gap(&self, cx: &mut Cx<'_, Msg>) -> Time {
        cx.rng().exponential(Time::from_ms_f64(1_000.0 / self.rate))
    }

    fn slice(&mut self, at: Time) -> &mut (u32, u32) {
        let i = (at.as_ns() / SLICE.as_ns()) as usize;
        if self.slices.len() <= i {
            self.slices.resize(i + 1, (0, 0));
        }
        &mut self.slices[i]
    }

    pub(super) fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Msg>) {
        if tag == END {
            cx.stop();
            return;
        }
        let now = cx.now();
        let mut writes = 0;
        while self.next <= now {
            writes += 1;
            self.next += self.gap(cx);
        }
        if now < self.until {
            cx.set_timer(BUNDLE, SEND);
        }
        let Some(to) = store_of(self.primary).filter(|_| writes > 0) else {
            return;
        };
        self.offered += u64::from(writes);
        self.slice(now).0 += writes;
        cx.send(to, Msg::Write { epoch: self.epoch, writes, sent: now });
    }

    pub(super) fn message(&mut self, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::News { epoch, primary } if epoch > self.epoch => {
                (self.epoch, self.primary) = (epoch, primary);
            }
            Msg::Took { writes, sent } => {
                let trip = cx.now() - sent;
                if trip > PATIENCE {
                    return;
                }
                self.taken += u64::from(writes);
                self.slice(sent).1 += writes;
                let trips = if sent < super::BEGIN {
                    &mut self.before
                } else if sent + AFTERWARDS >= self.until {
                    &mut self.afterwards
                } else {
                    return;
                };
                trips.count += 1;
                trips.total += trip;
            }
            _ => {}
        }
    }
}
