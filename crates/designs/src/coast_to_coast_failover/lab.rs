//! The lab: a policy of your waits against waiting for a person, on the same arrivals and the same troubles.

pub(super) mod draw;
mod knobs;

use super::claims::hurt;
use super::policy::Policy;
use super::rules::{NeverPromote, Timed};
use super::system::{FailoverRun, Outcome, Setup};
use super::words::{hours_of, page_time, seconds, writes};
use crate::lab::{Fact, Figure, Knob, Lab, Picture, Run, Table, snapped};
use figures::number;
use knobs::KNOBS;
pub(super) use knobs::{at, setup};
use sim::{Time, Trace, secs};

/// The lab of design 08.
pub struct FailoverLab;

impl Lab for FailoverLab {
    fn title(&self) -> &'static str {
        "Wait, or promote"
    }

    fn setup(&self) -> &'static str {
        "Two coasts run for ten seconds, then something goes wrong, and half a minute after its end the run is over. One policy promotes the West and freezes the East after waits that you choose; the other waits for a person and does nothing. Both get the same writes and the same troubles."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let setup = setup(&value, seed);
        let timed = policy(&value);
        Box::new(LabRun {
            chosen: FailoverRun::new(&setup, move || -> Box<dyn Policy> { Box::new(timed) }, seed).with_trace(),
            wait: FailoverRun::new(&setup, || -> Box<dyn Policy> { Box::new(NeverPromote) }, seed),
            trace: None,
            setup,
        })
    }
}

/// The policy that knob values stand for.
pub(super) fn policy(value: &[f64]) -> Timed {
    let wait = |s: f64| {
        if s > 0.0 {
            Time::from_ms_f64(s * 1_000.0)
        } else {
            Time::MAX
        }
    };
    Timed {
        promote_after: wait(value[at::PROMOTE_AFTER]),
        freeze_after: wait(value[at::FREEZE_AFTER]),
        max_lag: Time::from_ms_f64(value[at::MAX_LAG] * 1_000.0),
    }
}

struct LabRun {
    chosen: FailoverRun,
    wait: FailoverRun,
    /// What was said between the parts, once the run is over.
    trace: Option<Trace>,
    setup: Setup,
}

impl LabRun {
    fn facts(&self, chosen: &Outcome, wait: &Outcome) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (key, name, o) in [("chosen", "your waits", chosen), ("wait", "waiting for a person", wait)] {
            let mut fact = |what: &str, label: &str, value: f64, unit, digits| {
                facts.push(Fact::new(
                    &format!("{what}_{key}"),
                    &format!("{label}, {name}"),
                    value,
                    unit,
                    digits,
                ));
            };
            fact("down", "Seconds without writes, weighted", o.down().as_secs(), "s", 1);
            fact("stranded", "Stranded writes", o.stranded_each(), "", 0);
            fact("both", "Writes on both coasts at once for", o.both.as_secs(), "s", 1);
            fact("lost", "Writes acknowledged and lost in a crash", o.lost as f64, "", 0);
            fact("promotions", "Changes of the primary", o.promotions_each(), "", 0);
            fact("repair", "Hours of repair", o.repair(), "h", 1);
            // Where no primary answers there is no page to give the time of.
            let pages = [
                ("page_east", "A page in the East at the end", o.page_east(true)),
                ("page_west", "A page in the West at the end", o.page_west(true)),
                ("page", "The mean page at the end", o.page(true)),
            ];
            for (what, label, page) in pages {
                if let Some(page) = page {
                    fact(what, label, page.as_ms(), "ms", 0);
                }
            }
        }
        facts
    }

    fn summary(&self, chosen: &Outcome, wait: &Outcome) -> String {
        if chosen.offered == 0 || wait.offered == 0 {
            return "Nothing has been written yet.".into();
        }
        let promoted = match chosen.promotions {
            0 => "nobody was promoted".to_owned(),
            1 => "the West was promoted once".to_owned(),
            n => format!("the primary changed {n} times"),
        };
        format!(
            "With your waits {promoted}; {} passed without writes, {} were stranded, and the repair takes {}. Waiting for a person, it was {} without writes, and {} were stranded.",
            seconds(chosen.down()),
            writes(chosen.stranded_each()),
            hours_of(chosen.repair()),
            seconds(wait.down()),
            writes(wait.stranded_each()),
        ) + &self.nobody(chosen, wait)
    }

    /// Says so when at the end no primary answers anybody.
    fn nobody(&self, chosen: &Outcome, wait: &Outcome) -> String {
        let silent = |o: &Outcome| o.page_east(true).is_none() && o.page_west(true).is_none();
        let whose = match (silent(chosen), silent(wait)) {
            _ if self.trace.is_none() => return String::new(),
            (false, false) => return String::new(),
            (true, true) => "in both",
            (true, false) => "with your waits",
            (false, true) => "when waiting",
        };
        format!(" At the end, {whose}, there is no primary to ask for a page.")
    }

    fn table(&self, chosen: &Outcome, wait: &Outcome) -> Table {
        let row = |name: &str, f: &dyn Fn(&Outcome) -> String| vec![name.to_owned(), f(chosen), f(wait)];
        Table {
            caption: "What each policy did over the whole run".into(),
            head: vec!["".into(), "your waits".into(), "wait for a person".into()],
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

impl Run for LabRun {
    fn advance(&mut self, events: u64) -> bool {
        let half = events.div_ceil(2);
        let more = [self.chosen.advance(half), self.wait.advance(half)];
        let running = more[0] || more[1];
        if !running && self.trace.is_none() {
            self.trace = Some(self.chosen.take_trace());
        }
        running
    }

    fn picture(&self, width: f64) -> Picture {
        let (chosen, wait) = (self.chosen.outcome(), self.wait.outcome());
        let end = self.setup.end + secs(1);
        let so_far = self.chosen.now().min(self.wait.now()).as_secs() / end.as_secs();
        let mut figures = vec![
            Figure {
                key: "histories",
                caption: "Who took writes, with your waits. Hatched: from the first write that only the East has until the East stops.".into(),
                svg: draw::histories(&self.chosen, &self.setup, "lab-08-histories", "your waits", width),
            },
            Figure {
                key: "waiting",
                caption: "The same, when everybody waits for a person.".into(),
                svg: draw::histories(&self.wait, &self.setup, "lab-08-waiting", "waiting for a person", width),
            },
        ];
        if let Some(trace) = &self.trace {
            figures.push(Figure {
                key: "decision",
                caption: "What databases and orchestrators (“orch.”) said around the decision, with your waits. A cross: the message was lost.".into(),
                svg: draw::decision(&self.chosen, trace, "lab-08-decision", width),
            });
        }
        Picture {
            done: if self.trace.is_some() { 1.0 } else { so_far.min(0.999) },
            summary: self.summary(&chosen, &wait),
            figures,
            facts: self.facts(&chosen, &wait),
            table: self.table(&chosen, &wait),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::checks;

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&FailoverLab, &[("freeze_after", "8")], 10_000);
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&FailoverLab, &[]);
    }
}
