use crate::{Ledger, State, Verdict};
use std::path::Path;

/// One run of `tails.any_slow` (63.4 %) with these lines of a check.
fn check(lines: &str) -> (State, Verdict, String) {
    let text = format!(
        "[[entry]]\nid = \"a\"\ntitle = \"A\"\nsource = \"s\"\nseen = \"not seen\"\n[[entry.run]]\nmodel = \"tails.any_slow\"\n\
         inputs = {{ slow = \"1 %\", parts = 100 }}\n[[entry.run.check]]\noutput = \"any\"\n{lines}\n"
    );
    let ledger = Ledger::read(&text, Path::new("a.toml")).unwrap_or_else(|e| panic!("{}", e[0]));
    let report = ledger.recompute(|m, v| m.call(v));
    assert_eq!(report.holds(), report.entries[0].state != State::Wrong);
    let compared = &report.entries[0].runs[0].checks[0];
    let text = compared.recomputed.clone().unwrap_or_default();
    (report.entries[0].state, compared.verdict, text)
}

#[test]
fn every_kind_of_tolerance_has_both_ends() {
    use State::{Reproduced, Wrong};
    use Verdict::{Agrees, Differs, Misses};
    for (published, tolerance, state, verdict) in [
        ("63 %", "absolute 0.5 %", Reproduced, Agrees),
        ("63 %", "absolute 0.3 %", Wrong, Misses),
        ("63 %", "relative 1 %", Reproduced, Agrees),
        ("63 %", "relative 0.5 %", Wrong, Misses),
        ("63 %", "exact", Wrong, Misses),
        ("63 %", "at least", Reproduced, Agrees),
        ("64 %", "at least", Wrong, Misses),
        ("64 %", "at most", Reproduced, Agrees),
        ("63 %", "at most", Wrong, Misses),
        ("1 %", "contrast 50 %", Reproduced, Differs),
        ("63 %", "contrast 5 %", Wrong, Misses),
    ] {
        let got = check(&format!("published = \"{published}\"\ntolerance = \"{tolerance}\""));
        assert_eq!((got.0, got.1), (state, verdict), "{published} {tolerance}");
    }
}

#[test]
fn a_marked_miss_is_shown_and_a_false_mark_is_wrong() {
    let mark = "\nfails = \"another reading of p\"";
    let got = check(&format!("published = \"40 %\"\ntolerance = \"relative 5 %\"{mark}"));
    assert_eq!((got.0, got.1), (State::NotReproduced, Verdict::KnownMiss));
    let got = check(&format!("published = \"63 %\"\ntolerance = \"relative 5 %\"{mark}"));
    assert_eq!((got.0, got.1), (State::Wrong, Verdict::FalseMark));
}

#[test]
fn values_are_printed_in_the_published_unit() {
    assert_eq!(
        check("published = \"634 ‰\"\ntolerance = \"relative 1 %\"").2,
        "633.97\u{202f}‰"
    );
    assert_eq!(check("tolerance = \"information\"").2, "63.4\u{202f}%");
}

#[test]
fn a_model_that_gives_no_value_is_wrong_and_says_why() {
    let text = "[[entry]]\nid = \"a\"\ntitle = \"A\"\nsource = \"s\"\nseen = \"primary\"\n[[entry.run]]\nmodel = \"queueing.mm1\"\n\
        inputs = { rate = \"100 per second\", service = \"10 ms\" }\n[[entry.run.check]]\noutput = \"wait\"\npublished = \"1 ms\"\ntolerance = \"at least\"\n";
    let report = Ledger::read(text, Path::new("a.toml"))
        .unwrap()
        .recompute(|m, v| m.call(v));
    assert_eq!((report.entries[0].state, report.holds()), (State::Wrong, false));
    let run = &report.entries[0].runs[0];
    assert_eq!(run.checks[0].verdict, Verdict::NoValue);
    assert!(run.error.as_ref().unwrap().contains("grows without end"));
}

#[test]
fn a_callers_own_runner_is_asked_with_the_models_units() {
    let text = "[[entry]]\nid = \"a\"\ntitle = \"A\"\nsource = \"s\"\nseen = \"primary\"\n[[entry.run]]\nmodel = \"queueing.littles_law\"\n\
        inputs = { rate = \"1,800 per minute\", time = \"0.2 s\" }\n[[entry.run.check]]\noutput = \"inside\"\npublished = 6\ntolerance = \"exact\"\n";
    let mut asked = Vec::new();
    let report = Ledger::read(text, Path::new("a.toml")).unwrap().recompute(|m, v| {
        asked.push((m.id, v.to_vec()));
        m.call(v)
    });
    assert!(report.holds());
    assert_eq!(asked, [("queueing.littles_law", vec![30.0, 200.0])]);
}
