//! `cargo learn report`.

use crate::Outcome;
use crate::check::Session;
use anyhow::{Result, bail};

/// `cargo learn report`.
pub(crate) fn report(_session: &Session, _format: &str) -> Result<Outcome> {
    bail!("being written")
}
