//! The real program, on a small clone, with a cargo that answers at once.
//!
//! What cargo and the tests of an exercise do with a learner's code is proven by `cargo learn verify`; here it is played, so
//! that every way in which a check can end is tried in a second. That cargo is a shell script, so these tests run on Unix.

#![cfg(unix)]

mod all;
mod answers;
mod authors;
mod board;
mod calibration;
mod checks;
mod clone;
mod doctor;
mod killed;
mod names;
mod records;
mod replays;
mod report;
mod resets;
mod sheets;
mod terminal;
mod verify;
mod watching;
