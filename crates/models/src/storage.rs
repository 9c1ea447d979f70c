//! Stores of many objects: what fills a disk, and how many bytes and losses a byte of data comes with.

use crate::{Model, count, exactly, out, real};

/// Disks that the bytes of `objects` need.
///
/// Source: arithmetic.
///
/// # Errors
/// When a disk holds nothing.
pub fn disks_for_space(objects: f64, bytes: f64, copies: f64, disk_bytes: f64) -> Result<f64, String> {
    divided(objects * bytes * copies, disk_bytes)
}

/// Disks that the operations of `reads` a second need, when a disk may be busy for the share `busy` of its time.
///
/// Source: arithmetic, by Little's law.
///
/// # Errors
/// When a disk may do nothing.
pub fn disks_for_operations(reads: f64, per_read: f64, disk_operations: f64, busy: f64) -> Result<f64, String> {
    divided(reads * per_read, disk_operations * busy)
}

/// Disks whose share of memory holds the index of every copy.
///
/// Source: arithmetic.
///
/// # Errors
/// When a disk comes with no memory.
pub fn disks_for_memory(objects: f64, copies: f64, index_bytes: f64, memory_bytes: f64) -> Result<f64, String> {
    divided(objects * copies * index_bytes, memory_bytes)
}

/// A need over what one disk has; no need is no disk.
fn divided(need: f64, of_one: f64) -> Result<f64, String> {
    match (need > 0.0, of_one > 0.0) {
        (false, _) => Ok(0.0),
        (true, true) => Ok(need / of_one),
        (true, false) => Err("a disk that has none of it cannot give any, however many there are".into()),
    }
}

/// Bytes on disks for each byte of data: copies, each on a group of disks with redundancy of its own.
///
/// Source: arithmetic.
pub fn effective_copies(copies: f64, data: f64, parity: f64) -> f64 {
    copies * (data + parity) / data
}

/// Losses a year of an object with `copies` copies on machines that fail `failures` times a year each and are copied anew within
/// `repair_years`: copies! · λ^copies · τ^(copies−1), good while λτ is far below one and machines fail independently.
///
/// Source: arithmetic; the shortest way through the chain of states in which one copy more is missing.
pub fn losses_a_year(copies: u32, failures: f64, repair_years: f64) -> f64 {
    (1..=copies).fold(1.0, |rate, k| {
        let waits = if k == 1 { 1.0 } else { repair_years };
        rate * f64::from(k) * failures * waits
    })
}

/// `storage.needs`
pub static NEEDS: Model = Model {
    id: "storage.needs",
    title: "Disks for space, for operations, for memory: which of the three?",
    // The general law alone: which quantity belongs to which need is what an exercise asks.
    tex: r"D = \max_r \frac{\text{what is asked of } r}{\text{what one disk gives of } r} \qquad \text{from } n,\ b,\ c,\ \lambda,\ k,\ B,\ \mu,\ \rho,\ i,\ M",
    source: "arithmetic",
    inputs: &[
        real("objects", "n", "Objects", "million", (0.0, 20.0, 1e9)),
        real("size", "b", "Size of an object", "KB", (0.0, 1000.0, 1e9)),
        real("copies", "c", "Copies", "", (1.0, 2.0, 100.0)),
        real("reads", r"\lambda", "Reads at peak", "per second", (0.0, 500.0, 1e9)),
        real("per_read", "k", "Disk operations a read", "", (0.0, 2.0, 1000.0)),
        real("disk", "B", "Usable space of a disk", "TB", (0.0, 4.0, 1e6)),
        real(
            "operations",
            r"\mu",
            "Operations of a disk that never rests",
            "per second",
            (0.0, 100.0, 1e9),
        ),
        real("busy", r"\rho", "A disk may be busy", "%", (0.0, 50.0, 100.0)),
        real(
            "index",
            "i",
            "Index of one copy of an object",
            "bytes",
            (0.0, 100.0, 1e9),
        ),
        real("memory", "M", "Memory that comes with a disk", "GB", (0.0, 2.0, 1e6)),
    ],
    outputs: &[
        out("for_space", "Disks for space", "", 1),
        out("for_operations", "Disks for operations", "", 1),
        out("for_memory", "Disks for memory", "", 1),
        out("most", "Disks for all three, at least", "", 0),
        out("full", "Space in use on so many disks", "%", 0),
    ],
    run: |values| {
        let [
            objects,
            size,
            copies,
            reads,
            per_read,
            disk,
            operations,
            busy,
            index,
            memory,
        ] = exactly(values)?;
        let objects = objects * 1e6;
        let space = disks_for_space(objects, size * 1e3, copies, disk * 1e12)?;
        let work = disks_for_operations(reads, per_read, operations, busy / 100.0)?;
        let held = disks_for_memory(objects, copies, index, memory * 1e9)?;
        let most = libm::ceil(space.max(work).max(held) - 1e-9);
        let full = if most > 0.0 { space / most * 100.0 } else { 0.0 };
        Ok(vec![space, work, held, most, full])
    },
};

