//! What a policy does when it is asked about plain cases, outside any run: the ground for naming a belief.

use super::policy::{Action, Policy, Seen, Site};
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
        let stale = Seen { replica_behind: secs(40), writes_behind: 20_000, ..west };
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
        Habits {
            promotes_after: first(policy, west, silent, promotes(Site::West)),
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
                .any(|here| first(policy, *here, silent, asks).is_some())
                || first(policy, well(), cut_off, asks).is_some(),
            promotes_stale: first(policy, stale, silent, promotes(Site::West)).is_some(),
            goes_home: first(policy, away, since, promotes(Site::East)).is_some(),
        }
    }
}

impl Habits {
    /// The lab's knobs that come nearest to these habits; there, 0 stands for never.
    pub fn knobs(&self) -> String {
        let wait = |t: Option<Time>| t.filter(|t| *t <= secs(180)).map_or(0, |t| t.as_ns() / secs(1).as_ns());
        format!(
            " promote_after={} freeze_after={} max_lag={}",
            wait(self.promotes_after),
            wait(self.freezes_after),
            if self.promotes_stale { 60 } else { 5 }
        )
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
    use super::super::policy::{NeverPromote, Timed};
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
                goes_home: false
            }
        );
        assert_eq!(Habits::of(&timed).knobs(), " promote_after=12 freeze_after=8 max_lag=5");
        let always = Habits::of(&|| Box::new(Frozen));
        assert!(always.freezes_when_well && always.freezes_afar && !always.asks);
        let never = Habits::of(&|| Box::new(NeverPromote));
        assert_eq!(
            (never.promotes_after, never.freezes_after, never.asks),
            (None, None, false)
        );
    }
}
