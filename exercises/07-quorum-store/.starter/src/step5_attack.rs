//! Step 5 · attack: a history that has no order.
//!
//! Three copies hold the old value; N = 3, R = W = 2. At 0 ms a client writes the new value. At 10 ms another client begins to read; when
//! its read has been answered it pauses, and reads again. The reads come one after the other; the write may be under way meanwhile. You
//! decide what becomes of nine messages: the write on its way to copy 1, 2 and 3, and each copy's reply to the two reads. All other
//! messages take 1 ms: acknowledgements, requests of a read, and mends there and back.
//!
//! Find delays and losses with which what the two clients saw has no order that fits: no instant for each operation, between its call and
//! its return, explains it. (A write that was never answered may have its instant at any time after its call, or none.) That must happen
//! in the first of two stores; the second must stay in order under the same attack.
//!
//! | | a read |
//! |---|---|
//! | mends afterwards | is answered with the newer of its first two replies. When all three are there, and one has the new value and another has not, it sends the new value to the copies whose replies had it not. If a reply never comes, it mends nothing. |
//! | mends first | looks at its first two replies. If one has the new value and the other has not, it sends the new value to the two copies of which it has not heard it, waits until two copies have it, the one that showed it included, and then answers. It does not wait for the third reply. |
//!
//! Of replies that arrive in the same moment those of the lower-numbered copies come first. A copy that gets a write and a request in the
//! same moment has the write.
//!
//! Each message takes at most 500 ms, and at most three are lost. A write that two copies have not acknowledged within 500 ms has failed,
//! and its client is told so. A read needs two replies within 500 ms, and hears none after that.
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Attack {
//!     write: [after(ms(5)), after(ms(5)), LOST],
//!     first: [after(ms(2)), after(ms(2)), after(ms(2))],
//!     pause: ms(20),
//!     second: [after(ms(2)), LOST, after(ms(2))],
//!     clock_behind: ms(0),
//! }
//! ```

use designs::quorum_store::{Attack, LOST, after, ms};

/// `write`, `first` and `second` say for copy 1, 2 and 3 what becomes of a message; `pause` is the time between the two reads, at most
/// 500 ms; `clock_behind` is how far the writer's clock lags behind that of the old value's writer, at most 10 s. It is there to be
/// tried: clocks are no part of the task, and an attack that counts leaves it at 0 ms.
pub fn answer() -> Attack {
    todo!("step 5: what becomes of the messages")
}
