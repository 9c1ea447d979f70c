//! Another way: errors beyond the usual count as open requests, and what is open is a sign of the speed.

use designs::front_door::{Answer, Claim, Expect, Fleet, Limit, Quantity, Server, Weights, ms, percent};

#[derive(Default)]
pub struct Scorer {}

impl Weights for Scorer {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        if fleet.failing > fleet.servers / 5.0 {
            return 1.0;
        }
        let more = (server.errors - fleet.errors / fleet.servers).max(0.0);
        1.0 / (25.0 + server.open + 5.0 * more)
    }
}

pub fn answer() -> Answer {
    Box::new(Scorer::default())
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::Slots,
        expects: [
            Expect::FailingSilent(percent(0.5), percent(1)),
            Expect::HalfServed(percent(45), percent(55)),
        ],
        reverses_when: (Quantity::LoadPercent, 70.0),
    }
}
