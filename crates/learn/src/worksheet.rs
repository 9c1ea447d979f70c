//! `cargo learn worksheet`.

use crate::Outcome;
use crate::check::Session;
use anyhow::{Result, bail};
use std::path::Path;

/// `cargo learn worksheet`.
pub(crate) fn worksheet(_session: &Session, _design: usize, _import: Option<&Path>) -> Result<Outcome> {
    bail!("being written")
}
