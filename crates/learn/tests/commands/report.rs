//! Points for a course.

use crate::clone::{Clone, offered};
use serde_json::Value;
use std::fs;

fn clone_with(record: &str) -> Clone {
    let clone = Clone::new();
    fs::create_dir_all(clone.path(".learn")).unwrap();
    fs::write(clone.path(".learn/progress.toml"), format!("schema = 1\n{record}")).unwrap();
    clone
}

/// Solved after many tries and hints; committed and not explained; tried; and a record that was edited by hand.
const RECORD: &str = r#"
[steps."02-fan-out-search/operate"]
tries = 7
hints = 3
solved = "2026-03-04T05:06:07Z"
[steps."02-fan-out-search/predict"]
tries = 2
hints = 0
[steps."02-fan-out-search/choose"]
tries = 1
hints = 1
[steps."04-retry-storm/operate"]
tries = 1
solution_shown = true
solved = "=HYPERLINK(\"http://example.org\",\"x\")"
[designs.02-fan-out-search]
committed = "2026-03-03T00:00:00Z"
shown_anyway = true
"#;

fn minutes(design: &str, kind: &str) -> u32 {
    let manifest = designs::find(design).unwrap().0.manifest().unwrap();
    manifest.steps.iter().find(|s| s.kind.word() == kind).unwrap().minutes
}

#[test]
fn points_come_from_the_record_alone_and_asking_costs_nothing() {
    let clone = clone_with(RECORD);
    let did = clone.learn(&["report"]);
    assert_eq!((did.code, clone.calls()), (0, 0), "{}", did.err);
    let own = minutes("02", "predict") + minutes("02", "operate");
    for part in [
        format!(
            "✓ 02/operate     {0:>3} of {0:>3}  solved 2026-03-04, 7 tries, 3 hints\n",
            minutes("02", "operate")
        ),
        format!(
            "✓ 02/predict     {0:>3} of {0:>3}  committed 2026-03-03, 2 tries\n",
            minutes("02", "predict")
        ),
        format!(
            "· 02/choose        0 of {:>3}  begun, 1 try, 1 hint\n",
            minutes("02", "choose")
        ),
        format!("02  Fan-out search  {own} of "),
        format!("in all  {} of ", own + minutes("04", "operate")),
        ", 1 try, solution seen first\n".into(),
        "results were looked at before the predictions were committed".into(),
        "one point for each of its planned minutes".into(),
        "are shown and cost nothing".into(),
    ] {
        assert!(did.out.contains(&part), "{part}\n{}", did.out);
    }
    assert!(!clone.path(".learn/lock").exists(), "looking writes nothing");
}

#[test]
fn programs_get_the_same_points() {
    let clone = clone_with(RECORD);
    let did = clone.learn(&["report", "--format", "json"]);
    let report: Value = serde_json::from_str(&did.out).unwrap();
    let own = minutes("02", "predict") + minutes("02", "operate");
    assert_eq!(report["schema"], 1);
    assert_eq!(report["points"], own + minutes("04", "operate"));
    let design = &report["designs"][0];
    assert_eq!(
        (&design["points"], &design["results_first"]),
        (&Value::from(own), &Value::from(true))
    );
    let steps = design["steps"].as_array().unwrap();
    let operate = steps.iter().find(|s| s["kind"] == "operate").unwrap();
    assert_eq!(
        (&operate["tries"], &operate["hints"], &operate["state"]),
        (&7.into(), &3.into(), &"solved".into())
    );
    assert!(report["rule"].as_str().unwrap().contains("cost nothing"));
    assert_eq!(did.err, "");
}

#[test]
fn a_spreadsheet_gets_cells_and_no_formulas() {
    let clone = clone_with(RECORD);
    let did = clone.learn(&["report", "--format", "csv"]);
    assert_eq!(did.code, 0, "{}", did.err);
    let lines: Vec<&str> = did.out.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "design,step,kind,state,when,tries,hints,solution_first,points,of"
    );
    let designs: Vec<_> = offered().map(|d| d.manifest().unwrap()).collect();
    let steps: usize = designs.iter().map(|m| m.steps.len()).sum();
    assert_eq!(
        lines.len(),
        1 + steps + designs.len() + 1 + 1,
        "a head, steps, totals, and the last line's end"
    );
    assert!(did.out.contains(&format!(
        "02-fan-out-search,02/operate,operate,solved,2026-03-04T05:06:07Z,7,3,no,{0},{0}\r\n",
        minutes("02", "operate")
    )));
    assert!(
        did.out
            .contains(r#"04/operate,operate,solved,"'=HYPERLINK(""http://example.org"",""x"")",1,0,yes,"#),
        "{}",
        did.out
    );
    assert!(
        lines[lines.len() - 2].starts_with("all designs,,total,,,,,,"),
        "{}",
        did.out
    );
    assert!(
        did.err.contains("one point for each"),
        "the rule is said beside it: {}",
        did.err
    );
}

#[test]
fn a_record_of_another_version_is_refused() {
    let clone = clone_with("");
    fs::write(clone.path(".learn/progress.toml"), "schema = 99\n").unwrap();
    for format in ["human", "json", "csv"] {
        let did = clone.learn(&["report", "--format", format]);
        assert_eq!((did.code, did.out.as_str()), (2, ""));
        assert!(
            did.err.contains("schema = 99") && did.err.lines().count() == 1,
            "{}",
            did.err
        );
    }
}
