//! Every step at once, and what a check hands to programs.

use crate::clone::{Clone, DESIGN, Did, results, tests_of, verdict};
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Builds every step of every exercise, but for those that are broken.
pub(crate) const CARGO: &str = r#"#!/bin/sh
echo "$@" >> "$FAKE/log"
if [ -f "$FAKE/sleeps" ]; then echo $$ >> "$FAKE/pids"; exec sleep 60; fi
success=true
for folder in "$FAKE"/../exercises/*; do
  name=$(basename "$folder")
  if [ -f "$FAKE/broken-$name" ]; then
    success=false
    cat "$FAKE/broken-$name"
    continue
  fi
  for file in "$folder"/tests/*.rs; do
    test=$(basename "$file" .rs)
    program="$FAKE/$name.$test"
    [ -x "$program" ] || program="$FAKE/program"
    echo "{\"reason\":\"compiler-artifact\",\"manifest_path\":\"$folder/Cargo.toml\",\"target\":{\"name\":\"$test\",\"kind\":[\"test\"]},\"executable\":\"$program\"}"
  done
done
echo "{\"reason\":\"build-finished\",\"success\":$success}"
[ $success = true ] || exit 101
"#;

const OTHERS: [&str; 2] = ["04-retry-storm", "08-coast-to-coast-failover"];

/// All designs, every sheet committed but the first one's, and every program passes.
fn clone() -> Clone {
    let clone = Clone::new();
    for folder in OTHERS {
        clone.adds(folder);
        let sheet = clone.path("exercises").join(folder).join("worksheet.toml");
        let text = fs::read_to_string(&sheet).unwrap();
        fs::write(sheet, text.replace("first = []", "first = [10, 20]")).unwrap();
    }
    for folder in OTHERS.iter().chain([&DESIGN]) {
        fs::write(clone.path("exercises").join(folder).join("Cargo.toml"), "").unwrap();
    }
    clone.script("fake/cargo", CARGO);
    clone.plays("test a ... ok\ntest result: ok.\n", 0, &[]);
    clone
}

impl Clone {
    /// What one step of the first design prints, and its verdict.
    fn step_plays(&self, step: &str, output: &str, verdict: Option<(String, String)>) {
        fs::write(self.path(&format!("fake/{step}.output")), output).unwrap();
        let mut script = format!("#!/bin/sh\ncat \"$FAKE/{step}.output\"\n");
        if let Some((name, text)) = verdict {
            fs::write(self.path(&format!("fake/{step}.verdict")), text).unwrap();
            script += &format!("cp \"$FAKE/{step}.verdict\" \"$DSR_VERDICTS/{name}\"\n");
        }
        script += "exit 101\n";
        self.script(&format!("fake/{DESIGN}.{step}"), &script);
    }

    /// A belief in `operate`, a `todo!` in `attack`, a crash in `choose`, and 04 does not compile.
    fn has_every_state(&self) {
        let tests = tests_of(self, "step4_operate");
        let failed = results(&tests, &[&tests[2]]);
        self.step_plays(
            "step4_operate",
            &failed,
            Some(verdict("step4_operate", &tests[2], "extra <38 %>\u{1b}[31m")),
        );
        let panics = |step: &str, what: &str| {
            let tests = tests_of(self, step);
            let all: Vec<&String> = tests.iter().collect();
            let said = format!(
                "{}\n---- {} stdout ----\n\nthread 'x' (1) panicked at exercises/{DESIGN}/src/{step}.rs:9:9:\n{what}\n",
                results(&tests, &all),
                tests[0]
            );
            self.step_plays(step, &said, None);
        };
        panics("step5_attack", "not yet implemented: step 5");
        panics("step3_choose", "attempt to divide by zero");
        let file = format!("exercises/{}/src/step3_choose.rs", OTHERS[0]);
        let manifest = format!("/c/exercises/{}/Cargo.toml", OTHERS[0]);
        let message = serde_json::json!({
            "reason": "compiler-message", "manifest_path": manifest, "target": {"name": "x", "kind": ["lib"]},
            "message": {"level": "error", "rendered": "error: unclosed delimiter\n",
                "spans": [{"file_name": file, "line_start": 53, "is_primary": true}]},
        });
        fs::write(self.path(&format!("fake/broken-{}", OTHERS[0])), format!("{message}\n")).unwrap();
    }
}

fn json(did: &Did) -> Value {
    serde_json::from_str(&did.out).unwrap_or_else(|e| panic!("{e}: {}", did.out))
}

#[test]
fn every_step_gets_a_line_and_none_hides_another() {
    let clone = clone();
    clone.has_every_state();
    let did = clone.learn(&["check", "--all"]);
    assert_eq!(did.code, 1, "{}", did.err);
    let third = &tests_of(&clone, "step4_operate")[2];
    let first = &tests_of(&clone, "step3_choose")[0];
    let all = tests_of(&clone, "step4_operate").len();
    let lines: Vec<&str> = did.out.lines().filter(|l| l.starts_with(['✓', '✗', '○'])).collect();
    let fault = format!("the fault is in exercises/{}/src/step3_choose.rs:53", OTHERS[0]);
    let other = format!("{fault}, which belongs to step 3 (04/choose)");
    let wanted = [
        "○ 02/predict    not committed: 0 of 6 questions answered".to_owned(),
        "✓ 02/calculate  holds".into(),
        format!("✗ 02/choose     {first} (0 of 5 tests hold): your code panicked: attempt to divide by zero"),
        format!("✗ 02/operate    {third} ({} of {all} tests hold)", all - 1),
        "○ 02/attack     not written yet".into(),
        format!("○ 04/predict    does not compile: {other}"),
        format!("○ 04/calculate  does not compile: {other}"),
        format!("○ 04/choose     does not compile: {fault}"),
        format!("○ 04/operate    does not compile: {other}"),
        format!("○ 04/attack     does not compile: {other}"),
        "✓ 08/predict    holds".into(),
        "✓ 08/calculate  holds".into(),
        "✓ 08/choose     holds".into(),
        "✓ 08/operate    holds".into(),
        "✓ 08/attack     holds".into(),
    ];
    assert_eq!(lines, wanted, "{}", did.out);
    assert!(
        did.out
            .contains("6 of 15 steps hold, 2 do not, 5 do not compile, 2 are not begun\n"),
        "{}",
        did.out
    );
    assert!(
        did.out.contains("`cargo learn check 02/choose` shows its verdict"),
        "{}",
        did.out
    );
    assert!(!did.out.contains(['\x1b', '\r']), "plain lines without a terminal");
    assert!(
        did.out
            .contains("· compiling 14 test programs …\n· judging 9 test programs …\n"),
        "{}",
        did.out
    );
    assert_eq!(did.err, "error: unclosed delimiter\n", "the compiler speaks for itself");

    // One call of cargo, which does not run what nothing is committed to.
    let log = fs::read_to_string(clone.path("fake/log")).unwrap();
    assert_eq!(log.lines().count(), 1, "{log}");
    assert!(
        log.contains("--keep-going") && log.contains("--package retry-storm"),
        "{log}"
    );

    // Tries and passes are remembered; what is not written or compiled was no try, nor is the same answer again.
    clone.learn(&["check", "02", "--all"]);
    let operate = clone.exercise("src/step4_operate.rs");
    let other = fs::read_to_string(&operate).unwrap() + "// another\n";
    fs::write(&operate, other).unwrap();
    clone.learn(&["check", "02", "--all"]);
    let list = clone.learn(&["list"]).out;
    let line = |step: &str| list.lines().find(|l| l.contains(step)).unwrap().to_owned();
    assert!(line("02/operate").ends_with("begun, 2 tries"), "{list}");
    assert!(
        line("02/calculate").ends_with(", 1 try") && line("08/operate").ends_with(", 1 try"),
        "{list}"
    );
    assert!(
        line("02/attack").ends_with("open") && line("04/choose").ends_with("open"),
        "{list}"
    );
    assert!(
        clone.progress().contains("[designs.08-coast-to-coast-failover.first]"),
        "{}",
        clone.progress()
    );
}

#[test]
fn a_sheet_is_never_committed_in_passing() {
    let clone = clone();
    let answered = clone.answer("[10, 20]");
    let did = clone.learn(&["check", "02", "--all"]);
    assert_eq!(did.code, 1);
    assert!(
        did.out.contains(
            "○ 02/predict    not committed: every question is answered, and `cargo learn check 02/predict` commits"
        ),
        "{}",
        did.out
    );
    assert_eq!(clone.sheet(), answered);
    let log = fs::read_to_string(clone.path("fake/log")).unwrap();
    assert!(
        !log.contains("step1_predict"),
        "nobody sees on which side a guess lies: {log}"
    );
    fs::write(
        clone.exercise("worksheet.toml"),
        answered.replace("first = []", "first = [10, 20]"),
    )
    .unwrap();
    let did = clone.learn(&["check", "02", "--all"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    assert!(
        did.out.contains("5 of 5 steps hold\n") && clone.progress().contains("committed = "),
        "{}",
        did.out
    );
    // A sheet that was put back, or whose commit was changed by hand, gets the recorded one again, as from `check` alone.
    let committed = clone.sheet();
    for other in [
        answered.clone(),
        committed.replacen("first = [10, 20]", "first = [600, 700]", 1),
    ] {
        fs::write(clone.exercise("worksheet.toml"), &other).unwrap();
        let did = clone.learn(&["check", "02", "--all"]);
        assert!(did.out.contains("a first commit is never changed"), "{}", did.out);
        assert_eq!((did.code, clone.sheet()), (0, committed.clone()));
    }
}

#[test]
fn what_is_broken_or_missing_is_named_and_hides_nothing() {
    let clone = clone();
    let broken = clone.sheet().replace("answer = []", "answer = [1 2]");
    fs::write(clone.exercise("worksheet.toml"), broken).unwrap();
    fs::remove_file(clone.exercise("tests/step4_operate.rs")).unwrap();
    fs::remove_dir_all(clone.path("exercises").join(OTHERS[1])).unwrap();
    let did = clone.learn(&["check", "--all"]);
    assert_eq!(did.code, 1, "{}", did.err);
    for line in [
        "○ 02/predict    cannot be judged: exercises/02-fan-out-search/worksheet.toml cannot be read, nothing was changed: line 12: `answer = [1 2]`: a comma is missing",
        "✓ 02/calculate  holds",
        "○ 02/operate    cannot be judged: exercises/02-fan-out-search/tests/step4_operate.rs is missing",
        "✓ 04/attack     holds",
        "○ 08/attack     cannot be judged: exercises/08-coast-to-coast-failover/Cargo.toml is missing",
    ] {
        assert!(did.out.contains(line), "{line}\n{}", did.out);
    }
    let log = fs::read_to_string(clone.path("fake/log")).unwrap();
    assert!(!log.contains("coast-to-coast"), "{log}");
}

#[test]
fn json_is_all_that_standard_output_holds() {
    let clone = clone();
    clone.has_every_state();
    let did = clone.learn(&["check", "--all", "--format", "json"]);
    assert_eq!(did.code, 1);
    let document = json(&did);
    assert_eq!(
        (&document["schema"], &document["holds"]),
        (&Value::from(1), &Value::from(false))
    );
    let steps = document["steps"].as_array().unwrap();
    let states: Vec<&str> = steps.iter().map(|s| s["state"].as_str().unwrap()).collect();
    assert_eq!(
        states[..7],
        [
            "not-committed",
            "holds",
            "fails",
            "fails",
            "not-written",
            "does-not-compile",
            "does-not-compile"
        ]
    );
    let operate = &steps[3];
    assert_eq!(operate["design"], DESIGN);
    assert_eq!(
        (operate["step"].as_str(), operate["kind"].as_str()),
        (Some("02/operate"), Some("operate"))
    );
    assert!(operate["minutes"].as_u64().unwrap() > 0);
    assert_eq!(
        (
            operate["tests"].as_u64(),
            operate["holding"].as_u64(),
            operate["tries"].as_u64()
        ),
        (Some(5), Some(4), Some(1))
    );
    let verdict = &operate["verdict"];
    assert_eq!(verdict["belief"], "no_budget");
    assert_eq!(verdict["observed"], "extra <38 %>\u{1b}[31m");
    for line in ["test", "kind", "assumes", "instead", "ask", "replay"] {
        assert!(verdict[line].is_string(), "{line}: {verdict}");
    }
    assert!(steps[1]["verdict"].is_null());
    assert!(
        did.err.contains("✓ 02/calculate  holds"),
        "people read it on standard error: {}",
        did.err
    );
}

#[test]
fn a_single_step_and_a_design_in_order_have_documents_too() {
    let clone = clone();
    let did = clone.learn(&["check", "02/operate", "--format", "json"]);
    assert_eq!(did.code, 0, "{}", did.err);
    let document = json(&did);
    assert_eq!(document["holds"], true);
    assert_eq!(document["steps"].as_array().unwrap().len(), 1);
    assert!(did.err.contains("✓ 02/operate"), "{}", did.err);
    let did = clone.learn(&["check", "02", "--format", "json"]);
    let document = json(&did);
    assert_eq!(
        (did.code, &document["steps"][0]["state"]),
        (1, &Value::from("not-committed"))
    );
    assert_eq!(document["steps"].as_array().unwrap().len(), 1, "it stops at the first");
    assert_eq!(document["steps"][0]["note"], "0 of 6 questions answered");
    let did = clone.learn(&["check", "02/predict", "--format", "junit"]);
    assert!(
        did.out.starts_with("<?xml") && did.out.contains("<skipped "),
        "{}",
        did.out
    );
    assert_eq!(clone.learn(&["check", "--format", "yaml"]).code, 2);
}

#[test]
fn junit_is_valid_whatever_a_program_prints() {
    let clone = clone();
    clone.has_every_state();
    let did = clone.learn(&["check", "--all", "--format", "junit"]);
    assert_eq!(did.code, 1);
    assert!(!did.out.contains('\x1b'), "XML has no place for it");
    for part in [
        "<testsuites name=\"cargo learn\" tests=\"15\" failures=\"2\" errors=\"5\" skipped=\"2\" ",
        "<testsuite name=\"02-fan-out-search\" tests=\"5\" failures=\"2\" errors=\"0\" skipped=\"2\" ",
        "observed                extra &lt;38 %&gt;\u{fffd}[31m\n",
        "<skipped message=\"not written yet\"/>",
        "<testcase name=\"08/attack\" classname=\"08-coast-to-coast-failover\" ",
    ] {
        assert!(did.out.contains(part), "{part}\n{}", did.out);
    }
    // Every element that is opened is closed, in order.
    let mut open: Vec<&str> = Vec::new();
    for tag in did.out.split('<').skip(1).map(|t| t.split_once('>').unwrap().0) {
        let name = tag.split(' ').next().unwrap();
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed));
        } else if !tag.ends_with(['/', '?']) {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn ctrl_c_leaves_no_child_and_records_nothing() {
    for compiling in [true, false] {
        let clone = clone();
        if compiling {
            fs::write(clone.path("fake/sleeps"), "").unwrap();
        } else {
            clone.script("fake/program", "#!/bin/sh\necho $$ >> \"$FAKE/pids\"\nexec sleep 60\n");
        }
        let child = clone
            .command(clone.folder.path(), &["check", "08", "--all"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let pids = || fs::read_to_string(clone.path("fake/pids")).unwrap_or_default();
        let begun = Instant::now();
        while !pids().ends_with('\n') {
            assert!(begun.elapsed() < Duration::from_secs(15), "nothing was started");
            std::thread::sleep(Duration::from_millis(20));
        }
        let kill = |how: &str, id: &str| {
            Command::new("kill")
                .args([how, id])
                .stderr(Stdio::null())
                .status()
                .unwrap()
                .success()
        };
        assert!(kill("-INT", &child.id().to_string()));
        let done = child.wait_with_output().unwrap();
        assert!(begun.elapsed() < Duration::from_secs(15), "it waited for its children");
        assert_eq!(done.status.code(), Some(2));
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(said, "error: stopped; nothing was recorded\n");
        for id in pids().lines() {
            assert!(!kill("-0", id), "{id} still runs");
        }
        assert!(!clone.path(".learn/progress.toml").exists());
    }
}

#[test]
fn a_fault_in_another_step_s_file_is_said_where_it_is() {
    let clone = clone();
    clone.has_every_state();
    let check = |step: &str| clone.learn(&["check", step]);
    let fault = format!("the fault is in exercises/{}/src/step3_choose.rs:53", OTHERS[0]);
    let did = check("04/operate");
    assert_eq!(did.code, 1, "{}", did.err);
    let wanted = format!(
        "○ 04/operate  does not compile: {fault}, which belongs to step 3 (04/choose); cargo compiles the whole crate, so 04/operate waits for it\n"
    );
    assert!(did.out.ends_with(&wanted), "{}", did.out);
    // In its own step there is nothing to explain.
    let own = check("04/choose");
    let wanted = format!("○ 04/choose  does not compile: {fault}\n");
    assert!(own.out.ends_with(&wanted), "{}", own.out);
    assert_eq!(own.err, "", "what cargo was asked a second time is not shown");
}
