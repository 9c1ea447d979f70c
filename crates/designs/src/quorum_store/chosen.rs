//! Settings in one situation: the pooled runs, the objectives by name, and the verdict (step `choose`).

use super::FOLDER;
use super::beliefs;
use super::pair::{Pair, Side};
use super::rules;
use super::system::{Paired, Repair, Settings, Setup, StoreRun};
use judge::replay::Lab;
use judge::trial::Objective;
use judge::verdict::{Place, Verdict};
use judge::worksheet::Axis;
use judge::{Bound, Percent, pool};
use sim::Time;

/// Which of the three services a situation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// The shopping baskets.
    Basket,
    /// The price list.
    Prices,
    /// What a customer looked at.
    History,
}

/// What happens in a situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Nothing goes wrong.
    Ordinary,
    /// Zones are lost.
    Lost,
    /// A zone was lost, and is back.
    Back,
}

/// A situation in which settings are tried.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Whose settings.
    pub service: Service,
    /// What happens.
    pub day: Day,
    /// In a verdict: "of the baskets on an ordinary day".
    pub words: &'static str,
    /// The lab's knobs that show this situation, as typed.
    pub knobs: &'static str,
    /// Everything but the settings.
    pub setup: Setup,
    /// Size of one copy of this service's data.
    pub gigabytes: f64,
}

/// What the pooled runs showed, for objectives and for the signatures of beliefs.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Where.
    pub situation: Situation,
    /// The settings that were tried.
    pub settings: Settings,
    /// Have all three services the same settings?
    pub same: bool,
    /// What was measured.
    pub paired: Paired,
}

impl Evidence {
    /// Does every read meet every answered write?
    pub fn overlap(&self) -> bool {
        let Settings { copies, read, write, .. } = self.settings;
        read + write > copies
    }
}

/// Runs that are pooled for one verdict. Objectives are measured on all of them together, never on one.
pub const POOL: u64 = 4;

/// Runs a setup once a seed and pools what was measured.
pub fn pooled(setup: &Setup, runs: u64) -> Paired {
    let mut pooled = Paired::default();
    for seed in pool::seeds(runs) {
        let run = StoreRun::new(setup, &rules::plain, seed).finish();
        pooled.merge(&run.paired(Time::ZERO, Time::MAX));
    }
    pooled
}

/// Settings with which a service keeps all of its limits: what is better than with these was bought by whoever broke a limit.
fn enough(service: Service) -> Settings {
    let (copies, read, write) = match service {
        Service::Basket => (3, 2, 1),
        Service::Prices => (3, 1, 3),
        Service::History => (2, 1, 1),
    };
    Settings { copies, read, write, repair: Repair::Never }
}

/// The lab's knobs for settings, as typed.
pub(super) fn knobs(s: &Settings) -> String {
    let Settings { copies, read, write, repair } = s.possible();
    let repair = match repair {
        Repair::Never => "never",
        Repair::AfterReads => "after-reads",
        Repair::Hints => "hints",
    };
    format!(
        "copies={} read={} write={} repair={repair}",
        copies.min(5),
        read.min(5),
        write.min(5)
    )
}

impl judge::trial::Evidence for Evidence {
    const FOLDER: &'static str = FOLDER;
    const POOL: u64 = POOL;

    fn words(&self) -> &str {
        self.situation.words
    }

    fn lab(&self) -> Lab {
        let text = format!("{} {}", knobs(&self.settings), self.situation.knobs);
        Lab { knobs: Some(text.trim_end().to_owned()), otherwise: String::new() }
    }

    fn bought(&self, kept: &Objective) -> bool {
        let (has, enough) = (self.settings, enough(self.situation.service));
        let overlaps = |s: Settings| s.read + s.write > s.copies;
        match kept.key {
            "writes" | "written" => has.write < enough.write,
            "reads" | "served" => has.read < enough.read,
            "stored" => has.copies < enough.copies,
            // Fresher than anybody asked for.
            _ => overlaps(has) && !overlaps(enough),
        }
    }

    fn did(&self) -> String {
        let p = &self.paired;
        format!(
            "999 of 1,000 writes took {} at most and reads {}; {} of the reads were stale; {} of the writes and {} of the reads were answered; {:.0} GB stored",
            time(p.write_time(0.999)),
            time(p.read_time(0.999)),
            share(Percent::of(p.stale())),
            share(Percent::of(p.written())),
            share(Percent::of(p.served())),
            self.stored()
        )
    }
}

impl Evidence {
    fn stored(&self) -> f64 {
        f64::from(self.settings.copies) * self.situation.gigabytes
    }
}

/// A share as a verdict prints it.
pub(super) fn share(p: Percent) -> String {
    if p.0 < 10.0 {
        format!("{:.2} %", p.0)
    } else {
        format!("{:.1} %", p.0)
    }
}

/// A time as a verdict prints it.
pub(super) fn time(t: Time) -> String {
    if t < sim::ms(10) {
        format!("{:.2} ms", t.as_ms())
    } else {
        format!("{:.1} ms", t.as_ms())
    }
}

/// Time within which 999 of 1,000 writes are answered.
pub static WRITES: Objective = Objective {
    key: "writes",
    axis: Axis::Performance,
    name: "writes' p99.9",
    success_share: false,
    ask: "which of the copies does a write wait for, and how slow is that one once in a thousand times?",
};

/// Time within which 999 of 1,000 reads are answered.
pub static READS: Objective = Objective {
    key: "reads",
    axis: Axis::Performance,
    name: "reads' p99.9",
    success_share: false,
    ask: "which of the answers does a read wait for, and how slow is that one once in a thousand times?",
};

