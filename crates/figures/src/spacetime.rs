//! Messages between parts over time.

mod draw;
mod plane;
mod writing;

use crate::canvas::About;
use crate::{Svg, moment};

/// What a part is while a span on its lane lasts. Each has a pattern of its own; the label says it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Leads: a tinted band with an unbroken edge.
    Leads,
    /// Stands still, and will go on as if nothing had been: upright strokes.
    Stopped,
    /// Is down: crossed strokes with a broken edge.
    Down,
    /// Anything else that lasts: a plain band.
    Other,
}

impl Span {
    fn class(self) -> &'static str {
        match self {
            Span::Leads => "f-a",
            Span::Stopped => "f-cost",
            Span::Down => "f-fail",
            Span::Other => "",
        }
    }
}

#[derive(Clone, Debug)]
struct Message {
    from: usize,
    sent: f64,
    to: usize,
    /// `None`: lost.
    received: Option<f64>,
    label: String,
}

#[derive(Clone, Debug)]
struct Mark {
    lane: usize,
    at: f64,
    label: String,
}

#[derive(Clone, Debug)]
struct Stretch {
    lane: usize,
    from: f64,
    to: f64,
    what: Span,
    label: String,
}

/// A space–time diagram: a lane for each part, and the messages between them as slanted arrows. A lost message is
/// broken and ends in a cross.
///
/// Time runs downwards below 560 px, so that a phone shows it at full length, and to the right from there. Every mark
/// and span is labelled where there is room at all; messages are labelled as far as it can be seen which label belongs to
/// which, and a line below says how many are. [`SpaceTime::rows`] has everything that is drawn, for a table beside.
///
/// ```
/// use figures::{About, SpaceTime, Span};
/// let about = About::new("pause", "A pause", "East pauses for 3 s; West takes over before East goes on.");
/// let figure = SpaceTime::new(about, &["East", "West"])
///     .window(0.0, 6.0)
///     .span(0, 0.0, 6.0, Span::Leads, "leads")
///     .span(0, 1.0, 4.0, Span::Stopped, "stopped")
///     .message(1, 1.5, 0, None, "ping")
///     .mark(1, 3.0, "takes over");
/// assert_eq!(figure.rows()[2], ["1.5", "West → East", "ping (lost)"]);
/// assert_ne!(figure.draw(340.0), figure.draw(720.0));
/// ```
#[derive(Clone, Debug)]
pub struct SpaceTime {
    about: About,
    lanes: Vec<String>,
    window: Option<(f64, f64)>,
    messages: Vec<Message>,
    marks: Vec<Mark>,
    spans: Vec<Stretch>,
}

impl SpaceTime {
    /// A diagram with the names of its lanes; methods name a lane by its place among them, from 0.
    ///
    /// # Panics
    /// When there is no lane.
    pub fn new(about: About, lanes: &[&str]) -> Self {
        assert!(!lanes.is_empty(), "figure {} has no lane", about.id());
        SpaceTime {
            lanes: lanes.iter().map(|l| (*l).to_string()).collect(),
            about,
            window: None,
            messages: Vec::new(),
            marks: Vec::new(),
            spans: Vec::new(),
        }
    }

    /// Shows this much time, in seconds; everything that was added, unless set. What reaches beyond is cut off there.
    pub fn window(mut self, from_s: f64, to_s: f64) -> Self {
        self.window = (from_s.is_finite() && to_s.is_finite() && to_s > from_s).then_some((from_s, to_s));
        self
    }

    /// Adds a message from one lane to another; `None` when it was lost. The label may be empty.
    ///
    /// # Panics
    /// When there is no such lane.
    pub fn message(
        mut self,
        from_lane: usize,
        sent_s: f64,
        to_lane: usize,
        received_s: Option<f64>,
        label: impl Into<String>,
    ) -> Self {
        let (from, to) = (self.known(from_lane), self.known(to_lane));
        let received = received_s.map(|r| r.max(sent_s));
        if sent_s.is_finite() && received.is_none_or(f64::is_finite) {
            self.messages
                .push(Message { from, sent: sent_s, to, received, label: label.into() });
        }
        self
    }

    /// Marks a moment on a lane with a dot and a short label.
    ///
    /// # Panics
    /// When there is no such lane.
    pub fn mark(mut self, lane: usize, at_s: f64, label: impl Into<String>) -> Self {
        let lane = self.known(lane);
        if at_s.is_finite() {
            self.marks.push(Mark { lane, at: at_s, label: label.into() });
        }
        self
    }

