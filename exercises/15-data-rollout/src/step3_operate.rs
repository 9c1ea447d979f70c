//! Step 3 · operate: take a change of data through its stages: 1 %, 10 % and 50 % of 2,000 machines, then everywhere.
//!
//! Every 5 minutes you are asked what to do next.
//!
//! | you return | and then |
//! |---|---|
//! | `Next::Advance` | the next stage begins; after the third: everywhere, and you are not asked again |
//! | `Next::Hold` | everything stays as it is |
//! | `Next::Rollback` | the old rows are published again; 30 minutes later every running machine has them; people bring back those that are down, 12 an hour |
//! | `Next::UseLastGood` | the switch: running machines go back to their last good data at once, those that are down when they next start; for 8 hours no machine takes new data of any kind |
//!
//! All that a policy may know is in `seen`.
//!
//! | `seen.` | type | is |
//! |---|---|---|
//! | `stage` | `u32`, a whole number | the stage: 1, 2 or 3 |
//! | `share` | `Percent` | the share of the fleet that has the change |
//! | `in_stage`, `since_start` | `Time` | time since this stage began, and since the first one did |
//! | `changed`, `unchanged` | `Group` | the machines that have the change, and those that do not |
//! | `regions` | `[Group; 5]` | the machines that have the change, region by region, the largest first |
//! | `reads` | `u32` | how often a changed row has been read, since the first stage began, all machines together |
//!
//! | a `Group` has | type | is |
//! |---|---|---|
//! | `machines`, `down` | `u32` | machines in the group, and how many of them are down |
//! | `errors` | `Percent` | share of the requests that its running machines reported just now, 600 of each, that failed; 0 % where none runs |
//!
//! A `Percent` is `percent(7)`, a `Time` is `minutes(10)` or `hours(2)`; both compare and add up:
//! `seen.changed.errors > percent(7) + percent(0.5)`. Usually 0.5 % fail, and a machine goes down by itself once in 30 days, for ten
//! minutes. A good change has its rows read once in two hours by each machine that has it.
//!
//! | situation | limit | and |
//! |---|---|---|
//! | a good change | everywhere within 24 h | at most 10 % of such changes stopped |
//! | a good change on a restless day: once in 3 hours on average the errors of all machines rise by 2 % for ten minutes, and each machine, changed or not, is restarted once in 2 hours on average and down for ten minutes | everywhere within 24 h | at most 10 % of such changes stopped |
//! | rows that crash a machine when it reads them, which it does at once and at every start | 0.25 fleet-minutes of harm | at most 4 machines brought back by hand |
//! | rows that wear a machine out: after 3 hours it begins to fail, evenly more, until 30 minutes later all its requests fail | 0.5 fleet-minutes of harm | at most 1 h without new data |
//! | rows that crash a machine when it reads them, which none does before hour 72 | 0.5 fleet-minutes of harm | at most 4 machines brought back by hand |
//! | rows that do not suit the smallest region: 5 % of the requests fail there | 0.5 fleet-minutes of harm | at most 1 h without new data |
//!
//! One *fleet-minute* is the whole fleet failing for one minute. A person is called when 2 % of all requests fail because of the change, and
//! throws the switch 20 minutes later, unless no machine has the change any more.

use designs::data_rollout::{
    Answer, Claim, Expect, Group, Limit, Next, Policy, Quantity, Seen, Time, hours, minutes, percent,
};

/// What your policy remembers between decisions. You may add fields (numbers begin at 0); many policies need none.
#[derive(Default)]
pub struct Rollout {}

impl Policy for Rollout {
    fn next(&mut self, seen: &Seen) -> Next {
        todo!("step 3: go on, hold, or stop")
    }
}

/// Hands in a fresh policy. Nothing to do here.
pub fn answer() -> Answer {
    Box::new(Rollout::default())
}

/// The reasons for your policy. They are judged by a test of their own: write the policy first. A claim has this shape; the values
/// are arbitrary, and wrong:
///
/// ```text
/// Claim {
///     binding: Limit::Store,
///     expects: [Expect::CrashHarm(3.0, 5.0), Expect::Everywhere(hours(50), hours(90))],
///     reverses_when: (Quantity::LeakHours, 100.0),
/// }
/// ```
///
/// - `binding`: which of `Limit::Look` (every 5 minutes), `Rollback` (30 minutes), `Restart` (every 4 minutes), `Store` (40 loads at
///   once) would lower the harm of rows that wear machines out most, if it were better by a tenth?
/// - `expects`: two of `Expect::CrashHarm` and `Expect::LeakHarm` (fleet-minutes of rows that crash machines at once, and of rows that wear
///   them out) and `Expect::Everywhere` (time until a good change is everywhere), each as an interval whose high end is at most twice its low end.
/// - `reverses_when`: the value of `DeadlineHours` or `LeakHours` at which the better one changes between your policy and going on at every
///   look. `DeadlineHours`: your policy is better if a good change is everywhere by then. `LeakHours`, the time for which a machine works with
///   the rows that wear it out: your policy is better if it does at most a fifth of the harm. It is tried at 0.8 and at 1.25 times your value.
pub fn claim() -> Claim {
    todo!("step 3: the reasons for your policy")
}
