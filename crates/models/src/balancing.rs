//! Balancing and placement: which server a request reaches, what a signal rewards, and where keys lie.
//!
//! *Open* requests of a server are those that were sent to it and are not answered. All formulas are for a steady state.

use crate::{Model, count, exactly, out, real};

/// Mean time in the system, in mean services, when each arrival goes to the shortest of `choices` queues that are drawn at
/// random out of very many: one server a queue, Poisson arrivals, exponential service, utilisation `load`.
///
/// Source: Mitzenmacher, *The power of two choices in randomized load balancing*, IEEE TPDS 2001, theorems 1 and 5.
pub fn d_choices_time(load: f64, choices: u32) -> f64 {
    if choices <= 1 {
        return 1.0 / (1.0 - load);
    }
    let d = f64::from(choices);
    let mut time = 0.0;
    for i in 1..=4_000 {
        let power = (libm::pow(d, f64::from(i)) - d) / (d - 1.0);
        let term = libm::pow(load, power);
        time += term;
        if term < 1e-12 {
            break;
        }
    }
    time
}

/// Share of the traffic that one of `servers` draws when all are kept at equally many open requests: it replies after
/// `odd` seconds, the others after `usual`.
///
/// Source: Little's law: open = rate × time, so equal open requests mean rates in proportion to 1 ÷ time.
pub fn equal_open_share(servers: u32, usual: f64, odd: f64) -> f64 {
    let own = 1.0 / odd;
    own / (own + (f64::from(servers) - 1.0) / usual)
}

/// Share of the traffic that a server without open requests draws, when the one with the fewest out of `drawn` different ones
/// gets the request; each of the others has open requests with chance `busy`, and a tie is drawn by lot.
///
/// Source: arithmetic: it is drawn with chance drawn ÷ servers, and among equals each wins alike.
pub fn drawn_share(servers: u32, drawn: u32, busy: f64) -> f64 {
    let mut sum = 0.0;
    let mut power = 1.0;
    for _ in 0..drawn {
        sum += power;
        power *= busy;
    }
    sum / f64::from(servers)
}

/// Load on the servers that are left when `out` of `servers` get no traffic; `load` is that of all.
pub fn load_on_the_rest(servers: u32, out: u32, load: f64) -> f64 {
    load * f64::from(servers) / f64::from(servers - out)
}

/// Most by which the shares of two backends differ, relative to the smaller, when a table of `entries` is divided between
/// `backends` so that no two have counts further apart than one.
///
/// Source: Eisenbud et al., *Maglev*, NSDI 2016, sections 3.4 and 5.3 (the rule M > 100 × N).
pub fn table_difference(backends: u32, entries: u32) -> f64 {
    1.0 / f64::from(entries / backends)
}

/// Share of keys that another node holds after one of `nodes` has left: with hash modulo the number of nodes, and with
/// consistent hashing.
///
/// Source: arithmetic: modulo n and modulo n − 1 agree for one in n keys; a ring moves the keys of the node that left.
pub fn moved_keys(nodes: u32) -> [f64; 2] {
    let one = 1.0 / f64::from(nodes);
    [1.0 - one, one]
}

/// [`d_choices_time`] as a calculator.
pub static D_CHOICES: Model = Model {
    id: "balancing.d_choices",
    title: "How long does a request take with one choice, and with several?",
    tex: r"T_1 = \frac{1}{1 - \rho}, \qquad T_d = \sum_{i=1}^{\infty} \rho^{\frac{d^{\,i} - d}{d - 1}}",
    source: "mitzenmacher2001 theorems 1 and 5",
    inputs: &[
        real("load", r"\rho", "Utilisation of each server", "%", (1.0, 90.0, 99.9)),
        count("choices", "d", "Queues that are looked at", (2.0, 2.0, 50.0)),
    ],
    outputs: &[
        out("one", "Mean time with one choice, in mean services", "×", 2),
        out("several", "Mean time with several choices, in mean services", "×", 2),
        out("ratio", "One choice ÷ several", "×", 1),
    ],
    run: |values| {
        let [load, choices] = exactly(values)?;
        let (one, several) = (
            d_choices_time(load / 100.0, 1),
            d_choices_time(load / 100.0, choices as u32),
        );
        Ok(vec![one, several, one / several])
    },
};