    /// Says what a lane is from one moment to another. Where spans overlap, what keeps a part from working is drawn over
    /// what it believes to be.
    ///
    /// # Panics
    /// When there is no such lane.
    pub fn span(mut self, lane: usize, from_s: f64, to_s: f64, what: Span, label: impl Into<String>) -> Self {
        let lane = self.known(lane);
        if from_s.is_finite() && to_s > from_s {
            self.spans
                .push(Stretch { lane, from: from_s, to: to_s, what, label: label.into() });
        }
        self
    }

    fn known(&self, lane: usize) -> usize {
        assert!(lane < self.lanes.len(), "figure {} has no lane {lane}", self.about.id());
        lane
    }

    /// The heads of the columns of [`SpaceTime::rows`].
    pub const HEAD: [&str; 3] = ["time, s", "where", "what"];

    /// What the window shows, in order of time: when, on which lane or between which, and what.
    pub fn rows(&self) -> Vec<[String; 3]> {
        let (from, to) = self.shown();
        let mut rows: Vec<(f64, [String; 3])> = Vec::new();
        for s in self.spans.iter().filter(|s| s.to > from && s.from < to) {
            let end = if s.to > to {
                "the end".to_string()
            } else {
                format!("{} s", moment(s.to))
            };
            let start = s.from.max(from);
            rows.push((
                start,
                [
                    moment(start),
                    self.lanes[s.lane].clone(),
                    format!("{} until {end}", s.label),
                ],
            ));
        }
        for m in self
            .messages
            .iter()
            .filter(|m| m.received.unwrap_or(m.sent) >= from && m.sent <= to)
        {
            let what = match (m.label.as_str(), m.received) {
                ("", None) => "lost".to_string(),
                (label, None) => format!("{label} (lost)"),
                ("", Some(at)) => format!("received at {} s", moment(at)),
                (label, Some(at)) => format!("{label}, received at {} s", moment(at)),
            };
            rows.push((
                m.sent,
                [
                    moment(m.sent),
                    format!("{} → {}", self.lanes[m.from], self.lanes[m.to]),
                    what,
                ],
            ));
        }
        for m in self.marks.iter().filter(|m| m.at >= from && m.at <= to) {
            rows.push((m.at, [moment(m.at), self.lanes[m.lane].clone(), m.label.clone()]));
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|r| r.1).collect()
    }

    /// The window, set or taken from the data.
    fn shown(&self) -> (f64, f64) {
        if let Some(window) = self.window {
            return window;
        }
        let times = || {
            let messages = self
                .messages
                .iter()
                .flat_map(|m| [m.sent, m.received.unwrap_or(m.sent)]);
            let spans = self.spans.iter().flat_map(|s| [s.from, s.to]).filter(|t| t.is_finite());
            messages.chain(self.marks.iter().map(|m| m.at)).chain(spans)
        };
        let first = times().fold(f64::INFINITY, f64::min);
        let last = times().fold(f64::NEG_INFINITY, f64::max);
        if last > first {
            (first, last)
        } else if first.is_finite() {
            (first, first + 1.0)
        } else {
            (0.0, 1.0)
        }
    }

