//! Step `attack`: two fault cards, each of which breaks the promise of one proposal and spares the other.

use super::FOLDER;
use super::beliefs::{share, time};
use super::evidence::{self, POOL};
use super::pair::{Names, Pair, Reported};
use super::sizing::{World, on_the_table};
use super::system::{DURING, Fault, Scenario, Totals};
use super::trial::pooled;
use crate::replay;
use judge::Percent;
use judge::attack::Attempt;
use judge::verdict::{Kind, Place, Verdict};
use sim::{Time, secs};
use std::panic::Location;

/// A fault card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Card {
    /// What goes wrong.
    pub fault: Fault,
    /// For so many seconds: 60 to 180.
    pub seconds: u64,
    /// How much of the busiest hour's load arrives meanwhile: 10 % to 100 %.
    pub load: Percent,
}

/// What a learner hands in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cards {
    /// Breaks proposal A and spares proposal B.
    pub against_a: Card,
    /// Breaks proposal B and spares proposal A.
    pub against_b: Card,
}

/// What both proposals promise in any fault of a card, from [`GRACE`] after its beginning until its end: this share of the reads is
/// answered, and of the scans acknowledged …
pub const PROMISED: f64 = 0.95;
/// … and 99 of 100 scans are seen by readers within this.
pub const SEEN: Time = secs(30);
/// Time that both have to take note of a fault, and to act.
pub const GRACE: Time = secs(40);

#[derive(Clone)]
struct Shown {
    quiet: [Totals; 2],
    struck: [Totals; 2],
    card: Card,
    target: usize,
}

/// A card under judgement.
pub struct Judged(Attempt<Shown>);

/// Plays the first card on both proposals as their pages have them.
#[track_caller]
pub fn against_a(answer: fn() -> Cards) -> Judged {
    strike(Place::of(Location::caller()), 0, move || answer().against_a)
}

/// Plays the second card on both proposals as their pages have them.
#[track_caller]
pub fn against_b(answer: fn() -> Cards) -> Judged {
    strike(Place::of(Location::caller()), 1, move || answer().against_b)
}

fn strike(place: Place, target: usize, card: impl Fn() -> Card + Send + 'static) -> Judged {
    let attempt = Attempt::by(FOLDER, POOL, place, move || {
        let card = card();
        bounds(&card)?;
        let calm = Card { fault: Fault::Nothing, ..card };
        Ok(Shown { quiet: run(&calm), struck: run(&card), card, target })
    });
    attempt.replay(
        |shown| evidence::lab(&scenarios(&shown.card)[0]),
        |shown, seed| draw(&shown.card, seed),
    );
    Judged(attempt)
}

fn bounds(card: &Card) -> Result<(), String> {
    if !(60..=180).contains(&card.seconds) {
        return Err(format!("seconds: {}; it is 60 to 180", card.seconds));
    }
    if !(10.0..=100.0).contains(&card.load.0) {
        return Err(format!("load: {}; it is 10 % to 100 %", card.load));
    }
    Ok(())
}

/// Both proposals under a card. What is judged begins when the grace is over.
fn scenarios(card: &Card) -> [Scenario; 2] {
    on_the_table().map(|choice| {
        let from = secs(15);
        let until = from + secs(card.seconds);
        // Views have a minute more, so that what was acknowledged in the fault can be seen.
        let end = until + secs(60);
        Scenario {
            world: World::default(),
            choice,
            load: card.load.fraction(),
            fault: card.fault,
            from,
            until,
            end,
            judged_from: Time::ZERO,
        }
    })
}

fn run(card: &Card) -> [Totals; 2] {
    scenarios(card).map(|s| {
        let judged = Scenario { judged_from: GRACE, ..s };
        pooled(&judged, POOL).swap_remove(DURING)
    })
}

fn kept(t: &Totals) -> bool {
    t.answered() >= PROMISED && t.acknowledged() >= PROMISED && t.ages.quantile(0.99) <= SEEN
}

const A: Names = Names { key: "a", legend: "A", label: "proposal A", subject: "proposal A" };
const B: Names = Names { key: "b", legend: "B", label: "proposal B", subject: "proposal B" };

/// Both proposals in one run under a card.
fn draw(card: &Card, seed: u64) -> replay::Shown {
    let reported = Reported {
        phase: DURING,
        when: "Under your card".into(),
        caption: "Reads and scans that arrived under your card".into(),
    };
    let [a, b] = scenarios(card);
    Pair::new([(A, a), (B, b)], reported, seed).shown()
}

impl Judged {
    /// Passes when only the proposal that the card is meant for breaks its promise.
    ///
    /// # Panics
    /// When the card does not do that: that is how a test fails.
    #[track_caller]
    pub fn breaks_one_and_spares_the_other(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let shown = match self.0.shown() {
            Ok(shown) => shown,
            Err(verdict) => return *verdict,
        };
        let names = ["A", "B"];
        let (target, spared) = (shown.target, 1 - shown.target);
        if !shown.quiet.iter().all(kept) {
            let observed = "without any fault a proposal breaks its promise at this load already";
            return self
                .0
                .no_result(observed, "how much of the busiest hour's load do both bear?");
        }
        let [broken, whole] = [target, spared].map(|i| !kept(&shown.struck[i]));
        if broken && !whole {
            return self.0.holds();
        }
        let mut v = self.0.fails();
        let says = |i: usize| {
            let t = &shown.struck[i];
            format!(
                "{}: {} of reads answered, {} of scans acknowledged, seen within {}",
                names[i],
                share(Percent::of(t.answered())),
                share(Percent::of(t.acknowledged())),
                time(t.ages.quantile(0.99))
            )
        };
        v.observed = format!("under your card: {}; {}", says(0), says(1));
        let Card { fault, load, .. } = shown.card;
        if broken && fault == Fault::Login {
            v.kind = Kind::Belief;
            v.belief = Some("two_proposals_two_fates".into());
            v.assumes = "what is built apart fails apart".into();
            v.instead = "both lost the same share of their reads at the same moment: they ask the same service".into();
            v.ask = "which boxes of the two drawings are one and the same box?".into();
        } else if broken && load.0 >= 80.0 {
            v.kind = Kind::Belief;
            v.belief = Some("harder_is_better".into());
            v.assumes = "the harder the blow, the more it proves".into();
            v.instead = format!(
                "proposal {} broke as well: at this load a loss of caches alone is too much for either",
                names[spared]
            );
            v.ask = "at which load would the other one's machines still answer what its caches no longer do?".into();
        } else if broken {
            v.assumes = "a difference that is none".into();
            v.instead = format!("proposal {} broke as well", names[spared]);
            v.ask = "what does this fault take from one of them that the other never had?".into();
        } else {
            v.assumes = "effort for too little damage".into();
            v.instead = format!("proposal {} kept its promise", names[target]);
            v.ask = format!(
                "which promise of {} rests on something that can be taken away?",
                names[target]
            );
        }
        v
    }
}

#[cfg(test)]
mod tests {
    use super::super::lab::ProposalsLab;
    use super::*;
    use crate::replay::checks;
    use judge::percent;

    #[test]
    fn a_card_can_be_replayed_and_found_in_the_lab() {
        let card = Card { fault: Fault::Cut, seconds: 90, load: percent(50) };
        checks::is_whole(&draw(&card, 2));
        checks::the_lab_knows(&ProposalsLab, &evidence::lab(&scenarios(&card)[0]));
        assert!(bounds(&Card { seconds: 30, ..card }).is_err());
        assert!(bounds(&Card { load: percent(120), ..card }).is_err());
    }
}
