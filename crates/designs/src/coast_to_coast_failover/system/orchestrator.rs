//! An orchestrator: probes the databases, hears the others, votes, and does what its policy says once a second.

use super::{EAST_APPS, Hurry, Msg, ORCHESTRATORS, Setup, Status, WEST_APPS, store_of};
use crate::coast_to_coast_failover::policy::{Action, Policy, Seen, Site};
use sim::{Cx, Id, Time, ms, secs};

const TICK: u64 = 0;
const BEAT: u64 = 1;

/// How often it probes both databases and tells the others that it is alive.
pub(super) const BEAT_EVERY: Time = ms(200);
/// Whom it has not heard for so long, it does not hear.
const SILENCE: Time = secs(1);

/// One thing that a policy did, for pictures: when, and what. Only changes are kept.
pub type Did = (Time, Action);

/// An orchestrator.
pub struct Orchestrator {
    here: Site,
    policy: Box<dyn Policy>,
    every: Time,
    hurry: Hurry,
    /// Whom it knows as the primary, since which epoch, and since when.
    primary: Site,
    epoch: u32,
    known_since: Option<Time>,
    /// The highest epoch that it has voted for or begun.
    promised: u32,
    /// When it last voted for another one.
    granted: Option<Time>,
    /// Its own bid under way.
    bid: Option<(u32, Site)>,
    /// When it last heard the other orchestrators, by its own clock.
    heard: [Time; 3],
    with_majority: bool,
    majority_since: Time,
    /// When the primary last answered, and what the replica last said, by its own clock.
    answered: Time,
    replica: (Time, Status),
    /// Promotions that its policy asked for without a majority.
    pub hopeless: u64,
    /// Promotions that its policy asked for of a site without a database.
    pub nowhere: u64,
    /// Promotions that it won: when, and of whom.
    pub won: Vec<(Time, Site)>,
    /// What its policy did.
    pub did: Vec<Did>,
}

impl Orchestrator {
    pub(super) fn new(setup: &Setup, here: Site, policy: Box<dyn Policy>) -> Orchestrator {
        let fresh = Status { epoch: 0, leads: false, behind: setup.lag, writes_behind: 0, stream_silent: Time::ZERO };
        Orchestrator {
            here,
            policy,
            every: setup.tick.max(ms(10)),
            hurry: setup.hurry,
            primary: Site::East,
            epoch: 0,
            known_since: None,
            promised: 0,
            granted: None,
            bid: None,
            heard: [Time::ZERO; 3],
            with_majority: true,
            majority_since: Time::ZERO,
            answered: Time::ZERO,
            replica: (Time::ZERO, fresh),
            hopeless: 0,
            nowhere: 0,
            won: Vec::new(),
            did: Vec::new(),
        }
    }

    pub(super) fn start(&mut self, cx: &mut Cx<'_, Msg>) {
        let (turn, beat) = (
            cx.rng().below(0, self.every.as_ns()),
            cx.rng().below(0, BEAT_EVERY.as_ns()),
        );
        cx.set_timer_by_clock(sim::ns(turn), TICK);
        cx.set_timer_by_clock(sim::ns(beat), BEAT);
    }

    fn others(me: Id) -> impl Iterator<Item = Id> {
        ORCHESTRATORS.into_iter().filter(move |id| *id != me)
    }

    /// Takes on a later primary than the one that it knows.
    fn learns(&mut self, epoch: u32, primary: Site, cx: &mut Cx<'_, Msg>) {
        if epoch <= self.epoch {
            return;
        }
        let now = cx.clock();
        (self.epoch, self.primary, self.known_since) = (epoch, primary, Some(now));
        self.promised = self.promised.max(epoch);
        // The new primary has not had a chance to answer, nor its replica to say anything about it.
        self.answered = now;
        self.replica.1.behind = Time::MAX;
        self.replica.1.writes_behind = u64::MAX;
    }

