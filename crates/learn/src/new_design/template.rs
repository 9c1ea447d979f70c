//! The files of the template, by place and path.
//!
//! They stand in `crates/learn/template/` with the ending `.in`, so that no tool takes them for what they will be.

macro_rules! files {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../template/", $path, ".in")))),*]
    };
}

/// Path below the place, with the place first, and the text with its marks.
pub(super) const FILES: &[(&str, &str)] = files! {
    "chapter/README.md"
    "chapter/debrief.md"
    "chapter/discuss.md"
    "chapter/evaluate.md"
    "chapter/exercise.md"
    "chapter/facilitate.md"
    "design/calculate.rs"
    "design/claims.rs"
    "design/design.toml"
    "design/facts.rs"
    "design/figure.rs"
    "design/lab.rs"
    "design/mod.rs"
    "design/operate.rs"
    "design/policy.rs"
    "design/predict.rs"
    "design/rules.rs"
    "design/system.rs"
    "exercise/Cargo.toml"
    "exercise/README.md"
    "exercise/src/lib.rs"
    "exercise/src/step2_calculate.rs"
    "exercise/src/step3_operate.rs"
    "exercise/tests/step1_predict.rs"
    "exercise/tests/step2_calculate.rs"
    "exercise/tests/step3_operate.rs"
    "exercise/worksheet.toml"
    "solution/Cargo.toml"
    "solution/misconceptions/step2_calculate/one_at_a_time.rs"
    "solution/misconceptions/step3_operate/take_everything.rs"
    "solution/src/lib.rs"
    "solution/src/step2_calculate.rs"
    "solution/src/step3_operate.rs"
    "solution/styles/step3_operate/expected_wait.rs"
    "solution/worksheet.toml"
};
