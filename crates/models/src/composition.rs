//! From blocks to the whole: what parts promise, and what follows for what is made of them.

use crate::{Model, count, exactly, out, real};

/// Share of time that at least `k` of `n` are up, each up for a share `each`, independently of the others.
///
/// Source: arithmetic (the binomial distribution).
pub fn at_least(k: u32, n: u32, each: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if k > n {
        return 0.0;
    }
    let down = 1.0 - each;
    // From the rarer side, so that many nines keep their digits: the chance that n − k + 1 or more are down.
    let mut sum = 0.0;
    for lost in (n - k + 1)..=n {
        let mut ways = 1.0;
        for i in 0..lost {
            ways *= f64::from(n - i) / f64::from(i + 1);
        }
        sum += ways * libm::pow(down, f64::from(lost)) * libm::pow(each, f64::from(n - lost));
    }
    (1.0 - sum).clamp(0.0, 1.0)
}

/// Which quantile of the misses is the quantile `q` of all, when a share `hits` is faster than any miss; none when `q` lies among the
/// hits.
///
/// Source: arithmetic.
pub fn quantile_of_misses(q: f64, hits: f64) -> Option<f64> {
    (q > hits).then(|| 1.0 - (1.0 - q) / (1.0 - hits))
}

/// Share of requests that go through `n` steps in a row, each of an exponential time with mean 1, in longer than `time`.
///
/// Source: arithmetic (the Erlang distribution).
pub fn later_than(n: u32, time: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..n {
        term *= time / f64::from(k);
        sum += term;
    }
    (libm::exp(-time) * sum).min(1.0)
}

/// The quantile `q` of the time through `n` steps in a row, each of an exponential time with mean 1.
///
/// # Errors
/// When the tail has no such quantile.
pub fn steps_quantile(n: u32, q: f64) -> Result<f64, String> {
    crate::tails::time_of(1.0 - q, |t| later_than(n, t))
}

/// Price of a month's traffic between places: GB out, GB that cross a border that is charged at each end, and the two prices.
///
/// Source: arithmetic.
pub fn moved(out: f64, out_price: f64, crossing: f64, end_price: f64) -> (f64, f64) {
    (out * out_price, crossing * end_price * 2.0)
}

/// `composition.shared`
pub static SHARED: Model = Model {
    id: "composition.shared",
    title: "What do copies promise that share something?",
    tex: r"A = s \, P(\text{at least } k \text{ of } n \text{ copies are up}), \text{ each for } a",
    source: "arithmetic",
    inputs: &[
        count("copies", "n", "Copies", (1.0, 3.0, 50.0)),
        count("needed", "k", "Copies that must be up", (1.0, 2.0, 50.0)),
        real(
            "each",
            "a",
            "Each of them is up, independently",
            "%",
            (0.0, 99.0, 100.0),
        ),
        real("shared", "s", "What all of them share is up", "%", (0.0, 99.95, 100.0)),
    ],
    outputs: &[
        out("copies_up", "Enough copies up", "%", 5),
        out("up", "The whole is up", "%", 5),
        out("minutes", "The whole is down in a month of 30 days", "min", 2),
    ],
    run: |values| {
        let [n, k, each, shared] = exactly(values)?;
        if k > n {
            return Err(format!("{k} of {n} copies cannot be up"));
        }
        let copies = at_least(k as u32, n as u32, each / 100.0);
        let up = copies * shared / 100.0;
        Ok(vec![copies * 100.0, up * 100.0, (1.0 - up) * 43_200.0])
    },
};

/// `composition.mixture`
pub static MIXTURE: Model = Model {
    id: "composition.mixture",
    title: "Which percentile of the misses is that of the whole?",
    tex: r"T_q = t_0 + m \ln \frac{1}{1-q_{\text{miss}}}, \qquad q_{\text{miss}} \text{ from } q \text{ and } h",
    source: "arithmetic",
    inputs: &[
        real("hits", "h", "Hit rate", "%", (0.0, 80.0, 99.99)),
        real("whole", "q", "Percentile of all requests", "%", (1.0, 99.0, 99.999)),
        real(
            "hit_time",
            "t_0",
            "Time of a hit, which a miss takes too",
            "ms",
            (0.0, 4.0, 1e6),
        ),
        real(
            "miss_time",
            "m",
            "Mean further time of a miss, exponential",
            "ms",
            (0.0, 30.0, 1e6),
        ),
    ],
    outputs: &[
        out(
            "of_misses",
            "That percentile of all is this percentile of the misses",
            "%",
            2,
        ),
        out("time", "Time within which that share of all is done", "ms", 1),
        out("of_a_miss", "The same percentile of the misses alone", "ms", 1),
        out(
            "mean_of_both",
            "Weighted mean of both percentiles, which is a percentile of nothing",
            "ms",
            1,
        ),
    ],
    run: |values| {
        let [hits, whole, hit, miss] = exactly(values)?;
        let (h, q) = (hits / 100.0, whole / 100.0);
        let of_misses = quantile_of_misses(q, h).unwrap_or(0.0);
        let alone = hit - miss * libm::log(1.0 - q);
        Ok(vec![
            of_misses * 100.0,
            hit - miss * libm::log(1.0 - of_misses),
            alone,
            h * hit + (1.0 - h) * alone,
        ])
    },
};

