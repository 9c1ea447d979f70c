//! Believes: few open requests mean room to spare, for as long as the weights stand.
//! Seen in: weights by reported load that are set at fixed intervals; Mitzenmacher, “How useful is old information?”, 2000.
//! Rejected by: keeps_an_ordinary_day_ordinary
//! Must hear: what has become of that room half a second after everybody was told of it?

use designs::front_door::{Answer, Claim, Expect, Fleet, Limit, Quantity, Server, Weights, ms, percent};

#[derive(Default)]
pub struct Scorer {}

impl Weights for Scorer {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        1.0 / (1.0 + server.open)
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
