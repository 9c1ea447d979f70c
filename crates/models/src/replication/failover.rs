//! A primary that copies asynchronously, a cut between its site and the others, and what follows.

use super::{Model, exactly, out, real};

/// A cut between the site of the primary and the site of its replica, and when each side acts. Times in seconds from the
/// beginning of the cut, by true time.
///
/// The model: callers reach the primary of their own side and no other while the cut lasts; the replica is promoted if
/// the cut still lasts at `promote`; the old primary takes no writes from `fence` on; when the cut ends, everybody
/// follows the newest primary at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Failover {
    /// Writes per second, at both sites together.
    pub rate: f64,
    /// Share of them that comes from the side of the old primary.
    pub near: f64,
    /// How far the replica is behind, in seconds.
    pub lag: f64,
    /// How long the cut lasts.
    pub cut: f64,
    /// When the old primary stops; longer than the cut, or infinite, if it does not.
    pub fence: f64,
    /// When the replica is promoted.
    pub promote: f64,
}

impl Failover {
    /// Is the replica promoted before the cut ends?
    pub fn promotes(&self) -> bool {
        self.promote < self.cut
    }

    /// Acknowledged writes that the replica had not received when the cut began, and which a promotion leaves behind.
    pub fn in_flight(&self) -> f64 {
        if self.promotes() { self.rate * self.lag } else { 0.0 }
    }

    /// Acknowledged writes that the old primary took alone during the cut, and which a promotion leaves behind.
    pub fn taken_alone(&self) -> f64 {
        if self.promotes() {
            self.rate * self.near * self.fence.min(self.cut)
        } else {
            0.0
        }
    }

    /// Writes that exist in the old primary's history only.
    pub fn stranded(&self) -> f64 {
        self.in_flight() + self.taken_alone()
    }

    /// Seconds in which both sides took writes.
    pub fn both(&self) -> f64 {
        if self.promotes() {
            (self.fence.min(self.cut) - self.promote).max(0.0)
        } else {
            0.0
        }
    }

    /// Seconds without writes on the old primary's side, and on the other.
    pub fn without(&self) -> (f64, f64) {
        ((self.cut - self.fence).max(0.0), self.promote.min(self.cut))
    }

    /// Seconds without writes, weighted by who writes: the writes that could not be taken, divided by the rate.
    pub fn weighted(&self) -> f64 {
        let (near, far) = self.without();
        self.near * near + (1.0 - self.near) * far
    }
}

/// Seconds until a copy that is `behind` writes behind is level, when it applies `apply` writes per second and
/// `arrivals` more are made.
///
/// Source: arithmetic, as `overload.drain`.
///
/// # Errors
/// When it applies no more than arrive: it never gets level.
pub fn catch_up(behind: f64, apply: f64, arrivals: f64) -> Result<f64, String> {
    if arrivals >= apply {
        return Err(format!(
            "{arrivals:.1} writes a second are made and {apply:.1} are applied: the copy never gets level"
        ));
    }
    Ok(behind / (apply - arrivals))
}

/// How a copy is rebuilt from a backup.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restore {
    /// Seconds until the backup is loaded.
    pub load: f64,
    /// Writes that have been made since the backup by then.
    pub behind: f64,
    /// Seconds until these, and those that are made meanwhile, are applied.
    pub catch_up: f64,
}

/// Rebuilds a copy of `gigabytes` that loads at `megabytes_per_second` from a backup `age` seconds old; then it applies
/// `apply` writes per second while `arrivals` are made.
///
/// Source: arithmetic.
///
/// # Errors
/// As [`catch_up`].
pub fn restore(
    gigabytes: f64,
    megabytes_per_second: f64,
    age: f64,
    apply: f64,
    arrivals: f64,
) -> Result<Restore, String> {
    let load = gigabytes * 1e3 / megabytes_per_second;
    let behind = arrivals * (age + load);
    Ok(Restore { load, behind, catch_up: catch_up(behind, apply, arrivals)? })
}

/// `replication.stranded`
pub static STRANDED: Model = Model {
    id: "replication.stranded",
    title: "How many writes exist on one side only?",
    tex: r"X = \lambda\,\ell + a\,\lambda\,\min(F, C) \quad \text{if } P \lt C, \text{ otherwise } 0",
    source: "arithmetic",
    inputs: &[
        real("rate", r"\lambda", "Writes", "per second", (0.0, 200.0, 1e8)),
        real(
            "near",
            "a",
            "Of them from the old primary's side",
            "%",
            (0.0, 60.0, 100.0),
        ),
        real("lag", r"\ell", "The replica is behind by", "s", (0.0, 1.0, 1e6)),
        real("cut", "C", "The cut lasts", "s", (0.0, 120.0, 1e7)),
        real(
            "fence",
            "F",
            "The old primary stops after (longer than the cut: never)",
            "s",
            (0.0, 40.0, 1e7),
        ),
        real("promote", "P", "The replica is promoted after", "s", (0.0, 45.0, 1e7)),
    ],
    outputs: &[
        out("stranded", "Acknowledged writes in the old history only", "", 0),
        out("in_flight", "Of them made before the cut, and not yet copied", "", 0),
        out("alone", "Of them taken by the old primary during the cut", "", 0),
        out("both", "Time in which both sides took writes", "s", 1),
    ],
    run: |values| {
        let [rate, near, lag, cut, fence, promote] = exactly(values)?;
        let now = Failover { rate, near: near / 100.0, lag, cut, fence, promote };
        Ok(vec![now.stranded(), now.in_flight(), now.taken_alone(), now.both()])
    },
};

