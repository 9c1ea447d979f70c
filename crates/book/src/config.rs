//! `book.toml` and `SUMMARY.md`: read strictly, every mistake with its line.

use crate::finding::{Finding, Findings, suggest};
use crate::markdown;
use anyhow::{Context, Result, bail};
use mdbook::config::Config;
use std::fs;
use std::path::Path;

/// Reads `book.toml`.
///
/// # Errors
/// The line that is wrong.
pub fn read(root: &Path) -> Result<Config> {
    let file = root.join("book.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut config: Config = toml_error(&text, text.parse())?;
    config.update_from_env()?;
    known_keys(&text, &config)?;
    if let Some(other) = config.outputs::<toml::Value>()?.keys().find(|k| *k != "html") {
        bail!("book.toml: [output.{other}]: this book has the output html only");
    }
    Ok(config)
}

/// mdBook refuses unknown keys in most tables of `book.toml`, but not in those below `[output.html]`.
fn known_keys(text: &str, config: &Config) -> Result<()> {
    let html: toml::Table = config.get("output.html")?.unwrap_or_default();
    let all = serde_json::to_value(mdbook::config::HtmlConfig::default())?;
    let search = serde_json::to_value(mdbook::config::Search::default())?;
    let mut wrong = Findings::default();
    for (name, table) in html.iter().filter_map(|(k, v)| v.as_table().map(|t| (k, t))) {
        let known = if name == "search" { Some(&search) } else { all.get(name) };
        let Some(known) = known.and_then(|k| k.as_object()).filter(|k| !k.is_empty()) else {
            continue;
        };
        for key in table.keys().filter(|k| !known.contains_key(*k)) {
            let line = text
                .lines()
                .position(|l| l.trim_start().starts_with(key.as_str()))
                .map_or(1, |i| i + 1);
            let what = suggest(key, known.keys().map(String::as_str));
            wrong.push(Finding::at(
                "book.toml",
                line,
                format!("[output.html.{name}] has no key “{key}”; {what}"),
            ));
        }
    }
    Ok(wrong.into_result()?)
}

/// mdBook's error for a bad `book.toml`, with its line.
fn toml_error(text: &str, parsed: Result<Config>) -> Result<Config> {
    parsed.map_err(|e| {
        let said = e.root_cause().to_string();
        let line = said
            .split("at line ")
            .nth(1)
            .and_then(|r| r.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
        let line: usize = line.unwrap_or_else(|| {
            // Some messages name only the key.
            let key = said.split('`').nth(1).unwrap_or("\0");
            text.lines()
                .position(|l| l.trim_start().starts_with(key))
                .map_or(1, |i| i + 1)
        });
        let mut all = Findings::default();
        all.push(Finding::at(
            "book.toml",
            line,
            said.trim().lines().last().unwrap_or("").trim(),
        ));
        all.into()
    })
}

/// Files that `SUMMARY.md` and `book.toml` name and that do not exist.
pub(crate) fn missing(root: &Path, config: &Config) -> Result<Findings> {
    let mut all = Findings::default();
    let summary = config.book.src.join("SUMMARY.md");
    let text =
        fs::read_to_string(root.join(&summary)).with_context(|| format!("{} cannot be read", summary.display()))?;
    for link in markdown::links(&text) {
        if !link.to.is_empty() && !root.join(&config.book.src).join(&link.to).is_file() {
            all.push(Finding::at(
                &summary,
                link.line,
                format!("{}/{} does not exist", config.book.src.display(), link.to),
            ));
        }
    }
    let html = config.html_config().unwrap_or_default();
    let toml = fs::read_to_string(root.join("book.toml"))?;
    for file in html.additional_css.iter().chain(&html.additional_js) {
        if !root.join(file).is_file() {
            let name = file.to_string_lossy();
            let line = toml.lines().position(|l| l.contains(&*name)).map_or(1, |i| i + 1);
            all.push(Finding::at("book.toml", line, format!("{name} does not exist")));
        }
    }
    Ok(all)
}

/// mdBook's error for a bad `SUMMARY.md`, with its line.
pub(crate) fn summary_error(src: &Path, e: anyhow::Error) -> anyhow::Error {
    let said = e.root_cause().to_string();
    let line = said
        .split("SUMMARY.md line ")
        .nth(1)
        .and_then(|r| r.split(',').next()?.parse().ok());
    let Some(line) = line else { return e };
    let what = said.rsplit(": ").next().unwrap_or(&said).to_string();
    let mut all = Findings::default();
    all.push(Finding::at(src.join("SUMMARY.md"), line, what));
    all.into()
}