/// [`equal_open_share`] as a calculator.
pub static EQUAL_OPEN: Model = Model {
    id: "balancing.equal_open",
    title: "How much traffic does one odd server draw when open requests are kept equal, many at each server?",
    tex: r"s = \frac{1 / t_{\mathrm{odd}}}{1 / t_{\mathrm{odd}} + (n - 1) / t_{\mathrm{usual}}}",
    source: "little1961",
    inputs: &[
        count(
            "servers",
            "n",
            "Servers (each with many requests open)",
            (2.0, 20.0, 100_000.0),
        ),
        real(
            "usual",
            r"t_{\mathrm{usual}}",
            "Time of a reply of the others",
            "ms",
            (0.001, 100.0, 1e7),
        ),
        real(
            "odd",
            r"t_{\mathrm{odd}}",
            "Time of its own replies",
            "ms",
            (0.001, 20.0, 1e7),
        ),
    ],
    outputs: &[
        out("share", "Its share of the traffic", "%", 1),
        out("equal", "An equal share", "%", 1),
    ],
    run: |values| {
        let [servers, usual, odd] = exactly(values)?;
        let share = equal_open_share(servers as u32, usual, odd);
        Ok(vec![100.0 * share, 100.0 / servers])
    },
};

/// [`drawn_share`] as a calculator.
pub static DRAWN: Model = Model {
    id: "balancing.drawn",
    title: "How much traffic does a server without open requests draw?",
    tex: r"s = \frac{1 + u + u^2 + \dots + u^{d-1}}{n} \le \frac{d}{n}",
    source: "arithmetic",
    inputs: &[
        count("servers", "n", "Servers", (2.0, 20.0, 100_000.0)),
        count(
            "drawn",
            "d",
            "Servers that are drawn for a request",
            (1.0, 2.0, 1_000.0),
        ),
        real(
            "busy",
            "u",
            "Chance that another server has open requests",
            "%",
            (0.0, 95.0, 100.0),
        ),
    ],
    outputs: &[
        out("share", "Its share of the traffic", "%", 1),
        out("most", "The most that it can draw", "%", 1),
    ],
    run: |values| {
        let [servers, drawn, busy] = exactly(values)?;
        if drawn > servers {
            return Err("more servers are drawn than there are".into());
        }
        let share = drawn_share(servers as u32, drawn as u32, busy / 100.0);
        Ok(vec![100.0 * share, 100.0 * drawn / servers])
    },
};

/// [`load_on_the_rest`] as a calculator, with what users get.
pub static WITHOUT_SOME: Model = Model {
    id: "balancing.without_some",
    title: "Some servers fail: keep them, or send them nothing?",
    tex: r"A_{\mathrm{keep}} = 1 - \frac{k}{n}, \qquad \rho_{\mathrm{rest}} = \rho \, \frac{n}{n - k}",
    source: "arithmetic",
    inputs: &[
        count("servers", "n", "Servers", (2.0, 30.0, 100_000.0)),
        count("failing", "k", "Servers that fail every request", (1.0, 5.0, 99_999.0)),
        real(
            "load",
            r"\rho",
            "Utilisation of all servers together",
            "%",
            (0.1, 70.0, 100.0),
        ),
    ],
    outputs: &[
        out("kept", "Users served if all get the same", "%", 1),
        out(
            "rest",
            "Utilisation of the others if the failing ones get nothing",
            "%",
            1,
        ),
        out(
            "most",
            "Most servers that may get nothing with the others below 100 %",
            "",
            0,
        ),
    ],
    run: |values| {
        let [servers, failing, load] = exactly(values)?;
        if failing >= servers {
            return Err("no server is left".into());
        }
        let rest = load_on_the_rest(servers as u32, failing as u32, load);
        // The largest number below n (1 − ρ), at which the others are full. A hair less, since 20 × 0.6 is not exactly 12.
        let most = ((servers * (1.0 - load / 100.0) - 1e-9).ceil() - 1.0).max(0.0);
        Ok(vec![100.0 * (1.0 - failing / servers), rest, most])
    },
};

