//! The values of a knob that a map over two knobs runs through.
//!
//! They depend on the knob alone, never on where it stands or on the width of a page: a cell that is chosen moves a mark, and the
//! grid stays.

use super::Knob;

/// Columns of a map at most, and rows.
pub const MOST: (usize, usize) = (7, 6);

/// A range this many times as long as its smallest value is gone through by factors.
const LONG: f64 = 30.0;
/// A default in the lowest part of its range says that small values matter.
const LOW: f64 = 0.3;
/// Factors between two values, the finest first. With the second, values read 1, 3, 10, 30.
const FACTORS: [f64; 5] = [2.0, 3.162_277_660_168_379_5, 4.0, 5.0, 10.0];
/// What a distance may begin with.
const NICE: [f64; 8] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0];

impl Knob {
    /// At most `most` values over the knob's range, in order: all that it has, if these are so few; else evenly spread from its
    /// default on, by equal distances or by equal factors, and the ends that have a word of their own.
    pub fn grid(&self, most: usize) -> Vec<f64> {
        let steps = ((self.max - self.min) / self.step).round() as usize;
        if steps < most {
            return (0..=steps)
                .map(|i| self.snap(self.min + i as f64 * self.step))
                .collect();
        }
        let by_factors = self.goes_by_factors().then(|| self.factors(most)).flatten();
        by_factors.unwrap_or_else(|| self.distances(most))
    }

    /// Where a value is among those of a grid, in cells: 2.5 is half-way between the third and the fourth. What lies outside is just
    /// beyond the end.
    pub fn place(&self, grid: &[f64], value: f64) -> f64 {
        if let Some(i) = grid.iter().position(|v| self.same(*v, value)) {
            return i as f64;
        }
        let above = grid.iter().position(|v| *v > value).unwrap_or(grid.len());
        if above == 0 || above == grid.len() {
            return above as f64 - 0.5;
        }
        let (a, b) = (grid[above - 1], grid[above]);
        let share = if a > 0.0 && self.goes_by_factors() {
            libm::log(value / a) / libm::log(b / a)
        } else {
            (value - a) / (b - a)
        };
        // Clearly between the two, however near to one of them.
        (above - 1) as f64 + share.clamp(0.2, 0.8)
    }

    /// The smallest value above nothing.
    fn least(&self) -> f64 {
        if self.min > 0.0 { self.min } else { self.step }
    }

    /// Is its default a word, or nothing: no number to begin from?
    fn begins_outside(&self) -> bool {
        self.default <= 0.0 || (self.default == self.max || self.min == 0.0) && self.word(self.default).is_some()
    }

    fn goes_by_factors(&self) -> bool {
        if self.factors {
            return true;
        }
        let low = self.begins_outside() || self.default - self.min < LOW * (self.max - self.min);
        // A share from nothing to all is one of equal parts.
        let share = self.unit == "%" && self.min <= 0.0;
        self.min >= 0.0 && low && !share && self.max > LONG * self.least() * (1.0 + 1e-9)
    }

    /// The ends that stand beside the numbers: nothing, and words.
    fn ends(&self) -> (Option<f64>, Option<f64>) {
        let first = (self.min == 0.0).then_some(self.min);
        (first, self.word(self.max).map(|_| self.max))
    }

    fn factors(&self, most: usize) -> Option<Vec<f64>> {
        let (first, last) = self.ends();
        let from = if self.begins_outside() {
            libm::pow(10.0, libm::ceil(libm::log10(self.least()) - 1e-9))
        } else {
            self.default
        };
        let one_digit = (rounded(from, 1) - from).abs() < 1e-9 * from;
        FACTORS.into_iter().find_map(|factor| {
            let digits = if one_digit && factor > 3.0 && factor < 4.0 {
                1
            } else {
                2
            };
            let begin = libm::ceil(libm::log(0.9 * self.least() / from) / libm::log(factor)) as i32;
            let mut values = Vec::new();
            for k in begin.. {
                let value = from * libm::pow(factor, f64::from(k));
                if value > self.max * (1.0 + 1e-9) {
                    break;
                }
                let value = if k == 0 { from } else { rounded(value, digits) };
                let value = self.snap(value);
                let new = values.last().is_none_or(|v| value - v > self.step / 2.0);
                if new && last.is_none_or(|l| value < l - self.step / 2.0) {
                    values.push(value);
                }
            }
            // Coarse steps of a knob can make the factors too unlike.
            let even = values.windows(2).all(|w| {
                let off = w[1] / w[0] / factor;
                (1.0 / UNLIKE..=UNLIKE).contains(&off)
            });
            let values: Vec<f64> = first.into_iter().chain(values).chain(last).collect();
            (even && values.len() >= 4 && values.len() <= most).then_some(values)
        })
    }

