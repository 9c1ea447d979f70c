//! Machines and money.

use crate::{Model, count, exactly, out, real};

/// The least whole number of machines that is not below a need; a hair's breadth of rounding does not buy a machine.
fn whole(need: f64) -> f64 {
    libm::ceil(need - 1e-9 - need * 1e-12)
}

/// Slots that are busy on average, and machines to keep them at or below a share of their time.
///
/// Source: arithmetic, by Little's law.
///
/// # Errors
/// When a machine has no slot, or the share is zero.
pub fn machines(per_second: f64, seconds_of_a_slot: f64, slots: f64, target: f64) -> Result<f64, String> {
    if slots * target <= 0.0 {
        return Err("machines that may not be used at all cannot carry any load".into());
    }
    Ok(whole(per_second * seconds_of_a_slot / (slots * target)))
}

/// Machines in all, in `groups` of equal size, so that the groups that are left when `lost` of them are gone hold at
/// least `needed` machines.
///
/// # Errors
/// When no group is left.
pub fn with_spare(needed: f64, groups: u32, lost: u32) -> Result<f64, String> {
    if lost >= groups {
        return Err(format!(
            "{lost} of {groups} groups lost: nothing is left to carry the load"
        ));
    }
    Ok(whole(needed / f64::from(groups - lost)) * f64::from(groups))
}

/// Machines that extra work adds: how many more are needed to stay at or below the `allowed` share of busy time, when
/// `machines` are busy for a share `busy` and the work grows by a share `extra`.
///
/// # Errors
/// When the allowed share is zero.
pub fn added_by_extra_work(machines: f64, busy: f64, extra: f64, allowed: f64) -> Result<f64, String> {
    if allowed <= 0.0 {
        return Err("machines that may not be used at all cannot carry any load".into());
    }
    let before = whole(machines * busy / allowed).max(machines);
    Ok(whole(machines * busy * (1.0 + extra) / allowed).max(before) - before)
}

/// `cost.machines`
pub static MACHINES: Model = Model {
    id: "cost.machines",
    title: "How many machines, with spare for a loss?",
    tex: r"N = \left\lceil \frac{\lambda\, S}{c\,\rho} \right\rceil, \qquad N_{\text{all}} = g \left\lceil \frac{N}{g-k} \right\rceil",
    source: "arithmetic",
    inputs: &[
        real("rate", r"\lambda", "Requests at peak", "per second", (0.0, 6000.0, 1e9)),
        real(
            "service",
            "S",
            "Time of a slot that one request takes",
            "ms",
            (0.0, 30.0, 1e7),
        ),
        count("slots", "c", "Slots a machine", (1.0, 16.0, 100_000.0)),
        real("target", r"\rho", "Busy at peak, at most", "%", (1.0, 60.0, 100.0)),
        count(
            "groups",
            "g",
            "Groups of machines that fail together",
            (1.0, 3.0, 10_000.0),
        ),
        count("lost", "k", "Groups whose loss must not be felt", (0.0, 1.0, 9_999.0)),
    ],
    outputs: &[
        out("busy_slots", "Slots busy at peak", "", 1),
        out("machines", "Machines that carry the load", "", 0),
        out("machines_all", "Machines with the spare", "", 0),
        out("busy_all", "Busy at peak while all groups are there", "%", 1),
        out("busy_lost", "Busy at peak with those groups gone", "%", 1),
    ],
    run: |values| {
        let [rate, ms, slots, target, groups, lost] = exactly(values)?;
        let busy = rate * ms / 1e3;
        let needed = machines(rate, ms / 1e3, slots, target / 100.0)?;
        let all = with_spare(needed, groups as u32, lost as u32)?;
        let share = |machines: f64| {
            if machines > 0.0 {
                busy / (machines * slots) * 100.0
            } else {
                0.0
            }
        };
        Ok(vec![
            busy,
            needed,
            all,
            share(all),
            share(all / groups * (groups - lost)),
        ])
    },
};

