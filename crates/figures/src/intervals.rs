//! Several people's intervals side by side.

mod draw;

use crate::canvas::About;
use crate::{Svg, number, short};

/// An interval and whose it is.
#[derive(Clone, Debug)]
struct Row {
    label: String,
    low: f64,
    high: f64,
}

/// Intervals one below the other on one axis, logarithmic unless said otherwise, and optionally the truth as a line through them.
///
/// With a truth each row says by shape whether it holds it: a solid interval with a dot on the line, or a dashed one with a cross
/// on the line and a lead to it. More than 24 rows are drawn closer together. Intervals so far away that the others would shrink to
/// dots are shown by an arrow at the edge. [`Intervals::rows`] has everything as text, for a table beside.
///
/// ```
/// use figures::{About, Intervals};
/// let about = About::new("p90", "Users' p90", "Three people's 90 % intervals. Two of them overlap.");
/// let figure = Intervals::new(about, "ms").row("A", 40.0, 90.0).row("B", 60.0, 200.0).row("C", 500.0, 900.0);
/// assert_eq!(figure.rows()[2], ["C", "500\u{202f}ms", "900\u{202f}ms", ""]);
/// let revealed = figure.truth("the run", 63.0);
/// assert_eq!(revealed.rows()[2][3], "below");
/// ```
#[derive(Clone, Debug)]
pub struct Intervals {
    about: About,
    unit: String,
    linear: bool,
    rows: Vec<Row>,
    truth: Option<(String, f64)>,
    range: Option<(f64, f64)>,
}

/// Decades that a logarithmic axis shows at most.
const DECADES: f64 = 6.0;

impl Intervals {
    /// A figure without intervals yet, whose values have a unit. A unit that ends in “in” stands before its number: `1 in 20`.
    pub fn new(about: About, unit: impl Into<String>) -> Self {
        Intervals { about, unit: unit.into(), linear: false, rows: Vec::new(), truth: None, range: None }
    }

    /// Makes the axis linear, for shares.
    pub fn linear(mut self) -> Self {
        self.linear = true;
        self
    }

    /// Adds an interval below the others. What is no interval (an end that is not a positive number, or the larger one first)
    /// is left out.
    pub fn row(mut self, label: impl Into<String>, low: f64, high: f64) -> Self {
        if low > 0.0 && low <= high && high.is_finite() {
            self.rows.push(Row { label: label.into(), low, high });
        }
        self
    }

    /// Draws the truth as a line, named above the rows, and marks each row as holding it or not.
    pub fn truth(mut self, label: impl Into<String>, value: f64) -> Self {
        self.truth = (value.is_finite() && (value > 0.0 || self.linear)).then(|| (label.into(), value));
        self
    }

    /// Shows these values, so that figures can be compared; without it, what is needed. What reaches beyond becomes an arrow.
    pub fn range(mut self, low: f64, high: f64) -> Self {
        let begins = low > 0.0 || (self.linear && low == 0.0);
        self.range = (begins && high > low && high.is_finite()).then_some((low, high));
        self
    }

    /// A value as this figure prints it.
    pub fn amount(&self, value: f64) -> String {
        amount(value, &self.unit)
    }

    /// How many intervals there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The heads of the columns of [`Intervals::rows`].
    pub const HEAD: [&str; 4] = ["who", "from", "to", "the truth lies"];

    /// Every interval: whose, its two ends, and where the truth lies (below, inside, above; empty without a truth).
    pub fn rows(&self) -> Vec<[String; 4]> {
        let side = |row: &Row| match &self.truth {
            None => "",
            Some((_, truth)) if *truth < row.low => "below",
            Some((_, truth)) if *truth > row.high => "above",
            Some(_) => "inside",
        };
        self.rows
            .iter()
            .map(|r| {
                [
                    r.label.clone(),
                    amount(r.low, &self.unit),
                    amount(r.high, &self.unit),
                    side(r).into(),
                ]
            })
            .collect()
    }

