//! From a property through a search to the few faults that break it: generate, run, shrink, save, replay.

use sim::fault::{Generator, Kind, Schedule, What, Who, shrink};
use sim::{Cx, Dist, Id, Node, Properties, Sim, Time, TimerId, ms, secs};

const NODES: Id = 3;
const BEAT: u64 = 0;
const SILENCE: u64 = 1;

/// Leads until it hears of a later term, and takes the lead after a second without a heartbeat: whether a majority hears it or not.
#[derive(Clone, Debug)]
struct Member {
    term: u64,
    leads: bool,
    silence: Option<TimerId>,
}

impl Member {
    fn wait(&mut self, cx: &mut Cx<'_, u64>) {
        self.silence.take().into_iter().for_each(|timer| cx.cancel(timer));
        let patience = ms(1_000) + ms(300) * u64::from(cx.me());
        self.silence = Some(cx.set_timer(patience, SILENCE));
    }

    fn beat(&self, cx: &mut Cx<'_, u64>) {
        let me = cx.me();
        (0..NODES).filter(|id| *id != me).for_each(|id| cx.send(id, self.term));
        cx.set_timer(ms(200), BEAT);
    }
}

impl Node for Member {
    type Msg = u64;

    fn start(&mut self, cx: &mut Cx<'_, u64>) {
        self.wait(cx);
    }

    fn message(&mut self, _: Id, term: u64, cx: &mut Cx<'_, u64>) {
        if term > self.term || term == self.term && !self.leads {
            (self.term, self.leads) = (term, false);
            self.wait(cx);
        }
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, u64>) {
        if tag == SILENCE {
            (self.term, self.leads) = ((self.term / 10 + 1) * 10 + u64::from(cx.me()), true);
        }
        if self.leads {
            self.beat(cx);
        }
    }

    fn crash(&mut self) {
        (self.leads, self.silence) = (false, None); // the term is kept on a disk
    }
}

fn run(seed: u64, schedule: &Schedule) -> Properties {
    let mut sim = Sim::new(seed, Dist::Exponential { mean: ms(2) });
    (0..NODES).for_each(|_| _ = sim.add(Member { term: 0, leads: false, silence: None }));
    sim.faults(schedule.clone());
    let mut properties = Properties::new();
    let mut now = Time::ZERO;
    while now < secs(60) {
        now += ms(50);
        sim.run_until(now);
        let leaders = sim.nodes().iter().filter(|m| m.leads).count();
        properties.always("at most one leads", leaders <= 1, now);
        properties.eventually("one leads", leaders == 1, now);
        properties.sometimes("nobody leads although one has led", leaders == 0 && now > secs(5), now);
    }
    properties
}

fn storm(kinds: Vec<Kind>) -> Generator {
    let lasting = Dist::Exponential { mean: secs(4) };
    Generator { nodes: (0..NODES).collect(), kinds, strikes: 6, from: secs(5), until: secs(40), lasting }
}

#[test]
fn without_faults_all_is_well_and_nothing_is_shown() {
    let calm = run(1, &Schedule::default());
    let violated: Vec<_> = calm.violated().map(|p| p.name.as_str()).collect();
    assert_eq!(violated, ["nobody leads although one has led"]);
}

#[test]
fn crashes_alone_never_make_two_leaders() {
    let mut all = Properties::new();
    for seed in 0..40 {
        all.merge(&run(seed, &Schedule::generate(seed, &storm(vec![Kind::Crash]))));
    }
    assert!(
        all.hold(),
        "{:?}",
        all.violated().map(ToString::to_string).collect::<Vec<_>>()
    );
}

#[test]
fn a_partition_makes_two_and_the_search_finds_the_least_that_does() {
    let mixed = storm(vec![Kind::Crash, Kind::Slow { most: 4.0 }, Kind::Cut, Kind::Partition]);
    let two_lead = |seed, schedule: &Schedule| run(seed, schedule).results()[0].violated_at();
    let found = (0..40)
        .map(|seed| (seed, Schedule::generate(seed, &mixed)))
        .find(|(seed, schedule)| two_lead(*seed, schedule).is_some());
    let (seed, schedule) = found.expect("40 storms with partitions break it");

    let mut runs = 0;
    let least = shrink(&schedule, |smaller| {
        runs += 1;
        two_lead(seed, smaller).is_some()
    });
    // One link, in one direction, is enough: from the leader to one other, for as long as that one's patience.
    let [cut] = &least.0[..] else { panic!("{least}") };
    let (Who::Some(from), What::Cut { to: Who::Some(to) }) = (&cut.who, &cut.what) else {
        panic!("{least}")
    };
    assert_eq!((from.as_slice(), to.len()), (&[0][..], 1), "{least}");
    assert!(cut.lasting > ms(800) && cut.lasting < ms(1_800), "{least}");
    assert!(cut.from < secs(2), "{least}");
    assert!(runs < 200, "{runs}");

    // Saved and loaded, it breaks the same run at the same moment.
    #[cfg(feature = "serde")]
    {
        let saved = serde_json::to_string(&least).unwrap();
        let loaded: Schedule = serde_json::from_str(&saved).unwrap();
        assert_eq!(two_lead(seed, &loaded), two_lead(seed, &least));
    }
    assert!(two_lead(seed, &least) >= Some(cut.from + ms(800)));
}
