//! What a run must, must in the end, or must sometimes show.

use crate::Time;
use std::fmt;

/// What is asked of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It holds whenever it is looked at: safety.
    Always,
    /// It holds when it is last looked at, whatever happened before: the system recovers.
    Eventually,
    /// It holds at least once: the run showed what it was meant to show. Without such a property, a run in which nothing happens passes.
    Sometimes,
}

/// One property and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// What is asked of it.
    pub kind: Kind,
    /// Its name, which says what holds.
    pub name: String,
    /// How often it was looked at.
    pub looks: u64,
    /// How often it did not hold.
    pub misses: u64,
    /// The first time when it did not hold.
    pub first_miss: Option<Time>,
    /// The first time when it held.
    pub first_hold: Option<Time>,
    /// Since when it has been as it was at the last look: held, or not.
    pub since: Time,
    /// Did it hold at the last look?
    pub at_last: bool,
}

impl Property {
    /// Is it as asked?
    pub fn holds(&self) -> bool {
        match self.kind {
            Kind::Always => self.misses == 0,
            Kind::Eventually => self.at_last,
            Kind::Sometimes => self.misses < self.looks,
        }
    }

    /// When it was first violated: for [`Always`](Kind::Always) the first miss, for [`Eventually`](Kind::Eventually) the moment since when it has been
    /// missing for good, for [`Sometimes`](Kind::Sometimes) the first look, none of which found it. Nothing if it [holds](Property::holds).
    pub fn violated_at(&self) -> Option<Time> {
        match self.kind {
            _ if self.holds() => None,
            Kind::Eventually => Some(self.since),
            Kind::Always | Kind::Sometimes => self.first_miss,
        }
    }

    fn look(&mut self, holds: bool, at: Time) {
        if self.looks == 0 || holds != self.at_last {
            (self.since, self.at_last) = (at, holds);
        }
        self.looks += 1;
        self.misses += u64::from(!holds);
        let first = if holds {
            &mut self.first_hold
        } else {
            &mut self.first_miss
        };
        first.get_or_insert(at);
    }
}

/// `always "one leader": missed 2 of 9 looks, first at 31 s`.
impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Always => "always",
            Kind::Eventually => "eventually",
            Kind::Sometimes => "sometimes",
        };
        write!(f, "{kind} \"{}\": ", self.name)?;
        match (self.violated_at(), self.kind) {
            (None, Kind::Always) => write!(f, "held at all {} looks", self.looks),
            (None, Kind::Eventually) => write!(f, "holds since {}", self.since),
            (None, Kind::Sometimes) => write!(f, "held at {} of {} looks", self.looks - self.misses, self.looks),
            (Some(at), Kind::Always) => write!(f, "missed {} of {} looks, first at {at}", self.misses, self.looks),
            (Some(at), Kind::Eventually) => write!(f, "missing since {at}"),
            (Some(_), Kind::Sometimes) => write!(f, "held at none of {} looks", self.looks),
        }
    }
}

/// Named properties of one run, or of many.
///
/// Whoever watches a run, between its events or in a node, says at each look whether a property holds. A property exists from its first look on.
///
/// ```
/// use sim::properties::Properties;
/// use sim::{ms, secs};
///
/// let mut properties = Properties::new();
/// for (at, leaders) in [(secs(1), 1), (secs(31), 2), (secs(32), 0), (secs(45), 1)] {
///     properties.always("at most one leader", leaders <= 1, at);
///     properties.eventually("there is a leader", leaders > 0, at);
///     properties.sometimes("there is no leader", leaders == 0, at);
/// }
/// let [safe, live, shown] = properties.results() else { panic!("three properties") };
/// assert_eq!(safe.violated_at(), Some(secs(31)));
/// assert!(live.holds() && live.since == secs(45));
/// assert!(shown.holds());
/// assert_eq!(safe.to_string(), "always \"at most one leader\": missed 1 of 4 looks, first at 31 s");
/// assert!(!properties.hold());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties(Vec<Property>);

impl Properties {
    /// None as yet.
    pub const fn new() -> Self {
        Properties(Vec::new())
    }

    /// Looks at a property that must hold at every look.
    pub fn always(&mut self, name: &str, holds: bool, at: Time) {
        self.look(Kind::Always, name, holds, at);
    }

    /// Looks at a property that must hold at the last look.
    pub fn eventually(&mut self, name: &str, holds: bool, at: Time) {
        self.look(Kind::Eventually, name, holds, at);
    }

    /// Looks at a property that must hold at one look at least.
    pub fn sometimes(&mut self, name: &str, holds: bool, at: Time) {
        self.look(Kind::Sometimes, name, holds, at);
    }

    /// The properties, in the order in which they were first looked at.
    pub fn results(&self) -> &[Property] {
        &self.0
    }

    /// Those that are not as asked.
    pub fn violated(&self) -> impl Iterator<Item = &Property> {
        self.0.iter().filter(|property| !property.holds())
    }

    /// Are all of them as asked?
    pub fn hold(&self) -> bool {
        self.violated().next().is_none()
    }

