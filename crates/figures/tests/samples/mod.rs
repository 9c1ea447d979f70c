//! One sample of each kind of figure, and the awkward cases: what the golden files and the gallery draw.

mod timelines;

use figures::{
    About, Architecture, Arrow, Axis, Bars, Bucket, Distribution, Heatmap, Intervals, Place, Scatter, Series, Side,
    Svg, TimeSeries, Tone, View,
};

/// Name and drawing for every sample at a width.
pub(crate) fn all(width: f64) -> Vec<(&'static str, Svg)> {
    vec![
        ("architecture", architecture(width)),
        (
            "distribution-linear",
            distribution("distribution-linear", Axis::Linear).draw(width),
        ),
        (
            "distribution-log",
            distribution("distribution-log", Axis::Log)
                .view(View::Later)
                .draw(width),
        ),
        ("distribution-one", one_series(width)),
        ("distribution-equal", equal(width)),
        ("distribution-empty", empty(width)),
        ("timeseries", timeseries(width)),
        ("timeseries-three", three_lines(width)),
        ("spacetime", timelines::takeover(width)),
        ("spacetime-many", timelines::heartbeats(width)),
        ("lanes", timelines::split(width)),
        ("lanes-awkward", timelines::awkward(width)),
        ("heatmap", heatmap(width)),
        ("scatter", scatter(width)),
        ("bars", bars("bars", 5.6).draw(width)),
        ("bars-over", bars("bars-over", 96.0).draw(width)),
        ("intervals", intervals("intervals").draw(width)),
        (
            "intervals-truth",
            intervals("intervals-truth").truth("the run", 53.0).draw(width),
        ),
        ("intervals-many", many_intervals(width)),
    ]
}

fn about(id: &str) -> About {
    About::new(
        id,
        format!("Sample: {id}"),
        "A sample that shows how this kind of figure is drawn.",
    )
}

fn scatter(width: f64) -> Svg {
    let points = [
        ("1 and 3", 113.0, 0.0),
        ("3 and 1", 11.9, 0.0),
        ("1 and 2", 21.0, 9.0),
        ("1 and 1", 10.9, 56.0),
    ];
    let plain = Scatter::new(about("scatter"), ("write, p99.9", "ms"), ("stale reads", "%")).log();
    points
        .into_iter()
        .fold(plain, |f, (name, x, y)| f.point(name, (x, y)))
        .marked("2 and 1", (10.9, 14.0), 0)
        .marked("2 and 2", (21.0, 0.0), 1)
        .draw(width)
}

fn architecture(width: f64) -> Svg {
    let narrow = width < 480.0;
    let place = |wide: (f64, f64), phone: (f64, f64)| {
        let (column, row) = if narrow { phone } else { wide };
        Place::at(column, row)
    };
    let plan = if narrow {
        Architecture::new(about("architecture"), 2.0, 5.0).gaps(56.0, 26.0)
    } else {
        Architecture::new(about("architecture"), 4.0, 4.0).gaps(64.0, 16.0)
    };
    let mut plan = plan
        .part("browser", "browser", "", place((0.0, 1.5), (0.0, 0.0)))
        .part("root", "root", "deadline 1,000 ms", place((1.0, 1.5), (0.0, 1.0)))
        .arrow(Arrow::new("browser", "root"));
    for (i, (name, shard)) in [("1", "shard 1"), ("2", "shard 2"), ("100", "shard 100")]
        .into_iter()
        .enumerate()
    {
        let row = if i == 2 { 3.0 } else { i as f64 };
        let phone = 2.0 + i as f64;
        let (leaf, twin) = (format!("leaf-{name}"), format!("twin-{name}"));
        plan = plan
            .part(&leaf, format!("leaf {name}"), shard, place((2.0, row), (0.0, phone)))
            .part(
                &twin,
                format!("leaf {name}′"),
                "replica",
                place((3.0, row), (1.0, phone)),
            );
        let ask = Arrow::new("root", &leaf);
        if !narrow {
            plan = plan.arrow(ask);
        } else if i == 0 {
            plan = plan.arrow(ask.label("asks each leaf").sides(Side::Bottom, Side::Top));
        }
        let hedge = Arrow::new(&leaf, &twin).dashed().tone(Tone::B);
        plan = plan.arrow(if i == 0 { hedge.label("hedge") } else { hedge });
    }
    let plan = if narrow {
        plan
    } else {
        plan.note("⋮", Place::at(2.0, 2.0))
    };
    if width >= 300.0 {
        assert_eq!(plan.faults(width), Vec::<String>::new());
    }
    plan.draw(width)
}

/// A share that rises like a body of quick answers with a heavy tail behind it.
fn shares(body: f64, tail: f64, most: f64) -> Vec<(f64, f64)> {
    (0..=200)
        .map(|i| {
            let x = most * libm::pow(f64::from(i) / 200.0, 2.0);
            let quick = 1.0 - libm::exp(-libm::pow(x / body, 3.0));
            let slow = 1.0 / (1.0 + libm::pow(x / (2.0 * body), 2.0));
            (
                x,
                if i == 200 {
                    1.0
                } else {
                    (quick * (1.0 - tail * slow)).clamp(0.0, 1.0)
                },
            )
        })
        .collect()
}

