//! What people believe when they get this design wrong, and how a run proves it.
//!
//! A belief is named in a verdict only when its signature, a predicate on the measured runs, holds. Where no signature holds
//! the verdict says what was traded for what.

use super::chosen::{self, Day, SERVED, STALE, STORED, Service, WRITTEN};
use super::merging::{self, BACK, BEHIND, LOST, REPAIRS};
use super::system::Repair;
use judge::Percent;
use judge::trial::Belief;

fn share(of: f64) -> String {
    chosen::share(Percent::of(of))
}

/// The beliefs about the settings of three services (step `choose`).
pub static CHOOSE: &[Belief<chosen::Evidence>] = &[
    Belief {
        key: "one_setting_for_all",
        signature: |e, _| e.same,
        assumes: "the best setting belongs to the store and not to what is stored",
        instead: |e| {
            format!(
                "with the same setting for all three, this one had writes of {}, reads of {} and {} stale",
                chosen::time(e.paired.write_time(0.999)),
                chosen::time(e.paired.read_time(0.999)),
                share(e.paired.stale())
            )
        },
        ask: "which of the three would notice a stale read, which a slow write, and which a refused one?",
    },
    Belief {
        key: "a_zone_is_only_a_zone",
        signature: |e, unmet| {
            let s = e.settings;
            e.situation.day == Day::Lost
                && ((*unmet == SERVED && s.read == s.copies) || (*unmet == WRITTEN && s.write == s.copies))
                && s.copies >= 3
        },
        assumes: "with two of three zones left, two thirds of everything goes on",
        instead: |e| {
            format!(
                "{} of the writes and {} of the reads were answered",
                share(e.paired.written()),
                share(e.paired.served())
            )
        },
        ask: "of which copy does an operation that awaits every answer have to hear?",
    },
    Belief {
        key: "more_copies_are_fresher",
        signature: |e, unmet| *unmet == STALE && e.settings.copies > 3 && !e.overlap(),
        assumes: "the more copies there are, the sooner a read meets a new one",
        instead: |e| {
            format!(
                "of {} copies the quickest answered, and {} of the reads were stale",
                e.settings.copies,
                share(e.paired.stale())
            )
        },
        ask: "how many of the copies have the write when its client is told so, and what share of all is that?",
    },
    Belief {
        key: "eventually_is_at_once",
        signature: |e, unmet| {
            e.situation.day == Day::Ordinary
                && *unmet == STALE
                && e.settings.copies <= 3
                && e.settings.read == 1
                && e.settings.write == 1
        },
        assumes: "by the time anybody looks, the copies are equal",
        instead: |e| {
            format!(
                "{} of the reads came before the write had reached the copy that answered",
                share(e.paired.stale())
            )
        },
        ask: "how long is a write on its way to the slower copies, and how long does your reader wait?",
    },
    Belief {
        key: "overlap_is_free",
        signature: |e, unmet| {
            e.situation.service == Service::Basket
                && e.situation.day == Day::Ordinary
                && *unmet == chosen::WRITES
                && e.overlap()
                && e.settings.write >= 2
        },
        assumes: "R + W > N is what every service needs, whatever it costs",
        instead: |e| {
            format!(
                "no read was stale; a write waited for {} copies, which took {} for the slowest in a thousand",
                e.settings.write,
                chosen::time(e.paired.write_time(0.999))
            )
        },
        ask: "what share of stale reads does the brief put up with here, and what would it buy?",
    },
    Belief {
        key: "reads_mend_everything",
        signature: |e, unmet| {
            e.situation.day == Day::Back && *unmet == STALE && e.settings.repair == Repair::AfterReads
        },
        assumes: "read repair makes every copy right",
        instead: |e| {
            format!(
                "the first read of each value came before its repair: {} were stale",
                share(e.paired.stale())
            )
        },
        ask: "when is a value that nobody has read since the loss repaired?",
    },
    Belief {
        key: "copies_catch_up_alone",
        signature: |e, unmet| e.situation.day == Day::Back && *unmet == STALE && e.settings.repair == Repair::Never,
        assumes: "a copy that is back soon has what the others have",
        instead: |e| {
            format!(
                "nobody sent it what it had missed: {} of the reads were stale",
                share(e.paired.stale())
            )
        },
        ask: "who still knows which writes the lost copies never saw?",
    },
    Belief {
        key: "a_third_copy_is_a_habit",
        signature: |e, unmet| e.situation.service == Service::History && *unmet == STORED && e.settings.copies == 3,
        assumes: "a store has three copies",
        instead: |e| format!("{:.0} GB were stored three times", e.situation.gigabytes),
        ask: "which loss does the brief ask you to survive here, and how many copies does that take?",
    },
];

fn merged(e: &merging::Evidence) -> String {
    format!(
        "{} of the items were lost, and {} of those taken out came back",
        share(e.merged.lost()),
        share(e.merged.came_back())
    )
}

/// The beliefs about merging and mending (step `operate`).
pub static OPERATE: &[Belief<merging::Evidence>] = &[
    Belief {
        key: "the_clock_knows",
        signature: |e, unmet| *unmet == LOST && e.habits.by_clock,
        assumes: "where neither of two versions has seen the other, the later one holds everything that the earlier one held",
        instead: merged,
        ask: "what becomes of an item that stands only in the version with the earlier clock?",
    },
    Belief {
        key: "any_copy_will_do",
        signature: |e, unmet| (*unmet == LOST || *unmet == BEHIND || *unmet == BACK) && e.habits.keeps_the_first,
        assumes: "copies differ so rarely that either will do",
        instead: merged,
        ask: "what does the version that you dropped know that yours does not?",
    },
    Belief {
        key: "more_is_never_wrong",
        signature: |e, unmet| *unmet == BACK && e.habits.joins_with_its_own_past,
        assumes: "whoever keeps everything loses nothing",
        instead: merged,
        ask: "what did the newer version do to the item that only the older one has?",
    },
    Belief {
        key: "the_next_write_mends",
        signature: |e, unmet| *unmet == BEHIND && !e.habits.mends_old && !e.habits.mends_young,
        assumes: "the next write brings every copy up to date",
        instead: |e| format!("{} of the copies were behind in the end", share(e.merged.behind())),
        ask: "which of the baskets is looked at and not changed any more?",
    },
    Belief {
        key: "a_difference_is_a_fault",
        signature: |e, unmet| *unmet == REPAIRS && e.habits.mends_young,
        assumes: "copies that differ have missed something",
        instead: |e| {
            format!(
                "{:.1} versions were sent for 100 reads, to copies that most of them were under way to",
                100.0 * e.merged.repairs()
            )
        },
        ask: "how long is a write on its way to the slowest copy, and how old was this one?",
    },
];
