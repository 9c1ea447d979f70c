//! Which backends a client knows: random subsets, as in *Site Reliability Engineering*, chapter 20; and tables filled by hashing,
//! as *Maglev* compares them.

use sim::Stream;

/// Clients and backends, and how many of the backends each client draws; gives the least and the most connections of a backend,
/// as shares of the mean, averaged over runs.
pub fn random_subsets(clients: u32, backends: u32, share: f64, runs: u64) -> [f64; 2] {
    let drawn = (f64::from(backends) * share).round() as usize;
    let mean = f64::from(clients) * drawn as f64 / f64::from(backends);
    let mut sums = [0.0; 2];
    for run in 0..runs {
        let mut random = Stream::new(crate::lab::SEED, run);
        let mut connections = vec![0_u32; backends as usize];
        let mut order: Vec<usize> = (0..backends as usize).collect();
        for _ in 0..clients {
            // The first part of a shuffle.
            for i in 0..drawn {
                let j = random.below(i as u64, order.len() as u64) as usize;
                order.swap(i, j);
                connections[order[i]] += 1;
            }
        }
        let least = connections.iter().min().copied().unwrap_or(0);
        let most = connections.iter().max().copied().unwrap_or(0);
        sums[0] += f64::from(least) / mean;
        sums[1] += f64::from(most) / mean;
    }
    sums.map(|s| s / runs.max(1) as f64)
}

/// A table whose entries each go to a backend drawn at random, as rendezvous hashing gives it: how much more than the mean the
/// largest share is, averaged over runs.
pub fn hashed_table(backends: u32, entries: u32, runs: u64) -> f64 {
    let mut sum = 0.0;
    for run in 0..runs {
        let mut random = Stream::new(crate::lab::SEED, run);
        let mut share = vec![0_u32; backends as usize];
        for _ in 0..entries {
            share[random.below(0, backends.into()) as usize] += 1;
        }
        let most = share.iter().max().copied().unwrap_or(0);
        sum += f64::from(most) * f64::from(backends) / f64::from(entries) - 1.0;
    }
    sum / runs.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_knows_everybody() {
        assert_eq!(random_subsets(30, 20, 1.0, 2), [1.0, 1.0]);
    }

    #[test]
    fn larger_tables_are_more_even() {
        assert!(hashed_table(100, 100_000, 3) < hashed_table(100, 5_000, 3));
    }
}
