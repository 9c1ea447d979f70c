//! One run of an answer, as a page.

use crate::clone::{Clone, DESIGN, did, results, tests_of, verdict};
use std::fs;

const STEP: &str = "step4_operate";

fn table(caption: &str) -> serde_json::Value {
    serde_json::json!({ "caption": caption, "head": ["", "wait for all", "your policy"], "rows": [["users' <p99>", "1 ms", "2 ms"]] })
}

/// What the judge writes about a run.
fn run(knobs: Option<&str>) -> serde_json::Value {
    let figure = |events: bool| {
        serde_json::json!({
            "caption": "What was said.", "wide": "<svg id=\"w\"><title>wide</title></svg>", "narrow": "<svg id=\"n\"></svg>",
            "table": { "caption": "What was said.", "head": ["time, s", "where", "what"], "rows": [["1.5", "East", "stops & rests"]] },
            "events": events,
        })
    };
    serde_json::json!({
        "seed": 5, "pool": [1, 2, 3], "fault": null,
        "lab": { "knobs": knobs, "otherwise": "It runs a built-in rule." },
        "shown": {
            "sides": ["wait for all", "your policy"], "summary": "Your policy was slower.",
            "figures": [figure(true)], "facts": table("The facts of both runs"), "table": table("What was counted"),
            "least": {
                "wrong": "2.0 promotions a run", "before": ["a cut of 9 s", "a cut of 3 s"], "after": ["a cut of 7 s"],
                "runs": 21, "figure": figure(false),
            },
        },
    })
}

/// A clone in which the step's tests are played, `failed` of them unkept, and `drawn` tests draw a run.
fn clone(failed: &[usize], drawn: &[usize], run: &serde_json::Value) -> (Clone, Vec<String>) {
    let clone = Clone::new();
    let tests = tests_of(&clone, STEP);
    let unkept: Vec<&String> = failed.iter().map(|i| &tests[*i]).collect();
    let mut verdicts: Vec<(String, String)> = Vec::new();
    for test in &tests {
        let (name, text) = verdict(STEP, test, "extra 38 %");
        let passed = !unkept.contains(&test);
        let text = text.replace("\"passed\":false", &format!("\"passed\":{passed}"));
        verdicts.push((
            name,
            text.replace(
                "belief\",\"belief",
                if passed { "pass\",\"belief" } else { "belief\",\"belief" },
            ),
        ));
    }
    let verdicts: Vec<(&str, String)> = verdicts.iter().map(|(n, t)| (n.as_str(), t.clone())).collect();
    clone.plays(
        &results(&tests, &unkept),
        if failed.is_empty() { 0 } else { 101 },
        &verdicts,
    );
    fs::create_dir_all(clone.path("fake/runs")).unwrap();
    for i in drawn {
        fs::write(
            clone.path(&format!("fake/runs/{STEP}.{}.json", tests[*i])),
            run.to_string(),
        )
        .unwrap();
    }
    (clone, tests)
}

