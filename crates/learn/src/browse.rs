//! Opens pages in the browser.

use anyhow::{Context, Result};

/// Opens an address (`file:///…`, `http://127.0.0.1:…`) with what the system opens such addresses with, and does not wait for it.
pub(crate) fn open(address: &str) -> Result<()> {
    open::that_detached(address).with_context(|| format!("the browser could not be opened; open {address} by hand"))
}
