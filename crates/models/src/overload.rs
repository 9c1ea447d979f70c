//! Overload: how many tries one request turns into, which load a service can come back from, and when a backlog is gone.
//!
//! A *try* is one call that is sent; the first try and its retries belong to one *request*. Rates are means, counted in
//! and counted out: they say where a system ends up, not how it sways on the way.

mod growth;

pub use growth::{RETRY_GROWTH, retry_growth};

use crate::{Model, count, exactly, out, real};

/// Tries at the lowest layer for one request that keeps failing there, when each of `layers` layers makes up to
/// `tries_each` tries of the layer below.
///
/// Source: Beyer et al. (eds), *Site Reliability Engineering*, 2016, chapter 22 (64 for three layers of four tries).
pub fn amplification(layers: u32, tries_each: u32) -> f64 {
    libm::pow(f64::from(tries_each), f64::from(layers))
}

/// Mean number of tries of one request, when each try fails with chance `fails`, whatever happened before, and up to
/// `retries` follow the first.
///
/// Source: arithmetic, a geometric sum.
pub fn expected_tries(fails: f64, retries: u32) -> f64 {
    let tries = f64::from(retries) + 1.0;
    if fails >= 1.0 {
        return tries;
    }
    // log1p and expm1 keep the digits where almost every try fails.
    libm::expm1(tries * libm::log1p(fails - 1.0)) / (fails - 1.0)
}

/// Share of requests whose tries all fail, under the assumption of [`expected_tries`].
pub fn all_fail(fails: f64, retries: u32) -> f64 {
    libm::pow(fails, f64::from(retries) + 1.0)
}

/// Seconds until a backlog is gone: `backlog` calls are waiting, `capacity` of them can be done per second, and each of
/// `arrivals` requests per second adds `tries` calls for as long as the backlog lasts.
///
/// Source: arithmetic: what comes in is taken from what goes out.
///
/// # Errors
/// When as much comes in as can be done, or more: the backlog never drains.
pub fn drain_time(backlog: f64, capacity: f64, arrivals: f64, tries: f64) -> Result<f64, String> {
    let comes = arrivals * tries;
    if comes >= capacity {
        return Err(format!(
            "{comes:.1} calls a second come and {capacity:.1} can be done: the backlog never drains"
        ));
    }
    Ok(backlog / (capacity - comes))
}

/// Requests per second below which a service of `capacity` tries per second works its way out again, even when every
/// request makes all of its `tries`.
///
/// Source: Bronson et al., *Metastable Failures in Distributed Systems*, HotOS 2021, section 2.1 (150/s for 300/s and
/// one retry).
pub fn stable_load(capacity: f64, tries: f64) -> f64 {
    capacity / tries
}

/// The most calls that may wait in one queue, so that the last of them is answered before its caller gives up after
/// `timeout` seconds: `capacity` calls are done per second in order of arrival, each `service` seconds long.
///
/// Source: arithmetic, by Little's law.
///
/// # Errors
/// When the work alone takes as long as the time-out.
pub fn useful_queue(timeout: f64, capacity: f64, service: f64) -> Result<f64, String> {
    if service >= timeout {
        return Err("work that takes as long as its caller waits is of use to nobody, even without a queue".into());
    }
    // A hair's breadth of rounding does not cost a place.
    Ok(libm::floor(capacity * (timeout - service) + 1e-9))
}

/// What retries under a budget do, per request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budgeted {
    /// Mean number of tries.
    pub tries: f64,
    /// Share of requests that succeed.
    pub succeed: f64,
}

/// Tries and successes per request, when each try fails with chance `fails`, a request makes up to `tries` tries, and
/// retries are at most the share `budget` of the first tries; what the budget refuses is given up.
///
/// Source: Beyer et al. (eds), *Site Reliability Engineering*, 2016, chapter 21 (3 tries: nearly 3 times the load; with
/// a budget of 10 %, 1.1 times).
pub fn budgeted(fails: f64, tries: u32, budget: f64) -> Budgeted {
    let wanted = expected_tries(fails, tries.saturating_sub(1));
    let made = wanted.min(1.0 + budget);
    // Every try that is made succeeds with the same chance, and at most one of a request does.
    Budgeted { tries: made, succeed: made * (1.0 - fails) }
}

/// What becomes of calls whose clients throttle themselves, each per second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Throttled {
    /// Calls that reach the service.
    pub sent: f64,
    /// Calls that the service refuses.
    pub refused: f64,
    /// Calls that their own client refuses.
    pub held_back: f64,
}