/// `cost.duplicate_work`
pub static DUPLICATE_WORK: Model = Model {
    id: "cost.duplicate_work",
    title: "What does work that is done twice cost?",
    tex: r"\rho' = \rho\,(1+f), \qquad \Delta N = \left\lceil \frac{N \rho\,(1+f)}{\rho_{\mathrm{max}}} \right\rceil - \max\left(N, \left\lceil \frac{N \rho}{\rho_{\mathrm{max}}} \right\rceil\right), \qquad \text{bill} = p\,\Delta N",
    source: "arithmetic",
    inputs: &[
        count("machines", "N", "Machines", (1.0, 120.0, 10_000_000.0)),
        real(
            "busy",
            r"\rho",
            "Busy at peak without the extra work",
            "%",
            (0.0, 55.0, 100.0),
        ),
        real("extra", "f", "Extra work", "%", (0.0, 15.0, 10_000.0)),
        real(
            "allowed",
            r"\rho_{\mathrm{max}}",
            "Busy at peak, at most",
            "%",
            (1.0, 60.0, 100.0),
        ),
        real("price", "p", "Price of a machine", "$ a month", (0.0, 250.0, 1e6)),
    ],
    outputs: &[
        out(
            "busy_with",
            "Busy at peak with the extra work, on the same machines",
            "%",
            1,
        ),
        out("added", "Machines to add", "", 0),
        out("bill", "Bill for the added machines", "$ a month", 0),
        out("worth", "The extra work as machines as busy as the others", "", 1),
        out("worth_bill", "Bill for that many machines", "$ a month", 0),
    ],
    run: |values| {
        let [machines, busy, extra, allowed, price] = exactly(values)?;
        let added = added_by_extra_work(machines, busy / 100.0, extra / 100.0, allowed / 100.0)?;
        let worth = machines * extra / 100.0;
        Ok(vec![
            busy * (1.0 + extra / 100.0),
            added,
            added * price,
            worth,
            worth * price,
        ])
    },
};

/// What owning something costs in a month: its price over its life, without interest, and its energy.
///
/// Source: arithmetic; Barroso, Dean & Hölzle, *Web Search for a Planet*, 2003, do it for a rack.
pub fn owning(price: f64, months: f64, energy: f64, energy_price: f64) -> (f64, f64) {
    (price / months, energy * energy_price)
}

