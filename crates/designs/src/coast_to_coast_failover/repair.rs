//! What a promotion costs afterwards: the closed form behind "hours of repair", with its stated assumptions.

/// What a repair takes: assumptions of the brief, not measurements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Givens {
    /// Size of the database that is restored from its backup, in gigabytes.
    pub database_gb: f64,
    /// Megabytes a second that a restore gets through: transfer, decompress, check, load.
    pub restore_mb_per_s: f64,
    /// Writes a second that a restored copy replays.
    pub replay_per_s: f64,
    /// Stranded writes that people put right in an hour.
    pub by_hand_per_h: f64,
}

impl Default for Givens {
    fn default() -> Self {
        Givens { database_gb: 1_800.0, restore_mb_per_s: 200.0, replay_per_s: 1_500.0, by_hand_per_h: 250.0 }
    }
}

/// Hours to restore a copy from its backup.
pub fn restore_hours(g: &Givens) -> f64 {
    g.database_gb * 1_000.0 / g.restore_mb_per_s / 3_600.0
}

/// Hours for a restored copy to catch up with a primary that went on taking writes. Infinite when it replays no faster than
/// they come.
pub fn catch_up_hours(g: &Givens, writes_per_s: f64) -> f64 {
    let gain = g.replay_per_s - writes_per_s;
    if gain <= 0.0 {
        return f64::INFINITY;
    }
    restore_hours(g) * writes_per_s / gain
}

/// Hours of repair after a promotion that left a database with a history of its own: restore it, let it catch up, and put the
/// stranded writes right by hand, one after the other.
pub fn hours(g: &Givens, writes_per_s: f64, stranded: f64) -> f64 {
    restore_hours(g) + catch_up_hours(g, writes_per_s) + stranded / g.by_hand_per_h
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_briefs_repair_adds_up() {
        let g = Givens::default();
        assert_eq!(restore_hours(&g), 2.5);
        assert_eq!(catch_up_hours(&g, 500.0), 1.25);
        assert_eq!(hours(&g, 500.0, 250.0), 4.75);
        assert!(catch_up_hours(&g, 1_500.0).is_infinite());
    }
}
