//! Queues: how many requests are inside, how busy a server is, how long one waits.
//!
//! All formulas but Little's law hold for a steady state with random (Poisson) arrivals.

use crate::{Model, count, exactly, out, real};

/// Why a queue has no steady state at this load.
fn overloaded(utilisation: f64) -> String {
    let percent = utilisation * 100.0;
    format!("{percent:.1} % of the time would be needed: at 100 % and above the queue grows without end")
}

/// Mean number of requests inside a system: arrivals per second times mean seconds inside.
///
/// Source: Little, *A Proof for the Queuing Formula L = λW*, 1961.
pub fn littles_law(per_second: f64, seconds_inside: f64) -> f64 {
    per_second * seconds_inside
}

/// Mean seconds that a request waits before its service in M/M/1: one server, exponential service times.
///
/// Source: Kleinrock, *Queueing Systems* vol. 1, 1975, chapter 3.
///
/// # Errors
/// When the server would be busy for all of its time or more.
pub fn mm1_wait(per_second: f64, service_seconds: f64) -> Result<f64, String> {
    mg1_wait(per_second, service_seconds, 1.0)
}

/// Mean seconds that a request waits before its service in M/G/1: one server, service times of any distribution with
/// the given squared coefficient of variation (variance divided by the squared mean).
///
/// Source: the Pollaczek–Khinchine formula; Kleinrock, *Queueing Systems* vol. 1, 1975, chapter 5.
///
/// # Errors
/// When the server would be busy for all of its time or more.
pub fn mg1_wait(per_second: f64, service_seconds: f64, squared_variation: f64) -> Result<f64, String> {
    let busy = per_second * service_seconds;
    if busy >= 1.0 {
        return Err(overloaded(busy));
    }
    Ok(busy / (1.0 - busy) * (1.0 + squared_variation) / 2.0 * service_seconds)
}

/// Share of arrivals that a system of `servers` without a queue turns away (Erlang B), for an offered load in erlangs:
/// arrivals per second times seconds of service.
///
/// Computed by the recursion over the number of servers, in which every value lies between 0 and 1: no factorial, no
/// power, exact to rounding for any number of servers.
pub fn erlang_b(servers: u32, offered: f64) -> f64 {
    (1..=servers).fold(1.0, |blocked, k| offered * blocked / (f64::from(k) + offered * blocked))
}

/// Share of arrivals that have to wait in M/M/c (Erlang C), for an offered load in erlangs.
///
/// Source: A. K. Erlang, 1917; Harchol-Balter, *Performance Modeling and Design of Computer Systems*, 2013, chapter 14.
///
/// # Errors
/// When the servers would be busy for all of their time or more, or there is no server.
pub fn erlang_c(servers: u32, offered: f64) -> Result<f64, String> {
    if servers == 0 {
        return Err("without a server nothing is ever served".into());
    }
    let busy = offered / f64::from(servers);
    if busy >= 1.0 {
        return Err(overloaded(busy));
    }
    let blocked = erlang_b(servers, offered);
    Ok(blocked / (1.0 - busy * (1.0 - blocked)))
}

/// Mean seconds that a request waits before its service in M/M/c.
///
/// # Errors
/// As [`erlang_c`].
pub fn mmc_wait(servers: u32, per_second: f64, service_seconds: f64) -> Result<f64, String> {
    let offered = per_second * service_seconds;
    Ok(erlang_c(servers, offered)? * service_seconds / (f64::from(servers) - offered))
}

/// Seconds of waiting within which a share of all requests start their service in M/M/c; 0 if that share never waits.
///
/// # Errors
/// As [`erlang_c`].
pub fn mmc_wait_quantile(servers: u32, per_second: f64, service_seconds: f64, share: f64) -> Result<f64, String> {
    let offered = per_second * service_seconds;
    let waits = erlang_c(servers, offered)?;
    let later = 1.0 - share;
    if waits <= later {
        return Ok(0.0);
    }
    Ok(libm::log(waits / later) * service_seconds / (f64::from(servers) - offered))
}

