//! Claims about a rule for merging: what limits it, what its owner expects, and when the clock would be the better rule.
//!
//! A claim is judged by runs like those that judge the answer. The rules are in [`judge::claim`].

use super::claims::scaled;
use super::merging::pooled;
use super::operate::{Answer, CUT_FROM, CUT_LASTS, baskets, split};
use super::policy::Policy;
use super::rules::{Merge, Rule};
use super::system::{Baskets, Delays, Merged, Setup, Trouble, Work};
use judge::Percent;
use judge::claim::{self, Miss, Preference, Width};
use sim::Time;

/// What can limit how many items come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeLimit {
    /// How long the cut lasts.
    CutLength,
    /// How long a write is on its way to a copy.
    WriteDelay,
    /// How long a reply is on its way back.
    ReplyDelay,
    /// After how long a read goes on with one answer.
    Patience,
}

/// An objective with the interval in which you expect it: at most a factor of two from low to high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MergeExpect {
    /// Share of the items taken out that are back in the end, with the cut.
    BackInCut(Percent, Percent),
    /// Versions sent to mend copies, for each read, with the cut.
    RepairsInCut(Percent, Percent),
    /// The same, with a zone away.
    RepairsAway(Percent, Percent),
}

/// A quantity that could change your mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeQuantity {
    /// How many lost items one item that came back counts for.
    PriceOfOneBack,
    /// Share of the changes that take something out, in percent, where both count alike.
    RemovesPercent,
}

/// The reasons behind a rule for merging.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeClaim {
    /// What, shortened by a tenth, leaves the fewest items that come back, with the cut.
    pub binding: MergeLimit,
    /// Two objectives, each with the interval you expect.
    pub expects: [MergeExpect; 2],
    /// The quantity, and the value of it at which the better one changes between your rule and "the later clock wins", with the cut.
    pub reverses_when: (MergeQuantity, f64),
}

/// Runs pooled for each part of a claim. With half as many, the price at which the better rule changes lies a quarter off on one
/// pool in twenty-five; with these it lies between 6.9 and 9.8 on all of fifty.
pub(super) const CLAIM_RUNS: u64 = 20;

fn cut() -> Setup {
    Setup { troubles: vec![split(CUT_LASTS)], ..baskets() }
}

/// Tests of the step whose replays show what a claim is about: the lab has no such baskets.
const IN_CUT: &str = "loses_hardly_anything_in_a_cut";
const AWAY: &str = "brings_copies_up_to_date_after_a_zone_was_away";

/// Judges the parts of a claim, one after the other.
pub(super) fn judged(claim: &MergeClaim, answer: fn() -> Answer) -> Result<(), Miss> {
    let in_cut_shown = |miss: Miss| miss.replayed_by(IN_CUT);
    claim::two_objectives(&claim.expects, "what do you expect of another quantity?").map_err(in_cut_shown)?;
    // Every part looks at the cut: it is run once.
    let in_cut = pooled(&cut(), CLAIM_RUNS, &answer);
    expectations(claim, answer, &in_cut)?;
    binding(claim, answer, &in_cut).map_err(in_cut_shown)?;
    reversal(claim, answer, &in_cut).map_err(in_cut_shown)
}

/// Judges what is expected of two objectives.
fn expectations(claim: &MergeClaim, answer: fn() -> Answer, in_cut: &Merged) -> Result<(), Miss> {
    let away = || {
        let trouble = Trouble::ZonesLost { zones: 1, from: CUT_FROM, lasting: CUT_LASTS };
        Setup { troubles: vec![trouble], ..baskets() }
    };
    for expect in claim.expects {
        let (what, low, high, value, shown) = match expect {
            MergeExpect::BackInCut(low, high) => {
                ("items that came back in a cut", low, high, in_cut.came_back(), IN_CUT)
            }
            MergeExpect::RepairsInCut(low, high) => ("repairs in a cut", low, high, in_cut.repairs(), IN_CUT),
            MergeExpect::RepairsAway(low, high) => {
                let repairs = pooled(&away(), CLAIM_RUNS, &answer).repairs();
                ("repairs with a zone away", low, high, repairs, AWAY)
            }
        };
        claim::expectation(what, low.0, high.0, Width::Factor, 100.0 * value).map_err(|m| m.replayed_by(shown))?;
    }
    Ok(())
}