/// Adaptive throttling in its steady state: a client refuses a call with chance (asked − `k` × accepted) / asked, so it
/// sends `k` times what the service accepts.
///
/// Source: Beyer et al. (eds), *Site Reliability Engineering*, 2016, chapter 21.
pub fn throttled(offered: f64, capacity: f64, k: f64) -> Throttled {
    let accepted = offered.min(capacity);
    let sent = offered.min(k * accepted);
    Throttled { sent, refused: sent - accepted, held_back: offered - sent }
}

/// Slots that calls would hold on average, when a share `hangs` of them holds its slot until `deadline` seconds are
/// over, and the others for `service` seconds.
///
/// Source: Little's law; Beyer et al. (eds), *Site Reliability Engineering*, 2016, chapter 22 (5,095 for 1,000 slots).
pub fn slots_held(per_second: f64, service: f64, hangs: f64, deadline: f64) -> f64 {
    per_second * (hangs * deadline + (1.0 - hangs) * service)
}

/// The longest pause in seconds before retry number `retry` (1 is the first): doubled each time, up to a cap.
pub fn longest_pause(base: f64, cap: f64, retry: u32) -> f64 {
    cap.min(base * libm::exp2(f64::from(retry.saturating_sub(1))))
}

/// `overload.amplification`
pub static AMPLIFICATION: Model = Model {
    id: "overload.amplification",
    title: "How many tries arrive at the bottom?",
    tex: r"A = t^{\,n}",
    source: "beyer2016 ch. 22",
    inputs: &[
        count(
            "layers",
            "n",
            "Layers that retry, one above the other",
            (1.0, 2.0, 10.0),
        ),
        count(
            "tries",
            "t",
            "Tries of each layer, the first included",
            (1.0, 3.0, 20.0),
        ),
    ],
    outputs: &[
        out(
            "bottom",
            "Tries at the bottom for one request that keeps failing",
            "",
            0,
        ),
        out("one_layer", "The same, were it one layer alone that retries", "", 0),
    ],
    run: |values| {
        let [layers, tries] = exactly(values)?;
        Ok(vec![amplification(layers as u32, tries as u32), tries])
    },
};

/// `overload.tries`
pub static TRIES: Model = Model {
    id: "overload.tries",
    title: "How many tries does a request make?",
    tex: r"E = \frac{1-p^{\,r+1}}{1-p}, \qquad P(\text{all fail}) = p^{\,r+1}",
    source: "arithmetic",
    inputs: &[
        real("fails", "p", "Tries that fail", "%", (0.0, 3.0, 100.0)),
        count(
            "retries",
            "r",
            "Retries at most, after the first try",
            (0.0, 2.0, 100.0),
        ),
    ],
    outputs: &[
        out("tries", "Tries a request, on average", "", 4),
        out("extra", "Extra load", "%", 2),
        out("fail", "Requests that fail after all tries", "%", 4),
    ],
    run: |values| {
        let [percent, retries] = exactly(values)?;
        let (fails, retries) = (percent / 100.0, retries as u32);
        let tries = expected_tries(fails, retries);
        Ok(vec![tries, (tries - 1.0) * 100.0, all_fail(fails, retries) * 100.0])
    },
};

/// `overload.drain`
pub static DRAIN: Model = Model {
    id: "overload.drain",
    title: "When is the backlog gone?",
    tex: r"T = \frac{B}{\mu - t\,\lambda} \quad \text{if } t\,\lambda \lt \mu, \text{ otherwise never}",
    source: "arithmetic",
    inputs: &[
        real("backlog", "B", "Calls that wait", "", (0.0, 60_000.0, 1e12)),
        real(
            "capacity",
            r"\mu",
            "Calls that can be done",
            "per second",
            (0.001, 2000.0, 1e9),
        ),
        real(
            "arrivals",
            r"\lambda",
            "Requests that arrive",
            "per second",
            (0.0, 600.0, 1e9),
        ),
        real("tries", "t", "Tries a request while it lasts", "", (1.0, 2.0, 1e6)),
    ],
    outputs: &[
        out("seconds", "Time until it is gone", "s", 1),
        out("done", "Calls that are done by then", "", 0),
        out("nothing_arrives", "Time, if nothing more arrived", "s", 1),
    ],
    run: |values| {
        let [backlog, capacity, arrivals, tries] = exactly(values)?;
        let seconds = drain_time(backlog, capacity, arrivals, tries)?;
        Ok(vec![seconds, seconds * capacity, backlog / capacity])
    },
};

