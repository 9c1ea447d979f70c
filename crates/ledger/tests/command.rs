//! The program: exit codes, its table, its JSON, and entries from elsewhere.

use std::path::Path;
use std::process::{Command, Output};

const GOOD: &str = "[[entry]]\nid = \"mine\"\ntitle = \"Mine\"\nsource = \"anybody\"\nseen = \"primary\"\n[[entry.run]]\n\
    model = \"queueing.littles_law\"\ninputs = { rate = \"30 per second\", time = \"0.2 s\" }\n[[entry.run.check]]\n\
    output = \"inside\"\npublished = 6\ntolerance = \"exact\"\n";

fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ledger"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

fn code(out: &Output) -> Option<i32> {
    out.status.code()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// The program on a file with this text.
fn with(entry: &str, more: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("mine.toml"), entry).unwrap();
    run(&[&["--file", "mine.toml"], more].concat(), dir.path())
}

#[test]
fn a_file_from_elsewhere_is_recomputed() {
    let out = with(GOOD, &[]);
    assert_eq!(code(&out), Some(0));
    let table = text(&out.stdout);
    assert!(table.contains("mine · Mine") && table.contains("agrees"), "{table}");
    assert!(
        table.contains("queueing.littles_law(rate = 30 per second, time = 0.2 s)"),
        "{table}"
    );
    assert!(table.contains("1 entry, 1 values: 1 reproduced"), "{table}");
}

#[test]
fn a_value_out_of_tolerance_makes_the_exit_code_1() {
    let out = with(&GOOD.replace("published = 6", "published = 7"), &[]);
    assert_eq!(code(&out), Some(1));
    assert!(text(&out.stdout).contains("OUT OF TOLERANCE"));
}

#[test]
fn a_marked_miss_is_shown_with_its_reason_and_passes() {
    let marked = GOOD
        .replace("published = 6", "published = 7")
        .replace("\"exact\"\n", "\"exact\"\nfails = \"one thread is spare.\"\n");
    let out = with(&marked, &[]);
    assert_eq!(code(&out), Some(0));
    let table = text(&out.stdout);
    assert!(
        table.contains("NOT REPRODUCED") && table.contains("because one thread is spare."),
        "{table}"
    );
}

#[test]
fn what_cannot_be_read_makes_the_exit_code_2_and_names_file_and_line() {
    for (from, to, says) in [
        (
            "0.2 s",
            "0.2 %",
            "mine.toml:8: queueing.littles_law: time is in ms, but “0.2 %” is not",
        ),
        (
            "littles_law",
            "little",
            "mine.toml:7: no model or experiment “queueing.little”; there is queueing.",
        ),
        (
            "time =",
            "tmie =",
            "mine.toml:8: queueing.littles_law has no input “tmie”; there is time",
        ),
    ] {
        let out = with(&GOOD.replace(from, to), &[]);
        assert_eq!(code(&out), Some(2), "{to}");
        let said = text(&out.stderr);
        assert!(said.contains(says), "{said}");
    }
    assert_eq!(code(&run(&["--file", "nowhere.toml"], Path::new("."))), Some(2));
}

#[test]
fn json_has_numbers_and_verdicts() {
    let out = with(GOOD, &["--json"]);
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let check = &json["entries"][0]["runs"][0]["checks"][0];
    assert_eq!(check["recomputed_value"], 6.0);
    assert_eq!(check["verdict"], "agrees");
    assert_eq!(json["entries"][0]["state"], "reproduced");
}

#[test]
fn one_entry_can_be_chosen_and_a_wrong_id_is_named() {
    assert_eq!(code(&with(GOOD, &["--id", "mine"])), Some(0));
    let out = with(GOOD, &["--id", "mien"]);
    assert_eq!(code(&out), Some(2));
    assert!(text(&out.stderr).contains("no entry “mien”; there is mine"));
}

#[test]
fn the_repositorys_entries_are_found_from_any_folder_in_it() {
    let out = run(&["--id", "tail-at-scale-fanout"], Path::new(env!("CARGO_MANIFEST_DIR")));
    assert_eq!(code(&out), Some(0), "{}", text(&out.stderr));
    let elsewhere = tempfile::tempdir().unwrap();
    let out = run(&[], elsewhere.path());
    assert_eq!(code(&out), Some(2));
    assert!(text(&out.stderr).contains("name a file with --file"));
}

#[test]
fn the_models_are_listed_with_inputs_and_units() {
    let out = run(&["--models", "tails.any"], Path::new("."));
    let list = text(&out.stdout);
    assert!(
        list.contains("in   slow · Chance that one part is slow · %, 0 to 100"),
        "{list}"
    );
    assert!(list.contains("out  any"), "{list}");
    assert_eq!(code(&run(&["--models", "nothing"], Path::new("."))), Some(2));
}
