//! `cargo learn reset`.

use crate::Outcome;
use crate::check::Session;
use crate::steps::Target;
use anyhow::{Result, bail};

/// `cargo learn reset`.
pub(crate) fn reset(_session: &Session, _target: Target) -> Result<Outcome> {
    bail!("being written")
}
