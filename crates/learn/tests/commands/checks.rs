//! Every way in which a check can end.

use crate::clone::{Clone, DESIGN, copy, offered, results, tests_of, verdict};
use std::fs;
use std::path::Path;

#[test]
fn a_sheet_with_gaps_freezes_nothing() {
    let clone = Clone::new();
    let before = clone.sheet().replacen("answer = []", "answer = [1, 20]", 1);
    fs::write(clone.exercise("worksheet.toml"), &before).unwrap();
    let did = clone.learn(&["check"]);
    assert_eq!(did.code, 1, "{}", did.err);
    assert!(
        did.out.contains("not committed: 0 of") && did.out.contains("no answer yet"),
        "{}",
        did.out
    );
    assert!(did.out.contains("factor of ten"), "{}", did.out);
    assert_eq!((clone.sheet(), clone.calls()), (before, 0));
}

#[test]
fn a_broken_sheet_is_named_with_its_line_and_left_alone() {
    let clone = Clone::new();
    for (text, says) in [
        (clone.sheet().replacen("answer = []", "answer = [", 1), "line"),
        (clone.sheet().replacen("schema = 1", "schema = 7", 1), "schema = 7"),
        (
            clone.sheet().replacen("mechanism = \"\"", "mechanism = \"magic\"", 1),
            "magic",
        ),
        (clone.sheet().replacen(DESIGN, "03-other", 9), "03-other"),
    ] {
        fs::write(clone.exercise("worksheet.toml"), &text).unwrap();
        let did = clone.learn(&["check", "02/predict"]);
        assert_eq!(did.code, 2, "{}", did.out);
        assert!(
            did.err.contains("worksheet.toml") && did.err.contains(says),
            "{}",
            did.err
        );
        assert_eq!(clone.sheet(), text);
        fs::remove_file(clone.exercise("worksheet.toml")).unwrap();
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../../exercises")
                .join(DESIGN)
                .join(".starter"),
            &clone.exercise(""),
        );
    }
}

