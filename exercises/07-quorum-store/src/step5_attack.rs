//! Step 5 · attack: new, and then old.
//!
//! Three copies hold the old value; N = 3, R = W = 2. At 0 ms a client writes the new value. At 10 ms another client begins to read; when
//! its read has been answered it pauses, and reads again. You decide what becomes of the messages: the write on its way to copy 1, 2 and
//! 3, and each copy's reply to the two reads. All other messages take 1 ms.
//!
//! Find delays and losses with which what the two clients saw has no order that fits: no instant for each operation, between its call and
//! its return, explains it. That must happen in a store whose reads answer at once and mend afterwards. A store whose reads, when
//! their answers differ, send the new value on and wait for two copies before they answer, must stay in order under the same attack.
//!
//! Each message takes at most 500 ms, and at most three are lost. A write that is not acknowledged by two copies has failed, and its
//! client is told so. A read needs two replies within 2 s.
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
/// 500 ms; `clock_behind` is how far the writer's clock is behind that of the old value's writer, at most 10 s.
pub fn answer() -> Attack {
    todo!("step 5: what becomes of the messages")
}
