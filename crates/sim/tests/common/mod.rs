//! A node that follows a script, for tests of timers and faults.
#![allow(unreachable_pub, dead_code)] // each test file takes in this one as a module, and uses what it needs of it

use sim::fault::{Fault, Schedule};
use sim::trace::Event;
use sim::{Cx, Dist, Id, Node, Sim, Time, TimerId, Trace, ms};

/// A node that does what its script says: at start it sets the timers, at each timer it acts by tag.
#[derive(Default)]
pub struct Script {
    pub timers: Vec<(Time, u64)>,
    pub ids: Vec<TimerId>,
    pub cancel_at: Vec<(u64, usize)>,
    pub send_at: Vec<(u64, Id)>,
    pub stop_at: Option<u64>,
}

impl Node for Script {
    type Msg = u64;
    fn start(&mut self, cx: &mut Cx<'_, u64>) {
        self.ids = self
            .timers
            .iter()
            .map(|(after, tag)| cx.set_timer(*after, *tag))
            .collect();
    }
    fn message(&mut self, _: Id, _: u64, _: &mut Cx<'_, u64>) {}
    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, u64>) {
        self.cancel_at
            .iter()
            .filter(|c| c.0 == tag)
            .for_each(|c| cx.cancel(self.ids[c.1]));
        self.send_at
            .iter()
            .filter(|s| s.0 == tag)
            .for_each(|s| cx.send(s.1, tag));
        if tag >= 100 {
            self.ids.push(cx.set_timer(ms(10), tag - 100));
        }
        if self.stop_at == Some(tag) {
            cx.stop();
        }
    }
}

pub fn run(nodes: Vec<Script>, faults: Vec<Fault>) -> Trace {
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    nodes.into_iter().for_each(|n| _ = sim.add(n));
    sim.faults(Schedule(faults));
    sim.trace(true);
    assert!(!sim.run_until(Time::MAX), "something is left to do");
    sim.take_trace()
}

pub fn fired(trace: &Trace) -> Vec<(Time, u64)> {
    trace
        .iter()
        .filter_map(|r| {
            if let Event::Fired { tag } = r.what {
                Some((r.at, tag))
            } else {
                None
            }
        })
        .collect()
}
