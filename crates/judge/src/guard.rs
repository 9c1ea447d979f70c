//! Runs a learner's code so that nothing it does can hang or break the judge.

use crate::patience::Patience;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::Duration;

/// Why guarded code gave no result.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// It is a `todo!` still; the text says what is to be written.
    Todo(String),
    /// It panicked with this message.
    Panic(String),
    /// It did not come back within this many seconds.
    Timeout(u64),
}

/// Seconds after which an answer counts as one that never comes back. Judging takes about one; the rest is for a slow or busy machine.
/// `cargo learn` ends the whole child after 20 s.
pub const PATIENCE_S: u64 = 16;
/// How often it is asked whether the wait has lasted long enough.
const LOOK: Duration = Duration::from_millis(200);

/// Runs `work` on a thread of its own.
///
/// A thread that never ends cannot be stopped from outside; it is left behind and ends with the test process.
///
/// # Errors
/// Says whether the code was not written, panicked, or did not come back.
pub fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    within(Duration::from_secs(PATIENCE_S), work)
}

fn within<T: Send + 'static>(patience: Duration, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let result = apart(patience, Box::new(|| Box::new(work())))?;
    Ok(*result.downcast().expect("what `work` gave"))
}

type Anything = Box<dyn Any + Send>;

/// Compiled once: threads and channels for each answer's own type would be a fifth of all that is compiled for the designs.
fn apart(patience: Duration, work: Box<dyn FnOnce() -> Anything + Send>) -> Result<Anything, Fault> {
    let (give, take) = mpsc::channel();
    let thread = std::thread::Builder::new()
        // Deep recursion in an answer should overflow late, and as a message of the system, not of the judge.
        .stack_size(8 << 20)
        .spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(work));
            // The other end is gone only after a time-out.
            let _ = give.send(result.map_err(|payload| words(payload.as_ref())));
        })
        .map_err(|e| Fault::Panic(format!("cannot start a thread: {e}")))?;
    let wait = Patience::with_ourselves(patience);
    let result = loop {
        match take.recv_timeout(LOOK.min(patience)) {
            Ok(result) => break result,
            Err(_) if wait.is_over() => return Err(Fault::Timeout(patience.as_secs())),
            Err(_) => {}
        }
    };
    let _ = thread.join();
    result.map_err(|text| match text.strip_prefix("not yet implemented") {
        Some(rest) => Fault::Todo(rest.trim_start_matches(": ").to_owned()),
        None => Fault::Panic(text),
    })
}

fn words(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(|s| (*s).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a message".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_comes_back() {
        assert_eq!(run(|| 6 * 7), Ok(42));
    }

    #[test]
    #[allow(clippy::todo)]
    fn an_unwritten_answer_is_told_from_a_panic() {
        assert_eq!(
            run(|| -> u32 { todo!("write me") }),
            Err(Fault::Todo("write me".into()))
        );
        assert_eq!(run(|| -> u32 { panic!("no {}", 1) }), Err(Fault::Panic("no 1".into())));
    }

    #[test]
    fn an_endless_loop_is_given_up() {
        let endless = || loop {
            std::thread::sleep(Duration::from_millis(5));
        };
        assert_eq!(
            within(Duration::from_millis(50), endless),
            Err::<u32, _>(Fault::Timeout(0))
        );
    }
}
