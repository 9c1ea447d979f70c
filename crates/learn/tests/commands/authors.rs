//! The author's command that makes a design's places.

use crate::clone::Clone;
use std::fs;

/// A registry of the designs that there are.
fn registry() -> String {
    let names = designs::DESIGNS
        .iter()
        .map(|d| d.manifest().unwrap().slug.replace('-', "_"));
    let names: Vec<String> = names.collect();
    let modules: String = names.iter().map(|n| format!("pub mod {n};\n")).collect();
    let entries: String = names.iter().map(|n| format!("    &{n}::DESIGN,\n")).collect();
    format!("{modules}\npub static DESIGNS: &[&Design] = &[\n{entries}];\n")
}

const SUMMARY: &str = "# Designs\n\n- [02 Fan-out](designs/02-fan-out-search/README.md)\n\n# For instructors\n\n- [Teaching 02](designs/02-fan-out-search/facilitate.md)\n";

fn clone() -> Clone {
    let clone = Clone::new();
    fs::create_dir_all(clone.path("crates/designs/src")).unwrap();
    fs::create_dir_all(clone.path("src")).unwrap();
    fs::write(clone.path("crates/designs/src/lib.rs"), registry()).unwrap();
    fs::write(clone.path("src/SUMMARY.md"), SUMMARY).unwrap();
    clone
}

#[test]
fn a_design_gets_its_four_places_and_its_lines() {
    let clone = clone();
    let did = clone.learn(&["new-design", "99-some-store"]);
    assert_eq!(did.code, 0, "{}{}", did.out, did.err);
    assert!(did.out.contains("cargo learn verify 99"), "{}", did.out);
    for (file, holds) in [
        ("crates/designs/src/some_store/design.toml", "slug = \"some-store\""),
        (
            "exercises/99-some-store/tests/step3_operate.rs",
            "use some_store::step3_operate::{answer, claim};",
        ),
        ("exercises/99-some-store/.starter/src/step2_calculate.rs", "todo!("),
        ("solutions/99-some-store/Cargo.toml", "name = \"some_store\""),
        (
            "solutions/99-some-store/misconceptions/step3_operate/take_everything.rs",
            "//! Believes:",
        ),
        ("src/designs/99-some-store/evaluate.md", "{{worksheet 99}}"),
        ("src/SUMMARY.md", "- [99 Some store](designs/99-some-store/README.md)"),
        ("crates/designs/src/lib.rs", "&some_store::DESIGN"),
    ] {
        let text = fs::read_to_string(clone.path(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        assert!(text.contains(holds), "{file}: {text}");
    }
}

#[test]
fn nothing_is_overwritten_and_no_name_is_taken_twice() {
    let clone = clone();
    fs::create_dir_all(clone.path("solutions/99-some-store")).unwrap();
    for (name, says) in [
        ("99-some-store", "solutions/99-some-store is there already"),
        ("02-other", "number 02 is 02-fan-out-search"),
        ("99-type", "names something else"),
        ("99-learn", "names something else"),
        ("some-store", "two digits"),
    ] {
        let did = clone.learn(&["new-design", name]);
        assert!(
            did.code == 2 && did.err.contains(says),
            "{name}: {}{}",
            did.out,
            did.err
        );
    }
    assert_eq!(
        fs::read_to_string(clone.path("crates/designs/src/lib.rs")).unwrap(),
        registry()
    );
    assert_eq!(fs::read_to_string(clone.path("src/SUMMARY.md")).unwrap(), SUMMARY);
    assert!(!clone.path("exercises/99-some-store").exists());
}

#[test]
fn a_list_of_another_form_is_left_to_the_author() {
    let clone = clone();
    fs::write(clone.path("crates/designs/src/lib.rs"), "mod designs;\n").unwrap();
    fs::write(clone.path("src/SUMMARY.md"), "# Summary\n").unwrap();
    let did = clone.learn(&["new-design", "99-some-store"]);
    assert_eq!(did.code, 0, "{}", did.err);
    for line in [
        "pub mod some_store;",
        "&some_store::DESIGN",
        "- [99 Some store](designs/99-some-store/README.md)",
        "- [Teaching 99 Some store]",
    ] {
        assert!(did.out.contains(line), "{line}: {}", did.out);
    }
    assert_eq!(fs::read_to_string(clone.path("src/SUMMARY.md")).unwrap(), "# Summary\n");
}
