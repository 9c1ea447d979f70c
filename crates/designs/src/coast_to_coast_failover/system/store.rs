//! A database: takes writes while it leads, streams them to its replica, and steps down when it hears of a later leader.

use super::measure::Span;
use super::{EAST_STORE, Entry, Msg, Setup, Status, WEST_STORE};
use sim::{Cx, Disk, Id, Time, ms, secs};

const STREAM: u64 = 0;
const COMMIT: u64 = 1;
/// Tags from here on: a sync is done, up to this position.
const SYNCED: u64 = 2;

/// How often the primary looks for something to send to its replica.
const STREAM_EVERY: Time = ms(50);
/// Without an answer for so long, it sends again from where the replica was.
const RESEND: Time = secs(1);
/// Entries in one message at most.
const CHUNK: u64 = 500;
/// Time that the disk needs.
const SYNC_TAKES: Time = ms(1);
/// Two writes further apart than this do not belong to one stretch of taking writes.
const PAUSE: Time = ms(200);

/// A database.
#[derive(Clone, Debug)]
pub struct Store {
    disk: Disk<Entry>,
    /// Writes in the whole log.
    total: u64,
    epoch: u32,
    leads: bool,
    /// Who has frozen it: one bit an orchestrator.
    frozen: u8,
    /// Entries sent to the replica, and entries that it is known to have.
    sent: u64,
    has: u64,
    heard: Time,
    /// Do the two databases have histories that do not continue each other, as far as this one knows?
    apart: bool,
    /// As a replica: how far behind it was when it last heard from the primary, in time and in writes.
    behind: (Time, u64),
    stream_at: Time,
    /// The lag that is not the network's.
    hold_back: Time,
    group_commit: Time,
    /// Stretches of time in which it took writes.
    pub took: Vec<Span>,
    /// Writes that it acknowledged and lost in a crash.
    pub lost: u64,
    /// When it became the primary by promotion.
    pub promoted: Vec<Time>,
    /// How often it was frozen while it led.
    pub freezes: u64,
    /// When it stepped down.
    pub stepped_down: Vec<Time>,
}

impl Store {
    pub(super) fn new(setup: &Setup, leads: bool) -> Store {
        Store {
            disk: Disk::new(),
            total: 0,
            epoch: 0,
            leads,
            frozen: 0,
            sent: 0,
            has: 0,
            heard: Time::ZERO,
            apart: false,
            behind: (Time::ZERO, 0),
            stream_at: Time::ZERO,
            // A write waits half a turn for its sync, half a turn for the stream, and then travels.
            hold_back: setup.lag - setup.across - STREAM_EVERY / 2,
            group_commit: setup.group_commit.max(ms(1)),
            took: Vec::new(),
            lost: 0,
            promoted: Vec::new(),
            freezes: 0,
            stepped_down: Vec::new(),
        }
    }

    /// The whole log.
    pub fn log(&self) -> &[Entry] {
        self.disk.all()
    }

    /// Does it lead, as far as it knows?
    pub fn leads(&self) -> bool {
        self.leads
    }

