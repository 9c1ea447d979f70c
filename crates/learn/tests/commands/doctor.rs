//! What could stand in the way, and a branch for one's answers.

use crate::clone::{Clone, DESIGN, Did, copy, did, offered};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A cargo that says its version and has everything downloaded.
const CARGO: &str = "#!/bin/sh\ncase \"$1\" in --version) echo 'cargo 1.99.0 (x)';; fetch) exit 0;; *) exit 9;; esac\n";

/// A clone in which nothing is amiss.
fn clone() -> Clone {
    let clone = Clone::new();
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for design in offered() {
        let folder = design.manifest().unwrap().folder();
        clone.adds(&folder);
        let starter = Path::new("exercises").join(folder).join(".starter");
        copy(&here.join(&starter), &clone.folder.path().join(&starter));
    }
    copy(&here.join(".vscode"), &clone.path(".vscode"));
    clone.script("fake/cargo", CARGO);
    clone
}

/// The line about something, with how to mend it.
fn line<'a>(did: &'a Did, about: &str) -> Vec<&'a str> {
    let names = |l: &str| l.chars().skip(2).collect::<String>().starts_with(about);
    let mut lines = did.out.lines().skip_while(|l| !names(l));
    let first = lines.next().unwrap_or_else(|| panic!("{about}: {}", did.out));
    std::iter::once(first)
        .chain(lines.take_while(|l| l.trim_start().starts_with('→')))
        .collect()
}

