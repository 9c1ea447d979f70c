//! Step `attack`: two fault cards, one for each proposal, and in each the load at which proposal B's promise turns.

use super::FOLDER;
use super::beliefs::share;
use super::evidence::{self, POOL};
use super::pair::{Names, Pair, Reported};
use super::sizing::{World, on_the_table};
use super::system::{DURING, Fault, PartitionRun, Scenario, Slice, not_current, until_well};
use crate::replay;
use judge::attack::Attempt;
use judge::verdict::{Kind, Place, Verdict};
use judge::{Percent, percent, pool};
use sim::{Time, secs};
use std::panic::Location;

/// A fault card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Card {
    /// What goes wrong.
    pub fault: Fault,
    /// For so many seconds: 120 to 180.
    pub seconds: u64,
    /// The load at which proposal B's promise turns under this fault, as a share of the busiest hour's: 10 % to 100 %. At 0.8 × of it B
    /// keeps its promise; at 1.25 × it does not.
    pub load: Percent,
}

/// What a learner hands in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cards {
    /// Breaks proposal A up to the highest load that B bears.
    pub against_a: Card,
    /// Breaks proposal B from the lowest load on that it cannot bear, and spares A.
    pub against_b: Card,
}

/// What both proposals promise in any fault of a card, from [`GRACE`] after its beginning until its end: in every [`WINDOW`] this share
/// of the reads is answered, and of the scans acknowledged …
pub const PROMISED: f64 = 0.95;
/// … and so long after its end readers see no scan any more that is old when they first see it.
pub const CURRENT_AFTER: Time = secs(60);
/// Time that both have to take note of a fault, and to act.
pub const GRACE: Time = secs(40);
/// Reads and scans are counted in so many seconds.
pub const WINDOW: usize = 10;
/// A card is played at these shares of its load.
pub const PLAYED: [f64; 2] = [0.8, 1.25];

/// A run goes on so long after a fault: longer than views may be behind.
const AFTER: Time = secs(80);

/// What a proposal did under a card at one load.
#[derive(Clone, Copy, Debug)]
struct Kept {
    /// The least share of the reads of ten seconds that was answered, 0 to 1 …
    answered: f64,
    /// … and of their scans that was acknowledged.
    acknowledged: f64,
    /// Seconds after the fault's end until views are current again; at most [`AFTER`].
    old: f64,
}

impl Kept {
    fn promise(&self) -> bool {
        self.answered >= PROMISED && self.acknowledged >= PROMISED && self.old <= CURRENT_AFTER.as_secs()
    }
}

#[derive(Clone)]
struct Shown {
    /// Both proposals, at each of the [`PLAYED`] loads.
    at: [[Kept; 2]; 2],
    card: Card,
    against: Against,
}

/// Which proposal a card is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Against {
    A,
    B,
}

/// A card under judgement.
pub struct Judged(Attempt<Shown>);

/// Plays the first card on both proposals as their pages have them, at 0.8 × and 1.25 × of its load.
#[track_caller]
pub fn against_a(answer: fn() -> Cards) -> Judged {
    strike(Place::of(Location::caller()), Against::A, move || answer().against_a)
}

/// Plays the second card in the same way.
#[track_caller]
pub fn against_b(answer: fn() -> Cards) -> Judged {
    strike(Place::of(Location::caller()), Against::B, move || answer().against_b)
}

fn strike(place: Place, against: Against, card: impl Fn() -> Card + Send + 'static) -> Judged {
    let attempt = Attempt::by(FOLDER, POOL, place, move || {
        let card = card();
        bounds(&card)?;
        let at = PLAYED.map(|share| run(&at_share(&card, share)));
        Ok(Shown { at, card, against })
    });
    attempt.replay(
        |shown| evidence::lab(&scenarios(&shown.telling())[0]),
        |shown, seed| draw(&shown.telling(), seed),
    );
    Judged(attempt)
}

