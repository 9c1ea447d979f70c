//! Histogram strips with percentile markers.

use super::{Distribution, Series, axis_labels};
use crate::canvas::{Anchor, Canvas, pair_width};
use crate::curves::{self, SERIES};
use crate::labels::spread;
use crate::scale::Scale;
use crate::{number, short, text};

impl Distribution {
    /// The strips between two pixels from `top` down; gives where they end.
    pub(super) fn strips(
        &self,
        canvas: &mut Canvas,
        (left, right): (f64, f64),
        top: f64,
        names_left: bool,
        alone: bool,
    ) -> f64 {
        let (log, lo, hi) = self.time_range();
        let x = Scale::new(log, lo, hi, left, right);
        let ticks = self.time_ticks(&x, canvas.width());
        let plot = if right - left < 400.0 { 52.0 } else { 60.0 };
        let head = if self.deadline.is_some() { 20.0 } else { 0.0 };
        let above = if names_left { 0.0 } else { 18.0 };
        let labels: Vec<Marks> = self
            .series
            .iter()
            .map(|s| self.marks(s, &x, (left - 4.0, right + 12.0)))
            .collect();
        let lines = labels.iter().map(|l| l.lines).max().unwrap_or(1) as f64;
        // A strip: its name (if not at the left), the percentile labels, their leads, the columns.
        let strip = above + 2.0 + 14.0 * lines + 10.0 + plot;
        let gap = 16.0;
        let count = self.series.len() as f64;
        let bottom = top + head + count * strip + (count - 1.0) * gap;
        for tick in &ticks {
            canvas.line("f-grid", (x.at(tick.value), top + head), (x.at(tick.value), bottom));
        }
        self.deadline_line(canvas, &x, (left, right), (top, bottom));
        let step = if right - left < 400.0 { 6.0 } else { 8.0 };
        let bins = bins(left, right, step, self.deadline.as_ref().map_or(left, |d| x.at(d.1)));
        let columns: Vec<Vec<(f64, f64, f64)>> = self.series.iter().map(|s| s.columns(&x, &bins)).collect();
        // Height is share by width, on one scale for both strips: equal areas are equal numbers of answers.
        let density = |column: &(f64, f64, f64)| column.2 / (column.1 - column.0).max(step / 2.0);
        let peak = columns.iter().flatten().map(density).fold(0.0, f64::max);
        for (i, series) in self.series.iter().enumerate() {
            let from = top + head + i as f64 * (strip + gap);
            let base = from + strip;
            let class = SERIES[i.min(1)];
            for column in columns[i].iter().filter(|column| column.2 > 0.0) {
                // What is there at all is visible: at least one pixel high, and two wide.
                let high = (density(column) / peak * plot).max(1.0);
                let wide = (column.1 - column.0 - 1.0).max(2.0);
                let middle = (column.0 + column.1) / 2.0;
                canvas.rect(
                    &format!("f-column {class}"),
                    (middle - wide / 2.0, base - high),
                    (wide, high),
                    0.0,
                );
            }
            canvas.line("f-axis", (left, base), (right, base));
            if names_left {
                canvas.text(
                    &format!("f-strong {class}"),
                    Anchor::Start,
                    (0.0, base - plot / 2.0 + 4.0),
                    &series.name,
                );
            } else {
                canvas.text(
                    &format!("f-strong {class}"),
                    Anchor::Start,
                    (left, from + 12.0),
                    &series.name,
                );
            }
            if series.is_empty() {
                canvas.text(
                    "f-minor",
                    Anchor::Middle,
                    ((left + right) / 2.0, base - plot / 2.0),
                    "no answers yet",
                );
            } else {
                draw_marks(canvas, &labels[i], (from + above, base - plot), base, i == 1);
            }
        }
        let mut y = axis_labels(canvas, &x, &ticks, bottom);
        if alone {
            canvas.text("f-minor", Anchor::End, (right, y + 12.0), &self.axis_title(log));
            y += 18.0;
        }
        y
    }

