//! Accessible SVG figures in one visual language.
//!
//! Every figure has a title and a description, takes its colours from CSS variables only (so that it follows the page's
//! theme), tells series apart by shape and label as well as colour, and keeps its text at 11 px or more by being drawn
//! for the width it is shown at.
//!
//! | figure | shows |
//! |---|---|
//! | [`Architecture`] | boxes, groups and arrows on a grid; one arrangement for a wide page, one for a phone |
//! | [`Distribution`] | one or two latency distributions: histogram strips with percentiles, and the share of answers over time |
//! | [`TimeSeries`] | one to three lines over time, with a shaded interval and a limit |
//! | [`Bars`] | a few amounts against a limit |
//! | [`Columns`] | an amount for each of many alike, one strip a series |
//! | [`Intervals`] | several people's intervals on one axis, with or without the truth |
//! | [`Scatter`] | one result against another, a point for each setting, two of them marked |
//! | [`SpaceTime`] | messages between parts over time, with lost ones, pauses and marks |
//! | [`Heatmap`] | one result over two settings, as a grid from pale to strong |
//! | [`Lanes`] | what each of a few sites did and when, with the time in which they diverged |
//!
//! Each is built from an [`About`] (id, title, description) and drawn with `draw(width)`, the width in CSS pixels.
//! The page must hold [`CSS`] and the variables that it names (`--paper --panel --rule --ink --ink-2 --a --b --cost --perf
//! --fail --good`, for heat maps `--heat-low --heat-high`, and `--font-ui`); nothing else in a page is touched, since every rule is below the class `fig`.
//!
//! ```
//! use figures::{About, Bars};
//! let about = About::new("extra-work", "Extra requests sent", "Hedging sends 5.6 % more requests; the limit is 8 %.");
//! let svg = Bars::new(about, "%").bar("no hedge", 0.0).bar("hedge", 5.6).limit("limit", 8.0).draw(320.0);
//! assert!(svg.0.contains("<title id=\"extra-work-320-title\">"));
//! ```

mod architecture;
mod bars;
mod canvas;
#[cfg(test)]
mod checks;
mod columns;
mod curves;
mod distribution;
mod drawing;
mod flags;
mod heatmap;
mod intervals;
mod labels;
mod lanes;
mod placer;
mod scale;
mod scatter;
mod spacetime;
mod text;
mod timeseries;

pub use architecture::{Architecture, Arrow, Place, Side, Tone};
pub use bars::Bars;
pub use canvas::{About, Anchor, Canvas, Strokes};
pub use columns::Columns;
pub use distribution::{Axis, Bucket, Distribution, Series, View};
pub use drawing::Drawing;
pub use heatmap::{Cell, Heatmap};
pub use intervals::Intervals;
pub use lanes::Lanes;
pub use scatter::Scatter;
pub use spacetime::{SpaceTime, Span};
pub use timeseries::TimeSeries;

use serde::Serialize;

/// A finished drawing: an `<svg>` element as text, safe to inline in a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Svg(pub String);

/// The style sheet of every figure. It names the theme's variables and no colour of its own; the page includes it once.
pub const CSS: &str = include_str!("figures.css");

/// A number as the book prints it: grouped thousands and a narrow no-break space before the unit (`1,310 ms`).
pub fn number(value: f64, digits: usize, unit: &str) -> String {
    let plain = format!("{value:.digits$}");
    let (whole, rest) = plain
        .split_once('.')
        .map_or((plain.as_str(), String::new()), |(w, r)| (w, format!(".{r}")));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |w| ("−", w));
    let mut grouped = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(c);
    }
    let space = if unit.is_empty() { "" } else { "\u{202f}" };
    format!("{sign}{grouped}{rest}{space}{unit}")
}

/// A measured value as a label prints it: about three significant digits (`7.25 ms`, `53.4 ms`, `1,310 ms`).
pub(crate) fn short(value: f64, unit: &str) -> String {
    let size = value.abs();
    let digits = match size {
        s if s == 0.0 || s >= 99.95 => 0,
        s if s >= 9.995 => 1,
        s if s >= 0.0995 => 2,
        _ => 3,
    };
    let text = number(value, digits, "");
    // `30.0` says no more than `30`.
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    } else {
        text
    };
    if unit.is_empty() {
        text
    } else {
        format!("{text}\u{202f}{unit}")
    }
}

/// A moment in seconds as a table prints it: to the millisecond, without zeros that say nothing.
pub(crate) fn moment(seconds: f64) -> String {
    let text = number(seconds, 3, "");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "−0" { "0".into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_carry_their_unit() {
        assert_eq!(number(1310.0, 0, "ms"), "1,310\u{202f}ms");
        assert_eq!(number(-1_234_567.891, 2, ""), "−1,234,567.89");
        assert_eq!(number(5.6, 1, "%"), "5.6\u{202f}%");
        assert_eq!(number(100.0, 0, ""), "100");
    }

    #[test]
    fn short_numbers_keep_three_digits() {
        assert_eq!(short(0.0, "ms"), "0\u{202f}ms");
        assert_eq!(short(7.25, ""), "7.25");
        assert_eq!(short(53.4, ""), "53.4");
        assert_eq!(short(30.0, "ms"), "30\u{202f}ms");
        assert_eq!(short(1310.4, ""), "1,310");
        assert_eq!(short(0.0123, ""), "0.012");
    }

    #[test]
    fn moments_are_as_short_as_they_can_be() {
        assert_eq!(moment(0.0), "0");
        assert_eq!(moment(12.5), "12.5");
        assert_eq!(moment(1200.0), "1,200");
        assert_eq!(moment(0.0625), "0.062");
        assert_eq!(moment(-0.0001), "0");
    }

    #[test]
    fn the_style_sheet_names_variables_and_no_colour() {
        assert!(!CSS.contains('#') && !CSS.contains("rgb"));
        for token in [
            "paper",
            "panel",
            "rule",
            "ink",
            "ink-2",
            "a",
            "b",
            "cost",
            "perf",
            "fail",
            "good",
            "heat-low",
            "heat-high",
        ] {
            assert!(CSS.contains(&format!("var(--{token})")), "--{token} is never used");
        }
        // Every rule is below `.fig`, so the sheet cannot change anything else in a page.
        let rules = CSS.split("*/").last().unwrap_or_default();
        for selector in rules
            .split('}')
            .filter_map(|r| r.split_once('{'))
            .flat_map(|(s, _)| s.split(','))
        {
            assert!(selector.trim().starts_with(".fig"), "{selector}");
        }
    }
}