fn bounds(card: &Card) -> Result<(), String> {
    if !(120..=180).contains(&card.seconds) {
        return Err(format!("seconds: {}; it is 120 to 180", card.seconds));
    }
    if !(10.0..=100.0).contains(&card.load.0) {
        return Err(format!("load: {}; it is 10 % to 100 %", card.load));
    }
    Ok(())
}

/// The card at a share of its load.
fn at_share(card: &Card, share: f64) -> Card {
    Card { load: percent(card.load.0 * share), ..*card }
}

/// Both proposals under a card.
fn scenarios(card: &Card) -> [Scenario; 2] {
    on_the_table().map(|choice| {
        let from = secs(15);
        let until = from + secs(card.seconds);
        Scenario {
            world: World::default(),
            choice,
            load: card.load.fraction(),
            fault: card.fault,
            from,
            until,
            end: until + AFTER,
            judged_from: Time::ZERO,
        }
    })
}

/// What both did under a card, over the seeds of a pool.
fn run(card: &Card) -> [Kept; 2] {
    scenarios(card).map(|s| {
        let mut slices: Vec<Slice> = Vec::new();
        for seed in pool::seeds(POOL) {
            let run = PartitionRun::new(&s, seed).finish();
            slices.resize(slices.len().max(run.slices().len()), Slice::default());
            for (sum, one) in slices.iter_mut().zip(run.slices()) {
                sum.merge(one);
            }
        }
        let second = |at: Time| at.as_secs() as usize;
        let judged = &slices[second(s.from + GRACE)..second(s.until)];
        let least = |share: fn(&Slice) -> Option<f64>| {
            let windows = judged.chunks_exact(WINDOW).map(|seconds| {
                let mut all = Slice::default();
                for one in seconds {
                    all.merge(one);
                }
                share(&all).unwrap_or(1.0)
            });
            windows.fold(1.0, f64::min)
        };
        Kept {
            answered: least(Slice::answered),
            acknowledged: least(Slice::acknowledged),
            old: until_well(&slices, s.until.as_secs(), not_current),
        }
    })
}

const A: Names = Names { key: "a", legend: "A", label: "proposal A", subject: "proposal A" };
const B: Names = Names { key: "b", legend: "B", label: "proposal B", subject: "proposal B" };

/// Both proposals in one run under a card.
fn draw(card: &Card, seed: u64) -> replay::Shown {
    let when = format!("Under your card at {} of the busiest hour's load", card.load);
    let reported = Reported { phase: DURING, when, caption: "Reads and scans that arrived under your card".into() };
    let [a, b] = scenarios(card);
    Pair::new([(A, a), (B, b)], reported, seed).shown()
}

const LOW: usize = 0;
const HIGH: usize = 1;

/// What is wrong with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flaw {
    /// At the lower load the proposal that it is meant for keeps its promise.
    Harmless,
    /// At the lower load B, which should keep its promise, breaks it.
    TooHard,
    /// At the higher load B still keeps its promise.
    TooLight,
    /// At the higher load A breaks as well, and should not.
    NotSpared,
}

impl Shown {
    fn kept(&self, which: usize, proposal: usize) -> bool {
        self.at[which][proposal].promise()
    }

    fn flaw(&self) -> Option<Flaw> {
        const A: usize = 0;
        const B: usize = 1;
        let flaws = match self.against {
            Against::A => [
                (Flaw::Harmless, self.kept(LOW, A)),
                (Flaw::TooHard, !self.kept(LOW, B)),
                (Flaw::TooLight, self.kept(HIGH, B)),
            ],
            Against::B => [
                (Flaw::TooHard, !self.kept(LOW, B)),
                (Flaw::TooLight, self.kept(HIGH, B)),
                (Flaw::NotSpared, !self.kept(HIGH, A)),
            ],
        };
        flaws.into_iter().find(|(_, is)| *is).map(|(flaw, _)| flaw)
    }

