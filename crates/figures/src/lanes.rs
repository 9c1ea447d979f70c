//! What each of a few sites did, and when.

mod draw;

use crate::architecture::Tone;
use crate::canvas::About;
use crate::{Svg, moment};

#[derive(Clone, Debug)]
struct Bar {
    lane: usize,
    from: f64,
    to: f64,
    tone: Tone,
    label: String,
}

/// A timeline: a lane for each site with bars that say what it did, moments that concern them all, and hatched
/// stretches of time over all lanes, for example while two sites wrote different histories.
///
/// Bars differ by pattern and edge as well as by colour, and each carries its label, inside it or below it. Bars of one
/// lane that overlap stand one below the other. [`Lanes::rows`] has everything as text, for a table beside.
///
/// ```
/// use figures::{About, Lanes, Tone};
/// let about = About::new("split", "Two histories", "From 54 s to 97 s both coasts accept writes.");
/// let figure = Lanes::new(about)
///     .range(0.0, 200.0)
///     .lane("East")
///     .bar(0, 0.0, 97.0, Tone::A, "takes writes")
///     .bar(0, 97.0, 200.0, Tone::Fail, "frozen")
///     .lane("West")
///     .bar(1, 54.0, 200.0, Tone::B, "takes writes")
///     .shade(54.0, 97.0, "two histories")
///     .event(11.0, "the link fails");
/// assert_eq!(figure.rows()[1], ["11", "all", "the link fails"]);
/// assert_ne!(figure.draw(340.0), figure.draw(720.0));
/// ```
#[derive(Clone, Debug)]
pub struct Lanes {
    about: About,
    lanes: Vec<String>,
    bars: Vec<Bar>,
    shades: Vec<(f64, f64, String)>,
    events: Vec<(f64, String)>,
    range: Option<(f64, f64)>,
}

impl Lanes {
    /// A timeline without lanes yet.
    pub fn new(about: About) -> Self {
        Lanes {
            about,
            lanes: Vec::new(),
            bars: Vec::new(),
            shades: Vec::new(),
            events: Vec::new(),
            range: None,
        }
    }

    /// Adds a lane below the others; bars name it by its place among them, from 0.
    pub fn lane(mut self, name: impl Into<String>) -> Self {
        self.lanes.push(name.into());
        self
    }

    /// Adds a bar to a lane, in seconds.
    ///
    /// # Panics
    /// When there is no such lane yet.
    pub fn bar(mut self, lane: usize, from_s: f64, to_s: f64, tone: Tone, label: impl Into<String>) -> Self {
        assert!(lane < self.lanes.len(), "figure {} has no lane {lane}", self.about.id());
        if from_s.is_finite() && to_s > from_s {
            self.bars
                .push(Bar { lane, from: from_s, to: to_s, tone, label: label.into() });
        }
        self
    }

    /// Hatches a stretch of time over all lanes and names it below them.
    pub fn shade(mut self, from_s: f64, to_s: f64, label: impl Into<String>) -> Self {
        if from_s.is_finite() && to_s > from_s {
            self.shades.push((from_s, to_s, label.into()));
        }
        self
    }

    /// Marks a moment over all lanes and names it above them.
    pub fn event(mut self, at_s: f64, label: impl Into<String>) -> Self {
        if at_s.is_finite() {
            self.events.push((at_s, label.into()));
        }
        self
    }

    /// Shows this much time, in seconds; everything that was added, unless set. What reaches beyond is cut off there.
    pub fn range(mut self, from_s: f64, to_s: f64) -> Self {
        self.range = (from_s.is_finite() && to_s.is_finite() && to_s > from_s).then_some((from_s, to_s));
        self
    }

    /// The heads of the columns of [`Lanes::rows`].
    pub const HEAD: [&str; 3] = ["time, s", "where", "what"];

    /// What the range shows, in order of time: when, on which lane, and what.
    pub fn rows(&self) -> Vec<[String; 3]> {
        let (from, to) = self.shown();
        let stretch = |place: &str, a: f64, b: f64, label: &str| {
            let end = if b > to {
                "the end".to_string()
            } else {
                format!("{} s", moment(b))
            };
            let start = a.max(from);
            (
                start,
                [moment(start), place.to_string(), format!("{label} until {end}")],
            )
        };
        let mut rows: Vec<(f64, [String; 3])> = Vec::new();
        for b in self.bars.iter().filter(|b| b.to > from && b.from < to) {
            rows.push(stretch(&self.lanes[b.lane], b.from, b.to, &b.label));
        }
        for (a, b, label) in self.shades.iter().filter(|s| s.1 > from && s.0 < to) {
            rows.push(stretch("all", *a, *b, label));
        }
        for (at, label) in self.events.iter().filter(|e| e.0 >= from && e.0 <= to) {
            rows.push((*at, [moment(*at), "all".into(), label.clone()]));
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|r| r.1).collect()
    }