fn distribution(id: &str, axis: Axis) -> Distribution {
    Distribution::new(about(id), Series::new("no hedge", shares(160.0, 0.5, 1000.0)))
        .and(Series::new("hedge after 18 ms", shares(28.0, 0.3, 1000.0)))
        .axis(axis)
        .deadline("deadline", 1000.0)
}

fn one_series(width: f64) -> Svg {
    let buckets = (0..60).map(|i| {
        let from = f64::from(i) * 5.0;
        Bucket { from, to: from + 5.0, count: libm::exp(-libm::pow((from - 120.0) / 40.0, 2.0)) * 1000.0 }
    });
    let points = [(40.0, 0.0), (80.0, 0.15), (120.0, 0.5), (160.0, 0.85), (220.0, 1.0)];
    let percentiles = [(50.0, 120.0), (90.0, 168.0), (99.0, 205.0), (99.9, 217.0)];
    Distribution::new(
        about("distribution-one"),
        Series::new("leaf", points).buckets(buckets).percentiles(percentiles),
    )
    .draw(width)
}

fn equal(width: f64) -> Svg {
    let one = |at: f64| [(at, 1.0)];
    Distribution::new(about("distribution-equal"), Series::new("constant", one(30.0)))
        .and(Series::new("cut at the deadline", one(250.0)).percentiles([(50.0, 248.0), (90.0, 249.0), (99.0, 250.0)]))
        .deadline("deadline", 250.0)
        .draw(width)
}

fn empty(width: f64) -> Svg {
    Distribution::new(about("distribution-empty"), Series::new("no hedge", []))
        .and(Series::new("hedge", []))
        .draw(width)
}

fn timeseries(width: f64) -> Svg {
    let wave = |calm: f64, storm: f64, after: f64| {
        (0..=120).map(move |i| {
            let t = f64::from(i) / 2.0;
            let ripple = 1.0 + 0.06 * libm::sin(t * 2.7);
            let value = match t {
                t if t < 20.0 => calm,
                t if t < 35.0 => storm,
                t => calm + (storm - calm) * libm::exp(-(t - 35.0) / after),
            };
            (t, value * ripple)
        })
    };
    TimeSeries::new(about("timeseries"), "extra requests", "%")
        .line("budget of 6 %", wave(5.0, 5.8, 1.0))
        .line("no budget", wave(5.6, 96.0, 4.0))
        .shade(20.0, 35.0, "storm")
        .limit("limit", 8.0)
        .draw(width)
}

/// A steady offer, what an overloaded server still answers, and what of it somebody still waits for.
fn three_lines(width: f64) -> Svg {
    let line = |calm: f64, storm: f64, after: f64| {
        (0..=300).map(move |t| {
            let t = f64::from(t);
            let ripple = 1.0 + 0.02 * libm::sin(t * 1.7);
            let value = match t {
                t if t < 60.0 => calm,
                t if t < 120.0 => storm,
                _ => after,
            };
            (t, value * ripple)
        })
    };
    TimeSeries::new(about("timeseries-three"), "requests", "requests/s")
        .line("offered", line(800.0, 2000.0, 1900.0))
        .line("served", line(800.0, 980.0, 990.0))
        .line("useful", line(800.0, 120.0, 60.0))
        .shade(60.0, 120.0, "outage")
        .limit("capacity", 1000.0)
        .draw(width)
}

fn bars(id: &str, extra: f64) -> Bars {
    Bars::new(about(id), "%")
        .bar("no hedge", 0.0)
        .bar("hedge after 18 ms", extra)
        .limit("limit", 8.0)
}

fn intervals(id: &str) -> Intervals {
    Intervals::new(about(id), "ms")
        .row("A", 20.0, 45.0)
        .row("B", 40.0, 60.0)
        .row("C", 30.0, 250.0)
        .row("D", 120.0, 200.0)
        .row("someone with a long name", 600.0, 1000.0)
}

/// Sixty shares, which stand close; the range cuts some off.
fn many_intervals(width: f64) -> Svg {
    (0..60)
        .fold(Intervals::new(about("intervals-many"), "%").linear(), |f, i| {
            let low = 1.0 + f64::from(i * i % 47);
            f.row(format!("P{i}"), low, low + 4.0 + f64::from(i % 7))
        })
        .range(0.5, 50.0)
        .truth("the run", 21.4)
        .draw(width)
}

/// A result that grows with both settings, over more than twenty times, with two cells that never came.
fn heatmap(width: f64) -> Svg {
    let ticks = |values: &[u32], unit: &str| values.iter().map(|v| format!("{v}{unit}")).collect::<Vec<_>>();
    let (leaves, waits) = ([1, 30, 70, 100, 130, 170, 200], [0, 18, 60, 250, 1000]);
    let value = |i: usize| (i != 6 && i != 20).then(|| 9.5 * f64::from(leaves[i % 7] + waits[i / 7] * 2 + 1));
    Heatmap::new(
        about("heatmap"),
        ("Users’ p99, with second requests", "ms"),
        ("Leaves", ticks(&leaves, "")),
        ("Second request after", ticks(&waits, "\u{202f}ms")),
    )
    .values((0..35).map(value))
    .here(3.0, 1.0)
    .draw(width)
}
