//! Outside the catalogue: half of the servers are kept in reserve.
//! Rejected by: keeps_an_ordinary_day_ordinary

use designs::front_door::{Answer, Claim, Expect, Fleet, Limit, Quantity, Server, Weights, ms, percent};

#[derive(Default)]
pub struct Scorer {}

impl Weights for Scorer {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        if server.number % 2 == 0 { 1.0 } else { 0.0 }
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
