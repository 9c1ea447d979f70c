//! Believes: a red health check tells you which servers to leave out.
//! Seen in: checks that ask a dependency which all servers share; the reason why several balancers fail open.
//! Rejected by: serves_whom_it_can_when_half_of_them_fail
//! Must hear: when all checks are red, what have you learnt about one server compared with the others?

use designs::front_door::{Answer, Claim, Expect, Fleet, Limit, Quantity, Server, Weights, ms, percent};

#[derive(Default)]
pub struct Scorer {}

impl Weights for Scorer {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        if !server.check_ok {
            return 0.0;
        }
        if fleet.failing > fleet.servers / 5.0 {
            return 1.0;
        }
        if server.errors > server.answers {
            return 0.02;
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
