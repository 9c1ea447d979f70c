//! Where one is, and what one calls things.

use crate::clone::{Clone, DESIGN};

#[test]
fn the_task_stands_in_a_few_lines_from_any_folder() {
    let clone = Clone::new();
    let plain = clone.learn(&[]);
    assert_eq!(plain.code, 0, "{}", plain.err);
    assert!(
        plain.out.contains("02/predict") && plain.out.contains("cargo learn watch"),
        "{}",
        plain.out
    );
    assert!(
        plain.out.contains(&format!("exercises/{DESIGN}/worksheet.toml:")),
        "{}",
        plain.out
    );
    let below = clone.learn_in(&clone.exercise("src"), &["next"]);
    assert!(below.out.contains("open   ../worksheet.toml:"), "{}", below.out);
    assert!(!below.out.contains('\x1b'), "no escapes without a terminal");
    let list = clone.learn(&["list"]);
    assert!(
        list.out.contains("→ 02/predict") && list.out.contains("day step"),
        "{}",
        list.out
    );
    assert!(!clone.path(".learn").exists(), "looking writes nothing");
}

#[test]
fn an_unknown_name_is_refused_and_nothing_is_written() {
    let clone = Clone::new();
    for (arguments, says) in [
        (&["check", "00"][..], "02 (fan-out-search)"),
        (&["check", "02/nope"], "predict, calculate"),
        (&["hint", "operate"], "02/operate"),
        (&["lab", "00"], "no design"),
        (&["lab", "02", "nope=1"], "hedge_after"),
        (&["lab", "02", "hedge_after"], "name=value"),
        (&["replay", "02/nope", "--seed", "1"], "no step"),
        (&["lab", "02", "--seed", "x"], "--seed"),
        (&["verify", "02", "--pools", "0"], "--pools"),
        (&["dance"], "dance"),
    ] {
        let did = clone.learn(arguments);
        assert_eq!(did.code, 2, "{arguments:?}: {}{}", did.out, did.err);
        assert!(did.err.contains(says), "{arguments:?}: {}", did.err);
    }
    assert!(!clone.path(".learn").exists());
}