/// `replication.outage`
pub static OUTAGE: Model = Model {
    id: "replication.outage",
    title: "How long can nobody write?",
    tex: r"D_{\text{near}} = \max(0,\; C-F), \qquad D_{\text{far}} = \min(P, C), \qquad D = a\, D_{\text{near}} + (1-a)\, D_{\text{far}}",
    source: "arithmetic",
    inputs: &[
        real(
            "near",
            "a",
            "Writes from the old primary's side",
            "%",
            (0.0, 60.0, 100.0),
        ),
        real("cut", "C", "The cut lasts", "s", (0.0, 120.0, 1e7)),
        real(
            "fence",
            "F",
            "The old primary stops after (longer than the cut: never)",
            "s",
            (0.0, 40.0, 1e7),
        ),
        real("promote", "P", "The replica is promoted after", "s", (0.0, 45.0, 1e7)),
    ],
    outputs: &[
        out("near_down", "Without writes on the old primary's side", "s", 1),
        out("far_down", "Without writes on the other side", "s", 1),
        out("weighted", "Weighted by who writes", "s", 1),
        out("site_lost", "If the old primary's site is lost instead", "s", 1),
    ],
    run: |values| {
        let [near, cut, fence, promote] = exactly(values)?;
        let now = Failover { rate: 0.0, near: near / 100.0, lag: 0.0, cut, fence, promote };
        let (near_down, far_down) = now.without();
        Ok(vec![near_down, far_down, now.weighted(), promote])
    },
};

/// `replication.catch_up`
pub static CATCH_UP: Model = Model {
    id: "replication.catch_up",
    title: "When is a copy level again?",
    tex: r"T = \frac{\lambda\, b}{\mu - \lambda} \quad \text{if } \lambda \lt \mu, \text{ otherwise never}",
    source: "arithmetic",
    inputs: &[
        real("behind", "b", "The copy is behind by", "min", (0.0, 90.0, 1e7)),
        real(
            "apply",
            r"\mu",
            "Writes that it applies",
            "per second",
            (0.001, 900.0, 1e8),
        ),
        real(
            "arrivals",
            r"\lambda",
            "Writes that are made",
            "per second",
            (0.0, 600.0, 1e8),
        ),
    ],
    outputs: &[
        out("writes", "Writes that it is behind", "", 0),
        out("minutes", "Time until it is level", "min", 1),
        out("each", "Minutes for each minute behind", "", 2),
    ],
    run: |values| {
        let [minutes, apply, arrivals] = exactly(values)?;
        let behind = arrivals * minutes * 60.0;
        let each = catch_up(arrivals, apply, arrivals)?;
        Ok(vec![behind, catch_up(behind, apply, arrivals)? / 60.0, each])
    },
};

/// `replication.restore`
pub static RESTORE: Model = Model {
    id: "replication.restore",
    title: "How long does a copy take that starts from a backup?",
    tex: r"T_{\text{load}} = \frac{G}{v}, \qquad T_{\text{level}} = \frac{\lambda\,(A + T_{\text{load}})}{\mu - \lambda}, \qquad T = T_{\text{load}} + T_{\text{level}}",
    source: "arithmetic",
    inputs: &[
        real("size", "G", "Size of the data", "GB", (0.0, 800.0, 1e9)),
        real(
            "speed",
            "v",
            "Speed of fetching and loading",
            "MB/s",
            (0.001, 150.0, 1e7),
        ),
        real("age", "A", "Age of the backup", "h", (0.0, 6.0, 1e5)),
        real(
            "apply",
            r"\mu",
            "Writes that it applies",
            "per second",
            (0.001, 900.0, 1e8),
        ),
        real(
            "arrivals",
            r"\lambda",
            "Writes that are made",
            "per second",
            (0.0, 300.0, 1e8),
        ),
    ],
    outputs: &[
        out("load", "Time until the backup is loaded", "h", 2),
        out("behind", "Writes to apply then", "", 0),
        out("level", "Time until they are applied too", "h", 2),
        out("all", "Both together", "h", 2),
    ],
    run: |values| {
        let [size, speed, hours, apply, arrivals] = exactly(values)?;
        let now = restore(size, speed, hours * 3600.0, apply, arrivals)?;
        Ok(vec![
            now.load / 3600.0,
            now.behind,
            now.catch_up / 3600.0,
            (now.load + now.catch_up) / 3600.0,
        ])
    },
};
