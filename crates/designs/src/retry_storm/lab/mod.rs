//! The lab: two retry policies through the same trouble, on the same requests.

mod knobs;

use super::system::{SLICE, SystemRun, Totals, ratio};
use crate::lab::{Fact, Figure, Knob, Lab, Picture, Run, Table, snapped};
use figures::{About, Svg, TimeSeries, number};
use knobs::{KNOBS, TROUBLE_FROM, at, name, policy};
use sim::{Time, secs};

pub(super) use knobs::system;

/// The lab of design 04.
pub struct RetryLab;

impl Lab for RetryLab {
    fn title(&self) -> &'static str {
        "Try again, or not"
    }

    fn setup(&self) -> &'static str {
        "Ten processes call a dependency that can finish 500 tries a second. From second 10 on it has trouble for a while. Two retry policies meet the same requests, and every try would take the same work under both."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let system = system(&value);
        let side =
            |which: f64| Side { name: name(which), run: SystemRun::new(&system, &mut || policy(which, &value), seed) };
        Box::new(LabRun {
            sides: [side(value[at::POLICY]), side(value[at::AGAINST])],
            running: true,
            from: if system.trouble.is_some() {
                TROUBLE_FROM
            } else {
                secs(5)
            },
            over: system.trouble.map_or(secs(5), |t| t.end()),
            trouble: system.trouble.is_some(),
            end: system.end,
            rate: system.rate,
            capacity: system.capacity(),
        })
    }
}

/// One policy and its run.
struct Side {
    name: &'static str,
    run: SystemRun,
}

struct LabRun {
    sides: [Side; 2],
    running: bool,
    /// Begin of what is reported on: of the trouble, or of the sixth second where there is none.
    from: Time,
    /// End of the trouble.
    over: Time,
    trouble: bool,
    end: Time,
    rate: f64,
    capacity: f64,
}

/// What is reported about one policy.
struct Report {
    totals: Totals,
    /// When every later window is well, counted from the trouble's end.
    well: Option<Time>,
    served: f64,
}

impl LabRun {
    /// How far both runs have come; whole seconds, as only these can be compared.
    fn so_far(&self) -> Time {
        let now = self.sides.iter().map(|s| s.run.now()).min().unwrap_or(Time::ZERO);
        (SLICE * (now.as_ns() / SLICE.as_ns())).min(self.end)
    }

    /// The first whole second after the trouble.
    fn calm(&self) -> Time {
        SLICE * self.over.as_ns().div_ceil(SLICE.as_ns())
    }

    fn report(&self, side: &Side) -> Report {
        let totals = side.run.totals();
        let until = self.so_far();
        Report {
            well: totals.well_after(self.calm(), until),
            served: totals.success(self.from, until),
            totals,
        }
    }

    fn facts(&self, reports: &[Report; 2]) -> Vec<Fact> {
        let mut facts = Vec::new();
        let (calm, until) = (self.calm(), self.so_far());
        for (key, side, report) in [
            ("chosen", &self.sides[0], &reports[0]),
            ("other", &self.sides[1], &reports[1]),
        ] {
            let t = &report.totals;
            let all = t.span(self.from, until);
            let mut fact = |what: &str, label: &str, value: f64, unit, digits| {
                facts.push(Fact::new(
                    &format!("{what}_{key}"),
                    &format!("{label}, {}", side.name),
                    value,
                    unit,
                    digits,
                ));
            };
            fact(
                "served",
                "Users served from the trouble's begin to the end",
                report.served * 100.0,
                "%",
                1,
            );
            let well = report.well.unwrap_or(until - calm);
            let label = if report.well.is_some() {
                "Users well again after the trouble's end"
            } else {
                "Users still not well after the trouble's end"
            };
            fact("well", label, well.as_secs(), "s", 0);
            let last = t.span(calm - secs(5), calm);
            let label = "Tries sent a second in the trouble's last 5 s";
            fact("tries_at_end", label, last.tries() as f64 / 5.0, "per s", 0);
            let peak = t.peak_tries(self.from, until);
            fact("peak", "Most tries a request in any 5 s", peak, "", 2);
            let extra = 100.0 * ratio(all.retries, all.requests);
            fact("extra", "Retries for every 100 requests", extra, "", 1);
            let late = t.span(calm + secs(60), calm + secs(65));
            let label = "Of 1,000 tries finished one minute after the trouble, still waited for";
            fact("useful", label, 1_000.0 * ratio(late.useful, late.served), "", 0);
            let first = t.span(calm, calm + SLICE);
            let wait = ratio(first.waits_us, first.begun) / 1e6;
            fact(
                "wait",
                "Wait for work of a try that arrives right after the trouble",
                wait,
                "s",
                1,
            );
            let good = 100.0 * ratio(all.good_held_back, all.good);
            fact(
                "held_back",
                "Requests for healthy shards held back by the processes",
                good,
                "%",
                1,
            );
            let full = 100.0 * ratio(all.queue_full, all.tries());
            fact("refused", "Tries refused by a full queue", full, "%", 1);
            for (q, p) in [(0.5, "p50"), (0.99, "p99")] {
                let time = t.users.quantile(q).as_ms();
                fact(p, &format!("{p} of the users who were served"), time, "ms", 0);
            }
        }
        facts
    }

