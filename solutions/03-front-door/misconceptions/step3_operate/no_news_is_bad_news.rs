//! Believes: a server that has answered nothing lately cannot answer.
//! Seen in: weights in proportion to the answers of the last seconds.
//! Rejected by: serves_whom_it_can_when_half_of_them_fail
//! Must hear: how would you find out that a server is well again?

use designs::front_door::{Answer, Claim, Expect, Fleet, Limit, Quantity, Server, Weights, ms, percent};

#[derive(Default)]
pub struct Scorer {}

impl Weights for Scorer {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        if fleet.answers == 0.0 {
            return 1.0;
        }
        let served = server.answers / (server.answers + server.errors).max(1.0);
        served * fleet.mean_time.as_ms() / server.mean_time.as_ms().max(50.0)
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
