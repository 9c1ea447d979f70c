//! What is done with an answer: a solution beside it, a dispute about it, an export of it.

use crate::clone::{Clone, DESIGN, OPERATE, did, results, tests_of, verdict};
use std::fs;
use std::path::Path;

#[test]
fn a_solution_is_not_shown_before_a_pass_unless_asked_for_twice() {
    let clone = Clone::with_solution();
    let did = clone.learn(&["solution", "02/operate"]);
    assert_eq!((did.code, did.out.as_str()), (2, ""));
    assert!(did.err.contains("--anyway") && did.err.contains("hint"), "{}", did.err);
    let did = clone.learn(&["solution", "02/operate", "--anyway"]);
    assert_eq!(did.code, 0, "{}", did.err);
    assert!(
        did.out.contains("-    todo!") || did.out.contains("-        todo!"),
        "{}",
        did.out
    );
    // The answer is remembered for this step, and for no other.
    assert_eq!(clone.learn(&["solution", "02/operate"]).code, 0);
    assert_eq!(clone.learn(&["solution", "02/choose"]).code, 2);
    let predict = clone.learn(&["solution", "02/predict"]);
    assert!(
        predict.code == 0 && predict.out.contains("debrief.html") && !predict.out.contains("answer ="),
        "{}",
        predict.out
    );
}

#[test]
fn a_copy_without_solutions_says_so_and_counts_none_as_seen() {
    let clone = Clone::new();
    let did = clone.learn(&["solution", "02/operate", "--anyway"]);
    assert_eq!(did.code, 2, "{}", did.out);
    assert!(did.err.contains("take the folder solutions/"), "{}", did.err);
    assert!(!clone.progress().contains("solution_shown"), "{}", clone.progress());
}

#[test]
fn a_solution_is_shown_with_its_reasons_after_a_pass() {
    let clone = Clone::with_solution();
    let tests = tests_of(&clone, "step4_operate");
    clone.plays(&results(&tests, &[]), 0, &[]);
    let style = fs::read_to_string(clone.path(&format!("solutions/{DESIGN}/styles/step4_operate/token_bucket.rs")));
    fs::write(clone.exercise(OPERATE), style.unwrap()).unwrap();
    let did = clone.learn(&["check", "02/operate"]);
    assert!(did.out.contains("cargo learn solution 02/operate"), "{}", did.out);
    let did = clone.learn(&["check", "02/operate"]);
    assert!(
        !did.out.contains("cargo learn solution"),
        "only when it was just solved: {}",
        did.out
    );
    let did = clone.learn(&["solution", "02/operate"]);
    assert_eq!(did.code, 0, "{}", did.err);
    for says in [
        &format!("--- exercises/{DESIGN}/{OPERATE}"),
        &format!("+++ solutions/{DESIGN}/{OPERATE}"),
        "-    tokens: f64,",
        "+        // A limit that holds in every second",
        "rising_delay.rs",
        "Another way: the delay itself is the limit.",
        "once the design is solved; next is 02/predict",
    ] {
        assert!(did.out.contains(says), "{says}: {}", did.out);
    }
    assert!(!did.out.contains('\x1b'), "no colour without a terminal");
}

