//! Believes: servers that answer are all alike.
//! Seen in: weights of up or down, and fleets of two kinds of machine.
//! Rejected by: uses_slow_servers_for_what_they_can_do
//! Must hear: how many requests a second can a server finish whose requests take twice as long?

use designs::front_door::{Answer, Claim, Expect, Fleet, Limit, Quantity, Server, Weights, ms, percent};

#[derive(Default)]
pub struct Scorer {}

impl Weights for Scorer {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        if fleet.failing > fleet.servers / 5.0 {
            return 1.0;
        }
        if server.errors > server.answers {
            return 0.02;
        }
        1.0
    }
}

pub fn answer() -> Answer {
    Box::new(Scorer::default())
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::Slots,
        expects: [
            Expect::SlowP99(ms(550), ms(900)),
            Expect::HalfServed(percent(45), percent(55)),
        ],
        reverses_when: (Quantity::FailingServers, 8.0),
    }
}
