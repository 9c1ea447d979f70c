//! The repository's own entries: each is read, recomputed, and says where it belongs.

use ledger::{Entry, Ledger, Seen, State};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn all() -> Vec<Entry> {
    Ledger::load(&root())
        .unwrap_or_else(|wrong| {
            let said: Vec<String> = wrong.iter().map(ToString::to_string).collect();
            panic!("{}", said.join("\n"))
        })
        .entries
}

#[test]
fn every_entry_is_reproduced_or_marked() {
    let ledger = Ledger { entries: all() };
    let report = ledger.recompute(|model, values| model.call(values));
    assert!(report.holds(), "{}", report.table());
    assert!(report.entries.len() >= 20, "only {} entries", report.entries.len());
    assert!(report.count(State::Reproduced) >= report.entries.len() * 3 / 4);
}

#[test]
fn a_file_holds_the_entries_of_one_page_at_first_hand() {
    for entry in all() {
        let home = format!("{}.toml", entry.used_by[0].replace('/', "-"));
        let name = entry.file.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(name, home, "{} is first used by {}", entry.id, entry.used_by[0]);
    }
}

#[test]
fn every_page_that_uses_an_entry_exists() {
    let root = root();
    for entry in all() {
        for page in &entry.used_by {
            let block = root.join("src").join(format!("{page}.md"));
            // A design is in the making once its exercise is there.
            let design = page
                .strip_prefix("designs/")
                .map(|slug| root.join("exercises").join(slug));
            let exists = block.is_file() || design.is_some_and(|d| d.is_dir());
            assert!(
                exists,
                "{}:{}: {} is used by {page}, which is nowhere",
                entry.file.display(),
                entry.line,
                entry.id
            );
        }
    }
}

#[test]
fn texts_are_sentences_that_stand_for_themselves() {
    for e in all() {
        let at = format!("{}:{}", e.file.display(), e.line);
        for (what, text) in [("title", &e.title), ("teaches-against", &e.against)] {
            assert!(text.len() > 10, "{at}: {what} is empty");
            assert!(!text.ends_with('.'), "{at}: {what} is a phrase, without a full stop");
        }
        for text in e
            .note
            .iter()
            .chain(e.runs.iter().flat_map(|r| &r.checks).flat_map(|c| &c.fails))
        {
            assert!(text.ends_with(['.', '?', ')']), "{at}: “{text}” has no end");
        }
        for run in &e.runs {
            for check in &run.checks {
                assert!(check.what.len() <= 90, "{at}: “{}” is too long for a table", check.what);
            }
        }
        if e.seen == Seen::NotSeen {
            let marked = e.note.is_some();
            assert!(marked, "{at}: say in a note what of it was not seen");
        }
    }
}

/// A tolerance that any model would meet proves nothing: each claimed value, moved by half of itself, must fail.
#[test]
fn no_tolerance_is_so_wide_that_nothing_could_miss_it() {
    use ledger::Tolerance;
    for e in all() {
        for check in e.runs.iter().flat_map(|r| &r.checks) {
            let wide = match (&check.tolerance, &check.published) {
                (Tolerance::Relative(share), _) => *share >= 0.5,
                (Tolerance::Absolute(amount), Some(p)) => p.value != 0.0 && *amount >= 0.5 * p.value.abs(),
                _ => false,
            };
            assert!(
                !wide,
                "{}:{}: {} of {}",
                e.file.display(),
                e.line,
                check.tolerance_words,
                e.id
            );
        }
    }
}
