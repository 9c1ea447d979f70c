//! Samples of the figures that show what happened when.

use super::about;
use figures::{Lanes, SpaceTime, Span, Svg, Tone};

/// A leader stands still for longer than its lease; another takes over, and the first one's write is refused.
pub(super) fn takeover(width: f64) -> Svg {
    let pings = (0..6).fold(
        SpaceTime::new(about("spacetime"), &["East", "lease store", "West", "disk"]),
        |f, i| {
            let at = f64::from(i) * 2.0 + 0.4;
            if i == 1 || i == 2 {
                return f;
            }
            let renewed = f.message(if i < 3 { 0 } else { 2 }, at, 1, Some(at + 0.12), "renew");
            renewed.message(1, at + 0.12, if i < 3 { 0 } else { 2 }, Some(at + 0.26), "renewed")
        },
    );
    pings
        .window(0.0, 12.0)
        .span(0, 0.0, 9.2, Span::Leads, "leads, it believes")
        .span(0, 1.6, 7.4, Span::Stopped, "stopped")
        .span(2, 5.6, 12.0, Span::Leads, "leads")
        .span(1, 10.9, 11.6, Span::Down, "down")
        .message(0, 1.2, 3, Some(1.5), "write 1, token 33")
        .message(2, 4.6, 1, Some(4.75), "ask for the lease")
        .message(1, 5.45, 2, Some(5.6), "granted, token 34")
        .message(2, 6.1, 3, Some(6.4), "write 2, token 34")
        .message(0, 7.6, 3, Some(8.6), "write 3, token 33")
        .message(3, 8.6, 0, Some(9.2), "refused")
        .message(2, 9.3, 0, None, "who leads?")
        .mark(1, 5.4, "lease ends")
        .mark(3, 8.6, "33 < 34")
        .draw(width)
}

/// Six lanes and eighty messages in 4 s, some of them lost.
pub(super) fn heartbeats(width: f64) -> Svg {
    let names = ["east-1", "east-2", "east-3", "west-1", "west-2", "west-3"];
    let mut figure = SpaceTime::new(about("spacetime-many"), &names)
        .window(20.0, 24.0)
        .span(3, 21.5, 23.0, Span::Down, "down")
        .span(0, 20.0, 24.0, Span::Leads, "leads")
        .mark(0, 21.93, "no majority")
        .mark(0, 23.2, "majority again");
    for round in 0..8 {
        let at = 20.1 + 0.5 * f64::from(round);
        for to in 1..6 {
            let far = if to < 3 { 0.02 } else { 0.08 };
            let lost = to == 3 && (3..6).contains(&round);
            figure = figure.message(0, at, to, (!lost).then_some(at + far), "append");
            if !lost {
                figure = figure.message(to, at + far, 0, Some(at + 2.0 * far + 0.01 * to as f64), "ok");
            }
        }
    }
    figure.draw(width)
}

/// Two coasts and the link between them, with a stretch in which both wrote.
pub(super) fn split(width: f64) -> Svg {
    Lanes::new(about("lanes"))
        .range(0.0, 200.0)
        .lane("East")
        .bar(0, 0.0, 97.0, Tone::A, "takes writes")
        .bar(0, 97.0, 140.0, Tone::Cost, "frozen")
        .bar(0, 140.0, 200.0, Tone::Plain, "follows West")
        .lane("West")
        .bar(1, 0.0, 54.0, Tone::Plain, "follows East")
        .bar(1, 54.0, 200.0, Tone::B, "takes writes")
        .lane("link")
        .bar(2, 11.0, 54.0, Tone::Fail, "cut off")
        .bar(2, 54.0, 200.0, Tone::Good, "up")
        .shade(54.0, 97.0, "two histories, 43 s")
        .event(11.0, "the link fails")
        .event(54.0, "West is promoted")
        .event(97.0, "East is stopped")
        .draw(width)
}

/// Short bars, bars that overlap, names and moments close together and at the ends.
pub(super) fn awkward(width: f64) -> Svg {
    let flapping = (0..9).fold(
        Lanes::new(about("lanes-awkward")).range(0.0, 200.0).lane("link"),
        |f, i| {
            let at = 4.0 + 14.0 * f64::from(i);
            f.bar(0, at, at + 5.0, Tone::Fail, "cut off")
                .bar(0, at + 5.0, at + 9.0, Tone::Perf, "slow, loses 1 %")
        },
    );
    flapping
        .lane("East, Virginia")
        .bar(1, 0.0, 120.0, Tone::A, "takes writes")
        .bar(1, 60.0, 160.0, Tone::Cost, "believes that it holds the lease")
        .bar(1, 118.0, 200.0, Tone::Fail, "frozen")
        .lane("nothing here")
        .shade(100.0, 104.0, "first divergence")
        .shade(110.0, 120.0, "second divergence")
        .shade(190.0, 240.0, "third, until later")
        .event(0.0, "starts")
        .event(99.0, "lease ends")
        .event(101.0, "West is promoted")
        .event(103.0, "operator stops East")
        .event(199.0, "all is repaired")
        .event(200.0, "the end")
        .draw(width)
}
