//! Names of moments above a time axis: each stands beside its own line, and no line runs through a name if it can be
//! helped.

/// Where one name stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Flag {
    /// Rows are counted from 0, the one next to the picture.
    pub(crate) row: usize,
    /// The name's left end.
    pub(crate) left: f64,
}

/// Space between a line and its name, and between neighbours in a row.
const BESIDE: f64 = 4.0;
const GAP: f64 = 8.0;

/// Gives each moment (its pixel and the width of its name) a place between `lo` and `hi`, from the right to the left,
/// always the cheapest one: low rows are better than high ones, a name right of its line better than left of it.
/// Names must not be wider than `hi - lo`.
pub(crate) fn place(moments: &[(f64, f64)], lo: f64, hi: f64) -> Vec<Flag> {
    let mut order: Vec<usize> = (0..moments.len()).collect();
    order.sort_by(|&a, &b| moments[b].0.total_cmp(&moments[a].0).then(a.cmp(&b)));
    let mut flags = vec![Flag { row: 0, left: lo }; moments.len()];
    let mut placed: Vec<usize> = Vec::new();
    for &i in &order {
        let (x, w) = moments[i];
        let spot = |left: f64| left.min(hi - w).max(lo);
        let mut best: Option<(f64, Flag)> = None;
        for row in 0..=placed.len() {
            for (left, price) in [(spot(x + BESIDE), 0.0), (spot(x - BESIDE - w), 3.0)] {
                let apart =
                    |j: &usize| flags[*j].left >= left + w + GAP || flags[*j].left + moments[*j].1 + GAP <= left;
                if !placed.iter().filter(|j| flags[**j].row == row).all(apart) {
                    continue;
                }
                // A name that the frame pushed onto its own line hides a part of it.
                let mut cost = price + 10.0 * row as f64 + if left < x && x < left + w { 22.0 } else { 0.0 };
                for &j in &placed {
                    let (own, its) = (
                        left - 1.0..=left + w + 1.0,
                        flags[j].left - 1.0..=flags[j].left + moments[j].1 + 1.0,
                    );
                    let crossed =
                        (flags[j].row > row && own.contains(&moments[j].0)) || (flags[j].row < row && its.contains(&x));
                    cost += if crossed { 25.0 } else { 0.0 };
                }
                if best.is_none_or(|b| cost < b.0) {
                    best = Some((cost, Flag { row, left }));
                }
            }
        }
        if let Some((_, flag)) = best {
            flags[i] = flag;
        }
        placed.push(i);
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_room_stand_in_one_row_right_of_their_lines() {
        let flags = place(&[(20.0, 40.0), (120.0, 40.0)], 0.0, 300.0);
        assert_eq!(flags, [Flag { row: 0, left: 24.0 }, Flag { row: 0, left: 124.0 }]);
    }

    #[test]
    fn a_name_at_the_end_stands_left_of_its_line() {
        assert_eq!(place(&[(290.0, 40.0)], 0.0, 300.0), [Flag { row: 0, left: 246.0 }]);
    }

    #[test]
    fn an_earlier_name_stands_higher_so_that_no_line_runs_through_it() {
        let flags = place(&[(20.0, 80.0), (60.0, 80.0), (100.0, 80.0)], 0.0, 190.0);
        assert!(flags[0].row > flags[1].row && flags[1].row > flags[2].row, "{flags:?}");
    }

    #[test]
    fn names_in_a_row_never_touch() {
        let mut seed = 3u64;
        let mut draw = |n: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) % n) as f64
        };
        for _ in 0..1000 {
            let moments: Vec<(f64, f64)> = (0..draw(9) as usize).map(|_| (draw(300), 20.0 + draw(150))).collect();
            let flags = place(&moments, 0.0, 300.0);
            for (i, a) in flags.iter().enumerate() {
                assert!(a.left >= 0.0 && a.left + moments[i].1 <= 300.0);
                for (j, b) in flags.iter().enumerate().skip(i + 1) {
                    let apart = a.left >= b.left + moments[j].1 || b.left >= a.left + moments[i].1;
                    assert!(a.row != b.row || apart, "{moments:?} {flags:?}");
                }
            }
        }
    }
}
