//! The owner's rule for machines: how busy a proposal's are after the loss that it is bought for. It is arithmetic, so that a choice that
//! just keeps it passes.

use super::FOLDER;
use super::beliefs::share;
use super::choose::Plan;
use super::claims::LAB_SHOWS;
use super::evidence::number;
use super::lab::ProposalsLab;
use super::sizing::{BUSY, Choice, Loss, Proposal, World};
use super::system::Fault;
use crate::lab::Typed;
use judge::Percent;
use judge::guard::{self, Fault as Stopped};
use judge::verdict::{self, Kind, Place, Verdict};
use std::panic::Location;

/// Both decisions, held against the owner's rule.
pub struct Ruled {
    place: Place,
    result: Result<[Choice; 2], Stopped>,
}

/// Works out how busy the machines of both decisions are, after a zone is lost (A) or a region (B), with warm caches.
#[track_caller]
pub fn busy_after_the_loss(plan: fn() -> Plan) -> Ruled {
    let place = Place::of(Location::caller());
    let result = guard::run(move || {
        let Plan { depots, customs, .. } = plan();
        [depots, customs]
    });
    Ruled { place, result }
}

/// The loss that a proposal is bought for, as the lab has it, and in words.
fn bought_for(proposal: Proposal) -> (Loss, Fault, &'static str) {
    match proposal {
        Proposal::Zones => (Loss::Zone, Fault::Zone, "a zone"),
        Proposal::Regions => (Loss::Region, Fault::Region, "a region"),
    }
}

/// Share of their time that a choice's machines are asked for after a loss, with warm caches.
fn busy(c: &Choice, loss: Loss) -> f64 {
    let some = Choice { partitions: c.partitions.max(1), ..*c };
    World::default().work(&some, loss, 0.0).busy()
}

/// Is that within the owner's rule? Up to what binary fractions add.
fn keeps(busy: f64) -> bool {
    busy <= BUSY + 1e-9
}

impl Ruled {
    /// Passes when both decisions keep the rule.
    ///
    /// # Panics
    /// When one does not: that is how a test fails.
    #[track_caller]
    pub fn or_explain(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let choices = match &self.result {
            Err(stopped) => return verdict::fault(FOLDER, &self.place, stopped),
            Ok(choices) => choices,
        };
        let broken = ["depots", "customs"].into_iter().zip(choices).find(|(_, c)| {
            let (loss, ..) = bought_for(c.proposal);
            !keeps(busy(c, loss))
        });
        let Some((whose, c)) = broken else {
            return Verdict::pass(FOLDER, &self.place);
        };
        let (loss, fault, lost) = bought_for(c.proposal);
        let says = |busy: f64| share(Percent::of(busy));
        let (usual, then) = (busy(c, Loss::Nothing), busy(c, loss));
        let mut v = Verdict::fail(FOLDER, &self.place, Kind::Trade);
        v.observed = format!(
            "the {whose}' proposal {} with {} partitions: without {lost}, and with warm caches, its machines are {} busy (limit {})",
            c.proposal.letter(),
            c.partitions,
            says(then),
            says(BUSY)
        );
        if keeps(usual) {
            v.kind = Kind::Belief;
            v.belief = Some("the_rule_is_for_ordinary_days".into());
            v.assumes = "the owner's limit is for ordinary days".into();
            v.instead = format!(
                "with everything there your machines are {} busy; the owner counts after the loss that the proposal is bought for",
                says(usual)
            );
            v.ask = "for which hour does the brief set that limit, and which machines are there then?".into();
        } else {
            v.assumes = "behaviour under failure (room in the machines) for cost (fewer of them)".into();
            v.instead = format!("with everything there they are {} busy", says(usual));
            v.ask = "how many operations a second are there after that loss, and how many can the machines do that are left?".into();
        }
        let typed = Typed::of(&ProposalsLab)
            .and("fault", f64::from(number(fault)))
            .and("seconds", 120.0)
            .and("partitions", f64::from(c.partitions))
            .and("cache_copies", f64::from(c.cache_copies));
        for sentence in &typed.beyond {
            v.instead += ". ";
            v.instead += sentence.trim_end_matches('.');
        }
        v.replay = format!(
            "cargo learn lab 17 {}   (one run of the situation, {LAB_SHOWS})",
            typed.knobs
        );
        v
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruled(depots: Choice, customs: Choice) -> Verdict {
        let place = Place { step: "step3_choose".into(), test: "t".into() };
        Ruled { place, result: Ok([depots, customs]) }.verdict()
    }

    fn choice(proposal: Proposal, partitions: u32) -> Choice {
        Choice { proposal, partitions, cache_copies: 2 }
    }

    #[test]
    fn what_the_pages_propose_just_keeps_the_rule_and_a_partition_less_does_not() {
        let (a, b) = (choice(Proposal::Zones, 70), choice(Proposal::Regions, 70));
        assert!(ruled(b, a).passed && ruled(a, b).passed);
        assert!(!ruled(b, choice(Proposal::Zones, 69)).passed);
        assert!(!ruled(choice(Proposal::Regions, 69), a).passed);
        assert!(
            !ruled(choice(Proposal::Regions, 0), a).passed,
            "no partitions are no room"
        );
    }

    #[test]
    fn only_who_would_keep_it_on_an_ordinary_day_is_told_of_ordinary_days() {
        let a = choice(Proposal::Zones, 70);
        let v = ruled(choice(Proposal::Regions, 52), a);
        assert_eq!(v.belief.as_deref(), Some("the_rule_is_for_ordinary_days"));
        assert!(v.observed.contains("80.8 %"), "{}", v.observed);
        assert!(
            v.replay.contains("fault=2 seconds=120 partitions=50 cache_copies=2"),
            "{}",
            v.replay
        );
        let v = ruled(choice(Proposal::Regions, 30), a);
        assert_eq!((v.kind, v.belief), (Kind::Trade, None));
    }
}
