//! Hints, records and results.

use crate::clone::{Clone, did};
use designs::lab::{Lab, read_knobs};
use std::fs;
use std::process::Command;

#[test]
fn hints_come_one_at_a_time_and_are_remembered() {
    let clone = Clone::new();
    let heads: Vec<String> = (0..4)
        .map(|_| {
            clone
                .learn(&["hint", "02/operate"])
                .out
                .lines()
                .next()
                .unwrap()
                .to_owned()
        })
        .collect();
    let want: Vec<String> = [1, 2, 3, 3]
        .iter()
        .map(|n| format!("02/operate  hint {n} of 3"))
        .collect();
    assert_eq!(heads, want);
    let all = clone.learn(&["hint", "02/operate"]).out;
    assert!(
        all.contains("  1. ") && all.contains("  3. ") && all.contains("last one"),
        "{all}"
    );
    assert!(clone.learn(&["list"]).out.contains("3 hints"));
}

#[test]
fn a_damaged_record_is_moved_aside() {
    let clone = Clone::new();
    clone.learn(&["hint", "02/operate"]);
    fs::write(clone.path(".learn/progress.toml"), "schema = 1\n[steps\n").unwrap();
    let did = clone.learn(&["list"]);
    assert_eq!(did.code, 2, "a script hears of it");
    assert!(
        did.out.contains("02/operate") && did.err.lines().count() == 1,
        "{}{}",
        did.out,
        did.err
    );
    assert!(
        did.err.contains("damaged") && did.err.contains("progress.damaged-1.toml"),
        "{}",
        did.err
    );
    assert_eq!(
        fs::read_to_string(clone.path(".learn/progress.damaged-1.toml")).unwrap(),
        "schema = 1\n[steps\n"
    );
    assert_eq!(clone.learn(&["list"]).code, 0, "and only once");
    fs::write(clone.path(".learn/progress.toml"), "schema = 99\n").unwrap();
    let did = clone.learn(&["list"]);
    assert_eq!(did.code, 2);
    assert!(did.err.contains("schema = 99"), "{}", did.err);
    assert_eq!(clone.progress(), "schema = 99\n");
}

#[test]
fn records_that_cannot_be_kept_are_named() {
    let clone = Clone::new();
    fs::write(clone.path("file"), "").unwrap();
    let records = clone.path("file/records");
    let did = did(clone
        .command(clone.folder.path(), &["hint", "02/operate"])
        .env("DSR_LEARN_DIR", &records));
    assert_eq!(did.code, 2, "{}", did.out);
    assert!(
        did.err.contains("records") && did.err.contains("DSR_LEARN_DIR"),
        "{}",
        did.err
    );
}

#[test]
fn records_can_be_kept_elsewhere() {
    let clone = Clone::new();
    let records = clone.path("elsewhere");
    let did = did(clone
        .command(clone.folder.path(), &["hint", "02/operate"])
        .env("DSR_LEARN_DIR", &records));
    assert_eq!(did.code, 0, "{}", did.err);
    assert!(records.join("progress.toml").is_file() && !clone.path(".learn").exists());
}

#[test]
fn results_are_not_shown_before_a_commit() {
    let clone = Clone::new();
    for arguments in [&["lab", "02"][..], &["replay", "02/operate", "--seed", "3"]] {
        let did = clone.learn(arguments);
        assert_eq!((did.code, did.out.as_str()), (2, ""), "{}", did.out);
        assert!(
            did.err.contains("cargo learn check 02/predict") && did.err.contains("--anyway"),
            "{}",
            did.err
        );
    }
    let knobs = clone.learn(&["lab", "02", "--knobs"]);
    assert_eq!(knobs.code, 0);
    assert!(knobs.out.contains("hedge_after"), "{}", knobs.out);
    assert_eq!(clone.calls(), 0, "nothing is even compiled");
    // A sheet whose first commit came from the page counts.
    let text = clone.answer("[10, 20]").replace("first = []", "first = [10, 20]");
    fs::write(clone.exercise("worksheet.toml"), text).unwrap();
    let did = clone.learn(&["lab", "02", "hedge_after=20"]);
    assert_eq!(did.code, 0, "{}", did.err);
}

