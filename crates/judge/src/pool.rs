//! The seeds that a verdict pools.

/// The seeds of a pool of `size` runs. `DSR_POOL` moves the pool, so that authors can prove that no verdict hangs on its seeds.
pub fn seeds(size: u64) -> impl Iterator<Item = u64> {
    let pool = std::env::var("DSR_POOL")
        .ok()
        .and_then(|t| t.parse::<u64>().ok())
        .unwrap_or(0);
    (1..=size).map(move |i| pool * size + i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_has_as_many_seeds_as_asked_for_all_different() {
        let seeds: Vec<u64> = seeds(3).collect();
        assert_eq!(seeds.len(), 3);
        assert!(seeds.windows(2).all(|w| w[1] == w[0] + 1));
    }
}
