//! Prints the trace of a run in which a client asks a server that is slow for a while, then down.
//!
//! `cargo run -p sim --example trace`

use sim::fault::{Fault, What, Who};
use sim::{Cx, Dist, Id, Node, Schedule, Sim, TimerId, ms, us};

const SERVER: Id = 0;
const CLIENT: Id = 1;

/// Tags of the two timers.
const GIVE_UP: u64 = 1;
const WORK_DONE: u64 = 2;

/// The server works 4 ms on each question. The client asks again as soon as it has an answer, or after 10 ms without one.
#[derive(Default)]
struct Party {
    waiting: Option<TimerId>,
}

enum Msg {
    Question,
    Answer,
}

impl Party {
    fn ask(&mut self, cx: &mut Cx<'_, Msg>) {
        cx.send(SERVER, Msg::Question);
        self.waiting = Some(cx.set_timer(ms(10), GIVE_UP));
    }
}

impl Node for Party {
    type Msg = Msg;

    fn start(&mut self, cx: &mut Cx<'_, Msg>) {
        if cx.me() == CLIENT {
            self.ask(cx);
        }
    }

    fn message(&mut self, _from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Question => {
                let work = cx.stretch(ms(4));
                cx.note(|| format!("starts to work for {work}"));
                cx.set_timer(work, WORK_DONE);
            }
            Msg::Answer => {
                let in_time = self.waiting.take();
                cx.note(|| {
                    if in_time.is_some() {
                        "has its answer"
                    } else {
                        "has an answer it no longer expects"
                    }
                });
                if let Some(timer) = in_time {
                    cx.cancel(timer);
                    self.ask(cx);
                }
            }
        }
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Msg>) {
        if tag == WORK_DONE {
            cx.send(CLIENT, Msg::Answer);
        } else {
            cx.note(|| "gives up and asks again");
            self.ask(cx);
        }
    }
}

fn main() {
    let mut sim = Sim::new(1, Dist::Uniform(us(200), us(300)));
    sim.add(Party::default());
    sim.add(Party::default());
    let server = |what, from, lasting| Fault { who: Who::One(SERVER), what, from, lasting };
    sim.faults(Schedule(vec![
        server(What::Slow { factor: 1.5 }, ms(5), ms(10)),
        server(What::Down, ms(20), ms(15)),
    ]));
    sim.trace(true);
    sim.run_until(ms(50));
    print!("{}", sim.take_trace());
    println!("{} events until {}", sim.events(), sim.now());
}
