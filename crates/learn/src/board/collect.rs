//! Finding and reading worksheets that come from anywhere: no bad one costs a good one, and each bad one is named.

use crate::sheet;
use crate::steps::{Catalogue, Entry};
use crate::words;
use judge::worksheet::{FreeText, SCHEMA, Sheet};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};

/// No worksheet is larger, in bytes.
const LARGEST: u64 = 256 * 1024;

/// A worksheet to show.
pub(super) struct Given {
    /// Index of its design in the catalogue.
    pub(super) design: usize,
    /// What it says.
    pub(super) sheet: Sheet,
    /// The file's name without its ending, and the folder's before it where several files are called alike.
    pub(super) name: String,
    /// Orders sheets without regard to their names.
    pub(super) order: u64,
    path: PathBuf,
}

/// A file that is left out.
#[derive(Debug, PartialEq)]
pub(super) struct LeftOut {
    /// Its path, as it was found.
    pub(super) path: String,
    /// Its name alone.
    pub(super) name: String,
    /// Why, on one line.
    pub(super) why: String,
}

/// What was found.
pub(super) struct Found {
    /// Worksheets to show.
    pub(super) sheets: Vec<Given>,
    /// Files to name.
    pub(super) left_out: Vec<LeftOut>,
}

/// Reads every worksheet that is named, or lies in a folder that is named, however deep. In folders, names that begin with a dot and
/// `Cargo.toml` are passed over, so that a folder of clones may be given.
pub(super) fn collect(named: &[PathBuf], catalogue: &Catalogue) -> Found {
    let mut search = Search::default();
    for path in named {
        search.named(path);
    }
    let mut sheets = Vec::new();
    for path in std::mem::take(&mut search.files) {
        match read(&path, catalogue) {
            Ok((design, sheet, order)) => sheets.push(Given { design, sheet, order, name: stem(&path), path }),
            Err(why) => search.leave_out(&path, &why),
        }
    }
    tell_apart(&mut sheets);
    search.left_out.sort_by(|a, b| a.path.cmp(&b.path));
    Found { sheets, left_out: search.left_out }
}

#[derive(Default)]
struct Search {
    files: Vec<PathBuf>,
    left_out: Vec<LeftOut>,
    /// Real paths of files and folders that were met.
    met: HashSet<PathBuf>,
}

impl Search {
    /// A path that the user gave: whatever is wrong with it is said.
    fn named(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(there) if there.is_dir() => self.folder(path),
            Ok(there) => self.file(path, there.is_file()),
            Err(e) => self.leave_out(path, &cannot(&e)),
        }
    }

    fn folder(&mut self, top: &Path) {
        let mut waiting = vec![top.to_owned()];
        while let Some(folder) = waiting.pop() {
            if !self.is_new(&folder) {
                // Only a link leads to a folder a second time.
                if folder != top {
                    self.leave_out(&folder, "a link to a folder that is read already");
                }
                continue;
            }
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(e) => {
                    self.leave_out(&folder, &cannot(&e));
                    continue;
                }
            };
            for entry in entries.flatten() {
                let path = entry.path();
                let name = entry.file_name();
                if name.to_string_lossy().starts_with('.') || name == "Cargo.toml" {
                    continue;
                }
                let toml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
                match fs::metadata(&path) {
                    Ok(there) if there.is_dir() => waiting.push(path),
                    Ok(there) if toml => self.file(&path, there.is_file()),
                    Err(e) if toml => self.leave_out(&path, &cannot(&e)),
                    _ => {}
                }
            }
        }
    }

    fn file(&mut self, path: &Path, ordinary: bool) {
        if !ordinary {
            self.leave_out(path, "no ordinary file");
        } else if self.is_new(path) {
            self.files.push(path.to_owned());
        }
    }

    fn is_new(&mut self, path: &Path) -> bool {
        self.met
            .insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
    }

    fn leave_out(&mut self, path: &Path, why: &str) {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        self.left_out.push(LeftOut {
            path: words::visible(&path.display().to_string(), 300),
            name: words::visible(&name, 100),
            why: words::one_line(why),
        });
    }
}

fn cannot(e: &std::io::Error) -> String {
    format!("cannot be read: {e}")
}

fn stem(path: &Path) -> String {
    words::visible(&path.file_stem().unwrap_or_default().to_string_lossy(), 60)
}

/// Puts the folder before names that occur more than once in a design.
fn tell_apart(sheets: &mut [Given]) {
    let mut count: HashMap<(usize, String), u32> = HashMap::new();
    for s in &*sheets {
        *count.entry((s.design, s.name.clone())).or_default() += 1;
    }
    for s in sheets {
        if count[&(s.design, s.name.clone())] > 1 {
            let folder = s.path.parent().and_then(Path::file_name).unwrap_or_default();
            s.name = format!("{}/{}", words::visible(&folder.to_string_lossy(), 60), s.name);
        }
    }
}

/// The design, the sheet, and its place among the others; or why it cannot be shown.
fn read(path: &Path, catalogue: &Catalogue) -> Result<(usize, Sheet, u64), String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| cannot(&e))?;
    // One byte more than allowed tells that there is too much, also of a file that never ends.
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| cannot(&e))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("larger than {} KiB, so no worksheet", LARGEST / 1024));
    }
    let text = String::from_utf8(bytes).map_err(|_| "not UTF-8 text; save it as UTF-8")?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err("empty".into());
    }
    let (design, entry) = design_of(text, catalogue)?;
    let sheet = Sheet::parse(text, &entry.folder, &entry.manifest.questions).map_err(|why| sheet::on_one_line(&why))?;
    let silent = |a: &judge::worksheet::Answer| a.judged().is_none() && a.reason.trim().is_empty();
    if sheet.answers.iter().all(silent) && sheet.verdict == FreeText::default() {
        return Err("nothing is answered in it".into());
    }
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    Ok((design, sheet, hasher.finish()))
}

/// The design that a sheet names. Another version of the format is said before anything else that could be wrong with it.
fn design_of<'a>(text: &str, catalogue: &'a Catalogue) -> Result<(usize, &'a Entry), String> {
    #[derive(Deserialize)]
    struct Head {
        design: Option<toml::Value>,
        schema: Option<toml::Value>,
    }
    if let Some(why) = judge::worksheet::no_toml(text) {
        return Err(sheet::on_one_line(&why));
    }
    let head: Head = toml::from_str(text).map_err(|e| format!("no valid TOML: {e}"))?;
    let Some(toml::Value::String(design)) = head.design else {
        return Err("names no design, so it is no worksheet".into());
    };
    match head.schema {
        Some(toml::Value::Integer(n)) if n == i64::from(SCHEMA) => {}
        Some(other) => {
            return Err(format!(
                "has schema = {other}, and this version reads {SCHEMA}; export it again from the page of this version"
            ));
        }
        None => return Err(format!("has no schema; this version reads schema = {SCHEMA}")),
    }
    let known = || {
        catalogue
            .entries
            .iter()
            .map(|e| e.folder.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    catalogue
        .entries
        .iter()
        .enumerate()
        .find(|(_, e)| e.folder == design)
        .ok_or_else(|| {
            format!(
                "of a design {design:?}, which this version does not have; it has {}",
                known()
            )
        })
}
