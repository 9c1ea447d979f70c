//! Two policies in the same troubles, side by side: what the lab and a replay draw.

pub(super) mod draw;

use super::claims::hurt;
use super::policy::Policy;
use super::system::{FailoverRun, Outcome, Setup};
use super::words::{hours_of, page_time, seconds, writes};
use crate::lab::{Drawn, Fact, Table, View};
use crate::manifest::Axis;
use crate::replay::{EVENTS, Shown};
use figures::number;
use sim::{Trace, secs};

/// What a side is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    /// In the keys of its facts.
    pub(super) key: &'static str,
    /// Over its column.
    pub(super) column: &'static str,
    /// Behind the labels of its facts.
    pub(super) label: &'static str,
    /// At the beginning of a sentence.
    pub(super) opening: &'static str,
    /// Within one.
    pub(super) within: &'static str,
    /// Under its figure.
    pub(super) captioned: &'static str,
}

/// What facts with long names are called in a menu.
const SHORT: [(&str, &str); 3] = [
    ("down", "Weighted seconds without writes"),
    ("both", "Time of writes on both coasts"),
    ("lost", "Writes lost in a crash"),
];

/// Waiting for a person.
pub(super) const WAIT: Names = Names {
    key: "wait",
    column: "wait for a person",
    label: "waiting for a person",
    opening: "Waiting for a person",
    within: "when waiting",
    captioned: "when everybody waits for a person",
};

/// A policy with its names; it is made afresh for each orchestrator.
pub(super) type Side<'a> = (Names, &'a dyn Fn() -> Box<dyn Policy>);

/// Two policies and their runs.
pub(super) struct Pair {
    names: [Names; 2],
    chosen: FailoverRun,
    other: FailoverRun,
    /// What was said between the parts in the first run, once both are over.
    trace: Option<Trace>,
    setup: Setup,
}

impl Pair {
    /// Sets both runs up; the first is the one whose decision is drawn.
    pub(super) fn new(setup: Setup, sides: [Side<'_>; 2], seed: u64) -> Pair {
        let [(one, chosen), (two, other)] = sides;
        Pair {
            names: [one, two],
            chosen: FailoverRun::new(&setup, chosen, seed).with_trace(),
            other: FailoverRun::new(&setup, other, seed),
            trace: None,
            setup,
        }
    }

    /// Goes on for about `events` events; false when both runs are over.
    pub(super) fn advance(&mut self, events: u64) -> bool {
        let half = events.div_ceil(2);
        let more = [self.chosen.advance(half), self.other.advance(half)];
        let running = more[0] || more[1];
        if !running && self.trace.is_none() {
            self.trace = Some(self.chosen.take_trace());
        }
        running
    }

    /// Share of the run that both have come through.
    pub(super) fn so_far(&self) -> f64 {
        let end = self.setup.end + secs(1);
        self.chosen.now().min(self.other.now()).as_secs() / end.as_secs()
    }

    /// Runs both to the end, for a replay.
    pub(super) fn finish(mut self) -> Pair {
        while self.advance(1 << 20) {}
        self
    }

    /// What was measured in the first run.
    pub(super) fn chosen(&self) -> Outcome {
        self.chosen.outcome()
    }

    /// What they show in a replay.
    pub(super) fn shown(&self) -> Shown {
        crate::replay::shown(&self.view(), self.names.map(|n| n.column), self.names.map(|n| n.label))
    }

    /// What they show.
    pub(super) fn view(&self) -> View {
        let (chosen, other) = (self.chosen.outcome(), self.other.outcome());
        let [one, two] = self.names;
        let mut drawn = vec![
            Drawn::new(
                "histories",
                format!(
                    "Who took writes, {}. Hatched: what the old primary took alone, and from when on two coasts wrote, each its own history.",
                    one.captioned
                ),
                draw::histories(&self.chosen, &self.setup, "lab-08-histories", one.label),
            ),
            Drawn::new(
                "waiting",
                format!("The same, {}.", two.captioned),
                draw::histories(&self.other, &self.setup, "lab-08-waiting", two.label),
            ),
        ];
        if let Some(trace) = &self.trace {
            drawn.push(Drawn::new(
                EVENTS,
                format!("What databases and orchestrators (“orch.”) said around the decision, {}. A cross: the message was lost.", one.captioned),
                draw::decision(&self.chosen, trace, "lab-08-decision"),
            ));
        }
        View {
            summary: self.summary(&chosen, &other),
            drawn,
            facts: self.facts(&chosen, &other),
            table: self.table(&chosen, &other),
        }
    }

    fn facts(&self, chosen: &Outcome, other: &Outcome) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (side, o) in [chosen, other].into_iter().enumerate() {
            let Names { key, label: name, .. } = self.names[side];
            let mut fact = |axis, what: &str, label: &str, value: f64, unit, digits| {
                let fact = Fact::new(
                    &format!("{what}_{key}"),
                    &format!("{label}, {name}"),
                    value,
                    unit,
                    digits,
                );
                facts.push(
                    fact.on(axis, label, side)
                        .short(SHORT.iter().find(|s| s.0 == what).map_or(label, |s| s.1)),
                );
            };
            fact(
                Axis::Failure,
                "down",
                "Seconds without writes, weighted",
                o.down().as_secs(),
                "s",
                1,
            );
            fact(Axis::Failure, "stranded", "Stranded writes", o.stranded_each(), "", 0);
            fact(
                Axis::Failure,
                "both",
                "Writes on both coasts at once for",
                o.both.as_secs(),
                "s",
                1,
            );
            fact(
                Axis::Failure,
                "lost",
                "Writes acknowledged and lost in a crash",
                o.lost as f64,
                "",
                0,
            );
            fact(
                Axis::Failure,
                "promotions",
                "Changes of the primary",
                o.promotions_each(),
                "",
                0,
            );
            fact(Axis::Cost, "repair", "Hours of repair", o.repair(), "h", 1);
            // Where no primary answers there is no page to give the time of.
            let pages = [
                ("page_east", "A page in the East at the end", o.page_east(true)),
                ("page_west", "A page in the West at the end", o.page_west(true)),
                ("page", "The mean page at the end", o.page(true)),
            ];
            for (what, label, page) in pages {
                if let Some(page) = page {
                    fact(Axis::Performance, what, label, page.as_ms(), "ms", 0);
                }
            }
        }
        facts
    }

