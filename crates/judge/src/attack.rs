//! Step `attack`: what an attempt showed, or why it showed nothing.
//!
//! A design strikes its two candidates in the closure, says what counts, and explains; how an attempt can come to nothing (code that
//! panics, bounds that are passed, a premise that fails) is the same everywhere.

use crate::guard::{self, Fault};
use crate::replay::{self, Lab, Wanted};
use crate::verdict::{self, Kind, Place, Verdict};
use serde::Serialize;

/// An attack under judgement. `S` is what it showed.
#[derive(Debug)]
pub struct Attempt<S> {
    folder: &'static str,
    /// Runs that a verdict pools.
    pool: u64,
    place: Place,
    result: Result<Result<S, String>, Fault>,
}

impl<S: Send + 'static> Attempt<S> {
    /// Strikes: `work` calls the learner's code, so it runs off the test's thread. It gives the bound that was passed as an error.
    /// Its verdict rests on `pool` runs.
    pub fn by(
        folder: &'static str,
        pool: u64,
        place: Place,
        work: impl FnOnce() -> Result<S, String> + Send + 'static,
    ) -> Attempt<S> {
        Attempt { folder, pool, place, result: guard::run(work) }
    }
}

impl<S: Clone + Send + 'static> Attempt<S> {
    /// Draws one run under the attack for whoever asks for a replay; does nothing when nobody does. `lab` says how the design's
    /// lab shows the attack; `draw` is given what it showed, and the run's seed.
    pub fn replay<T: Serialize + Send + 'static>(
        &self,
        lab: impl FnOnce(&S) -> Lab,
        draw: impl FnOnce(&S, u64) -> T + Send + 'static,
    ) {
        let Some(wanted) = Wanted::find(self.pool) else {
            return;
        };
        let replay = match self.shown() {
            Ok(shown) => {
                let (lab, shown) = (lab(shown), shown.clone());
                wanted.draw(self.folder, &self.place, lab, move |seed| draw(&shown, seed))
            }
            Err(verdict) => wanted.nothing(*verdict),
        };
        wanted.write(&self.place, &replay);
    }
}

impl<S> Attempt<S> {
    /// What the attack showed.
    ///
    /// # Errors
    /// The verdict on an attack that gave no result, or that is out of its bounds.
    pub fn shown(&self) -> Result<&S, Box<Verdict>> {
        match &self.result {
            Err(fault) => Err(Box::new(verdict::fault(self.folder, &self.place, fault))),
            Ok(Err(out)) => {
                let observed = format!("the attack is out of bounds: {out}");
                let mut verdict = self.no_result(observed, "can you do it within the bounds?");
                // It was never run.
                verdict.replay.clear();
                Err(Box::new(verdict))
            }
            Ok(Ok(shown)) => Ok(shown),
        }
    }

    /// The verdict on an attack whose premise does not hold, so that it proves nothing.
    pub fn no_result(&self, observed: impl Into<String>, ask: &str) -> Verdict {
        let mut v = self.fails();
        v.observed = observed.into();
        v.assumes = "the premise for a result".into();
        v.ask = ask.into();
        v
    }

    /// A verdict that the attack does not do what it should, to be filled in.
    pub fn fails(&self) -> Verdict {
        let mut verdict = Verdict::fail(self.folder, &self.place, Kind::Trade);
        let command = replay::command(self.folder, &self.place, self.pool);
        verdict.replay = format!("{command}   (first of {} pooled runs)", self.pool);
        verdict
    }

    /// The verdict that it does.
    pub fn holds(&self) -> Verdict {
        Verdict::pass(self.folder, &self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(work: impl FnOnce() -> Result<u32, String> + Send + 'static) -> Attempt<u32> {
        let place = Place { step: "step5_attack".into(), test: "t".into() };
        Attempt::by("99-x", 3, place, work)
    }

    #[test]
    fn what_it_showed_comes_back() {
        let a = attempt(|| Ok(7));
        assert_eq!(a.shown().ok(), Some(&7));
        assert!(a.holds().passed && !a.fails().passed);
        assert_eq!(
            a.fails().replay,
            "cargo learn replay 99/attack --test t --seed 1   (first of 3 pooled runs)"
        );
    }

    #[test]
    fn an_attack_out_of_bounds_and_a_panic_are_verdicts() {
        let v = attempt(|| Err("load: 9; it is 1 to 8".into())).shown().unwrap_err();
        assert_eq!(v.observed, "the attack is out of bounds: load: 9; it is 1 to 8");
        assert_eq!((v.kind, v.assumes.as_str()), (Kind::Trade, "the premise for a result"));
        assert_eq!(v.replay, "", "what was not run cannot be shown");
        assert_eq!(attempt(|| panic!("no")).shown().unwrap_err().kind, Kind::Crash);
    }
}
