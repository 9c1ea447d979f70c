//! A distribution given by its quantiles.

use crate::Time;

/// Cells of the guide table: the draw's first eight bits say where the search for its segment begins.
const CELLS: usize = 256;

/// A distribution given by some of its quantiles, with straight lines between them.
///
/// That is how measured latencies are published: the median, the 90th percentile, and so on.
///
/// ```
/// use sim::{ms, Quantiles};
/// let q = Quantiles::new(&[(0.0, ms(4)), (0.5, ms(10)), (0.99, ms(40)), (1.0, ms(3_000))])?;
/// assert_eq!(q.at(0.25), ms(7));
/// assert!((q.survival(ms(40)) - 0.01).abs() < 1e-12);
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Quantiles {
    pieces: Vec<Piece>,
    /// Where the last piece ends.
    most: Time,
    /// For each 1/256 of [0, 1), the piece that holds its beginning.
    guide: Vec<u32>,
}

/// One straight piece of the inverse distribution function.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    /// Shares at its two ends.
    from: f64,
    to: f64,
    /// Time at `from`, in nanoseconds.
    start: f64,
    /// Nanoseconds for a share of 1.
    slope: f64,
}

impl Quantiles {
    /// From pairs of a share and the time that this share does not exceed. The first share is 0 (the least time), the last is 1.
    ///
    /// Two neighbours with the same time put all of the share between them on that time.
    ///
    /// # Errors
    /// Names the pair that breaks a rule: shares must rise from 0 to 1, times must not fall.
    pub fn new(table: &[(f64, Time)]) -> Result<Self, String> {
        let [first, .., last] = table else {
            return Err(format!(
                "a table of quantiles needs at least two pairs, from 0 to 1; it has {}",
                table.len()
            ));
        };
        if first.0 != 0.0 {
            return Err(format!(
                "the first quantile must be the least time, at share 0; it is at {}",
                first.0
            ));
        }
        if last.0 != 1.0 {
            return Err(format!(
                "the last quantile must be the largest time, at share 1; it is at {}",
                last.0
            ));
        }
        let mut pieces = Vec::with_capacity(table.len() - 1);
        for (i, pair) in table.windows(2).enumerate() {
            let [(p, t), (q, u)] = [pair[0], pair[1]];
            if q <= p || q.is_nan() {
                return Err(format!("shares must rise: pair {} has {q} after {p}", i + 2));
            }
            if u < t {
                return Err(format!(
                    "times must not fall: share {q} has {u}, less than {t} at share {p}"
                ));
            }
            let start = t.as_ns() as f64;
            pieces.push(Piece { from: p, to: q, start, slope: (u.as_ns() as f64 - start) / (q - p) });
        }
        let mut guide = Vec::with_capacity(CELLS);
        let mut piece = 0;
        for cell in 0..CELLS {
            while pieces[piece].to <= cell as f64 / CELLS as f64 {
                piece += 1;
            }
            guide.push(piece as u32);
        }
        Ok(Quantiles { pieces, most: last.1, guide })
    }

    /// The time that a share `u` of the draws does not exceed; `u` outside [0, 1] is moved to the nearer end.
    #[inline]
    pub fn at(&self, u: f64) -> Time {
        if u >= 1.0 {
            return self.most;
        }
        let u = if u > 0.0 { u } else { 0.0 };
        let mut i = self.guide[(u * CELLS as f64) as usize] as usize;
        while self.pieces[i].to <= u {
            i += 1;
        }
        let p = self.pieces[i];
        Time::from_ns_f64(p.start + (u - p.from) * p.slope)
    }

    /// Share of the draws longer than `t`.
    pub fn survival(&self, t: Time) -> f64 {
        let ns = t.as_ns() as f64;
        let below = self
            .pieces
            .iter()
            .take_while(|p| p.start <= ns)
            .last()
            .map_or(0.0, |p| {
                // A flat piece lies wholly at or below `t`.
                if p.slope > 0.0 {
                    (p.from + (ns - p.start) / p.slope).min(p.to)
                } else {
                    p.to
                }
            });
        1.0 - below
    }

