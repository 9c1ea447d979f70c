//! Every manifest is whole, and everything derived from it agrees with it.

use designs::DESIGNS;
use designs::lab::Fact;
use judge::worksheet::Sheet;
use outline::manifest::StepKind;
use std::path::{Path, PathBuf};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_manifest_is_valid_and_numbers_are_unique() {
    let mut numbers: Vec<u32> = DESIGNS
        .iter()
        .map(|d| d.manifest().expect("a valid manifest").number)
        .collect();
    let all = numbers.len();
    numbers.dedup();
    assert_eq!(
        numbers.len(),
        all,
        "two designs have one number, or they are not in order"
    );
}

#[test]
fn day_blocks_and_study_minutes_add_up() {
    for design in DESIGNS {
        let m = design.manifest().unwrap();
        let steps: u32 = m.steps.iter().map(|s| s.minutes).sum();
        assert!(
            m.self_study_minutes >= steps,
            "{}: the steps alone take {steps} minutes",
            m.folder()
        );
        let day = m.steps.iter().find(|s| s.kind == m.day_step).unwrap();
        assert!(
            day.minutes <= 15,
            "{}: the day step takes {} minutes",
            m.folder(),
            day.minutes
        );
    }
}

#[test]
fn every_question_is_answered_by_a_fact_that_can_be_asked_for() {
    for design in DESIGNS {
        let m = design.manifest().unwrap();
        let facts: Vec<Fact> = (design.facts)();
        for q in &m.questions {
            let fact = facts
                .iter()
                .find(|f| f.key == q.fact)
                .unwrap_or_else(|| panic!("{}: no fact {}", q.id, q.fact));
            assert!(
                fact.value.is_finite() && fact.value > 0.0,
                "{}: a truth is a positive number",
                q.id
            );
            if q.scale == judge::worksheet::Scale::Share {
                assert!((10.0..=90.0).contains(&fact.value), "{}: ask for 1 in how many", q.id);
            }
        }
        let mut keys: Vec<_> = facts.iter().map(|f| &f.key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), facts.len(), "two facts of one key");
    }
}

#[test]
fn worksheets_ask_the_manifests_questions_in_the_manifests_words() {
    for design in DESIGNS {
        let m = design.manifest().unwrap();
        for room in ["exercises", "solutions"] {
            let path = workspace().join(room).join(m.folder()).join("worksheet.toml");
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            Sheet::parse(&text, &m.folder(), &m.questions).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            // The comments are wrapped; compare them as running text.
            let comments: Vec<&str> = text
                .lines()
                .filter_map(|l| l.strip_prefix('#'))
                .flat_map(str::split_whitespace)
                .collect();
            let running = comments.join(" ").to_lowercase();
            for q in &m.questions {
                assert!(
                    running.contains(&q.text.to_lowercase()),
                    "{}: the worksheet does not ask {:?}",
                    q.id,
                    q.text
                );
                // A mechanism read before the commit is half of the answer: the verdict names them afterwards.
                for x in &q.mechanisms {
                    assert!(
                        !running.contains(&x.text.to_lowercase()),
                        "{}: the worksheet tells {:?}",
                        q.id,
                        x.text
                    );
                }
            }
        }
    }
}

#[test]
fn every_step_has_its_file_and_its_test() {
    for design in DESIGNS {
        let m = design.manifest().unwrap();
        for step in &m.steps {
            let name = m.step_name(step.kind).unwrap();
            let folder = workspace().join("exercises").join(m.folder());
            assert!(
                folder.join("tests").join(format!("{name}.rs")).is_file(),
                "no test of {name}"
            );
            if step.kind != StepKind::Predict {
                assert!(
                    folder.join("src").join(format!("{name}.rs")).is_file(),
                    "no starter of {name}"
                );
            }
            assert!(step.hints.iter().all(|h| h.len() > 20), "{name}: a hint is empty");
        }
    }
}

/// A learner's verdict must not wait for unoptimised code, and `"*"` in a profile does not reach workspace members.
#[test]
fn the_simulators_crates_are_optimised_in_every_profile() {
    let text = std::fs::read_to_string(workspace().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    let packages = manifest["profile"]["dev"]["package"].as_table().unwrap();
    // The judge only weighs what the others computed: more than one level costs a learner's first compile, and no verdict comes sooner.
    for (name, least) in [("sim", 3), ("models", 3), ("judge", 1), ("designs", 3)] {
        let level = packages
            .get(name)
            .and_then(|p| p.get("opt-level"))
            .and_then(toml::Value::as_integer);
        assert!(
            level >= Some(least),
            "[profile.dev.package.{name}] opt-level = {least} is missing"
        );
    }
}

#[test]
fn hints_for_a_prediction_are_no_formulas() {
    // They help to estimate and to find mechanisms. The formulas are what the next step asks to be written.
    for design in DESIGNS {
        let m = design.manifest().unwrap();
        let predict = m.steps.iter().find(|s| s.kind == StepKind::Predict);
        for hint in predict.iter().flat_map(|s| &s.hints) {
            let signs: Vec<char> = hint.chars().filter(|c| "×÷^=*/−+".contains(*c)).collect();
            // A unit may have a stroke: MB/s.
            assert!(
                signs.iter().all(|c| *c == '/') && !hint.contains(" / "),
                "{}: {hint:?} has the signs {signs:?}",
                m.folder()
            );
        }
    }
}
