//! What happened in a run, in order.

use crate::{Id, Time};
use std::fmt;

/// The record of a run, from [`Sim::take_trace`](crate::Sim::take_trace).
///
/// Displayed, it is one line a record: `1.5 ms  node 3  received from 2`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    rows: Vec<Row>,
    texts: Vec<String>,
}

/// A record as it is kept: 24 bytes, since a trace has millions of them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Row {
    at: Time,
    value: u64,
    node: Id,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
pub(crate) enum Kind {
    Sent,
    Received,
    Vanished,
    Fired,
    Down,
    Up,
    Slow,
    Number,
    Text,
}

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record<'a> {
    /// When.
    pub at: Time,
    /// At which node.
    pub node: Id,
    /// What.
    pub what: Event<'a>,
}

/// What happened at a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event<'a> {
    /// It sent a message.
    Sent {
        /// To this node.
        to: Id,
    },
    /// A message reached it.
    Received {
        /// From this node.
        from: Id,
    },
    /// A message reached it while it was down, and vanished.
    Vanished {
        /// From this node.
        from: Id,
    },
    /// A timer fired.
    Fired {
        /// The tag it was set with.
        tag: u64,
    },
    /// It went down.
    Down,
    /// It came back up.
    Up,
    /// Its slowdown changed.
    Slow {
        /// The slowdown from now on; 1 is full speed.
        slowdown: f64,
    },
    /// It noted a number.
    Number(u64),
    /// It noted a text.
    Text(&'a str),
}

/// What [`Cx::note`](crate::Cx::note) writes into the trace: a number or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A number; costs 24 bytes.
    Number(u64),
    /// A text.
    Text(String),
}

impl From<u64> for Note {
    fn from(n: u64) -> Note {
        Note::Number(n)
    }
}

impl From<String> for Note {
    fn from(text: String) -> Note {
        Note::Text(text)
    }
}

impl From<&str> for Note {
    fn from(text: &str) -> Note {
        Note::Text(text.into())
    }
}

impl Trace {
    #[inline]
    pub(crate) fn push(&mut self, at: Time, node: Id, kind: Kind, value: u64) {
        self.rows.push(Row { at, value, node, kind });
    }

    pub(crate) fn note(&mut self, at: Time, node: Id, note: Note) {
        match note {
            Note::Number(n) => self.push(at, node, Kind::Number, n),
            Note::Text(text) => {
                self.push(at, node, Kind::Text, self.texts.len() as u64);
                self.texts.push(text);
            }
        }
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Is there no record?
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The records in the order in which they happened.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Record<'_>> {
        self.rows.iter().map(|row| {
            let what = match row.kind {
                Kind::Sent => Event::Sent { to: row.value as Id },
                Kind::Received => Event::Received { from: row.value as Id },
                Kind::Vanished => Event::Vanished { from: row.value as Id },
                Kind::Fired => Event::Fired { tag: row.value },
                Kind::Down => Event::Down,
                Kind::Up => Event::Up,
                Kind::Slow => Event::Slow { slowdown: f64::from_bits(row.value) },
                Kind::Number => Event::Number(row.value),
                Kind::Text => Event::Text(&self.texts[row.value as usize]),
            };
            Record { at: row.at, node: row.node, what }
        })
    }

    /// A number that changes when anything in the trace does: same hash, same run. FNV-1a over 64-bit words;
    /// the same on every platform.
    pub fn hash(&self) -> u64 {
        let mix = |h: u64, word: u64| (h ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        // Multiplication carries upwards only, so each row's result is folded down again.
        let rows = self.rows.iter().fold(0xcbf2_9ce4_8422_2325, |h, r| {
            let h = mix(
                mix(mix(h, r.at.as_ns()), u64::from(r.node) << 8 | r.kind as u64),
                r.value,
            );
            h ^ (h >> 32)
        });
        self.texts
            .iter()
            .flat_map(|text| text.bytes().chain([0]))
            .fold(rows, |h, byte| mix(h, byte.into()))
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|record| writeln!(f, "{record}"))
    }
}

impl fmt::Display for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  node {}  ", self.at, self.node)?;
        match self.what {
            Event::Sent { to } => write!(f, "sent to {to}"),
            Event::Received { from } => write!(f, "received from {from}"),
            Event::Vanished { from } => write!(f, "was down: message from {from} vanished"),
            Event::Fired { tag } => write!(f, "timer {tag} fired"),
            Event::Down => write!(f, "went down"),
            Event::Up => write!(f, "came back up"),
            Event::Slow { slowdown } => write!(f, "slowdown {slowdown}"),
            Event::Number(n) => write!(f, "noted {n}"),
            Event::Text(text) => f.write_str(text),
        }
    }
}
