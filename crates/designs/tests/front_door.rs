//! Design 03 behaves as its chapter says, whatever the policy.

use designs::front_door::policy::Policy;
use designs::front_door::rules::{
    AllAlike, AtRandom, ByWeight, FewestOfSome, FewestOpen, InTurn, Ties, WithoutFailing,
};
use designs::front_door::system::{Fault, System, SystemRun, Totals};
use sim::{Time, ms, secs};

fn run(system: &System, policy: &mut dyn FnMut() -> Box<dyn Policy>, seed: u64) -> Totals {
    SystemRun::new(system, policy, seed).finish().totals()
}

fn fewest() -> Box<dyn Policy> {
    Box::new(FewestOpen::new(Ties::Random))
}

fn counting() -> Box<dyn Policy> {
    Box::new(FewestOpen { ties: Ties::Random, count_errors: true })
}

fn failing(load: f64, takes: Time) -> System {
    let fault = Fault { takes, from: Time::ZERO, ..Fault::FAST };
    let judged = (secs(2), secs(20));
    System { load, faults: vec![fault], judged, end: judged.1, ..System::default() }
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let system = failing(0.6, ms(1));
    let (one, two) = (run(&system, &mut fewest, 3), run(&system, &mut fewest, 3));
    assert_eq!((&one.slices, &one.sent), (&two.slices, &two.sent));
    assert_eq!(one.users.mean(), two.users.mean());
    assert_ne!(one.sent, run(&system, &mut fewest, 4).sent);
}

#[test]
fn policies_run_on_the_same_requests() {
    let system = failing(0.6, ms(1));
    let all = [
        run(&system, &mut fewest, 3),
        run(&system, &mut || Box::new(AtRandom), 3),
        run(&system, &mut || Box::new(InTurn::default()), 3),
        run(&system, &mut || Box::new(FewestOfSome { drawn: 2 }), 3),
    ];
    for t in &all[1..] {
        let requests = |t: &Totals| t.slices.iter().map(|s| s.requests).collect::<Vec<_>>();
        assert_eq!(requests(t), requests(&all[0]));
    }
}

#[test]
fn every_request_ends_in_one_way() {
    let silent = Fault { silent: true, ..Fault::FAST };
    let slow = Fault { first: 4, servers: 3, fails: 0.2, slower: 5.0, ..Fault::FAST };
    for faults in [vec![], vec![silent], vec![Fault::FAST, slow]] {
        let system = System { faults, errors: 0.02, balancers: 3, renewed: ms(50), end: secs(15), ..System::default() };
        for policy in [&mut fewest as &mut dyn FnMut() -> Box<dyn Policy>, &mut counting] {
            let t = run(&system, policy, 5);
            assert_eq!(t.answered + t.errors + t.timed_out + t.turned_away, t.requests);
            assert_eq!(t.sent.iter().sum::<u64>() + t.turned_away, t.requests);
            assert_eq!(t.lost.iter().sum::<u64>(), t.errors + t.timed_out);
            assert_eq!(t.users.len(), t.answered);
        }
    }
}

#[test]
fn equal_open_requests_are_shares_in_proportion_to_one_over_the_time() {
    // Errors that take half the time of an answer, at a load that keeps many open.
    let t = run(&failing(0.9, ms(49)), &mut fewest, 1);
    let formula = models::balancing::equal_open_share(20, 0.101, 0.050);
    assert!((t.share(0) / formula - 1.0).abs() < 0.12, "{} {formula}", t.share(0));
}

#[test]
fn two_drawn_bound_the_share_and_counting_errors_ends_the_sink() {
    let system = failing(0.8, ms(1));
    assert!(run(&system, &mut fewest, 1).share(0) > 0.4);
    assert!(run(&system, &mut || Box::new(FewestOfSome { drawn: 2 }), 1).share(0) < 0.11);
    assert!(run(&system, &mut counting, 1).share(0) < 0.005);
}

#[test]
fn leaving_out_pays_while_the_others_can_carry_it() {
    let served = |servers: u32, without: bool| {
        let faults = vec![Fault { servers, ..Fault::FAST }];
        let system = System { faults, judged: (secs(10), secs(30)), ..System::default() };
        let mut policy = || -> Box<dyn Policy> {
            if without {
                Box::new(ByWeight::new(WithoutFailing))
            } else {
                Box::new(ByWeight::new(AllAlike))
            }
        };
        run(&system, &mut policy, 1).served()
    };
    assert!(served(4, true) > served(4, false) + 0.1);
    assert!(served(10, true) < served(10, false) - 0.1);
}
