//! `cargo learn calibration`.

use crate::Outcome;
use crate::check::Session;
use anyhow::{Result, bail};
use std::path::Path;

/// `cargo learn calibration`.
pub(crate) fn calibration(_session: &Session, _svg: Option<&Path>) -> Result<Outcome> {
    bail!("being written")
}