/// Judges which limit binds: the items that come back, with the cut.
fn binding(claim: &MergeClaim, answer: fn() -> Answer, in_cut: &Merged) -> Result<(), Miss> {
    let base = in_cut.came_back();
    let limits = [
        MergeLimit::CutLength,
        MergeLimit::WriteDelay,
        MergeLimit::ReplyDelay,
        MergeLimit::Patience,
    ];
    let relief = limits.map(|limit| {
        let relieved = pooled(&relieve(cut(), limit), CLAIM_RUNS, &answer).came_back();
        (limit, if base > 0.0 { (base - relieved) / base } else { 0.0 })
    });
    claim::binding(claim.binding, &relief)
}

/// The setup with a tenth less of one limit.
fn relieve(setup: Setup, limit: MergeLimit) -> Setup {
    let delays = setup.delays.clone();
    match limit {
        MergeLimit::CutLength => Setup { troubles: vec![split(CUT_LASTS * 9 / 10)], ..setup },
        MergeLimit::WriteDelay => Setup { delays: Delays { write: scaled(&delays.write, 0.9), ..delays }, ..setup },
        MergeLimit::ReplyDelay => Setup { delays: Delays { reply: scaled(&delays.reply, 0.9), ..delays }, ..setup },
        MergeLimit::Patience => with_baskets(setup, |b| b.patience = b.patience * 9 / 10),
    }
}

fn with_baskets(setup: Setup, change: impl FnOnce(&mut Baskets)) -> Setup {
    let Work::Baskets(mut baskets) = setup.work else {
        return setup;
    };
    change(&mut baskets);
    Setup { work: Work::Baskets(baskets), ..setup }
}

/// Judges where the clock becomes the better rule: by the items that are wrong in the end.
fn reversal(claim: &MergeClaim, answer: fn() -> Answer, in_cut: &Merged) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    let clock = || -> Box<dyn Policy> { Box::new(Rule { merge: Merge::ByClock, repair_after: Time::ZERO }) };
    let name = format!("{quantity:?}");
    match quantity {
        MergeQuantity::PriceOfOneBack => {
            // A price changes nothing about the runs.
            let clocks = pooled(&cut(), CLAIM_RUNS, &clock);
            claim::reversal(&name, value, |price| better(in_cut, &clocks, price))
        }
        MergeQuantity::RemovesPercent => claim::reversal(&name, value, |percent| {
            let setup = with_baskets(cut(), |b| b.removes = (percent / 100.0).clamp(0.0, 1.0));
            let yours = pooled(&setup, CLAIM_RUNS, &answer);
            better(&yours, &pooled(&setup, CLAIM_RUNS, &clock), 1.0)
        }),
    }
}

/// Whichever has fewer items wrong in the end, when an item that is back counts as many times as its price says.
fn better(yours: &Merged, clocks: &Merged, price: f64) -> Preference {
    let wrong = |m: &Merged| m.lost as f64 + price * m.came_back as f64;
    if wrong(yours) < wrong(clocks) {
        Preference::new("your rule", "fewer items are wrong in the end, as they count")
    } else {
        Preference::new("the later clock", "as few items are wrong in the end, or fewer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_claim_is_replayed_by_is_a_test_of_the_step() {
        let tests = include_str!("../../../../exercises/07-quorum-store/tests/step4_operate.rs");
        for test in [IN_CUT, AWAY] {
            assert!(tests.contains(&format!("fn {test}()")), "{test}");
        }
    }
}
