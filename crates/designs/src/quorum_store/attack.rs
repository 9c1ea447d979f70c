//! Step `attack`: delays and losses with which no order explains one write and the two reads that one client does one after the other.

use super::FOLDER;
use super::system::TIME_OUT;
use super::timeline::{self, COPIES, FIRST_READ, LOST, Mending, Schedule, Told, USUAL, Way};
use crate::lab::{Drawn, Fact, Table, View};
use crate::manifest::Axis;
use crate::replay::{self, EVENTS};
use figures::{About, SpaceTime, Span, number};
use judge::attack::Attempt;
use judge::replay::Lab;
use judge::verdict::{Kind, Place, Verdict};
use sim::{Time, ms, secs};
use std::panic::Location;

/// What becomes of the messages of one write and two reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attack {
    /// The write on its way to copy 1, 2 and 3.
    pub write: [Way; COPIES],
    /// The replies of copy 1, 2 and 3 to the first read.
    pub first: [Way; COPIES],
    /// From the answer of the first read to the beginning of the second: at most 500 ms.
    pub pause: Time,
    /// The replies of copy 1, 2 and 3 to the second read.
    pub second: [Way; COPIES],
    /// How far the writer's clock lags behind the clock that stamped the old value: at most 10 s. An attack that counts leaves it at 0.
    pub clock_behind: Time,
}

/// Messages that may be lost.
const MOST_LOST: usize = 3;
/// The longest delay of a message, and the longest pause.
const LONGEST: Time = ms(500);

#[derive(Clone)]
struct Shown {
    attack: Attack,
    /// Without the attack, and under it: the store that mends afterwards, and the one that mends first.
    quiet: [Told; 2],
    struck: [Told; 2],
    /// Under the attack: a store that never mends.
    unmended: Told,
}

/// An attack under judgement.
pub struct Judged(Attempt<Shown>);

/// Runs the attack against a store whose reads mend after they have answered, and one whose reads mend before.
#[track_caller]
pub fn strike(answer: fn() -> Attack) -> Judged {
    let place = Place::of(Location::caller());
    let attempt = Attempt::by(FOLDER, 1, place, move || {
        let attack = answer();
        bounds(&attack)?;
        let usual = [timeline::after(USUAL); COPIES];
        let calm = Attack { write: usual, first: usual, second: usual, clock_behind: Time::ZERO, ..attack };
        let unmended = timeline::run(&schedule(&attack), Mending::Not);
        Ok(Shown { attack, quiet: both(&calm), struck: both(&attack), unmended })
    });
    let lab = Lab { knobs: None, otherwise: "The lab draws its delays; here you gave them.".into() };
    attempt.replay(|_| lab, |shown, _| draw(&shown.struck));
    Judged(attempt)
}

pub(super) fn schedule(attack: &Attack) -> Schedule {
    let Attack { write, first, pause, second, clock_behind } = *attack;
    Schedule { write, first, pause, second, clock_behind }
}

fn both(attack: &Attack) -> [Told; 2] {
    let schedule = schedule(attack);
    [Mending::Afterwards, Mending::First].map(|mending| timeline::run(&schedule, mending))
}

fn bounds(attack: &Attack) -> Result<(), String> {
    for (name, ways) in [
        ("write", attack.write),
        ("first", attack.first),
        ("second", attack.second),
    ] {
        for way in ways {
            if let Way::After(delay) = way
                && delay > LONGEST
            {
                return Err(format!("{name}: a delay of {delay}; it is at most {LONGEST}"));
            }
        }
    }
    if attack.pause > LONGEST {
        return Err(format!("pause: {}; it is at most {LONGEST}", attack.pause));
    }
    if attack.clock_behind > secs(10) {
        return Err(format!("clock_behind: {}; it is at most 10 s", attack.clock_behind));
    }
    Ok(())
}

fn lost(attack: &Attack) -> usize {
    let all = attack.write.iter().chain(&attack.first).chain(&attack.second);
    all.filter(|way| **way == LOST).count()
}

impl Judged {
    /// Passes when what was seen has no order in the store that mends afterwards, and only there, and only under the attack.
    ///
    /// # Panics
    /// When the attack does not do that: that is how a test fails.
    #[track_caller]
    pub fn only_the_store_that_mends_afterwards_loses_its_order(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let shown = match self.0.shown() {
            Ok(shown) => shown,
            Err(verdict) => return *verdict,
        };
        let [plain, mending] = &shown.struck;
        let lost = lost(&shown.attack);
        let outside = shown.attack.clock_behind > Time::ZERO || lost > MOST_LOST;
        let calm = shown.quiet.iter().all(|t| t.holds && t.answered());
        if calm && !outside && plain.answered() && !plain.holds && mending.holds {
            return self.0.holds();
        }
        let mut v = self.0.fails();
        v.observed = format!(
            "{}; {}",
            words("the store that mends afterwards", plain),
            words("the one that mends first", mending)
        );
        explain(&mut v, shown, lost);
        v
    }
}

