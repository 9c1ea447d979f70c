//! A policy in one situation: the pooled runs, the objectives by name, and the verdict (step `operate`).

use super::FOLDER;
use super::beliefs;
use super::operate::Answer;
use super::policy::{Keep, Policy, Seen, Version};
use super::rules::{Merge, Rule};
use super::system::{Merged, Setup, StoreRun};
use crate::lab::{Drawn, Fact, Table, View};
use crate::manifest::Axis as PageAxis;
use crate::replay::Shown;
use figures::{About, Bars, number};
use judge::replay::Lab;
use judge::trial::{Objective, Unfit};
use judge::verdict::{Place, Verdict};
use judge::worksheet::Axis;
use judge::{Bound, Percent, pool};
use sim::{Time, ms, secs};

/// A situation in which a policy is tried.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Key, used by the beliefs.
    pub name: &'static str,
    /// In a verdict: "on an ordinary day".
    pub words: &'static str,
    /// The store and what is done with it.
    pub setup: Setup,
}

/// What a policy does when it is asked about plain cases.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Habits {
    /// Of two versions that know nothing of each other it keeps the one with the later clock, in either order.
    pub by_clock: bool,
    /// It joins a version with the one that it was made from.
    pub joins_with_its_own_past: bool,
    /// It keeps the first of two, even if the second was made from it.
    pub keeps_the_first: bool,
    /// Of these two versions it keeps both in one order, and one of them in the other.
    pub by_order: Option<&'static str>,
    /// It mends a difference 5 ms after a write.
    pub mends_young: bool,
    /// It mends something 20 s or 10 min after a write, at least when two or three copies lack it.
    pub mends_old: bool,
}

impl Habits {
    /// Asks a fresh policy.
    pub fn of(answer: fn() -> Answer) -> Habits {
        let version = |changes: u128, items: u128, clock: Time| Version::of(changes, items, clock);
        let (past, later) = (version(0b1, 0b1, secs(10)), version(0b111, 0b110, secs(11)));
        let (one, two) = (version(0b101, 0b101, secs(12)), version(0b1001, 0b1001, secs(13)));
        let keep = |a: &Version, b: &Version| answer().merge(a, b);
        let differs = |a: &Version, b: &Version| (keep(a, b) == Keep::Both) != (keep(b, a) == Keep::Both);
        let by_order = if differs(&past, &later) {
            Some("a version and one that was made from it")
        } else {
            differs(&one, &two).then_some("two versions that have not seen each other")
        };
        let seen = |age| Seen { lacking: 1, copies: 3, age };
        let old = [secs(20), secs(600)]
            .into_iter()
            .flat_map(|age| (1..=3).map(move |n| (n, age)));
        let mends_old = old
            .map(|(lacking, age)| Seen { lacking, ..seen(age) })
            .any(|seen| answer().repair(&seen));
        Habits {
            by_clock: keep(&one, &two) == Keep::Second && keep(&two, &one) == Keep::First,
            joins_with_its_own_past: keep(&later, &past) == Keep::Both || keep(&past, &later) == Keep::Both,
            keeps_the_first: keep(&one, &two) == Keep::First
                && keep(&two, &one) == Keep::First
                && keep(&past, &later) == Keep::First,
            by_order,
            mends_young: answer().repair(&seen(ms(5))),
            mends_old,
        }
    }
}

/// What the pooled runs showed, for objectives and for the signatures of beliefs.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Where.
    pub situation: Situation,
    /// What was measured.
    pub merged: Merged,
    /// What the policy does when it is asked.
    pub habits: Habits,
}

/// Runs that are pooled for one verdict.
pub const POOL: u64 = 8;

/// Runs a setup once a seed and pools what was measured.
pub fn pooled(setup: &Setup, runs: u64, policy: &dyn Fn() -> Box<dyn Policy>) -> Merged {
    let mut pooled = Merged::default();
    for seed in pool::seeds(runs) {
        pooled.merge(&StoreRun::new(setup, policy, seed).finish().merged());
    }
    pooled
}

impl judge::trial::Evidence for Evidence {
    const FOLDER: &'static str = FOLDER;
    const POOL: u64 = POOL;

    fn words(&self) -> &str {
        self.situation.words
    }

    fn lab(&self) -> Lab {
        Lab { knobs: None, otherwise: "The lab has no baskets that several people change.".into() }
    }

    fn unfit(&self) -> Option<Unfit> {
        self.habits.by_order.map(|two| Unfit {
            observed: format!("asked about {two}, your rule keeps the items of both in one order, and of one in the other"),
            wanted: "asked with the two the other way round, a rule has to keep the same items: either may be given first",
            ask: "what does your rule ask of the first of the two, and does it ask the same of the second?",
        })
    }

    fn did(&self) -> String {
        let m = &self.merged;
        format!(
            "{} of the items put in were lost, {} of those taken out came back; {} of the copies were behind in the end; {:.1} versions were sent to mend copies for 100 reads",
            percent(m.lost()),
            percent(m.came_back()),
            percent(m.behind()),
            100.0 * m.repairs()
        )
    }
}

