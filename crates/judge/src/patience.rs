//! How long to wait for code that may never end, also on a machine that has other work to do.
//!
//! A wait is counted by the share of processor time that the code was given of what it wanted. Code that never ends, or sleeps,
//! gets what it wants, so its seconds count in full; code that waits for a busy machine is not blamed for that.

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// However busy the machine is, nobody waits longer than so many times the limit.
const AT_MOST: u32 = 4;

/// A wait with a limit.
#[derive(Debug)]
pub struct Patience {
    begun: Instant,
    limit: Duration,
    /// The process that is waited for, as the system's files name it.
    process: String,
    before: Work,
}

/// What the threads of a process were given and had to wait for, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Work {
    given: u64,
    delayed: u64,
}

impl Patience {
    /// A wait for something in our own process.
    pub fn with_ourselves(limit: Duration) -> Patience {
        Patience::with("self".into(), limit)
    }

    /// A wait for another process, by its number.
    pub fn with_process(process: u32, limit: Duration) -> Patience {
        Patience::with(process.to_string(), limit)
    }

    fn with(process: String, limit: Duration) -> Patience {
        Patience { begun: Instant::now(), limit, before: Work::of(&process), process }
    }

    /// Has it lasted long enough?
    pub fn is_over(&self) -> bool {
        let waited = self.begun.elapsed();
        if waited < self.limit {
            return false;
        }
        let now = Work::of(&self.process);
        let work = Work {
            given: now.given.saturating_sub(self.before.given),
            delayed: now.delayed.saturating_sub(self.before.delayed),
        };
        waited >= self.limit * AT_MOST || waited.mul_f64(work.share()) >= self.limit
    }
}

impl Work {
    /// As the system tells it; nothing where it does not tell (elsewhere than on Linux).
    fn of(process: &str) -> Work {
        let threads = std::fs::read_dir(PathBuf::from("/proc").join(process).join("task"));
        let texts = threads
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok());
        texts
            .filter_map(|text| Work::parse(&text))
            .fold(Work::default(), |a, b| Work {
                given: a.given + b.given,
                delayed: a.delayed + b.delayed,
            })
    }

    /// One thread's line: nanoseconds on a processor, nanoseconds of waiting for one, and turns.
    fn parse(line: &str) -> Option<Work> {
        let mut numbers = line.split_ascii_whitespace().map(str::parse);
        let (given, delayed) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        Some(Work { given, delayed })
    }

    /// Of the processor time that it wanted, the share that it was given, 0 to 1.
    fn share(self) -> f64 {
        match self.given + self.delayed {
            0 => 1.0,
            wanted => self.given as f64 / wanted as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_for_the_machine_counts_less() {
        assert_eq!(Work { given: 0, delayed: 0 }.share(), 1.0);
        assert_eq!(Work { given: 8, delayed: 0 }.share(), 1.0);
        assert_eq!(Work { given: 1, delayed: 3 }.share(), 0.25);
        assert_eq!(Work::parse("2400 600 17\n"), Some(Work { given: 2400, delayed: 600 }));
        assert_eq!(Work::parse("none"), None);
    }

    #[test]
    fn it_begins_unfinished_and_ends() {
        let patience = Patience::with_ourselves(Duration::from_millis(30));
        assert!(!patience.is_over());
        std::thread::sleep(Duration::from_millis(30 * u64::from(AT_MOST)));
        assert!(patience.is_over());
        assert!(
            Patience::with_process(0, Duration::ZERO).is_over(),
            "a process that is gone"
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_system_tells_what_work_it_did() {
        let before = Work::of("self");
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(50) {}
        let now = Work::of("self");
        assert!(
            now.given + now.delayed > before.given + before.delayed,
            "{before:?} {now:?}"
        );
    }
}