/// `composition.steps`
pub static STEPS: Model = Model {
    id: "composition.steps",
    title: "Do the percentiles of steps in a row add up?",
    tex: r"P(T \gt t) = e^{-t/m} \sum_{k=0}^{n-1} \frac{(t/m)^k}{k!}, \qquad T_q \le n\, m \ln \frac{1}{1-q}",
    source: "arithmetic",
    inputs: &[
        count("steps", "n", "Steps, one after the other", (1.0, 4.0, 100.0)),
        real("mean", "m", "Mean time of each, exponential", "ms", (0.001, 10.0, 1e6)),
        real("whole", "q", "Percentile", "%", (50.0, 99.0, 99.999)),
    ],
    outputs: &[
        out("time", "Time within which that share is through all steps", "ms", 1),
        out("sum", "Sum of the steps' own percentiles", "ms", 1),
        out("over", "The sum is too large by a factor of", "×", 2),
    ],
    run: |values| {
        let [steps, mean, whole] = exactly(values)?;
        let q = whole / 100.0;
        let time = steps_quantile(steps as u32, q)? * mean;
        let sum = -steps * mean * libm::log(1.0 - q);
        Ok(vec![time, sum, sum / time])
    },
};

/// `composition.tasks`
pub static TASKS: Model = Model {
    id: "composition.tasks",
    title: "How many tasks, when each waits for its own round?",
    tex: r"n = \frac{\lambda\, c}{1/r} = \lambda\, c\, r, \qquad N = \left\lceil \frac{n}{t} \right\rceil",
    source: "virji2018 section Multidatacenter",
    inputs: &[
        real("rate", r"\lambda", "Records", "per second", (0.0, 8_000.0, 1e9)),
        count("copies", "c", "Tasks that each record goes to", (1.0, 2.0, 100.0)),
        real(
            "round",
            "r",
            "Time of a round, of which a task does one at a time",
            "ms",
            (0.001, 40.0, 1e6),
        ),
        count("per_machine", "t", "Tasks that fit on a machine", (1.0, 100.0, 1e6)),
    ],
    outputs: &[
        out("each", "Rounds of a task", "per second", 1),
        out("tasks", "Tasks", "", 0),
        out("machines", "Machines", "", 0),
    ],
    run: |values| {
        let [rate, copies, round, per_machine] = exactly(values)?;
        let tasks = rate * copies * round / 1e3;
        Ok(vec![1e3 / round, tasks, libm::ceil(tasks / per_machine - 1e-9)])
    },
};

/// `composition.kept`
pub static KEPT: Model = Model {
    id: "composition.kept",
    title: "How much is a stream, once it is kept?",
    tex: r"V = \lambda\, b\, T\, c, \qquad N = \left\lceil \frac{V}{M} \right\rceil",
    source: "virji2018 section One machine",
    inputs: &[
        real("rate", r"\lambda", "Records", "per second", (0.0, 2_000.0, 1e9)),
        real("size", "b", "Size of a record", "bytes", (0.0, 500.0, 1e9)),
        real("time", "T", "Kept for", "days", (0.0, 30.0, 36_500.0)),
        count("copies", "c", "Copies", (1.0, 3.0, 100.0)),
        real("machine", "M", "Room of a machine", "GB", (0.001, 500.0, 1e9)),
    ],
    outputs: &[
        out("volume", "Kept in all", "TB", 1),
        out("machines", "Machines with that room", "", 0),
    ],
    run: |values| {
        let [rate, size, days, copies, machine] = exactly(values)?;
        let bytes = rate * size * days * 86_400.0 * copies;
        Ok(vec![bytes / 1e12, libm::ceil(bytes / (machine * 1e9) - 1e-9)])
    },
};

