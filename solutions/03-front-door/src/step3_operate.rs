//! Step 3 · operate: leave out who fails, use who is slow for what it can do, and never leave out more than can be spared.

use designs::front_door::{Answer, Claim, Expect, Fleet, Limit, Quantity, Server, Weights, ms, percent};

/// Needs no memory: the balancer counts.
#[derive(Default)]
pub struct Scorer {}

impl Weights for Scorer {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        // Trouble that more than a fifth share is not theirs alone: the others could not carry it.
        if fleet.failing > fleet.servers / 5.0 {
            return 1.0;
        }
        // Enough to see whether it is well again once these errors are 10 s old. With nothing at all it would look like one that nobody
        // has heard of then, and be tried with a whole second of traffic.
        if server.errors > server.answers {
            return 0.02;
        }
        fleet.mean_time.as_ms() / server.mean_time.as_ms()
    }
}

/// Hands in a fresh scorer.
pub fn answer() -> Answer {
    Box::new(Scorer::default())
}

/// The reasons.
pub fn claim() -> Claim {
    Claim {
        // All servers get what they can do, and three quarters of it are in use: only more of it makes waits shorter.
        binding: Limit::Slots,
        expects: [
            Expect::SlowP99(ms(550), ms(900)),
            // Ten are too many to leave out, so half of the users meet one of them.
            Expect::HalfServed(percent(45), percent(55)),
        ],
        // 20 servers at 60 % are 12 servers' work: with eight left out the others are full.
        reverses_when: (Quantity::FailingServers, 8.0),
    }
}
