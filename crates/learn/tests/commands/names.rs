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
        (&["dance"], "there is list, next, check"),
        (&["chek"], "did you mean cargo learn check?"),
        (&["02/operate"], "cargo learn check 02/operate"),
        (&["check", "02/operat"], "did you mean 02/operate?"),
        (&["hint", "02/operat"], "did you mean 02/operate?"),
        (&["replay", "02/operat"], "did you mean 02/operate?"),
        (&["lab", "02/operat"], "did you mean 02/operate?"),
        (&["lab", "fan-out-serch"], "did you mean 02 (fan-out-search)?"),
        (&["lab", "02", "hedge_aftr=3"], "did you mean hedge_after?"),
        (
            &["replay", "02/operate", "--test", "keeps_extra_work"],
            "did you mean keeps_extra_work_within",
        ),
    ] {
        let did = clone.learn(arguments);
        assert_eq!(did.code, 2, "{arguments:?}: {}{}", did.out, did.err);
        assert!(did.err.contains(says), "{arguments:?}: {}", did.err);
    }
    assert!(!clone.path(".learn").exists());
}

#[test]
fn programs_get_the_list_too() {
    let clone = Clone::new();
    clone.learn(&["hint", "02/operate"]);
    let did = clone.learn(&["list", "--format", "json"]);
    assert_eq!(did.code, 0, "{}", did.err);
    let list: serde_json::Value = serde_json::from_str(&did.out).unwrap();
    assert_eq!(list["schema"], 1);
    let steps = list["steps"].as_array().unwrap();
    let operate = steps.iter().find(|s| s["step"] == "02/operate").unwrap();
    assert_eq!(
        (&operate["design"], &operate["kind"]),
        (&DESIGN.into(), &"operate".into())
    );
    assert_eq!((&operate["hints"], &operate["state"]), (&1.into(), &"open".into()));
    assert!(operate["day_step"] == true && operate["minutes"].as_u64().unwrap() > 0);
    assert_eq!(steps.iter().filter(|s| s["current"] == true).count(), 1);

    // The same in a file, for the book; written again without asking.
    for _ in 0..2 {
        let did = clone.learn(&["list", "--out", "progress.json"]);
        assert!(
            did.code == 0 && did.out.starts_with("progress.json  "),
            "{}{}",
            did.out,
            did.err
        );
    }
    assert_eq!(std::fs::read_to_string(clone.path("progress.json")).unwrap(), {
        clone.learn(&["list", "--format", "json"]).out
    });
    let did = clone.learn(&["list", "--out", "nowhere/progress.json"]);
    assert!(did.code != 0 && did.err.contains("nowhere"), "{}{}", did.out, did.err);
}

#[test]
fn bad_input_is_one_clear_line_and_a_code_of_its_own() {
    let clone = Clone::new();
    let one_line = |arguments: &[&str], says: &str| {
        let did = clone.learn(arguments);
        assert_eq!((did.code, did.out.as_str()), (2, ""), "{arguments:?}: {}", did.err);
        assert!(
            did.err.contains(says) && did.err.lines().count() == 1,
            "{arguments:?}: {}",
            did.err
        );
    };
    one_line(&["check", "02/nope"], "no step");
    one_line(&["check", "77"], "no design");
    one_line(&["check", "77", "--all"], "no design");
    one_line(&["check", "77", "--format", "json"], "no design");
    one_line(&["verify", "77"], "no design");
    std::fs::create_dir_all(clone.path(".learn")).unwrap();
    std::fs::write(clone.path(".learn/progress.toml"), "schema = 99\n").unwrap();
    for verb in [
        &["list"][..],
        &["list", "--format", "json"],
        &["next"],
        &["report"],
        &["check"],
        &["hint"],
    ] {
        one_line(verb, "schema = 99");
    }
    assert_eq!(clone.progress(), "schema = 99\n", "left alone");
}
