//! Believes: a server whose health check is green serves its users.
//! Seen in: balancers whose only signal is a check of a static page; Yanacek, “Implementing health checks”, tells of servers that rendered blank pages.
//! Rejected by: starves_a_server_that_fails_fast
//! Must hear: what does a health check ask of a server, and what does a user ask?

use designs::front_door::{Answer, Claim, Expect, Fleet, Limit, Quantity, Server, Weights, ms, percent};

#[derive(Default)]
pub struct Scorer {}

impl Weights for Scorer {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        if server.check_ok { 1.0 } else { 0.0 }
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