/// `overload.stable_load`
pub static STABLE_LOAD: Model = Model {
    id: "overload.stable_load",
    title: "From which load does it come back by itself?",
    tex: r"\lambda_{\text{stable}} = \frac{\mu}{t}, \qquad \lambda_{\text{tries}} = t\,\lambda, \qquad \text{retries} \lt \mu - \lambda",
    source: "bronson2021 section 2.1",
    inputs: &[
        real(
            "capacity",
            r"\mu",
            "Tries that can be done",
            "per second",
            (0.001, 2000.0, 1e9),
        ),
        real(
            "tries",
            "t",
            "Tries of a request whose tries all time out",
            "",
            (1.0, 3.0, 1e6),
        ),
        real(
            "load",
            r"\lambda",
            "Requests that arrive",
            "per second",
            (0.0, 1200.0, 1e9),
        ),
    ],
    outputs: &[
        out("stable", "Load below which a backlog always drains", "per second", 1),
        out("busy", "That load, as a share of the capacity", "%", 1),
        out("worst", "Tries that arrive while all of them time out", "per second", 1),
        out("spare", "Retries that the spare capacity can take", "per second", 1),
    ],
    run: |values| {
        let [capacity, tries, load] = exactly(values)?;
        Ok(vec![
            stable_load(capacity, tries),
            100.0 / tries,
            load * tries,
            (capacity - load).max(0.0),
        ])
    },
};

/// `overload.useful_queue`
pub static USEFUL_QUEUE: Model = Model {
    id: "overload.useful_queue",
    title: "How long may the queue be?",
    tex: r"q = \left\lfloor \mu\,(D - S) \right\rfloor",
    source: "arithmetic",
    inputs: &[
        real("timeout", "D", "The caller gives up after", "ms", (0.001, 800.0, 1e8)),
        real(
            "capacity",
            r"\mu",
            "Calls that can be done",
            "per second",
            (0.001, 250.0, 1e8),
        ),
        real(
            "service",
            "S",
            "Time that one call is worked on",
            "ms",
            (0.0, 60.0, 1e8),
        ),
    ],
    outputs: &[
        out("calls", "Most calls that may wait", "", 0),
        out("wait", "Wait of the last of them", "ms", 1),
    ],
    run: |values| {
        let [timeout, capacity, service] = exactly(values)?;
        let calls = useful_queue(timeout / 1e3, capacity, service / 1e3)?;
        Ok(vec![calls, calls / capacity * 1e3])
    },
};

/// `overload.budget_growth`
pub static BUDGET_GROWTH: Model = Model {
    id: "overload.budget_growth",
    title: "What does a budget of retries limit, and what does it cost?",
    tex: r"G = \min\!\left(\frac{1-p^{\,t}}{1-p},\; 1+b\right), \qquad P(\text{success}) = G\,(1-p)",
    source: "beyer2016 ch. 21",
    inputs: &[
        real("fails", "p", "Tries that fail", "%", (0.0, 30.0, 100.0)),
        count("tries", "t", "Tries a request at most", (1.0, 4.0, 100.0)),
        real(
            "budget",
            "b",
            "Retries at most, for each 100 first tries",
            "",
            (0.0, 15.0, 10_000.0),
        ),
    ],
    outputs: &[
        out("free", "Load, compared with first tries only, without a budget", "×", 3),
        out("growth", "The same with the budget", "×", 3),
        out(
            "growth_of_all",
            "The same, were the budget a share of all tries",
            "×",
            3,
        ),
        out("success_free", "Requests that succeed without a budget", "%", 2),
        out("success", "Requests that succeed with the budget", "%", 2),
    ],
    run: |values| {
        let [percent, tries, budget] = exactly(values)?;
        let (fails, tries, budget) = (percent / 100.0, tries as u32, budget / 100.0);
        let free = budgeted(fails, tries, f64::INFINITY);
        let with = budgeted(fails, tries, budget);
        // A share b of all tries is b / (1 − b) of the first ones.
        let of_first = if budget < 1.0 {
            budget / (1.0 - budget)
        } else {
            f64::INFINITY
        };
        Ok(vec![
            free.tries,
            with.tries,
            budgeted(fails, tries, of_first).tries,
            free.succeed * 100.0,
            with.succeed * 100.0,
        ])
    },
};

