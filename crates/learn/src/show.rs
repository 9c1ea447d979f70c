//! What the learner is told between two checks: the list, the task, the hints, what comes next.

use crate::Outcome;
use crate::check::Session;
use crate::files;
use crate::sheet::OnDisk;
use crate::steps::{At, Target};
use crate::term::{Tone, columns_of, say};
use crate::verdict::Failure;
use anyhow::Result;
use outline::manifest::StepKind;
use std::path::PathBuf;

/// `cargo learn list`.
pub(crate) fn list(session: &Session) -> Result<Outcome> {
    let progress = session.store.read()?;
    let current = session.current(None)?;
    let mut out = String::new();
    for (design, entry) in session.catalogue.entries.iter().enumerate() {
        let m = &entry.manifest;
        let minutes: u32 = m.steps.iter().map(|s| s.minutes).sum();
        out += &format!(
            "{}  {}\n",
            session
                .term
                .tone(Tone::Strong, &format!("{}  {}", entry.number(), m.title)),
            session.term.tone(Tone::Faint, &format!("{minutes} min"))
        );
        for at in session.catalogue.of_design(design) {
            let record = progress.step(&session.catalogue.key(at));
            let step = session.catalogue.step(at);
            let mut state = match &record.solved {
                Some(when) => {
                    let day = when.split('T').next().unwrap_or(when);
                    format!("solved {day}{}", if record.fallen { ", fails now" } else { "" })
                }
                None if record.tries > 0 => "begun".to_owned(),
                None => "open".to_owned(),
            };
            match record.tries {
                0 => {}
                1 => state += ", 1 try",
                n => state += &format!(", {n} tries"),
            }
            match record.hints {
                0 => {}
                1 => state += ", 1 hint",
                n => state += &format!(", {n} hints"),
            }
            let mark = if record.fallen {
                session.term.tone(Tone::Bad, "✗")
            } else if record.solved.is_some() {
                session.term.tone(Tone::Good, "✓")
            } else if current == Some(at) {
                "→".to_owned()
            } else {
                "·".to_owned()
            };
            let day = if step.kind == m.day_step { "day step" } else { "" };
            let head = format!(
                "  {mark} {:<14} {:>3} min  {day:<9} ",
                session.catalogue.short(at),
                step.minutes
            );
            out += &session.term.hang(&head, columns_of(&head), &state);
        }
    }
    say(&out);
    Ok(Outcome::Done)
}

/// `cargo learn next`: the task that is next.
pub(crate) fn next(session: &Session) -> Result<Outcome> {
    match session.current(None)? {
        Some(at) => say(&task(session, at)?),
        None => say(&all_solved(session)),
    }
    Ok(Outcome::Done)
}

/// How to go on from a task, where nothing waits for a save.
pub(crate) fn how_to_go_on(session: &Session, at: At) -> String {
    let short = session.catalogue.short(at);
    format!(
        "\n  cargo learn watch          check {short} on every save\n  cargo learn hint           a hint, one level at a time\n  cargo learn list           all steps\n  cargo learn --help         everything else\n"
    )
}

/// The task of a step: what, where, and the command.
pub(crate) fn task(session: &Session, at: At) -> Result<String> {
    let entry = session.catalogue.entry(at);
    let step = session.catalogue.step(at);
    let short = session.catalogue.short(at);
    let title = format!("{short}  {}", entry.manifest.title);
    let about = format!(
        "step {} of {}, {} min",
        at.step + 1,
        entry.manifest.steps.len(),
        step.minutes
    );
    let mut out = format!(
        "{}   {}\n\n",
        session.term.tone(Tone::Strong, &title),
        session.term.tone(Tone::Faint, &about)
    );
    for line in step.task.trim().lines() {
        out += &session.term.hang("", 2, line);
    }
    let (file, line) = open_at(session, at)?;
    let shown = format!("{}:{line}", session.place.shown(&file));
    out.push('\n');
    out += &session.term.whole("  open   ", &session.term.file(&file, &shown));
    out += &format!("  check  cargo learn check {short}\n");
    Ok(out)
}

/// The file of a step, and the line where something is still to be written.
fn open_at(session: &Session, at: At) -> Result<(PathBuf, usize)> {
    let entry = session.catalogue.entry(at);
    let path = session.place.exercise(&entry.folder).join(entry.file(at.step));
    if session.catalogue.kind(at) == StepKind::Predict {
        // A sheet that cannot be read is reported by the check; here its first line is where to look.
        let line = OnDisk::read(&session.place, entry).map_or(1, |disk| {
            let open = disk
                .sheet
                .answers
                .iter()
                .find(|a| a.judged().is_none())
                .or(disk.sheet.answers.first());
            open.map_or(1, |a| disk.line_of(&a.id))
        });
        return Ok((path, line));
    }
    let text = files::read_text(&path)?;
    let line = todos(&text).first().map_or(1, |(line, _)| *line);
    Ok((path, line))
}

/// The lines with a `todo!` outside a comment, counted from 1, with what each says.
fn todos(text: &str) -> Vec<(usize, String)> {
    let said = |line: &str| {
        let code = line.split("//").next()?;
        let rest = code.split_once("todo!")?.1;
        Some(rest.split('"').nth(1).unwrap_or_default().to_owned())
    };
    text.lines()
        .enumerate()
        .filter_map(|(i, l)| said(l).map(|what| (i + 1, what)))
        .collect()
}

