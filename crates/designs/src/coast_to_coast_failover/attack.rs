//! Step `attack`: a cut, within bounds, in which a plausible rule lets both coasts take writes and a more careful one does not.

use super::FOLDER;
use super::pair::{Names, Pair, Side};
use super::policy::Policy;
use super::rules::Timed;
use super::system::{BEGIN, FailoverRun, ONE_AT_A_TIME, Outcome, Setup, Trouble, Way};
use super::words::seconds;
use crate::replay;
use judge::attack::Attempt;
use judge::pool;
use judge::replay::Lab;
use judge::verdict::{Kind, Place, Verdict};
use sim::{Time, secs};
use std::panic::Location;

/// A cut of the East from the rest, one direction after the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attack {
    /// Which direction is lost first; [`Way::Both`]: both at once.
    pub first: Way,
    /// How much later the other direction is lost, too: 0 to 30 s.
    pub other_later: Time,
    /// From the first loss until both directions work again: at most 120 s.
    pub lasting: Time,
    /// How wrong the clock of the East's orchestrator is, in millionths: −10,000 (slow) to 10,000 (fast).
    pub drift_ppm: f64,
}

/// Both rules wait this long before they promote.
const PROMOTE_AFTER: Time = secs(30);
/// The plausible rule's wait before it freezes, and the careful one's.
const FREEZE_AFTER: [Time; 2] = [secs(28), secs(20)];
/// Runs that are pooled: the orchestrators' ticks fall differently in each.
const RUNS: u64 = 10;

#[derive(Clone)]
struct Shown {
    quiet: [Outcome; 2],
    struck: [Outcome; 2],
    attack: Attack,
}

/// An attack under judgement.
pub struct Judged(Attempt<Shown>);

/// Runs the attack against both rules.
#[track_caller]
pub fn strike(answer: fn() -> Attack) -> Judged {
    let place = Place::of(Location::caller());
    let attempt = Attempt::by(FOLDER, RUNS, place, move || {
        let attack = answer();
        bounds(&attack)?;
        let plain = Attack { first: Way::Both, drift_ppm: 0.0, ..attack };
        Ok(Shown { quiet: run(plain), struck: run(attack), attack })
    });
    attempt.replay(|shown| lab(&shown.attack), |shown, seed| draw(&shown.attack, seed));
    Judged(attempt)
}

/// How the lab shows an attack.
fn lab(attack: &Attack) -> Lab {
    let Attack { first, other_later, lasting, drift_ppm } = *attack;
    let knobs = format!(
        "promote_after=30 freeze_after=28 cut={} way={} other_later={} drift={}",
        lasting.as_secs().round(),
        first as u32,
        other_later.as_secs().round(),
        (drift_ppm / 1_000.0).round() / 10.0
    );
    let otherwise =
        "Beside the rule that freezes after 28 s it shows waiting for a person; freeze_after=20 shows the other rule.";
    Lab { knobs: Some(knobs), otherwise: otherwise.into() }
}

fn bounds(attack: &Attack) -> Result<(), String> {
    if attack.other_later > secs(30) {
        return Err(format!("other_later: {}; it is 0 to 30 s", attack.other_later));
    }
    if attack.lasting > secs(120) {
        return Err(format!("lasting: {}; it is at most 120 s", attack.lasting));
    }
    if !(-10_000.0..=10_000.0).contains(&attack.drift_ppm) {
        return Err(format!("drift_ppm: {}; it is −10,000 to 10,000", attack.drift_ppm));
    }
    Ok(())
}

/// The set-up that an attack makes.
pub(super) fn setup(attack: &Attack) -> Setup {
    let Attack { first, other_later, lasting, drift_ppm } = *attack;
    let cut = |way, from, lasting| Trouble::Cut { way, from, lasting };
    let troubles = match first {
        Way::Both => vec![cut(Way::Both, BEGIN, lasting)],
        Way::FromEast | Way::ToEast => {
            let other = if first == Way::FromEast {
                Way::ToEast
            } else {
                Way::FromEast
            };
            let later = other_later.min(lasting);
            vec![cut(first, BEGIN, lasting), cut(other, BEGIN + later, lasting - later)]
        }
    };
    Setup { drift_ppm, troubles, end: BEGIN + lasting + secs(15), ..Setup::default() }
}

/// Both rules, the plausible one first.
fn run(attack: Attack) -> [Outcome; 2] {
    let setup = setup(&attack);
    FREEZE_AFTER.map(|freeze_after| {
        let mut pooled = Outcome::default();
        for seed in pool::seeds(RUNS) {
            pooled.merge(&FailoverRun::new(&setup, || rule(freeze_after), seed).finish().outcome());
        }
        pooled
    })
}