fn words(who: &str, told: &Told) -> String {
    let read = |i: usize| match told.reads[i].answer {
        Some(_) if told.saw_new(i) => "the new value",
        Some(_) => "the old value",
        None => "nothing",
    };
    format!("from {who} the first read got {} and the second {}", read(0), read(1))
}

/// Why the attack does not count, or the store kept its promise.
fn explain(v: &mut Verdict, shown: &Shown, lost: usize) {
    let Shown { attack, struck: [plain, _], unmended, .. } = shown;
    let belief = |v: &mut Verdict, key: &str| {
        v.kind = Kind::Belief;
        v.belief = Some(key.into());
    };
    let second_asks = plain.reads[1].begun + USUAL;
    if attack.clock_behind > Time::ZERO {
        belief(v, "clocks_are_to_blame");
        v.assumes = "order goes wrong where clocks do".into();
        v.instead = "that is outside the model: you removed the premise that stamps have an order".into();
        v.ask = "can you do it with only delay and loss?".into();
    } else if lost > MOST_LOST {
        belief(v, "one_failure_more");
        v.assumes = "the more is lost, the more goes wrong".into();
        v.instead = format!(
            "that is outside the model: you removed the premise that at most three messages are lost; you lost {lost}"
        );
        v.ask = "which of your losses could be a delay as well?".into();
    } else if !plain.answered() {
        v.assumes = "an answer for a silence".into();
        v.instead = "a read that is not answered shows nobody anything".into();
        v.ask = "which two replies does each read need, and when are they there?".into();
    } else if plain.holds && !unmended.holds {
        belief(v, "mends_are_never_in_time");
        v.assumes = "what is mended after an answer is mended too late for the next read".into();
        let there = plain.reads[0]
            .mended
            .iter()
            .flatten()
            .max()
            .copied()
            .unwrap_or(Time::MAX);
        v.instead = format!(
            "the mends of the first read were there after {there}, and the second read asked after {second_asks}: it found the new value"
        );
        v.ask = "when does the first read mend, and what does it wait for until then?".into();
    } else if plain.stored_by(FIRST_READ + USUAL) >= timeline::QUORUM {
        belief(v, "slow_answers_turn_time_round");
        v.assumes = "slow replies are enough to turn the order round".into();
        v.instead =
            "two copies had the new value before anybody read: whichever two replies came first, one of them had it"
                .into();
        v.ask = "at how many copies may the write have arrived when the second read asks?".into();
    } else if plain.stored_by(second_asks) == 0 {
        belief(v, "a_failed_write_leaves_nothing");
        v.assumes = "a write either stands or leaves nothing behind".into();
        v.instead = "no copy had the new value while anybody read, so nobody could see it first".into();
        v.ask = "what does a write leave that has reached one copy, and who may see it?".into();
    } else {
        v.assumes = "effort for an order that nobody can object to".into();
        v.instead = format!("{}; what both reads showed has an order", reached(plain, second_asks));
        v.ask = "which two copies does each read hear of first, and what does each of them have?".into();
    }
}

/// What the write and the mends of the first read had reached when the second read asked.
fn reached(told: &Told, second_asks: Time) -> String {
    let write = format!(
        "when the second read asked, the write had reached {} of the three copies",
        told.stored_by(second_asks)
    );
    match told.mended_by(second_asks) {
        0 => format!("{write} and no mend of the first read another one"),
        mended => format!("{write} and mends of the first read {mended} more"),
    }
}

const NAMES: [&str; 2] = ["mends afterwards", "mends first"];
const LANES: [&str; 5] = ["writer", "copy 1", "copy 2", "copy 3", "reader"];
const WRITER: usize = 0;
const READER: usize = 4;

/// Who sent what to whom, in one of the stores.
pub(super) fn diagram(id: &str, told: &Told, attack: &Attack, who: &str) -> SpaceTime {
    let about = About::new(
        id,
        format!("One write and two reads, in the store that {who}"),
        format!("{}.", words(&format!("the store that {who}"), told)),
    );
    let value = |v: u32| if v == 0 { "old" } else { "new" };
    let mut figure = SpaceTime::new(about, &LANES);
    for copy in 0..COPIES {
        let lost = attack.write[copy] == LOST;
        let arrived = told.stored[copy].filter(|_| !lost);
        figure = figure.message(WRITER, 0.0, copy + 1, arrived.map(Time::as_secs), "write");
    }
    for (i, read) in told.reads.iter().enumerate() {
        if read.begun == Time::MAX {
            continue;
        }
        let asked = read.begun + USUAL;
        let end = read.answer.map_or(read.begun + USUAL * 4, |a| a.0);
        let label = format!("read {}", i + 1);
        figure = figure.span(READER, read.begun.as_secs(), end.as_secs(), Span::Other, label);
        for (copy, (there, had)) in read.replies.iter().enumerate() {
            figure = figure.message(READER, read.begun.as_secs(), copy + 1, Some(asked.as_secs()), "");
            figure = figure.message(copy + 1, asked.as_secs(), READER, there.map(Time::as_secs), value(*had));
        }
        for (copy, mended) in read.mended.iter().enumerate() {
            if let Some(at) = mended {
                let sent = *at - USUAL;
                figure = figure.message(READER, sent.as_secs(), copy + 1, Some(at.as_secs()), "mend");
            }
        }
        if let Some((at, v)) = read.answer {
            figure = figure.mark(READER, at.as_secs(), value(v));
        }
    }
    figure
}

