//! What a lab's map over two knobs opens with, and how its knobs speak, in every design.

use designs::DESIGNS;
use designs::lab::{Fact, Knob, Lab, MOST_OF_A_MAP, SEED, read_knobs};
use std::collections::BTreeSet;

/// The facts of a whole run with one knob turned.
fn facts(lab: &dyn Lab, knob: &Knob, value: f64) -> Vec<Fact> {
    let text = format!("{value:.6}");
    let values = read_knobs(lab, [(knob.name, text.as_str())]).expect("a value of the knob");
    let mut run = lab.start(&values, SEED);
    while run.advance(1 << 22) {}
    run.picture(320.0).facts
}

#[test]
fn the_result_that_a_map_opens_with_depends_on_both_of_its_knobs() {
    for design in DESIGNS {
        let lab: &dyn Lab = design.lab;
        let map = lab.map();
        assert_ne!(map.across, map.down, "{}", lab.title());
        for (name, most) in [(map.across, MOST_OF_A_MAP.0), (map.down, MOST_OF_A_MAP.1)] {
            let knob = lab.knobs().iter().find(|k| k.name == name).expect("a knob of the lab");
            let seen: BTreeSet<String> = knob
                .grid(most)
                .into_iter()
                .map(|value| {
                    let facts = facts(lab, knob, value);
                    let fact = facts.iter().find(|f| f.key == map.result).expect("a fact of the lab");
                    fact.text()
                })
                .collect();
            assert!(
                seen.len() > 1,
                "{}: along {name}, {} is always {seen:?}",
                lab.title(),
                map.result
            );
        }
    }
}

#[test]
fn every_value_of_every_knob_is_said_in_words_of_its_own() {
    for design in DESIGNS {
        for knob in design.lab.knobs() {
            let grid = knob.grid(MOST_OF_A_MAP.0);
            let said: BTreeSet<String> = grid.iter().map(|v| knob.said(*v)).collect();
            assert_eq!(said.len(), grid.len(), "{}: {said:?}", knob.name);
            for words in said {
                assert!(!words.contains('“') && !words.contains('{'), "{}: {words}", knob.name);
                assert!(
                    words.split(' ').count() > 1 && !words.ends_with('.'),
                    "{}: {words}",
                    knob.name
                );
            }
        }
    }
}

/// What fits a menu at 360 pixels.
const SHORT: usize = 37;

#[test]
fn every_result_has_a_place_and_a_name_that_fits_a_menu() {
    for design in DESIGNS {
        let lab: &dyn Lab = design.lab;
        for (knobs, seed) in [(vec![], SEED), (lab.knobs().iter().map(|k| k.min).collect(), 1)] {
            let mut run = lab.start(&knobs, seed);
            run.advance(200_000);
            let picture = run.picture(320.0);
            let mut cells = BTreeSet::new();
            for fact in &picture.facts {
                let place = fact
                    .place
                    .as_ref()
                    .unwrap_or_else(|| panic!("{} has no place", fact.key));
                assert!(place.side < 2 && !place.what.is_empty());
                assert!(
                    place.short.chars().count() <= SHORT,
                    "{}: “{}” is too long",
                    fact.key,
                    place.short
                );
                assert!(
                    cells.insert((place.what.clone(), place.side)),
                    "{} stands on another",
                    fact.key
                );
            }
            assert_eq!(picture.table.head.len(), 3, "two sides have names");
        }
        for knob in lab.knobs() {
            assert!(
                knob.label.chars().count() <= SHORT,
                "{}: “{}” is too long",
                knob.name,
                knob.label
            );
        }
    }
}
