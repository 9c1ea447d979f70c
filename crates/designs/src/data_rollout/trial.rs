//! One answer in one situation: the pooled runs, and this design's objectives by name.

use super::beliefs;
use super::evidence::{BY_HAND, DONE, Evidence, FROZEN, HARM, POOL, Probes, STOPPED, Situation, harm, share, time};
use super::operate::Answer;
use super::pair::Pair;
use super::policy::{Group, Next, Seen};
use super::rules::AlwaysOn;
use super::system::{REGIONS, System, SystemRun, Totals, hours, minutes};
use crate::replay::Shown;
use judge::trial::Objective;
use judge::verdict::{Place, Verdict};
use judge::{Bound, Percent, percent, pool};
use sim::Time;

/// Runs a system once a seed and pools what was measured. `policy` makes a fresh policy for each run.
pub fn pooled(system: &System, size: u64, policy: &mut dyn FnMut() -> Answer) -> Totals {
    let mut totals = Totals::default();
    for seed in pool::seeds(size) {
        let run = SystemRun::new(system, policy(), seed).finish();
        totals.runs.push(run.outcome().clone());
    }
    totals
}

/// A first stage that has lasted for a time, with these errors in changed machines, region by region.
fn seen(in_stage: Time, errors: [Percent; 5], reads: u32) -> Seen {
    let usual = percent(0.5);
    let mut regions = [Group::default(); 5];
    let mut sum = 0.0;
    for (i, region) in regions.iter_mut().enumerate() {
        *region = Group { machines: REGIONS[i] as u32, down: 0, errors: errors[i] };
        sum += errors[i].0 * REGIONS[i] as f64;
    }
    Seen {
        stage: 1,
        share: percent(1),
        in_stage,
        since_start: in_stage,
        changed: Group { machines: 20, down: 0, errors: Percent(sum / 20.0) },
        unchanged: Group { machines: 1_980, down: 2, errors: usual },
        regions,
        reads,
    }
}

/// Asks a fresh policy the same for an hour. What did it answer first other than "hold"?
fn for_an_hour(policy: &mut dyn FnMut() -> Answer, from: Time, of: &dyn Fn(Time) -> Seen) -> Next {
    let mut policy = policy();
    (0..12)
        .map(|i| policy.next(&of(from + minutes(5 * i))))
        .find(|next| *next != Next::Hold)
        .unwrap_or(Next::Hold)
}

/// Asks fresh policies what the runs may never ask.
fn probes(policy: &mut dyn FnMut() -> Answer) -> Probes {
    let well = [percent(0.5); 5];
    let stops = |next| matches!(next, Next::Rollback | Next::UseLastGood);
    let mut ask = |from, of: &dyn Fn(Time) -> Seen| for_an_hour(policy, from, of);
    let errors = ask(minutes(5), &|t| seen(t, [percent(50); 5], 5));
    let silence = ask(minutes(5), &|t| {
        let mut s = seen(t, [percent(0); 5], 0);
        s.changed.down = s.changed.machines;
        for region in &mut s.regions {
            region.down = region.machines;
        }
        s
    });
    let mut one = well;
    one[4] = percent(5.5);
    let one_region = ask(minutes(5), &|t| seen(t, one, 5));
    let all_regions = ask(minutes(5), &|t| seen(t, [percent(5.5); 5], 5));
    let spike = ask(minutes(5), &|t| {
        let mut s = seen(t, [percent(2.5); 5], 5);
        s.unchanged.errors = percent(2.5);
        s
    });
    let one_down = ask(minutes(5), &|t| {
        let mut s = seen(t, well, 5);
        s.changed.down = 1;
        s.regions[0].down = 1;
        s
    });
    let as_many_down = ask(minutes(5), &|t| {
        let mut s = seen(t, well, 5);
        // Three of twenty, and three of twenty.
        s.changed.down = 3;
        for region in &mut s.regions[..3] {
            region.down = 1;
        }
        s.unchanged.down = s.unchanged.machines * 3 / 20;
        s
    });
    let long = ask(hours(200), &|t| seen(t, well, 10_000));
    let unread = ask(hours(20), &|t| seen(t, well, 0));
    Probes {
        goes_on_with_errors: errors == Next::Advance,
        stops_at_errors: stops(errors),
        stops_at_silence: stops(silence),
        stops_at_one_region: stops(one_region),
        stops_at_all_regions: stops(all_regions),
        stops_at_spike: stops(spike),
        stops_at_one_down: stops(one_down),
        stops_at_as_many_down: stops(as_many_down),
        holds_for_ever: long == Next::Hold,
        goes_on_unread: unread == Next::Advance,
    }
}

