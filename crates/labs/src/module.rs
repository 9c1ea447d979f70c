//! What one build of this crate holds: everything, or one module of the page.
//!
//! Natively it holds every lab and every calculator. For the page the crate is built once for each name of [`names`], which
//! the variable `LABS_MODULE` gives to the compiler: one design's lab, or the calculators. The choice is a constant that
//! names nothing of the other designs, so the linker leaves them out.

use designs::DESIGNS;
use designs::lab::Lab;
use models::Model;
use std::ops::Range;

/// The module of the closed forms.
const CALCULATORS: &str = "calculators";

/// The module under construction, or `None` for all of them in one.
const CHOSEN: Option<&str> = option_env!("LABS_MODULE");

/// A lab and the number of its design.
#[derive(Clone, Copy)]
pub struct LabEntry {
    /// The design's number.
    pub number: u32,
    /// The lab.
    pub lab: &'static (dyn Lab + Sync),
}

impl LabEntry {
    /// What the lab answers to: the design's number in two digits, `02`.
    pub fn name(&self) -> String {
        format!("{:02}", self.number)
    }

    /// Of the design at this place in the registry.
    const fn of(place: usize) -> LabEntry {
        let design = DESIGNS[place];
        LabEntry { number: number(design.manifest_toml), lab: design.lab }
    }
}

/// Where the chosen designs stand in the registry.
const PLACES: Range<usize> = match CHOSEN {
    None => 0..DESIGNS.len(),
    Some(name) if same(name, CALCULATORS) => 0..0,
    Some(name) => {
        let place = place_of(digits(name.as_bytes(), 0));
        place..place + 1
    }
};

/// The labs of this build. Copied out of the registry entry by entry: a slice of it would keep all of it.
pub(crate) static LABS: [LabEntry; PLACES.end - PLACES.start] = {
    let mut labs = [LabEntry::of(PLACES.start); PLACES.end - PLACES.start];
    let mut i = 0;
    while i < labs.len() {
        labs[i] = LabEntry::of(PLACES.start + i);
        i += 1;
    }
    labs
};

/// The closed forms of this build.
pub(crate) static MODELS: &[&Model] = match CHOSEN {
    Some(name) if !same(name, CALCULATORS) => &[],
    _ => models::MODELS,
};

/// The modules of the page: one for each design in the registry, and the calculators.
pub fn names() -> Vec<String> {
    let designs = (0..DESIGNS.len()).map(|place| LabEntry::of(place).name());
    designs.chain([CALCULATORS.to_string()]).collect()
}

/// The place of a design's number in the registry.
const fn place_of(wanted: u32) -> usize {
    let mut place = 0;
    while place < DESIGNS.len() {
        if number(DESIGNS[place].manifest_toml) == wanted {
            return place;
        }
        place += 1;
    }
    panic!("LABS_MODULE is neither a design's number nor `calculators`")
}

/// The `number` of a manifest. It is read while the compiler runs, so that neither a parser nor the manifest's text, with its
/// answers, is in the page; a test holds it against the real parser.
const fn number(manifest: &str) -> u32 {
    let (text, key) = (manifest.as_bytes(), b"\nnumber = ");
    let mut at = 0;
    while at + key.len() < text.len() {
        let mut same = 0;
        while same < key.len() && text[at + same] == key[same] {
            same += 1;
        }
        if same == key.len() {
            return digits(text, at + same);
        }
        at += 1;
    }
    panic!("a manifest has a line `number = N`")
}

/// The number that begins at a place of a text.
const fn digits(text: &[u8], mut at: usize) -> u32 {
    let mut value = 0;
    while at < text.len() && text[at].is_ascii_digit() {
        value = 10 * value + (text[at] - b'0') as u32;
        at += 1;
    }
    value
}

/// `==` for texts, as a constant needs it.
const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_manifests() {
        for (place, design) in DESIGNS.iter().enumerate() {
            let manifest = design.manifest().expect("a manifest that parses");
            assert_eq!(LabEntry::of(place).number, manifest.number);
            assert_eq!(place_of(manifest.number), place);
        }
    }

    #[test]
    fn without_a_choice_everything_is_here() {
        assert_eq!((LABS.len(), MODELS.len()), (DESIGNS.len(), models::MODELS.len()));
        let labs = LABS.iter().map(LabEntry::name).chain([CALCULATORS.to_string()]);
        assert_eq!(names(), labs.collect::<Vec<_>>());
    }

    #[test]
    fn texts_are_compared_whole() {
        assert!(same("a", "a") && same("", ""));
        assert!(!same("a", "ab") && !same("ab", "a") && !same("a", "b"));
    }
}
