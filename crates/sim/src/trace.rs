//! What happened in a run, in order.

use crate::{Id, Time};
use std::collections::BTreeMap;
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
    // The place of a kind is part of a trace's hash: new ones come last.
    Lost,
    Crashed,
}

impl Kind {
    /// Does the upper half of the row's value carry a message's number?
    fn numbered(self) -> bool {
        matches!(self, Kind::Sent | Kind::Received | Kind::Vanished | Kind::Lost)
    }
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
    /// For a message its number: the same where it is sent and where it ends. See [`Trace::messages`].
    pub message: Option<u32>,
}

/// The way of one message, from [`Trace::messages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its sender.
    pub from: Id,
    /// Its receiver.
    pub to: Id,
    /// When it was sent.
    pub sent_at: Time,
    /// When it was received; never, if it was lost or was still under way at the end of the trace.
    pub received_at: Option<Time>,
    /// A cut swallowed it, or its receiver was down as it arrived.
    pub lost: bool,
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
    /// The message that it just sent is lost: a cut is in force.
    Lost {
        /// To this node.
        to: Id,
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
    /// It lost its memory and its timers; it went down at the same moment, if it was not down before.
    Crashed,
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

    /// Only the lower half of the number is kept: enough to tell apart the messages under way at one time.
    #[inline]
    pub(crate) fn message(&mut self, at: Time, node: Id, kind: Kind, other: Id, number: u64) {
        self.push(at, node, kind, number << 32 | u64::from(other));
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
                Kind::Lost => Event::Lost { to: row.value as Id },
                Kind::Vanished => Event::Vanished { from: row.value as Id },
                Kind::Fired => Event::Fired { tag: row.value },
                Kind::Down => Event::Down,
                Kind::Crashed => Event::Crashed,
                Kind::Up => Event::Up,
                Kind::Slow => Event::Slow { slowdown: f64::from_bits(row.value) },
                Kind::Number => Event::Number(row.value),
                Kind::Text => Event::Text(&self.texts[row.value as usize]),
            };
            let message = row.kind.numbered().then_some((row.value >> 32) as u32);
            Record { at: row.at, node: row.node, what, message }
        })
    }

    /// The messages sent, in the order of sending, each with its arrival.
    ///
    /// ```
    /// # use sim::{Cx, Dist, Id, Node, Sim, Time, ms};
    /// # struct Peer;
    /// # impl Node for Peer {
    /// #     type Msg = ();
    /// #     fn start(&mut self, cx: &mut Cx<'_, ()>) { if cx.me() == 0 { cx.send(1, ()) } }
    /// #     fn message(&mut self, _: Id, (): (), _: &mut Cx<'_, ()>) {}
    /// # }
    /// let mut sim = Sim::new(1, Dist::Constant(ms(4)));
    /// sim.add(Peer);
    /// sim.add(Peer);
    /// sim.trace(true);
    /// sim.run_until(Time::MAX); // node 0 sends one message to node 1 as it starts
    /// let [only] = sim.take_trace().messages()[..] else { panic!("one message") };
    /// assert_eq!((only.from, only.to, only.sent_at, only.received_at), (0, 1, Time::ZERO, Some(ms(4))));
    /// ```
    pub fn messages(&self) -> Vec<Message> {
        let mut messages: Vec<Message> = Vec::new();
        // By number, the place in `messages` of those under way. Numbers rise, but they may wrap round in a very long run.
        let mut under_way: BTreeMap<u32, usize> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.kind.numbered()) {
            let number = (row.value >> 32) as u32;
            if row.kind == Kind::Sent {
                under_way.insert(number, messages.len());
                let (from, to) = (row.node, row.value as Id);
                messages.push(Message { from, to, sent_at: row.at, received_at: None, lost: false });
            } else if let Some(place) = under_way.remove(&number) {
                // One sent before the trace began is not there.
                messages[place].received_at = (row.kind == Kind::Received).then_some(row.at);
                messages[place].lost = row.kind != Kind::Received;
            }
        }
        messages
    }

    /// A number that changes when anything in the trace does: same hash, same run. FNV-1a over 64-bit words;
    /// the same on every platform.
    pub fn hash(&self) -> u64 {
        let mix = |h: u64, word: u64| (h ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        // Multiplication carries upwards only, so each row's result is folded down again.
        let rows = self.rows.iter().fold(0xcbf2_9ce4_8422_2325, |h, r| {
            // Messages' numbers stay out: they follow from the rest of the run, and published hashes are older than they.
            let value = if r.kind.numbered() {
                r.value & 0xffff_ffff
            } else {
                r.value
            };
            let h = mix(mix(mix(h, r.at.as_ns()), u64::from(r.node) << 8 | r.kind as u64), value);
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
            Event::Lost { to } => write!(f, "message to {to} lost"),
            Event::Vanished { from } => write!(f, "was down: message from {from} vanished"),
            Event::Fired { tag } => write!(f, "timer {tag} fired"),
            Event::Down => write!(f, "went down"),
            Event::Crashed => write!(f, "lost its memory"),
            Event::Up => write!(f, "came back up"),
            Event::Slow { slowdown } => write!(f, "slowdown {slowdown}"),
            Event::Number(n) => write!(f, "noted {n}"),
            Event::Text(text) => f.write_str(text),
        }
    }
}
