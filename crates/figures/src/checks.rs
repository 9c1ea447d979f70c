//! What holds for every drawing, whatever the data: texts stay inside it and off each other.

use crate::labels::{Rect, overlap};
use crate::{
    About, Architecture, Arrow, Axis, Bars, Bucket, Distribution, Heatmap, Intervals, Lanes, Place, Series, SpaceTime,
    Span, Svg, TimeSeries, Tone, View, text,
};

/// The texts of a drawing with the rectangles that they take.
fn texts(svg: &Svg) -> Vec<(String, Rect)> {
    let lines = svg.0.lines().filter(|l| l.starts_with("<text"));
    lines
        .map(|line| {
            let attribute = |name: &str| {
                let rest = line.split(&format!(" {name}=\"")).nth(1)?;
                rest.split('"').next()
            };
            let number = |name: &str| attribute(name).and_then(|v| v.parse::<f64>().ok()).expect(line);
            let mut content = String::new();
            let mut in_tag = false;
            for c in line.chars() {
                match c {
                    '<' => in_tag = true,
                    '>' => in_tag = false,
                    c if !in_tag => content.push(c),
                    _ => {}
                }
            }
            let content = content.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            let class = attribute("class").unwrap_or_default();
            let size = if class.contains("f-minor") { 11.0 } else { 12.0 };
            // Labels are measured with a reserve of 4 % for other faces; here it counts as room.
            let wide = text::width(&content, size) / 1.04 * if line.contains("f-strong") { 1.03 } else { 1.0 };
            let (x, y) = (number("x"), number("y"));
            let left = match attribute("text-anchor") {
                Some("middle") => x - wide / 2.0,
                Some("end") => x - wide,
                _ => x,
            };
            (content, (left, y - 9.0, left + wide, y + 2.5))
        })
        .collect()
}

