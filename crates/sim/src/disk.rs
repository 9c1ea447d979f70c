//! A log on a disk that forgets what was not synced.

/// A log that a node owns. What is written lies in memory first and survives a crash only once a sync is done.
///
/// It keeps the records; how long a sync takes is the owner's business, as a rule a timer's. So a node calls [`Disk::sync_begin`], sets a timer for
/// the disk's latency, and calls [`Disk::sync_done`] as it fires. In [`Node::crash`](crate::Node::crash) it calls [`Disk::crash`];
/// the timer is gone then, and with it the sync.
///
/// ```
/// use sim::Disk;
/// let mut disk = Disk::new();
/// assert_eq!(disk.write("a"), 0);
/// let sync = disk.sync_begin(); // covers "a"
/// disk.write("b"); // too late for that sync
/// disk.sync_done(sync);
/// assert_eq!((disk.synced(), disk.pending()), (&["a"][..], 1));
/// assert_eq!(disk.crash(), ["b"]);
/// assert_eq!(disk.all(), ["a"]);
/// ```
///
/// A node that acknowledges a write only when it would survive:
///
/// ```
/// use sim::fault::{Fault, What, Who};
/// use sim::{Cx, Disk, Dist, Id, Node, Schedule, Sim, ms, us};
///
/// struct Store { disk: Disk<u64>, acknowledged: u64, lost: Vec<u64> }
///
/// impl Node for Store {
///     type Msg = u64;
///
///     fn start(&mut self, cx: &mut Cx<'_, u64>) {
///         cx.send(cx.me(), 7); // a write reaches it every millisecond: 7, 8, 9
///     }
///
///     fn message(&mut self, _: Id, value: u64, cx: &mut Cx<'_, u64>) {
///         self.disk.write(value);
///         cx.set_timer(ms(2), self.disk.sync_begin()); // this disk takes 2 ms
///         if value < 9 { cx.send(cx.me(), value + 1) }
///     }
///
///     fn timer(&mut self, sync: u64, _: &mut Cx<'_, u64>) {
///         self.disk.sync_done(sync);
///         self.acknowledged = sync;
///     }
///
///     fn crash(&mut self) {
///         self.lost = self.disk.crash();
///     }
///
///     fn restart(&mut self, _: &mut Cx<'_, u64>) {} // reads its log and goes on
/// }
///
/// let mut sim = Sim::new(1, Dist::Constant(ms(1)));
/// sim.add(Store { disk: Disk::new(), acknowledged: 0, lost: vec![] });
/// sim.faults(Schedule(vec![Fault { who: Who::One(0), what: What::Crash, from: us(3_500), lasting: us(1) }]));
/// sim.run_until(ms(20));
/// let store = sim.node(0);
/// assert_eq!((store.disk.all(), store.acknowledged), (&[7][..], 1));
/// assert_eq!(store.lost, [8, 9]); // written at 2 and 3 ms, safe at 4 and 5 ms
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disk<T> {
    records: Vec<T>,
    /// So many of them survive a crash.
    synced: usize,
    /// The furthest that a sync has begun to reach since the last crash.
    begun: usize,
}

impl<T> Default for Disk<T> {
    fn default() -> Self {
        Disk::new()
    }
}

impl<T> Disk<T> {
    /// An empty disk.
    pub const fn new() -> Self {
        Disk { records: Vec::new(), synced: 0, begun: 0 }
    }

    /// Appends a record, unsynced as yet; its position, counted from 0.
    pub fn write(&mut self, record: T) -> u64 {
        self.records.push(record);
        self.records.len() as u64 - 1
    }

    /// How many records a crash would lose now.
    pub fn pending(&self) -> usize {
        self.records.len() - self.synced
    }

    /// Begins a sync of everything written so far. Hand the result to [`Disk::sync_done`] when the disk is done: it is the number of records that are
    /// safe then, those at the positions below it.
    ///
    /// Several syncs may be under way at a time, and end in any order.
    #[must_use = "the sync is done when this number is handed back"]
    pub fn sync_begin(&mut self) -> u64 {
        self.begun = self.records.len();
        self.begun as u64
    }

    /// A sync is done: the records that it covers survive a crash.
    ///
    /// # Panics
    /// When no sync since the last crash has reached so far.
    pub fn sync_done(&mut self, sync: u64) {
        assert!(
            sync <= self.begun as u64,
            "a sync of {sync} records is done, but none of more than {} has begun since the last crash",
            self.begun
        );
        self.synced = self.synced.max(sync as usize);
    }

    /// The records that survive a crash, from the first on.
    pub fn synced(&self) -> &[T] {
        &self.records[..self.synced]
    }

    /// All records, synced or not, as the running node reads them.
    pub fn all(&self) -> &[T] {
        &self.records
    }

    /// Loses what was not synced and gives it back: a node forgets it, a judge counts it.
    pub fn crash(&mut self) -> Vec<T> {
        self.begun = self.synced;
        self.records.split_off(self.synced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_go_on_after_a_crash_where_the_log_ends() {
        let mut disk = Disk::new();
        assert_eq!((disk.write(1), disk.write(2)), (0, 1));
        let sync = disk.sync_begin();
        disk.sync_done(sync);
        assert_eq!(disk.write(3), 2);
        assert_eq!(disk.crash(), [3]);
        assert_eq!(disk.write(4), 2);
        assert_eq!((disk.synced(), disk.all()), (&[1, 2][..], &[1, 2, 4][..]));
    }

    #[test]
    fn syncs_may_end_in_any_order() {
        let mut disk = Disk::new();
        disk.write('a');
        let first = disk.sync_begin();
        disk.write('b');
        let second = disk.sync_begin();
        disk.write('c');
        disk.sync_done(second);
        assert_eq!((disk.synced(), disk.pending()), (&['a', 'b'][..], 1));
        disk.sync_done(first); // nothing becomes unsafe again
        assert_eq!(disk.synced(), ['a', 'b']);
    }

    #[test]
    fn a_crash_in_the_middle_of_a_sync_loses_what_it_covered() {
        let mut disk = Disk::default();
        disk.write(1);
        let sync = disk.sync_begin();
        assert_eq!(sync, 1);
        assert_eq!(disk.crash(), [1]);
        assert_eq!((disk.all().len(), disk.pending()), (0, 0));
    }

    #[test]
    #[should_panic(expected = "a sync of 2 records is done, but none of more than 0 has begun since the last crash")]
    fn a_sync_of_an_earlier_life_is_a_mistake() {
        let mut disk = Disk::new();
        disk.write(1);
        disk.write(2);
        let sync = disk.sync_begin();
        disk.crash();
        disk.write(3);
        disk.write(4);
        disk.sync_done(sync);
    }
}