/// `composition.moved`
pub static MOVED: Model = Model {
    id: "composition.moved",
    title: "What does it cost to move, beside keeping it?",
    tex: r"P = V_{\text{out}}\, p_{\text{out}} + 2\, V_{\text{zones}}\, p_{\text{end}}, \qquad d = \frac{p_{\text{out}}}{c\, p_{\text{kept}}}\,30",
    source: "arithmetic",
    inputs: &[
        real(
            "out_gb",
            r"V_{\text{out}}",
            "Out to the internet",
            "GB a month",
            (0.0, 50_000.0, 1e12),
        ),
        real(
            "out_price",
            r"p_{\text{out}}",
            "Price of that",
            "$ a GB",
            (0.0, 0.09, 100.0),
        ),
        real(
            "zones_gb",
            r"V_{\text{zones}}",
            "Between zones",
            "GB a month",
            (0.0, 100_000.0, 1e12),
        ),
        real(
            "end_price",
            r"p_{\text{end}}",
            "Price of that, at each of both ends",
            "$ a GB",
            (0.0, 0.01, 100.0),
        ),
        count("copies", "c", "Copies that are kept", (1.0, 3.0, 100.0)),
        real(
            "kept_price",
            r"p_{\text{kept}}",
            "Price of keeping",
            "$ a GB and month",
            (0.0001, 0.08, 100.0),
        ),
    ],
    outputs: &[
        out("out_bill", "Out to the internet", "$ a month", 0),
        out("zones_bill", "Between zones", "$ a month", 0),
        out(
            "days",
            "Days for which all copies of a GB could be kept for what it costs to send it out once",
            "",
            1,
        ),
    ],
    run: |values| {
        let [out, out_price, zones, end, copies, kept] = exactly(values)?;
        let (a, b) = moved(out, out_price, zones, end);
        Ok(vec![a, b, out_price / (copies * kept) * 30.0])
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64, relative: f64) {
        assert!((a - b).abs() <= relative * b.abs(), "{a} is not {b}");
    }

    #[test]
    fn two_of_three_by_hand() {
        // Up unless two or three are down: 3 × 0.01² × 0.99 + 0.01³.
        near(1.0 - at_least(2, 3, 0.99), 2.98e-4, 1e-9);
        assert_eq!(at_least(0, 3, 0.5), 1.0);
        assert_eq!(at_least(4, 3, 0.5), 0.0);
        near(at_least(1, 2, 0.9), 0.99, 1e-12);
        near(at_least(3, 3, 0.9), 0.729, 1e-12);
        near(
            at_least(1, 3, 0.99),
            1.0 - crate::availability::parallel_down(0.01, 3),
            1e-12,
        );
    }

    #[test]
    fn what_is_shared_bounds_what_copies_promise() {
        for copies in 1..6 {
            let out = SHARED.call(&[f64::from(copies), 1.0, 99.0, 99.9]).unwrap();
            assert!(out[1] <= 99.9 && out[0] >= out[1]);
        }
        assert!(SHARED.call(&[2.0, 3.0, 99.0, 100.0]).unwrap_err().contains("3 of 2"));
    }

    #[test]
    fn the_p99_of_the_whole_lies_among_the_misses() {
        near(quantile_of_misses(0.99, 0.9).unwrap(), 0.9, 1e-12);
        near(quantile_of_misses(0.99, 0.0).unwrap(), 0.99, 1e-12);
        assert_eq!(quantile_of_misses(0.99, 0.995), None);
        let out = MIXTURE.call(&[90.0, 99.0, 5.0, 10.0]).unwrap();
        near(out[1], 5.0 + 10.0 * libm::log(10.0), 1e-9);
        assert!(out[3] < out[1] && out[1] < out[2]);
    }

    #[test]
    fn one_step_is_exponential_and_many_are_less_than_the_sum() {
        near(steps_quantile(1, 0.99).unwrap(), libm::log(100.0), 1e-9);
        let mut before = 1.0 - 1e-9;
        for n in 1..=20 {
            let out = STEPS.call(&[f64::from(n), 10.0, 99.0]).unwrap();
            assert!(out[2] >= before, "{n}: {out:?}");
            before = out[2];
        }
        // Chi-squared with 8 degrees of freedom: its 99th percentile is 20.09, twice that of four steps.
        near(steps_quantile(4, 0.99).unwrap(), 10.045, 1e-3);
    }

    #[test]
    fn the_worked_example_of_the_site_reliability_workbook() {
        near(KEPT.call(&[5e5, 2e3, 1.0, 1.0, 64.0]).unwrap()[0], 86.4, 1e-12);
        assert_eq!(TASKS.call(&[1e4, 1.0, 25.0, 1.0]).unwrap()[..2], [40.0, 250.0]);
        let out = TASKS.call(&[5.1e5, 2.0, 25.0, 408.0]).unwrap();
        assert_eq!(out[1..], [25_500.0, 63.0]);
    }

    #[test]
    fn a_border_is_paid_at_both_ends() {
        let out = MOVED.call(&[100.0, 0.09, 100.0, 0.01, 3.0, 0.08]).unwrap();
        near(out[0], 9.0, 1e-12);
        near(out[1], 2.0, 1e-12);
        near(out[2], 11.25, 1e-12);
    }
}
