//! Availability: what shares of time compose to, and what they are in minutes.

use crate::{Model, count, exactly, out, real};

/// Share of time that something works that runs for `between` hours from one repair to the next failure, on average, and
/// is repaired in `repair` hours.
///
/// Source: arithmetic; published in AWS's Well-Architected Framework, Reliability pillar (99.97 % for 150 days and 1 hour).
pub fn of_repair(between: f64, repair: f64) -> f64 {
    between / (between + repair)
}

/// Share of time that something is down which needs itself, down for a share `own`, and `n` others, each down for a
/// share `each`, independently.
///
/// Source: arithmetic; published by Netflix with Hystrix, 2012 (99.7 % for thirty at 99.99 %).
pub fn series_down(own: f64, each: f64, n: u32) -> f64 {
    if own >= 1.0 || each >= 1.0 && n > 0 {
        return 1.0;
    }
    if n == 0 {
        return own;
    }
    // In logarithms, so that shares far below one in a million keep their digits.
    -libm::expm1(libm::log1p(-own) + f64::from(n) * libm::log1p(-each))
}

/// Share of time that all of `n` copies are down, each for a share `each`, independently.
///
/// Source: arithmetic.
pub fn parallel_down(each: f64, n: u32) -> f64 {
    libm::pow(each, f64::from(n))
}

/// How many dependencies, each down for a share `each`, add up to a target of `target` down.
///
/// Source: Treynor et al., *The Calculus of Service Availability*, 2017: shares of down time add up.
pub fn dependencies_that_fit(target: f64, each: f64) -> f64 {
    target / each
}

/// `availability.downtime`
pub static DOWNTIME: Model = Model {
    id: "availability.downtime",
    title: "How long is that?",
    tex: r"D = (1-A)\,T",
    source: "arithmetic",
    inputs: &[real("up", "A", "Up", "%", (0.0, 99.8, 100.0))],
    outputs: &[
        out("year", "Down in a year of 365 days", "min", 2),
        out("month", "Down in a month of 30 days", "min", 3),
        out("week", "Down in a week", "min", 3),
        out("day", "Down in a day", "s", 2),
    ],
    run: |values| {
        let [percent] = exactly(values)?;
        let minutes_a_day = (100.0 - percent) / 100.0 * 24.0 * 60.0;
        Ok(vec![
            minutes_a_day * 365.0,
            minutes_a_day * 30.0,
            minutes_a_day * 7.0,
            minutes_a_day * 60.0,
        ])
    },
};

/// `availability.repair`
pub static REPAIR: Model = Model {
    id: "availability.repair",
    title: "Fewer failures, or shorter repairs?",
    tex: r"A = \frac{B}{B + R}",
    source: "arithmetic",
    inputs: &[
        real("between", "B", "Time between failures", "days", (0.001, 90.0, 1e6)),
        real("repair", "R", "Time to repair", "h", (0.0, 2.0, 1e6)),
    ],
    outputs: &[
        out("up", "Up", "%", 4),
        out("half_repair", "Up, were the repair twice as fast", "%", 4),
        out("twice_between", "Up, were failures half as frequent", "%", 4),
    ],
    run: |values| {
        let [days, repair] = exactly(values)?;
        let hours = days * 24.0;
        Ok(vec![
            of_repair(hours, repair) * 100.0,
            of_repair(hours, repair / 2.0) * 100.0,
            of_repair(hours * 2.0, repair) * 100.0,
        ])
    },
};

/// `availability.series`
pub static SERIES: Model = Model {
    id: "availability.series",
    title: "How often is everything up that I need?",
    tex: r"A = A_0\, a^{n}",
    source: "arithmetic",
    inputs: &[
        real("own", "A_0", "The service itself is up", "%", (0.0, 99.95, 100.0)),
        count("needs", "n", "Services that it needs", (0.0, 12.0, 1_000_000.0)),
        real("each", "a", "Each of them is up", "%", (0.0, 99.9, 100.0)),
    ],
    outputs: &[
        out("up", "All up", "%", 4),
        out("failed", "Requests that fail, in a million", "", 1),
        out("hours", "Down in 30 days", "h", 2),
    ],
    run: |values| {
        let [own, needs, each] = exactly(values)?;
        let down = series_down(1.0 - own / 100.0, 1.0 - each / 100.0, needs as u32);
        Ok(vec![(1.0 - down) * 100.0, down * 1e6, down * 720.0])
    },
};

/// `availability.parallel`
pub static PARALLEL: Model = Model {
    id: "availability.parallel",
    title: "How often is at least one copy up?",
    tex: r"A = 1 - (1-a)^{n}",
    source: "arithmetic",
    inputs: &[
        count("copies", "n", "Copies, any of which is enough", (1.0, 2.0, 100.0)),
        real(
            "each",
            "a",
            "Each of them is up, independently",
            "%",
            (0.0, 99.5, 100.0),
        ),
    ],
    outputs: &[
        out("up", "At least one up", "%", 6),
        out("year", "Down in a year of 365 days", "s", 2),
    ],
    run: |values| {
        let [copies, each] = exactly(values)?;
        let down = parallel_down(1.0 - each / 100.0, copies as u32);
        Ok(vec![(1.0 - down) * 100.0, down * 365.0 * 24.0 * 3600.0])
    },
};

/// `availability.dependencies`
pub static DEPENDENCIES: Model = Model {
    id: "availability.dependencies",
    title: "How many dependencies fit into a target?",
    tex: r"n = \frac{1-A}{1-a}",
    source: "treynor2017",
    inputs: &[
        real(
            "target",
            "A",
            "The service promises to be up",
            "%",
            (0.0, 99.9, 99.999_999),
        ),
        real(
            "each",
            "a",
            "Each critical dependency is up",
            "%",
            (0.0, 99.98, 99.999_999),
        ),
    ],
    outputs: &[
        out("fit", "Dependencies that use up all that may be down", "", 2),
        out(
            "left_with_one",
            "Left for the service itself with one of them",
            "min a year",
            1,
        ),
    ],
    run: |values| {
        let [target, each] = exactly(values)?;
        let (target, each) = (1.0 - target / 100.0, 1.0 - each / 100.0);
        Ok(vec![
            dependencies_that_fit(target, each),
            (target - each).max(0.0) * 365.0 * 24.0 * 60.0,
        ])
    },
};

#[cfg(test)]
mod tests;
