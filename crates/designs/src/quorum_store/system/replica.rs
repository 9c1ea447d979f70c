//! One copy: it stores what it is sent, and says what it has.

use super::{Msg, Version};
use sim::{Cx, Id, Time};

/// What a copy has of one value.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Versions of which none has seen another.
    pub(super) versions: Vec<Version>,
    /// When the first of them arrived; never yet is the end of time.
    pub(super) put_at: Time,
    /// When a read last arrived.
    pub(super) got_at: Time,
}

static NOTHING: Kept = Kept { versions: Vec::new(), put_at: Time::MAX, got_at: Time::ZERO };

/// A copy of every value.
#[derive(Debug, Default)]
pub(super) struct Replica {
    kept: Vec<Kept>,
}

impl Replica {
    /// What it has of a value.
    pub(super) fn kept(&self, key: u32) -> &Kept {
        self.kept.get(key as usize).unwrap_or(&NOTHING)
    }

    fn kept_mut(&mut self, key: u32) -> &mut Kept {
        let place = key as usize;
        if self.kept.len() <= place {
            self.kept.resize(place + 1, NOTHING.clone());
        }
        &mut self.kept[place]
    }

    pub(super) fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Put { op, key, version } => {
                let now = cx.now();
                let kept = self.kept_mut(key);
                kept.put_at = kept.put_at.min(now);
                if !kept.versions.iter().any(|v| v.has_seen(&version)) {
                    kept.versions.retain(|v| !version.has_seen(v));
                    kept.versions.push(version);
                }
                if let Some(op) = op {
                    cx.send(from, Msg::Stored { op });
                }
            }
            Msg::Get { op, key } => {
                let now = cx.now();
                let kept = self.kept_mut(key);
                kept.got_at = now;
                let versions = kept.versions.clone();
                cx.send(from, Msg::Have { op, versions });
            }
            _ => unreachable!("a copy is sent writes and reads"),
        }
    }
}
