//! `cargo learn export`: what the learner wrote, in one file to take along.

use crate::Outcome;
use crate::check::Session;
use crate::files;
use crate::kept;
use crate::reset;
use crate::term::{Tone, say};
use crate::verify;
use anyhow::{Context, Result, bail};
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Effort of compressing, 0 to 10: texts of some kilobytes take no time at any.
const EFFORT: u8 = 6;

const README: &str = "\
Your answers to the workbook Distributed Systems Reasoning, packed by `cargo learn export`.

exercises/NN-slug/worksheet.toml   your predictions, reasons and verdict; `first` is your first commit
exercises/NN-slug/src/*.rs         your answers, one file a step; a file that still is the starter is not here
exercises/NN-slug/kept/            versions that `reset` or an import of a worksheet kept
exercises/NN-slug/DECISIONS.md     your log of decisions, when you keep one
.learn/progress.toml               what is solved and when, tries, hints, first commits
.learn/disputes/                   what `cargo learn dispute` wrote

To go on in another clone, unpack it there, over what the clone has.
";

/// `cargo learn export`.
pub(crate) fn export(session: &Session, file: &Path) -> Result<Outcome> {
    // Said before any work; the writing itself takes care, too.
    if fs::symlink_metadata(file).is_ok() {
        bail!(
            "{} is there already and stays as it is; give another name, for example `cargo learn export my-answers-2.zip`",
            file.display()
        );
    }
    let mut pack = Pack::default();
    pack.pieces.insert("README.txt".into(), README.into());
    for entry in &session.catalogue.entries {
        let exercise = session.place.exercise(&entry.folder);
        let pristine = session.place.pristine(&entry.folder);
        let below = format!("exercises/{}", entry.folder);
        for name in verify::answer_files(&exercise)? {
            let starter = fs::read_to_string(pristine.join(&name)).ok();
            let sheet = name == Path::new("worksheet.toml");
            let changed = |bytes: &[u8]| sheet || starter.as_deref().is_none_or(|s| !reset::same(bytes, s));
            let inside = format!("{below}/{}", name.to_string_lossy().replace('\\', "/"));
            pack.file(inside, &exercise.join(&name), &changed);
        }
        pack.file(format!("{below}/DECISIONS.md"), &exercise.join("DECISIONS.md"), &|_| {
            true
        });
        pack.folder(&format!("{below}/{}", kept::FOLDER), &exercise.join(kept::FOLDER));
    }
    let records = &session.place.records;
    pack.file(".learn/progress.toml".into(), &records.join("progress.toml"), &|_| true);
    pack.folder(".learn/disputes", &records.join("disputes"));

    files::write_new(file, &pack.zip().context("cannot make the zip")?)?;
    let count = pack.pieces.len() - 1;
    let pieces = if count == 1 {
        "1 file"
    } else {
        &format!("{count} files")
    };
    say(&format!(
        "{}  {pieces} of yours, and a README that says what is what\n",
        file.display()
    ));
    if pack.left_out.is_empty() {
        return Ok(Outcome::Done);
    }
    let mut out = format!(
        "{} left out, since they cannot be read:\n",
        session.term.tone(Tone::Bad, "✗")
    );
    for (path, why) in &pack.left_out {
        out += &format!("  {}: {why}\n", session.place.shown(path));
    }
    say(&out);
    Ok(Outcome::NotYet)
}

/// What goes into the zip, in order of name, so that the same answers give the same bytes.
#[derive(Default)]
struct Pack {
    pieces: BTreeMap<String, Vec<u8>>,
    left_out: Vec<(PathBuf, std::io::Error)>,
}

impl Pack {
    /// Takes a file in when it is there and `wanted` says so of its content.
    fn file(&mut self, inside: String, path: &Path, wanted: &dyn Fn(&[u8]) -> bool) {
        match fs::read(path) {
            Ok(bytes) if wanted(&bytes) => drop(self.pieces.insert(inside, bytes)),
            Ok(_) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => self.left_out.push((path.to_owned(), e)),
        }
    }

    /// Takes in the files of a folder, when there is one.
    fn folder(&mut self, inside: &str, folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return,
            Err(e) => return self.left_out.push((folder.to_owned(), e)),
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !name.starts_with('.') {
                self.file(format!("{inside}/{name}"), &path, &|_| true);
            }
        }
    }

    /// The zip's bytes. All in it bears the first day that a zip knows: when a step was solved stands in the record.
    fn zip(&self) -> Result<Vec<u8>> {
        let mut zip = ZipArchiveWriter::new(Vec::new());
        let first_day = UtcDateTime::from_components(1980, 1, 1, 0, 0, 0, 0).context("a day that a zip can name")?;
        for (name, bytes) in &self.pieces {
            let file = zip.new_file(name).compression_method(CompressionMethod::DEFLATE);
            let (mut inside, _) = file.last_modified(first_day).unix_permissions(0o100_644).start()?;
            inside.write_all(&miniz_oxide::deflate::compress_to_vec(bytes, EFFORT))?;
            inside.finish(DataDescriptorOutput::new(rawzip::crc32(bytes), bytes.len() as u64))?;
        }
        Ok(zip.finish()?)
    }
}
