//! What a policy sees: counts of the fleet, and errors as a sample of requests shows them.

use judge::Percent;
use sim::Stream;

/// The errors that a look shows: `machines` run, each with this share of failing requests on average, of which so many are sampled.
pub(super) fn errors(stream: &mut Stream, sample: f64, machines: u32, failing: f64) -> Percent {
    if machines == 0 {
        return Percent(0.0);
    }
    if sample.is_infinite() {
        // To a millionth of a percent, so that equal errors compare as equal.
        return Percent((failing * 1e8).round() / 1e6);
    }
    let requests = sample * f64::from(machines);
    Percent::of((poisson(stream, requests * failing) / requests).min(1.0))
}

/// A count of events that happen independently of each other, `mean` of them on average.
pub(super) fn poisson(stream: &mut Stream, mean: f64) -> f64 {
    if mean > 60.0 {
        // Twelve uniform numbers have the variance of one normal number.
        let normal = (0..12).map(|_| stream.unit()).sum::<f64>() - 6.0;
        return (mean + normal * libm::sqrt(mean)).max(0.0).round();
    }
    let (least, mut product, mut count) = (libm::exp(-mean), stream.unit(), 0.0);
    while product > least {
        product *= stream.unit();
        count += 1.0;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::ALL;
    use super::*;

    #[test]
    fn counts_have_their_mean_and_their_variance() {
        for mean in [0.3, 3.0, 40.0, 300.0] {
            let mut stream = Stream::new(1, 1 << 40);
            let counts: Vec<f64> = (0..20_000).map(|_| poisson(&mut stream, mean)).collect();
            let average = counts.iter().sum::<f64>() / counts.len() as f64;
            let variance = counts.iter().map(|c| (c - average) * (c - average)).sum::<f64>() / counts.len() as f64;
            assert!((average / mean - 1.0).abs() < 0.05, "{mean}: {average}");
            assert!((variance / mean - 1.0).abs() < 0.05, "{mean}: {variance}");
        }
    }

    #[test]
    fn a_group_in_which_nothing_runs_reports_no_errors() {
        let mut stream = Stream::new(1, 1 << 40);
        assert_eq!(errors(&mut stream, 600.0, 0, 1.0), Percent(0.0));
        assert!(errors(&mut stream, 600.0, 20, 1.0).0 > 95.0);
    }

    #[test]
    fn a_look_at_all_requests_shows_what_is_there() {
        let mut stream = Stream::new(1, 1 << 40);
        let [more, usual] = [0.005 + 0.03, 0.005].map(|failing| errors(&mut stream, ALL, 1, failing));
        assert_eq!(more, usual + Percent(3.0));
    }
}