/// A step that is not written yet: every place that waits for the learner, in the order of the file.
pub(crate) fn not_written(session: &Session, at: At, failure: &Failure) -> Result<String> {
    let entry = session.catalogue.entry(at);
    let path = session.place.exercise(&entry.folder).join(entry.file(at.step));
    let shown = session.place.shown(&path);
    let text = files::read_if_there(&path)?.unwrap_or_default();
    let state = if failure.holding > 0 {
        format!(
            "in part not written yet: {} of {} tests hold, and this is open",
            failure.holding, failure.tests
        )
    } else {
        "not written yet".to_owned()
    };
    let mut out = format!(
        "○ {}  {state}\n\n",
        session.term.tone(Tone::Strong, &session.catalogue.short(at))
    );
    let places = todos(&String::from_utf8_lossy(&text));
    for (line, what) in &places {
        let place = session.term.file(&path, &format!("{shown}:{line}"));
        out += &session.term.beside(&place, what);
    }
    if places.is_empty() {
        // A `todo!` that is built by other means, or stands elsewhere.
        let place = failure.place.as_deref().unwrap_or(&shown);
        out += &session.term.beside(place, &failure.verdict.observed);
    }
    Ok(out)
}

/// `cargo learn hint`: the next hint of a step, below those shown before.
pub(crate) fn hint(session: &Session, target: Option<Target>) -> Result<Outcome> {
    let at = match target {
        Some(Target::Step(at)) => Some(at),
        Some(Target::Design(design)) => session.current(Some(design))?,
        None => session.current(None)?,
    };
    let Some(at) = at else {
        let text = "Every step is solved; name one to see its hints, for example `cargo learn hint 02/operate`.";
        say(&session.term.hang("", 0, text));
        return Ok(Outcome::Done);
    };
    let hints = &session.catalogue.step(at).hints;
    let most = u32::try_from(hints.len()).unwrap_or(u32::MAX);
    let key = session.catalogue.key(at);
    let (before, level) = session.store.update(|p| {
        let step = p.step_mut(&key);
        let before = step.hints.min(most);
        step.hints = (before + 1).min(most);
        (before, step.hints)
    })?;
    let mut out = format!(
        "{}  hint {level} of {most}\n\n",
        session.term.tone(Tone::Strong, &session.catalogue.short(at))
    );
    for (n, text) in (1..=level).zip(hints) {
        for (i, line) in text.trim().lines().enumerate() {
            let head = if i == 0 { format!("  {n}.") } else { String::new() };
            let line = session.term.hang(&head, 5, line);
            out += &if n <= before && level > before {
                session.term.tone(Tone::Faint, &line)
            } else {
                line
            };
        }
    }
    if before == most {
        out.push('\n');
        let text = "That was the last one. Read the test: it says what is judged, and links what it uses.";
        out += &session.term.hang("", 2, text);
    }
    say(&out);
    Ok(Outcome::Done)
}

/// What there is to read about a step that was solved just now.
pub(crate) fn just_solved(session: &Session, at: At) -> String {
    let short = session.catalogue.short(at);
    let entry = session.catalogue.entry(at);
    let line = match session.catalogue.kind(at) {
        // A prediction has no solution; what is open now is the run that it was about.
        StepKind::Predict => format!(
            "read on: the lab of designs/{}/evaluate.html (`cargo book`), or here: cargo learn lab {}",
            entry.folder,
            entry.number()
        ),
        _ => format!("read on: a solution beside yours, with the reasons: cargo learn solution {short}"),
    };
    session.term.hang("  ", 2, &line)
}

/// What to do after a step holds.
pub(crate) fn after_pass(session: &Session, at: At) -> Result<String> {
    let mut out = String::from("\n");
    let own = session.current(Some(at.design))?;
    if own.is_none() {
        out += &design_solved(session, at.design);
    }
    match own.or(session.current(None)?) {
        Some(next) => out += &format!("next: {}", task(session, next)?),
        None => out += &all_solved(session),
    }
    Ok(out)
}

/// Nothing of a design is left.
pub(crate) fn design_solved(session: &Session, design: usize) -> String {
    let entry = &session.catalogue.entries[design];
    let text = format!(
        "Design {} is solved. The debrief awaits you: designs/{}/debrief.html (`cargo book`).",
        entry.number(),
        entry.folder
    );
    session.term.hang("", 0, &text)
}

/// There is nothing left.
pub(crate) fn all_solved(session: &Session) -> String {
    let steps = session.catalogue.all().count();
    let text = format!(
        "Every step is solved ({steps} of {steps}). `cargo learn check 02` runs a design again; `cargo book` opens the debriefs."
    );
    session.term.hang("", 0, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_written_is_found_outside_comments() {
        let text = "//! write the todo!\nfn a() {\n    todo!(\"x y\")\n}\nfn b() { todo!() }\n";
        assert_eq!(todos(text), [(3, "x y".to_owned()), (5, String::new())]);
        assert_eq!(todos("fn a() {} // todo!()\n"), []);
    }
}
