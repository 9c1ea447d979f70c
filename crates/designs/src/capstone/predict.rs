//! Step `predict`: the worksheet, held against the simulator.

use super::DESIGN;
use judge::verdict::{Place, Verdict};
use std::panic::Location;

/// Reads and judges the worksheet at a path: the first commit where there is one, the answer otherwise.
#[track_caller]
pub fn worksheet(path: &str) -> Verdict {
    DESIGN.judge_worksheet(&Place::of(Location::caller()), path)
}
