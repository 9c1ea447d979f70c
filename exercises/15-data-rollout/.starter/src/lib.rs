//! Design 15 · Rolling out a data change: your answers, one file a step.
//!
//! Step 1 is `worksheet.toml`. Read `README.md` first.

pub mod step2_calculate;
pub mod step3_operate;
pub mod step4_attack;
