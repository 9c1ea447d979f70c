//! Time: how far clocks may be apart, and what a promise that ends by itself is worth under that.
//!
//! A clock that is *slow by* a share ρ shows 1 − ρ seconds for each true one; one that is *fast by* ρ shows 1 + ρ.

mod span;

pub use span::{BETWEEN, OUTLASTED, hours_between};

use crate::{Model, count, exactly, out, real};

/// True seconds between the end of a holder's time and the beginning of its successor's; negative when both may act.
///
/// The holder stops `holds` seconds after it last heard that it may go on, by a clock that is slow by at most `slow`. The
/// successor begins `waits` seconds after it last agreed to that, by a clock that is fast by at most `fast`. `late` is by
/// how many true seconds the holder's last act may come later still: because its count began later than the
/// successor's, or because its last message is under way; where both can be, their sum.
///
/// Source: arithmetic; the bound on clock rates as in Burrows, *The Chubby lock service*, 2006, section 2.8.
pub fn lease_margin(holds: f64, waits: f64, slow: f64, fast: f64, late: f64) -> f64 {
    waits / (1.0 + fast) - late - holds / (1.0 - slow)
}

/// The longest time in seconds that a holder may go on by its own clock, so that [`lease_margin`] is not negative.
///
/// # Errors
/// When the delay alone takes the whole wait.
pub fn longest_fence(waits: f64, slow: f64, fast: f64, late: f64) -> Result<f64, String> {
    let longest = (waits / (1.0 + fast) - late) * (1.0 - slow);
    if longest <= 0.0 {
        return Err("the successor waits no longer than a message may take: no lease is short enough".into());
    }
    Ok(longest)
}

/// How far a clock may be from true time in seconds, `since` seconds after it was set to within `at_best` seconds, when
/// its rate is wrong by at most the share `drift`.
///
/// Source: Corbett et al., *Spanner*, 2012, section 3 (1 to 7 ms for 30 s at 200 µs/s).
pub fn uncertainty(at_best: f64, since: f64, drift: f64) -> f64 {
    at_best + drift * since
}

/// Renewals per second of one lease that is asked for again when it is needed: `uses` needs a second at random times,
/// each renewal lasts `term` seconds.
///
/// Source: Gray & Cheriton, *Leases*, 1989, section 3: relative to no lease, 1 / (1 + `uses` × `term`).
pub fn renewals(uses: f64, term: f64) -> f64 {
    uses / (1.0 + uses * term)
}

/// `time.lease_margin`
pub static LEASE_MARGIN: Model = Model {
    id: "time.lease_margin",
    title: "Has the old holder stopped before the new one begins?",
    tex: r"M = \frac{P}{1+\rho_f} - d - \frac{F}{1-\rho_s}",
    source: "burrows2006 section 2.8",
    inputs: &[
        real(
            "holds",
            "F",
            "The holder stops after, by its own clock",
            "s",
            (0.0, 50.0, 1e6),
        ),
        real(
            "waits",
            "P",
            "The successor begins after, by its own clock",
            "s",
            (0.0, 60.0, 1e6),
        ),
        real(
            "slow",
            r"\rho_s",
            "The holder's clock is slow by at most",
            "µs a second",
            (0.0, 200.0, 500_000.0),
        ),
        real(
            "fast",
            r"\rho_f",
            "The successor's clock is fast by at most",
            "µs a second",
            (0.0, 200.0, 500_000.0),
        ),
        real(
            "late",
            "d",
            "The holder's last act comes later by at most",
            "s",
            (0.0, 1.0, 1e6),
        ),
    ],
    outputs: &[
        out("margin", "Nobody acts for at least (negative: both may act)", "s", 3),
        out("stops", "Latest true time at which the holder stops", "s", 3),
        out("begins", "Earliest true time at which the successor begins", "s", 3),
    ],
    run: |values| {
        let [holds, waits, slow, fast, late] = exactly(values)?;
        let (slow, fast) = (slow / 1e6, fast / 1e6);
        Ok(vec![
            lease_margin(holds, waits, slow, fast, late),
            late + holds / (1.0 - slow),
            waits / (1.0 + fast),
        ])
    },
};

