//! A check on every save, and none without one.

use crate::all::CARGO;
use crate::clone::{Clone, DESIGN};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A watcher whose output can be waited for.
struct Watcher {
    child: Child,
    lines: std::sync::mpsc::Receiver<String>,
    seen: Vec<String>,
}

impl Watcher {
    fn start(clone: &Clone, arguments: &[&str]) -> Watcher {
        let mut child = clone
            .command(clone.folder.path(), arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (send, lines) = std::sync::mpsc::channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        Watcher { child, lines, seen: Vec::new() }
    }

    /// Waits for a line that holds `text`.
    fn until(&mut self, text: &str) {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(20) {
            if let Ok(line) = self.lines.recv_timeout(Duration::from_millis(100)) {
                let found = line.contains(text);
                self.seen.push(line);
                if found {
                    return;
                }
            }
        }
        panic!("no {text:?} in {:#?}", self.seen);
    }

    /// What is printed within this time.
    fn within(&mut self, time: Duration) -> Vec<String> {
        std::thread::sleep(time);
        self.lines.try_iter().collect()
    }

    fn types(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    fn ends(mut self) -> i32 {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap_or(-1);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it does not end");
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_watcher_checks_each_save_once() {
    let clone = Clone::new();
    clone.plays("test a ... ok\ntest result: ok\n", 0, &[]);
    let mut watcher = Watcher::start(&clone, &["watch"]);
    watcher.until("Nothing is frozen");
    assert_eq!(clone.calls(), 0);
    clone.answer("[10, 20]");
    watcher.until("committed: your");
    watcher.until("next: 02/calculate");
    watcher.until("cargo learn check 02/calculate");
    // Its own write of the first commit, a touched file and noise beside the sources start nothing.
    let source = clone.exercise("src/step2_calculate.rs");
    let text = fs::read_to_string(&source).unwrap();
    fs::write(&source, &text).unwrap();
    for _ in 0..10 {
        let mut log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(clone.exercise("log.txt"))
            .unwrap();
        writeln!(log, "growing").unwrap();
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut noise = watcher.within(Duration::from_millis(1_500));
    noise.retain(|l| !l.is_empty() && !l.contains("h\u{a0}hint"));
    assert_eq!((clone.calls(), noise.len()), (1, 0), "{noise:?}");
    // A save of content is one check.
    fs::write(&source, format!("{text}\n// mine\n")).unwrap();
    watcher.until("next: 02/choose");
    assert_eq!(clone.calls(), 2);
    watcher.types("h");
    watcher.until("02/choose  hint 1 of 3");
    watcher.types("l");
    watcher.until("✓ 02/calculate");
    watcher.types("");
    watcher.until("next: 02/operate");
    watcher.types("q");
    assert_eq!(watcher.ends(), 0);
}

#[test]
fn a_watcher_goes_on_after_a_broken_sheet_and_ends_at_ctrl_c() {
    let clone = Clone::new();
    let mut watcher = Watcher::start(&clone, &["watch", "02/predict"]);
    watcher.until("Nothing is frozen");
    let good = clone.sheet();
    fs::write(
        clone.exercise("worksheet.toml"),
        good.replacen("answer = []", "answer = [1,", 1),
    )
    .unwrap();
    watcher.until("error: ");
    fs::write(clone.exercise("worksheet.toml"), good).unwrap();
    watcher.until("Nothing is frozen");
    let id = watcher.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(watcher.ends(), 0);
}

#[test]
fn a_watcher_judges_all_steps_and_goes_on() {
    let clone = Clone::new();
    fs::write(clone.exercise("Cargo.toml"), "").unwrap();
    clone.script("fake/cargo", CARGO);
    clone.plays("test a ... ok\ntest result: ok\n", 0, &[]);
    let mut watcher = Watcher::start(&clone, &["watch"]);
    watcher.until("Nothing is frozen");
    watcher.types("a");
    watcher.until("4 of 5 steps hold, 1 is not begun");
    // A second time, and with a cargo that is of no use: it says so and goes on.
    watcher.types("a");
    watcher.until("4 of 5 steps hold, 1 is not begun");
    clone.script("fake/cargo", "#!/bin/sh\nexit 101\n");
    watcher.types("a");
    watcher.until("error: cargo could not build the tests");
    watcher.types("l");
    watcher.until("✓ 02/operate");
    watcher.types("q");
    assert_eq!(watcher.ends(), 0);
}

/// A cargo that takes its time before it answers.
const SLOW_CARGO: &str = r#"#!/bin/sh
echo "$@" >> "$FAKE/log"
sleep 1
while [ "$1" != "--test" ]; do shift; done
echo "{\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"$2\"},\"executable\":\"$FAKE/program\"}"
echo '{"reason":"build-finished","success":true}'
"#;

#[test]
fn one_save_is_one_check_however_an_editor_writes() {
    let clone = Clone::new();
    clone.script("fake/cargo", SLOW_CARGO);
    clone.plays("test a ... FAILED\ntest result: FAILED\n", 101, &[]);
    let source = clone.exercise("src/step4_operate.rs");
    let text = fs::read_to_string(&source).unwrap();
    let mut watcher = Watcher::start(&clone, &["watch", "02/operate"]);
    // The check with which it begins: an editor that moves the file away for a moment, or empties it, changes no answer.
    watcher.until("compiling and judging");
    std::thread::sleep(Duration::from_millis(300));
    let away = clone.exercise("src/step4_operate.rs~");
    let gap = || std::thread::sleep(Duration::from_millis(50));
    fs::rename(&source, &away).unwrap();
    gap();
    fs::write(&source, "").unwrap();
    gap();
    fs::write(&source, &text).unwrap();
    watcher.until("failed without a word");
    assert_eq!(clone.calls(), 1, "{:#?}", watcher.seen);
    // One save in several steps while nothing runs.
    let saves = |n: usize| {
        fs::rename(&source, &away).unwrap();
        gap();
        fs::write(&source, "").unwrap();
        gap();
        fs::write(&source, format!("{text}\n// {n}\n")).unwrap();
    };
    let begun = Instant::now();
    saves(1);
    watcher.until("failed without a word");
    // The sleep of that cargo is no part of what a save waits for.
    assert!(begun.elapsed() < Duration::from_millis(3_000));
    assert_eq!(clone.calls(), 2, "{:#?}", watcher.seen);
    assert!(
        !watcher.seen.iter().any(|l| l.contains("saved again")),
        "{:#?}",
        watcher.seen
    );
    // A second answer during a check is checked, too.
    saves(2);
    watcher.until("compiling and judging");
    std::thread::sleep(Duration::from_millis(200));
    saves(3);
    watcher.until("saved again");
    watcher.until("failed without a word");
    assert_eq!(clone.calls(), 4, "{:#?}", watcher.seen);
    watcher.types("q");
    assert_eq!(watcher.ends(), 0);
}

#[test]
fn the_keys_stand_below_each_task_once() {
    let clone = Clone::new();
    let mut watcher = Watcher::start(&clone, &["watch"]);
    watcher.until("h\u{a0}hint");
    watcher.until("Nothing is frozen");
    for step in ["02/calculate", "02/choose"] {
        watcher.types("n");
        watcher.until(&format!("cargo learn check {step}"));
        watcher.until("h\u{a0}hint");
        let more = watcher.within(Duration::from_millis(200));
        assert!(!more.iter().any(|l| l.contains("h\u{a0}hint")), "{more:?}");
    }
    watcher.types("q");
    assert_eq!(watcher.ends(), 0);
}

#[test]
fn a_save_of_another_step_goes_there() {
    let clone = Clone::new();
    clone.plays("test a ... FAILED\ntest result: FAILED\n", 101, &[]);
    let mut watcher = Watcher::start(&clone, &["watch", "02/operate"]);
    watcher.until("failed without a word");
    let source = clone.exercise("src/step2_calculate.rs");
    let text = fs::read_to_string(&source).unwrap();
    fs::write(&source, format!("{text}\n// mine\n")).unwrap();
    watcher.until("cargo learn check 02/calculate");
    watcher.until("✗ 02/calculate");
    // From there it goes on as ever.
    fs::write(&source, format!("{text}\n// mine again\n")).unwrap();
    watcher.until("✗ 02/calculate");
    watcher.types("q");
    assert_eq!(watcher.ends(), 0);
    assert!(clone.progress().contains("calculate\""), "{}", clone.progress());
}

#[test]
fn the_last_step_of_a_design_says_that_it_is_solved_and_what_is_open_now() {
    let clone = Clone::new();
    let solved: String = ["predict", "calculate", "choose", "operate"]
        .iter()
        .map(|step| format!("[steps.\"{DESIGN}/{step}\"]\nsolved = \"2026-01-02T03:04:05Z\"\n"))
        .collect();
    fs::create_dir_all(clone.path(".learn")).unwrap();
    fs::write(clone.path(".learn/progress.toml"), format!("schema = 1\n{solved}")).unwrap();
    clone.plays("test a ... ok\ntest result: ok\n", 0, &[]);
    for arguments in [&["watch"][..], &["watch", "02/attack"]] {
        let mut watcher = Watcher::start(&clone, arguments);
        watcher.until("✓ 02/attack");
        watcher.until("Design 02 is solved. The debrief awaits you");
        watcher.until("next: 04/predict");
        watcher.types("q");
        assert_eq!(watcher.ends(), 0);
        fs::write(clone.path(".learn/progress.toml"), format!("schema = 1\n{solved}")).unwrap();
    }
}

#[test]
fn a_step_that_was_asked_for_leads_on_to_the_next() {
    let clone = Clone::new();
    clone.answer("[10, 20]");
    clone.plays("test a ... ok\ntest result: ok\n", 0, &[]);
    let mut watcher = Watcher::start(&clone, &["watch", "02/predict"]);
    watcher.until("✓ 02/predict");
    watcher.until("next: 02/calculate");
    watcher.types("q");
    assert_eq!(watcher.ends(), 0);
}

#[test]
fn a_solved_step_that_falls_is_open_again() {
    let clone = Clone::new();
    clone.plays("test a ... ok\ntest result: ok\n", 0, &[]);
    assert_eq!(clone.learn(&["check", "02/operate"]).code, 0);
    let when = clone.progress();
    clone.plays("test a ... FAILED\ntest result: FAILED\n", 101, &[]);
    assert_eq!(clone.learn(&["check", "02/operate"]).code, 1);
    let list = clone.learn(&["list"]).out;
    let line = list.lines().find(|l| l.contains("02/operate")).unwrap();
    assert!(line.contains("✗") && line.contains("fails now"), "{line}");
    assert!(clone.learn(&["next"]).out.contains("02/operate"));
    // It holds again: the record is as it was.
    clone.plays("test a ... ok\ntest result: ok\n", 0, &[]);
    assert_eq!(clone.learn(&["check", "02/operate"]).code, 0);
    assert_eq!(clone.progress(), when);
}