    /// Which of the two loads the verdict speaks of.
    fn which(&self) -> usize {
        match self.flaw() {
            Some(Flaw::Harmless | Flaw::TooHard) | None => LOW,
            Some(Flaw::TooLight | Flaw::NotSpared) => HIGH,
        }
    }

    /// The card at the load that the verdict speaks of.
    fn telling(&self) -> Card {
        at_share(&self.card, PLAYED[self.which()])
    }

    /// What both did at that load.
    fn observed(&self) -> String {
        let says = |(name, kept): (&str, &Kept)| {
            let behind = if kept.old + 1.0 >= AFTER.as_secs() {
                format!("views still old {} s after it", AFTER.as_secs())
            } else {
                format!("views current {:.0} s after it", kept.old)
            };
            format!(
                "{name}: in the worst ten seconds {} of reads answered, {} of scans acknowledged; {behind}",
                share(Percent::of(kept.answered)),
                share(Percent::of(kept.acknowledged)),
            )
        };
        let which = self.which();
        let [a, b] = &self.at[which];
        format!(
            "your card at {} × its load: {} | {}",
            PLAYED[which],
            says(("A", a)),
            says(("B", b))
        )
    }

    /// Would what piled up in a cut at the card's load be gone in just the time that views have, if nothing went on arriving?
    fn forgets_what_arrives(&self) -> bool {
        let Scenario { world, load, from, until, .. } = scenarios(&self.card)[1];
        let piled = world.scans / 2.0 * load * (until - from).as_secs();
        let of_time = piled / world.apply / CURRENT_AFTER.as_secs();
        self.card.fault == Fault::Cut && (PLAYED[LOW]..=PLAYED[HIGH]).contains(&of_time)
    }
}

impl Judged {
    /// Passes when A breaks its promise at 0.8 × of the card's load, and B keeps its own there and no more at 1.25 ×.
    ///
    /// # Panics
    /// When the card does not do that: that is how a test fails.
    #[track_caller]
    pub fn breaks_a_up_to_what_b_bears(self) {
        self.verdict().or_explain();
    }

    /// Passes when B keeps its promise at 0.8 × of the card's load and no more at 1.25 ×, where A keeps its own.
    ///
    /// # Panics
    /// When the card does not do that: that is how a test fails.
    #[track_caller]
    pub fn breaks_b_from_what_it_cannot_bear_and_spares_a(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let shown = match self.0.shown() {
            Ok(shown) => shown,
            Err(verdict) => return *verdict,
        };
        let Some(flaw) = shown.flaw() else {
            return self.0.holds();
        };
        let mut v = self.0.fails();
        v.observed = shown.observed();
        let mut belief = |key: &str, assumes: &str, instead: String, ask: &str| {
            v.kind = Kind::Belief;
            v.belief = Some(key.into());
            (v.assumes, v.instead, v.ask) = (assumes.into(), instead, ask.into());
        };
        let Card { fault, load, .. } = shown.card;
        let both_broke = !shown.kept(LOW, 0) && !shown.kept(LOW, 1);
        match flaw {
            Flaw::TooHard if fault == Fault::Login && both_broke => belief(
                "two_proposals_two_fates",
                "what is built apart fails apart",
                "both lost the same share of their reads at the same moment: they ask the same service".into(),
                "which boxes of the two drawings are one and the same box?",
            ),
            Flaw::TooHard if load.0 >= 95.0 => belief(
                "harder_is_better",
                "the harder the blow, the more it proves",
                "B broke well below the load of your card: a blow that nobody bears tells the two apart no longer".into(),
                "how much of the busiest hour's load can B's machines and views bear while this fault lasts, and just after it?",
            ),
            Flaw::TooHard if shown.against == Against::B && shown.forgets_what_arrives() => belief(
                "a_backlog_has_the_view_to_itself",
                "what piled up is divided by what a view applies",
                "the scans that went on arriving took most of what a view applies, and the backlog had the rest".into(),
                "how many scans a second does a view have left for what piled up?",
            ),
            Flaw::TooLight if load.0 <= 20.0 => belief(
                "a_drill_at_night_is_enough",
                "what holds at night holds",
                "B kept its promise at a load at which its machines and views had little to do; where it turns, your card does not say".into(),
                "what of B would be asked for more than it can do, under this fault or just after it, if more and more arrived?",
            ),
            Flaw::Harmless => {
                v.assumes = "effort for too little damage".into();
                v.instead = "proposal A kept its promise".into();
                v.ask = "which promise of A rests on something that can be taken away?".into();
            }
            Flaw::TooHard => {
                v.assumes = "a load that B does not bear".into();
                v.instead = "proposal B broke its promise below your load already".into();
                v.ask = match fault {
                    Fault::Cut => "what does this fault ask of B's views, when it is over, besides what they always do?",
                    _ => "what does this fault ask of B's machines besides what they always do?",
                }
                .into();
            }
            Flaw::TooLight => {
                v.assumes = "a load that B bears easily".into();
                v.instead = "proposal B kept its promise above your load too".into();
                v.ask = match fault {
                    Fault::Cut => {
                        "which part of B is asked for more when this fault is over, and at which load is that all it can do in time?"
                    }
                    _ => "which part of B is asked for more under this fault, and at which load is that all it can do?",
                }
                .into();
            }
            Flaw::NotSpared => {
                v.assumes = "a difference that is none".into();
                v.instead = "proposal A broke its promise as well".into();
                v.ask = "what does this fault take from B that A never had?".into();
            }
        }
        v
    }
}