    /// The highest epoch that it knows of.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    pub(super) fn start(&mut self, cx: &mut Cx<'_, Msg>) {
        let turn = cx.rng().below(0, STREAM_EVERY.as_ns());
        cx.set_timer(sim::ns(turn), STREAM);
        cx.set_timer(self.group_commit, COMMIT);
    }

    pub(super) fn crash(&mut self) {
        let gone: u64 = self.disk.crash().iter().map(|e| u64::from(e.writes)).sum();
        self.lost += gone;
        self.total -= gone;
        (self.sent, self.has) = (0, 0);
        self.frozen = 0;
    }

    fn peer(me: Id) -> Id {
        if me == EAST_STORE { WEST_STORE } else { EAST_STORE }
    }

    /// Whoever hears of a higher epoch follows.
    fn hears(&mut self, epoch: u32, cx: &mut Cx<'_, Msg>) {
        if epoch <= self.epoch {
            return;
        }
        self.epoch = epoch;
        if self.leads {
            self.leads = false;
            // Until the new primary's stream says otherwise, it does not follow.
            self.behind = (Time::MAX, u64::MAX);
            self.stepped_down.push(cx.now());
            cx.note(|| "steps down");
        }
    }

    pub(super) fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Write { epoch, writes, sent } => {
                self.hears(epoch, cx);
                if self.leads && self.frozen == 0 {
                    self.take(writes, cx);
                    cx.send(from, Msg::Took { writes, sent });
                }
            }
            Msg::Stream { epoch, from: first, entries, newest, writes } => {
                self.hears(epoch, cx);
                self.follow(epoch, first, &entries, (newest, writes), cx);
                let position = self.log().len() as u64;
                let last = self.log().last().map_or(0, |e| e.epoch);
                cx.send(from, Msg::Got { epoch: self.epoch, position, last });
            }
            Msg::Got { epoch, position, last } => {
                self.hears(epoch, cx);
                if self.leads && epoch == self.epoch {
                    self.replica_has(position, last, cx);
                }
            }
            Msg::Probe { epoch } => {
                self.hears(epoch, cx);
                let status = Status {
                    epoch: self.epoch,
                    leads: self.leads,
                    behind: self.behind.0,
                    writes_behind: self.behind.1,
                    stream_silent: cx.now() - self.stream_at,
                };
                cx.send(from, Msg::Status(status));
            }
            Msg::Hold { epoch, on } => {
                self.hears(epoch, cx);
                let bit = 1 << from;
                if on && self.leads && self.frozen == 0 {
                    self.freezes += 1;
                }
                self.frozen = if on { self.frozen | bit } else { self.frozen & !bit };
            }
            // It may have heard of the epoch before it hears that the epoch is its own.
            Msg::Lead { epoch } if epoch >= self.epoch => {
                self.epoch = epoch;
                if self.leads {
                    return; // two orchestrators asked for the same
                }
                self.leads = true;
                self.frozen = 0;
                // What the old primary has is found out from its first answer.
                (self.sent, self.has) = (self.log().len() as u64, self.log().len() as u64);
                self.heard = cx.now();
                self.promoted.push(cx.now());
                cx.note(|| "leads");
            }
            _ => {}
        }
    }

    fn take(&mut self, writes: u32, cx: &mut Cx<'_, Msg>) {
        let now = cx.now();
        self.disk.write(Entry { epoch: self.epoch, writes, at: now });
        self.total += u64::from(writes);
        match self.took.last_mut() {
            Some(span) if now - span.until <= PAUSE => span.until = now,
            _ => self.took.push(Span { from: now, until: now }),
        }
    }

    /// The replica's part: takes what continues its log, if it is a part of the same history.
    fn follow(&mut self, epoch: u32, first: u64, entries: &[Entry], newest: (Time, u64), cx: &mut Cx<'_, Msg>) {
        if self.leads || epoch < self.epoch {
            return;
        }
        let mine = self.log().len() as u64;
        let conflict = |(i, entry): (usize, &Entry)| {
            let held = self.log().get(first as usize + i);
            held.is_some_and(|held| held.epoch != entry.epoch)
        };
        if self.apart || entries.iter().enumerate().any(conflict) {
            self.apart = true; // a history of its own: nothing that could be continued
            self.behind = (Time::MAX, u64::MAX);
            return;
        }
        if mine < first {
            return; // a gap; it is sent again
        }
        for entry in entries.iter().skip((mine - first) as usize) {
            self.disk.write(*entry);
            self.total += u64::from(entry.writes);
        }
        self.stream_at = cx.now();
        let last = self.log().last().map_or(Time::ZERO, |e| e.at);
        self.behind = (newest.0 - last, newest.1.saturating_sub(self.total));
    }

    /// The primary's part: is the replica's log the beginning of its own?
    fn replica_has(&mut self, position: u64, last: u32, cx: &mut Cx<'_, Msg>) {
        let own = |at: u64| self.log().get(at as usize).map(|e| e.epoch);
        if position > 0 && own(position - 1) != Some(last) {
            self.apart = true;
            return;
        }
        self.sent = self.sent.max(position);
        if position > self.has || position == self.sent {
            self.heard = cx.now();
        }
        self.has = position;
    }

    pub(super) fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Msg>) {
        match tag {
            STREAM => {
                if self.leads && !self.apart {
                    self.stream(cx);
                }
                cx.set_timer(STREAM_EVERY, STREAM);
            }
            COMMIT => {
                if self.disk.pending() > 0 {
                    let upto = self.disk.sync_begin();
                    cx.set_timer(SYNC_TAKES, SYNCED + upto);
                }
                cx.set_timer(self.group_commit, COMMIT);
            }
            upto => self.disk.sync_done(upto - SYNCED),
        }
    }

    fn stream(&mut self, cx: &mut Cx<'_, Msg>) {
        let now = cx.now();
        if self.sent > self.has && now - self.heard > RESEND {
            self.sent = self.has;
            self.heard = now;
        }
        let synced = self.disk.synced();
        let due = |e: &&Entry| e.at + self.hold_back <= now;
        let begin = (self.sent as usize).min(synced.len());
        let entries: Vec<Entry> = synced[begin..]
            .iter()
            .take(CHUNK as usize)
            .take_while(due)
            .copied()
            .collect();
        let from = begin as u64;
        let newest = self.log().last().map_or(Time::ZERO, |e| e.at);
        self.sent = from + entries.len() as u64;
        let msg = Msg::Stream { epoch: self.epoch, from, entries, newest, writes: self.total };
        cx.send(Self::peer(cx.me()), msg);
    }
}
