//! `cargo learn solution`.

use crate::Outcome;
use crate::check::Session;
use crate::steps::At;
use anyhow::{Result, bail};

/// `cargo learn solution`.
pub(crate) fn solution(_session: &Session, _at: At, _anyway: bool) -> Result<Outcome> {
    bail!("being written")
}