    fn verdict(&self, side: &Side, report: &Report) -> String {
        let served = number(report.served * 100.0, 1, "%");
        match report.well {
            _ if !self.trouble => format!("With {}, {served} of the users were served.", side.name),
            Some(Time::ZERO) => format!(
                "With {}, users are well again as soon as the trouble ends; {served} were served from its begin on.",
                side.name
            ),
            Some(well) => format!(
                "With {}, users are well again {} after the trouble's end; {served} were served from its begin on.",
                side.name,
                number(well.as_secs(), 0, "s")
            ),
            None => format!(
                "With {}, users are still not well {} after the trouble's end; {served} were served from its begin on.",
                side.name,
                number((self.so_far() - self.calm()).as_secs(), 0, "s")
            ),
        }
    }

    fn summary(&self, reports: &[Report; 2]) -> String {
        if self.so_far() < self.calm() + secs(5) {
            return "The trouble is not over yet.".into();
        }
        let [a, b] = [0, 1].map(|i| self.verdict(&self.sides[i], &reports[i]));
        if self.sides[0].name == self.sides[1].name {
            a
        } else {
            format!("{a} {b}")
        }
    }

    /// A quantity second by second under both policies.
    fn over_time(
        &self,
        about: About,
        quantity: &str,
        reports: &[Report; 2],
        of: fn(&super::system::Slice) -> u64,
    ) -> TimeSeries {
        let seconds = (self.so_far().as_ns() / SLICE.as_ns()) as usize;
        let mut figure = TimeSeries::new(about, quantity, "per s");
        for (side, report) in self.sides.iter().zip(reports) {
            let points = report.totals.slices.iter().take(seconds).enumerate();
            figure = figure.line(side.name, points.map(|(i, s)| (i as f64 + 0.5, of(s) as f64)));
        }
        if self.trouble {
            figure = figure.shade(self.from.as_secs(), self.over.as_secs(), "trouble");
        }
        figure
    }

    fn useful(&self, reports: &[Report; 2], width: f64) -> Svg {
        let about = About::new(
            "lab-04-useful",
            "Answers that a process still waited for, second by second, under both policies",
            self.summary(reports),
        );
        self.over_time(about, "answers in time", reports, |s| s.useful)
            .range(0.0, self.capacity.max(self.rate) * 1.3)
            .draw(width)
    }

    fn sent(&self, reports: &[Report; 2], width: f64) -> Svg {
        let most = reports.iter().flat_map(|r| &r.totals.slices).map(|s| s.tries()).max();
        let about = About::new(
            "lab-04-sent",
            "Tries sent to the dependency, second by second, under both policies",
            "One line a policy: first tries and retries together. Above the line of the capacity the queue grows.",
        );
        self.over_time(about, "tries sent", reports, super::system::Slice::tries)
            .limit("capacity", self.capacity)
            .range(0.0, (most.unwrap_or(0) as f64).max(self.capacity) * 1.2)
            .draw(width)
    }

    fn table(&self, reports: &[Report; 2]) -> Table {
        let until = self.so_far();
        let row = |label: &str, f: &dyn Fn(&Report) -> String| vec![label.to_owned(), f(&reports[0]), f(&reports[1])];
        let count = |f: fn(&super::system::Slice) -> u64| {
            move |r: &Report| number(f(&r.totals.span(self.from, until)) as f64, 0, "")
        };
        Table {
            caption: "From the trouble's begin to the end".into(),
            head: vec!["".into(), self.sides[0].name.into(), self.sides[1].name.into()],
            rows: vec![
                row("requests", &count(|s| s.requests)),
                row("users served", &|r| number(r.served * 100.0, 1, "%")),
                row("well again after", &|r| {
                    r.well
                        .map_or_else(|| "not by the end".into(), |t| number(t.as_secs(), 0, "s"))
                }),
                row("tries sent", &count(super::system::Slice::tries)),
                row("tries finished by the dependency", &count(|s| s.served)),
                row("answers in time", &count(|s| s.useful)),
                row("tries refused by a full queue", &count(|s| s.queue_full)),
                row("requests held back by the processes", &count(|s| s.held_back)),
                row("99 of 100 served users within", &|r| {
                    number(r.totals.users.quantile(0.99).as_ms(), 0, "ms")
                }),
            ],
        }
    }
}

impl Run for LabRun {
    fn advance(&mut self, events: u64) -> bool {
        let half = events.div_ceil(2);
        self.running = false;
        for side in &mut self.sides {
            self.running |= side.run.advance(half);
        }
        self.running
    }

    fn picture(&self, width: f64) -> Picture {
        let reports = [0, 1].map(|i| self.report(&self.sides[i]));
        let so_far = self.so_far().as_secs() / self.end.as_secs();
        Picture {
            done: if self.running { so_far.min(0.999) } else { 1.0 },
            summary: self.summary(&reports),
            figures: vec![
                Figure {
                    key: "useful",
                    caption:
                        "Answers that came while their process still waited: what users get out of the dependency."
                            .into(),
                    svg: self.useful(&reports, width),
                },
                Figure {
                    key: "sent",
                    caption: "Tries sent, first ones and retries: what the dependency is asked to do.".into(),
                    svg: self.sent(&reports, width),
                },
            ],
            facts: self.facts(&reports),
            table: self.table(&reports),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::checks;

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&RetryLab, &[("run_lasts", "40"), ("stall_lasts", "2.5")], 20_000);
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&RetryLab, &[("requests_per_second", "20")]);
    }
}
