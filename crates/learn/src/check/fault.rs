//! Whose file it is that the compiler refuses.

use super::Session;
use crate::steps::At;
use std::path::Path;

/// Where the fault is that keeps a step from being compiled, in a line. `places` are the first errors of the exercise's files, as
/// `src/step4_operate.rs:12`.
pub(super) fn note(session: &Session, at: At, places: &[String]) -> String {
    let folder = session.place.exercise(&session.catalogue.entry(at).folder);
    let shown = |place: &str| session.place.shown(&folder.join(place));
    if let Some(own) = places.iter().find(|p| belongs(session, at, p)) {
        return format!("the fault is in {}", shown(own));
    }
    for other in session.catalogue.of_design(at.design) {
        if let Some(place) = places.iter().find(|p| belongs(session, other, p)) {
            return format!(
                "the fault is in {}, which belongs to step {} ({})",
                shown(place),
                other.step + 1,
                session.catalogue.short(other)
            );
        }
    }
    match places.first() {
        Some(place) => format!("the fault is in {}", shown(place)),
        None => "the compiler says why above".into(),
    }
}

/// Why that keeps this step from being judged, where the fault is in no file of its own: cargo compiles an exercise as a whole.
pub(super) fn why_it_waits(session: &Session, at: At, places: &[String]) -> Option<String> {
    let elsewhere = !places.is_empty() && !places.iter().any(|p| belongs(session, at, p));
    let short = session.catalogue.short(at);
    elsewhere.then(|| format!("cargo compiles the whole crate, so {short} waits for it"))
}

/// Is this place in the step's own file, or in its tests?
fn belongs(session: &Session, at: At, place: &str) -> bool {
    let entry = session.catalogue.entry(at);
    let file = Path::new(place.rsplit_once(':').map_or(place, |(file, _)| file));
    file == entry.file(at.step) || file == entry.tests(at.step)
}
