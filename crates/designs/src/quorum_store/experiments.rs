//! Published results, simulated again: the ledger calls these as it calls the closed forms.

use super::calculate::drawn;
use super::rules;
use super::system::{Delays, Paired, Pairs, Repair, Settings, Setup, StoreRun, When, Work};
use crate::lab::SEED;
use models::{Input, Model, Output, input, output};
use sim::{Time, ms, ns};

/// The experiments of this design.
pub static ALL: &[Model] = &[SOLID_STATE, DISK, YAMMER, WIDE_AREA, DRAWN, SUM];

const N: Input = input("copies", "Copies", "", (1.0, 3.0, 16.0), true);
const R: Input = input("read", "Answers that a read awaits", "", (1.0, 1.0, 16.0), true);
const W: Input = input("write", "Answers that a write awaits", "", (1.0, 1.0, 16.0), true);
const GAP: Input = input(
    "after",
    "From the answer of the write to the read",
    "ms",
    (0.0, 0.0, 10_000.0),
    false,
);
const PAIRS: Input = input(
    "pairs",
    "Pairs of a write and a read",
    "",
    (1_000.0, 200_000.0, 1_000_000.0),
    true,
);

const GIVEN: &[Input] = &[N, R, W, GAP, PAIRS];
const SEEN: &[Output] = &[
    output("fresh", "Reads that see the write", "%", 2),
    output("visible", "999 of 1,000 reads see it, if they begin after", "ms", 1),
    output("read_time", "Reads answered, 999 of 1,000 within", "ms", 2),
    output("write_time", "Writes answered, 999 of 1,000 within", "ms", 2),
];

/// A store with these delays: freshness, and what is waited for.
const fn store(id: &'static str, title: &'static str, run: fn(&[f64]) -> Result<Vec<f64>, String>) -> Model {
    Model { id, title, tex: "", source: "bailis2012", inputs: GIVEN, outputs: SEEN, run }
}

/// The published simulations, by our store: LinkedIn's solid-state disks.
pub const SOLID_STATE: Model = store(
    "quorum_store.solid_state",
    "A store on solid-state disks, simulated",
    |v| measured(v, Delays::solid_state()),
);
/// LinkedIn's spinning disks.
pub const DISK: Model = store("quorum_store.disk", "A store on spinning disks, simulated", |v| {
    measured(v, Delays::disk())
});
/// Yammer's store, with the paper's exponent.
pub const YAMMER: Model = store("quorum_store.yammer", "Yammer's store, simulated", |v| {
    measured(v, Delays::yammer())
});
/// Copies in three regions.
pub const WIDE_AREA: Model = store("quorum_store.wide_area", "A store over three regions, simulated", |v| {
    measured(v, Delays::wide_area())
});

fn measured(values: &[f64], delays: Delays) -> Result<Vec<f64>, String> {
    let [copies, read, write, after, pairs] = exactly(values)?;
    if read.max(write) > copies {
        return Err("more answers are awaited than there are copies".into());
    }
    let settings = Settings { copies: copies as u32, read: read as u32, write: write as u32, repair: Repair::Never };
    // In ten runs, so that no run holds very many values.
    let mut all = Paired::default();
    let mut waits = Vec::new();
    for part in 0..10 {
        let work = Pairs {
            pairs: (pairs / 10.0) as u32,
            from: Time::ZERO,
            every: ns(100_000),
            read: When::After(Time::from_ms_f64(after)),
            read_failed: false,
        };
        let setup = Setup {
            settings,
            delays: delays.clone(),
            work: Work::Pairs(work),
            time_out: ms(60_000),
            ..Setup::default()
        };
        let run = StoreRun::new(&setup, &rules::plain, SEED + part).finish();
        all.merge(&run.paired(Time::ZERO, Time::MAX));
        waits.extend(run.visible_after());
    }
    waits.sort_by(f64::total_cmp);
    let visible = waits.get(waits.len() * 999 / 1_000).copied().unwrap_or(0.0).max(0.0);
    Ok(vec![
        100.0 * (1.0 - all.stale()),
        visible,
        all.read_time(0.999).as_ms(),
        all.write_time(0.999).as_ms(),
    ])
}

/// The published k-staleness, by quorums that are drawn by lot.
pub const DRAWN: Model = Model {
    id: "quorum_store.drawn",
    title: "Reads that see one of the last versions, quorums drawn by lot",
    tex: "",
    source: "bailis2012",
    inputs: &[N, R, W, input("versions", "Versions", "", (1.0, 1.0, 20.0), true)],
    outputs: &[output("fresh", "Reads that see one of them", "%", 2)],
    run: |values| {
        let [copies, read, write, versions] = exactly(values)?;
        if read.max(write) > copies {
            return Err("more answers are awaited than there are copies".into());
        }
        let missed = drawn(copies as u32, read as u32, write as u32, versions as u32);
        Ok(vec![100.0 * (1.0 - missed)])
    },
};

/// Four printed shares, added up.
pub const SUM: Model = Model {
    id: "quorum_store.sum",
    title: "Printed shares, added up",
    tex: "",
    source: "decandia2007",
    inputs: &[
        input("one", "One version", "%", (0.0, 99.94, 100.0), false),
        input("two", "Two versions", "%", (0.0, 0.000_57, 100.0), false),
        input("three", "Three versions", "%", (0.0, 0.000_47, 100.0), false),
        input("four", "Four versions", "%", (0.0, 0.000_09, 100.0), false),
    ],
    outputs: &[
        output("sum", "Together", "%", 5),
        output("several", "More than one version", "%", 5),
        output("missing", "Left over", "%", 5),
    ],
    run: |values| {
        let [one, two, three, four] = exactly(values)?;
        let several = two + three + four;
        Ok(vec![one + several, several, 100.0 - one - several])
    },
};

/// The values as an array of the length that an experiment expects.
fn exactly<const L: usize>(values: &[f64]) -> Result<[f64; L], String> {
    values
        .try_into()
        .map_err(|_| format!("{L} values are needed, {} were given", values.len()))
}