#[test]
fn the_lab_prints_the_numbers_of_the_model() {
    let clone = Clone::new();
    let did = clone.learn(&["lab", "02", "hedge_after=20", "--seed", "3", "--anyway"]);
    assert_eq!(did.code, 0, "{}", did.err);
    let lab: &dyn Lab = designs::find("02").unwrap().0.lab;
    let mut run = lab.start(&read_knobs(lab, [("hedge_after", "20")]).unwrap(), 3);
    while run.advance(12_345) {}
    let picture = run.picture(300.0);
    assert!(!picture.facts.is_empty());
    for fact in picture.facts {
        let line = did.out.lines().find(|l| l.trim_start().starts_with(&fact.label));
        assert!(
            line.is_some_and(|l| l.ends_with(&fact.text())),
            "{}: {line:?}",
            fact.key
        );
    }
    assert!(did.out.contains("seed 3"), "{}", did.out);
}

/// The program in a target folder of its own, with what cargo would have left beside it.
fn moved(clone: &Clone, simulator_is_there: bool) -> Command {
    let debug = clone.path("target/debug");
    fs::create_dir_all(&debug).unwrap();
    // A copy and no link: the program is cargo's.
    if !debug.join("learn").exists() {
        fs::copy(env!("CARGO_BIN_EXE_learn"), debug.join("learn")).unwrap();
    }
    if simulator_is_there {
        let source = clone.exercise("worksheet.toml");
        fs::write(debug.join("simulate.d"), format!("simulate: {}\n", source.display())).unwrap();
        fs::write(debug.join("simulate"), "").unwrap();
    }
    let mut command = Command::new(debug.join("learn"));
    command.envs(
        clone
            .command(clone.folder.path(), &[])
            .get_envs()
            .filter_map(|(k, v)| Some((k, v?))),
    );
    command.current_dir(clone.folder.path()).args(["lab", "02", "--knobs"]);
    command
}

#[test]
fn who_waits_for_the_simulator_is_told_so() {
    let clone = Clone::new();
    let waited = did(&mut moved(&clone, false));
    assert_eq!(waited.code, 0, "{}", waited.err);
    assert!(waited.err.contains("the simulator is compiled now"), "{}", waited.err);
    let silent = did(&mut moved(&clone, true));
    assert_eq!((silent.code, silent.err.as_str()), (0, ""), "it is there already");
    assert_eq!(silent.out, waited.out);
    assert_eq!(
        fs::read_to_string(clone.path("fake/simulated")).unwrap(),
        "build --message-format=json-render-diagnostics --package simulate\n\
         build --message-format=json-render-diagnostics --quiet --package simulate\n",
        "cargo shows how far it is only where it takes a while"
    );
}

#[test]
fn a_simulator_that_does_not_compile_or_ends_is_named() {
    let clone = Clone::new();
    let cargo = |says: &str| {
        let text = format!("#!/bin/sh\ncat <<'EOF'\n{says}\nEOF\n");
        clone.script("fake/cargo", &text);
        clone.learn(&["lab", "02", "--knobs"])
    };
    clone.script("fake/other", "#!/bin/sh\necho gone wrong >&2\nexit 3\n");
    let program = clone.path("fake/other");
    let built = |program: &str| {
        format!(
            "{{\"reason\":\"compiler-artifact\",\"target\":{{\"name\":\"simulate\"}},\"executable\":\"{program}\"}}\n{{\"reason\":\"build-finished\",\"success\":true}}"
        )
    };
    let ended = cargo(&built(&program.display().to_string()));
    assert_eq!((ended.code, ended.out.as_str()), (2, ""));
    assert!(
        ended.err.contains("gone wrong") && ended.err.contains("cargo run --package simulate -- lab 02"),
        "{}",
        ended.err
    );
    let strange = cargo(&built("/bin/echo"));
    assert_eq!(strange.code, 2);
    assert!(strange.err.contains("cannot be read"), "{}", strange.err);
    let nothing = cargo("");
    assert_eq!(nothing.code, 2);
    assert!(
        nothing.err.contains("cargo build --package simulate"),
        "{}",
        nothing.err
    );
    clone.script(
        "fake/cargo",
        "#!/bin/sh\necho '{\"reason\":\"build-finished\",\"success\":false}'\nexit 101\n",
    );
    let refused = clone.learn(&["lab", "02", "--knobs"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("the simulator does not compile"),
        "{}",
        refused.err
    );
}
