//! Step `attack`: a load, within bounds, that a plausible design does not survive and another one does.

use super::FOLDER;
use super::choose;
use super::claims::PROMISE;
use super::evidence::POOL;
use super::lab::typed;
use super::pair::{Names, Pair, Reported};
use super::sizing::{Choice, Layout, World};
use super::system::{Pod, Totals};
use super::trial::pooled;
use super::units::{Bytes, gb, kb};
use crate::replay;
use judge::attack::Attempt;
use judge::replay::Lab;
use judge::verdict::{Kind, Place, Verdict};
use judge::{Percent, percent};
use sim::Time;
use std::panic::Location;

/// What a pod is filled with, and how it is asked. It holds as many terabytes as the brief's, whatever the images' size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attack {
    /// Bytes of one image: 2 to 200 KB. The brief's are 80 KB.
    pub image: Bytes,
    /// Requests a second at the edge: 5,000 to 40,000.
    pub requests_per_second: f64,
    /// Share of them that the edge answers: 70 % to 95 %.
    pub edge_hits: Percent,
}

#[derive(Clone)]
struct Shown {
    quiet: [Totals; 2],
    struck: [Totals; 2],
    attack: Attack,
}

/// An attack under judgement.
pub struct Judged(Attempt<Shown>);

/// The two designs: the leaner one first.
fn designs() -> [Choice; 2] {
    [4, 32].map(|memory| Choice { layout: Layout::Needles, machines: 6, copies: 3, memory: gb(memory) })
}

/// Fills both designs as the attack says, and reads from them with one machine gone: needles on six machines, with 4 GB of memory
/// for the index of each, and with 32 GB.
#[track_caller]
pub fn strike(answer: fn() -> Attack) -> Judged {
    let place = Place::of(Location::caller());
    let attempt = Attempt::by(FOLDER, POOL, place, move || {
        let attack = answer();
        bounds(&attack)?;
        let calm = Attack { image: World::default().image, ..attack };
        Ok(Shown { quiet: run(&calm), struck: run(&attack), attack })
    });
    attempt.replay(|shown| lab(&shown.attack), |shown, seed| draw(&shown.attack, seed));
    Judged(attempt)
}

fn bounds(attack: &Attack) -> Result<(), String> {
    let Attack { image, requests_per_second, edge_hits } = *attack;
    if !(2e3..=200e3).contains(&image.0) {
        return Err(format!("image: {image}; it is 2 KB to 200 KB"));
    }
    if !(5_000.0..=40_000.0).contains(&requests_per_second) {
        return Err(format!(
            "requests_per_second: {requests_per_second}; it is 5,000 to 40,000"
        ));
    }
    if !(70.0..=95.0).contains(&edge_hits.0) {
        return Err(format!("edge_hits: {edge_hits}; it is 70 % to 95 %"));
    }
    Ok(())
}

/// The world under an attack: as many bytes, in images of another size.
fn world(attack: &Attack) -> World {
    let brief = World::default();
    let stored = brief.images * brief.image;
    World {
        images: stored / attack.image,
        image: attack.image,
        requests: attack.requests_per_second,
        hits: attack.edge_hits,
        fall: percent(0),
        ..brief
    }
}

/// Both designs, filled and asked.
fn pods(attack: &Attack) -> [Pod; 2] {
    let world = world(attack);
    designs().map(|choice| Pod { world, choice, lost: 1, phases: choose::phases(world.hits, 5) })
}

fn run(attack: &Attack) -> [Totals; 2] {
    pods(attack).map(|pod| pooled(&pod).totals.swap_remove(1))
}

/// How the lab shows an attack.
fn lab(attack: &Attack) -> Lab {
    let [lean, _] = designs();
    let typed = typed(&lean)
        .and("machines_lost", 1.0)
        .and("image_size", attack.image.0 / 1e3)
        .and("images", world(attack).images / 1e6)
        .and("requests", attack.requests_per_second)
        .and("hit_rate", attack.edge_hits.0)
        .and("fall", 0.0);
    let mut otherwise = "It shows needles with 4 GB beside files; memory=32 shows the other design.".to_owned();
    for sentence in typed.beyond {
        otherwise += " ";
        otherwise += &sentence;
    }
    Lab { knobs: Some(typed.knobs), otherwise }
}