    /// The values at the ends of the axis.
    pub fn shown(&self) -> (f64, f64) {
        if let Some(range) = self.range {
            return range;
        }
        let ends = || {
            self.rows
                .iter()
                .flat_map(|r| [r.low, r.high])
                .chain(self.truth.iter().map(|t| t.1))
        };
        let (low, high) = (ends().fold(f64::INFINITY, f64::min), ends().fold(0.0, f64::max));
        if self.linear {
            return (
                0.0,
                if high > 0.0 {
                    (high * 1.05).min(high.max(100.0))
                } else {
                    100.0
                },
            );
        }
        if !low.is_finite() || low <= 0.0 {
            return (1.0, 10.0);
        }
        let log = libm::log10;
        let (mut from, mut to) = (log(low) - 0.06, log(high) + 0.06);
        if to - from > DECADES {
            // The middle of the middles: one interval far away does not make all others unreadable.
            let mut middles: Vec<f64> = self.rows.iter().map(|r| (log(r.low) + log(r.high)) / 2.0).collect();
            middles.sort_by(f64::total_cmp);
            let centre = middles.get(middles.len() / 2).copied().unwrap_or(from);
            (from, to) = (from.max(centre - DECADES / 2.0), to.min(centre + DECADES / 2.0));
        }
        (libm::exp10(from), libm::exp10(to))
    }

    /// Draws the figure.
    pub fn draw(&self, width: f64) -> Svg {
        draw::draw(self, width)
    }
}

/// Does a unit stand before its number?
fn stands_before(unit: &str) -> bool {
    unit.ends_with(" in")
}

