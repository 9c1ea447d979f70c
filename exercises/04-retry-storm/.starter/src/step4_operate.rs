//! Step 4 · operate: decide about the tries of one process. Ten processes run, each with a policy of its own.
//!
//! | you are asked | and return |
//! |---|---|
//! | `may_send`, before every try, the first included | `Gate::Send`, or `Gate::Refuse`: the request fails here and now |
//! | `on_success`, after every try that was answered in time | nothing |
//! | `on_failure`, after every try that failed | `Next::Retry(ms(50))`: once more in 50 ms; or `Next::GiveUp` |
//!
//! `on_failure` is yours. The other two are complete as they are; change them if your policy needs it. There is no clock: all that
//! a policy may know is in `seen`.
//!
//! | `seen.` | is |
//! |---|---|
//! | `tries` | tries of this request so far |
//! | `failure` | `Failure::TimedOut` (no answer within 1 s), `Failed` (an error, at once), `Refused` (the queue was full) |
//! | `waited`, `now` | time since the request began, and since the process began; `ms(300)`, `secs(5)` are times |
//! | `random` | a new random number from 0 to 1; `ms(200).scale(seen.random)` is a random pause |
//! | `process` | what this process counted in its last 10 s: `first_tries`, `retries`, `successes`, `failures` |
//! | `shard`, `this_shard` | the number of the shard that the request needs, and the counts of this process for it |
//!
//! `retries` counts what you asked for; `failures` includes the one that you are asked about.
//!
//! | situation | limit | and |
//! |---|---|---|
//! | 2 % of the tries are lost | 99.5 % of the users served | users' p99 within 2 s; at most 5 % extra tries |
//! | the dependency stands still for 10 s | users well again within 140 s of its end | at most 2.5 tries sent per arriving request at the peak |
//! | it works at 70 % of its speed for 20 s | 25 % of the users served, from its begin until 90 s after it | at most 2.5 tries sent per arriving request at the peak |
//! | quiet: a request in 5 s for each process, 5 % of the tries lost | 98 % of the users served | at most 15 % extra tries |
//! | one of ten shards is dead, its tries fail at once | at most 5 % of the requests for other shards held back | 85 % of the users served; at most 50 % extra tries |
//! | 10 % of the tries fail at once | 92.5 % of the users served | at most 80 % extra tries |
//!
//! *Served*: answered within the 10 s that a user waits. *Well again*: from then on 99 % of the users are served in every five
//! seconds. *Extra tries* are retries, as a share of requests. *Peak*: the five seconds in which most tries are sent per
//! arriving request; retries of earlier requests count, so it can lie a little above the tries of one request. *Held back* are
//! requests for which a process sent nothing. A request is tried 10 times at most.

use designs::retry_storm::{
    Answer, Claim, Expect, Failure, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs,
};

/// What your policy remembers between decisions. You may add fields (numbers begin at 0); many policies need none.
#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, seen: &Seen) -> Gate {
        Gate::Send
    }

    fn on_success(&mut self, seen: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        todo!("step 4: when to try again, and when not")
    }
}

/// Hands in a fresh policy. Nothing to do here.
pub fn answer() -> Answer {
    Box::new(Retrier::default())
}

/// The reasons for your policy, in the shape of step 3's claim. It is judged by a test of its own: write the policy first.
///
/// - `binding`: which of `Limit::Capacity`, `TimeOut`, `Queue`, `Network` would lower the number of users who fail most, from the
///   standstill's begin until 70 s after its end, if it were changed by about a tenth (the time-out: the better of shorter and
///   longer). The queue has no bound, so there is nothing to change about it.
/// - `expects`: two of `Expect::WellAgain(secs(30), secs(50))` and `Expect::PeakTries(3.0, 5.0)` (with 10 s of standstill), where the high
///   end is at most twice the low end, and `Expect::ServedWithErrors(percent(55), percent(60))` (with 20 % of the tries failing
///   at once), at most ten points wide.
/// - `reverses_when`: the value of `StallSeconds` or `RequestsPerSecond` at which the better one changes between your policy and the
///   rule "up to four tries, each at once". Better is the rule, since it is simpler, as long as its users are well again within 60 s
///   of the standstill's end; otherwise your policy, if its users are within 120 s; and where neither is, the rule again. It is tried
///   at 0.8 and at 1.25 times your value. `StallSeconds` is tried with 400 requests a second, `RequestsPerSecond` with 10 s of standstill.
pub fn claim() -> Claim {
    todo!("step 4: the reasons for your policy")
}
