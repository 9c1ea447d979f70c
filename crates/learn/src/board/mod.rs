//! A group's page from its worksheets.

use crate::Outcome;
use crate::check::Session;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// What is to be made.
pub(crate) struct Wish {
    /// Worksheets, or folders of them.
    pub(crate) sheets: Vec<PathBuf>,
    /// Where the page goes.
    pub(crate) out: PathBuf,
    /// Show the truth.
    pub(crate) reveal: bool,
    /// Call sheets by their files' names.
    pub(crate) names: bool,
}

/// `cargo learn board`.
pub(crate) fn board(_session: &Session, wish: &Wish) -> Result<Outcome> {
    let _ = (&wish.sheets, &wish.out, wish.reveal, wish.names);
    bail!("being written")
}