/// A rule by its wait before it freezes.
fn rule(freeze_after: Time) -> Box<dyn Policy> {
    Box::new(Timed { promote_after: PROMOTE_AFTER, freeze_after, max_lag: secs(5) })
}

/// Both rules in one run under the attack.
fn draw(attack: &Attack, seed: u64) -> replay::Shown {
    let [plausible, careful] = FREEZE_AFTER;
    let sides: [Side<'_>; 2] = [(FREEZES_LATE, &|| rule(plausible)), (FREEZES_EARLY, &|| rule(careful))];
    Pair::new(setup(attack), sides, seed).finish().shown()
}

const FREEZES_LATE: Names = Names {
    key: "late",
    column: "freeze after 28 s",
    label: "freezing after 28 s",
    opening: "With a freeze after 28 s",
    within: "with a freeze after 28 s",
    captioned: "with a freeze after 28 s",
};

const FREEZES_EARLY: Names = Names {
    key: "early",
    column: "freeze after 20 s",
    label: "freezing after 20 s",
    opening: "With a freeze after 20 s",
    within: "with a freeze after 20 s",
    captioned: "with a freeze after 20 s",
};

/// Did one coast at a time take writes, in every run?
fn kept(o: &Outcome) -> bool {
    o.properties
        .results()
        .iter()
        .all(|p| p.name != ONE_AT_A_TIME || p.holds())
}

impl Judged {
    /// Passes when only the rule that freezes after 28 s breaks its promise, and only under the attack.
    ///
    /// # Panics
    /// When the attack does not do that: that is how a test fails.
    #[track_caller]
    pub fn breaks_only_the_rule_with_the_short_margin(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let shown = match self.0.shown() {
            Ok(shown) => shown,
            Err(verdict) => return *verdict,
        };
        if !shown.quiet.iter().all(kept) {
            let observed = "a rule breaks its promise in this cut even with both directions lost at once";
            return self.0.no_result(observed, "which cut do both rules bear?");
        }
        let [short, wide] = &shown.struck;
        match (kept(short), kept(wide)) {
            (false, true) => self.0.holds(),
            (true, _) => self.too_mild(shown),
            (false, false) => self.too_hard(shown),
        }
    }

    /// What both rules did.
    fn seen(&self, shown: &Shown) -> Verdict {
        let mut v = self.0.fails();
        let [short, wide] = &shown.struck;
        v.observed = format!(
            "writes on both coasts at once under your attack: {} with a freeze after 28 s, {} with one after 20 s",
            seconds(short.both),
            seconds(wide.both)
        );
        v
    }

    fn too_mild(&self, shown: &Shown) -> Verdict {
        let mut v = self.seen(shown);
        let attack = &shown.attack;
        let o = &shown.struck[0];
        let (promoted, froze) = (o.promotions > 0, o.freezes > 0);
        if promoted
            && froze
            && attack.drift_ppm <= -5_000.0
            && (attack.first == Way::Both || attack.other_later < secs(1))
        {
            v.kind = Kind::Belief;
            v.belief = Some("the_clock_is_to_blame".into());
            v.assumes = "clocks that disagree are what makes a time-out unsafe".into();
            v.instead = "the East's clock ran slow, and its freeze was still in time".into();
            v.ask = "how many seconds does this drift add to 28 s, and what else is counted from a moment that the two sides do not share?".into();
        } else if promoted && froze && attack.first == Way::ToEast && attack.other_later >= secs(1) {
            v.kind = Kind::Belief;
            v.belief = Some("any_half_cut_will_do".into());
            v.assumes = "a cut in one direction is half a cut, whichever direction it is".into();
            v.instead = "the East heard nobody from the first moment on, so its freeze came early".into();
            v.ask = "in which direction must messages go on, for the East to believe that all is well?".into();
        } else {
            v.assumes = "effort for too little damage".into();
            v.instead = match (promoted, froze) {
                (true, true) => "the West was promoted after the East had frozen".into(),
                (true, false) => format!(
                    "the West was promoted in {} of {RUNS} runs and the East never froze: the cut was over, or let the news through, and the East stepped down",
                    o.promotions
                ),
                (false, _) => "nobody was promoted, so one coast took writes all the time".into(),
            };
            v.ask = "what starts the count of 28 s, what starts the count of 30 s, and can you start one later?".into();
        }
        v
    }

    fn too_hard(&self, shown: &Shown) -> Verdict {
        let mut v = self.seen(shown);
        v.kind = Kind::Belief;
        v.belief = Some("harder_is_better".into());
        v.assumes = "the harder the blow, the more it proves".into();
        v.instead = "the rule with the wide margin broke as well: your attack shows that no margin is endless, not that this one is too short".into();
        v.ask = "how much later than the West may the East start to count, before 20 s are too many as well?".into();
        v
    }
}
