//! Where labels go, so that none hides another or leaves the frame.

/// A rectangle that must stay free, as (left, top, right, bottom).
pub(crate) type Rect = (f64, f64, f64, f64);

/// Puts labels of the given widths on one line between `lo` and `hi`, each as near as possible to its wish, with `gap`
/// between neighbours and in the order of the wishes. Gives the middles in the order of the input, or `None` when they
/// do not fit.
pub(crate) fn spread(wishes: &[f64], widths: &[f64], gap: f64, lo: f64, hi: f64) -> Option<Vec<f64>> {
    let n = wishes.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| wishes[a].total_cmp(&wishes[b]).then(a.cmp(&b)));
    // Positions when packed to the left of zero; what is left to choose is one shift each, never decreasing.
    let mut packed = Vec::with_capacity(n);
    let mut right = 0.0;
    for &i in &order {
        packed.push(right + widths[i] / 2.0);
        right += widths[i] + gap;
    }
    if n == 0 {
        return Some(Vec::new());
    }
    if right - gap > hi - lo {
        return None;
    }
    // Least squares with the order kept: neighbours that would overlap become one block with a common shift.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (k, &i) in order.iter().enumerate() {
        blocks.push((wishes[i] - packed[k], 1));
        while let [.., (a, m), (b, n)] = blocks[..] {
            if a <= b {
                break;
            }
            blocks.truncate(blocks.len() - 2);
            blocks.push(((a * m as f64 + b * n as f64) / (m + n) as f64, m + n));
        }
    }
    let (least, most) = (lo, hi - (right - gap));
    let shifts = blocks
        .iter()
        .flat_map(|&(shift, count)| std::iter::repeat_n(shift.clamp(least, most), count));
    let mut places = vec![0.0; n];
    for ((k, &i), shift) in order.iter().enumerate().zip(shifts) {
        places[i] = packed[k] + shift;
    }
    Some(places)
}

/// How much of the rectangle's area another one covers, in px².
pub(crate) fn overlap(a: Rect, b: Rect) -> f64 {
    (a.2.min(b.2) - a.0.max(b.0)).max(0.0) * (a.3.min(b.3) - a.1.max(b.1)).max(0.0)
}

/// How many pixels of a polyline run through a rectangle.
pub(crate) fn crossing(rect: Rect, line: &[(f64, f64)]) -> f64 {
    line.windows(2).map(|w| inside(rect, w[0], w[1])).sum()
}

/// Length of the part of a segment that lies inside a rectangle (Liang–Barsky clipping).
fn inside((left, top, right, bottom): Rect, a: (f64, f64), b: (f64, f64)) -> f64 {
    // Most segments are nowhere near.
    if a.0.max(b.0) < left || a.0.min(b.0) > right || a.1.max(b.1) < top || a.1.min(b.1) > bottom {
        return 0.0;
    }
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut t0, mut t1) = (0.0f64, 1.0f64);
    for (p, q) in [
        (-dx, a.0 - left),
        (dx, right - a.0),
        (-dy, a.1 - top),
        (dy, bottom - a.1),
    ] {
        if p == 0.0 {
            if q < 0.0 {
                return 0.0;
            }
        } else if p < 0.0 {
            t0 = t0.max(q / p);
        } else {
            t1 = t1.min(q / p);
        }
    }
    if t0 < t1 { (t1 - t0) * libm::hypot(dx, dy) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_do_not_touch_stay_where_they_want() {
        assert_eq!(
            spread(&[50.0, 150.0], &[40.0, 40.0], 8.0, 0.0, 300.0),
            Some(vec![50.0, 150.0])
        );
        assert_eq!(
            spread(&[150.0, 50.0], &[40.0, 40.0], 8.0, 0.0, 300.0),
            Some(vec![150.0, 50.0])
        );
        assert_eq!(spread(&[], &[], 8.0, 0.0, 300.0), Some(vec![]));
    }

    #[test]
    fn equal_wishes_are_spread_evenly() {
        let places = spread(&[100.0; 3], &[40.0; 3], 10.0, 0.0, 300.0).unwrap();
        assert_eq!(places, [50.0, 100.0, 150.0]);
    }

    #[test]
    fn nothing_overlaps_or_leaves_the_frame() {
        let mut seed = 1u64;
        let mut draw = |n: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) % n) as f64
        };
        for _ in 0..2000 {
            let n = draw(6) as usize;
            let wishes: Vec<f64> = (0..n).map(|_| draw(400) - 50.0).collect();
            let widths: Vec<f64> = (0..n).map(|_| 10.0 + draw(60)).collect();
            let Some(places) = spread(&wishes, &widths, 6.0, 0.0, 300.0) else {
                assert!(widths.iter().sum::<f64>() + 6.0 * (n as f64 - 1.0) > 300.0);
                continue;
            };
            let mut spans: Vec<(f64, f64)> = places
                .iter()
                .zip(&widths)
                .map(|(p, w)| (p - w / 2.0, p + w / 2.0))
                .collect();
            spans.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(spans.iter().all(|s| s.0 >= -1e-9 && s.1 <= 300.0 + 1e-9), "{spans:?}");
            assert!(spans.windows(2).all(|w| w[1].0 - w[0].1 >= 6.0 - 1e-9), "{spans:?}");
        }
    }

    #[test]
    fn crossings_are_measured() {
        let rect = (10.0, 10.0, 20.0, 20.0);
        assert!((crossing(rect, &[(0.0, 15.0), (30.0, 15.0)]) - 10.0).abs() < 1e-9);
        assert_eq!(crossing(rect, &[(0.0, 5.0), (30.0, 5.0)]), 0.0);
        assert!((crossing(rect, &[(15.0, 0.0), (15.0, 15.0), (40.0, 15.0)]) - 10.0).abs() < 1e-9);
        assert_eq!(overlap(rect, (15.0, 15.0, 30.0, 30.0)), 25.0);
        assert_eq!(overlap(rect, (20.0, 20.0, 30.0, 30.0)), 0.0);
    }
}
