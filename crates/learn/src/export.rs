//! `cargo learn export`.

use crate::Outcome;
use crate::check::Session;
use anyhow::{Result, bail};
use std::path::Path;

/// `cargo learn export`.
pub(crate) fn export(_session: &Session, _file: &Path) -> Result<Outcome> {
    bail!("being written")
}
