//! What distance costs.

use super::{Model, count, exactly, out, real};

/// The speed of light in vacuum, in km per second; exact by the definition of the metre.
pub const LIGHT_KM_PER_S: f64 = 299_792.458;

/// The least round trip in seconds over `km` one way, at a share `speed` of the speed of light in vacuum.
///
/// Source: physics; published by Bailis et al., *Highly Available Transactions*, 2013 (106.7 ms between Singapore and São Paulo).
pub fn round_trip(km: f64, speed: f64) -> f64 {
    2.0 * km / (LIGHT_KM_PER_S * speed)
}

/// The shortest way over the ground in km between two places, given as (latitude, longitude) in degrees, on a sphere of
/// the Earth's mean radius.
///
/// Source: the haversine formula. The Earth is no sphere: up to half a per cent off.
pub fn great_circle_km(from: (f64, f64), to: (f64, f64)) -> f64 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let square = |x: f64| x * x;
    let (north, other) = (from.0.to_radians(), to.0.to_radians());
    let h = square(libm::sin((other - north) / 2.0))
        + libm::cos(north) * libm::cos(other) * square(libm::sin((to.1 - from.1).to_radians() / 2.0));
    2.0 * EARTH_RADIUS_KM * libm::asin(libm::sqrt(h.min(1.0)))
}

/// Writes per second when each waits for the one before: `batch` of them go together, in `streams` that do not wait for
/// each other, and an agreement takes `seconds`.
///
/// Source: arithmetic; published by Ananthanarayanan et al., *Photon*, 2013 (10 a second at 100 ms).
pub fn serial_commits(seconds: f64, batch: f64, streams: f64) -> f64 {
    batch * streams / seconds
}

/// `replication.light`
pub static LIGHT: Model = Model {
    id: "replication.light",
    title: "How soon can an answer from there be here?",
    tex: r"R_{\text{vacuum}} = \frac{2\,s}{c}, \qquad R = \frac{2\,f\,s}{v\,c}, \qquad c = 299\,792\ \text{km/s}, \qquad T = n R",
    source: "arithmetic",
    inputs: &[
        real("distance", "s", "Distance, one way", "km", (0.0, 2500.0, 20_100.0)),
        real(
            "speed",
            "v",
            "Speed in the cable, as a share of light's in vacuum",
            "%",
            (10.0, 67.0, 100.0),
        ),
        real(
            "detour",
            "f",
            "Length of the route, compared with the distance",
            "×",
            (1.0, 1.3, 10.0),
        ),
        count("trips", "n", "Round trips, one after the other", (1.0, 5.0, 100_000.0)),
    ],
    outputs: &[
        out("vacuum", "Round trip at the speed of light in vacuum", "ms", 2),
        out("cable", "Round trip on the route", "ms", 1),
        out("all", "All round trips", "ms", 1),
    ],
    run: |values| {
        let [km, percent, detour, trips] = exactly(values)?;
        let cable = round_trip(km * detour, percent / 100.0) * 1e3;
        Ok(vec![round_trip(km, 1.0) * 1e3, cable, cable * trips])
    },
};

/// `replication.distance`
pub static DISTANCE: Model = Model {
    id: "replication.distance",
    title: "How far apart are two places?",
    tex: r"h = \sin^2\frac{\phi_2-\phi_1}{2} + \cos\phi_1 \cos\phi_2 \sin^2\frac{\lambda_2-\lambda_1}{2}, \qquad s = 2 \cdot 6371\ \text{km} \cdot \arcsin\sqrt{h}",
    source: "arithmetic",
    inputs: &[
        real(
            "north_1",
            r"\phi_1",
            "Latitude of the one",
            "° north",
            (-90.0, 52.0, 90.0),
        ),
        real(
            "east_1",
            r"\lambda_1",
            "Longitude of the one",
            "° east",
            (-180.0, 13.0, 180.0),
        ),
        real(
            "north_2",
            r"\phi_2",
            "Latitude of the other",
            "° north",
            (-90.0, 53.0, 90.0),
        ),
        real(
            "east_2",
            r"\lambda_2",
            "Longitude of the other",
            "° east",
            (-180.0, -6.0, 180.0),
        ),
    ],
    outputs: &[
        out("distance", "Distance over the ground", "km", 0),
        out("vacuum", "Round trip at the speed of light in vacuum", "ms", 2),
    ],
    run: |values| {
        let [north_1, east_1, north_2, east_2] = exactly(values)?;
        let km = great_circle_km((north_1, east_1), (north_2, east_2));
        Ok(vec![km, round_trip(km, 1.0) * 1e3])
    },
};

/// `replication.serial_commits`
pub static SERIAL_COMMITS: Model = Model {
    id: "replication.serial_commits",
    title: "How many writes a second, when each waits for the one before?",
    tex: r"X = \frac{b\,k}{R}",
    source: "arithmetic",
    inputs: &[
        real("round_trip", "R", "Time of one agreement", "ms", (0.001, 40.0, 1e6)),
        count("batch", "b", "Writes that go together", (1.0, 1.0, 1_000_000.0)),
        count(
            "streams",
            "k",
            "Streams that do not wait for each other",
            (1.0, 1.0, 1_000_000.0),
        ),
    ],
    outputs: &[out("writes", "Writes at most", "per second", 1)],
    run: |values| {
        let [ms, batch, streams] = exactly(values)?;
        Ok(vec![serial_commits(ms / 1e3, batch, streams)])
    },
};
