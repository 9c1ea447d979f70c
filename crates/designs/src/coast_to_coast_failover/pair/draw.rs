//! The pictures of a run: who took writes, and what was said around the decision.

use crate::coast_to_coast_failover::policy::{Action, Site};
use crate::coast_to_coast_failover::system::{
    CLOUD_ORCHESTRATOR, EAST_ORCHESTRATOR, EAST_STORE, FailoverRun, Setup, Trouble, WEST_ORCHESTRATOR, WEST_STORE, Way,
};
use crate::coast_to_coast_failover::words::{seconds, writes};
use figures::{About, Lanes, SpaceTime, Tone};
use sim::trace::Event;
use sim::{Id, Time, Trace, ms, secs};
use std::collections::BTreeMap;

/// Who took writes when, on either coast, and how long the link was down.
pub(in crate::coast_to_coast_failover) fn histories(run: &FailoverRun, setup: &Setup, id: &str, who: &str) -> Lanes {
    let (east, west) = (run.store(Site::East), run.store(Site::West));
    let outcome = run.outcome();
    let about = About::new(
        id,
        format!("Who took writes, {who}"),
        format!(
            "Weighted by the share of writes refused, {} passed without writes; {} are on one coast only; both coasts took writes at once for {}.",
            seconds(outcome.down()),
            writes(outcome.stranded_each()),
            seconds(outcome.both)
        ),
    );
    let mut figure = Lanes::new(about)
        .range(0.0, setup.end.as_secs())
        .lane("East")
        .lane("West")
        .lane("link");
    for (lane, store, tone) in [(0, east, Tone::A), (1, west, Tone::B)] {
        for span in &store.took {
            figure = figure.bar(lane, span.from.as_secs(), span.until.as_secs(), tone, "takes writes");
        }
    }
    let frozen = run.orchestrators().next().map(|o| o.did.as_slice()).unwrap_or_default();
    for (i, (at, action)) in frozen.iter().enumerate() {
        if *action == Action::Freeze {
            let until = frozen.get(i + 1).map_or(setup.end, |(at, _)| *at);
            let until = east.stepped_down.first().map_or(until, |at| until.min(*at));
            figure = figure.bar(0, at.as_secs(), until.as_secs(), Tone::Cost, "frozen");
        }
    }
    for trouble in &setup.troubles {
        let (from, until) = (trouble.from(), trouble.end().min(setup.end));
        let (lane, label) = match trouble {
            Trouble::Cut { way: Way::Both, .. } => (2, "cut"),
            Trouble::Cut { way: Way::FromEast, .. } => (2, "nothing from the East"),
            Trouble::Cut { way: Way::ToEast, .. } => (2, "nothing to the East"),
            Trouble::Away { .. } => (0, "away"),
            Trouble::Crash { .. } => (0, "down"),
        };
        figure = figure.bar(lane, from.as_secs(), until.as_secs(), Tone::Fail, label);
    }
    if let (Some((from, until)), Some((led, other))) = (run.apart(), run.handed_over()) {
        // Before the other coast leads there is one history, and a part of it that stays where it is.
        let only = match other {
            Site::West => "only in the West",
            _ => "only in the East",
        };
        figure = figure.shade(from.as_secs(), until.min(led).as_secs(), only).shade(
            from.max(led).as_secs(),
            until.as_secs(),
            "two histories",
        );
    }
    for (store, name) in [(west, "West leads"), (east, "East leads again")] {
        for at in &store.promoted {
            figure = figure.event(at.as_secs(), name);
        }
    }
    figure
}

/// The lanes of [`decision`], and the nodes that they stand for.
const LANES: [(Id, &str); 5] = [
    (EAST_STORE, "East database"),
    (EAST_ORCHESTRATOR, "East orch."),
    (CLOUD_ORCHESTRATOR, "Cloud orch."),
    (WEST_ORCHESTRATOR, "West orch."),
    (WEST_STORE, "West database"),
];

