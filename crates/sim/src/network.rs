//! How long a message is on its way, and whether it arrives.

use crate::fault::Who;
use crate::{Dist, Id, Stream, Time};

/// The network's stream: no number that anyone would give to an entity of their own.
const NETWORK: u64 = u64::from_be_bytes(*b"network.");
/// The streams of links are those of other seeds, so that no entity's number can meet a link's.
const LINKS: u64 = u64::from_be_bytes(*b"links...");

/// One direction between two nodes, with a latency of its own.
#[derive(Clone, Debug)]
struct Link {
    latency: Dist,
    luck: Stream,
}

/// The latencies, the network's luck, and the cuts in force.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    usual: Dist,
    luck: Stream,
    seed: u64,
    /// No link and no cut: one test decides that nothing has to be looked up.
    plain: bool,
    links: Vec<Link>,
    /// By sender, then receiver: the place in `links` plus 1; 0, or too short a row, for the usual latency.
    rows: Vec<Vec<u32>>,
    cuts: Vec<(Who, Who)>,
}

impl Network {
    pub(crate) fn new(seed: u64, usual: Dist) -> Self {
        let luck = Stream::new(seed, NETWORK);
        Network { usual, luck, seed, plain: true, links: Vec::new(), rows: Vec::new(), cuts: Vec::new() }
    }

    /// Gives one direction a latency of its own. A link that is set again goes on with its stream.
    pub(crate) fn link(&mut self, from: Id, to: Id, latency: Dist) {
        self.plain = false;
        let (sender, receiver) = (from as usize, to as usize);
        if self.rows.len() <= sender {
            self.rows.resize_with(sender + 1, Vec::new);
        }
        let row = &mut self.rows[sender];
        if row.len() <= receiver {
            row.resize(receiver + 1, 0);
        }
        if row[receiver] == 0 {
            let luck = Stream::new(self.seed ^ LINKS, u64::from(from) << 32 | u64::from(to));
            self.links.push(Link { latency, luck });
            row[receiver] = u32::try_from(self.links.len()).expect("fewer than 2³² links");
        } else {
            self.links[row[receiver] as usize - 1].latency = latency;
        }
    }

    /// Puts these cuts in force, from whom to whom, and no other.
    pub(crate) fn cut(&mut self, cuts: Vec<(Who, Who)>) {
        self.plain = cuts.is_empty() && self.links.is_empty();
        self.cuts = cuts;
    }

    /// How long a message sent now takes; nothing when it is lost.
    #[inline]
    pub(crate) fn latency(&mut self, from: Id, to: Id) -> Option<Time> {
        if self.plain {
            Some(self.usual.sample(&mut self.luck))
        } else {
            self.latency_by_link(from, to)
        }
    }

    #[inline(never)]
    fn latency_by_link(&mut self, from: Id, to: Id) -> Option<Time> {
        let place = self.rows.get(from as usize).and_then(|row| row.get(to as usize));
        // A lost message takes its draw too: so a cut changes the latency of no other message.
        let latency = match place {
            None | Some(0) => self.usual.sample(&mut self.luck),
            Some(place) => {
                let link = &mut self.links[*place as usize - 1];
                link.latency.sample(&mut link.luck)
            }
        };
        let lost = from != to && self.cuts.iter().any(|(a, b)| a.includes(from) && b.includes(to));
        (!lost).then_some(latency)
    }
}
