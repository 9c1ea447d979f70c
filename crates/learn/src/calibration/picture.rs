//! The result as a picture: every interval on one axis, as a multiple of what the run gave, which is never printed.

use super::Part;
use crate::{files, look, made};
use anyhow::Result;
use figures::{About, Intervals, Svg};
use judge::calibration::{Calibration, expected};
use judge::worksheet::Side;
use std::path::Path;

/// The first line of the file, by which it is known again.
const MARK: &str = "<!-- made by `cargo learn calibration`, which replaces it -->";
const WIDTH: f64 = 720.0;

/// May the picture be written there?
pub(super) fn may_write(path: &Path) -> Result<()> {
    made::may_replace(path, MARK, "name another file after --svg")
}

/// Writes the picture.
pub(super) fn write(path: &Path, parts: &[Part], all: &Calibration) -> Result<()> {
    files::write_atomically(path, &look::alone(&draw(parts, all), MARK, &head(all)))
}

fn head(all: &Calibration) -> Vec<String> {
    let (share, score) = (all.share().unwrap_or(0.0) * 100.0, all.score().unwrap_or(0.0));
    let range = expected(all.count);
    vec![
        format!(
            "{} of {} truths inside the 90 % intervals ({share:.0} %)",
            all.inside(),
            all.count
        ),
        format!(
            "A calibrated person has {} to {} inside, 19 times out of 20.",
            range.start(),
            range.end()
        ),
        format!("Interval score {score:.2}; lower is better."),
    ]
}

fn draw(parts: &[Part], all: &Calibration) -> Svg {
    let held = || parts.iter().flat_map(|p| &p.held);
    let missed = |side: Side| -> String {
        let names: Vec<&str> = held().filter(|h| h.side == side).map(|h| h.name.as_str()).collect();
        if names.is_empty() {
            "none".into()
        } else {
            names.join(", ")
        }
    };
    let description = format!(
        "{}. Each interval is drawn as a multiple of what the run gave. The run gave less than the interval: {}. It gave more: {}.",
        head(all).join("; ").trim_end_matches('.').replace(".;", ";"),
        missed(Side::Below),
        missed(Side::Above)
    );
    let about = About::new("calibration", "Calibration of the first commits", description);
    let figure = Intervals::new(about, "×").truth("what the run gave =", 1.0);
    held()
        .fold(figure, |f, h| f.row(&h.name, h.relative.0, h.relative.1))
        .draw(WIDTH)
}
