//! Replication and failover: who may decide, when a silence counts as a death, what exists on one side only, how long
//! nobody can write, and how long the copies take to be equal again.

use crate::{Model, count, exactly, out, real};

mod distance;
mod failover;

pub use distance::{DISTANCE, LIGHT, LIGHT_KM_PER_S, SERIAL_COMMITS, great_circle_km, round_trip, serial_commits};
pub use failover::{CATCH_UP, Failover, OUTAGE, RESTORE, Restore, STRANDED, catch_up, restore};

/// The smallest number of nodes that is more than half of `nodes`: any two such groups share a node.
pub fn majority(nodes: u32) -> u32 {
    nodes / 2 + 1
}

/// How many of `nodes` may be gone while the others are still a majority.
///
/// Source: arithmetic; published for 3 nodes (one) and 5 (two) in Orchestrator's documentation, `raft.md`.
pub fn tolerated(nodes: u32) -> u32 {
    nodes.saturating_sub(majority(nodes))
}

/// Share of time without a majority, when each of `nodes` is down for a share `down` of it, independently.
///
/// Source: arithmetic, the tail of a binomial distribution.
pub fn no_majority(nodes: u32, down: f64) -> f64 {
    // Each term is the one before, times a ratio, from the chance that all are down: no factorial, and the small terms
    // are added first.
    if down <= 0.0 {
        return 0.0;
    }
    let n = f64::from(nodes);
    let least = tolerated(nodes) + 1;
    let mut term = libm::pow(down, n);
    let mut sum = 0.0;
    for gone in (least..=nodes).rev() {
        sum += term;
        let k = f64::from(gone);
        term *= k / (n - k + 1.0) * (1.0 - down) / down;
    }
    sum.min(1.0)
}

/// Seconds of silence at which an accrual detector suspects a node at threshold `phi`, when heartbeats come at random
/// (exponential) intervals of a mean of `interval` seconds.
///
/// Source: Hayashibara et al., *The φ Accrual Failure Detector*, SRDS 2004: φ = −log₁₀ of the chance that the next
/// heartbeat comes still later. The exponential intervals are Cassandra's simplification.
pub fn phi_silence(phi: f64, interval: f64) -> f64 {
    phi * std::f64::consts::LN_10 * interval
}

/// `replication.majority`
pub static MAJORITY: Model = Model {
    id: "replication.majority",
    title: "How many nodes may be gone?",
    tex: r"m = \left\lfloor \frac{n}{2} \right\rfloor + 1, \qquad P(\text{no majority}) = \sum_{k=n-m+1}^{n} \binom{n}{k}\, d^{\,k} (1-d)^{n-k}",
    source: "arithmetic",
    inputs: &[
        count("nodes", "n", "Nodes that vote", (1.0, 7.0, 101.0)),
        real("down", "d", "Each is down, independently", "%", (0.0, 2.0, 100.0)),
    ],
    outputs: &[
        out("majority", "Nodes that make a majority", "", 0),
        out("tolerated", "Nodes that may be gone", "", 0),
        out("minutes", "Without a majority", "min a year", 2),
    ],
    run: |values| {
        let [nodes, percent] = exactly(values)?;
        let n = nodes as u32;
        Ok(vec![
            f64::from(majority(n)),
            f64::from(tolerated(n)),
            no_majority(n, percent / 100.0) * 365.0 * 24.0 * 60.0,
        ])
    },
};

/// `replication.phi`
pub static PHI: Model = Model {
    id: "replication.phi",
    title: "How long a silence is a death?",
    tex: r"\varphi = -\log_{10} P(\text{still later}), \qquad t = \varphi\, m \ln 10",
    source: "hayashibara2004",
    inputs: &[
        real("phi", r"\varphi", "Suspect at", "", (0.1, 4.0, 16.0)),
        real(
            "interval",
            "m",
            "Mean time between heartbeats",
            "s",
            (0.001, 2.0, 3600.0),
        ),
    ],
    outputs: &[
        out("silence", "Silence until the node is suspected", "s", 2),
        out("mistaken", "Heartbeats that come later than that, in a million", "", 3),
        out("between", "Mean time between two such mistakes", "h", 1),
    ],
    run: |values| {
        let [phi, interval] = exactly(values)?;
        let mistaken = libm::exp10(-phi);
        Ok(vec![
            phi_silence(phi, interval),
            mistaken * 1e6,
            interval / mistaken / 3600.0,
        ])
    },
};

#[cfg(test)]
mod tests;
