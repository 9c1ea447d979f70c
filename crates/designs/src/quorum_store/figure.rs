//! Still figures of the chapter: the store, and, for the debrief, what the simulator gave (seed 7, as in the facts).

use super::attack::{Attack, diagram, schedule};
use super::lab::StoreLab;
use super::timeline::{self, LOST, Mending, after};
use crate::lab::{SEED, facts_of};
use figures::{About, Architecture, Arrow, Drawing, Place, Scatter, TimeSeries};
use sim::{Time, ms};
use std::sync::OnceLock;

/// A still figure by name, arranged for a width.
pub fn figure(name: &str, width: f64) -> Option<Box<dyn Drawing>> {
    match name {
        "architecture" => Some(Box::new(architecture(width))),
        "settings" => Some(Box::new(settings())),
        "waiting" => Some(Box::new(waiting())),
        "order" => Some(Box::new(order("design-07-order", Mending::Afterwards))),
        "mended" => Some(Box::new(order("design-07-mended", Mending::First))),
        _ => None,
    }
}

fn architecture(width: f64) -> Architecture {
    let about = About::new(
        "design-07-architecture",
        "Three zones, three fronts, three copies",
        "The shop's pages ask a front in any of three zones. A front sends every read and every write to all three copies, one in each zone, and awaits two answers.",
    );
    if width < 520.0 {
        return Architecture::new(about, 3.0, 4.0)
            .part(
                "shop",
                "shop pages",
                "3,000 reads/s, 1,000 writes/s",
                Place::at(0.0, 0.0).span(3.0, 1.0),
            )
            .part("front", "a front", "in any zone", Place::at(0.0, 1.0).span(3.0, 1.0))
            .note("to all, awaits two", Place::at(0.0, 2.0).span(3.0, 1.0))
            .part("c1", "copy 1", "zone 1", Place::at(0.0, 3.0))
            .part("c2", "copy 2", "zone 2", Place::at(1.0, 3.0))
            .part("c3", "copy 3", "zone 3", Place::at(2.0, 3.0))
            .arrow(Arrow::new("shop", "front"))
            .arrow(Arrow::new("front", "c1"))
            .arrow(Arrow::new("front", "c2"))
            .arrow(Arrow::new("front", "c3"));
    }
    Architecture::new(about, 4.0, 3.0)
        .gaps(44.0, 16.0)
        .part("shop", "shop pages", "4,000 requests/s", Place::at(0.0, 1.0))
        .part("front", "a front", "in any zone", Place::at(1.0, 1.0))
        .note("to all three, awaits two answers", Place::at(1.0, 2.0))
        .part("c1", "copy 1", "zone 1", Place::at(3.0, 0.0))
        .part("c2", "copy 2", "zone 2", Place::at(3.0, 1.0))
        .part("c3", "copy 3", "zone 3", Place::at(3.0, 2.0))
        .arrow(Arrow::new("shop", "front"))
        .arrow(Arrow::new("front", "c1"))
        .arrow(Arrow::new("front", "c2"))
        .arrow(Arrow::new("front", "c3"))
}

type Settings = Vec<(u32, u32, f64, f64)>;

/// R, W, what a write and a read wait for together, and the stale reads 10 ms later.
fn settings() -> Scatter {
    static RUNS: OnceLock<Settings> = OnceLock::new();
    let all = RUNS.get_or_init(|| {
        let mut all = Vec::new();
        for read in 1..=3_u32 {
            for write in 1..=3_u32 {
                let (r, w) = (read.to_string(), write.to_string());
                let facts = facts_of(&StoreLab, &[("read", &r), ("write", &w), ("read_after", "10")]);
                let of = |key: &str| facts[key].value;
                all.push((
                    read,
                    write,
                    of("write_p999_chosen") + of("read_p999_chosen"),
                    of("stale_chosen"),
                ));
            }
        }
        debug_assert_eq!(SEED, 7, "the captions say so");
        all
    });
    let about = About::new(
        "design-07-settings",
        "Stale reads of a page against waiting, all nine settings of three copies",
        "With R and W of 1 about 7 % of the reads are stale; with R = 2 and W = 1 fewer than 1 %, at hardly more waiting. Settings with W = 3 wait for more than 100 ms.",
    );
    let mut figure = Scatter::new(
        about,
        ("p99.9 of a write and of a read, added", "ms"),
        ("stale after 10 ms", "%"),
    )
    .log();
    for (read, write, waiting, stale) in all {
        let name = format!("R{read} W{write}");
        figure = match (read, write) {
            (2, 1) => figure.marked(name, (*waiting, *stale), 0),
            (2, 2) => figure.marked(name, (*waiting, *stale), 1),
            _ => figure.point(name, (*waiting, *stale)),
        };
    }
    figure
}

/// Stale reads over the wait, one answer and two.
fn waiting() -> TimeSeries {
    static RUNS: OnceLock<[Vec<(f64, f64)>; 2]> = OnceLock::new();
    let lines = RUNS.get_or_init(|| {
        let mut lines = [Vec::new(), Vec::new()];
        for wait in [0, 2, 5, 10, 15, 20, 30, 40] {
            let text = wait.to_string();
            let knobs = [("read_after", text.as_str()), ("other_read", "2"), ("other_write", "1")];
            let facts = facts_of(&StoreLab, &knobs);
            lines[0].push((f64::from(wait), facts["stale_chosen"].value));
            lines[1].push((f64::from(wait), facts["stale_other"].value));
        }
        lines
    });
    let about = About::new(
        "design-07-waiting",
        "Stale reads over the time since the write was answered, W = 1",
        "With one answer more than half of the reads are stale at once, and about one in a hundred after 20 ms. With two answers a quarter are stale at once, and hardly any after 10 ms.",
    );
    TimeSeries::new(about, "stale reads", "%")
        .line("R = 1", lines[0].iter().copied())
        .line("R = 2", lines[1].iter().copied())
        .across("read begins after, ms")
        .range(0.0, 60.0)
}

/// The schedule of the debrief: new and then old.
fn order(id: &str, mending: Mending) -> figures::SpaceTime {
    let quick = after(ms(1));
    let slow = after(ms(6));
    let attack = Attack {
        write: [quick, after(ms(30)), LOST],
        first: [quick, quick, slow],
        pause: ms(1),
        second: [slow, quick, quick],
        clock_behind: Time::ZERO,
    };
    let told = timeline::run(&schedule(&attack), mending);
    let who = if mending == Mending::First {
        "mends first"
    } else {
        "mends afterwards"
    };
    diagram(id, &told, &attack, who)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_figure_is_drawn_wide_and_narrow_and_told_as_a_table() {
        for name in ["architecture", "settings", "waiting", "order", "mended"] {
            for width in [320.0, 720.0] {
                let figure = super::figure(name, width).unwrap_or_else(|| panic!("no figure {name}"));
                assert!(figure.draw(width).0.starts_with("<svg"), "{name}");
                let head = figure.head();
                assert!(!figure.rows().is_empty(), "{name}");
                assert!(figure.rows().iter().all(|r| r.len() == head.len()), "{name}");
            }
        }
        assert!(super::figure("nothing", 320.0).is_none());
    }
}
