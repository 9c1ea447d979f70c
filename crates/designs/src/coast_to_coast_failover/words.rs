//! Numbers as a verdict prints them.

use sim::Time;
use std::fmt;

/// Hours.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Hours(pub f64);

/// `hours(6)` is six hours.
pub fn hours(value: impl Into<f64>) -> Hours {
    Hours(value.into())
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hours_of(self.0))
    }
}

/// A span in seconds, with one digit after the point.
pub fn seconds(t: Time) -> String {
    figures::number(t.as_secs(), 1, "s")
}

/// A page's time, in whole milliseconds; words where no primary answered.
pub fn page_time(t: Option<Time>) -> String {
    t.map_or_else(|| NO_PRIMARY.into(), |t| figures::number(t.as_ms(), 0, "ms"))
}

/// Instead of a page's time.
pub const NO_PRIMARY: &str = "no primary to ask";

/// What a page took at the end, as part of a sentence.
pub fn page_afterwards(t: Option<Time>) -> String {
    if t.is_some() {
        format!("afterwards a page took {}", page_time(t))
    } else {
        "at the end there was no primary that a page could ask".into()
    }
}

/// A number of writes.
pub fn writes(n: f64) -> String {
    figures::number(n, 0, "writes")
}

/// Hours with one digit after the point.
pub fn hours_of(h: f64) -> String {
    figures::number(h, 1, "h")
}
