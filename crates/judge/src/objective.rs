//! Objectives: a limit on one measured quantity.

/// A limit: at most, or at least, a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound<T> {
    /// The measured value may reach the limit and not pass it.
    AtMost(T),
    /// The measured value must reach the limit.
    AtLeast(T),
}

/// The measured value may reach `limit` and not pass it.
pub fn at_most<T>(limit: T) -> Bound<T> {
    Bound::AtMost(limit)
}

/// The measured value must reach `limit`.
pub fn at_least<T>(limit: T) -> Bound<T> {
    Bound::AtLeast(limit)
}

impl<T: PartialOrd + Copy> Bound<T> {
    /// Does a measured value keep the limit?
    pub fn holds(&self, measured: T) -> bool {
        match *self {
            Bound::AtMost(limit) => measured <= limit,
            Bound::AtLeast(limit) => measured >= limit,
        }
    }

    /// The limit itself.
    pub fn limit(&self) -> T {
        match *self {
            Bound::AtMost(limit) | Bound::AtLeast(limit) => limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_belongs_to_what_it_allows() {
        assert!(at_most(8).holds(8) && !at_most(8).holds(9));
        assert!(at_least(8).holds(8) && !at_least(8).holds(7));
        assert_eq!(at_least(8).limit(), 8);
    }
}