    /// Draws the figure.
    pub fn draw(&self, width: f64) -> Svg {
        draw::draw(self, width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> SpaceTime {
        SpaceTime::new(About::new("x", "t", "d"), &["East", "West"])
    }

    #[test]
    fn rows_are_in_order_of_time_and_say_everything_in_the_window() {
        let figure = figure()
            .window(1.0, 5.0)
            .mark(0, 4.0, "last")
            .message(0, 2.0, 1, Some(2.0625), "append")
            .message(1, 0.5, 0, Some(0.9), "too early")
            .message(1, 2.5, 0, None, "")
            .span(1, 0.0, 3.0, Span::Leads, "leads")
            .span(0, 4.5, 9.0, Span::Down, "down");
        let rows: Vec<String> = figure.rows().iter().map(|r| r.join(" | ")).collect();
        assert_eq!(
            rows,
            [
                "1 | West | leads until 3 s",
                "2 | East → West | append, received at 2.062 s",
                "2.5 | West → East | lost",
                "4 | East | last",
                "4.5 | East | down until the end"
            ]
        );
    }

    #[test]
    fn without_a_window_all_that_was_added_is_shown() {
        let figure = figure().message(0, 3.0, 1, Some(3.5), "a").mark(1, 8.0, "b");
        assert_eq!(figure.shown(), (3.0, 8.0));
        assert_eq!(super::tests::figure().mark(0, 4.0, "only").shown(), (4.0, 5.0));
        assert_eq!(super::tests::figure().shown(), (0.0, 1.0));
    }

    #[test]
    fn a_lost_message_ends_in_a_cross_and_a_received_one_in_an_arrow() {
        let crosses = |received| {
            let svg = figure()
                .window(0.0, 4.0)
                .message(0, 1.0, 1, received, "append")
                .draw(720.0)
                .0;
            (
                svg.matches("f-cross").count(),
                svg.matches("f-head").count(),
                svg.contains("append (lost)"),
            )
        };
        assert_eq!(crosses(None), (2, 0, true));
        assert_eq!(crosses(Some(1.2)), (0, 1, false));
    }

    #[test]
    fn a_message_begins_and_ends_at_its_times_on_its_lanes() {
        let values = |line: &str, names: [&str; 4]| {
            names.map(|name| {
                let rest = line.split(&format!(" {name}=\"")).nth(1).unwrap();
                rest.split('"').next().unwrap().parse::<f64>().unwrap()
            })
        };
        for width in [340.0, 720.0] {
            let svg = figure()
                .window(0.0, 4.0)
                .message(0, 1.0, 1, Some(3.0), "append")
                .draw(width)
                .0;
            let ends = ["x1", "y1", "x2", "y2"];
            let lanes: Vec<[f64; 4]> = svg
                .lines()
                .filter(|l| l.contains("f-lane"))
                .map(|l| values(l, ends))
                .collect();
            let on = |lane: usize, share: f64| {
                let [x1, y1, x2, y2] = lanes[lane];
                (x1 + share * (x2 - x1), y1 + share * (y2 - y1))
            };
            let point = |class: &str| {
                let line = svg.lines().find(|l| l.contains(class)).unwrap();
                let first = line
                    .split("points=\"")
                    .nth(1)
                    .unwrap()
                    .split([' ', '"'])
                    .next()
                    .unwrap();
                let (x, y) = first.split_once(',').unwrap();
                (x.parse::<f64>().unwrap(), y.parse::<f64>().unwrap())
            };
            for (at, should) in [(point("f-flow"), on(0, 0.25)), (point("f-head"), on(1, 0.75))] {
                assert!(
                    (at.0 - should.0).abs() < 0.2 && (at.1 - should.1).abs() < 0.2,
                    "{width}: {at:?} {should:?}"
                );
            }
        }
    }

    #[test]
    fn what_reaches_beyond_the_window_is_cut_at_its_edge() {
        let svg = figure()
            .window(0.0, 4.0)
            .message(0, 3.0, 1, Some(5.0), "late")
            .draw(720.0)
            .0;
        assert!(
            !svg.contains("f-head") && svg.contains("f-flow"),
            "the arrow's tip lies outside\n{svg}"
        );
        let svg = figure()
            .window(0.0, 4.0)
            .message(0, 5.0, 1, Some(6.0), "later")
            .draw(720.0)
            .0;
        assert!(!svg.contains("f-flow"), "{svg}");
    }

    #[test]
    fn time_runs_downwards_on_a_phone_and_to_the_right_on_a_page() {
        let lane = |width| {
            let svg = figure().window(0.0, 4.0).draw(width).0;
            let line = svg.lines().find(|l| l.contains("f-lane")).unwrap().to_string();
            let value = |name: &str| {
                line.split(&format!(" {name}=\""))
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
                    .to_string()
            };
            (value("x1") == value("x2"), value("y1") == value("y2"))
        };
        assert_eq!(lane(340.0), (true, false));
        assert_eq!(lane(720.0), (false, true));
    }

    #[test]
    #[should_panic(expected = "has no lane 2")]
    fn an_unknown_lane_is_refused() {
        let _ = figure().mark(2, 1.0, "nowhere");
    }

    #[test]
    fn many_messages_are_labelled_in_part_and_the_figure_says_so() {
        let many = (0..80).fold(figure().window(0.0, 10.0), |f, i| {
            let at = f64::from(i) / 8.0;
            f.message(
                i as usize % 2,
                at,
                1 - i as usize % 2,
                Some(at + 0.05),
                format!("heartbeat {i}"),
            )
        });
        let svg = many.draw(720.0).0;
        let labelled = svg.matches(">heartbeat ").count();
        assert!((5..80).contains(&labelled), "{labelled}");
        assert!(
            svg.contains(&format!("{labelled} of 80 messages are labelled")),
            "{svg}"
        );
        let few = figure()
            .window(0.0, 10.0)
            .message(0, 1.0, 1, Some(1.5), "append")
            .draw(720.0)
            .0;
        assert!(!few.contains("are labelled"));
    }
}
