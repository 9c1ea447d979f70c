//! In a terminal: single keys, colour, and a terminal that is left as it was.

use crate::clone::Clone;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcgetattr, tcsetwinsize};
use std::fs::{File, OpenOptions};
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
    t.until("means nothing here: h hint");
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
    let shown = |l: &str| {
        // What stands in a link's address takes no room.
        let text: String = l
            .split("\x1b]8;;")
            .map(|p| p.split_once("\x1b\\").map_or(p, |(_, shown)| shown))
            .collect();
        text.trim_end().chars().count()
    };
    assert!(task.lines().all(|l| shown(l) <= 60), "{task:?}");
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
