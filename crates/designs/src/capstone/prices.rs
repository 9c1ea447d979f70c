//! The price sheet: list prices, on demand, one region, each with the date at which it was seen. A bill is computed from this
//! file and from no other, and checked against it, never against the prices of today.

use super::units::Dollars;

/// What the sheet's prices are: said wherever one of them is printed.
pub const TERMS: &str = "list, on demand, one region (Northern Virginia), no discounts";

/// One price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// Key, `snake_case`; the fact `price_KEY` prints it.
    pub key: &'static str,
    /// What is bought.
    pub what: &'static str,
    /// Price of one unit.
    pub dollars: Dollars,
    /// The unit.
    pub per: &'static str,
    /// When it was seen.
    pub as_of: &'static str,
    /// Key in `sources.toml`.
    pub source: &'static str,
}

macro_rules! price {
    ($name:ident, $key:literal, $what:literal, $dollars:literal, $per:literal, $as_of:literal, $source:literal) => {
        #[doc = $what]
        pub const $name: Price = Price {
            key: $key,
            what: $what,
            dollars: Dollars($dollars),
            per: $per,
            as_of: $as_of,
            source: $source,
        };
    };
}

price!(
    VM,
    "vm",
    "General machine, 4 virtual processors, 16 GB (m6i.xlarge)",
    0.192,
    "hour",
    "2024 to 2026",
    "vmtables2026"
);
price!(
    MEMORY_VM,
    "memory_vm",
    "Memory machine, 2 virtual processors, 16 GB (r6i.large)",
    0.126,
    "hour",
    "2024 to 2026",
    "vmtables2026"
);
price!(
    SSD,
    "ssd",
    "Network SSD (gp3), one copy",
    0.08,
    "GB and month",
    "early 2026",
    "amazon2026"
);
price!(
    OBJECTS,
    "objects",
    "Object store, standard class, to 50 TB",
    0.023,
    "GB and month",
    "July 2022",
    "everettberry2022"
);
price!(
    OUT_10,
    "out_10",
    "Out to the internet, the first 10 TB of a month",
    0.09,
    "GB",
    "June 2026",
    "usage2026"
);
price!(
    OUT_50,
    "out_50",
    "Out to the internet, the next 40 TB",
    0.085,
    "GB",
    "June 2026",
    "usage2026"
);
price!(
    OUT_150,
    "out_150",
    "Out to the internet, the next 100 TB",
    0.07,
    "GB",
    "June 2026",
    "usage2026"
);
price!(
    OUT_MORE,
    "out_more",
    "Out to the internet, beyond 150 TB",
    0.05,
    "GB",
    "June 2026",
    "usage2026"
);
price!(
    ZONE_END,
    "zone_end",
    "Between zones of a region, at each of the two ends",
    0.01,
    "GB",
    "June 2026",
    "usage2026"
);
price!(
    REGION,
    "region",
    "Between regions",
    0.02,
    "GB",
    "June 2026",
    "usage2026"
);
price!(
    ADDRESS,
    "address",
    "Public IPv4 address",
    0.005,
    "hour",
    "2026",
    "egresscost2026"
);

/// The whole sheet, in the order in which it is printed.
pub static SHEET: [Price; 11] = [
    VM, MEMORY_VM, SSD, OBJECTS, OUT_10, OUT_50, OUT_150, OUT_MORE, ZONE_END, REGION, ADDRESS,
];

/// Hours of a month.
pub const MONTH: f64 = 730.0;
/// GB of a month that go out to the internet for nothing.
pub const FREE: f64 = 100.0;

/// Tiers of what goes out to the internet: up to so many GB of a month, at so much a GB.
const TIERS: [(f64, Price); 4] = [
    (10_000.0, OUT_10),
    (50_000.0, OUT_50),
    (150_000.0, OUT_150),
    (f64::INFINITY, OUT_MORE),
];

/// Price of a month's GB out to the internet, tier by tier.
pub fn out_to_the_internet(gb: f64) -> Dollars {
    let (mut from, mut sum) = (FREE, Dollars(0.0));
    for (to, price) in TIERS {
        sum = sum + price.dollars * (gb.min(to) - from).max(0.0);
        from = to;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_of_a_gigabit_a_second_costs_what_the_tiers_add_up_to() {
        // 0.125 GB/s × 2.628 million s = 328,500 GB: 891 + 3,400 + 7,000 + 8,925.
        assert!((out_to_the_internet(328_500.0).0 - 20_216.0).abs() < 1.0);
        assert_eq!(out_to_the_internet(50.0), Dollars(0.0));
        assert!((out_to_the_internet(1_100.0).0 - 90.0).abs() < 1e-9);
    }

    #[test]
    fn every_price_has_a_date_and_a_source() {
        for p in SHEET {
            assert!(
                p.dollars.0 > 0.0 && !p.as_of.is_empty() && !p.source.is_empty(),
                "{}",
                p.key
            );
            assert_eq!(SHEET.iter().filter(|q| q.key == p.key).count(), 1);
        }
    }
}