/// `time.longest_fence`
pub static LONGEST_FENCE: Model = Model {
    id: "time.longest_fence",
    title: "How long may the holder go on?",
    tex: r"F_{\mathrm{max}} = \left(\frac{P}{1+\rho_f} - d\right)(1-\rho_s)",
    source: "burrows2006 section 2.8",
    inputs: &[
        real(
            "waits",
            "P",
            "The successor begins after, by its own clock",
            "s",
            (0.0, 60.0, 1e6),
        ),
        real(
            "slow",
            r"\rho_s",
            "The holder's clock is slow by at most",
            "µs a second",
            (0.0, 200.0, 500_000.0),
        ),
        real(
            "fast",
            r"\rho_f",
            "The successor's clock is fast by at most",
            "µs a second",
            (0.0, 200.0, 500_000.0),
        ),
        real(
            "late",
            "d",
            "The holder's last act comes later by at most",
            "s",
            (0.0, 1.0, 1e6),
        ),
    ],
    outputs: &[
        out("longest", "The holder must stop by its own clock after", "s", 3),
        out("of_wait", "Given up of the successor's wait", "%", 3),
    ],
    run: |values| {
        let [waits, slow, fast, late] = exactly(values)?;
        let longest = longest_fence(waits, slow / 1e6, fast / 1e6, late)?;
        Ok(vec![longest, (1.0 - longest / waits) * 100.0])
    },
};

/// `time.uncertainty`
pub static UNCERTAINTY: Model = Model {
    id: "time.uncertainty",
    title: "How far may a clock be from true time?",
    tex: r"\varepsilon_{\mathrm{max}} = \varepsilon_0 + \rho\, p, \qquad \bar\varepsilon = \varepsilon_0 + \frac{\rho\, p}{2}",
    source: "corbett2012 section 3",
    inputs: &[
        real(
            "at_best",
            r"\varepsilon_0",
            "Uncertainty right after it is set",
            "ms",
            (0.0, 2.0, 1e6),
        ),
        real("poll", "p", "Time until it is set again", "s", (0.0, 60.0, 1e8)),
        real(
            "drift",
            r"\rho",
            "Its rate is wrong by at most",
            "µs a second",
            (0.0, 100.0, 1e6),
        ),
    ],
    outputs: &[
        out("largest", "Uncertainty at its largest", "ms", 3),
        out("mean", "On average over time", "ms", 3),
        out("wait", "Wait until a moment has surely passed, on average", "ms", 3),
    ],
    run: |values| {
        let [best, poll, drift] = exactly(values)?;
        let at = |since| uncertainty(best / 1e3, since, drift / 1e6) * 1e3;
        Ok(vec![at(poll), at(poll / 2.0), 2.0 * at(poll / 2.0)])
    },
};

/// `time.lease_traffic`
pub static LEASE_TRAFFIC: Model = Model {
    id: "time.lease_traffic",
    title: "What does a short lease cost?",
    tex: r"X = n\,k\,\frac{u}{1 + u\,t}, \qquad \frac{X}{X_{t=0}} = \frac{1}{1 + u\,t}",
    source: "gray1989 section 3",
    inputs: &[
        count("holders", "n", "Holders", (1.0, 500.0, 1e9)),
        count("leases", "k", "Leases that each needs", (1.0, 4.0, 1e6)),
        real(
            "uses",
            "u",
            "Times that one of them is needed",
            "per second",
            (0.0, 2.0, 1e9),
        ),
        real("term", "t", "A lease lasts", "s", (0.0, 20.0, 1e8)),
    ],
    outputs: &[
        out("renewals", "Renewals in all", "per second", 1),
        out("relative", "Compared with asking each time", "%", 2),
        out(
            "blocked",
            "A holder that vanished blocks the others for at most",
            "s",
            1,
        ),
    ],
    run: |values| {
        let [holders, leases, uses, term] = exactly(values)?;
        Ok(vec![
            holders * leases * renewals(uses, term),
            100.0 / (1.0 + uses * term),
            term,
        ])
    },
};

#[cfg(test)]
mod tests;