    /// The percentile labels of a series and their places between two pixels; equal values share one label.
    fn marks(&self, series: &Series, x: &Scale, (lo, hi): (f64, f64)) -> Marks {
        let (_, end) = x.ends();
        let mut labels: Vec<(String, String, f64)> = Vec::new();
        for (p, time) in series.marks() {
            let name = percentile_name(p);
            let beyond = if time > end * 1.001 { " →" } else { "" };
            let value = format!("{}{beyond}", short(time, &self.unit));
            match labels.last_mut() {
                Some(same) if same.1 == value => same.0 = format!("{} {name}", same.0),
                _ => labels.push((name, value, x.at(time))),
            }
        }
        let wishes: Vec<f64> = labels.iter().map(|l| l.2).collect();
        let place = |widths: Vec<f64>, gap: f64, lines: usize, values: bool| {
            let places = spread(&wishes, &widths, gap, lo, hi)?;
            let labels = labels
                .iter()
                .zip(places.into_iter().zip(widths))
                .map(|((name, value, at), (middle, width))| Mark {
                    name: name.clone(),
                    value: if values { value.clone() } else { String::new() },
                    at: *at,
                    middle,
                    width,
                })
                .collect();
            Some(Marks { lines, labels })
        };
        let one_line = labels.iter().map(|l| pair_width(&l.0, &l.1)).collect();
        let two_lines = labels
            .iter()
            .map(|l| pair_width(&l.0, "").max(text::width(&l.1, 12.0)))
            .collect();
        let names = labels.iter().map(|l| pair_width(&l.0, "")).collect();
        place(one_line, 12.0, 1, true)
            .or_else(|| place(two_lines, 10.0, 2, true))
            .or_else(|| place(names, 6.0, 1, false))
            // Not even the names fit: the markers stand alone, and the table beside the figure has the values.
            .unwrap_or(Marks { lines: 1, labels: Vec::new() })
    }

    fn deadline_line(&self, canvas: &mut Canvas, x: &Scale, ends: (f64, f64), (top, bottom): (f64, f64)) {
        if let Some((label, at)) = &self.deadline {
            canvas.line("f-limit", (x.at(*at), top + 17.0), (x.at(*at), bottom));
            let label = format!("{label} {}", short(*at, &self.unit));
            curves::limit_label(canvas, &label, x.at(*at), ends, top + 12.0);
        }
    }
}

/// Edges of bins of equal width, one of them at `at`, clipped at both ends.
fn bins(left: f64, right: f64, step: f64, at: f64) -> Vec<f64> {
    let first = at - libm::floor((at - left) / step) * step;
    let inner = (0..)
        .map(|i| first + f64::from(i) * step)
        .skip_while(|edge| *edge <= left + 0.5)
        .take_while(|edge| *edge < right - 0.5);
    [left].into_iter().chain(inner).chain([right]).collect()
}

/// The percentile labels of one strip.
struct Marks {
    lines: usize,
    labels: Vec<Mark>,
}

/// One label: its texts, the pixel that it marks, and its own middle and width.
struct Mark {
    name: String,
    value: String,
    at: f64,
    middle: f64,
    width: f64,
}

/// Draws percentile markers from the columns' foot to `upper` and leads from there to the labels below `top`.
fn draw_marks(canvas: &mut Canvas, marks: &Marks, (top, upper): (f64, f64), base: f64, dashed: bool) {
    let class = if dashed { "f-mark f-dashed" } else { "f-mark" };
    for mark in &marks.labels {
        canvas.line(class, (mark.at, upper), (mark.at, base));
        // The lead ends at the nearest point of its label, so that it is as short and as steep as can be.
        let half = (mark.width / 2.0 - 5.0).max(0.0);
        let end = mark.at.min(mark.middle + half).max(mark.middle - half);
        canvas.line("f-lead", (end, top + 4.0 + 14.0 * marks.lines as f64), (mark.at, upper));
    }
    for mark in &marks.labels {
        if marks.lines == 2 {
            canvas.text("f-strong", Anchor::Middle, (mark.middle, top + 12.0), &mark.name);
            canvas.text("", Anchor::Middle, (mark.middle, top + 26.0), &mark.value);
        } else if mark.value.is_empty() {
            canvas.text("f-strong", Anchor::Middle, (mark.middle, top + 12.0), &mark.name);
        } else {
            let value = format!(" {}", mark.value);
            canvas.spans(
                "",
                Anchor::Middle,
                (mark.middle, top + 12.0),
                &[("f-strong", &mark.name), ("", &value)],
            );
        }
    }
}

/// `p50`, `p99.9`.
fn percentile_name(p: f64) -> String {
    let text = number(p, 2, "");
    format!("p{}", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_have_an_edge_at_the_deadline() {
        for at in [40.0, 43.0, 99.9, 300.0] {
            let edges = bins(40.0, 300.0, 8.0, at);
            assert!(edges.iter().any(|e| (e - at).abs() < 0.51), "{at}: {edges:?}");
            assert!(
                edges.windows(2).all(|w| w[1] - w[0] > 0.4 && w[1] - w[0] < 8.6),
                "{at}: {edges:?}"
            );
            assert_eq!((edges[0], edges[edges.len() - 1]), (40.0, 300.0));
        }
    }

    #[test]
    fn percentiles_are_named_without_needless_digits() {
        assert_eq!(
            [50.0, 99.0, 99.9, 99.99].map(percentile_name),
            ["p50", "p99", "p99.9", "p99.99"]
        );
    }
}