fn percent(share: f64) -> String {
    super::chosen::share(Percent::of(share))
}

/// Items that were put in and are missing.
pub static LOST: Objective = Objective {
    key: "lost",
    axis: Axis::Failure,
    name: "items lost",
    success_share: false,
    ask: "which two versions met, and what did each of them know of the other?",
};

/// Items that were taken out and are back.
pub static BACK: Objective = Objective {
    key: "back",
    axis: Axis::Failure,
    name: "items that came back",
    success_share: false,
    ask: "which version brought the item back, and was it older than the one without it?",
};

/// Copies that are behind in the end.
pub static BEHIND: Objective = Objective {
    key: "behind",
    axis: Axis::Failure,
    name: "copies behind",
    success_share: false,
    ask: "which copies does nobody write to any more, and who tells them?",
};

/// Versions that are sent to mend copies.
pub static REPAIRS: Objective = Objective {
    key: "repairs",
    axis: Axis::Cost,
    name: "repairs",
    success_share: false,
    ask: "what was on its way to these copies already when you mended them?",
};

/// A policy under judgement.
pub struct Trial(judge::trial::Trial<Evidence>);

impl Trial {
    /// Runs a policy in a situation, freshly made for each front of each run.
    pub(super) fn run(place: Place, situation: Situation, answer: fn() -> Answer) -> Trial {
        let tried = situation.clone();
        let inner = judge::trial::Trial::run(place, beliefs::OPERATE, move || Evidence {
            merged: pooled(&situation.setup, POOL, &answer),
            habits: Habits::of(answer),
            situation,
        });
        inner.replay(move |seed| shown(&tried.setup, &answer, seed));
        Trial(inner)
    }

    fn look_share(
        self,
        objective: &'static Objective,
        bound: Bound<Percent>,
        of: fn(&Merged) -> f64,
        what: &str,
    ) -> Self {
        let measure = |e: &Evidence| Percent::of(of(&e.merged));
        Trial(
            self.0
                .look(objective, bound, measure, |p| p.0, super::chosen::share, what),
        )
    }

    /// Share of the items that were put in, by nobody taken out, and are missing in the end.
    #[must_use]
    pub fn items_lost(self, bound: Bound<Percent>) -> Self {
        self.look_share(&LOST, bound, Merged::lost, "of the items lost")
    }

    /// Share of the items that were taken out and are there in the end.
    #[must_use]
    pub fn items_back(self, bound: Bound<Percent>) -> Self {
        self.look_share(&BACK, bound, Merged::came_back, "of the items taken out came back")
    }

    /// Share of the copies that are not like the most complete one in the end.
    #[must_use]
    pub fn copies_behind(self, bound: Bound<Percent>) -> Self {
        self.look_share(&BEHIND, bound, Merged::behind, "of the copies behind")
    }

    /// Versions sent to mend copies, for each read.
    #[must_use]
    pub fn repairs_a_read(self, bound: Bound<Percent>) -> Self {
        self.look_share(&REPAIRS, bound, Merged::repairs, "repairs for each read")
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
        self.0.verdict()
    }
}

/// One run of a policy beside "the later clock wins", on the same visits.
fn shown(setup: &Setup, policy: &dyn Fn() -> Box<dyn Policy>, seed: u64) -> Shown {
    let clock = || -> Box<dyn Policy> { Box::new(Rule { merge: Merge::ByClock, repair_after: Time::ZERO }) };
    let names = ["your policy", "the later clock wins"];
    let both = [
        StoreRun::new(setup, policy, seed).finish().merged(),
        StoreRun::new(setup, &clock, seed).finish().merged(),
    ];
    crate::replay::shown(&view(names, &both), names, names)
}

/// A row of results: its key, its label, its axis, and the share.
type Row = (&'static str, &'static str, PageAxis, fn(&Merged) -> f64);