/// Reads that do not see the write before them.
pub static STALE: Objective = Objective {
    key: "stale",
    axis: Axis::Performance,
    name: "stale reads",
    success_share: false,
    ask: "which copies may a read hear of first that the write has not reached yet?",
};

/// Writes that are answered.
pub static WRITTEN: Objective = Objective {
    key: "written",
    axis: Axis::Failure,
    name: "writes answered",
    success_share: true,
    ask: "how many copies are left, and how many answers does a write await?",
};

/// Reads that are answered.
pub static SERVED: Objective = Objective {
    key: "served",
    axis: Axis::Failure,
    name: "reads answered",
    success_share: true,
    ask: "how many copies are left, and how many answers does a read await?",
};

/// What is stored.
pub static STORED: Objective = Objective {
    key: "stored",
    axis: Axis::Cost,
    name: "stored",
    success_share: false,
    ask: "what does each further copy buy here that the limits ask for?",
};

/// Settings under judgement.
pub struct Trial(judge::trial::Trial<Evidence>);

impl Trial {
    /// Runs settings in a situation. `chosen` gives them, and whether all services have the same.
    pub(super) fn run(
        place: Place,
        situation: Situation,
        chosen: impl FnOnce() -> (Settings, bool) + Clone + Send + 'static,
    ) -> Trial {
        let (tried, again) = (situation.clone(), chosen.clone());
        let inner = judge::trial::Trial::run(place, beliefs::CHOOSE, move || {
            let (settings, same) = chosen();
            let setup = Setup { settings: settings.possible(), ..situation.setup.clone() };
            Evidence { paired: pooled(&setup, POOL), settings: setup.settings, same, situation }
        });
        inner.replay(move |seed| {
            let quorums = Settings { copies: 3, read: 2, write: 2, repair: Repair::Never };
            let side = |name, settings: Settings| Side { name, setup: Setup { settings, ..tried.setup.clone() } };
            Pair::new(
                [side("your settings", again().0), side("3 copies, R 2, W 2", quorums)],
                seed,
            )
            .finish()
            .shown()
        });
        Trial(inner)
    }

    /// Time within which 999 of 1,000 writes are answered.
    #[must_use]
    pub fn writes_p999(self, bound: Bound<Time>) -> Self {
        let measure = |e: &Evidence| e.paired.write_time(0.999);
        Trial(
            self.0
                .look(&WRITES, bound, measure, Time::as_ms, time, "for 999 of 1,000 writes"),
        )
    }

    /// Time within which 999 of 1,000 reads are answered.
    #[must_use]
    pub fn reads_p999(self, bound: Bound<Time>) -> Self {
        let measure = |e: &Evidence| e.paired.read_time(0.999);
        Trial(
            self.0
                .look(&READS, bound, measure, Time::as_ms, time, "for 999 of 1,000 reads"),
        )
    }

    /// Share of the reads that do not see the answered write before them.
    #[must_use]
    pub fn stale_reads(self, bound: Bound<Percent>) -> Self {
        let measure = |e: &Evidence| Percent::of(e.paired.stale());
        Trial(
            self.0
                .look(&STALE, bound, measure, |p| p.0, share, "of the reads stale"),
        )
    }

    /// Share of the writes that are answered before their time-out.
    #[must_use]
    pub fn writes_answered(self, bound: Bound<Percent>) -> Self {
        let measure = |e: &Evidence| Percent::of(e.paired.written());
        Trial(
            self.0
                .look(&WRITTEN, bound, measure, |p| p.0, share, "of the writes answered"),
        )
    }

    /// Share of the reads that are answered.
    #[must_use]
    pub fn reads_answered(self, bound: Bound<Percent>) -> Self {
        let measure = |e: &Evidence| Percent::of(e.paired.served());
        Trial(
            self.0
                .look(&SERVED, bound, measure, |p| p.0, share, "of the reads answered"),
        )
    }

    /// What all copies take, in GB.
    #[must_use]
    pub fn stored_gb(self, bound: Bound<f64>) -> Self {
        let print = |gb: f64| format!("{gb:.0} GB");
        Trial(self.0.look(&STORED, bound, Evidence::stored, |gb| gb, print, "stored"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quorum_store::{Claim, Expect, Limit, Plan, Quantity, choose};
    use judge::{at_most, percent};
    use sim::ms;

    /// The price list with two acknowledgements, the rest as it may be.
    fn prices_of_two() -> Plan {
        let settings = |copies, read, write| Settings { copies, read, write, repair: Repair::Never };
        Plan {
            basket: settings(3, 2, 1),
            prices: settings(3, 1, 2),
            history: settings(2, 1, 1),
            claim: Claim {
                binding: Limit::WriteDelay,
                expects: [Expect::WritesP999(ms(8), ms(14)), Expect::ReadsP999(ms(1), ms(2))],
                reverses_when: (Quantity::ReadAfterMs, 20.0),
            },
        }
    }

    #[test]
    fn what_all_settings_cost_alike_was_not_bought() {
        let v = choose::prices()
            .run(prices_of_two)
            .reads_p999(at_most(ms(1)))
            .writes_p999(at_most(ms(200)))
            .stale_reads(at_most(percent(0.5)))
            .stored_gb(at_most(80.0))
            .verdict();
        assert!(
            v.assumes.starts_with("stale reads for writes' p99.9;"),
            "three copies are stored either way, and reads await one answer: {v}"
        );
    }
}