/// `queueing.littles_law`
pub static LITTLES_LAW: Model = Model {
    id: "queueing.littles_law",
    title: "How many requests are inside?",
    tex: r"L = \lambda\, W",
    source: "little1961",
    inputs: &[
        real(
            "rate",
            r"\lambda",
            "Requests that arrive",
            "per second",
            (0.0, 1200.0, 1e8),
        ),
        real("time", "W", "Mean time inside", "ms", (0.0, 25.0, 1e8)),
    ],
    outputs: &[out("inside", "Mean number inside", "", 1)],
    run: |values| {
        let [rate, ms] = exactly(values)?;
        Ok(vec![littles_law(rate, ms / 1e3)])
    },
};

/// `queueing.mm1`
pub static MM1: Model = Model {
    id: "queueing.mm1",
    title: "How long does one wait at one server?",
    tex: r"\rho = \lambda S, \qquad W_q = \frac{\rho}{1-\rho}\, S, \qquad T = \frac{S}{1-\rho}, \qquad T_{99} = T \ln 100",
    source: "kleinrock1975 ch. 3",
    inputs: &[
        real(
            "rate",
            r"\lambda",
            "Requests that arrive",
            "per second",
            (0.0, 70.0, 1e8),
        ),
        real("service", "S", "Mean time of service", "ms", (0.0, 10.0, 1e8)),
    ],
    outputs: &[
        out("busy", "Busy", "%", 1),
        out("wait", "Mean wait before service", "ms", 2),
        out("total", "Mean time from arrival to answer", "ms", 2),
        out("total_p99", "p99 of the time from arrival to answer", "ms", 1),
    ],
    run: |values| {
        let [rate, ms] = exactly(values)?;
        let wait = mm1_wait(rate, ms / 1e3)? * 1e3;
        // The time from arrival to answer is exponential again.
        Ok(vec![rate * ms / 10.0, wait, wait + ms, (wait + ms) * libm::log(100.0)])
    },
};

/// `queueing.mmc`
pub static MMC: Model = Model {
    id: "queueing.mmc",
    title: "How long does one wait for the first free of many slots?",
    tex: r"a = \lambda S, \quad B_0 = 1, \quad B_k = \frac{a B_{k-1}}{k + a B_{k-1}}, \quad C = \frac{B_c}{1 - \frac{a}{c}(1 - B_c)}, \quad W_q = \frac{C\, S}{c - a}",
    source: "harchol2013 ch. 14",
    inputs: &[
        real(
            "rate",
            r"\lambda",
            "Requests that arrive",
            "per second",
            (0.0, 280.0, 1e8),
        ),
        real("service", "S", "Mean time of service", "ms", (0.0, 10.0, 1e8)),
        count("slots", "c", "Slots behind the one queue", (1.0, 4.0, 10_000.0)),
    ],
    outputs: &[
        out("busy", "Busy", "%", 1),
        out("waits", "Requests that have to wait", "%", 1),
        out("wait", "Mean wait before service, over all requests", "ms", 2),
        out("wait_p99", "p99 of the wait before service", "ms", 2),
    ],
    run: |values| {
        let [rate, ms, slots] = exactly(values)?;
        let (c, service) = (slots as u32, ms / 1e3);
        let waits = erlang_c(c, rate * service)?;
        let wait = mmc_wait(c, rate, service)?;
        let p99 = mmc_wait_quantile(c, rate, service, 0.99)?;
        Ok(vec![
            rate * service / slots * 100.0,
            waits * 100.0,
            wait * 1e3,
            p99 * 1e3,
        ])
    },
};

