//! A simulated M/M/8 queue against Erlang C.

use sim::{Arrival, Cx, Discipline, Dist, Id, Latencies, Node, Sim, Station, Stream, Time, ms};

const SERVERS: usize = 8;
const RHO: f64 = 0.9;
const CUSTOMERS: u64 = 1_000_000;

/// Poisson arrivals, exponential service of 10 ms on average, eight servers, an unbounded queue.
struct Desk {
    station: Station<Time>,
    to_come: u64,
    waits: Latencies,
    waited: Time,
    had_to_wait: u64,
}

impl Desk {
    const ARRIVE: u64 = 0;
    const DONE: u64 = 1;

    fn serve(cx: &mut Cx<'_, ()>) {
        let work = cx.rng().exponential(ms(10));
        cx.set_timer(work, Self::DONE);
    }
}

impl Node for Desk {
    type Msg = ();

    fn start(&mut self, cx: &mut Cx<'_, ()>) {
        let gap = cx.rng().exponential(ms(10).scale(1.0 / (SERVERS as f64 * RHO)));
        cx.set_timer(gap, Self::ARRIVE);
    }

    fn message(&mut self, _: Id, (): (), _: &mut Cx<'_, ()>) {}

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, ()>) {
        if tag == Self::ARRIVE {
            self.to_come -= 1;
            if self.to_come > 0 {
                self.start(cx);
            }
            match self.station.arrive(cx.now()) {
                Arrival::Start(_) => {
                    self.waits.record(Time::ZERO);
                    Self::serve(cx);
                }
                Arrival::Queued => self.had_to_wait += 1,
                Arrival::Rejected(_) => unreachable!("the queue is unbounded"),
            }
        } else if let Some(since) = self.station.leave() {
            self.waits.record(cx.now() - since);
            self.waited += cx.now() - since;
            Self::serve(cx);
        }
    }
}

/// Erlang C: the probability of having to wait, by the recursion of Erlang B over the number of servers.
fn erlang_c(servers: usize, rho: f64) -> f64 {
    let offered = servers as f64 * rho;
    let blocked = (1..=servers).fold(1.0, |b, n| offered * b / (n as f64 + offered * b));
    blocked / (1.0 - rho * (1.0 - blocked))
}

fn mm8(seed: u64) -> Desk {
    let mut sim = Sim::new(seed, Dist::Constant(Time::ZERO));
    let station = Station::new(SERVERS, usize::MAX, Discipline::Fifo);
    sim.add(Desk { station, to_come: CUSTOMERS, waits: Latencies::new(), waited: Time::ZERO, had_to_wait: 0 });
    assert!(!sim.run_until(Time::MAX));
    assert_eq!(sim.events(), 2 * CUSTOMERS);
    let Desk { station, to_come, waits, waited, had_to_wait } = sim.node_mut(0);
    Desk {
        station: station.clone(),
        to_come: *to_come,
        waits: waits.clone(),
        waited: *waited,
        had_to_wait: *had_to_wait,
    }
}

#[test]
fn mean_wait_and_its_distribution_agree_with_erlang_c() {
    let waiting = erlang_c(SERVERS, RHO);
    let mean = waiting * 10.0 / (SERVERS as f64 * (1.0 - RHO));
    assert!((mean - 8.769).abs() < 0.001, "{mean} ms");

    let desk = mm8(1);
    // Waits follow each other closely: the mean of 10⁶ has a standard error of about 0.25 ms.
    let got = desk.waited.as_ms() / CUSTOMERS as f64;
    assert!(
        (got - mean).abs() < 3.0 * 0.25,
        "mean wait {got} ms, Erlang C says {mean} ms"
    );
    assert!((desk.waits.mean().as_ms() - got).abs() < 1e-5);
    assert_eq!(desk.waits.len(), CUSTOMERS);

    let share = desk.had_to_wait as f64 / CUSTOMERS as f64;
    assert!(
        (share - waiting).abs() < 0.01,
        "{share} had to wait, Erlang C says {waiting}"
    );
    // Those who wait do so for an exponential time of 12.5 ms on average.
    for t in [ms(5), ms(20), ms(50)] {
        let want = waiting * (-t.as_ms() / 12.5).exp();
        let got = desk.waits.share_above(t);
        assert!(
            (got - want).abs() < 0.012,
            "{got} waited longer than {t}, theory says {want}"
        );
    }
    assert_eq!((desk.station.busy(), desk.station.waiting()), (0, 0));
}

#[test]
#[ignore = "measures the standard error that the other test relies on; 50 runs"]
fn the_standard_error_is_a_quarter_of_a_millisecond() {
    let means: Vec<f64> = (0..50).map(|s| mm8(s).waited.as_ms() / CUSTOMERS as f64).collect();
    let mean = means.iter().sum::<f64>() / 50.0;
    let sd = (means.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / 49.0).sqrt();
    println!("mean {mean:.3} ms, standard deviation {sd:.3} ms");
    assert!((0.15..0.35).contains(&sd), "{sd} ms");
    assert!((mean - 8.769).abs() < 0.12, "{mean} ms");
}

#[test]
fn a_seeded_stream_decides_everything() {
    // The same draws, taken by hand: the first arrival is the first exponential of node 0's stream.
    let first = Stream::new(4, 0).exponential(ms(10).scale(1.0 / 7.2));
    let mut sim = Sim::new(4, Dist::Constant(Time::ZERO));
    let station = Station::new(SERVERS, usize::MAX, Discipline::Fifo);
    sim.add(Desk { station, to_come: 10, waits: Latencies::new(), waited: Time::ZERO, had_to_wait: 0 });
    sim.run_events(1);
    assert_eq!(sim.now(), first);
}
