//! Puts labels into a drawing full of lines: each goes where it is free, or is left out.

use crate::labels::{Rect, crossing, overlap};

/// What is already in the drawing.
pub(crate) struct Placer {
    frame: Rect,
    taken: Vec<Rect>,
    lines: Vec<Vec<(f64, f64)>>,
}

/// How many lines a label may run across.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Patience {
    /// Any number: the label must be shown, its halo keeps it readable.
    Any,
    /// One at most besides its own: with more, nobody could tell whose it is.
    One,
    /// None, and none may pass close by.
    None,
}

impl Placer {
    pub(crate) fn new(frame: Rect) -> Self {
        Placer { frame, taken: Vec::new(), lines: Vec::new() }
    }

    /// A place where no label may stand.
    pub(crate) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// A line that labels should not run across. Gives its number.
    pub(crate) fn line(&mut self, points: Vec<(f64, f64)>) -> usize {
        self.lines.push(points);
        self.lines.len() - 1
    }

    /// Takes the cheapest free one of some places, each with the price that the caller puts on it.
    pub(crate) fn place(&mut self, own: Option<usize>, patience: Patience, choices: &[(Rect, f64)]) -> Option<Rect> {
        let mut best: Option<(f64, Rect)> = None;
        for (rect, price) in choices {
            if best.is_some_and(|b| b.0 <= *price) || !self.free(*rect) {
                continue;
            }
            let mut cost = *price;
            let mut crossed = 0;
            for (i, line) in self.lines.iter().enumerate() {
                let through = crossing(*rect, line);
                if Some(i) == own {
                    cost += 3.0 * through;
                } else if through > 0.0 {
                    crossed += 1;
                    cost += 12.0 + through;
                }
            }
            let near = |i: usize, line: &[(f64, f64)]| Some(i) != own && crossing(grown(*rect, 3.0), line) > 0.0;
            let refused = match patience {
                Patience::Any => false,
                Patience::One => crossed > 1,
                Patience::None => self.lines.iter().enumerate().any(|(i, l)| near(i, l)),
            };
            if refused {
                continue;
            }
            if best.is_none_or(|b| cost < b.0) {
                best = Some((cost, *rect));
            }
        }
        let (_, rect) = best?;
        self.take(rect);
        Some(rect)
    }

    fn free(&self, rect: Rect) -> bool {
        let (frame, padded) = (self.frame, (rect.0 - 3.0, rect.1 - 1.5, rect.2 + 3.0, rect.3 + 1.5));
        rect.0 >= frame.0
            && rect.1 >= frame.1
            && rect.2 <= frame.2
            && rect.3 <= frame.3
            && self.taken.iter().all(|t| overlap(padded, *t) == 0.0)
    }
}

fn grown(rect: Rect, by: f64) -> Rect {
    (rect.0 - by, rect.1 - by, rect.2 + by, rect.3 + by)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHERE: Rect = (10.0, 10.0, 50.0, 24.0);
    const ELSE: Rect = (10.0, 60.0, 50.0, 74.0);

    fn placer() -> Placer {
        Placer::new((0.0, 0.0, 100.0, 100.0))
    }

    #[test]
    fn the_cheapest_free_place_is_taken_once() {
        let mut p = placer();
        let choices = [(WHERE, 0.0), (ELSE, 5.0)];
        assert_eq!(p.place(None, Patience::Any, &choices), Some(WHERE));
        assert_eq!(p.place(None, Patience::Any, &choices), Some(ELSE));
        assert_eq!(p.place(None, Patience::Any, &choices), None);
        assert_eq!(p.place(None, Patience::Any, &[((80.0, 40.0, 120.0, 54.0), 0.0)]), None);
    }

    #[test]
    fn a_label_keeps_off_lines_and_does_without_a_place_among_many() {
        let upright = |x: f64| vec![(x, 0.0), (x, 40.0)];
        let mut p = placer();
        p.line(upright(20.0));
        assert_eq!(p.place(None, Patience::One, &[(WHERE, 0.0), (ELSE, 5.0)]), Some(ELSE));
        assert_eq!(p.place(None, Patience::None, &[(WHERE, 0.0)]), None);
        assert_eq!(p.place(None, Patience::None, &[((22.0, 10.0, 60.0, 24.0), 0.0)]), None);
        p.line(upright(30.0));
        assert_eq!(p.place(None, Patience::One, &[(WHERE, 0.0)]), None);
        assert_eq!(p.place(None, Patience::Any, &[(WHERE, 0.0)]), Some(WHERE));
    }
}