    fn distances(&self, most: usize) -> Vec<f64> {
        let length = self.max - self.min;
        let mut best: Option<((bool, usize, usize), Vec<f64>)> = None;
        let least = libm::floor(libm::log10(length / most as f64)) as i32 - 1;
        for (power, nice) in (least..least + 4).flat_map(|p| NICE.map(|n| (p, n))) {
            let distance = nice * libm::pow(10.0, f64::from(power));
            let steps = distance / self.step;
            if steps < 0.999 || (steps - steps.round()).abs() > 1e-6 {
                continue;
            }
            let before = libm::floor((self.default - self.min) / distance + 1e-9) as i32;
            let after = libm::floor((self.max - self.default) / distance + 1e-9) as i32;
            let mut values: Vec<f64> = (-before..=after)
                .map(|k| self.snap(self.default + f64::from(k) * distance))
                .collect();
            let ends = [(0, self.min), (values.len() - 1, self.max)];
            let hit = ends.iter().filter(|(i, end)| self.same(values[*i], *end)).count();
            if self.word(self.min).is_some() && values[0] - self.min > self.step / 2.0 {
                values.insert(0, self.min);
            }
            if self.word(self.max).is_some() && self.max - values[values.len() - 1] > self.step / 2.0 {
                values.push(self.max);
            }
            let rank = (values.len() >= 5.min(most), hit, values.len());
            if values.len() <= most && best.as_ref().is_none_or(|(r, _)| rank > *r) {
                best = Some((rank, values));
            }
        }
        best.map_or_else(|| vec![self.min, self.default, self.max], |b| b.1)
    }
}

/// How unlike two factors of one grid may be, since values are rounded and stand on the knob's steps.
const UNLIKE: f64 = 1.5;

/// A number with this many digits that count.
fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use crate::lab::{Knob, KnobKind, knob};
    use crate::{DESIGNS, find};

    fn shown(design: &str, name: &str, most: usize) -> Vec<f64> {
        let (design, _) = find(design).expect("the design");
        let knob = design.lab.knobs().iter().find(|k| k.name == name).expect("the knob");
        knob.grid(most).into_iter().map(|v| (v * 1e6).round() / 1e6).collect()
    }

    #[test]
    fn every_knob_is_gone_through_evenly_with_its_default() {
        for knob in DESIGNS.iter().flat_map(|d| d.lab.knobs()) {
            for most in [7, 6] {
                let grid = knob.grid(most);
                let said = format!("{}: {grid:?}", knob.name);
                assert!(grid.len() >= 2 && grid.len() <= most, "{said}");
                assert!(grid.iter().all(|v| (knob.snap(*v) - v).abs() < 1e-9), "{said}");
                assert!(grid.windows(2).all(|w| w[1] > w[0]), "{said}");
                assert!(
                    grid.iter().any(|v| (v - knob.default).abs() < knob.step / 2.0),
                    "no default: {said}"
                );
                // Between the ends, which may be words.
                let from = usize::from(knob.min == 0.0 || knob.word(knob.min).is_some());
                let to = grid.len() - usize::from(knob.word(knob.max).is_some());
                let inner = &grid[from.min(to)..to];
                let unlike = |of: fn(&[f64]) -> f64| {
                    let all: Vec<f64> = inner.windows(2).map(of).collect();
                    let (low, high) = (
                        all.iter().copied().fold(f64::INFINITY, f64::min),
                        all.iter().copied().fold(0.0, f64::max),
                    );
                    high / low
                };
                let (distances, factors) = (unlike(|w| w[1] - w[0]), unlike(|w| w[1] / w[0]));
                assert!(
                    inner.len() < 3 || distances < 1.01 || factors < 2.0,
                    "{said}: {distances} {factors}"
                );
            }
        }
    }

    #[test]
    fn values_are_those_that_a_person_would_choose() {
        assert_eq!(shown("02", "leaves", 6), [1.0, 3.0, 10.0, 30.0, 100.0]);
        assert_eq!(shown("02", "slots", 7), [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]);
        assert_eq!(shown("02", "shared_cause", 7), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(shown("04", "policy", 6), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(shown("04", "budget", 7), [1.0, 3.0, 10.0, 30.0, 100.0]);
        assert_eq!(shown("08", "promote_after", 7), [0.0, 1.0, 3.0, 10.0, 30.0, 100.0]);
        assert_eq!(shown("15", "bake", 7), [0.0, 0.25, 1.0, 4.0, 16.0]);
        assert_eq!(shown("08", "drift", 7), [-10.0, -5.0, 0.0, 5.0, 10.0]);
    }

    #[test]
    fn a_value_between_two_cells_is_placed_between_them() {
        let knob: Knob = knob!("x", "X", "s", 0.0..=180.0 by 1.0, 10.0, KnobKind::Setting, &[(0.0, "never")], "Help.");
        let grid = knob.grid(7);
        assert_eq!(knob.place(&grid, 0.0), 0.0);
        assert_eq!(knob.place(&grid, 10.0), 3.0);
        let between = knob.place(&grid, 17.0);
        assert!(between > 3.4 && between < 3.6, "{between}");
        assert_eq!(knob.place(&grid, 180.0), 5.5);
    }
}
