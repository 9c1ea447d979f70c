//! Step `choose`: what to buy for three services, and the claim about one of them.

use super::FOLDER;
use super::beliefs;
use super::claims::{self, Claim};
use super::evidence::Situation;
use super::sizing::{Choice, Layout, World};
use super::system::{Phase, Pod};
use super::trial::Trial;
use judge::claim::Judged;
use judge::verdict::Place;
use judge::{Percent, percent};
use sim::{ms, secs};
use std::panic::Location;

/// What a learner hands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is bought for a pod of the photo site.
    pub photos: Choice,
    /// What is bought for a pod of the archive.
    pub archive: Choice,
    /// What is bought for the club's album.
    pub album: Choice,
    /// The reasons for the photos' choice.
    pub claim: Claim,
}

/// The files on the brief's table, which a replay shows beside the learner's choice.
pub(super) const ON_THE_TABLE: Choice =
    Choice { layout: Layout::Files, machines: 6, copies: 3, memory: super::Bytes(48e9) };

/// Which service a situation is about.
#[derive(Clone, Copy)]
enum Service {
    Photos,
    Archive,
    Album,
}

/// A service in a situation.
pub struct Trying {
    service: Service,
    situation: Situation,
}

impl Trying {
    /// Tries the learner's choice for this service.
    #[track_caller]
    pub fn run(self, plan: fn() -> Plan) -> Trial {
        let place = Place::of(Location::caller());
        let service = self.service;
        Trial::run(place, self.situation, beliefs::CHOOSE, move || {
            let plan = plan();
            match service {
                Service::Photos => plan.photos,
                Service::Archive => plan.archive,
                Service::Album => plan.album,
            }
        })
    }
}

/// A pod of the archive: pictures older than a year, hardly read, over which the edge holds little.
pub fn archive_world() -> World {
    World { images: 3.5e9, requests: 500.0, hits: percent(40), ..World::default() }
}

/// The club's album: one pod of its own.
pub fn album_world() -> World {
    World { images: 20e6, requests: 1_500.0, pods: 1.0, ..World::default() }
}

/// Half a second to fill, then so many seconds that are judged, at one hit rate.
pub(super) fn phases(hits: Percent, seconds: u64) -> Vec<Phase> {
    vec![
        Phase { until: ms(500), hits },
        Phase { until: ms(500) + secs(seconds), hits },
    ]
}

fn trying(service: Service, name: &'static str, words: &'static str, world: World, hits: Percent, lost: u32) -> Trying {
    // About as many reads in each, over at least four seconds.
    let seconds = libm::ceil(20_000.0 / world.reads(hits)).clamp(4.0, 40.0) as u64;
    let pod = Pod { world, choice: ON_THE_TABLE, lost, phases: phases(hits, seconds) };
    let situation = Situation { name, words, pod, dead: lost, judged: 1 };
    Trying { service, situation }
}

/// A pod of the photo site at its daily peak.
pub fn photos_on_an_ordinary_day() -> Trying {
    let w = World::default();
    trying(
        Service::Photos,
        "photos ordinary",
        "in the photos' daily peak",
        w,
        w.hits,
        0,
    )
}

/// A pod of the photo site at its daily peak, the hit rate ten points lower, a machine gone.
pub fn photos_in_the_bad_hour() -> Trying {
    let w = World::default();
    trying(
        Service::Photos,
        "photos bad",
        "in the photos' bad hour",
        w,
        w.bad_hits(),
        1,
    )
}

/// A pod of the photo site after two machines are gone for good before their copies could be made anew.
pub fn photos_after_two_machines() -> Trying {
    let w = World::default();
    trying(
        Service::Photos,
        "photos dead",
        "after the photos' second dead machine",
        w,
        w.hits,
        2,
    )
}

/// A pod of the archive while one machine is gone.
pub fn archive_with_a_machine_gone() -> Trying {
    let w = archive_world();
    trying(
        Service::Archive,
        "archive",
        "in the archive with a machine gone",
        w,
        w.bad_hits(),
        1,
    )
}

/// The album in its bad hour: the hit rate ten points lower, a machine gone.
pub fn album_in_the_bad_hour() -> Trying {
    let w = album_world();
    trying(Service::Album, "album", "in the album's bad hour", w, w.bad_hits(), 1)
}

/// Every situation.
#[cfg(test)]
pub(super) fn situations() -> Vec<Situation> {
    [
        photos_on_an_ordinary_day(),
        photos_in_the_bad_hour(),
        photos_after_two_machines(),
        archive_with_a_machine_gone(),
        album_in_the_bad_hour(),
    ]
    .map(|t| t.situation)
    .into()
}

/// The claim about the photos' choice.
#[track_caller]
pub fn claim_of(plan: fn() -> Plan) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let Plan { photos, claim, .. } = plan();
        claims::expectations(&claim, &photos)?;
        claims::binding(&claim, &photos)?;
        claims::reversal(&claim, &photos)
    })
    .lab_shows(claims::LAB_SHOWS)
}

#[cfg(test)]
mod tests {
    use super::super::units::{gb, kb};
    use super::*;

    #[test]
    fn the_three_services_are_bound_by_different_needs() {
        let needles = Choice { layout: Layout::Needles, memory: gb(8), ..ON_THE_TABLE };
        let photos = World::default().disks(&needles);
        assert!(photos.operations > 1.5 * photos.space && photos.operations > 2.0 * photos.memory);
        let archive = archive_world().disks(&Choice { copies: 2, machines: 16, ..needles });
        assert!(archive.space > 10.0 * archive.operations);
        let files = album_world().disks(&Choice { memory: gb(2), machines: 2, copies: 2, ..ON_THE_TABLE });
        assert!(files.memory > 2.0 * files.space && files.memory > 2.0 * files.operations);
        assert_eq!(World::default().image, kb(80));
    }
}
