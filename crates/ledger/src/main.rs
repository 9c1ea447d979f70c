//! `cargo run -p ledger`: recomputes published numbers.

use clap::Parser;
use ledger::{Entry, Finding, Ledger};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Recomputes published numbers with the models and designs of this repository, and says which agree.
///
/// The exit code is 0 when every entry is reproduced, or marked as not reproduced; 1 when a value is out of its
/// tolerance; 2 when an entry cannot be read.
#[derive(Parser)]
#[command(name = "ledger", version)]
struct Cli {
    /// Recompute the entries of this file instead of the repository's; may be given more than once
    #[arg(long, value_name = "FILE")]
    file: Vec<PathBuf>,
    /// Only the entry of this id; may be given more than once
    #[arg(long, value_name = "ID")]
    id: Vec<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
    /// List what entries can name, with inputs and units: all, or those whose id begins with PREFIX
    #[arg(long, value_name = "PREFIX", num_args = 0..=1, default_missing_value = "")]
    models: Option<String>,
}

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<bool, String> {
    if let Some(prefix) = &cli.models {
        print!("{}", ledger::list_models(prefix)?);
        return Ok(true);
    }
    let mut ledger = read(&cli.file)?;
    if !cli.id.is_empty() {
        let mut chosen: Vec<Entry> = Vec::new();
        for id in &cli.id {
            chosen.push(ledger.find(id)?.clone());
        }
        ledger.entries = chosen;
    }
    let report = ledger.recompute(|model, values| model.call(values));
    if cli.json {
        let text = serde_json::to_string_pretty(&report).map_err(|e| e.to_string())?;
        println!("{text}");
    } else {
        print!("{}", report.table());
    }
    Ok(report.holds())
}

fn read(files: &[PathBuf]) -> Result<Ledger, String> {
    let said = |all: Vec<Finding>| all.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n");
    if files.is_empty() {
        let here = std::env::current_dir().map_err(|e| format!("the current folder cannot be read: {e}"))?;
        let root = root_above(&here).ok_or(
            "there is no folder ledger/ with entries here or above: go into the repository, or name a file with --file",
        )?;
        return Ledger::load(root).map_err(said);
    }
    let mut all = Ledger::default();
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{} cannot be read: {e}", file.display()))?;
        for entry in Ledger::read(&text, file).map_err(said)?.entries {
            if all.find(&entry.id).is_ok() {
                return Err(format!(
                    "{}:{}: the id “{}” is taken: choose another",
                    file.display(),
                    entry.line,
                    entry.id
                ));
            }
            all.entries.push(entry);
        }
    }
    Ok(all)
}

/// The folder that holds `sources.toml` and `ledger/`.
fn root_above(folder: &Path) -> Option<&Path> {
    folder
        .ancestors()
        .find(|f| f.join("sources.toml").is_file() && f.join(Ledger::FOLDER).is_dir())
}
