//! The far tail, from the delays themselves: one read in a thousand is too rare to be counted in a run.
//!
//! A run of 20,000 pairs has twenty reads beyond its 99.9 %, and their times go far apart: the number would be the seed's. Here only
//! what the other messages do is drawn. How often the write to one copy is later than that is the fit's own tail, a formula. That
//! leaves an error below 0.5 % ([`DRAWS`]), where counting would take millions of pairs.

use super::system::{Delays, in_ms};
use sim::{Stream, Time, ns};

/// Draws of what the other messages do.
pub const DRAWS: u32 = 20_000;

/// Milliseconds from the answer of a write to the beginning of a read, so that `share` of the reads see the write; a read awaits one
/// reply, a write `write` acknowledgements of `copies`, which are fewer than all.
///
/// Any copy is as likely as another to reply first, whatever the writes do. It has the write too late if the write to it takes longer
/// than until the answer, the gap, and the request. A write that is so late is not among those whose acknowledgements counted.
pub fn visible_after(delays: &Delays, copies: u32, write: u32, share: f64, seed: u64) -> f64 {
    debug_assert!(
        0 < write && write < copies && delays.far == Time::ZERO,
        "copies are alike, and one may be late"
    );
    let mut luck = Stream::new(seed, 1 << 33);
    let mut ahead: Vec<Time> = Vec::with_capacity(DRAWS as usize);
    for _ in 0..DRAWS {
        // The answer comes from the other copies.
        let mut acks: Vec<Time> = (1..copies)
            .map(|_| delays.write.sample(&mut luck) + delays.ack.sample(&mut luck))
            .collect();
        acks.sort_unstable();
        let replies = (0..copies).map(|_| {
            let request = delays.read.sample(&mut luck);
            (request + delays.reply.sample(&mut luck), request)
        });
        let request = replies.min().map_or(Time::ZERO, |(_, request)| request);
        ahead.push(acks[write as usize - 1] + request);
    }
    let late = |gap: Time| mean(ahead.iter().map(|t| delays.write.survival(*t + gap)));
    exceeded_by(1.0 - share, late)
}

/// Milliseconds within which one copy alone acknowledges `share` of the writes.
pub fn alone(delays: &Delays, share: f64, seed: u64) -> f64 {
    let mut luck = Stream::new(seed, 1 << 34);
    let acks: Vec<Time> = (0..DRAWS).map(|_| delays.ack.sample(&mut luck)).collect();
    let late = |span: Time| mean(acks.iter().map(|ack| delays.write.survival(span - (*ack).min(span))));
    exceeded_by(1.0 - share, late)
}

/// The mean of a number for each draw.
fn mean(of_draws: impl Iterator<Item = f64>) -> f64 {
    of_draws.sum::<f64>() / f64::from(DRAWS)
}

/// The span, in milliseconds, that is exceeded by a share; found by halving.
fn exceeded_by(share: f64, exceeds: impl Fn(Time) -> f64) -> f64 {
    let (mut low, mut high) = (Time::ZERO, sim::secs(100));
    while high - low > ns(10_000) {
        let middle = low + (high - low) / 2;
        if exceeds(middle) > share {
            low = middle;
        } else {
            high = middle;
        }
    }
    in_ms(high.as_ns() as f64)
}

#[cfg(test)]
mod tests {
    use super::super::rules;
    use super::super::system::{Pairs, Repair, Settings, Setup, StoreRun, When, Work};
    use super::*;
    use sim::ms;

    /// The same by counting, in a store that sends every message.
    fn counted(write: u32, share: f64) -> f64 {
        let work = Pairs {
            pairs: 60_000,
            from: Time::ZERO,
            every: ms(1),
            read: When::After(Time::ZERO),
            read_failed: false,
        };
        let settings = Settings { copies: 3, read: 1, write, repair: Repair::Never };
        let setup = Setup { settings, work: Work::Pairs(work), ..Setup::default() };
        let waits = StoreRun::new(&setup, &rules::plain, 7).finish().visible_after();
        waits[(waits.len() as f64 * share) as usize]
    }

    #[test]
    fn the_tail_agrees_with_a_store_that_sends_every_message() {
        // Where a run has enough of it: 600 reads of 60,000, and 3,000.
        for (write, share) in [(1, 0.99), (1, 0.95), (2, 0.99), (2, 0.95)] {
            let (said, seen) = (
                visible_after(&Delays::disk(), 3, write, share, 7),
                counted(write, share),
            );
            assert!((said / seen - 1.0).abs() < 0.06, "W = {write}, {share}: {said} {seen}");
        }
    }

    #[test]
    fn the_far_tail_is_no_matter_of_the_seed() {
        let tail = |seed| visible_after(&Delays::disk(), 3, 1, 0.999, seed);
        let (one, others) = (tail(7), (8..12).map(tail));
        for other in others {
            assert!((other / one - 1.0).abs() < 0.005, "{other} {one}");
        }
    }

    #[test]
    fn one_copy_alone_is_as_slow_as_the_brief_says() {
        let disk = Delays::disk();
        for (share, given) in [(0.5, 2.8), (0.9, 11.0), (0.99, 25.0)] {
            let said = alone(&disk, share, 7);
            assert!((said / given - 1.0).abs() < 0.04, "{share}: {said}");
        }
    }
}
