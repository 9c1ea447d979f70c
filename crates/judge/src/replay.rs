//! One run behind a verdict, for whoever asks for it (`cargo learn replay`): `DSR_REPLAY` names the folder that it is written
//! into, `DSR_SEED` the seed.
//!
//! The learner's code is known to the exercise's test program alone, so that is what draws. The design says what a run shows;
//! here stands when it is drawn, that nothing the code does can hang it, and how it is handed over. Where nobody asks, nothing
//! happens.

use crate::guard;
use crate::pool;
use crate::verdict::{self, Place, Verdict};
use serde::{Deserialize, Serialize};
use std::env;
use std::path::{Path, PathBuf};

/// One run, or the reason why there is none. `T` is what the design shows of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replay<T> {
    /// Its seed.
    pub seed: u64,
    /// The seeds that the verdict rests on.
    pub pool: Vec<u64>,
    /// How the design's lab shows the situation.
    pub lab: Lab,
    /// What the run shows.
    pub shown: Option<T>,
    /// The verdict on code that gave no run.
    pub fault: Option<Verdict>,
}

/// How the design's lab shows a situation with its built-in policies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lab {
    /// Its knobs, as typed: `storm_factor=5`; empty for the lab as it opens. `None` when it cannot show the situation.
    pub knobs: Option<String>,
    /// What is otherwise there than here, as a sentence; empty when nothing is.
    pub otherwise: String,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    folder: PathBuf,
    seed: u64,
    pool: Vec<u64>,
}

impl Wanted {
    /// What the environment asks for: the seed that it names, or the first of a pool of `size`. `None` when it asks for nothing.
    pub(crate) fn find(size: u64) -> Option<Wanted> {
        let set = |name: &str| env::var_os(name).filter(|v| !v.is_empty());
        let folder = PathBuf::from(set("DSR_REPLAY")?);
        let named = set("DSR_SEED").and_then(|v| v.to_str()?.parse().ok());
        let pool: Vec<u64> = pool::seeds(size).collect();
        let seed = named.or(pool.first().copied()).unwrap_or(1);
        Some(Wanted { folder, seed, pool })
    }

    /// Draws the run off the test's thread and within a limit of time, since `draw` may call the learner's code.
    pub(crate) fn draw<T: Send + 'static>(
        &self,
        design: &str,
        place: &Place,
        lab: Lab,
        draw: impl FnOnce(u64) -> T + Send + 'static,
    ) -> Replay<T> {
        let seed = self.seed;
        match guard::run(move || draw(seed)) {
            Ok(shown) => Replay { seed, pool: self.pool.clone(), lab, shown: Some(shown), fault: None },
            Err(fault) => self.nothing(verdict::fault(design, place, &fault)),
        }
    }

    /// There is no run, for this reason.
    pub(crate) fn nothing<T>(&self, why: Verdict) -> Replay<T> {
        Replay {
            seed: self.seed,
            pool: self.pool.clone(),
            lab: Lab::default(),
            shown: None,
            fault: Some(why),
        }
    }

    /// Hands it over.
    pub(crate) fn write<T: Serialize>(&self, place: &Place, replay: &Replay<T>) {
        let file = file(&self.folder, &place.step, &place.test);
        let text = serde_json::to_string(replay).expect("what a run shows is plain text");
        if let Err(e) = std::fs::write(&file, text) {
            eprintln!("cannot write {}: {e}", file.display());
        }
    }
}

/// Where the run of a test is written.
pub fn file(folder: &Path, step: &str, test: &str) -> PathBuf {
    folder.join(format!("{step}.{test}.json"))
}

/// The command that shows a run of a test: the first of a pool of `size`.
pub(crate) fn command(design: &str, place: &Place, size: u64) -> String {
    let first = pool::seeds(size).next().unwrap_or(1);
    format!(
        "cargo learn replay {} --test {} --seed {first}",
        place.short(design),
        place.test
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Kind;

    fn wanted(folder: &Path) -> Wanted {
        Wanted { folder: folder.into(), seed: 9, pool: vec![1, 2, 3] }
    }

    fn place() -> Place {
        Place { step: "step2_operate".into(), test: "t".into() }
    }

    #[test]
    fn a_run_comes_back_as_it_was_drawn() {
        let folder = std::env::temp_dir().join(format!("judge-replay-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let wanted = wanted(&folder);
        let lab = Lab { knobs: Some("load=2".into()), otherwise: String::new() };
        let replay = wanted.draw("99-x", &place(), lab, |seed| vec![seed, 1]);
        wanted.write(&place(), &replay);
        let text = std::fs::read_to_string(file(&folder, "step2_operate", "t")).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let back: Replay<Vec<u64>> = serde_json::from_str(&text).unwrap();
        assert_eq!((back.shown.as_deref(), back.seed), (Some(&[9, 1][..]), 9));
        assert_eq!(back, replay);
    }

    #[test]
    fn a_panic_while_drawing_is_a_verdict() {
        let wanted = wanted(Path::new("nowhere"));
        let replay: Replay<u64> = wanted.draw("99-x", &place(), Lab::default(), |_| panic!("no"));
        assert_eq!(replay.shown, None);
        assert_eq!(replay.fault.map(|v| v.kind), Some(Kind::Crash));
    }

    #[test]
    fn nobody_asked() {
        assert!(Wanted::find(3).is_none());
    }

    #[test]
    fn the_command_names_test_and_first_seed() {
        assert_eq!(
            command("99-x", &place(), 3),
            "cargo learn replay 99/operate --test t --seed 1"
        );
    }
}
