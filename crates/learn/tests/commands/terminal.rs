//! In a terminal: single keys, colour, and a terminal that is left as it was.

use crate::clone::{Clone, DESIGN, results, tests_of, verdict};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcgetattr, tcsetwinsize};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::process::Child;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// A program in a terminal of its own.
struct Terminal {
    child: Child,
    keyboard: File,
    /// The program's side, to look at its settings.
    inner: File,
    screen: Receiver<String>,
    seen: String,
}

impl Terminal {
    fn start(clone: &Clone, columns: u16, arguments: &[&str], settings: &[(&str, &str)]) -> Terminal {
        let outer = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&outer).unwrap();
        unlockpt(&outer).unwrap();
        let name = ptsname(&outer, Vec::new()).unwrap().into_string().unwrap();
        let inner = OpenOptions::new().read(true).write(true).open(name).unwrap();
        let size = Winsize { ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&outer, size).unwrap();
        let side = || inner.try_clone().unwrap();
        let child = clone
            .command(clone.folder.path(), arguments)
            .env("TERM", "xterm-256color")
            .env_remove("NO_COLOR")
            .env_remove("COLUMNS")
            .envs(settings.iter().copied())
            .stdin(side())
            .stdout(side())
            .stderr(side())
            .spawn()
            .unwrap();
        let keyboard = File::from(outer);
        let mut from = keyboard.try_clone().unwrap();
        let (send, screen) = mpsc::channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = from.read(&mut bytes) {
                if send.send(String::from_utf8_lossy(&bytes[..n]).into_owned()).is_err() {
                    return;
                }
            }
        });
        Terminal { child, keyboard, inner, screen, seen: String::new() }
    }

    /// Waits until `text` was shown since the last wait that was for something.
    fn until(&mut self, text: &str) -> String {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(20) {
            if let Some(at) = self.seen.find(text) {
                let rest = self.seen.split_off(at + text.len());
                return std::mem::replace(&mut self.seen, rest);
            }
            if let Ok(more) = self.screen.recv_timeout(Duration::from_millis(50)) {
                self.seen += &more;
            }
        }
        panic!("no {text:?} in {:?}", self.seen);
    }

    fn presses(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    fn echoes(&self) -> bool {
        use rustix::termios::LocalModes;
        let modes = tcgetattr(&self.inner).unwrap().local_modes;
        assert_eq!(modes.contains(LocalModes::ECHO), modes.contains(LocalModes::ICANON));
        modes.contains(LocalModes::ECHO)
    }

    fn ends(&mut self) -> i32 {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap_or(-1);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it does not end: {:?}", self.seen);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn plain_learn_shows_the_task_and_watches_with_single_keys() {
    let clone = Clone::new();
    let mut t = Terminal::start(&clone, 100, &[], &[]);
    let task = t.until("watching");
    assert!(
        task.contains("02/predict") && task.contains("\x1b]8;;file://"),
        "{task:?}"
    );
    t.until("Nothing is frozen");
    assert!(!t.echoes(), "a key is taken as it is pressed");
    t.presses("h");
    t.until("hint 1 of 3");
    t.presses("h");
    t.until("hint 2 of 3");
    t.presses("\x1b[A\x1b[5~"); // arrow up, page up
    t.presses("l");
    t.until("→ 02/predict");
    t.presses("n");
    t.until("02/calculate");
    t.until("cargo learn check 02/calculate");
    t.presses("x");
    t.until("means nothing here: h\u{a0}hint");
    t.presses("o");
    t.until("cargo book");
    t.presses("q");
    t.until("Your place is kept");
    assert_eq!(t.ends(), 0);
    assert!(t.echoes(), "the terminal is as it was");
    let next = clone.learn(&["next"]);
    assert!(next.out.contains("02/calculate"), "its place was kept: {}", next.out);
}

#[test]
fn a_check_that_takes_long_ends_with_the_q_that_is_pressed() {
    let clone = Clone::new();
    clone.answer("[10, 20]");
    clone.script("fake/cargo", "#!/bin/sh\nexec sleep 30\n");
    let mut t = Terminal::start(&clone, 100, &["watch"], &[]);
    t.until("compiling and judging");
    let begun = Instant::now();
    t.presses("q");
    assert_eq!(t.ends(), 0);
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(t.echoes());
}

#[test]
fn ctrl_c_leaves_the_terminal_as_it_was() {
    let clone = Clone::new();
    let mut t = Terminal::start(&clone, 100, &[], &[]);
    t.until("Nothing is frozen");
    let id = rustix::process::Pid::from_child(&t.child);
    rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
    assert_eq!(t.ends(), 0);
    assert!(t.echoes());
}

#[test]
fn a_narrow_terminal_breaks_lines_between_words_and_colour_can_be_off() {
    let clone = Clone::new();
    let mut t = Terminal::start(&clone, 60, &["next"], &[("NO_COLOR", "1")]);
    let task = t.until("check  cargo learn");
    assert!(!task.contains("\x1b["), "{task:?}");
    assert!(lines(&task).iter().all(|l| l.chars().count() <= 60), "{task:?}");
    assert_eq!(t.ends(), 0);
}

/// The lines as they are seen: what stands in a link's address takes no room.
fn lines(text: &str) -> Vec<String> {
    let shown = |l: &str| -> String {
        l.split("\x1b]8;;")
            .map(|p| p.split_once("\x1b\\").map_or(p, |(_, shown)| shown))
            .collect::<String>()
            .trim_end()
            .to_owned()
    };
    text.lines().map(shown).collect()
}

#[test]
fn a_narrow_terminal_has_no_line_that_is_too_long_for_it() {
    let clone = Clone::new();
    let tests = tests_of(&clone, "step4_operate");
    let solved = "2026-01-02T03:04:05Z";
    fs::create_dir_all(clone.path(".learn")).unwrap();
    let record = format!("schema = 1\n\n[steps.\"{DESIGN}/operate\"]\ntries = 12\nhints = 3\nsolved = \"{solved}\"\n");
    fs::write(clone.path(".learn/progress.toml"), record).unwrap();
    let shows = |columns: u16, arguments: &[&str]| {
        let mut t = Terminal::start(&clone, columns, arguments, &[("NO_COLOR", "1")]);
        t.ends();
        // What is on its way is still to be read.
        while let Ok(more) = t.screen.recv_timeout(Duration::from_millis(200)) {
            t.seen += &more;
        }
        lines(&t.seen)
    };
    let (name, text) = verdict(
        "step4_operate",
        &tests[1],
        "in a storm 38 % more requests, and 7 ms longer",
    );
    clone.plays(&results(&tests, &[&tests[1]]), 101, &[(&name, text)]);
    for arguments in [
        &["list"][..],
        &["check"],
        &["check", "02/operate"],
        &["hint", "02/operate"],
        &["worksheet", "02"],
        &["lab", "02", "--knobs"],
        &["lab", "02", "nope=1"],
        &["check", "77"],
        &["report"],
        &["reset", "02/operate"],
        &["calibration"],
        &["check", "--help"],
    ] {
        for columns in [60, 80] {
            let shown = shows(columns, arguments);
            assert!(shown.len() > 1 || shown[0].contains("nothing"), "{shown:?}");
            // A path stays whole, however long it is.
            for line in shown.iter().filter(|l| l.trim().contains(' ')) {
                assert!(
                    line.chars().count() <= usize::from(columns),
                    "{arguments:?} at {columns}: {line:?}"
                );
            }
        }
    }
    let verdict = shows(60, &["check", "02/operate"]);
    assert!(verdict.contains(&"  what happened instead".to_owned()), "{verdict:#?}");
    let verdict = shows(80, &["check", "02/operate"]);
    assert!(
        verdict.contains(&"  what happened instead   every leaf was slow".to_owned()),
        "{verdict:#?}"
    );
    // Every place that waits to be written, at 60 columns.
    let todo = format!(
        "{}\n---- {} stdout ----\n\nthread 'x' (1) panicked at exercises/{DESIGN}/src/step4_operate.rs:9:9:\nnot yet implemented: step 4\n",
        results(&tests, &tests.iter().collect::<Vec<_>>()),
        tests[0]
    );
    clone.plays(&todo, 101, &[]);
    let waits = shows(60, &["check", "02/operate"]);
    assert!(waits.iter().any(|l| l.contains("not written yet")), "{waits:#?}");
    assert!(waits.iter().all(|l| l.chars().count() <= 60), "{waits:#?}");
}

#[test]
fn the_page_s_address_stands_whole_on_a_line_of_its_own() {
    let clone = Clone::new();
    let mut t = Terminal::start(&clone, 60, &[], &[]);
    t.until("Nothing is frozen");
    t.presses("o");
    let page = format!("/designs/{DESIGN}/exercise.html");
    let said = t.until(&format!("{page}\x1b]8;;\x1b\\"));
    let lines = lines(&said);
    let address = lines.last().unwrap();
    assert!(
        address.starts_with("http://") || address.starts_with("file://"),
        "{said:?}"
    );
    assert!(address.ends_with(&page), "{said:?}");
    t.presses("q");
    assert_eq!(t.ends(), 0);
}

#[test]
fn learn_goes_on_at_the_step_that_was_worked_on_last() {
    let clone = Clone::new();
    clone.adds("04-retry-storm");
    assert_eq!(clone.learn(&["hint", "04/operate"]).code, 0);
    let did = clone.learn(&[]);
    assert!(did.out.contains("04/operate"), "{}", did.out);
    assert!(
        did.out.contains("cargo learn watch"),
        "without a terminal nothing waits: {}",
        did.out
    );
}

#[test]
fn once_checks_and_ends() {
    let clone = Clone::new();
    let did = clone.learn(&["--once"]);
    assert_eq!(did.code, 1, "{}", did.err);
    assert!(
        did.out.contains("open ") && did.out.contains("not committed"),
        "{}",
        did.out
    );
    clone.answer("[10, 20]");
    clone.plays("test a ... ok\ntest result: ok\n", 0, &[]);
    let did = clone.learn(&["--once"]);
    assert_eq!(did.code, 0, "{}", did.err);
    assert!(did.out.contains("✓ 02/predict"), "{}", did.out);
}