fn page(clone: &Clone, test: &str, seed: u64) -> String {
    let path = clone.path(&format!(".learn/replays/02-operate-{test}-{seed}.html"));
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn the_first_test_that_does_not_hold_is_shown_as_a_page() {
    let (clone, tests) = clone(&[1, 2], &[0, 1, 2], &run(Some("storm_factor=5")));
    let did = clone.learn(&["replay", "02/operate", "--anyway"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    let name = format!(".learn/replays/02-operate-{}-5.html", tests[1]);
    let address = format!("designs/{DESIGN}/evaluate.html#lab=02&seed=5&storm_factor=5");
    for says in [
        &name,
        &address,
        "cargo learn lab 02 storm_factor=5 --seed 5",
        "It runs a built-in rule.",
        "was slower",
    ] {
        assert!(did.out.contains(says), "{says}: {}", did.out);
    }
    let page = page(&clone, &tests[1], 5);
    for holds in [
        "extra 38 %",
        "you seem to assume",
        "slowness is one leaf&#39;s own",
        "every leaf was slow",
        "what then?",
        "<title>wide</title>",
        "<svg id=\"n\">",
        "<b>1.5 s</b> East: stops &amp; rests",
        "With these alone it still goes wrong: 2.0 promotions a run",
        "<li>a cut of 7 s</li>",
        "users&#39; &lt;p99&gt;</th>",
        "light-dark(",
        "seeds 1 to 3; this is none of them",
        "cargo learn lab 02 storm_factor=5 --seed 5",
        &format!("cargo learn replay 02/operate --test {} --seed 5", tests[1]),
    ] {
        assert!(page.contains(holds), "{holds}");
    }
    let outside = page.replace("http://127.0.0.1:3000/", "");
    for asks in ["http://", "https://", "url(", "<script", "src="] {
        assert!(!outside.contains(asks), "the page asks for something: {asks}");
    }
    assert_eq!(
        fs::read_to_string(clone.path("fake/replayed")).unwrap(),
        format!("seed : {} --exact --color never\n", tests[1])
    );
    assert_eq!(clone.progress(), "", "to look is no try");
}

#[test]
fn test_and_seed_can_be_named() {
    let (clone, tests) = clone(&[], &[0, 1, 2], &run(None));
    let did = clone.learn(&["replay", "02/4", "--anyway", "--test", &tests[2], "--seed", "5"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    assert!(did.out.contains("The lab cannot show this situation"), "{}", did.out);
    assert!(page(&clone, &tests[2], 5).contains("It holds"));
    assert_eq!(
        fs::read_to_string(clone.path("fake/replayed")).unwrap(),
        format!("seed 5: {} --exact --color never\n", tests[2])
    );
    let did = clone.learn(&["replay", "02/operate", "--anyway", "--test", "nope"]);
    assert_eq!(did.code, 2);
    assert!(tests.iter().all(|t| did.err.contains(t.as_str())), "{}", did.err);
}

#[test]
fn a_claim_has_no_run() {
    let claim = tests_of(&Clone::new(), STEP).len() - 1;
    let (clone, tests) = clone(&[claim], &[0], &run(None));
    let did = clone.learn(&["replay", "02/operate", "--anyway", "--test", &tests[claim]]);
    assert_eq!(did.code, 2, "{}", did.out);
    assert!(
        did.err.contains("no one run to show") && did.err.contains(&tests[0]),
        "{}",
        did.err
    );
    // Unnamed, the first situation is shown.
    let did = clone.learn(&["replay", "02/operate", "--anyway"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    assert!(did.out.contains("has no run of its own"), "{}", did.out);
    page(&clone, &tests[0], 5);
}

#[test]
fn steps_without_a_run_say_so_and_what_to_do() {
    let clone = Clone::new();
    for (step, says) in [
        ("predict", "cargo learn lab 02"),
        ("calculate", "cargo learn check 02/calculate"),
    ] {
        let did = clone.learn(&["replay", &format!("02/{step}"), "--anyway"]);
        assert_eq!((did.code, did.err.lines().count()), (2, 1), "{}", did.err);
        assert!(did.err.contains(says), "{}", did.err);
    }
    assert_eq!(clone.calls(), 0);
}

#[test]
fn code_that_gives_no_run_still_gets_a_page_with_its_verdict() {
    let tests = tests_of(&Clone::new(), STEP);
    let (_, text) = verdict(STEP, &tests[0], "your code panicked: no");
    let fault: serde_json::Value =
        serde_json::from_str(&text.replace("\"belief\",\"belief\"", "\"crash\",\"belief\"")).unwrap();
    let mut none = run(None);
    (none["shown"], none["fault"]) = (serde_json::Value::Null, fault);
    // It holds for the pool, and panics with the seed that was asked for.
    let (clone, tests) = clone(&[], &[0], &none);
    let did = clone.learn(&["replay", "02/operate", "--anyway", "--seed", "5"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    assert!(
        did.out.contains("✗") && did.out.contains("your code panicked: no"),
        "{}",
        did.out
    );
    let page = page(&clone, &tests[0], 5);
    assert!(page.contains("your code panicked: no") && page.contains("There is none to draw"));

    // A process that ends by itself draws nothing and writes no verdict.
    clone.plays("", 134, &[]);
    fs::remove_dir_all(clone.path("fake/runs")).unwrap();
    let did = clone.learn(&["replay", "02/operate", "--anyway"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    assert!(did.out.contains("No run can be drawn"), "{}", did.out);
}

#[test]
fn what_is_not_written_or_does_not_compile_has_no_run_yet() {
    let (clone, tests) = clone(&[0], &[], &run(None));
    let (name, text) = verdict(STEP, &tests[0], "not yet implemented: the policy");
    let text = text
        .replace("\"belief\",\"belief\"", "\"todo\",\"belief\"")
        .replace("\"kind\":\"belief\"", "\"kind\":\"todo\"");
    clone.plays(&results(&tests, &[&tests[0]]), 101, &[(&name, text)]);
    fs::create_dir_all(clone.path("fake/runs")).unwrap();
    let mut none = run(None);
    none["shown"] = serde_json::Value::Null;
    fs::write(
        clone.path(&format!("fake/runs/{STEP}.{}.json", tests[0])),
        none.to_string(),
    )
    .unwrap();
    let did = clone.learn(&["replay", "02/operate", "--anyway"]);
    assert_eq!(did.code, 1, "{}{}", did.out, did.err);
    assert!(did.out.contains("not written yet"), "{}", did.out);
    fs::write(clone.path("fake/refuses"), "").unwrap();
    let did = clone.learn(&["replay", "02/operate", "--anyway"]);
    assert_eq!(did.code, 1);
    assert!(
        did.out.contains("does not compile: the compiler says why above"),
        "{}",
        did.out
    );
    assert!(!clone.path(".learn/replays").exists());
}

#[test]
fn a_page_that_cannot_stand_beside_the_records_goes_elsewhere_and_is_named() {
    let (clone, _) = clone(&[], &[0], &run(None));
    fs::create_dir_all(clone.path(".learn")).unwrap();
    fs::write(clone.path(".learn/replays"), "").unwrap();
    let done = did(clone
        .command(clone.folder.path(), &["replay", "02/operate", "--anyway"])
        .env("TMPDIR", clone.path("fake")));
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    assert!(done.out.contains("the folder for temporary files"), "{}", done.out);
    let line = done.out.lines().find_map(|l| l.strip_prefix("  page   ")).unwrap();
    assert!(fs::read_to_string(clone.path(line)).unwrap().contains("</html>"));
}

#[test]
fn a_file_that_is_not_ours_is_left_alone() {
    let (clone, tests) = clone(&[], &[0], &run(None));
    let path = clone.path(&format!(".learn/replays/02-operate-{}-5.html", tests[0]));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "mine").unwrap();
    let did = clone.learn(&["replay", "02/operate", "--anyway"]);
    assert_eq!(did.code, 2, "{}", did.out);
    assert!(did.err.contains("move it away"), "{}", did.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    fs::remove_file(&path).unwrap();
    for _ in 0..2 {
        assert_eq!(
            clone.learn(&["replay", "02/operate", "--anyway"]).code,
            0,
            "our own page is made anew"
        );
    }
}