/// `queueing.mg1`
pub static MG1: Model = Model {
    id: "queueing.mg1",
    title: "How much longer does one wait when service times vary?",
    tex: r"\rho = \lambda S, \qquad W_q = \frac{\rho}{1-\rho} \cdot \frac{1+C^2}{2}\, S",
    source: "kleinrock1975 ch. 5",
    inputs: &[
        real(
            "rate",
            r"\lambda",
            "Requests that arrive",
            "per second",
            (0.0, 70.0, 1e8),
        ),
        real("service", "S", "Mean time of service", "ms", (0.0, 10.0, 1e8)),
        real(
            "variation",
            "C^2",
            "Squared coefficient of variation of the service times",
            "",
            (0.0, 4.0, 1e6),
        ),
    ],
    outputs: &[
        out("busy", "Busy", "%", 1),
        out("wait", "Mean wait before service", "ms", 2),
        out("total", "Mean time from arrival to answer", "ms", 2),
        out("factor", "Wait, compared with exponential service times", "×", 2),
    ],
    run: |values| {
        let [rate, ms, variation] = exactly(values)?;
        let wait = mg1_wait(rate, ms / 1e3, variation)? * 1e3;
        Ok(vec![rate * ms / 10.0, wait, wait + ms, (1.0 + variation) / 2.0])
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64, relative: f64) {
        assert!((a - b).abs() <= relative * b.abs().max(1e-300), "{a} is not {b}");
    }

    /// Uniform numbers, the same on every machine.
    struct Uniform(u64);

    impl Uniform {
        fn next(&mut self) -> f64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 11) as f64 + 0.5) / (1u64 << 53) as f64
        }

        fn exponential(&mut self, mean: f64) -> f64 {
            -mean * libm::log(self.next())
        }
    }

    /// Mean wait and share that waits of a million customers, served in order of arrival by the first free of c servers.
    fn served(c: usize, per_second: f64, mut service: impl FnMut(&mut Uniform) -> f64) -> (f64, f64) {
        let mut u = Uniform(41);
        let mut free_at = vec![0.0; c];
        let (mut now, mut total, mut waited) = (0.0, 0.0, 0u32);
        const N: u32 = 1_000_000;
        for _ in 0..N {
            now += u.exponential(1.0 / per_second);
            let first = (0..c)
                .min_by(|&i, &j| f64::total_cmp(&free_at[i], &free_at[j]))
                .expect("a server");
            let start = f64::max(free_at[first], now);
            total += start - now;
            waited += u32::from(start > now);
            free_at[first] = start + service(&mut u);
        }
        (total / f64::from(N), f64::from(waited) / f64::from(N))
    }

    #[test]
    fn littles_law_is_a_product() {
        // Published with Hystrix: 30 requests a second at 0.2 s hold 6 threads.
        near(littles_law(30.0, 0.2), 6.0, 1e-12);
        near(LITTLES_LAW.call(&[30.0, 200.0]).unwrap()[0], 6.0, 1e-12);
    }

    #[test]
    fn mm1_doubles_from_half_to_three_quarters() {
        let total = |rate| MM1.call(&[rate, 10.0]).unwrap()[2];
        near(total(50.0), 20.0, 1e-12);
        near(total(75.0), 2.0 * total(50.0), 1e-12);
        near(total(95.0), 2.0 * total(90.0), 1e-12);
        let out = MM1.call(&[50.0, 10.0]).unwrap();
        near(out[0], 50.0, 1e-12);
        near(out[1], 10.0, 1e-12);
        near(out[3], 92.1034, 1e-5);
    }

    #[test]
    fn full_servers_are_refused_in_words() {
        for refused in [
            MM1.call(&[100.0, 10.0]),
            MG1.call(&[200.0, 10.0, 1.0]),
            MMC.call(&[400.0, 10.0, 4.0]),
        ] {
            assert!(refused.unwrap_err().contains("the queue grows without end"));
        }
        assert!(erlang_c(0, 0.0).unwrap_err().contains("without a server"));
        assert!(MM1.call(&[200.0, 10.0]).unwrap_err().starts_with("200.0 %"));
    }

    #[test]
    fn erlang_c_gives_the_published_call_centre() {
        // 100 calls in half an hour of 180 s each, 14 agents: 17.4 % wait, 7.8 s on average, 88.8 % within 20 s.
        let (rate, service) = (100.0 / 1800.0, 180.0);
        near(erlang_c(14, rate * service).unwrap(), 0.174, 0.004);
        near(mmc_wait(14, rate, service).unwrap(), 7.8, 0.006);
        near(mmc_wait_quantile(14, rate, service, 0.888_35).unwrap(), 20.0, 1e-4);
    }

    #[test]
    fn erlang_b_gives_the_published_blocking() {
        near(erlang_b(1000, 5095.0), 0.803_777, 1e-6);
        near(erlang_b(1, 1.0), 0.5, 1e-12);
    }

    #[test]
    fn erlang_c_agrees_with_its_sum_for_few_servers() {
        for c in 1..=20u32 {
            for busy in [0.05, 0.5, 0.8, 0.95, 0.999] {
                let a = busy * f64::from(c);
                // a^k / k!, summed as the formula is printed.
                let mut term = 1.0;
                let mut sum = 0.0;
                for k in 0..c {
                    sum += term;
                    term *= a / f64::from(k + 1);
                }
                let last = term / (1.0 - busy);
                near(erlang_c(c, a).unwrap(), last / (sum + last), 1e-11);
            }
        }
    }

    #[test]
    fn one_slot_is_mm1() {
        for rate in [1.0, 40.0, 99.0] {
            near(mmc_wait(1, rate, 0.01).unwrap(), mm1_wait(rate, 0.01).unwrap(), 1e-12);
            near(erlang_c(1, rate * 0.01).unwrap(), rate * 0.01, 1e-12);
        }
    }

    #[test]
    fn erlang_c_is_stable_for_ten_thousand_slots() {
        let mut before = 0.0;
        for busy in [0.0, 0.3, 0.9, 0.97, 0.99, 0.999, 0.999_999] {
            let waits = erlang_c(10_000, busy * 10_000.0).unwrap();
            assert!((before..=1.0).contains(&waits), "{busy}: {waits}");
            before = waits;
        }
        assert!(before > 0.999);
        // The square-root rule of Halfin and Whitt (1981): with c = a + β√a the share that waits nears
        // 1 / (1 + β Φ(β) / φ(β)), which is 0.223 for β = 1.
        let a = 9_900.5;
        near(erlang_c(10_000, a).unwrap(), 0.223, 0.02);
    }

    #[test]
    fn sharing_a_queue_never_waits_longer() {
        for busy in [0.3, 0.7, 0.95] {
            let mut before = f64::INFINITY;
            for c in [1, 2, 4, 8, 64, 512] {
                let wait = mmc_wait(c, busy * f64::from(c) * 100.0, 0.01).unwrap();
                assert!(wait < before, "{c} slots at {busy}");
                before = wait;
            }
        }
    }

    #[test]
    fn waits_grow_with_load_and_variation() {
        let mut before = -1.0;
        for rate in 0..100 {
            let wait = mg1_wait(f64::from(rate), 0.01, 3.0).unwrap();
            assert!(wait > before);
            before = wait;
        }
        near(
            mg1_wait(80.0, 0.01, 0.0).unwrap() * 2.0,
            mm1_wait(80.0, 0.01).unwrap(),
            1e-12,
        );
        near(MG1.call(&[80.0, 10.0, 7.0]).unwrap()[3], 4.0, 1e-12);
    }

    #[test]
    fn the_wait_quantile_has_its_share_behind_it() {
        let (c, rate, service) = (4, 280.0, 0.01);
        let waits = erlang_c(c, 2.8).unwrap();
        let t = mmc_wait_quantile(c, rate, service, 0.99).unwrap();
        near(waits * libm::exp(-(4.0 - 2.8) * t / service), 0.01, 1e-9);
        assert_eq!(mmc_wait_quantile(64, 10.0, 0.01, 0.99).unwrap(), 0.0);
    }

    #[test]
    fn queues_served_one_by_one_agree() {
        let (wait, _) = served(1, 70.0, |u| u.exponential(0.01));
        near(wait, mm1_wait(70.0, 0.01).unwrap(), 0.02);
        // One service in ten takes 55 ms, the others 5 ms: mean 10 ms, variance 225 ms², C² = 2.25.
        let (wait, _) = served(1, 70.0, |u| if u.next() < 0.1 { 0.055 } else { 0.005 });
        near(wait, mg1_wait(70.0, 0.01, 2.25).unwrap(), 0.02);
        let (wait, share) = served(8, 640.0, |u| u.exponential(0.01));
        near(wait, mmc_wait(8, 640.0, 0.01).unwrap(), 0.02);
        near(share, erlang_c(8, 6.4).unwrap(), 0.02);
    }
}
