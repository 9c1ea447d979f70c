//! How often the intervals held: from the first commits of several designs to words and a picture.

use crate::clone::{Clone, DESIGN};
use judge::calibration::Calibration;
use judge::worksheet::{Interval, Question, Scale};
use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;

const OTHER: &str = "04-retry-storm";

/// A design's questions, and what the simulator gives for each. It is asked once.
fn questions(folder: &str) -> (Vec<Question>, Vec<f64>) {
    static KNOWN: Mutex<BTreeMap<String, Vec<f64>>> = Mutex::new(BTreeMap::new());
    let (design, manifest) = designs::find(folder).unwrap();
    let mut known = KNOWN.lock().unwrap();
    let truths = known
        .entry(folder.to_owned())
        .or_insert_with(|| design.truths(&manifest.questions))
        .clone();
    (manifest.questions, truths)
}

/// Intervals around the truths, in the order of the questions: every third one above its truth.
fn around(folder: &str) -> Vec<(Question, Interval, f64)> {
    let (questions, truths) = questions(folder);
    let rows = questions.into_iter().zip(truths).enumerate();
    rows.map(|(i, (q, truth))| {
        let (low, high) = if i % 3 == 2 { (1.05, 1.1) } else { (0.9, 1.1) };
        // No share is above 100 %.
        let most = if q.scale == Scale::Share { 100.0 } else { f64::INFINITY };
        let interval = Interval { low: truth * low, high: (truth * high).min(most) };
        (q, interval, truth)
    })
    .collect()
}

/// Commits these intervals by writing them as `first`.
fn commit(clone: &Clone, folder: &str) -> Calibration {
    clone.adds(folder);
    let path = clone.path("exercises").join(folder).join("worksheet.toml");
    let mut text = fs::read_to_string(&path).unwrap();
    let mut counted = Calibration::default();
    for (q, interval, truth) in around(folder) {
        let head = format!("[answers.{}]", q.id);
        let at = text.find(&head).unwrap();
        let pair = format!("first = [{}, {}]", interval.low, interval.high);
        text = text[..at].to_owned() + &text[at..].replacen("first = []", &pair, 1);
        counted.add(interval, truth, q.scale).unwrap();
    }
    fs::write(path, text).unwrap();
    counted
}

#[test]
fn without_a_commit_it_says_how_to_get_one() {
    let clone = Clone::new();
    clone.answer("[10, 20]");
    let did = clone.learn(&["calibration"]);
    assert_eq!(did.code, 0, "{}", did.err);
    assert!(did.out.contains("cargo learn check 02/predict"), "{}", did.out);
}

#[test]
fn all_designs_are_counted_and_no_truth_is_told() {
    let clone = Clone::new();
    let (one, other) = (commit(&clone, DESIGN), commit(&clone, OTHER));
    let mut all = one;
    all.join(&other);
    assert!(one.above + one.below > 0 && one.inside() > 0);
    let svg = clone.path("picture.svg");
    let did = clone.learn(&["calibration", "--svg", "picture.svg"]);
    assert_eq!(did.code, 0, "{}", did.err);
    for (head, c) in [("02", one), ("04", other), ("all together", all)] {
        let want = [
            format!("{} of {} inside", c.inside(), c.count),
            format!("{:.2}", c.score().unwrap()),
        ];
        let line = did
            .out
            .lines()
            .find(|l| l.trim_start().starts_with(head) && l.contains("inside"));
        let line = line.unwrap_or_else(|| panic!("{head}: {}", did.out));
        assert!(want.iter().all(|w| line.contains(w)), "{line}: {want:?}");
    }
    assert!(
        did.out.contains("####") && did.out.contains("^ 90 %") && !did.out.contains('\x1b'),
        "{}",
        did.out
    );
    let missed = did.out.lines().find(|l| l.contains("missed")).unwrap();
    for (number, folder) in [("02", DESIGN), ("04", OTHER)] {
        for (i, (q, _, _)) in around(folder).iter().enumerate() {
            let named = missed.contains(&format!("{number} {} (the run gave less)", q.id));
            assert_eq!(named, i % 3 == 2, "{missed}");
        }
    }
    let picture = fs::read_to_string(&svg).unwrap();
    assert!(
        picture.contains("role=\"img\"") && picture.contains("<desc ") && !picture.contains("var("),
        "{picture}"
    );
    let shown = did.out + &picture;
    for (q, _, truth) in around(DESIGN).iter().chain(&around(OTHER)) {
        for digits in [3, 4, 6] {
            let told = format!("{truth:.digits$}");
            assert!(!shown.contains(&told), "{}: {told}", q.id);
        }
    }
}

#[test]
fn a_sheet_that_cannot_be_read_is_named_and_the_others_count() {
    let clone = Clone::new();
    let one = commit(&clone, DESIGN);
    commit(&clone, OTHER);
    fs::write(clone.path("exercises").join(OTHER).join("worksheet.toml"), "design = [").unwrap();
    let did = clone.learn(&["calibration"]);
    assert_eq!(did.code, 0, "{}", did.err);
    assert!(
        did.err.contains("design 04") && did.err.contains("line 1"),
        "{}",
        did.err
    );
    assert!(
        did.out.contains(&format!("{} of {} inside", one.inside(), one.count)),
        "{}",
        did.out
    );

    // What was committed once is remembered, and counts without the sheet.
    let (questions, _) = questions(OTHER);
    let first: Vec<String> = questions.iter().map(|q| format!("{} = [0.001, 0.002]", q.id)).collect();
    fs::create_dir_all(clone.path(".learn")).unwrap();
    let record = format!("schema = 1\n[designs.{OTHER}.first]\n{}\n", first.join("\n"));
    fs::write(clone.path(".learn/progress.toml"), record).unwrap();
    let did = clone.learn(&["calibration"]);
    assert!(
        did.out.contains(&format!("0 of {} inside", questions.len())),
        "{}{}",
        did.out,
        did.err
    );
    assert!(did.err.contains("is remembered counts"), "{}", did.err);
}

#[test]
fn nothing_that_can_be_read_is_an_error() {
    let clone = Clone::new();
    fs::write(clone.exercise("worksheet.toml"), b"\xff\xfe").unwrap();
    let did = clone.learn(&["calibration"]);
    assert_eq!((did.code, did.out.as_str()), (2, ""), "{}", did.err);
    assert!(did.err.contains("no worksheet can be read"), "{}", did.err);
}

#[test]
fn only_our_own_picture_is_replaced() {
    let clone = Clone::new();
    commit(&clone, DESIGN);
    fs::write(clone.path("mine.svg"), "<svg>mine</svg>").unwrap();
    let did = clone.learn(&["calibration", "--svg", "mine.svg"]);
    assert_eq!((did.code, did.out.as_str()), (2, ""));
    assert!(did.err.contains("mine.svg") && did.err.contains("--svg"), "{}", did.err);
    assert_eq!(fs::read_to_string(clone.path("mine.svg")).unwrap(), "<svg>mine</svg>");
    for _ in 0..2 {
        assert_eq!(clone.learn(&["calibration", "--svg", "ours.svg"]).code, 0);
    }
}
