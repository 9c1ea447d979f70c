//! `cargo learn dispute`.

use crate::Outcome;
use crate::check::Session;
use crate::steps::At;
use anyhow::{Result, bail};

/// `cargo learn dispute`.
pub(crate) fn dispute(_session: &Session, _at: At) -> Result<Outcome> {
    bail!("being written")
}
