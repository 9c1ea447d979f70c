//! Quorums: which answers overlap, how old a read may be, how long the k-th answer takes, and what may be lost.

use crate::{Model, count, exactly, out, real};

/// Ways to choose `k` of `n`.
fn choose(n: u32, k: u32) -> f64 {
    if k > n {
        return 0.0;
    }
    (0..k).fold(1.0, |ways, i| ways * f64::from(n - i) / f64::from(i + 1))
}

/// Chance that `read` of `copies` answers, drawn at random, have none of the `written` copies among them.
///
/// Source: Bailis et al., *Probabilistically Bounded Staleness*, 2012, section 2: C(N − W, R) ÷ C(N, R).
pub fn misses(copies: u32, read: u32, written: u32) -> f64 {
    choose(copies.saturating_sub(written), read) / choose(copies, read)
}

/// Chance that a read shows none of the last `versions` versions, each of which stands at `write` random copies.
///
/// Source: Bailis et al., 2012, section 3.1: the chance above to the power of k. Writes that go on spreading make it smaller.
pub fn k_stale(copies: u32, read: u32, write: u32, versions: u32) -> f64 {
    libm::pow(misses(copies, read, write), f64::from(versions))
}

/// Chance that at least `needed` of `copies` answers are there, when each is with chance `each`, independently.
///
/// Source: arithmetic, the tail of a binomial distribution.
pub fn answered(copies: u32, needed: u32, each: f64) -> f64 {
    let term =
        |i: u32| choose(copies, i) * libm::pow(each, f64::from(i)) * libm::pow(1.0 - each, f64::from(copies - i));
    (needed..=copies).map(term).sum::<f64>().min(1.0)
}

/// Mean time of the `needed`-th of `copies` answers, in means of one answer, when these are exponentially distributed.
///
/// Source: Rényi's formula for exponential order statistics: the sum of 1 ÷ i from copies − needed + 1 to copies.
pub fn mean_of_kth(copies: u32, needed: u32) -> f64 {
    (copies - needed + 1..=copies).map(|i| 1.0 / f64::from(i)).sum()
}

/// How many of `zones` may be lost, whichever they are, so that `needed` of `copies` are left. Copies are spread evenly: no
/// zone has two more than another.
pub fn zones_to_lose(copies: u32, needed: u32, zones: u32) -> u32 {
    let in_zone = |z: u32| copies / zones + u32::from(z < copies % zones);
    let mut left = copies;
    let mut lost = 0;
    while lost < zones {
        left -= in_zone(lost);
        if left < needed {
            break;
        }
        lost += 1;
    }
    lost
}

fn within(copies: f64, needed: &[f64]) -> Result<(), String> {
    if needed.iter().any(|n| *n > copies) {
        return Err("more answers are awaited than there are copies".into());
    }
    Ok(())
}

const COPIES: crate::Input = count("copies", "N", "Copies", (1.0, 5.0, 15.0));
const READ: crate::Input = count("read", "R", "Answers that a read awaits", (1.0, 2.0, 15.0));
const WRITE: crate::Input = count("write", "W", "Answers that a write awaits", (1.0, 2.0, 15.0));

/// `quorum.overlap`
pub static OVERLAP: Model = Model {
    id: "quorum.overlap",
    title: "Do reads meet the last write?",
    tex: r"P(\text{no copy in common}) = \frac{\binom{N-W}{R}}{\binom{N}{R}}, \qquad R + W \gt N \;\Rightarrow\; 0",
    source: "bailis2012 section 2",
    inputs: &[COPIES, READ, WRITE],
    outputs: &[
        out("missed", "Reads that meet no copy with the write", "%", 2),
        out("shared", "Copies in common at least", "", 0),
    ],
    run: |values| {
        let [copies, read, write] = exactly(values)?;
        within(copies, &[read, write])?;
        let missed = misses(copies as u32, read as u32, write as u32);
        Ok(vec![100.0 * missed, (read + write - copies).max(0.0)])
    },
};

/// `quorum.k_stale`
pub static K_STALE: Model = Model {
    id: "quorum.k_stale",
    title: "How many versions behind?",
    tex: r"P(\text{older than the last } k) = \left( \frac{\binom{N-W}{R}}{\binom{N}{R}} \right)^{k}",
    source: "bailis2012 section 3.1",
    inputs: &[
        COPIES,
        READ,
        WRITE,
        count("versions", "k", "Versions", (1.0, 4.0, 100.0)),
    ],
    outputs: &[
        out("stale", "Reads that show something older", "%", 2),
        out("fresh", "Reads that show one of the last versions", "%", 2),
    ],
    run: |values| {
        let [copies, read, write, versions] = exactly(values)?;
        within(copies, &[read, write])?;
        let stale = k_stale(copies as u32, read as u32, write as u32, versions as u32);
        Ok(vec![100.0 * stale, 100.0 * (1.0 - stale)])
    },
};