#[test]
fn the_first_commit_is_frozen_once_and_comes_back() {
    let clone = Clone::new();
    let answered = clone.answer("[10, 20.5]");
    let tests = tests_of(&clone, "step1_predict");
    clone.plays(&results(&tests, &[]), 0, &[]);
    let did = clone.learn(&["check"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    let committed = clone.sheet();
    assert_eq!(
        committed,
        answered.replace("first = []", "first = [10, 20.5]"),
        "every other byte stays"
    );
    assert!(clone.progress().contains("committed = "));
    assert!(did.out.contains("next: 02/calculate"), "{}", did.out);

    // Later answers are kept and not scored.
    let changed = committed.replace("answer = [10, 20.5]", "answer = [30, 40]");
    fs::write(clone.exercise("worksheet.toml"), &changed).unwrap();
    let did = clone.learn(&["check", "02/predict"]);
    assert!(did.out.contains("not scored"), "{}", did.out);
    assert_eq!(clone.sheet(), changed);

    // A pristine sheet put in its place gets the first commit back.
    fs::write(
        clone.exercise("worksheet.toml"),
        changed.replace("first = [10, 20.5]", "first = []"),
    )
    .unwrap();
    let did = clone.learn(&["check", "02/predict"]);
    assert!(did.out.contains("stands there again"), "{}", did.out);
    assert_eq!(clone.sheet(), changed);

    // One that was changed by hand comes back, too.
    let bent = changed.replacen("first = [10, 20.5]", "first = [600, 700]", 1);
    fs::write(clone.exercise("worksheet.toml"), bent).unwrap();
    let did = clone.learn(&["check", "02/predict"]);
    assert!(did.out.contains("a first commit is never changed"), "{}", did.out);
    assert_eq!(clone.sheet(), changed);
    assert!(!clone.progress().contains("600"), "{}", clone.progress());
}

#[test]
fn one_verdict_is_shown_and_remembered() {
    let clone = Clone::new();
    let tests = tests_of(&clone, "step4_operate");
    assert!(tests.len() >= 3, "{tests:?}");
    let (second, third) = (&tests[1], &tests[2]);
    let verdicts = [
        verdict("step4_operate", third, "third"),
        verdict("step4_operate", second, "extra 38 %"),
    ];
    let verdicts: Vec<(&str, String)> = verdicts.iter().map(|(n, t)| (n.as_str(), t.clone())).collect();
    clone.plays(&results(&tests, &[second, third]), 101, &verdicts);
    let did = clone.learn(&["check", "02/operate"]);
    assert_eq!(did.code, 1, "{}", did.err);
    let lines: Vec<&str> = did.out.lines().filter(|l| l.starts_with("  ")).collect();
    assert_eq!(
        lines,
        [
            "  observed                extra 38 %",
            "  you seem to assume      slowness is one leaf's own",
            "  what happened instead   every leaf was slow",
            "  ask yourself            what then?",
            "  replay                  cargo learn replay 02/operate --test t --seed 1",
        ],
        "{}",
        did.out
    );
    assert!(
        did.out.contains(second.as_str()) && !did.out.contains(third.as_str()),
        "{}",
        did.out
    );
    assert!(!did.out.contains('\x1b'));
    let again = clone.learn(&["check", "02/operate"]);
    assert!(
        !again.out.contains("try 2"),
        "the same answer is no new try: {}",
        again.out
    );
    let operate = clone.exercise("src/step4_operate.rs");
    let other = fs::read_to_string(&operate).unwrap() + "// another\n";
    fs::write(&operate, other).unwrap();
    assert!(clone.learn(&["check", "02/operate"]).out.contains("try 2"));

    clone.plays(&results(&tests, &[]), 0, &[]);
    let right = fs::read_to_string(&operate).unwrap() + "// right\n";
    fs::write(&operate, right).unwrap();
    let did = clone.learn(&["check", "02/4"]);
    assert_eq!(did.code, 0, "{}", did.err);
    assert!(
        did.out.contains("after 3 tries") && did.out.contains("next: 02/predict"),
        "{}",
        did.out
    );
    let list = clone.learn(&["list"]);
    assert!(
        list.out.contains("✓ 02/operate") && list.out.contains("3 tries"),
        "{}",
        list.out
    );
    let log = fs::read_to_string(clone.path("fake/log")).unwrap();
    assert!(log.contains("--package fan-out-search --test step4_operate"), "{log}");
}

#[test]
fn a_whole_design_stops_at_the_first_unsolved_step() {
    let clone = Clone::new();
    clone.answer("[10, 20]");
    clone.plays("test a ... FAILED\n", 101, &[]);
    let did = clone.learn(&["check", "02"]);
    assert_eq!((did.code, clone.calls()), (1, 1), "{}", did.out);
    let any: Vec<String> = vec!["a".into()];
    clone.plays(&results(&any, &[]), 0, &[]);
    let did = clone.learn(&["check", "02"]);
    assert_eq!((did.code, clone.calls()), (0, 6), "{}", did.out);
    assert!(
        did.out.contains("Design 02 is solved") || did.out.contains("Every step is solved"),
        "{}",
        did.out
    );
    // The other designs, so that nothing is left to do.
    for design in offered() {
        let manifest = design.manifest().unwrap();
        clone.adds(&manifest.folder());
        assert_eq!(clone.learn(&["check", &manifest.number.to_string()]).code, 0);
    }
    let did = clone.learn(&["check"]);
    assert!(
        did.code == 0 && did.out.contains("Every step is solved"),
        "{}{}",
        did.out,
        did.err
    );
}

#[test]
fn the_compiler_speaks_for_itself() {
    let clone = Clone::new();
    fs::write(clone.path("fake/refuses"), "").unwrap();
    let did = clone.learn(&["check", "02/operate"]);
    assert_eq!(did.code, 1);
    assert_eq!(did.err, "error[E0425]: \x1b[1mno such name\x1b[0m\n", "untouched");
    assert!(
        did.out
            .contains("○ 02/operate  does not compile: the compiler says why above"),
        "{}",
        did.out
    );
    assert!(!clone.path(".learn").exists(), "that was no try");
    fs::remove_file(clone.path("fake/refuses")).unwrap();
    fs::write(clone.path("fake/lost"), "").unwrap();
    let did = clone.learn(&["check", "02/operate"]);
    assert_eq!(did.code, 2);
    assert!(
        did.err.contains("no such package") && did.err.contains("cargo test -p fan-out-search"),
        "{}",
        did.err
    );
}

#[test]
fn what_is_not_written_is_said_kindly() {
    let clone = Clone::new();
    let tests = tests_of(&clone, "step4_operate");
    let todo = format!(
        "{}\n---- {} stdout ----\n\nthread 'x' (1) panicked at exercises/{DESIGN}/src/step4_operate.rs:9:9:\nnot yet implemented: step 4\n",
        results(&tests, &tests.iter().collect::<Vec<_>>()),
        tests[0]
    );
    clone.plays(&todo, 101, &[]);
    let did = clone.learn(&["check", "02/operate"]);
    assert_eq!(did.code, 1);
    assert!(
        did.out.contains("not written yet") && did.out.contains("src/step4_operate.rs:"),
        "{}",
        did.out
    );
    assert!(!clone.path(".learn").exists(), "that was no try");
    let crash = todo.replace("not yet implemented: step 4", "attempt to subtract with overflow");
    clone.plays(&crash, 101, &[]);
    let did = clone.learn(&["check", "02/operate"]);
    assert!(
        did.out
            .contains("your code panicked: attempt to subtract with overflow"),
        "{}",
        did.out
    );
    assert!(did.out.contains("step4_operate.rs:9"), "{}", did.out);
}
