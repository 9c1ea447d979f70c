//! Caches: what is behind one sees the misses.

use crate::{Model, exactly, out, real};

/// Requests a second that pass a cache.
///
/// Source: arithmetic.
pub fn misses(requests: f64, hits: f64) -> f64 {
    requests * (1.0 - hits)
}

/// `caches.misses`
pub static MISSES: Model = Model {
    id: "caches.misses",
    title: "What does the back end see when the hit rate falls?",
    tex: r"\lambda_{\text{behind}}(h) = \lambda\,(1-h), \qquad g = \frac{\lambda_{\text{behind}}(h')}{\lambda_{\text{behind}}(h)}",
    source: "arithmetic",
    inputs: &[
        real("requests", r"\lambda", "Requests", "per second", (0.0, 20_000.0, 1e12)),
        real("hits", "h", "Hit rate before", "%", (0.0, 50.0, 100.0)),
        real("hits_after", "h'", "Hit rate after", "%", (0.0, 45.0, 100.0)),
    ],
    outputs: &[
        out("before", "Reads behind the cache before", "per second", 0),
        out("after", "Reads behind the cache after", "per second", 0),
        out("factor", "For each read before", "", 2),
    ],
    run: |values| {
        let [requests, hits, after] = exactly(values)?;
        if hits >= 100.0 {
            return Err("a cache that never misses sends nothing on: no factor leads away from nothing".into());
        }
        let (before, then) = (misses(requests, hits / 100.0), misses(requests, after / 100.0));
        Ok(vec![before, then, (100.0 - after) / (100.0 - hits)])
    },
};

/// `caches.spare`
pub static SPARE: Model = Model {
    id: "caches.spare",
    title: "How far may the hit rate fall?",
    tex: r"h_{\mathrm{min}} = 1 - (1-h)\,\frac{\rho_{\mathrm{max}}}{\rho}",
    source: "arithmetic",
    inputs: &[
        real("hits", "h", "Hit rate", "%", (0.0, 75.0, 100.0)),
        real("busy", r"\rho", "Busy behind the cache", "%", (0.1, 50.0, 100.0)),
        real(
            "allowed",
            r"\rho_{\mathrm{max}}",
            "May be busy behind the cache",
            "%",
            (0.1, 60.0, 100.0),
        ),
    ],
    outputs: &[
        out("least", "Least hit rate", "%", 1),
        out("points", "Points that it may fall", "", 1),
    ],
    run: |values| {
        let [hits, busy, allowed] = exactly(values)?;
        let least = (100.0 - (100.0 - hits) * allowed / busy).max(0.0);
        Ok(vec![least, hits - least])
    },
};

/// Reads a second that pass a cache which lacks a share `cold` of what it answers when it is warm.
///
/// Source: arithmetic.
pub fn misses_when_cold(requests: f64, hits: f64, cold: f64) -> f64 {
    misses(requests, hits * (1.0 - cold))
}

/// Seconds until a cold cache lacks `1/e` of what it lacked, when the back end answers all that passes and every answer is kept: the
/// warm content over the requests that it answers.
///
/// Source: arithmetic.
pub fn warming(content: f64, requests: f64, hits: f64) -> f64 {
    content / (requests * hits)
}

/// `caches.refill`
pub static REFILL: Model = Model {
    id: "caches.refill",
    title: "What does a part of the cache hold back, and for how long is it missed?",
    tex: r"\lambda_{\text{behind}} = \lambda\,\bigl(1 - h\,(1-c)\bigr), \qquad \tau = \frac{H}{\lambda\, h}",
    source: "arithmetic",
    inputs: &[
        real("requests", r"\lambda", "Requests", "per second", (1.0, 20_000.0, 1e12)),
        real("hits", "h", "Hit rate when warm", "%", (0.1, 95.0, 100.0)),
        real(
            "cold",
            "c",
            "Share of the content that is lost",
            "%",
            (0.0, 25.0, 100.0),
        ),
        real(
            "content",
            "H",
            "Answers that a warm cache holds",
            "million",
            (0.000_001, 3.0, 1e9),
        ),
    ],
    outputs: &[
        out("warm", "Reads behind the cache before", "per second", 0),
        out("behind", "Reads behind the cache right after", "per second", 0),
        out("factor", "For each read before", "", 1),
        out(
            "warming",
            "Time after which a third of the loss is left, if all reads are answered",
            "s",
            0,
        ),
    ],
    run: |values| {
        let [requests, hits, cold, content] = exactly(values)?;
        if hits >= 100.0 {
            return Err("a cache that never misses sends nothing on: no factor leads away from nothing".into());
        }
        let h = hits / 100.0;
        let (warm, behind) = (misses(requests, h), misses_when_cold(requests, h, cold / 100.0));
        Ok(vec![warm, behind, behind / warm, warming(content * 1e6, requests, h)])
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_of_a_cache_is_four_times_the_misses() {
        let out = REFILL.call(&[300_000.0, 90.0, 100.0 / 3.0, 40.0]).unwrap();
        assert!(
            (out[0] - 30_000.0).abs() < 1e-6 && (out[2] - 4.0).abs() < 1e-9,
            "{out:?}"
        );
        assert!((out[3] - 148.148).abs() < 0.001);
        assert!(REFILL.call(&[1.0, 100.0, 10.0, 1.0]).is_err());
    }

    #[test]
    fn ten_points_of_ninety_double_what_is_behind() {
        assert_eq!(MISSES.call(&[20_000.0, 90.0, 80.0]).unwrap()[2], 2.0);
        assert_eq!(MISSES.call(&[1_000.0, 50.0, 40.0]).unwrap(), [500.0, 600.0, 1.2]);
        assert!(MISSES.call(&[1.0, 100.0, 90.0]).is_err());
    }

    #[test]
    fn the_least_hit_rate_fills_what_is_allowed() {
        assert_eq!(SPARE.call(&[90.0, 35.0, 70.0]).unwrap(), [80.0, 10.0]);
        assert_eq!(SPARE.call(&[50.0, 10.0, 70.0]).unwrap()[0], 0.0);
        // Busier than allowed already: the hit rate must rise.
        assert!(SPARE.call(&[90.0, 80.0, 70.0]).unwrap()[1] < 0.0);
    }
}
