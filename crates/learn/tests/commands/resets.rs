//! `reset`: the starter again, and what was there is kept.

use crate::clone::{Clone, DESIGN, OPERATE, results, tests_of};
use std::fs;

/// Writes an answer and has it pass.
fn solve(clone: &Clone, answer: &str) {
    fs::write(clone.exercise(OPERATE), answer).unwrap();
    let tests = tests_of(clone, "step4_operate");
    clone.plays(&results(&tests, &[]), 0, &[]);
    let did = clone.learn(&["check", "02/operate"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
}

#[test]
fn a_reset_keeps_what_was_there_each_time() {
    let clone = Clone::with_solution();
    let starter = clone.read(OPERATE);
    let did = clone.learn(&["reset", "02/operate"]);
    assert_eq!(did.code, 0, "{}", did.err);
    assert!(did.out.contains("nothing to put back"), "{}", did.out);
    assert!(!clone.exercise("kept").exists());
    for (n, answer) in [(1, &b"// one\n"[..]), (2, b"// \xff is no text\n"), (1, b"// one\n")] {
        fs::write(clone.exercise(OPERATE), answer).unwrap();
        let did = clone.learn(&["reset", "02/operate"]);
        assert_eq!(did.code, 0, "{}", did.err);
        let kept = format!("kept/step4_operate.{n}.rs");
        assert!(
            did.out
                .contains(&format!("cp exercises/{DESIGN}/{kept} exercises/{DESIGN}/{OPERATE}")),
            "{}",
            did.out
        );
        assert_eq!(fs::read(clone.exercise(&kept)).unwrap(), answer);
        assert_eq!(clone.read(OPERATE), starter);
    }
    assert_eq!(fs::read_dir(clone.exercise("kept")).unwrap().count(), 2);
    assert!(!clone.path(".learn").exists(), "there was nothing to record");
}

#[test]
fn a_reset_step_comes_back_and_keeps_its_first_date() {
    let clone = Clone::with_solution();
    solve(&clone, "// solved\n");
    let first = clone.progress();
    let did = clone.learn(&["reset", "02/operate"]);
    assert!(did.out.contains("solved again"), "{}", did.out);
    let list = clone.learn(&["list"]).out;
    assert!(
        !list.contains("✓ 02/operate") && list.contains("begun, 1 try"),
        "{list}"
    );
    solve(&clone, "// solved again\n");
    assert_eq!(clone.progress(), first, "date and tries are those of the first time");
}

#[test]
fn a_whole_design_is_reset_and_its_first_commit_stays() {
    let clone = Clone::with_solution();
    let starter = clone.sheet();
    clone.answer("[10, 20.5]");
    let any = vec!["a".to_owned()];
    clone.plays(&results(&any, &[]), 0, &[]);
    assert_eq!(clone.learn(&["check", "02"]).code, 0);
    let committed = clone.sheet();
    fs::write(clone.exercise("src/lib.rs"), "pub mod mine;\n").unwrap();
    fs::write(clone.exercise("src/mine.rs"), "// mine\n").unwrap();
    fs::write(clone.exercise(OPERATE), "// operate\n").unwrap();
    fs::remove_file(clone.exercise("src/step5_attack.rs")).unwrap();
    let did = clone.learn(&["reset", "02"]);
    assert_eq!(did.code, 0, "{}", did.err);
    assert_eq!(clone.sheet(), starter.replace("first = []", "first = [10, 20.5]"));
    assert_eq!(clone.read("kept/worksheet.1.toml"), committed);
    assert_eq!(clone.read("kept/lib.1.rs"), "pub mod mine;\n");
    assert_eq!(
        clone.read("src/step5_attack.rs"),
        clone.read(".starter/src/step5_attack.rs")
    );
    assert_eq!(clone.read("src/mine.rs"), "// mine\n");
    assert!(
        did.out.contains("src/mine.rs is yours alone") && did.out.contains("first commit stands in it"),
        "{}",
        did.out
    );
    assert!(!clone.learn(&["list"]).out.contains('✓'));
    let again = clone.learn(&["reset", "02"]);
    assert_eq!(again.out.matches("nothing to put back").count(), 6, "{}", again.out);
    // A sheet that is no sheet any more: the record has the first commit.
    fs::write(clone.exercise("worksheet.toml"), "answer = [").unwrap();
    assert_eq!(clone.learn(&["reset", "02/predict"]).code, 0);
    assert_eq!(clone.sheet(), starter.replace("first = []", "first = [10, 20.5]"));
    assert_eq!(clone.read("kept/worksheet.2.toml"), "answer = [");
}

#[test]
fn without_room_for_the_copy_nothing_is_reset() {
    let clone = Clone::with_solution();
    fs::write(clone.exercise(OPERATE), "// mine\n").unwrap();
    // A file where the folder of copies belongs stops even who may write everywhere.
    fs::write(clone.exercise("kept"), "").unwrap();
    let did = clone.learn(&["reset", "02/operate"]);
    assert_eq!(did.code, 2, "{}", did.out);
    assert!(
        did.err.contains("kept") && did.err.contains("Nothing was changed"),
        "{}",
        did.err
    );
    assert_eq!(clone.read(OPERATE), "// mine\n");
    fs::remove_file(clone.exercise("kept")).unwrap();
    // A file that its owner has locked stays, and the copy is no harm.
    let mut locked = fs::metadata(clone.exercise(OPERATE)).unwrap().permissions();
    locked.set_readonly(true);
    fs::set_permissions(clone.exercise(OPERATE), locked).unwrap();
    let did = clone.learn(&["reset", "02/operate"]);
    assert!(did.code == 2 && did.err.contains("read-only"), "{}", did.err);
    assert_eq!(clone.read(OPERATE), "// mine\n");
    fs::remove_dir_all(clone.exercise(".starter")).unwrap();
    let did = clone.learn(&["reset", "02/operate"]);
    assert!(did.code == 2 && did.err.contains("no pristine starter"), "{}", did.err);
}

#[test]
fn a_reset_that_is_killed_loses_nothing() {
    let clone = Clone::with_solution();
    let starter = clone.read(OPERATE);
    for n in 0..40_u64 {
        let answer = format!("// answer {n}\n");
        fs::write(clone.exercise(OPERATE), &answer).unwrap();
        let mut child = clone
            .command(clone.folder.path(), &["reset", "02/operate"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_micros(250 * n));
        let _ = child.kill();
        child.wait().unwrap();
        let stands = clone.read(OPERATE);
        assert!(stands == answer || stands == starter, "{stands}");
        let kept = fs::read_dir(clone.exercise("kept")).into_iter().flatten().flatten();
        let kept = kept.filter(|e| e.file_name().to_string_lossy().starts_with("step4"));
        let safe = kept.map(|e| fs::read_to_string(e.path()).unwrap()).any(|t| t == answer);
        assert!(stands == answer || safe, "answer {n} is lost");
    }
}
