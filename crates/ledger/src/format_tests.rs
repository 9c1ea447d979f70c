use super::*;

const GOOD: &str = r#"
[[entry]]
id = "fan-out"
title = "Fan-out"
source = "dean2013"
seen = "primary"

[[entry.run]]
model = "tails.any_slow"
inputs = { slow = "1 in 100", parts = 100 }

[[entry.run.check]]
output = "any"
published = "63 %"
tolerance = "absolute 0.5 %"
"#;

fn parse(text: &str) -> Result<Vec<Entry>, String> {
    read(text, Path::new("a.toml"), models::MODELS)
        .map_err(|all| all.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n"))
}

/// The message for the good entry with one thing changed.
fn changed(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    parse(&GOOD.replace(from, to)).unwrap_err()
}

#[test]
fn a_good_entry_is_read_in_the_models_units() {
    let entries = parse(GOOD).unwrap();
    let entry = &entries[0];
    assert_eq!(
        (entry.id.as_str(), entry.line, entry.seen),
        ("fan-out", 2, Seen::Primary)
    );
    let run = &entry.runs[0];
    assert_eq!(
        (run.model.id, run.values.as_slice()),
        ("tails.any_slow", [1.0, 100.0].as_slice())
    );
    assert_eq!(run.given[0].quantity.as_stated, "1 in 100");
    assert_eq!(run.checks[0].tolerance, Tolerance::Absolute(0.5));
    assert_eq!(run.checks[0].what, run.model.outputs[0].label);
}

#[test]
fn an_assumed_input_is_told_from_a_stated_one() {
    let text = GOOD.replace(", parts = 100 }", " }\nassumed = { parts = 100 }");
    let given: Vec<bool> = parse(&text).unwrap()[0].runs[0]
        .given
        .iter()
        .map(|g| g.assumed)
        .collect();
    assert_eq!(given, [false, true]);
    let both = GOOD.replace("100 }", "100 }\nassumed = { parts = 100 }");
    assert!(
        parse(&both)
            .unwrap_err()
            .contains("a.toml:11: parts stands in inputs and in assumed")
    );
}

#[test]
fn unknown_names_are_refused_with_line_and_suggestion() {
    assert_eq!(
        changed("tails.any_slow", "tails.any_slwo")
            .lines()
            .next()
            .unwrap()
            .split(", ")
            .next()
            .unwrap(),
        "a.toml:9: no model or experiment “tails.any_slwo”; there is tails.any_slow"
    );
    assert_eq!(
        changed("slow = ", "slo = ").lines().next().unwrap(),
        "a.toml:10: tails.any_slow has no input “slo”; there is slow, parts"
    );
    assert_eq!(
        changed("\"any\"", "\"all\""),
        "a.toml:13: tails.any_slow has no output “all”; there is any"
    );
    assert!(changed("title =", "titel =").starts_with("a.toml:4: unknown field `titel`"));
    assert!(changed("seen = \"primary\"", "seen = \"yes\"").starts_with("a.toml:6: seen = “yes”: write"));
}

#[test]
fn units_that_measure_something_else_are_refused() {
    let e = changed("\"1 in 100\"", "\"1 ms\"");
    assert!(
        e.starts_with("a.toml:10: tails.any_slow: slow is in %, but “1 ms” is not"),
        "{e}"
    );
    let e = changed("\"1 in 100\"", "0.01");
    assert!(e.contains("slow is in %, but “0.01” is not"), "{e}");
    let e = changed("parts = 100", "parts = \"100 s\"");
    assert!(e.contains("parts is a plain number, but “100 s” is not"), "{e}");
    let e = changed("\"63 %\"", "\"63 ms\"");
    assert!(e.starts_with("a.toml:14: tails.any_slow: any is in %"), "{e}");
    let e = changed("absolute 0.5 %", "absolute 0.5 ms");
    assert!(
        e.starts_with("a.toml:15: “absolute 0.5 ms”: the amount needs the published value’s unit"),
        "{e}"
    );
}

#[test]
fn inputs_are_all_there_and_within_reach() {
    let e = changed(", parts = 100", "");
    assert!(e.starts_with("a.toml:8: tails.any_slow also needs parts: put"), "{e}");
    let e = changed("slow = \"1 in 100\", ", "");
    assert!(e.contains("also needs slow (in %)"), "{e}");
    assert!(changed("parts = 100", "parts = 0.5").contains("out of reach; it is whole, 1 to"));
    assert!(changed("1 in 100", "150 %").contains("slow = 150 % is out of reach; it is 0 to 100 %"));
    assert!(changed("parts = 100", "parts = true").contains("parts: true is neither a number nor a text"));
    assert!(changed("1 in 100", "rather few").contains("slow: “rather few” is no quantity"));
}

#[test]
fn tolerances_fit_what_is_published() {
    let with =
        |words: &str| parse(&GOOD.replace("absolute 0.5 %", words)).map(|e| e[0].runs[0].checks[0].tolerance.clone());
    assert_eq!(with("relative 3 %"), Ok(Tolerance::Relative(0.03)));
    assert_eq!(with("contrast 20 %"), Ok(Tolerance::Contrast(0.2)));
    assert_eq!(with("at least"), Ok(Tolerance::AtLeast));
    assert_eq!(with("at most"), Ok(Tolerance::AtMost));
    assert_eq!(with("exact"), Ok(Tolerance::Exact));
    for (words, says) in [
        ("3 %", "“3 %” is no tolerance: write \"exact\""),
        ("relative", "relative is a share of the published value"),
        ("relative 3 ms", "relative is a share of the published value"),
        ("contrast", "contrast is a share of the published value"),
        ("information", "information has no published value"),
    ] {
        assert!(with(words).unwrap_err().contains(says), "{words}");
    }
    assert!(changed("published = \"63 %\"\n", "").contains("needs a published value"));
    assert!(
        changed(
            "\"63 %\"\ntolerance = \"absolute 0.5 %\"",
            "\"0 %\"\ntolerance = \"relative 1 %\""
        )
        .contains("a share of 0 is 0")
    );
    assert!(
        changed("absolute 0.5 %\"", "contrast 3 %\"\nfails = \"why\"")
            .contains("fails is for a value that should agree")
    );
}

#[test]
fn an_entry_must_compute_and_compare_something() {
    let cut = GOOD.split("[[entry.run]]").next().unwrap();
    assert!(
        parse(cut)
            .unwrap_err()
            .starts_with("a.toml:2: fan-out recomputes nothing")
    );
    let cut = GOOD.split("[[entry.run.check]]").next().unwrap();
    assert!(
        parse(cut)
            .unwrap_err()
            .starts_with("a.toml:8: a run of fan-out compares nothing")
    );
    assert_eq!(parse("").unwrap_err(), "a.toml: there is no [[entry]] in it");
}

#[test]
fn names_of_pages_ids_and_quotations_have_their_form() {
    assert!(changed("id = \"fan-out\"", "id = \"Fan out\"").contains("a.toml:3: the id “Fan out”"));
    assert!(changed("seen = \"primary\"", "seen = \"quoted\"").contains("go together"));
    let page = "seen = \"primary\"\nused-by = [\"02\"]";
    assert!(changed("seen = \"primary\"", page).contains("a.toml:7: used-by: “02” is not of the form"));
    let after = "seen = \"primary\"\nafter = \"4\"";
    assert!(changed("seen = \"primary\"", after).contains("with two digits"));
}

#[test]
fn all_mistakes_are_said_at_once() {
    let e = parse(&GOOD.replace("\"1 in 100\"", "\"1 ms\"").replace("\"any\"", "\"all\"")).unwrap_err();
    assert_eq!(e.lines().count(), 2, "{e}");
}