#[test]
fn nothing_amiss() {
    let clone = clone();
    let did = clone.learn(&["doctor"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    assert!(!did.out.contains('✗'), "{}", did.out);
    for about in [
        "Rust",
        "linker",
        "downloads",
        "folders",
        "record",
        "starters",
        "editor",
        "git",
    ] {
        assert!(line(&did, about)[0].starts_with('✓'), "{about}: {}", did.out);
    }
    assert!(line(&did, "git")[0].contains("an archive without git"), "{}", did.out);
    assert!(!clone.path(".learn").exists(), "looking writes nothing");
    assert_eq!(
        fs::read_dir(clone.exercise("src")).unwrap().count(),
        5,
        "nothing is left behind"
    );
}

#[test]
fn each_thing_amiss_says_how_to_mend_it() {
    let clone = clone();
    clone.script(
        "fake/cargo",
        &CARGO
            .replace("1.99.0", "1.80.1")
            .replace("exit 0", "echo 'error: offline' >&2; exit 1"),
    );
    fs::remove_file(clone.exercise(".starter/worksheet.toml")).unwrap();
    fs::remove_dir_all(clone.path(".vscode")).unwrap();
    fs::create_dir_all(clone.path(".learn")).unwrap();
    fs::write(clone.path(".learn/progress.toml"), "schema = 99\n").unwrap();
    let sheet = clone.exercise("worksheet.toml");
    let mut locked = fs::metadata(&sheet).unwrap().permissions();
    locked.set_readonly(true);
    fs::set_permissions(&sheet, locked).unwrap();
    let did = clone.learn(&["doctor"]);
    assert_eq!(did.code, 1, "{}{}", did.out, did.err);
    for (about, mark, says, mend) in [
        ("Rust", '✗', "cargo is 1.80.1; 1.95 or newer", "rustup update"),
        ("downloads", '!', "error: offline", "cargo fetch --locked"),
        ("folders", '✗', "worksheet.toml is read-only", "chmod u+w"),
        ("record", '✗', "schema = 99", "answers"),
        ("starters", '✗', DESIGN, "fresh download"),
        ("editor", '!', "settings.json is missing", "fresh download"),
    ] {
        let lines = line(&did, about);
        assert!(
            lines[0].starts_with(mark) && lines[0].contains(says),
            "{about}: {}",
            did.out
        );
        assert!(lines[1].contains(mend), "{about}: {}", did.out);
    }
    assert!(did.out.contains("4 things stand in the way"), "{}", did.out);
}

#[test]
fn folders_that_cannot_be_written_are_named() {
    let clone = clone();
    // A file where a folder belongs stops even who may write everywhere.
    fs::remove_dir_all(clone.exercise("src")).unwrap();
    fs::write(clone.exercise("src"), "").unwrap();
    fs::write(clone.path("file"), "").unwrap();
    let did = did(clone
        .command(clone.folder.path(), &["doctor"])
        .env("DSR_LEARN_DIR", clone.path("file/records"))
        .env("TMPDIR", clone.path("file")));
    assert_eq!(did.code, 1, "{}", did.err);
    for says in [&format!("exercises/{DESIGN}/src is missing"), "DSR_LEARN_DIR", "TMPDIR"] {
        assert!(did.out.contains(says), "{says}: {}", did.out);
    }
}

#[test]
fn without_a_compiler_or_linker_that_is_said() {
    let clone = clone();
    clone.script("fake/rustc", "#!/bin/sh\n[ \"$1\" = --version ] && echo 'rustc 1.95.0' && exit\necho 'error: linker `cc` not found' >&2; exit 1\n");
    let run = |rustc: &str| {
        did(clone
            .command(clone.folder.path(), &["doctor"])
            .env("RUSTC", clone.path(rustc)))
    };
    let broken = run("fake/rustc");
    assert_eq!(broken.code, 1);
    let lines = line(&broken, "linker");
    assert!(
        lines[0].contains("linker `cc` not found") && lines[1].contains("install"),
        "{lines:?}"
    );
    let none = run("fake/none");
    assert!(line(&none, "Rust")[1].contains("https://rustup.rs"), "{}", none.out);
}

fn git(clone: &Clone, arguments: &[&str]) -> String {
    let out = Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.org"])
        .args(arguments)
        .current_dir(clone.folder.path())
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_branch_for_answers() {
    let clone = clone();
    let without = clone.learn(&["doctor", "--branch", "mine"]);
    assert_eq!(without.code, 1);
    assert!(
        without.out.contains("! git ")
            && without.out.contains("Nothing is lost")
            && without.out.contains("cargo learn export")
            && without.out.contains("`git clone`"),
        "{}",
        without.out
    );
    assert!(!without.out.contains("in the way"), "{}", without.out);

    git(&clone, &["init", "--quiet", "--initial-branch", "main"]);
    git(&clone, &["add", "--all"]);
    git(&clone, &["commit", "--quiet", "--message", "all"]);
    assert!(line(&clone.learn(&["doctor"]), "git")[1].contains("--branch my-answers"));
    for bad in ["a..b", "-x", ""] {
        let did = clone.learn(&["doctor", &format!("--branch={bad}")]);
        assert!(
            did.code == 2 && did.err.contains("my-answers"),
            "{bad}: {}{}",
            did.out,
            did.err
        );
    }
    // Uncommitted changes come along.
    clone.answer("[10, 20]");
    let did = clone.learn(&["doctor", "--branch", "mine"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    assert!(
        line(&did, "git")[0].contains("the new branch mine; 1 uncommitted change came along"),
        "{}",
        did.out
    );
    assert_eq!(git(&clone, &["branch", "--show-current"]), "mine");
    assert!(clone.sheet().contains("[10, 20]"));
    assert!(
        clone
            .learn(&["doctor", "--branch", "mine"])
            .out
            .contains("on the branch mine already")
    );
    // To a branch that is there, only with everything committed.
    let did = clone.learn(&["doctor", "--branch", "main"]);
    assert_eq!(did.code, 1);
    assert!(line(&did, "git")[1].contains("git commit"), "{}", did.out);
    assert_eq!(git(&clone, &["branch", "--show-current"]), "mine");
    git(&clone, &["commit", "--quiet", "--all", "--message", "answers"]);
    let did = clone.learn(&["doctor", "--branch", "main"]);
    assert_eq!(did.code, 0, "{}", did.out);
    assert_eq!(git(&clone, &["branch", "--show-current"]), "main");
}
