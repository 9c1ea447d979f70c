//! Once a run has warmed up, an event costs no allocation.
#![allow(unsafe_code)] // counting allocations takes a global allocator, and that trait is unsafe

use sim::fault::{Fault, Schedule, What, Who};
use sim::{Arrival, Clock, Cx, Discipline, Dist, Id, Node, Sim, Station, Time, TimerId, ms};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, with a count for each thread.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system's allocator unchanged; the counter is a plain thread-local number and allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|n| n.set(n.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Sends each message on to a random node, serves it in a station there, and keeps a time-out that it cancels.
struct Hop {
    station: Station<Id>,
    time_out: Option<TimerId>,
}

impl Hop {
    fn serve(cx: &mut Cx<'_, Id>) {
        let work = cx.rng().exponential(ms(1));
        cx.set_timer(cx.stretch(work), 0);
    }
}

impl Node for Hop {
    type Msg = Id;

    fn start(&mut self, cx: &mut Cx<'_, Id>) {
        cx.send(cx.me(), cx.me());
    }

    fn message(&mut self, _: Id, token: Id, cx: &mut Cx<'_, Id>) {
        if let Arrival::Start(_) = self.station.arrive(token) {
            Self::serve(cx);
        }
        self.time_out.take().into_iter().for_each(|timer| cx.cancel(timer));
        self.time_out = Some(cx.set_timer_by_clock(ms(3), 1));
        cx.note(|| format!("token {token}"));
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Id>) {
        if tag == 1 {
            self.time_out = None;
            return;
        }
        if self.station.leave().is_some() {
            Self::serve(cx);
        }
        let next = cx.rng().below(0, 50) as Id;
        cx.send(next, cx.me());
    }
}

#[test]
fn events_of_a_warm_run_do_not_allocate() {
    let mut sim = Sim::new(1, Dist::Exponential { mean: ms(1) });
    for _ in 0..50 {
        let mut station = Station::new(1, 50, Discipline::Fifo);
        // Fill the queue once, so that its memory is there.
        while !matches!(station.arrive(0), Arrival::Rejected(_)) {}
        while station.busy() > 0 {
            station.leave();
        }
        sim.add(Hop { station, time_out: None });
    }
    // Links, a cut that loses nothing of theirs, and clocks that drift.
    let (east, west): (Vec<Id>, Vec<Id>) = (0..50).partition(|id| *id < 25);
    sim.links(&east, &west, Dist::Uniform(ms(2), ms(5)));
    sim.faults(Schedule(vec![Fault {
        who: Who::One(50),
        what: What::Cut { to: Who::All },
        from: Time::ZERO,
        lasting: Time::MAX,
    }]));
    west.iter()
        .for_each(|id| sim.set_clock(*id, Clock { ahead: ms(4), drift_ppm: 150.0 }));
    sim.run_events(100_000);
    let before = ALLOCATIONS.get();
    sim.run_events(200_000);
    let during = ALLOCATIONS.get() - before;
    // The event queue may still reach a new largest size, and then doubles its memory.
    assert!(during < 5, "{during} allocations in 200,000 events");
    assert!(before > 50, "the count counts");
    assert!(sim.now() > Time::ZERO);
}