/// Panics when a text leaves the drawing or lies on another one.
fn check(what: &str, svg: &Svg) {
    let size = |name: &str| {
        let rest = svg.0.split(&format!(" {name}=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().parse::<f64>().unwrap()
    };
    let (width, height) = (size("width"), size("height"));
    let texts = texts(svg);
    for (i, (content, rect)) in texts.iter().enumerate() {
        let inside = rect.0 >= -1.5 && rect.2 <= width + 1.5 && rect.1 >= -0.5 && rect.3 <= height + 0.5;
        assert!(
            inside,
            "{what}: “{content}” at {rect:?} leaves {width} × {height}\n{}",
            svg.0
        );
        for (other, other_rect) in &texts[i + 1..] {
            assert!(
                overlap(*rect, *other_rect) < 6.0,
                "{what}: “{content}” {rect:?} lies on “{other}” {other_rect:?}\n{}",
                svg.0
            );
        }
    }
    assert!(!svg.0.contains("NaN") && !svg.0.contains("inf"), "{what}");
}

/// A small generator, so that cases are the same on every machine.
struct Draw(u64);

impl Draw {
    fn unit(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    /// A size between a hundredth and ten million, all magnitudes alike.
    fn size(&mut self) -> f64 {
        libm::exp10(self.unit() * 9.0 - 2.0)
    }

    fn series(&mut self, name: &str) -> Series {
        let scale = self.size().min(1e5);
        let mut values: Vec<f64> = match self.below(5) {
            0 => Vec::new(),
            1 => vec![scale],
            2 => vec![scale; 50],
            3 => (0..80).map(|_| scale * self.unit()).collect(),
            _ => (0..80).map(|_| scale / (1e-4 + self.unit())).collect(),
        };
        values.sort_by(f64::total_cmp);
        let n = values.len() as f64;
        let points: Vec<(f64, f64)> = values
            .iter()
            .enumerate()
            .map(|(i, v)| (*v, (i + 1) as f64 / n))
            .collect();
        let buckets: Vec<Bucket> = points
            .windows(2)
            .map(|w| Bucket { from: w[0].0, to: w[1].0, count: 1.0 })
            .collect();
        let marks: Vec<(f64, f64)> = [50.0, 90.0, 99.0, 99.9]
            .iter()
            .filter_map(|p| Some((*p, points.iter().find(|(_, s)| *s >= p / 100.0)?.0)))
            .collect();
        let series = Series::new(name, points);
        match self.below(3) {
            0 => series,
            1 => series.buckets(buckets),
            _ => series.percentiles(marks),
        }
    }
}

fn about() -> About {
    About::new("case", "A case", "Drawn to be checked.")
}

#[test]
fn distributions_keep_their_texts_apart_whatever_the_data() {
    let mut draw = Draw(7);
    for case in 0..500 {
        let axis = [Axis::Linear, Axis::Log, Axis::Auto][draw.below(3)];
        let mut figure = Distribution::new(about(), draw.series("no hedge")).axis(axis);
        if draw.below(4) > 0 {
            let name = ["hedge", "hedge after 18 ms, at most 6 %"][draw.below(2)];
            figure = figure.and(draw.series(name));
        }
        if draw.below(2) > 0 {
            figure = figure.deadline("deadline", draw.size().min(1e5));
        }
        if draw.below(4) == 0 {
            figure = figure.range(1.0, 1000.0);
        }
        if draw.below(2) > 0 {
            figure = figure.view(View::Later);
        }
        let width = [300.0, 320.0, 390.0, 560.0, 720.0, 992.0][draw.below(6)];
        check(&format!("case {case}, {width} px"), &figure.draw(width));
        check(&format!("case {case}, strips, {width} px"), &figure.draw_strips(width));
        check(&format!("case {case}, shares, {width} px"), &figure.draw_shares(width));
    }
}

#[test]
fn time_series_keep_their_texts_apart_whatever_the_data() {
    let mut draw = Draw(11);
    for case in 0..500 {
        let mut figure = TimeSeries::new(about(), "extra requests", "%");
        for name in &["hedge after 18 ms", "no hedge", "useful"][..draw.below(4)] {
            let (scale, n) = (draw.size(), [0, 1, 2, 60][draw.below(4)]);
            let flat = draw.below(3) == 0;
            let points: Vec<(f64, f64)> = (0..n)
                .map(|i| (f64::from(i), if flat { scale } else { scale * draw.unit() }))
                .collect();
            figure = figure.line(*name, points);
        }
        if draw.below(2) > 0 {
            figure = figure.shade(draw.unit() * 30.0, 30.0 + draw.unit() * 30.0, "storm");
        }
        if draw.below(2) > 0 {
            figure = figure.limit("limit", draw.size());
        }
        if draw.below(2) > 0 {
            figure = figure.log();
        }
        let width = [300.0, 320.0, 560.0, 992.0][draw.below(4)];
        check(&format!("case {case}, {width} px"), &figure.draw(width));
    }
}

#[test]
fn heat_maps_keep_their_texts_apart_whatever_the_data() {
    let mut draw = Draw(19);
    for case in 0..500 {
        let unit = ["ms", "", "%"][draw.below(3)];
        let mut names = |most: usize| -> Vec<String> {
            let (n, scale) = (1 + draw.below(most), draw.size());
            (1..=n).map(|i| crate::short(i as f64 * scale, unit)).collect()
        };
        let (across, down) = (names(7), names(5));
        let cells = across.len() * down.len();
        let labels = [
            "Leaves",
            "Promotes after so long without an answer, in all of its sites",
        ];
        let (x, y) = (labels[draw.below(2)], labels[draw.below(2)]);
        let scale = draw.size();
        let values: Vec<Option<f64>> = (0..cells)
            .map(|_| (draw.below(6) > 0).then(|| scale * draw.unit()))
            .collect();
        let figure = Heatmap::new(about(), (y, unit), (x, across), (y, down))
            .values(values)
            .here(0.0, 0.0);
        let width = [240.0, 290.0, 320.0, 560.0, 992.0][draw.below(5)];
        check(&format!("case {case}, {width} px"), &figure.draw(width));
    }
}

#[test]
fn bars_keep_their_texts_apart_whatever_the_data() {
    let mut draw = Draw(13);
    for case in 0..500 {
        let mut figure = Bars::new(about(), ["%", "", "machines"][draw.below(3)]);
        for name in &["hedge after 18 ms, with a budget", "no hedge"][..draw.below(3)] {
            let value = [0.0, draw.size(), 8.0, f64::NAN][draw.below(4)];
            figure = figure.bar(*name, value);
        }
        if draw.below(3) > 0 {
            figure = figure.limit("limit", [0.0, 8.0, draw.size()][draw.below(3)]);
        }
        if draw.below(4) == 0 {
            figure = figure.end(10.0);
        }
        let width = [300.0, 320.0, 560.0, 992.0][draw.below(4)];
        check(&format!("case {case}, {width} px"), &figure.draw(width));
    }
}

#[test]
fn intervals_keep_their_texts_apart_whatever_the_data() {
    let mut draw = Draw(29);
    for case in 0..500 {
        let mut figure = Intervals::new(about(), ["ms", "", "1 in", "hours of repair per second"][draw.below(4)]);
        if draw.below(3) == 0 {
            figure = figure.linear();
        }
        for _ in 0..[0, 1, 6, 24, 25, 60][draw.below(6)] {
            let low = draw.size();
            let name = ["A", "AB", "someone with a name that is far too long for this"][draw.below(3)];
            figure = figure.row(name, low, low * (1.0 + 9.0 * draw.unit()));
        }
        if draw.below(2) > 0 {
            figure = figure.truth(["the run", "what the run gave"][draw.below(2)], draw.size());
        }
        if draw.below(4) == 0 {
            figure = figure.range(0.1, 1000.0);
        }
        let width = WIDTHS[draw.below(7)];
        check(&format!("case {case}, {width} px"), &figure.draw(width));
    }
}

/// Widths that timelines are drawn for: a narrow and a usual phone, the change of direction, a page, a wide figure.
const WIDTHS: [f64; 7] = [300.0, 340.0, 479.0, 559.0, 560.0, 720.0, 900.0];

#[test]
fn space_time_diagrams_keep_their_texts_apart_whatever_the_data() {
    let mut draw = Draw(17);
    let names = ["East", "lease store", "west-1", "client", "primary of shard 17", "disk"];
    let words = [
        "",
        "ok",
        "append",
        "write 3, token 33",
        "asks everyone for a vote in term 12",
    ];
    for case in 0..400 {
        let lanes = &names[..1 + draw.below(6)];
        let start = [0.0, 20.0, 79_335.0][draw.below(3)];
        let long = [0.08, 1.0, 10.0, 60.0][draw.below(4)];
        let mut figure = SpaceTime::new(about(), lanes);
        if draw.below(4) > 0 {
            figure = figure.window(start, start + long);
        }
        let at = |draw: &mut Draw| start + long * (1.2 * draw.unit() - 0.1);
        for _ in 0..[0, 1, 20, 80][draw.below(4)] {
            let (from, to, sent) = (draw.below(lanes.len()), draw.below(lanes.len()), at(&mut draw));
            let received = (draw.below(5) > 0).then(|| sent + long * 0.1 * draw.unit());
            figure = figure.message(from, sent, to, received, words[draw.below(5)]);
        }
        for _ in 0..draw.below(5) {
            let (lane, moment) = (draw.below(lanes.len()), at(&mut draw));
            figure = figure.mark(
                lane,
                moment,
                ["lease ends", "33 < 34", "finds no majority and steps down"][draw.below(3)],
            );
        }
        for _ in 0..draw.below(5) {
            let what = [Span::Leads, Span::Stopped, Span::Down, Span::Other][draw.below(4)];
            let (lane, from) = (draw.below(lanes.len()), at(&mut draw));
            let label = ["leads", "stopped", "leads, it believes"][draw.below(3)];
            figure = figure.span(lane, from, from + long * draw.unit(), what, label);
        }
        let width = WIDTHS[draw.below(7)];
        check(&format!("case {case}, {width} px"), &figure.draw(width));
    }
}

#[test]
fn lanes_keep_their_texts_apart_whatever_the_data() {
    let mut draw = Draw(19);
    let tones = [
        Tone::Plain,
        Tone::A,
        Tone::B,
        Tone::Cost,
        Tone::Perf,
        Tone::Fail,
        Tone::Good,
    ];
    let words = ["", "up", "takes writes", "believes that it still holds the lease"];
    for case in 0..400 {
        let mut figure = Lanes::new(about());
        if draw.below(4) > 0 {
            figure = figure.range(0.0, 200.0);
        }
        for lane in 0..draw.below(5) {
            figure = figure.lane(["East", "West, which follows", "link"][draw.below(3)]);
            for _ in 0..draw.below(8) {
                let (from, long) = (220.0 * draw.unit() - 10.0, [1.0, 20.0, 150.0][draw.below(3)]);
                figure = figure.bar(
                    lane,
                    from,
                    from + long * draw.unit(),
                    tones[draw.below(7)],
                    words[draw.below(4)],
                );
            }
        }
        for _ in 0..draw.below(4) {
            let from = 200.0 * draw.unit();
            figure = figure.shade(
                from,
                from + 60.0 * draw.unit(),
                ["", "two histories, 43 s", "split"][draw.below(3)],
            );
        }
        for _ in 0..draw.below(7) {
            let label = ["the link fails", "West is promoted by hand", "end"][draw.below(3)];
            figure = figure.event([0.0, 200.0, 200.0 * draw.unit()][draw.below(3)], label);
        }
        let width = WIDTHS[draw.below(7)];
        check(&format!("case {case}, {width} px"), &figure.draw(width));
    }
}

#[test]
fn labels_of_a_space_time_diagram_keep_off_bands_dots_and_crosses() {
    let mut draw = Draw(23);
    for case in 0..60 {
        let mut figure = SpaceTime::new(about(), &["East", "West", "disk"]).window(0.0, 10.0);
        for _ in 0..30 {
            let (from, sent) = (draw.below(3), 10.0 * draw.unit());
            let received = (draw.below(4) > 0).then_some(sent + 0.3);
            figure = figure.message(from, sent, (from + 1) % 3, received, "append");
        }
        figure = figure
            .span(1, 2.0, 7.0, Span::Down, "down")
            .mark(0, 10.0 * draw.unit(), "lease ends");
        for width in [340.0, 720.0, 900.0] {
            let svg = figure.draw(width);
            let value = |line: &str, name: &str| -> f64 {
                let rest = line.split(&format!(" {name}=\"")).nth(1).expect(line);
                rest.split('"').next().unwrap().parse().unwrap()
            };
            let mut solid: Vec<Rect> = Vec::new();
            for line in svg.0.lines() {
                if line.contains("f-slab") {
                    let (x, y) = (value(line, "x"), value(line, "y"));
                    solid.push((x, y, x + value(line, "width"), y + value(line, "height")));
                } else if line.starts_with("<circle") {
                    let (x, y, r) = (value(line, "cx"), value(line, "cy"), value(line, "r"));
                    solid.push((x - r, y - r, x + r, y + r));
                } else if line.contains("f-cross") {
                    let (x, y) = (value(line, "x1"), value(line, "x2"));
                    let (top, bottom) = (value(line, "y1"), value(line, "y2"));
                    solid.push((x.min(y), top.min(bottom), x.max(y), top.max(bottom)));
                }
            }
            assert!(solid.len() > 2, "case {case}");
            for (content, rect) in texts(&svg) {
                for at in &solid {
                    assert_eq!(
                        overlap(rect, *at),
                        0.0,
                        "case {case}, {width} px: “{content}” {rect:?} on {at:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn infinite_and_unsorted_data_is_drawn_all_the_same() {
    let wild = [
        (f64::NAN, 0.1),
        (50.0, f64::INFINITY),
        (30.0, 0.9),
        (20.0, 0.2),
        (40.0, 7.0),
        (-5.0, -1.0),
    ];
    let figure = Distribution::new(about(), Series::new("wild", wild))
        .axis(Axis::Log)
        .deadline("deadline", f64::NAN);
    check("wild", &figure.draw(320.0));
    check("width", &figure.draw(f64::NAN));
    check("narrow", &figure.draw(-3.0));
    let figure = TimeSeries::new(about(), "x", "").line("a", [(0.0, f64::INFINITY), (1.0, -4.0), (2.0, 9.0)]);
    check("negative values", &figure.draw(320.0));
}

#[test]
fn an_architecture_names_what_does_not_fit() {
    let plan = |columns: f64| {
        Architecture::new(about(), columns, 1.0)
            .part("a", "load balancer", "8 slots, a queue of 64", Place::at(0.0, 0.0))
            .part("b", "leaf", "", Place::at(1.0, 0.0))
            .arrow(Arrow::new("a", "b").label("asks"))
    };
    assert_eq!(plan(2.0).faults(720.0), Vec::<String>::new());
    check("architecture", &plan(2.0).draw(720.0));
    assert!(plan(2.0).row_height(24.0).faults(720.0)[0].contains("box “a”"));
    assert!(plan(1.0).faults(720.0)[0].contains("outside the grid"));
    let unknown = plan(2.0).arrow(Arrow::new("a", "c"));
    assert!(unknown.faults(720.0)[0].contains("“c”, which is no box"));
    assert_eq!(unknown.draw(720.0), plan(2.0).draw(720.0));
}
