//! A judged run as a page.

use crate::Outcome;
use crate::check::Session;
use crate::steps::At;
use anyhow::{Result, bail};

/// What is to be shown.
pub(crate) struct Wish {
    /// Test whose situation is run.
    pub(crate) test: Option<String>,
    /// Seed of the run.
    pub(crate) seed: Option<u64>,
    /// Even before the predictions are committed.
    pub(crate) anyway: bool,
    /// Open the page.
    pub(crate) open: bool,
}

/// `cargo learn replay`.
pub(crate) fn replay(_session: &Session, _at: At, wish: &Wish) -> Result<Outcome> {
    let _ = (&wish.test, wish.seed, wish.anyway, wish.open);
    bail!("being written")
}