#[test]
fn a_dispute_holds_what_is_needed_and_nothing_personal() {
    let clone = Clone::with_solution();
    let tests = tests_of(&clone, "step4_operate");
    fs::write(clone.exercise(OPERATE), "// mine\n//! ````\nfn f() {}\n").unwrap();
    let (name, json) = verdict("step4_operate", &tests[0], "extra 38 %");
    let home = clone.path("home/ada");
    let output = format!(
        "{}\n---- {} stdout ----\nthread 'x' panicked at {}/.cargo/x.rs:1:1:\n",
        results(&tests, &[&tests[0]]),
        tests[0],
        home.display()
    );
    clone.plays(&output, 101, &[(&name, json)]);
    let dispute = || {
        did(clone
            .command(clone.folder.path(), &["dispute", "02/operate"])
            .env("HOME", &home)
            .env("USER", "ada"))
    };
    let did = dispute();
    assert_eq!(did.code, 0, "{}", did.err);
    assert!(
        did.out.contains(".learn/disputes/02-operate-1.md") && did.out.contains("errata"),
        "{}",
        did.out
    );
    let text = fs::read_to_string(clone.path(".learn/disputes/02-operate-1.md")).unwrap();
    for says in [
        "## Why the verdict is wrong",
        "observed                extra 38 %",
        "\"belief\": \"no_budget\"",
        "`````rust\n// mine\n//! ````\nfn f() {}\n`````\n",
        "Pool of seeds: 0",
        "rustc 1.",
        "host: ",
        "a download without git",
        &format!("learn {}", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
    let folder = clone.folder.path().display().to_string();
    assert!(!text.contains(&folder) && !text.contains("ada"), "{text}");
    assert_eq!(clone.progress(), "", "nothing is recorded");
    // What was filled in is not overwritten.
    fs::write(clone.path(".learn/disputes/02-operate-1.md"), "filled in").unwrap();
    assert!(dispute().out.contains("02-operate-2.md"));
    assert_eq!(
        fs::read_to_string(clone.path(".learn/disputes/02-operate-1.md")).unwrap(),
        "filled in"
    );
    // An answer that passes, and should not, is disputed just as well.
    clone.plays(&results(&tests, &[]), 0, &[]);
    assert!(dispute().out.contains("02-operate-3.md"));
    let text = fs::read_to_string(clone.path(".learn/disputes/02-operate-3.md")).unwrap();
    assert!(text.contains("it holds ("), "{text}");
}

#[test]
fn without_a_verdict_there_is_nothing_to_dispute() {
    let clone = Clone::new();
    let did = clone.learn(&["dispute", "02/predict"]);
    assert!(
        did.code == 1 && did.out.contains("not committed"),
        "{}{}",
        did.out,
        did.err
    );
    let tests = tests_of(&clone, "step4_operate");
    let todo = format!(
        "{}\n---- {} stdout ----\n\nthread 'x' (1) panicked at exercises/{DESIGN}/{OPERATE}:9:9:\nnot yet implemented: step 4\n",
        results(&tests, &tests.iter().collect::<Vec<_>>()),
        tests[0]
    );
    clone.plays(&todo, 101, &[]);
    let did = clone.learn(&["dispute", "02/operate"]);
    assert!(did.code == 1 && did.out.contains("not written yet"), "{}", did.out);
    fs::write(clone.path("fake/refuses"), "").unwrap();
    let did = clone.learn(&["dispute", "02/operate"]);
    assert!(did.code == 1 && did.out.contains("does not compile"), "{}", did.out);
    assert!(!clone.path(".learn").exists());
}

/// What a zip holds, by name.
fn unpacked(path: &Path) -> Vec<(String, String)> {
    let bytes = fs::read(path).unwrap();
    let zip = rawzip::ZipArchive::from_slice(&bytes).unwrap();
    let mut entries = zip.entries();
    let mut out = Vec::new();
    while let Some(entry) = entries.next_entry().unwrap() {
        let name = entry.file_path().try_normalize().unwrap().as_ref().to_owned();
        let packed = zip.get_entry(entry.wayfinder()).unwrap();
        let text = miniz_oxide::inflate::decompress_to_vec(packed.data()).unwrap();
        assert_eq!(rawzip::crc32(&text), entry.crc32());
        out.push((name, String::from_utf8(text).unwrap()));
    }
    out
}

#[test]
fn an_export_holds_what_the_learner_wrote() {
    let clone = Clone::with_solution();
    clone.answer("[10, 20]");
    fs::write(clone.exercise(OPERATE), "// one\n").unwrap();
    clone.learn(&["reset", "02/operate"]);
    fs::write(clone.exercise(OPERATE), "// two\n").unwrap();
    clone.learn(&["hint", "02/operate"]);
    let did = clone.learn(&["export"]);
    assert_eq!(did.code, 0, "{}", did.err);
    let pieces = unpacked(&clone.path("my-answers.zip"));
    let names: Vec<&str> = pieces.iter().map(|(n, _)| n.as_str()).collect();
    let below = |name: &str| format!("exercises/{DESIGN}/{name}");
    assert_eq!(
        names,
        [
            ".learn/progress.toml",
            "README.txt",
            &below("kept/step4_operate.1.rs"),
            &below(OPERATE),
            &below("worksheet.toml"),
        ]
    );
    assert_eq!(pieces[2].1, "// one\n");
    assert_eq!(pieces[3].1, "// two\n");
    assert_eq!(pieces[4].1, clone.sheet());
    // The same answers give the same bytes, and a file that is there is left alone.
    assert_eq!(clone.learn(&["export", "b.zip"]).code, 0);
    let first = fs::read(clone.path("my-answers.zip")).unwrap();
    assert_eq!(fs::read(clone.path("b.zip")).unwrap(), first);
    fs::write(clone.path("b.zip"), "mine").unwrap();
    let did = clone.learn(&["export", "b.zip"]);
    assert!(did.code == 2 && did.err.contains("there already"), "{}", did.err);
    assert_eq!(fs::read(clone.path("b.zip")).unwrap(), b"mine");
    let did = clone.learn(&["export", "no/folder.zip"]);
    assert!(did.code == 2 && did.err.contains("no/folder.zip"), "{}", did.err);
}

#[test]
fn what_cannot_be_packed_is_named() {
    let clone = Clone::with_solution();
    // A folder in place of a file cannot be read, not even by who may read everything.
    fs::create_dir_all(clone.path(".learn/progress.toml")).unwrap();
    let did = clone.learn(&["export", "a.zip"]);
    assert_eq!(did.code, 1, "{}{}", did.out, did.err);
    assert!(
        did.out.contains("left out") && did.out.contains(".learn/progress.toml"),
        "{}",
        did.out
    );
    assert!(unpacked(&clone.path("a.zip")).iter().any(|(n, _)| n == "README.txt"));
}
