//! What authors prove without compiling, and how the work is shared out.

use crate::clone::{Clone, DESIGN, copy, offered};
use std::fs;
use std::path::Path;

/// Exercises in their pristine state, solutions, and what a manifest names.
fn clone() -> Clone {
    let clone = Clone::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for room in ["solutions", "exercises", "src/blocks"] {
        copy(&root.join(room), &clone.path(room));
    }
    for design in offered() {
        let exercise = clone.path("exercises").join(design.manifest().unwrap().folder());
        copy(&exercise.join(".starter"), &exercise);
    }
    fs::copy(root.join("sources.toml"), clone.path("sources.toml")).unwrap();
    clone
}

#[test]
fn what_is_whole_passes_and_each_fault_is_named_with_its_remedy() {
    let clone = clone();
    let did = clone.learn(&["verify", "--texts"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    let solution = |below: &str| clone.path("solutions").join(DESIGN).join(below);
    let manifest = solution("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let broken = text
        .replace("fan-out-search-solution", "other")
        .replace("tests/step4_operate.rs", "tests/step5_attack.rs")
        .replace(
            "judge.workspace = true",
            "judge.workspace = true\nanyhow.workspace = true",
        );
    fs::write(manifest, broken).unwrap();
    for stray in ["notes.txt", "src/step9_old.rs", ".starter/src/step4_operate.rs.orig"] {
        fs::write(clone.exercise(stray), "").unwrap();
    }
    fs::write(solution("styles/step4_operate.rs"), "").unwrap();
    fs::write(clone.exercise(".DS_Store"), "").unwrap();
    fs::write(clone.path("sources.toml"), "").unwrap();
    fs::remove_file(clone.path("src/blocks/queues-and-tails.md")).unwrap();
    let starter = clone.exercise("src/step4_operate.rs");
    fs::write(&starter, fs::read_to_string(&starter).unwrap() + "// mine\n").unwrap();
    let did = clone.learn(&["verify", "02", "--texts"]);
    assert_eq!(did.code, 1, "{}", did.err);
    for (what, remedy) in [
        (
            "exercises/02-fan-out-search/notes.txt: nothing reads this file",
            "Remove it",
        ),
        ("src/step9_old.rs: nothing reads this file", "name it after a step"),
        (".starter/src/step4_operate.rs.orig: nothing reads", "in a clean clone"),
        ("styles/step4_operate.rs: nothing reads this file", "Remove it"),
        ("package.name must be \"fan-out-search-solution\"", "change it"),
        ("no [[test]] with name = \"step4_operate\"", "add it"),
        ("depends on \"anyhow\"", "take it out"),
        ("has no \"dean2013\"", "add it there"),
        ("blocks: \"queues-and-tails\" has no page", "write the page"),
        (
            "src/step4_operate.rs differs from its pristine copy",
            "Verify in a clean clone",
        ),
    ] {
        let at = did.out.find(what).unwrap_or_else(|| panic!("{what}\n{}", did.out));
        assert!(did.out[at..].contains(remedy), "{what}: {remedy}\n{}", did.out);
    }
    assert!(!did.out.contains(".DS_Store"), "{}", did.out);
}

/// What was done, a line each: design and part, without the time that it took.
fn done(out: &str) -> Vec<String> {
    let mut design = String::new();
    let mut all = Vec::new();
    for line in out.lines() {
        if let Some(part) = line.strip_prefix("  ✓ ") {
            all.push(format!("{design}: {}", part.rsplit_once("   ").unwrap().0));
        } else {
            design = line.to_owned();
        }
    }
    all
}

#[test]
fn all_shards_together_do_the_whole_and_nothing_twice() {
    let clone = clone();
    let mut whole = done(&clone.learn(&["verify", "--texts"]).out);
    assert_eq!(whole.len(), 2 * offered().count());
    whole.sort();
    for of in [1, 2, 3, 8] {
        let mut shares = Vec::new();
        for part in 1..=of {
            let did = clone.learn(&["verify", "--texts", "--shard", &format!("{part}/{of}")]);
            assert_eq!(did.code, 0, "{}", did.err);
            shares.extend(done(&did.out));
            assert_eq!(
                did.out.contains(&format!("shard {part} of {of}: ")),
                of > 1,
                "{}",
                did.out
            );
        }
        shares.sort();
        assert_eq!(shares, whole, "{of} shards");
    }
}

#[test]
fn a_share_that_there_cannot_be_is_one_clear_line() {
    let clone = Clone::new();
    for bad in ["0/3", "4/3", "x", "1/0", "3"] {
        let did = clone.learn(&["verify", "--texts", "--shard", bad]);
        assert_eq!((did.code, did.out.as_str()), (2, ""), "{bad}");
        assert!(
            did.err.contains("for example 2/4") && did.err.lines().count() == 1,
            "{}",
            did.err
        );
    }
    assert_eq!(clone.learn(&["verify", "--texts", "--seeds", "0"]).code, 2);
}

#[test]
fn seeds_are_another_name_for_pools() {
    let clone = clone();
    let did = clone.learn(&["verify", "02", "--texts", "--seeds", "3"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    assert!(clone.learn(&["verify", "--help"]).out.contains("seeds"));
}