    pub(super) fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
        if let Some(i) = ORCHESTRATORS.iter().position(|id| *id == from) {
            self.heard[i] = cx.clock();
        }
        match msg {
            Msg::Status(status) => {
                if store_of(self.primary) == Some(from) {
                    if status.epoch == self.epoch && status.leads {
                        self.answered = cx.clock();
                    } else if status.epoch <= self.epoch {
                        cx.send(from, Msg::Lead { epoch: self.epoch });
                    }
                } else {
                    self.replica = (cx.clock(), status);
                }
            }
            Msg::News { epoch, primary } => self.learns(epoch, primary, cx),
            Msg::Ask { epoch } if epoch > self.promised => {
                self.promised = epoch;
                self.granted = Some(cx.clock());
                cx.note(|| "grant");
                cx.send(from, Msg::Grant { epoch });
            }
            Msg::Grant { epoch } => {
                if let Some((bid, site)) = self.bid.filter(|(bid, _)| *bid == epoch) {
                    self.bid = None;
                    self.learns(bid, site, cx);
                    self.won.push((cx.now(), site));
                    if let Some(store) = store_of(site) {
                        cx.note(|| "lead");
                        cx.send(store, Msg::Lead { epoch: bid });
                    }
                }
            }
            _ => {}
        }
    }

    pub(super) fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Msg>) {
        if tag == BEAT {
            self.beat(cx);
            cx.set_timer_by_clock(BEAT_EVERY, BEAT);
        } else {
            self.tick(cx);
            cx.set_timer_by_clock(self.every, TICK);
        }
    }

    fn beat(&mut self, cx: &mut Cx<'_, Msg>) {
        for site in [Site::East, Site::West] {
            if let Some(store) = store_of(site) {
                cx.send(store, Msg::Probe { epoch: self.epoch });
            }
        }
        let news = Msg::News { epoch: self.epoch, primary: self.primary };
        for other in Self::others(cx.me()).chain([EAST_APPS, WEST_APPS]) {
            cx.send(other, news.clone());
        }
    }

    /// Does it hear somebody, and since when has that been so?
    fn look_round(&mut self, me: Id, now: Time) {
        let others = ORCHESTRATORS.iter().zip(self.heard).filter(|(id, _)| **id != me);
        let last = others.map(|(_, at)| at).max().unwrap_or(Time::ZERO);
        let with_majority = now - last <= SILENCE;
        if with_majority != self.with_majority {
            self.with_majority = with_majority;
            self.majority_since = last;
        }
    }

    fn seen(&mut self, me: Id, now: Time) -> Seen {
        self.look_round(me, now);
        let (at, replica) = self.replica;
        let majority_for = now - self.majority_since;
        let hurry = |span: Time, alone: bool| {
            if span == Time::MAX {
                return span;
            }
            span.scale(if alone { self.hurry.freeze } else { self.hurry.promote })
        };
        Seen {
            here: self.here,
            primary: self.primary,
            with_majority: self.with_majority,
            majority_for: hurry(majority_for, !self.with_majority),
            primary_silent: hurry(now - self.answered, false),
            stream_silent: hurry(replica.stream_silent + (now - at), false),
            replica_behind: replica.behind,
            writes_behind: replica.writes_behind,
            since_promotion: self.known_since.map_or(Time::MAX, |at| now - at),
            now,
        }
    }

    fn tick(&mut self, cx: &mut Cx<'_, Msg>) {
        let seen = self.seen(cx.me(), cx.clock());
        let action = self.policy.tick(&seen);
        if self.did.last().map(|(_, last)| *last) != Some(action) {
            self.did.push((cx.now(), action));
            cx.note(|| format!("{action:?}"));
        }
        if let Some(store) = store_of(self.primary) {
            let on = action == Action::Freeze;
            cx.note(|| if on { "freeze" } else { "no freeze" });
            cx.send(store, Msg::Hold { epoch: self.epoch, on });
        }
        if let Action::Promote(site) = action {
            self.promote(site, cx);
        }
    }

    fn promote(&mut self, site: Site, cx: &mut Cx<'_, Msg>) {
        if store_of(site).is_none() {
            self.nowhere += 1;
        }
        if site == self.primary || store_of(site).is_none() {
            return;
        }
        if !self.with_majority {
            self.hopeless += 1;
            return;
        }
        // Whom it has just voted for gets the time to win.
        if self.granted.is_some_and(|at| cx.clock() - at < SILENCE) {
            return;
        }
        // Epochs of different orchestrators never meet: each counts in steps of three from its own place.
        let own = cx.me() % 3;
        let next = self.promised.max(self.epoch) + 1;
        let epoch = next + (own + 3 - next % 3) % 3;
        self.promised = epoch;
        self.bid = Some((epoch, site));
        for other in Self::others(cx.me()) {
            cx.note(|| "ask");
            cx.send(other, Msg::Ask { epoch });
        }
    }
}