    /// The range, set or taken from the data.
    fn shown(&self) -> (f64, f64) {
        if let Some(range) = self.range {
            return range;
        }
        let times = || {
            let bars = self.bars.iter().flat_map(|b| [b.from, b.to]);
            let shades = self.shades.iter().flat_map(|s| [s.0, s.1]);
            bars.chain(shades)
                .chain(self.events.iter().map(|e| e.0))
                .filter(|t| t.is_finite())
        };
        let first = times().fold(f64::INFINITY, f64::min);
        let last = times().fold(f64::NEG_INFINITY, f64::max);
        if last > first {
            (first, last)
        } else if first.is_finite() {
            (first, first + 1.0)
        } else {
            (0.0, 1.0)
        }
    }

    /// Draws the figure.
    pub fn draw(&self, width: f64) -> Svg {
        draw::draw(self, width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> Lanes {
        Lanes::new(About::new("x", "t", "d"))
            .range(0.0, 100.0)
            .lane("East")
            .lane("West")
    }

    #[test]
    fn rows_are_in_order_of_time_and_end_with_the_range() {
        let figure = figure()
            .bar(1, 54.0, 300.0, Tone::B, "takes writes")
            .bar(0, -5.0, 54.0, Tone::A, "takes writes")
            .shade(40.0, 54.0, "two histories")
            .event(11.0, "the link fails")
            .event(101.0, "too late");
        let rows: Vec<String> = figure.rows().iter().map(|r| r.join(" | ")).collect();
        assert_eq!(
            rows,
            [
                "0 | East | takes writes until 54 s",
                "11 | all | the link fails",
                "40 | all | two histories until 54 s",
                "54 | West | takes writes until the end"
            ]
        );
    }

    #[test]
    fn every_bar_shows_its_label_however_short_it_is() {
        for to in [50.5, 90.0] {
            let svg = figure().bar(0, 50.0, to, Tone::Good, "takes writes").draw(340.0).0;
            assert!(svg.contains(">takes writes<"), "{svg}");
        }
        // Equal short bars need one label between them.
        let many = (0..20).fold(figure(), |f, i| {
            f.bar(0, f64::from(i) * 5.0, f64::from(i) * 5.0 + 1.0, Tone::Cost, "paused")
        });
        let labels = many.draw(340.0).0.matches(">paused<").count();
        assert!((1..20).contains(&labels), "{labels}");
    }

    #[test]
    fn bars_that_overlap_stand_one_below_the_other() {
        let tops = |second: f64| {
            let svg = figure()
                .bar(0, 0.0, 50.0, Tone::A, "takes writes")
                .bar(0, second, 80.0, Tone::Plain, "holds the lease")
                .draw(720.0)
                .0;
            let slabs = svg.lines().filter(|l| l.contains("f-slab"));
            let mut tops: Vec<String> = slabs
                .map(|l| l.split(" y=\"").nth(1).unwrap().split('"').next().unwrap().to_string())
                .collect();
            tops.dedup();
            tops.len()
        };
        assert_eq!((tops(20.0), tops(50.0)), (2, 1));
    }

    #[test]
    fn a_bar_is_as_long_as_its_time_and_cut_at_the_range() {
        let wide = |from: f64, to: f64| {
            let svg = figure().bar(1, from, to, Tone::Good, "").draw(720.0).0;
            let slab = svg.lines().find(|l| l.contains("f-slab")).unwrap().to_string();
            let value = slab.split(" width=\"").nth(1).unwrap();
            value.split('"').next().unwrap().parse::<f64>().unwrap()
        };
        assert!((wide(10.0, 50.0) - 4.0 * wide(60.0, 70.0)).abs() < 0.4);
        assert!((wide(80.0, 300.0) - 2.0 * wide(60.0, 70.0)).abs() < 0.4);
    }

    #[test]
    fn divergence_is_hatched_and_named() {
        let plain = figure().draw(720.0).0;
        let shaded = figure().shade(20.0, 40.0, "two histories").draw(720.0).0;
        assert!(!plain.contains("<path") && shaded.contains("<path class=\"f-apart\""));
        assert!(shaded.contains(">two histories<"));
    }

    #[test]
    #[should_panic(expected = "has no lane 2")]
    fn an_unknown_lane_is_refused() {
        let _ = figure().bar(2, 0.0, 1.0, Tone::Plain, "nowhere");
    }
}