const LEAN: Names = Names { key: "lean", legend: "4 GB", label: "with 4 GB", subject: "needles with 4 GB" };
const ROOMY: Names = Names { key: "roomy", legend: "32 GB", label: "with 32 GB", subject: "needles with 32 GB" };

/// Both designs in one run under the attack.
fn draw(attack: &Attack, seed: u64) -> replay::Shown {
    let reported = Reported {
        phase: 1,
        when: "Under your attack".into(),
        caption: "Reads that arrived under your attack".into(),
    };
    let [lean, roomy] = pods(attack);
    Pair::new([(LEAN, lean), (ROOMY, roomy)], reported, seed).shown()
}

impl Judged {
    /// Passes when only the leaner design breaks its promise, and only with the attack's images.
    ///
    /// # Panics
    /// When the attack does not do that: that is how a test fails.
    #[track_caller]
    pub fn breaks_only_the_design_with_4_gb(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let shown = match self.0.shown() {
            Ok(shown) => shown,
            Err(verdict) => return *verdict,
        };
        let p99 = |t: &Totals| t.times.quantile(0.99);
        let kept = |t: &Totals| p99(t) <= PROMISE;
        let [lean, roomy] = &shown.struck;
        if !shown.quiet.iter().all(kept) {
            let [lean, roomy] = shown.quiet.each_ref().map(|t| super::beliefs::time(p99(t)));
            let observed = format!(
                "with images of 80 KB, at your load: reads' p99 {lean} with 4 GB, {roomy} with 32 GB (promise {} ms)",
                PROMISE.as_ms()
            );
            let ask = "which load do 60 disks bear when each read is one operation?";
            let mut v = self.0.no_result(observed, ask);
            v.assumes = "a load that both designs bear for a harder one".into();
            v.instead =
                "a promise was broken before your images came, so what breaks with them says nothing about memory"
                    .into();
            return v;
        }
        if !kept(lean) && kept(roomy) {
            return self.0.holds();
        }
        let mut v = self.0.fails();
        let time = |t: &Totals| -> Time { p99(t) };
        v.observed = format!(
            "reads' p99 under your attack: {} with 4 GB, {} with 32 GB (promise {} ms)",
            super::beliefs::time(time(lean)),
            super::beliefs::time(time(roomy)),
            PROMISE.as_ms()
        );
        if !kept(lean) {
            v.kind = Kind::Belief;
            v.belief = Some("harder_is_better".into());
            v.assumes = "the harder the blow, the more it proves".into();
            v.instead = format!(
                "the design with 32 GB broke as well, at {:.2} disk operations a read: your attack shows that memory is finite, not that 4 GB are too few",
                roomy.per_read()
            );
            v.ask = "how much memory does one machine's index take under your attack, and how much do the two designs have?".into();
        } else if shown.attack.image > kb(80) {
            v.kind = Kind::Belief;
            v.belief = Some("bytes_are_the_load".into());
            v.assumes = "large images are the heavy ones".into();
            v.instead = format!(
                "the same terabytes came as {:.0} million images instead of 450, and a read stayed at {:.2} disk operations",
                world(&shown.attack).images / 1e6,
                lean.per_read()
            );
            v.ask = "what does the store keep for each image, whatever its size?".into();
        } else {
            v.assumes = "effort for too little damage".into();
            v.instead = format!(
                "a read took {:.2} disk operations with 4 GB, and the disks were {} busy",
                lean.per_read(),
                Percent::of(lean.busy())
            );
            v.ask = "what makes a read two operations, and how many of those can 60 disks do in a second?".into();
        }
        v
    }
}

#[cfg(test)]
mod tests {
    use super::super::lab::PhotoLab;
    use super::*;
    use crate::replay::checks;

    #[test]
    fn an_attack_can_be_replayed_and_found_in_the_lab() {
        let attack = Attack { image: kb(8), requests_per_second: 15_000.0, edge_hits: percent(80) };
        checks::is_whole(&draw(&attack, 2));
        checks::the_lab_knows(&PhotoLab, &lab(&attack));
        assert_eq!(world(&attack).images * attack.image, super::super::tb(36));
        assert!(bounds(&Attack { edge_hits: percent(50), ..attack }).is_err());
    }
}