#[cfg(test)]
mod tests {
    use super::super::lab::ProposalsLab;
    use super::super::sizing::Loss;
    use super::*;
    use crate::replay::checks;

    #[test]
    fn a_card_can_be_replayed_and_found_in_the_lab() {
        let card = Card { fault: Fault::Cut, seconds: 130, load: percent(50) };
        checks::is_whole(&draw(&card, 2));
        checks::the_lab_knows(&ProposalsLab, &evidence::lab(&scenarios(&card)[0]));
        assert!(bounds(&Card { seconds: 90, ..card }).is_err());
        assert!(bounds(&Card { load: percent(120), ..card }).is_err());
    }

    #[test]
    fn without_a_fault_both_keep_their_promise_at_the_highest_load_that_is_played() {
        let calm = Card { fault: Fault::Nothing, seconds: 180, load: percent(125) };
        assert!(run(&calm).iter().all(Kept::promise));
    }

    /// The load at which B's promise turns can be worked out on paper, and limits leave room: at 0.8 × and at 1.25 × of that load what
    /// is measured lies a fifth or more from what is promised.
    #[test]
    fn b_turns_where_paper_says() {
        let world = World::default();
        let [_, b] = on_the_table();
        let region = 1.0 / world.work(&b, Loss::Region, world.cold(&b, Loss::Region)).busy();
        let within = CURRENT_AFTER.as_secs();
        let cut = |seconds: u64| world.apply * within / (world.scans * (seconds as f64 / 2.0 + within));
        for (fault, seconds, load) in [
            (Fault::Region, 120, region),
            (Fault::Region, 180, region),
            (Fault::Cut, 120, cut(120)),
            (Fault::Cut, 180, cut(180)),
        ] {
            let card = Card { fault, seconds, load: percent(load * 100.0) };
            let [low, high] = PLAYED.map(|share| run(&at_share(&card, share)));
            // Shares of the two limits that are used up.
            let used = |kept: &Kept| [(1.0 - kept.answered) / (1.0 - PROMISED), kept.old / within];
            assert!(used(&low[1]).iter().all(|u| *u < 0.8), "{card:?} {low:?}");
            assert!(used(&high[1]).iter().any(|u| *u > 1.2), "{card:?} {high:?}");
            let a = if fault == Fault::Cut { &high[0] } else { &low[0] };
            assert_eq!(a.promise(), fault == Fault::Cut, "{card:?} {a:?}");
        }
    }
}