/// One run of an answer beside going on whatever is seen, with the same change.
fn shown(situation: &Situation, policy: &mut dyn FnMut() -> Answer, seed: u64) -> Shown {
    let system = &situation.system;
    let runs = [
        ("your policy", SystemRun::new(system, policy(), seed)),
        ("always on", SystemRun::new(system, Box::new(AlwaysOn), seed)),
    ];
    Pair::new(runs, system).finish().shown()
}

/// An answer under judgement.
pub struct Trial {
    inner: judge::trial::Trial<Evidence>,
}

impl Trial {
    /// Runs an answer in a situation. `policy` makes a fresh policy.
    pub(super) fn run(
        place: Place,
        situation: Situation,
        policy: impl FnMut() -> Answer + Clone + Send + 'static,
    ) -> Trial {
        let (tried, mut fresh) = (situation.clone(), policy.clone());
        let inner = judge::trial::Trial::run(place, beliefs::OPERATE, move || {
            let mut policy = policy;
            let probes = probes(&mut policy);
            let totals = pooled(&situation.system, POOL, &mut policy);
            Evidence { situation, totals, probes }
        });
        inner.replay(move |seed| shown(&tried, &mut fresh, seed));
        Trial { inner }
    }

    /// Failed requests because of the change, in fleet-minutes.
    #[must_use]
    pub fn harm(self, bound: Bound<f64>) -> Self {
        self.look(&HARM, bound, Evidence::harm, |x| x, harm, "of harm")
    }

    /// Machines that people had to bring back.
    #[must_use]
    pub fn machines_by_hand(self, bound: Bound<f64>) -> Self {
        let what = "machines brought back by hand";
        self.look(&BY_HAND, bound, Evidence::by_hand, |x| x, |x| format!("{x:.0}"), what)
    }

    /// Time in which the fleet took no new data.
    #[must_use]
    pub fn without_new_data(self, bound: Bound<Time>) -> Self {
        let what = "in which no machine took new data";
        self.look(&FROZEN, bound, Evidence::frozen, Time::as_secs, time, what)
    }

    /// Time until the change was everywhere.
    #[must_use]
    pub fn everywhere_within(self, bound: Bound<Time>) -> Self {
        let what = "until the change was everywhere (48 h where it never was)";
        self.look(&DONE, bound, Evidence::done, Time::as_secs, time, what)
    }

    /// Share of the good changes that were stopped.
    #[must_use]
    pub fn good_changes_stopped(self, bound: Bound<Percent>) -> Self {
        let what = "of the good changes stopped";
        self.look(&STOPPED, bound, Evidence::stopped, |p| p.0, share, what)
    }

    /// Passes, or fails with the verdict on the first objective that is unmet.
    ///
    /// # Panics
    /// When an objective is unmet: that is how a test fails.
    #[track_caller]
    pub fn or_explain(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.inner.verdict()
    }

    /// Looks at one objective.
    fn look<T: PartialOrd + Copy>(
        self,
        objective: &'static Objective,
        bound: Bound<T>,
        measure: impl Fn(&Evidence) -> T,
        plain: impl Fn(T) -> f64,
        print: impl Fn(T) -> String,
        what: &str,
    ) -> Trial {
        Trial { inner: self.inner.look(objective, bound, measure, plain, print, what) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lab::RolloutLab;
    use super::super::operate;
    use super::super::rules::Staged;
    use super::*;
    use crate::replay::checks;
    use judge::trial::Evidence as _;

    fn staged() -> Answer {
        Box::new(Staged { bake: hours(4), margin: percent(3), by_region: true, reads: 20 })
    }

    #[test]
    fn every_situation_can_be_replayed() {
        for situation in operate::situations() {
            checks::is_whole(&shown(&situation, &mut staged, 3));
        }
    }

    #[test]
    fn every_situation_can_be_found_in_the_lab() {
        for situation in operate::situations() {
            let evidence = Evidence { totals: Totals::default(), probes: Probes::default(), situation };
            checks::the_lab_knows(&RolloutLab, &evidence.lab());
        }
    }
}
