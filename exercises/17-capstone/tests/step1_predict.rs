//! Step 1 · predict: numbers first, then the mechanism behind each miss.
//!
//! The sheet is `worksheet.toml`. What the run gives stands nowhere in this crate.

#[test]
fn the_sheet_is_committed_and_every_miss_is_explained() {
    designs::capstone::predict::worksheet(judge::worksheet!()).or_explain();
}