/// A value as the table prints it; very large and very small ones by their power of ten.
fn amount(value: f64, unit: &str) -> String {
    if stands_before(unit) {
        return format!("{unit} {}", amount(value, ""));
    }
    if (1e-3..1e9).contains(&value) {
        return short(value, unit);
    }
    let exponent = libm::floor(libm::log10(value));
    let space = if unit.is_empty() { "" } else { "\u{202f}" };
    let mantissa = number(value / libm::exp10(exponent), 1, "");
    format!("{mantissa} × 10^{exponent}{space}{unit}").replace("^-", "^−")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> Intervals {
        Intervals::new(About::new("x", "t", "d"), "ms")
    }

    fn count(svg: &Svg, what: &str) -> usize {
        svg.0.matches(what).count()
    }

    #[test]
    fn equal_factors_are_equally_long_and_equal_shares_on_a_linear_axis() {
        let wide = |svg: Svg| -> Vec<f64> {
            let bars = svg.0.lines().filter(|l| l.contains("\"f-bar "));
            let value = |l: &str| {
                l.split(" width=\"")
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
                    .parse()
                    .unwrap()
            };
            bars.map(value).collect()
        };
        let log = wide(
            figure()
                .row("A", 1.0, 10.0)
                .row("B", 100.0, 1000.0)
                .row("C", 5.0, 10.0)
                .draw(720.0),
        );
        assert!(
            (log[0] - log[1]).abs() < 0.3 && (log[2] / log[0] - libm::log10(2.0)).abs() < 0.01,
            "{log:?}"
        );
        let linear = wide(figure().linear().row("A", 10.0, 20.0).row("B", 60.0, 80.0).draw(720.0));
        assert!((2.0 * linear[0] - linear[1]).abs() < 0.3, "{linear:?}");
    }

    #[test]
    fn held_and_missed_differ_by_shape() {
        let rows = figure().row("A", 1.0, 10.0).row("B", 20.0, 30.0).row("C", 2.0, 3.0);
        let hidden = rows.draw(340.0);
        assert_eq!(
            (
                count(&hidden, "f-moment"),
                count(&hidden, "f-cross"),
                count(&hidden, "f-bar f-b")
            ),
            (0, 0, 0)
        );
        let told = rows.clone().truth("the run", 5.0).draw(340.0);
        // One dot and one cross (two strokes) more stand in the legend.
        assert_eq!((count(&told, "f-moment"), count(&told, "f-cross")), (2, 6));
        assert_eq!((count(&told, "f-bar f-a"), count(&told, "f-bar f-b")), (1, 2));
        assert!(told.0.contains(">the run 5\u{202f}ms<"));
        let sides: Vec<String> = rows.truth("the run", 5.0).rows().iter().map(|r| r[3].clone()).collect();
        assert_eq!(sides, ["inside", "below", "above"]);
    }

    #[test]
    fn what_is_no_interval_is_left_out() {
        let f = [
            (0.0, 5.0),
            (-1.0, 5.0),
            (6.0, 5.0),
            (f64::NAN, 1.0),
            (1.0, f64::INFINITY),
        ]
        .into_iter()
        .fold(figure(), |f, (low, high)| f.row("A", low, high));
        assert!(f.is_empty() && f.draw(340.0).0.contains("no intervals yet"));
        let f = f.truth("the run", 0.0).row("B", 1.0, 2.0);
        assert_eq!((f.len(), f.rows()[0][3].as_str()), (1, ""));
    }

    #[test]
    fn one_interval_far_away_becomes_an_arrow_and_the_others_stay_readable() {
        let near = (0..9).fold(figure(), |f, i| f.row("near", 10.0 + f64::from(i), 30.0));
        assert_eq!(count(&near.draw(720.0), "<polygon"), 0);
        let far = near
            .clone()
            .row("far", 1e300, 9e300)
            .row("near nothing", 1e-300, 9e-300);
        let (low, high) = far.shown();
        assert!(
            libm::log10(high / low) <= DECADES + 1e-9 && low < 10.0 && high > 30.0,
            "{low} {high}"
        );
        assert_eq!(count(&far.draw(720.0), "<polygon"), 2);
        assert_eq!(far.rows()[9][1], "1.0 × 10^300\u{202f}ms");
        assert_eq!(far.rows()[10][2], "9.0 × 10^−300\u{202f}ms");
    }

    #[test]
    fn a_unit_that_stands_before_or_is_too_long_for_ticks_stands_at_the_axis_once() {
        let of = |unit: &str| {
            let figure = Intervals::new(About::new("x", "t", "d"), unit);
            figure.row("A", 2.0, 50.0).truth("the run", 1.86)
        };
        let odds = of("1 in");
        assert_eq!(odds.rows()[0][1], "1 in 2");
        let svg = odds.draw(720.0).0;
        assert!(
            svg.contains(">the run 1 in 1.86<") && svg.contains(">1 in …<") && svg.contains(">10<"),
            "{svg}"
        );
        let long = "hours of repair by two people";
        let svg = of(long).draw(300.0).0;
        assert!(svg.contains(">10<") && svg.contains(&format!(">{long}<")), "{svg}");
        assert!(of("ms").draw(300.0).0.contains(">10\u{202f}ms<"));
    }

    #[test]
    fn many_rows_stand_closer() {
        let high = |rows: usize| {
            let f = (0..rows).fold(figure(), |f, i| f.row(format!("P{i}"), 1.0, 2.0 + i as f64));
            let svg = f.draw(720.0).0;
            let text = svg.split(" height=\"").nth(1).unwrap().split('"').next().unwrap();
            text.parse::<f64>().unwrap()
        };
        assert!(
            high(24) > high(25) && high(100) < 1500.0,
            "{} {} {}",
            high(24),
            high(25),
            high(100)
        );
    }

    #[test]
    fn a_long_or_hostile_label_is_cut_and_escaped() {
        let svg = figure()
            .row("<script>alert(1)</script> and a very long name", 1.0, 2.0)
            .draw(720.0)
            .0;
        assert!(!svg.contains("<script") && svg.contains("&lt;script"));
        let svg = figure().row("m".repeat(5000), 1.0, 2.0).draw(340.0).0;
        assert!(svg.contains("mmm…</text>") && svg.len() < 3000, "{svg}");
    }
}
