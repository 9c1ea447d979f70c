//! What a policy does when it is asked about plain cases, outside any run: the ground for naming a belief.

use super::policy::{Action, Policy, Seen, Site};
use super::rules::Timed;
use sim::{Time, ms, secs};

/// For so long a plain case is watched.
const WATCHED_S: u64 = 900;

/// What a policy does in plain cases, each of which begins well and then stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// In the West, with a majority, the primary silent: after how long does it promote the West?
    pub promotes_after: Option<Time>,
    /// In the East, without a majority, the primary well: after how long does it freeze?
    pub freezes_after: Option<Time>,
    /// With a majority and a primary that answers: does it freeze all the same?
    pub freezes_when_well: bool,
    /// In the West, with a majority, the primary silent: does it freeze the primary that it cannot reach?
    pub freezes_afar: bool,
    /// On either side of a cut: does it ever ask for a promotion, of whatever site?
    pub asks: bool,
    /// As the first, the replica 40 s behind: does it promote the West all the same?
    pub promotes_stale: bool,
    /// As the first: does it promote a replica that is not behind at all, and refuse one that is as far behind as on any day?
    pub refuses_any_lag: bool,
    /// As the first: the furthest behind, in whole seconds up to 60, that a replica may be.
    pub max_lag: Time,
    /// In the East, with a majority, the West leads and the East does not follow it: does it promote the East?
    pub goes_home: bool,
}

impl Habits {
    /// Asks fresh policies.
    pub fn of(policy: &dyn Fn() -> Box<dyn Policy>) -> Habits {
        let silent = |s: Seen, for_so_long: Time| Seen { primary_silent: for_so_long, stream_silent: for_so_long, ..s };
        let west = Seen { here: Site::West, ..well() };
        let cut_off = |s: Seen, for_so_long: Time| Seen {
            with_majority: false,
            majority_for: for_so_long,
            stream_silent: for_so_long,
            ..s
        };
        let behind = |lag: Time| Seen { replica_behind: lag, writes_behind: lag.as_ns() / ms(2).as_ns(), ..west };
        let stale = behind(secs(40));
        let level = behind(Time::ZERO);
        let away = Seen {
            primary: Site::West,
            replica_behind: Time::MAX,
            writes_behind: u64::MAX,
            since_promotion: Time::ZERO,
            ..well()
        };
        let since = |s: Seen, for_so_long: Time| Seen { since_promotion: for_so_long, ..s };
        let promotes = |site| move |a: Action| a == Action::Promote(site);
        let asks = |a: Action| matches!(a, Action::Promote(_));
        let cloud = Seen { here: Site::Cloud, ..well() };
        let promotes_west = |from: Seen| first(policy, from, silent, promotes(Site::West));
        let promotes_after = promotes_west(west);
        Habits {
            promotes_after,
            freezes_after: first(policy, well(), cut_off, |a| a == Action::Freeze),
            freezes_when_well: first(
                policy,
                well(),
                |s, t| Seen { majority_for: s.majority_for + t, ..s },
                |a| a == Action::Freeze,
            )
            .is_some(),
            freezes_afar: first(policy, west, silent, |a| a == Action::Freeze).is_some(),
            asks: [west, cloud]
                .iter()
                .flat_map(|here| [*here, Seen { replica_behind: Time::ZERO, writes_behind: 0, ..*here }])
                .any(|here| first(policy, here, silent, asks).is_some())
                || first(policy, well(), cut_off, asks).is_some(),
            promotes_stale: promotes_west(stale).is_some(),
            refuses_any_lag: promotes_after.is_none() && promotes_west(level).is_some(),
            max_lag: (1..=60)
                .rev()
                .map(secs)
                .find(|lag| promotes_west(behind(*lag)).is_some())
                .unwrap_or(secs(1)),
            goes_home: first(policy, away, since, promotes(Site::East)).is_some(),
        }
    }
}

impl Habits {
    /// The built-in rule that has these habits, as far as one has.
    pub fn rule(&self) -> Timed {
        Timed {
            promote_after: self.promotes_after.unwrap_or(Time::MAX),
            freeze_after: self.freezes_after.unwrap_or(Time::MAX),
            max_lag: self.max_lag,
        }
    }
}

/// An orchestrator in the East on an ordinary day.
fn well() -> Seen {
    Seen {
        here: Site::East,
        primary: Site::East,
        with_majority: true,
        majority_for: secs(600),
        primary_silent: ms(100),
        stream_silent: ms(50),
        replica_behind: ms(300),
        writes_behind: 150,
        since_promotion: Time::MAX,
        now: secs(600),
    }
}

/// After how long in a case a fresh policy does something for the first time.
fn first(
    policy: &dyn Fn() -> Box<dyn Policy>,
    begins: Seen,
    case: impl Fn(Seen, Time) -> Seen,
    is_it: impl Fn(Action) -> bool,
) -> Option<Time> {
    let mut policy = policy();
    (1..=WATCHED_S).map(secs).find(|t| {
        let now = begins.now + *t;
        is_it(policy.tick(&Seen { now, ..case(begins, *t) }))
    })
}

#[cfg(test)]
mod tests {
    use super::super::rules::NeverPromote;
    use super::*;

    /// Forgets to ask whether it has a majority.
    struct Frozen;

    impl Policy for Frozen {
        fn tick(&mut self, seen: &Seen) -> Action {
            if seen.majority_for >= secs(8) || seen.primary_silent >= secs(8) {
                Action::Freeze
            } else {
                Action::Wait
            }
        }
    }

    #[test]
    fn a_policy_is_known_by_what_it_does() {
        let timed = || -> Box<dyn Policy> {
            Box::new(Timed { promote_after: secs(12), freeze_after: secs(8), max_lag: secs(5) })
        };
        assert_eq!(
            Habits::of(&timed),
            Habits {
                promotes_after: Some(secs(12)),
                freezes_after: Some(secs(8)),
                freezes_when_well: false,
                freezes_afar: false,
                asks: true,
                promotes_stale: false,
                refuses_any_lag: false,
                max_lag: secs(5),
                goes_home: false
            }
        );
        assert_eq!(
            Habits::of(&timed).rule(),
            Timed { promote_after: secs(12), freeze_after: secs(8), max_lag: secs(5) }
        );
        let level =
            Habits::of(&|| Box::new(Timed { promote_after: secs(12), freeze_after: secs(8), max_lag: Time::ZERO }));
        assert!(level.refuses_any_lag && level.asks && level.promotes_after.is_none());
        let always = Habits::of(&|| Box::new(Frozen));
        assert!(always.freezes_when_well && always.freezes_afar && !always.asks);
        let never = Habits::of(&|| Box::new(NeverPromote));
        assert_eq!(
            (never.promotes_after, never.freezes_after, never.asks),
            (None, None, false)
        );
    }
}