fn view(names: [&'static str; 2], both: &[Merged; 2]) -> View {
    let rows: [Row; 4] = [
        ("repairs", "Repairs for each read", PageAxis::Cost, Merged::repairs),
        ("lost", "Items lost", PageAxis::Failure, Merged::lost),
        ("back", "Items that came back", PageAxis::Failure, Merged::came_back),
        ("behind", "Copies behind", PageAxis::Failure, Merged::behind),
    ];
    let mut facts = Vec::new();
    for (side, m) in both.iter().enumerate() {
        for (key, label, axis, of) in rows {
            let key = format!("{key}_{side}");
            let label_of_side = format!("{label}, {}", names[side]);
            facts.push(Fact::new(&key, &label_of_side, 100.0 * of(m), "%", 2).on(axis, label, side));
        }
    }
    let summary = format!(
        "With {}, {} of the items were lost and {} of those taken out came back; there were {} repairs for each read. With {}, {}, {} and {}.",
        names[0],
        percent(both[0].lost()),
        percent(both[0].came_back()),
        percent(both[0].repairs()),
        names[1],
        percent(both[1].lost()),
        percent(both[1].came_back()),
        percent(both[1].repairs())
    );
    let bars = |id: &str, title: &str, of: fn(&Merged) -> f64| {
        Bars::new(About::new(id, title, summary.clone()), "%")
            .bar(names[0], 100.0 * of(&both[0]))
            .bar(names[1], 100.0 * of(&both[1]))
    };
    let count = |n: u64| number(n as f64, 0, "");
    let row = |what: &str, of: fn(&Merged) -> u64| vec![what.to_owned(), count(of(&both[0])), count(of(&both[1]))];
    View {
        drawn: vec![
            Drawn::new(
                "lost",
                "Items that were put in and are missing in the end.",
                bars("replay-07-lost", "Items lost", Merged::lost),
            ),
            Drawn::new(
                "back",
                "Items that were taken out and are there in the end.",
                bars("replay-07-back", "Items that came back", Merged::came_back),
            ),
        ],
        facts,
        table: Table {
            caption: "What was done, and what became of it".into(),
            head: vec![String::new(), names[0].into(), names[1].into()],
            rows: vec![
                row("changes tried", |m| m.changes),
                row("changes answered", |m| m.answered),
                row("items put in for good", |m| m.adds),
                row("of these, lost", |m| m.lost),
                row("items taken out", |m| m.removes),
                row("of these, back again", |m| m.came_back),
                row("reads", |m| m.reads),
                row("versions sent to mend copies", |m| m.mended),
                row("copies that differ in the end", |m| m.behind),
            ],
        },
        summary,
    }
}

#[cfg(test)]
mod tests {
    use super::super::operate;
    use super::*;
    use crate::replay::checks;

    #[test]
    fn every_situation_can_be_replayed() {
        let rule = || -> Box<dyn Policy> { Box::new(Rule { merge: Merge::ByHistory, repair_after: ms(200) }) };
        for situation in operate::situations() {
            checks::is_whole(&shown(&situation.setup, &rule, 3));
        }
    }

    #[test]
    fn a_rule_is_known_by_its_answers() {
        // Functions without surroundings, as a learner's are.
        fn clock() -> Answer {
            Box::new(Rule { merge: Merge::ByClock, repair_after: Time::ZERO })
        }
        fn all() -> Answer {
            Box::new(Rule { merge: Merge::All, repair_after: Time::MAX })
        }
        fn history() -> Answer {
            Box::new(Rule { merge: Merge::ByHistory, repair_after: ms(200) })
        }
        let clock = Habits::of(clock);
        assert!(clock.by_clock && clock.mends_young && clock.mends_old && !clock.joins_with_its_own_past);
        let all = Habits::of(all);
        assert!(all.joins_with_its_own_past && !all.mends_old && !all.by_clock);
        let history = Habits::of(history);
        assert_eq!(history, Habits { mends_old: true, ..Habits::default() });
    }

    /// Merges by a function alone, and mends after 200 ms.
    struct By(fn(&Version, &Version) -> Keep);

    impl Policy for By {
        fn merge(&mut self, first: &Version, second: &Version) -> Keep {
            (self.0)(first, second)
        }

        fn repair(&mut self, seen: &Seen) -> bool {
            seen.age >= ms(200)
        }
    }

    #[test]
    fn half_a_rule_is_told_to_look_at_the_other_order() {
        fn asks_the_first() -> Answer {
            Box::new(By(|first, second| {
                if first.has_seen(second) {
                    Keep::First
                } else {
                    Keep::Both
                }
            }))
        }
        fn asks_the_second() -> Answer {
            Box::new(By(|first, second| {
                if second.has_seen(first) {
                    Keep::Second
                } else {
                    Keep::Both
                }
            }))
        }
        for half in [asks_the_first as fn() -> Answer, asks_the_second] {
            for situation in operate::situations() {
                let place = Place { step: "step4_operate".into(), test: "t".into() };
                let v = Trial::run(place, situation, half)
                    .items_lost(judge::at_most(judge::percent(2)))
                    .verdict();
                assert!(
                    !v.passed && v.belief.is_none() && v.instead.contains("the other way round"),
                    "{v}"
                );
                assert!(!v.to_string().contains("mend"), "{v}");
            }
        }
    }

    #[test]
    fn a_history_that_leaves_the_rest_to_the_clock_is_told_of_the_clock() {
        fn clock_decides_the_rest() -> Answer {
            Box::new(By(|first, second| {
                let by_clock = if first.clock >= second.clock {
                    Keep::First
                } else {
                    Keep::Second
                };
                match (first.has_seen(second), second.has_seen(first)) {
                    (true, _) => Keep::First,
                    (_, true) => Keep::Second,
                    _ => by_clock,
                }
            }))
        }
        let place = Place { step: "step4_operate".into(), test: "t".into() };
        let cut = operate::situations().into_iter().find(|s| s.name == "cut").unwrap();
        let v = Trial::run(place, cut, clock_decides_the_rest)
            .items_lost(judge::at_most(judge::percent(2)))
            .verdict();
        assert_eq!(v.belief.as_deref(), Some("the_clock_knows"), "{v}");
    }
}