/// What was said between databases and orchestrators around the first promotion; around the first freeze, or the start of the
/// trouble, when there is none.
pub(in crate::coast_to_coast_failover) fn decision(run: &FailoverRun, trace: &Trace, id: &str) -> SpaceTime {
    let (from, until) = window(run);
    let about = About::new(
        id,
        "What was said around the decision",
        format!(
            "From {} to {}: votes asked for and given, orders to lead and to freeze, and what each database did.",
            seconds(from),
            seconds(until)
        ),
    );
    let names = LANES.map(|(_, name)| name);
    let mut figure = SpaceTime::new(about, &names).window(from.as_secs(), until.as_secs());
    let lane = |id: Id| LANES.iter().position(|(node, _)| *node == id);
    let inside = |at: Time| from <= at && at <= until;
    let said = labels(trace);
    let mut seen = BTreeMap::new();
    for m in trace.messages() {
        let (Some(a), Some(b), true) = (lane(m.from), lane(m.to), inside(m.sent_at)) else {
            continue;
        };
        // Two messages of one moment between the same two nodes carry their labels in order.
        let nth: &mut usize = seen.entry((m.from, m.to, m.sent_at)).or_default();
        let label = said.get(&(m.from, m.to, m.sent_at)).and_then(|l| l.get(*nth));
        *nth += 1;
        let Some(label) = label.filter(|l| !l.is_empty()) else {
            continue;
        };
        figure = figure.message(
            a,
            m.sent_at.as_secs(),
            b,
            m.received_at.map(Time::as_secs),
            label.clone(),
        );
    }
    for record in trace.iter().filter(|r| inside(r.at)) {
        if let (Some(lane), Event::Text(text @ ("leads" | "steps down"))) = (lane(record.node), record.what) {
            figure = figure.mark(lane, record.at.as_secs(), text);
        }
    }
    for (i, store) in [(0, run.store(Site::East)), (4, run.store(Site::West))] {
        for span in &store.took {
            let (a, b) = (span.from.max(from), span.until.min(until));
            figure = figure.span(i, a.as_secs(), b.as_secs(), figures::Span::Leads, "takes writes");
        }
    }
    figure
}

fn window(run: &FailoverRun) -> (Time, Time) {
    let won = run.orchestrators().flat_map(|o| o.won.iter().map(|(at, _)| *at)).min();
    let froze = run
        .orchestrators()
        .flat_map(|o| o.did.iter())
        .filter(|(_, action)| *action == Action::Freeze)
        .map(|(at, _)| *at)
        .min();
    match (won, froze) {
        // The freeze that made way for the promotion belongs to it, when it is near.
        (Some(won), Some(froze)) if froze < won && won - froze <= secs(6) => (froze - ms(500), won + ms(700)),
        (Some(won), _) => (won - ms(800), won + ms(700)),
        (None, Some(froze)) => (froze - ms(800), froze + ms(1_200)),
        (None, None) => (run.begin() - ms(500), run.begin() + ms(1_500)),
    }
}

type Said = BTreeMap<(Id, Id, Time), Vec<String>>;

/// What each message said that a node noted right before sending it; messages without a note have an empty label.
fn labels(trace: &Trace) -> Said {
    let mut said = Said::new();
    let mut note: Option<(Id, &str)> = None;
    for record in trace.iter() {
        match record.what {
            Event::Text(text) => note = Some((record.node, text)),
            Event::Sent { to } => {
                let label = note
                    .take()
                    .filter(|(node, _)| *node == record.node)
                    .map_or("", |(_, text)| text);
                let label = match label {
                    "ask" => "vote for me",
                    "grant" => "my vote",
                    "lead" => "lead",
                    "freeze" => "freeze",
                    _ => "",
                };
                said.entry((record.node, to, record.at)).or_default().push(label.into());
            }
            _ => {}
        }
    }
    said
}