/// Both stores under the attack.
fn draw(told: &[Told; 2]) -> replay::Shown {
    // What was lost is known from what never arrived.
    let way = |t: Option<Time>| t.map_or(LOST, timeline::after);
    let attack = Attack {
        write: told[0].stored.map(way),
        first: [LOST; COPIES],
        pause: Time::ZERO,
        second: [LOST; COPIES],
        clock_behind: Time::ZERO,
    };
    let mut facts = Vec::new();
    for (side, t) in told.iter().enumerate() {
        for (i, what) in [(0, "The first read took"), (1, "The second read took")] {
            let read = &t.reads[i];
            let took = read.answer.map_or(TIME_OUT, |a| a.0 - read.begun);
            let label = format!("{what}, {}", NAMES[side]);
            facts.push(Fact::new(&format!("read{i}_{side}"), &label, took.as_ms(), "ms", 0).on(
                Axis::Performance,
                what,
                side,
            ));
        }
    }
    let answer = |t: &Told, i: usize| match t.reads[i].answer {
        Some(_) if t.saw_new(i) => "new".to_owned(),
        Some(_) => "old".to_owned(),
        None => "no answer".to_owned(),
    };
    let row = |what: &str, of: &dyn Fn(&Told) -> String| vec![what.to_owned(), of(&told[0]), of(&told[1])];
    let view = View {
        summary: format!(
            "{}; {}.",
            words("the store that mends afterwards", &told[0]),
            words("the one that mends first", &told[1])
        ),
        drawn: vec![
            Drawn::new(
                EVENTS,
                "One write and two reads, in the store that mends after it has answered.",
                diagram("replay-07-plain", &told[0], &attack, "mends afterwards"),
            ),
            Drawn::new(
                "mending",
                "The same, in the store that mends before it answers.",
                diagram("replay-07-mending", &told[1], &attack, "mends first"),
            ),
        ],
        facts,
        table: Table {
            caption: "What each of the reads got".into(),
            head: vec![String::new(), NAMES[0].into(), NAMES[1].into()],
            rows: vec![
                row("first read", &|t| answer(t, 0)),
                row("second read", &|t| answer(t, 1)),
                row("copies that the write had reached when the second read asked", &|t| {
                    number(t.stored_by(t.reads[1].begun + USUAL) as f64, 0, "")
                }),
                row("further copies that the first read's mends had reached then", &|t| {
                    number(t.mended_by(t.reads[1].begun + USUAL) as f64, 0, "")
                }),
                row("the first read's mends arrived after", &|t| {
                    let there = t.reads[0].mended.iter().flatten().max();
                    there.map_or("never".into(), |at| number(at.as_ms(), 0, "ms"))
                }),
                row("the write was answered after", &|t| {
                    t.written.map_or("never".into(), |at| number(at.as_ms(), 0, "ms"))
                }),
            ],
        },
    };
    replay::shown(&view, NAMES, NAMES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::checks;

    #[test]
    fn an_attack_can_be_replayed() {
        let a = timeline::after(ms(1));
        let attack = Attack {
            write: [a, LOST, LOST],
            first: [a; 3],
            pause: ms(1),
            second: [LOST, a, a],
            clock_behind: Time::ZERO,
        };
        checks::is_whole(&draw(&both(&attack)));
    }

    #[test]
    fn a_verdict_counts_what_the_mends_had_reached() {
        let a = timeline::after(ms(2));
        let attack = |pause| Attack {
            write: [timeline::after(ms(5)), LOST, LOST],
            first: [a; 3],
            pause,
            second: [a; 3],
            clock_behind: Time::ZERO,
        };
        let instead = |pause| {
            let [plain, _] = both(&attack(pause));
            reached(&plain, plain.reads[1].begun + USUAL)
        };
        // The replies are there after 10 + 1 + 2 ms, the mends a millisecond later.
        assert!(instead(ms(20)).ends_with("reached 1 of the three copies and mends of the first read 2 more"));
        assert!(
            instead(ms(0)).ends_with("and mends of the first read 2 more"),
            "asked in the same moment"
        );
        let unheard = Attack { first: [a, a, LOST], ..attack(ms(20)) };
        let [plain, _] = both(&unheard);
        assert!(reached(&plain, plain.reads[1].begun + USUAL).ends_with("and no mend of the first read another one"));
    }
}
