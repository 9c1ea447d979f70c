//! Step 3 · operate: let a request in, or turn it away.
//!
//! `decide` is called once for each request, when it arrives. It returns `Action::Admit` or `Action::Refuse`. `seen` has `waiting`
//! (requests that wait, without this one), `busy` and `slots`.
//!
//! | situation | users' p99 | requests served |
//! |---|---|---|
//! | an ordinary day | at most 150 ms | at least 98 % |
//! | a rush: twice the requests for 4 s | at most 150 ms | at least 50 % |

use designs::photo_store::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

/// What your policy remembers between decisions. You may add fields; most policies need none.
#[derive(Default)]
pub struct Doorkeeper {}

impl Policy for Doorkeeper {
    fn decide(&mut self, seen: &Seen) -> Action {
        todo!("step 3: whom to let in, and whom not")
    }
}

/// The reasons for your policy:
///
/// - `binding`: which `Limit` would lower the users' p99 in the rush most, if it were relieved by about a tenth.
/// - `expects`: `Expect::UsersP99(low, high)`, at most a factor of two wide, and `Expect::Served(low, high)`, at most ten points
///   wide, both in the rush.
/// - `reverses_when`: the value of `RequestsPerSecond`, all day long, at which the better one changes between your policy and
///   letting everybody in. Better is the one that serves more users within 150 ms; where these differ by less than one in a
///   hundred, letting everybody in.
pub fn claim() -> Claim {
    todo!("step 3: the reasons for your policy")
}

/// Hands in a fresh policy. Nothing to do here.
pub fn answer() -> Answer {
    Box::new(Doorkeeper::default())
}