    /// The mean: each piece contributes its share times its middle.
    pub fn mean(&self) -> Time {
        let sum = self
            .pieces
            .iter()
            .map(|p| (p.to - p.from) * (p.start + p.slope * (p.to - p.from) / 2.0))
            .sum();
        Time::from_ns_f64(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Stream, ms, ns};

    fn leaf() -> Quantiles {
        let table = [
            (0.0, 4),
            (0.25, 8),
            (0.5, 10),
            (0.75, 13),
            (0.9, 16),
            (0.95, 18),
            (0.98, 25),
            (0.99, 40),
            (0.995, 100),
            (0.998, 300),
            (0.999, 700),
            (0.9999, 2_000),
            (1.0, 3_000),
        ];
        Quantiles::new(&table.map(|(p, t)| (p, ms(t)))).unwrap()
    }

    #[test]
    fn gives_back_its_table_and_straight_lines_between() {
        let q = leaf();
        assert_eq!(q.at(0.0), ms(4));
        assert_eq!(q.at(-1.0), ms(4));
        assert_eq!(q.at(f64::NAN), ms(4));
        assert_eq!(q.at(0.5), ms(10));
        assert_eq!(q.at(0.95), ms(18));
        assert_eq!(q.at(0.999), ms(700));
        assert_eq!(q.at(1.0), ms(3_000));
        assert_eq!(q.at(2.0), ms(3_000));
        assert_eq!(q.at(0.625), Time::from_ms_f64(11.5));
        assert!(q.at(1.0 - f64::EPSILON) <= ms(3_000));
    }

    #[test]
    fn at_is_the_inverse_of_survival() {
        let q = leaf();
        for i in 0..=10_000 {
            let u = f64::from(i) / 10_000.0;
            assert!((1.0 - q.survival(q.at(u)) - u).abs() < 1e-6, "{u}");
        }
        assert_eq!(q.survival(ms(3)), 1.0);
        assert_eq!(q.survival(ms(3_000)), 0.0);
        assert_eq!(q.survival(ms(9_000)), 0.0);
    }

    #[test]
    fn at_never_falls() {
        let q = leaf();
        let all: Vec<Time> = (0..=100_000).map(|i| q.at(f64::from(i) / 100_000.0)).collect();
        assert!(all.is_sorted());
    }

    #[test]
    fn mean_is_that_of_its_draws() {
        let q = leaf();
        // By hand, over the thirteen points: 13.9975 ms.
        let by_hand = 0.25 * (6.0 + 9.0 + 11.5)
            + 0.15 * 14.5
            + 0.05 * 17.0
            + 0.03 * 21.5
            + 0.01 * 32.5
            + 0.005 * 70.0
            + 0.003 * 200.0
            + 0.001 * 500.0
            + 0.0009 * 1_350.0
            + 0.0001 * 2_500.0;
        assert!((q.mean().as_ms() - by_hand).abs() < 1e-6, "{} {by_hand}", q.mean());
        let mut s = Stream::new(1, 0);
        let n = 1_000_000;
        let mean = (0..n).map(|_| q.at(s.unit()).as_ms()).sum::<f64>() / f64::from(n);
        // The standard deviation is about 50 ms, so the mean of 10⁶ draws has a standard error of 0.05 ms.
        assert!((mean - by_hand).abs() < 0.2, "{mean} {by_hand}");
    }

    #[test]
    fn equal_times_are_an_atom() {
        let q = Quantiles::new(&[(0.0, ms(1)), (0.4, ms(1)), (1.0, ms(2))]).unwrap();
        assert_eq!(q.at(0.39), ms(1));
        assert!((q.survival(ms(1)) - 0.6).abs() < 1e-12);
        assert_eq!(q.survival(ms(1) - ns(1)), 1.0);
        let all_one = Quantiles::new(&[(0.0, ms(5)), (1.0, ms(5))]).unwrap();
        assert_eq!(
            (all_one.at(0.7), all_one.mean(), all_one.survival(ms(5))),
            (ms(5), ms(5), 0.0)
        );
    }

    #[test]
    fn bad_tables_are_refused_in_words() {
        let says = |table: &[(f64, Time)], part: &str| {
            let err = Quantiles::new(table).unwrap_err();
            assert!(err.contains(part), "{err}");
        };
        says(&[], "at least two pairs");
        says(&[(0.0, ms(1))], "it has 1");
        says(
            &[(0.1, ms(1)), (1.0, ms(2))],
            "first quantile must be the least time, at share 0; it is at 0.1",
        );
        says(
            &[(0.0, ms(1)), (0.9, ms(2))],
            "last quantile must be the largest time, at share 1; it is at 0.9",
        );
        says(
            &[(0.0, ms(1)), (0.5, ms(2)), (0.5, ms(3)), (1.0, ms(4))],
            "pair 3 has 0.5 after 0.5",
        );
        says(&[(0.0, ms(1)), (f64::NAN, ms(2)), (1.0, ms(4))], "shares must rise");
        says(
            &[(0.0, ms(3)), (0.5, ms(2)), (1.0, ms(4))],
            "share 0.5 has 2 ms, less than 3 ms at share 0",
        );
    }
}
