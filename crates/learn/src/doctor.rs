//! `cargo learn doctor`.

use crate::Outcome;
use crate::check::Session;
use anyhow::{Result, bail};

/// `cargo learn doctor`.
pub(crate) fn doctor(_session: &Session, _branch: Option<&str>) -> Result<Outcome> {
    bail!("being written")
}
