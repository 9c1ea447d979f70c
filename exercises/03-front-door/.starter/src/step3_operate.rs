//! Step 3 · operate: set the weights of twenty servers. The balancer spreads requests at random, in proportion to the weights.
//!
//! Once a second you are asked for the weight of each server, in order. A weight is a number from 0 upwards, and not an infinite one. A
//! weight of 0 is no traffic; if all weights are 0, users get errors. All that you may know is in `server` and `fleet`; they are about
//! the last 10 s. At the first question, at second 0, nobody has replied: all counts are 0, and every `mean_time` is 100 ms.
//!
//! | `server.` | type | is |
//! |---|---|---|
//! | `number` | `usize` | which server, from 0 to 19 |
//! | `check_ok` | `bool` | is its health check green? The check asks for a small page, every 5 s |
//! | `open` | `f64`, requests | requests that it was sent and that are not answered yet |
//! | `answers` | `f64`, requests | requests that it answered |
//! | `errors` | `f64`, requests | requests that failed there: errors, and no reply within 1 s |
//! | `mean_time` | `Time` | mean time of its replies, errors and time-outs included; if it gave none, that of all servers |
//!
//! | `fleet.` | type | is |
//! |---|---|---|
//! | `servers` | `f64`, servers | 20 |
//! | `failing` | `f64`, servers | how many servers failed at least half of the requests that came back from them |
//! | `answers` | `f64`, requests | the same as above, of all servers together |
//! | `errors` | `f64`, requests | the same as above, of all servers together |
//! | `mean_time` | `Time` | the same as above, of all servers together |
//!
//! A weight is an `f64` too; `server.mean_time.as_ms()` is a time as one, in milliseconds. 480 answers in 10 s are usual.
//!
//! | situation, at a load of 60 % | limit | and |
//! |---|---|---|
//! | an ordinary day: 1 % of the requests fail, wherever they go | 1.5 % of the users failing | users' p99 within 600 ms |
//! | one server fails everything in 1 ms, its check green | 1 % failing, over 55 s | p99 within 600 ms |
//! | one server is silent, its check green | 1 % failing, over 55 s | p99 within 600 ms |
//! | eight servers take twice as long, without errors | 3 % failing | |
//! | a shared fault: ten servers fail everything in 1 ms, their checks red | 39 % served | p99 within 780 ms |
//! | a shared fault: every server fails 30 %, all checks red | 40 % failing | p99 within 700 ms |
//! | nine servers fail for 7 s each, one begins every 4 s; judged after that | 2 % failing | p99 within 700 ms |
//!
//! *Failing* users get an error, or no answer within 1 s. The p99 is that of the users who were served.

use designs::front_door::{Answer, Claim, Expect, Fleet, Limit, Quantity, Server, Weights, ms, percent};

/// What your weights remember between questions. You may add fields (numbers begin at 0); many need none.
#[derive(Default)]
pub struct Scorer {}

impl Weights for Scorer {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        todo!("step 3: the weight of this server")
    }
}

/// Hands in a fresh scorer. Nothing to do here.
pub fn answer() -> Answer {
    Box::new(Scorer::default())
}

/// The reasons for your weights. They are judged by a test of their own: write the weights first. A claim has this shape; the values
/// are arbitrary, and wrong:
///
/// ```text
/// Claim {
///     binding: Limit::Refresh,
///     expects: [Expect::FailingFast(percent(20), percent(30)), Expect::SlowP99(ms(1500), ms(2500))],
///     reverses_when: (Quantity::LoadPercent, 20.0),
/// }
/// ```
///
/// - `binding`: which of `Limit::Slots`, `Window` (over which replies are counted, 10 s), `Refresh` (1 s between questions), `TimeOut`
///   would lower the users' p99 with eight slow servers most, if it were changed by about a tenth (window and time-out: the
///   better of shorter and longer). No command changes a limit for you, so reason: how many requests a second can the twelve quick
///   and the eight slow servers finish, how many do they get from your weights, and what does each of the four change in that? A
///   miss tells you the p99 before and after for the one you named.
/// - `expects`: two of `Expect::FailingFast` and `FailingSilent` (`Percent`, users failing over the 55 s), `SlowP99` (`Time`, users' p99
///   with eight slow servers), where the high end is at most twice the low end, and `HalfServed` (`Percent`, users served with ten
///   failing), at most ten points wide.
/// - `reverses_when`: the number of `FailingServers` (`f64`, servers), or the `LoadPercent` (`f64`, %), at which the better one changes between two rules: *nothing*
///   for every server that fails half of its requests, however many these are, and *the same for all*. Better is who serves
///   more users; on a tie the same for all. It is tried at 0.8 and 1.25 times your value; `FailingServers` at a load of 60 %,
///   `LoadPercent` with six failing servers.
pub fn claim() -> Claim {
    todo!("step 3: the reasons for your weights")
}