/// `cost.owning`
pub static OWNING: Model = Model {
    id: "cost.owning",
    title: "What does it cost a month: the machine, or its power?",
    tex: r"k = \frac{P}{m}, \qquad e = E\,p, \qquad \text{share of power} = \frac{e}{k+e}",
    source: "barroso2003 p. 25–26",
    inputs: &[
        real("price", "P", "Price", "$", (0.0, 12_000.0, 1e12)),
        real("life", "m", "Used for", "months", (0.1, 48.0, 1200.0)),
        real(
            "energy",
            "E",
            "Energy, cooling included",
            "kWh a month",
            (0.0, 260.0, 1e12),
        ),
        real("energy_price", "p", "Price of energy", "$ a kWh", (0.0, 0.2, 1000.0)),
    ],
    outputs: &[
        out("capital", "Price over its life", "$ a month", 0),
        out("power", "Energy", "$ a month", 0),
        out("share", "Share of energy", "%", 1),
    ],
    run: |values| {
        let [price, months, energy, energy_price] = exactly(values)?;
        let (capital, power) = owning(price, months, energy, energy_price);
        let all = capital + power;
        let share = if all > 0.0 { power / all * 100.0 } else { 0.0 };
        Ok(vec![capital, power, share])
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_by_hand() {
        // 6,000 a second × 0.03 s = 180 busy slots; 16 slots at 60 % carry 9.6: 18.75, so 19; 10 in each of 3 groups.
        let out = MACHINES.call(&[6000.0, 30.0, 16.0, 60.0, 3.0, 1.0]).unwrap();
        assert_eq!(out[..3], [180.0, 19.0, 30.0]);
        assert!((out[3] - 37.5).abs() < 1e-9 && (out[4] - 56.25).abs() < 1e-9, "{out:?}");
    }

    #[test]
    fn rounding_buys_no_machine() {
        // Exactly 11 and 7 machines on paper; binary fractions give a hair more, which must not be rounded up.
        assert_eq!(machines(330.0, 0.01, 1.0, 0.3).unwrap(), 11.0);
        assert_eq!(machines(4.2, 1.0, 2.0, 0.3).unwrap(), 7.0);
        assert_eq!(machines(0.0, 3.0, 10.0, 0.3).unwrap(), 0.0);
        assert_eq!(machines(1.0, 3.001, 10.0, 0.3).unwrap(), 2.0);
    }

    #[test]
    fn spare_is_the_least_that_survives_the_loss() {
        for needed in 1..60 {
            for groups in 1..8u32 {
                for lost in 0..groups {
                    let all = with_spare(f64::from(needed), groups, lost).unwrap();
                    // By trying: the least group size whose remaining groups hold what is needed.
                    let size = (1..).find(|s| s * (groups - lost) >= needed).expect("some size");
                    assert_eq!(all, f64::from(size * groups), "{needed} in {groups} less {lost}");
                }
            }
        }
        assert!(with_spare(5.0, 3, 3).unwrap_err().contains("nothing is left"));
        assert!(
            MACHINES
                .call(&[6000.0, 30.0, 16.0, 60.0, 2.0, 5.0])
                .unwrap_err()
                .contains("5 of 2 groups")
        );
    }

    #[test]
    fn more_groups_need_less_spare() {
        let mut before = f64::INFINITY;
        for groups in [2, 3, 5, 9] {
            let all = with_spare(720.0, groups, 1).unwrap();
            assert!(all < before);
            before = all;
        }
    }

    #[test]
    fn extra_work_within_the_spare_costs_no_machine() {
        // 55 % busy and 5 % more is 57.75 %: still below 60 %.
        let out = DUPLICATE_WORK.call(&[120.0, 55.0, 5.0, 60.0, 250.0]).unwrap();
        assert!((out[0] - 57.75).abs() < 1e-9);
        assert_eq!(out[1..], [0.0, 0.0, 6.0, 1500.0]);
    }

    #[test]
    fn extra_work_beyond_the_spare_costs_machines() {
        // 120 × 0.55 × 1.15 / 0.6 = 126.5: seven more.
        let out = DUPLICATE_WORK.call(&[120.0, 55.0, 15.0, 60.0, 250.0]).unwrap();
        assert_eq!(out[1..3], [7.0, 1750.0]);
        // At the limit already, f·N machines: 10 % of 120.
        assert_eq!(added_by_extra_work(120.0, 0.6, 0.1, 0.6).unwrap(), 12.0);
        // What was missing before is not the extra work's fault: 132 needed, then 145.2.
        assert_eq!(added_by_extra_work(120.0, 0.66, 0.1, 0.6).unwrap(), 14.0);
    }

    #[test]
    fn more_extra_work_never_costs_less() {
        let mut before = 0.0;
        for extra in 0..300 {
            let added = added_by_extra_work(120.0, 0.55, f64::from(extra) / 100.0, 0.6).unwrap();
            assert!(added >= before);
            before = added;
        }
        assert!(before > 200.0);
    }

    #[test]
    fn a_rack_of_2003_costs_five_times_its_power() {
        let out = OWNING.call(&[278_000.0, 36.0, 10_000.0, 0.15]).unwrap();
        assert_eq!((out[0].round(), out[1]), (7722.0, 1500.0));
        assert!((out[2] - 16.26).abs() < 0.01, "{out:?}");
        assert_eq!(OWNING.call(&[0.0, 36.0, 0.0, 0.15]).unwrap(), [0.0, 0.0, 0.0]);
    }
}
