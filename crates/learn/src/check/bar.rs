//! How far several things have come: one line that is written over on a terminal, a line now and then elsewhere.

use crate::term::{Term, Tone, say};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// Columns of the bar itself.
const WIDE: usize = 24;
/// How often a line is said where nothing can be written over.
const EVERY: Duration = Duration::from_secs(5);

/// A bar that takes itself away when it is dropped.
pub(super) struct Bar<'a> {
    term: &'a Term,
    what: &'static str,
    total: usize,
    begun: Instant,
    said: Cell<Instant>,
    drawn: Cell<Option<(usize, u64)>>,
}

impl<'a> Bar<'a> {
    /// Begins: `what` is the work, as in "compiling".
    pub(super) fn new(term: &'a Term, what: &'static str, total: usize) -> Bar<'a> {
        let bar = Bar::unsaid(term, what, total);
        if term.terminal {
            bar.shows(0);
        } else {
            let many = if total == 1 { "" } else { "s" };
            say(&format!("· {what} {total} test program{many} …\n"));
        }
        bar
    }

    /// A bar that has said nothing yet.
    pub(super) fn unsaid(term: &'a Term, what: &'static str, total: usize) -> Bar<'a> {
        let now = Instant::now();
        Bar { term, what, total, begun: now, said: Cell::new(now), drawn: Cell::new(None) }
    }

    /// So many are done. It may be called as often as one likes.
    pub(super) fn shows(&self, done: usize) {
        let seconds = self.begun.elapsed().as_secs();
        if self.term.terminal {
            if self.drawn.replace(Some((done, seconds))) != Some((done, seconds)) {
                say(&format!(
                    "\r{}\x1b[K",
                    self.term.tone(Tone::Faint, &self.line(done, seconds))
                ));
            }
        } else if self.said.get().elapsed() >= EVERY {
            self.said.set(Instant::now());
            say(&format!("· {} {done} of {}, {seconds} s\n", self.what, self.total));
        }
    }

    /// Takes the line away, so that something else can be written.
    pub(super) fn clear(&self) {
        if self.term.terminal && self.drawn.take().is_some() {
            say("\r\x1b[K");
        }
    }

    fn line(&self, done: usize, seconds: u64) -> String {
        let full = WIDE * done.min(self.total) / self.total.max(1);
        let time = if seconds > 1 {
            format!(", {seconds} s")
        } else {
            String::new()
        };
        format!(
            "· {:<9} [{}{}] {done} of {}{time}",
            self.what,
            "=".repeat(full),
            " ".repeat(WIDE - full),
            self.total
        )
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills_from_nothing_to_full() {
        let bar = Bar::unsaid(&Term::PLAIN, "judging", 8);
        assert_eq!(bar.line(0, 0), format!("· judging   [{}] 0 of 8", " ".repeat(WIDE)));
        assert_eq!(
            bar.line(4, 3),
            format!(
                "· judging   [{}{}] 4 of 8, 3 s",
                "=".repeat(WIDE / 2),
                " ".repeat(WIDE / 2)
            )
        );
        assert!(bar.line(8, 0).contains(&format!("[{}] 8 of 8", "=".repeat(WIDE))));
        assert!(
            bar.line(9, 0).contains(&format!("[{}]", "=".repeat(WIDE))),
            "more than full is full"
        );
    }
}
