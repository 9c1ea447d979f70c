//! A line a step, and how many came to what.

use super::{Judged, Session, State};
use crate::term::Term;
use crate::verdict::{self, Failure};
use judge::verdict::Kind;

/// Every step in order, and a summary.
pub(super) fn all(session: &Session, all: &[Judged]) -> String {
    let names: Vec<String> = all.iter().map(|j| session.catalogue.short(j.at)).collect();
    let wide = names.iter().map(String::len).max().unwrap_or(0);
    let mut out = String::new();
    for (judged, short) in all.iter().zip(&names) {
        let mark = judged.state.mark(&session.term);
        out += &session
            .term
            .hang(&format!("{mark} {short:<wide$}  "), wide + 4, &words(judged));
    }
    out + "\n" + &summary(session, all)
}

/// How many of a step's tests hold, in brackets; nothing where it has one.
fn count(failure: &Failure) -> String {
    if failure.tests > 1 {
        format!(" ({} of {} tests hold)", failure.holding, failure.tests)
    } else {
        String::new()
    }
}

/// What a step came to, in a line.
pub(super) fn words(judged: &Judged) -> String {
    match (judged.state, &judged.failure) {
        (State::Holds, _) => "holds".into(),
        (State::Fails, Some(failure)) => {
            let v = &failure.verdict;
            // What the judge measured is in the verdict; that something ended is not said anywhere else.
            let how = match v.kind {
                Kind::Timeout | Kind::Crash => format!(": {}", v.observed.lines().next().unwrap_or_default()),
                _ => String::new(),
            };
            format!("{}{}{how}", v.test, count(failure))
        }
        (State::Fails, None) => "does not hold".into(),
        // What is written and holds is said, so that nobody looks for a fault in it.
        (State::NotWritten, Some(failure)) if failure.holding > 0 => {
            format!("in part not written yet{}", count(failure))
        }
        (State::NotWritten, _) => "not written yet".into(),
        (State::NotCommitted, Some(failure)) => first_line(&failure.verdict.observed),
        (State::NotCommitted, None) => format!("not committed: {}", judged.note),
        (State::DoesNotCompile, _) => format!("does not compile: {}", judged.note),
        (State::Unreadable, _) => format!("cannot be judged: {}", judged.note),
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// The verdict of a step that does not hold, as a learner is shown it, without colours.
pub(super) fn verdict_text(short: &str, judged: &Judged) -> String {
    match &judged.failure {
        Some(failure) => verdict::render(&Term::PLAIN, short, failure),
        None => format!("{short}  {}\n", words(judged)),
    }
}

fn summary(session: &Session, all: &[Judged]) -> String {
    let count = |is: fn(&Judged) -> bool| all.iter().filter(|j| is(j)).count();
    let holding = count(|j| j.state == State::Holds);
    let steps = if all.len() == 1 { "step" } else { "steps" };
    let mut parts = vec![format!(
        "{holding} of {} {steps} {}",
        all.len(),
        if holding == 1 { "holds" } else { "hold" }
    )];
    let mut part = |n: usize, one: &str, many: &str| {
        if n > 0 {
            parts.push(format!("{n} {}", if n == 1 { one } else { many }));
        }
    };
    part(count(|j| j.state == State::Fails), "does not", "do not");
    part(
        count(|j| j.state == State::DoesNotCompile),
        "does not compile",
        "do not compile",
    );
    part(
        count(|j| j.state == State::Unreadable),
        "cannot be judged",
        "cannot be judged",
    );
    part(count(|j| j.state.is_open()), "is not begun", "are not begun");
    let mut out = parts.join(", ") + "\n";
    if let Some(first) = all.iter().find(|j| j.state == State::Fails) {
        out += &format!(
            "`cargo learn check {}` shows its verdict\n",
            session.catalogue.short(first.at)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::At;
    use crate::verdict::Finding;
    use judge::Verdict;
    use judge::verdict::Place;
    use std::time::Duration;

    const AT: At = At { design: 0, step: 0 };

    fn failing(kind: Kind, observed: &str) -> Judged {
        let place = Place { step: "step4_operate".into(), test: "stays_within".into() };
        let mut verdict = Verdict::fail("02-x", &place, kind);
        verdict.observed = observed.into();
        let failure = Failure { verdict, place: None, holding: 2, tests: 5 };
        Judged::of(AT, Finding::Fails(Box::new(failure)), Duration::ZERO)
    }

    #[test]
    fn a_line_says_what_a_step_came_to() {
        for (judged, says) in [
            (failing(Kind::Belief, "38 %"), "stays_within (2 of 5 tests hold)"),
            (
                failing(Kind::Timeout, "not finished after 20 s, and ended"),
                "stays_within (2 of 5 tests hold): not finished after 20 s, and ended",
            ),
            (failing(Kind::Todo, "x"), "in part not written yet (2 of 5 tests hold)"),
            (
                failing(Kind::Uncommitted, "not committed: 0 of 6"),
                "not committed: 0 of 6",
            ),
            (
                Judged::without_a_run(AT, State::DoesNotCompile, "see a.rs:3".into()),
                "does not compile: see a.rs:3",
            ),
        ] {
            assert_eq!(words(&judged), says);
        }
        assert!(verdict_text("02/operate", &failing(Kind::Belief, "38 %")).contains("observed                38 %"));
    }
}
