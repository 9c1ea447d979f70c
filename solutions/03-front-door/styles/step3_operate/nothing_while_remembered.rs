//! Another way: nothing for a failing server. It is tried again for a second whenever its errors are 10 s old and forgotten.

use designs::front_door::{Answer, Claim, Expect, Fleet, Limit, Quantity, Server, Weights, ms, percent};

#[derive(Default)]
pub struct Scorer {}

impl Weights for Scorer {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        if fleet.failing > fleet.servers / 5.0 {
            return 1.0;
        }
        if server.errors > server.answers {
            return 0.0;
        }
        fleet.mean_time.as_ms() / server.mean_time.as_ms()
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
