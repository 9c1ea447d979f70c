//! Remembering what was judged and committed.

use super::{Judged, Session, State};
use crate::clock;
use crate::files;
use crate::progress::Progress;
use anyhow::Result;
use judge::worksheet::Sheet;
use std::collections::BTreeMap;

/// Remembers what steps came to, all at once. What is not written or not compiled yet was no try. First commits that stand in
/// `sheets` and are not recorded yet are remembered too.
pub(super) fn record(session: &Session, all: &mut [Judged], sheets: &BTreeMap<String, Sheet>) -> Result<()> {
    let progress = session.store.read()?;
    let counts = |j: &Judged| matches!(j.state, State::Holds | State::Fails);
    let new_sheet = |p: &Progress, folder: &str| p.design(folder).committed.is_none();
    let mut anything = sheets.keys().any(|folder| new_sheet(&progress, folder));
    for judged in all.iter_mut() {
        let before = progress.step(&session.catalogue.key(judged.at));
        judged.tries = before.tries;
        let fell_or_rose = before.fallen == (judged.state == State::Holds);
        anything |= counts(judged) && (before.solved.is_none() || fell_or_rose);
    }
    if !anything {
        return Ok(()); // looking writes nothing
    }
    let alone = all.len() == 1;
    session.store.update(|p| {
        for judged in all.iter_mut().filter(|j| counts(j)) {
            let key = session.catalogue.key(judged.at);
            // Who has everything judged does not work on the last of it.
            let step = if alone {
                p.step_mut(&key)
            } else {
                p.step_in_passing(&key)
            };
            let before = step.tries;
            let entry = session.catalogue.entry(judged.at);
            let answer = session.place.exercise(&entry.folder).join(entry.file(judged.at.step));
            judged.just_solved = step.judged(judged.state == State::Holds, files::mark(&answer), clock::now);
            judged.counted = step.tries > before;
            judged.tries = step.tries;
        }
        for (folder, sheet) in sheets {
            if new_sheet(p, folder) {
                remember(p, folder, sheet);
            }
        }
    })
}

/// Remembers the first commits that stand in a sheet, and when they were seen first.
pub(super) fn remember(progress: &mut Progress, folder: &str, sheet: &Sheet) {
    let design = progress.design_mut(folder);
    design.committed.get_or_insert_with(clock::now);
    design.first = sheet
        .answers
        .iter()
        .filter_map(|a| a.first.map(|i| (a.id.clone(), [i.low, i.high])))
        .collect();
}