/// `overload.client_throttle`
pub static CLIENT_THROTTLE: Model = Model {
    id: "overload.client_throttle",
    title: "What still arrives when clients hold back?",
    tex: r"P(\text{held back}) = \max\!\left(0,\; \frac{\lambda - K a}{\lambda}\right), \qquad a = \min(\lambda, \mu)",
    source: "beyer2016 ch. 21",
    inputs: &[
        real(
            "offered",
            r"\lambda",
            "Calls that clients want to make",
            "per second",
            (0.0, 5000.0, 1e9),
        ),
        real(
            "capacity",
            r"\mu",
            "Calls that the service accepts",
            "per second",
            (0.001, 1000.0, 1e9),
        ),
        real(
            "multiple",
            "K",
            "Calls sent for each that is accepted, at most",
            "",
            (1.0, 1.5, 100.0),
        ),
    ],
    outputs: &[
        out("sent", "Calls that reach the service", "per second", 1),
        out("refused", "Calls that the service refuses", "per second", 1),
        out("held_back", "Calls that their own client refuses", "per second", 1),
        out("per_accepted", "Refused by the service for each one accepted", "", 2),
    ],
    run: |values| {
        let [offered, capacity, k] = exactly(values)?;
        let now = throttled(offered, capacity, k);
        let accepted = now.sent - now.refused;
        let each = if accepted > 0.0 { now.refused / accepted } else { 0.0 };
        Ok(vec![now.sent, now.refused, now.held_back, each])
    },
};

/// `overload.held_slots`
pub static HELD_SLOTS: Model = Model {
    id: "overload.held_slots",
    title: "What do calls that hang until the time-out take from the others?",
    tex: r"L = \lambda\,\bigl(h D + (1-h)\, S\bigr), \qquad P(\text{served}) = \min(1,\; c / L)",
    source: "beyer2016 ch. 22",
    inputs: &[
        count("slots", "c", "Slots, or threads", (1.0, 200.0, 1_000_000.0)),
        real("rate", r"\lambda", "Calls that arrive", "per second", (0.0, 350.0, 1e8)),
        real("service", "S", "Time that a call holds a slot", "ms", (0.0, 50.0, 1e8)),
        real("hangs", "h", "Calls that hang", "%", (0.0, 2.0, 100.0)),
        real("timeout", "D", "They hold their slot for", "s", (0.0, 30.0, 1e6)),
    ],
    outputs: &[
        out("wanted", "Slots wanted on average", "", 1),
        out("healthy", "Slots wanted if none hung", "", 1),
        out("served", "Calls that find a slot, at most", "%", 1),
        out("longest", "Longest time-out at which all find one on average", "s", 2),
    ],
    run: |values| {
        let [slots, rate, ms, percent, timeout] = exactly(values)?;
        let (service, hangs) = (ms / 1e3, percent / 100.0);
        let healthy = rate * service;
        if healthy > slots {
            return Err(format!(
                "{healthy:.1} slots would be needed even if no call hung: there are {slots}"
            ));
        }
        let wanted = slots_held(rate, service, hangs, timeout);
        let served = if wanted > slots { slots / wanted } else { 1.0 };
        let hanging = rate * hangs;
        if hanging <= 0.0 {
            return Err(format!(
                "no call hangs: {healthy:.1} slots are wanted, whatever the time-out"
            ));
        }
        let longest = (slots - (1.0 - hangs) * healthy) / hanging;
        Ok(vec![wanted, healthy, served * 100.0, longest])
    },
};

/// `overload.backoff`
pub static BACKOFF: Model = Model {
    id: "overload.backoff",
    title: "How long does a request go on trying?",
    tex: r"w_k = \min(c,\; b\,2^{k-1}), \qquad W = (r+1)\,D + \sum_{k=1}^{r} w_k",
    source: "brooker2015",
    inputs: &[
        real(
            "base",
            "b",
            "Longest pause before the first retry",
            "ms",
            (0.0, 80.0, 1e7),
        ),
        real("cap", "c", "Longest pause at all", "ms", (0.0, 5000.0, 1e8)),
        count("retries", "r", "Retries", (0.0, 4.0, 100.0)),
        real("timeout", "D", "Each try gives up after", "ms", (0.0, 300.0, 1e8)),
    ],
    outputs: &[
        out("longest", "Time until the last try is given up, at most", "s", 2),
        out(
            "mean",
            "The same on average, each pause drawn between 0 and its longest",
            "s",
            2,
        ),
        out("last", "Longest pause before the last try", "s", 2),
    ],
    run: |values| {
        let [base, cap, retries, timeout] = exactly(values)?;
        let pauses: f64 = (1..=retries as u32).map(|k| longest_pause(base, cap, k)).sum();
        let trying = (retries + 1.0) * timeout;
        let last = if retries > 0.0 {
            longest_pause(base, cap, retries as u32)
        } else {
            0.0
        };
        Ok(vec![(trying + pauses) / 1e3, (trying + pauses / 2.0) / 1e3, last / 1e3])
    },
};

#[cfg(test)]
mod tests;