/// [`table_difference`] as a calculator.
pub static TABLE: Model = Model {
    id: "balancing.table",
    title: "How even are the shares of a lookup table?",
    tex: r"\frac{s_{\mathrm{most}} - s_{\mathrm{least}}}{s_{\mathrm{least}}} \le \frac{1}{\lfloor M / N \rfloor}",
    source: "eisenbud2016 sections 3.4 and 5.3",
    inputs: &[
        count("backends", "N", "Backends", (1.0, 650.0, 1e6)),
        count("entries", "M", "Entries of the table", (1.0, 65_537.0, 1e9)),
    ],
    outputs: &[out("difference", "Shares of two backends differ by, at most", "%", 2)],
    run: |values| {
        let [backends, entries] = exactly(values)?;
        if entries < backends {
            return Err("some backends would have no entry".into());
        }
        Ok(vec![100.0 * table_difference(backends as u32, entries as u32)])
    },
};

/// [`moved_keys`] as a calculator.
pub static MOVED: Model = Model {
    id: "balancing.moved",
    title: "One node leaves: how many keys find another?",
    tex: r"m_{\mathrm{modulo}} = 1 - \frac{1}{n}, \qquad m_{\mathrm{consistent}} = \frac{1}{n}",
    source: "arithmetic",
    inputs: &[count("nodes", "n", "Nodes before one leaves", (2.0, 20.0, 100_000.0))],
    outputs: &[
        out("modulo", "Keys that move, hash modulo n", "%", 1),
        out("consistent", "Keys that move, consistent hashing", "%", 1),
    ],
    run: |values| {
        let [nodes] = exactly(values)?;
        Ok(moved_keys(nodes as u32).map(|share| 100.0 * share).into())
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_choices_at_nine_tenths() {
        // 1 + 0.9² + 0.9⁶ + 0.9¹⁴ + 0.9³⁰ + 0.9⁶² + …
        let by_hand = 1.0 + 0.81 + 0.531_441 + 0.228_768 + 0.042_391 + 0.001_456;
        assert!((d_choices_time(0.9, 2) - by_hand).abs() < 1e-4);
        assert!((d_choices_time(0.9, 1) - 10.0).abs() < 1e-9);
        assert!(d_choices_time(0.9, 3) < d_choices_time(0.9, 2));
    }

    #[test]
    fn equal_times_are_equal_shares() {
        assert!((equal_open_share(20, 0.1, 0.1) - 0.05).abs() < 1e-12);
        assert!((equal_open_share(2, 0.1, 0.01) - 10.0 / 11.0).abs() < 1e-12);
    }

    #[test]
    fn a_drawn_server_has_at_least_its_share_and_at_most_all_draws() {
        assert!((drawn_share(20, 2, 1.0) - 0.1).abs() < 1e-12);
        assert!((drawn_share(20, 2, 0.0) - 0.05).abs() < 1e-12);
        assert!((drawn_share(20, 3, 0.5) - 1.75 / 20.0).abs() < 1e-12);
    }

    #[test]
    fn with_eight_of_twenty_left_out_at_sixty_percent_the_others_are_full() {
        assert_eq!(WITHOUT_SOME.call(&[20.0, 8.0, 60.0]).unwrap(), [60.0, 100.0, 7.0]);
        assert_eq!(WITHOUT_SOME.call(&[10.0, 1.0, 100.0]).unwrap()[2], 0.0);
    }

    #[test]
    fn a_hundred_entries_a_backend_are_one_percent() {
        assert!((table_difference(655, 65_537) - 0.01).abs() < 1e-12);
        assert!(TABLE.call(&[10.0, 5.0]).is_err());
    }

    #[test]
    fn modulo_moves_what_a_ring_keeps() {
        assert_eq!(moved_keys(20), [0.95, 0.05]);
    }
}