/// `quorum.kth_answer`
pub static KTH_ANSWER: Model = Model {
    id: "quorum.kth_answer",
    title: "When is the k-th answer there?",
    tex: r"P(T_k \le t) = \sum_{i=k}^{N} \binom{N}{i} F^{\,i} (1-F)^{N-i}, \qquad \frac{E(T_k)}{m} = \sum_{i=N-k+1}^{N} \frac{1}{i}",
    source: "arithmetic",
    inputs: &[
        COPIES,
        count("needed", "k", "Answers that are awaited", (1.0, 3.0, 15.0)),
        real(
            "each",
            "F",
            "One answer is there within the time",
            "%",
            (0.0, 95.0, 100.0),
        ),
        real("mean", "m", "Mean time of one answer", "ms", (0.001, 8.0, 1e6)),
    ],
    outputs: &[
        out("there", "Operations answered within the time", "%", 3),
        out("mean_kth", "Mean time, if answers are exponential", "ms", 2),
    ],
    run: |values| {
        let [copies, needed, each, mean] = exactly(values)?;
        within(copies, &[needed])?;
        let (copies, needed) = (copies as u32, needed as u32);
        Ok(vec![
            100.0 * answered(copies, needed, each / 100.0),
            mean * mean_of_kth(copies, needed),
        ])
    },
};

/// `quorum.zones`
pub static ZONES: Model = Model {
    id: "quorum.zones",
    title: "Which zones may be lost?",
    tex: r"\text{the largest } z \text{ with } N - \sum_{j=1}^{z} n_j \ge k, \qquad n_j = \left\lceil \frac{N - j + 1}{Z} \right\rceil",
    source: "arithmetic",
    inputs: &[
        COPIES,
        count("needed", "k", "Answers that are awaited", (1.0, 2.0, 15.0)),
        count("zones", "Z", "Zones", (1.0, 3.0, 15.0)),
    ],
    outputs: &[
        out("zones_lost", "Zones that may be lost, whichever", "", 0),
        out("copies_lost", "Copies that may be lost", "", 0),
    ],
    run: |values| {
        let [copies, needed, zones] = exactly(values)?;
        within(copies, &[needed])?;
        let lost = zones_to_lose(copies as u32, needed as u32, zones as u32);
        Ok(vec![f64::from(lost), copies - needed])
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_quorums_miss_nothing() {
        for (n, r, w) in [(3, 2, 2), (3, 1, 3), (5, 3, 3), (1, 1, 1)] {
            assert_eq!(misses(n, r, w), 0.0, "{n} {r} {w}");
        }
        assert!((misses(3, 1, 1) - 2.0 / 3.0).abs() < 1e-12);
        assert!((misses(3, 2, 1) - 1.0 / 3.0).abs() < 1e-12);
        assert!((misses(5, 2, 2) - 0.3).abs() < 1e-12);
    }

    #[test]
    fn published_k_staleness_comes_out() {
        assert!((1.0 - k_stale(3, 1, 1, 2) - 0.5556).abs() < 1e-4);
        assert!((1.0 - k_stale(3, 1, 1, 3) - 0.7037).abs() < 1e-4);
        assert!((1.0 - k_stale(3, 1, 2, 2) - 0.8889).abs() < 1e-4);
    }

    #[test]
    fn the_first_and_the_last_answer_are_the_known_ends() {
        assert!((answered(3, 1, 0.9) - 0.999).abs() < 1e-12);
        assert!((answered(3, 3, 0.9) - 0.729).abs() < 1e-12);
        assert!((answered(3, 2, 0.9) - 0.972).abs() < 1e-12);
        assert!((mean_of_kth(3, 1) - 1.0 / 3.0).abs() < 1e-12);
        assert!((mean_of_kth(3, 3) - 11.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn zones_hold_copies_evenly() {
        assert_eq!(zones_to_lose(3, 2, 3), 1);
        assert_eq!(zones_to_lose(3, 3, 3), 0);
        assert_eq!(zones_to_lose(3, 1, 3), 2);
        assert_eq!(zones_to_lose(5, 3, 3), 1);
        assert_eq!(zones_to_lose(5, 2, 3), 1);
        assert_eq!(zones_to_lose(3, 1, 2), 1);
        assert_eq!(zones_to_lose(3, 1, 1), 0);
    }

    #[test]
    fn the_formula_for_a_zones_copies_is_the_even_spread() {
        for (copies, zones) in [(5_u32, 3_u32), (7, 3), (3, 2), (4, 4), (2, 5)] {
            for j in 1..=zones {
                let by_formula = (copies + 1).saturating_sub(j).div_ceil(zones);
                let even = copies / zones + u32::from(j - 1 < copies % zones);
                assert_eq!(by_formula, even, "{copies} {zones} {j}");
            }
        }
    }
}
