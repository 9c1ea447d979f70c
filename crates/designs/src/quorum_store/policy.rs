//! What decides about versions that differ: the policy trait, what it sees, and what it may do.

pub use super::system::Version;
use sim::Time;

/// What becomes of two versions of one basket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The items of the first.
    First,
    /// The items of the second.
    Second,
    /// The items of both.
    Both,
}

/// What a front sees when every copy has answered a read, and not all have the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Copies that lack something of what the others have.
    pub lacking: u32,
    /// All copies.
    pub copies: u32,
    /// Time since the newest version was written: from the stamp of its writer's clock to what this front's clock shows; 0 if the stamp
    /// lies ahead.
    pub age: Time,
}

/// How versions are merged, and when copies are mended. Each of the three fronts has one of its own.
pub trait Policy {
    /// Two versions were read that are not the same: which items has the basket?
    fn merge(&mut self, first: &Version, second: &Version) -> Keep;
    /// Some copies lack something: is it sent to them?
    fn repair(&mut self, seen: &Seen) -> bool;
}
