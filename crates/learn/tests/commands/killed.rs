//! Whatever ends the program, and whenever: no answer is lost and the record is whole.

use crate::clone::Clone;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Moments within `longest`: they differ, and their order is the same in every run.
fn moments(n: u64, longest: Duration) -> impl Iterator<Item = Duration> {
    let mut state = 1_u64;
    (0..n).map(move |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        longest.mul_f64((state >> 33) as f64 / (1_u64 << 31) as f64)
    })
}

#[test]
fn killed_at_200_moments_no_answer_is_lost_and_no_record_is_damaged() {
    let clone = Clone::new();
    let answered = clone.answer("[10, 20.5]");
    clone.plays("test a ... ok\ntest result: ok\n", 0, &[]);
    let work: [&[&str]; 4] = [
        &["check", "02/predict"],
        &["hint", "02/operate"],
        &["check", "02/calculate"],
        &["hint", "02/choose"],
    ];
    // A slow machine needs longer: some runs are to end by themselves, most are not.
    let begun = Instant::now();
    for arguments in work {
        clone.learn(arguments);
    }
    let longest = begun.elapsed() / work.len() as u32 * 3 / 2;
    let (mut ended, mut hints) = (0, 0);
    for (i, wait) in moments(200, longest).enumerate() {
        // Now and then the sheet is as it was before its commit, so that the commit is what is interrupted.
        if i % 20 == 0 {
            std::fs::write(clone.exercise("worksheet.toml"), &answered).unwrap();
        }
        let mut child = clone
            .command(clone.folder.path(), work[i % work.len()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(wait);
        ended += i32::from(child.try_wait().unwrap().is_some());
        child.kill().unwrap();
        child.wait().unwrap();
        let sheet = clone.sheet();
        assert!(
            sheet == answered || sheet == answered.replace("first = []", "first = [10, 20.5]"),
            "after {i}: {sheet}"
        );
        let names: Vec<String> = std::fs::read_dir(clone.path(".learn"))
            .into_iter()
            .flatten()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        assert!(!names.iter().any(|n| n.contains("damaged")), "after {i}: {names:?}");
        // What was recorded stays: hints never become fewer.
        let now = clone.progress().matches("hints = ").count();
        assert!(now >= hints, "after {i}: {}", clone.progress());
        hints = now;
    }
    assert!(
        (1..200).contains(&ended),
        "{ended} of 200 had ended by themselves: the moments prove nothing"
    );
    // Everything goes on from there, and what killed programs left is swept.
    let did = clone.learn(&["check", "02/predict"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    assert!(did.err.is_empty(), "{}", did.err);
    let left = std::fs::read_dir(clone.path(".learn")).unwrap();
    let left: Vec<String> = left.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|n| n.ends_with(".tmp")), "{left:?}");
}

#[test]
fn where_nothing_can_be_written_nothing_is_lost_and_it_is_said() {
    let clone = Clone::new();
    let answered = clone.answer("[10, 20.5]");
    // As on a full disk: every write to a file fails; pipes and the terminal still work.
    let learn = env!("CARGO_BIN_EXE_learn");
    let mut command = clone.command(clone.folder.path(), &[]);
    let environment: Vec<_> = command
        .get_envs()
        .map(|(k, v)| (k.to_owned(), v.map(ToOwned::to_owned)))
        .collect();
    command = std::process::Command::new("/bin/sh");
    command
        .args([
            "-c",
            &format!("trap '' XFSZ; ulimit -f 0; exec '{learn}' check 02/predict"),
        ])
        .current_dir(clone.folder.path())
        .stdin(Stdio::null());
    for (key, value) in environment {
        match value {
            Some(value) => command.env(key, value),
            None => command.env_remove(key),
        };
    }
    let did = crate::clone::did(&mut command);
    assert_eq!(did.code, 2, "{}{}", did.out, did.err);
    assert!(did.err.contains("room on the disk"), "{}", did.err);
    assert_eq!(clone.sheet(), answered);
    let left = std::fs::read_dir(clone.exercise("")).unwrap();
    assert!(
        left.flatten()
            .all(|e| !e.file_name().to_string_lossy().ends_with(".tmp"))
    );
}
