//! The same work without an engine: one heap, one stream of random numbers, one `match`. No nodes, no trace, no faults.

use super::Done;
use sim::Stream;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

const US: u64 = 1_000;
const MS: u64 = 1_000_000;

struct Event<K> {
    at: u64,
    seq: u64,
    kind: K,
}

impl<K> PartialEq for Event<K> {
    fn eq(&self, other: &Self) -> bool {
        self.seq == other.seq
    }
}

impl<K> Eq for Event<K> {}

impl<K> PartialOrd for Event<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Event<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.seq).cmp(&(self.at, self.seq))
    }
}

struct Queue<K> {
    heap: BinaryHeap<Event<K>>,
    seq: u64,
}

impl<K> Queue<K> {
    fn new() -> Self {
        Queue { heap: BinaryHeap::new(), seq: 0 }
    }

    fn push(&mut self, at: u64, kind: K) {
        self.seq += 1;
        self.heap.push(Event { at, seq: self.seq, kind });
    }
}

/// Exponential draw with the platform's own logarithm: fastest, but not the same everywhere.
fn exponential(stream: &mut Stream, mean: f64) -> u64 {
    (-mean * (1.0 - stream.unit()).ln()) as u64
}

pub(crate) fn ring(hops: u64) -> Done {
    let mut stream = Stream::new(1, 0);
    let mut queue = Queue::new();
    for node in 0..64_u32 {
        queue.push(stream.below(US, 2_000 * US), (node, node));
    }
    let mut seen = [0_u64; 64];
    let (mut done, mut now) = (0, 0);
    while let Some(Event { at, kind: (to, token), .. }) = queue.heap.pop() {
        now = at;
        seen[to as usize] += 1;
        done += 1;
        if done == hops {
            break;
        }
        queue.push(now + stream.below(US, 2_000 * US), ((to + 1) % 64, token));
    }
    assert_eq!(seen.iter().sum::<u64>(), hops);
    Done { events: done, check: super::ours::mean_hop(now, hops) }
}

pub(crate) fn queue(customers: u64) -> Done {
    enum Kind {
        Arrive,
        Done,
    }
    let (gap, service) = (10.0 * MS as f64 / 7.2, 10.0 * MS as f64);
    let mut stream = Stream::new(2, 0);
    let mut queue = Queue::new();
    let mut line = VecDeque::new();
    let (mut idle, mut arrived, mut done, mut waited) = (8, 0, 0, 0);
    queue.push(exponential(&mut stream, gap), Kind::Arrive);
    while let Some(Event { at: now, kind, .. }) = queue.heap.pop() {
        match kind {
            Kind::Arrive => {
                arrived += 1;
                if arrived < customers {
                    queue.push(now + exponential(&mut stream, gap), Kind::Arrive);
                }
                if idle > 0 {
                    idle -= 1;
                    queue.push(now + exponential(&mut stream, service), Kind::Done);
                } else {
                    line.push_back(now);
                }
            }
            Kind::Done => {
                done += 1;
                if let Some(since) = line.pop_front() {
                    waited += now - since;
                    queue.push(now + exponential(&mut stream, service), Kind::Done);
                } else {
                    idle += 1;
                }
            }
        }
    }
    Done { events: arrived + done, check: super::ours::mean_wait(waited, customers) }
}

pub(crate) fn gossip(seconds: u64) -> Done {
    enum Kind {
        Tick(u32),
        Ping { from: u32, to: u32, id: u32 },
        Ack { to: u32, id: u32 },
        TimeOut { node: u32, id: u32 },
    }
    let mut stream = Stream::new(3, 0);
    let mut queue = Queue::new();
    let mut waiting = vec![0_u32; 1_000]; // number of the ping whose timer is set, 0 for none
    let mut pings = vec![0_u32; 1_000];
    for node in 0..1_000 {
        queue.push(stream.below(0, 200 * MS), Kind::Tick(node));
    }
    let (mut received, mut ticks, mut lost) = (0, 0, 0);
    while let Some(Event { at: now, kind, .. }) = queue.heap.pop() {
        if now > seconds * 1_000 * MS {
            break;
        }
        match kind {
            Kind::Tick(node) => {
                ticks += 1;
                let other = stream.below(0, 999) as u32;
                let to = other + u32::from(other >= node);
                pings[node as usize] += 1;
                let id = pings[node as usize];
                waiting[node as usize] = id;
                if stream.unit() >= 0.01 {
                    queue.push(
                        now + exponential(&mut stream, MS as f64),
                        Kind::Ping { from: node, to, id },
                    );
                }
                queue.push(now + 100 * MS, Kind::TimeOut { node, id });
                queue.push(now + 200 * MS, Kind::Tick(node));
            }
            Kind::Ping { from, to, id } => {
                received += 1;
                assert!(to < 1_000);
                if stream.unit() >= 0.01 {
                    queue.push(now + exponential(&mut stream, MS as f64), Kind::Ack { to: from, id });
                }
            }
            Kind::Ack { to, id } => {
                received += 1;
                let waiting = &mut waiting[to as usize];
                if *waiting == id {
                    *waiting = 0; // cancelled: skipped when it surfaces
                }
            }
            Kind::TimeOut { node, id } => {
                let waiting = &mut waiting[node as usize];
                if *waiting == id {
                    *waiting = 0;
                    lost += 1;
                }
            }
        }
    }
    Done { events: received + ticks + lost, check: super::ours::share_lost(lost, ticks) }
}