    fn summary(&self, chosen: &Outcome, other: &Outcome) -> String {
        if chosen.offered == 0 || other.offered == 0 {
            return "Nothing has been written yet.".into();
        }
        let promoted = match chosen.promotions {
            0 => "nobody was promoted".to_owned(),
            1 => "the West was promoted once".to_owned(),
            n => format!("the primary changed {n} times"),
        };
        format!(
            "{} {promoted}; weighted by the share of writes refused, {} passed without writes, {} were stranded, and the repair takes {}. {}, it was {} without writes, and {} were stranded.",
            self.names[0].opening,
            seconds(chosen.down()),
            writes(chosen.stranded_each()),
            hours_of(chosen.repair()),
            self.names[1].opening,
            seconds(other.down()),
            writes(other.stranded_each()),
        ) + &self.nobody(chosen, other)
    }

    /// Says so when at the end no primary answers anybody.
    fn nobody(&self, chosen: &Outcome, other: &Outcome) -> String {
        let silent = |o: &Outcome| o.page_east(true).is_none() && o.page_west(true).is_none();
        let whose = match (silent(chosen), silent(other)) {
            _ if self.trace.is_none() => return String::new(),
            (false, false) => return String::new(),
            (true, true) => "in both",
            (true, false) => self.names[0].within,
            (false, true) => self.names[1].within,
        };
        format!(" At the end, {whose}, there is no primary to ask for a page.")
    }

    fn table(&self, chosen: &Outcome, other: &Outcome) -> Table {
        let row = |name: &str, f: &dyn Fn(&Outcome) -> String| vec![name.to_owned(), f(chosen), f(other)];
        Table {
            caption: "What each policy did over the whole run".into(),
            head: vec!["".into(), self.names[0].column.into(), self.names[1].column.into()],
            rows: vec![
                row("writes asked for", &|o| number(o.offered as f64, 0, "")),
                row("seconds without writes, weighted", &|o| seconds(o.down())),
                row("stranded writes", &|o| number(o.stranded_each(), 0, "")),
                row("both coasts took writes for", &|o| seconds(o.both)),
                row("writes lost in a crash", &|o| number(o.lost as f64, 0, "")),
                row("changes of the primary", &|o| number(o.promotions_each(), 0, "")),
                row(
                    "writes hurt: a refused one counts once, a stranded one five times",
                    &|o| number(hurt(o), 0, ""),
                ),
                row("hours of repair", &|o| hours_of(o.repair())),
                row("a page in the East at the end", &|o| page_time(o.page_east(true))),
                row("a page in the West at the end", &|o| page_time(o.page_west(true))),
            ],
        }
    }
}
