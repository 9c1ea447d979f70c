//! Design 17 · Two complete proposals for one brief: your answers, one file a step.
//!
//! Step 1 is `worksheet.toml`. Read `README.md` first.

pub mod step2_calculate;
pub mod step3_choose;
pub mod step4_attack;
