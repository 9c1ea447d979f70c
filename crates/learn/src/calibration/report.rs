//! The result in words and plain characters.

use super::{Held, Part};
use crate::steps::Entry;
use crate::term::{Term, Tone};
use judge::calibration::{Calibration, Reading, SURE, expected, score};
use judge::worksheet::{Interval, Scale, Side};

/// Width of a bar in characters.
const BAR: usize = 40;

/// There is nothing to count yet.
pub(super) fn no_commit(term: &Term, entry: Option<&Entry>) -> String {
    let number = entry.map_or_else(|| "02".into(), Entry::number);
    let text = format!("Answer every question of a worksheet, then `cargo learn check {number}/predict` commits it.");
    format!(
        "No first commit yet, so there is nothing to count.\n\n{}",
        term.hang("", 0, &text)
    )
}

/// Everything that standard output gets.
pub(super) fn report(term: &Term, parts: &[Part], all: &Calibration) -> String {
    let mut out = table(term, parts, all);
    out += "\n";
    out += &bars(parts, all);
    let missed: Vec<String> = parts.iter().flat_map(|p| &p.held).filter_map(miss).collect();
    if !missed.is_empty() {
        out += "\n";
        out += &term.hang("  missed  ", 10, &missed.join(", "));
    }
    out += "\n";
    out += &term.hang("", 0, &meaning(all));
    out += &term.hang("", 0, &next(parts, all));
    out
}

/// A line a design, and one for all.
fn table(term: &Term, parts: &[Part], all: &Calibration) -> String {
    let together = "all together";
    let wide = parts
        .iter()
        .map(|p| p.entry.manifest.title.chars().count())
        .max()
        .unwrap_or(0);
    let wide = wide.max(together.len());
    let mut out = String::new();
    for p in parts {
        let (number, title) = (p.entry.number(), &p.entry.manifest.title);
        let mut line = match counts(&p.counted) {
            Some(counts) => counts,
            None => format!("not committed: cargo learn check {number}/predict"),
        };
        let (n, questions) = (p.counted.count, p.entry.manifest.questions.len());
        if n > 0 && n < questions {
            line += &format!("   {n} of {questions} count");
        }
        out += &term.beside(&format!("{number}  {title:<wide$}"), &line);
    }
    let counts = counts(all).unwrap_or_else(|| "nothing to count".into());
    let line = term.beside(&format!("    {together:<wide$}"), &counts);
    out += &format!("{}\n", term.tone(Tone::Strong, line.trim_end()));
    out + "\n  Aim: 90 % inside. A lower score is better.\n"
}

fn counts(c: &Calibration) -> Option<String> {
    let score = c.score()?;
    let inside = format!("{} of {} inside", c.inside(), c.count);
    Some(format!("{inside:<15}  score {score:>5.2}"))
}

/// The share inside as a bar for each design; the number stands behind it.
fn bars(parts: &[Part], all: &Calibration) -> String {
    let mut out = String::from("  share inside\n");
    let bar = |name: &str, share: f64| {
        let full = (share * BAR as f64).round() as usize;
        format!(
            "  {name:<3}  {}{}  {:.0} %\n",
            "#".repeat(full),
            ".".repeat(BAR - full),
            share * 100.0
        )
    };
    for p in parts {
        if let Some(share) = p.counted.share() {
            out += &bar(&p.entry.number(), share);
        }
    }
    if let Some(share) = all.share() {
        out += &bar("all", share);
    }
    let aim = (SURE * BAR as f64).round() as usize;
    out + &format!("       {}^ 90 %\n", " ".repeat(aim - 1))
}

fn miss(held: &Held) -> Option<String> {
    match held.side {
        Side::Inside => None,
        Side::Below => Some(format!("{} (the run gave less)", held.name)),
        Side::Above => Some(format!("{} (the run gave more)", held.name)),
    }
}

/// What the numbers mean.
fn meaning(all: &Calibration) -> String {
    let range = expected(all.count);
    let (least, most) = (range.start(), range.end());
    let inside = format!("{} of {} truths lie inside.", all.inside(), all.count);
    let chance = format!(
        "Someone whose 90 % means nine out of ten has {least} to {most} of {} inside, 19 times out of 20",
        all.count
    );
    let judged = match all.reading() {
        Reading::TooSure => format!("{chance}: you are surer than you should be."),
        Reading::TooWide => format!("{chance}: you are less sure than you could be."),
        Reading::Fits if all.count < 20 => {
            format!("{chance}: so few questions cannot tell you from them, nor from many others.")
        }
        Reading::Fits => format!("{chance}: your intervals fit that."),
    };
    let sides = match (all.below, all.above) {
        (0, 0) => String::new(),
        (below, above) => format!(
            " The run gave less than your interval {}, and more {}.",
            times(below),
            times(above)
        ),
    };
    let cost = |truth: f64| score(Interval { low: 5.0, high: 10.0 }, truth, Scale::Ratio);
    format!(
        "{inside} {judged}{sides} The score counts width and misses: an interval from 5 to 10 costs {:.2} when it holds and {:.2} when the truth is 20.",
        cost(7.0),
        cost(20.0)
    )
}

fn times(n: usize) -> String {
    match n {
        0 => "never".into(),
        1 => "once".into(),
        n => format!("{n} times"),
    }
}

/// What to do.
fn next(parts: &[Part], all: &Calibration) -> String {
    let how = match all.reading() {
        Reading::TooSure => "Next time widen each interval until a miss would surprise you",
        Reading::TooWide => "Next time narrow each interval until one in ten may miss",
        Reading::Fits => "Go on",
    };
    match parts.iter().find(|p| p.counted.count == 0) {
        Some(open) => format!(
            "{how}: `cargo learn check {}/predict` commits the next sheet.",
            open.entry.number()
        ),
        None => format!(
            "{how}: each design's debrief says what its numbers are made of, which is what the next guess needs."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inside: usize, below: usize, above: usize) -> Calibration {
        let mut c = Calibration::default();
        let truths = [(1.5, inside), (0.5, below), (4.0, above)];
        for truth in truths.iter().flat_map(|(t, n)| std::iter::repeat_n(*t, *n)) {
            c.add(Interval { low: 1.0, high: 2.0 }, truth, Scale::Ratio).unwrap();
        }
        c
    }

    #[test]
    fn few_intervals_are_called_few_and_many_misses_too_sure() {
        assert!(
            meaning(&of(5, 0, 1)).contains("has 4 to 6 of 6 inside"),
            "{}",
            meaning(&of(5, 0, 1))
        );
        assert!(meaning(&of(5, 0, 1)).contains("so few"));
        assert!(meaning(&of(1, 2, 3)).contains("surer than you should be"));
        assert!(meaning(&of(1, 2, 3)).contains("less than your interval 2 times, and more 3 times"));
        assert!(meaning(&of(45, 2, 1)).contains("fit that"));
        assert!(meaning(&of(60, 0, 0)).contains("less sure than you could be"));
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_and_the_aim_stands_below_it() {
        let text = bars(&[], &of(3, 1, 0));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], format!("  all  {}{}  75 %", "#".repeat(30), ".".repeat(10)));
        assert_eq!(
            lines[2].find('^'),
            Some(7 + 35),
            "below the last character of nine tenths"
        );
    }
}