    /// Takes in another run's: `always` and `eventually` must hold in each run, `sometimes` in one run at least. Times are those of the first run that
    /// has one; for an `eventually`, of the first run that violates it.
    pub fn merge(&mut self, other: &Properties) {
        for theirs in &other.0 {
            let Some(ours) = self.find(theirs.kind, &theirs.name) else {
                self.0.push(theirs.clone());
                continue;
            };
            ours.looks += theirs.looks;
            ours.misses += theirs.misses;
            ours.first_miss = ours.first_miss.or(theirs.first_miss);
            ours.first_hold = ours.first_hold.or(theirs.first_hold);
            if ours.at_last && !theirs.at_last {
                (ours.since, ours.at_last) = (theirs.since, false);
            }
        }
    }

    fn find(&mut self, kind: Kind, name: &str) -> Option<&mut Property> {
        self.0.iter_mut().find(|p| p.kind == kind && p.name == name)
    }

    fn look(&mut self, kind: Kind, name: &str, holds: bool, at: Time) {
        if let Some(property) = self.find(kind, name) {
            return property.look(holds, at);
        }
        let mut new = Property {
            kind,
            name: name.into(),
            looks: 0,
            misses: 0,
            first_miss: None,
            first_hold: None,
            since: at,
            at_last: holds,
        };
        new.look(holds, at);
        self.0.push(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secs;

    /// Looks once a second from 1 s on, at all three kinds.
    fn looked(at: &[bool]) -> Properties {
        let mut p = Properties::new();
        for (second, holds) in (1..).zip(at) {
            p.always("a", *holds, secs(second));
            p.eventually("e", *holds, secs(second));
            p.sometimes("s", *holds, secs(second));
        }
        p
    }

    fn violated_at(p: &Properties) -> [Option<Time>; 3] {
        let at: Vec<_> = p.results().iter().map(Property::violated_at).collect();
        at.try_into().expect("three properties")
    }

    #[test]
    fn the_three_kinds_ask_for_different_things() {
        let (t, f) = (true, false);
        assert_eq!(violated_at(&looked(&[t, t, t])), [None, None, None]);
        assert_eq!(violated_at(&looked(&[t, f, t])), [Some(secs(2)), None, None]);
        assert_eq!(
            violated_at(&looked(&[f, t, f, f])),
            [Some(secs(1)), Some(secs(3)), None]
        );
        assert_eq!(
            violated_at(&looked(&[f, f])),
            [Some(secs(1)), Some(secs(1)), Some(secs(1))]
        );
        assert!(looked(&[]).hold() && looked(&[t]).hold() && !looked(&[t, f]).hold());
    }

    #[test]
    fn many_runs_are_one_campaign() {
        let (t, f) = (true, false);
        let mut all = looked(&[t, t]);
        all.merge(&looked(&[t, f, t]));
        assert_eq!(violated_at(&all), [Some(secs(2)), None, None]);
        all.merge(&looked(&[f, f, f]));
        all.merge(&looked(&[t, t, t, t]));
        assert_eq!(violated_at(&all), [Some(secs(2)), Some(secs(1)), None]);
        assert_eq!(all.results()[0].looks, 12);
        assert_eq!(all.results()[2].first_hold, Some(secs(1)));
        assert_eq!(all.results()[0].misses, 4);

        // A campaign in which nobody ever saw it.
        let mut never = looked(&[f]);
        never.merge(&looked(&[f, f]));
        assert_eq!(never.results()[2].violated_at(), Some(secs(1)));
        let mut at_last = never.clone();
        at_last.merge(&looked(&[f, f, f, t]));
        assert!(at_last.results()[2].holds());
        assert_eq!(at_last.results()[2].first_hold, Some(secs(4)));
        // One that a run does not look at is taken as it is.
        let mut other = Properties::new();
        other.always("b", false, secs(9));
        never.merge(&other);
        assert_eq!(never.results()[3].violated_at(), Some(secs(9)));
    }

    #[test]
    fn one_name_may_be_asked_in_several_ways() {
        let mut p = Properties::new();
        p.always("quorum", true, secs(1));
        p.sometimes("quorum", false, secs(1));
        assert_eq!(p.results().len(), 2);
        assert_eq!(p.violated().map(|p| p.kind).collect::<Vec<_>>(), [Kind::Sometimes]);
    }

    #[test]
    fn results_read_as_sentences() {
        let text = |at: &[bool]| looked(at).results().iter().map(Property::to_string).collect::<Vec<_>>();
        assert_eq!(
            text(&[false, true]),
            [
                "always \"a\": missed 1 of 2 looks, first at 1 s",
                "eventually \"e\": holds since 2 s",
                "sometimes \"s\": held at 1 of 2 looks",
            ]
        );
        assert_eq!(
            text(&[false]),
            [
                "always \"a\": missed 1 of 1 looks, first at 1 s",
                "eventually \"e\": missing since 1 s",
                "sometimes \"s\": held at none of 1 looks",
            ]
        );
        assert_eq!(text(&[true])[0], "always \"a\": held at all 1 looks");
    }
}