/// `storage.density`
pub static DENSITY: Model = Model {
    id: "storage.density",
    title: "How many operations does a terabyte get?",
    tex: r"a = \frac{\mu}{B}, \qquad d = \frac{\lambda\, k}{T}",
    source: "arithmetic",
    inputs: &[
        real(
            "operations",
            r"\mu",
            "Operations of a disk",
            "per second",
            (0.0, 80.0, 1e9),
        ),
        real("disk", "B", "Space of a disk", "TB", (0.001, 4.0, 1e6)),
        real("reads", r"\lambda", "Reads", "per second", (0.0, 4000.0, 1e9)),
        real("per_read", "k", "Disk operations a read", "", (0.0, 1.0, 1000.0)),
        real("stored", "T", "Stored, all copies", "TB", (0.001, 96.0, 1e9)),
    ],
    outputs: &[
        out("per_tb", "Operations that a terabyte of disk gives", "per second", 1),
        out("wanted", "Operations that a stored terabyte wants", "per second", 1),
    ],
    run: |values| {
        let [operations, disk, reads, per_read, stored] = exactly(values)?;
        Ok(vec![operations / disk, reads * per_read / stored])
    },
};

/// `storage.effective_copies`
pub static EFFECTIVE_COPIES: Model = Model {
    id: "storage.effective_copies",
    title: "How many bytes on disks is a byte of data?",
    tex: r"r = c \cdot \frac{d + p}{d}",
    source: "arithmetic",
    inputs: &[
        real("copies", "c", "Copies", "", (1.0, 3.0, 100.0)),
        count("data", "d", "Disks or blocks of data in a group", (1.0, 10.0, 1000.0)),
        count(
            "parity",
            "p",
            "Disks or blocks of redundancy in a group",
            (0.0, 2.0, 1000.0),
        ),
    ],
    outputs: &[
        out("effective", "Bytes on disks for each byte of data", "", 2),
        out("may_fail", "Parts of one group that may fail", "", 0),
    ],
    run: |values| {
        let [copies, data, parity] = exactly(values)?;
        Ok(vec![effective_copies(copies, data, parity), parity])
    },
};

/// `storage.losses`
pub static LOSSES: Model = Model {
    id: "storage.losses",
    title: "How often are all copies lost?",
    tex: r"L = V\, c!\; \lambda^{c}\, \tau^{\,c-1}",
    source: "arithmetic",
    inputs: &[
        count("copies", "c", "Copies", (1.0, 3.0, 10.0)),
        real(
            "failures",
            r"\lambda",
            "Machines lost for good, of 100, in a year",
            "",
            (0.0, 4.0, 1000.0),
        ),
        real(
            "repair",
            r"\tau",
            "Time until its copies are made anew",
            "hours",
            (0.0, 24.0, 8760.0),
        ),
        count(
            "volumes",
            "V",
            "Groups of objects that share their machines",
            (1.0, 2000.0, 1e12),
        ),
    ],
    outputs: &[
        out("losses", "Groups lost in a year", "", 9),
        out("years", "Years between two losses", "", 0),
    ],
    run: |values| {
        let [copies, failures, repair, volumes] = exactly(values)?;
        let losses = volumes * losses_a_year(copies as u32, failures / 100.0, repair / 8_760.0);
        if losses <= 0.0 {
            return Err(
                "machines that never fail, or are copied at once, lose nothing: there is no number of years".into(),
            );
        }
        Ok(vec![losses, 1.0 / losses])
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_of_three_needs_is_what_must_be_bought() {
        let out = NEEDS
            .call(&[450.0, 80.0, 3.0, 4_200.0, 1.0, 3.0, 100.0, 70.0, 10.0, 4.0])
            .unwrap();
        assert_eq!(out[0], 36.0);
        assert!((out[1] - 60.0).abs() < 1e-9);
        assert!((out[2] - 3.375).abs() < 1e-9);
        assert_eq!((out[3], out[4]), (60.0, 60.0));
        // Nothing to keep and nothing to read needs nothing, even of disks that have none of it.
        assert_eq!(disks_for_memory(0.0, 3.0, 10.0, 0.0), Ok(0.0));
        assert!(disks_for_operations(1.0, 1.0, 100.0, 0.0).is_err());
    }

    #[test]
    fn copies_and_parity_multiply() {
        assert!((EFFECTIVE_COPIES.call(&[3.0, 10.0, 2.0]).unwrap()[0] - 3.6).abs() < 1e-12);
        assert_eq!(EFFECTIVE_COPIES.call(&[1.0, 6.0, 0.0]).unwrap(), [1.0, 0.0]);
    }

    #[test]
    fn a_terabyte_of_a_larger_disk_gives_less() {
        assert_eq!(DENSITY.call(&[80.0, 4.0, 1_000.0, 3.0, 100.0]).unwrap(), [20.0, 30.0]);
    }

    #[test]
    fn losses_agree_with_the_chain_of_states() {
        // Two copies: the published mean time to data loss of a mirrored pair, MTTF² ÷ (2 MTTR).
        let (failures, repair) = (0.04, 1.0 / 365.0);
        let pair = 1.0 / losses_a_year(2, failures, repair);
        assert!((pair - (1.0 / failures) * (1.0 / failures) / (2.0 * repair)).abs() < 1e-6 * pair);
        assert_eq!(losses_a_year(1, failures, repair), failures);
        assert!(losses_a_year(3, failures, repair) < losses_a_year(2, failures, repair) / 1_000.0);
        assert!(LOSSES.call(&[3.0, 0.0, 24.0, 10.0]).is_err());
    }
}
