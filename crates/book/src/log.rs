//! mdBook and KaTeX say what is odd through `tracing` and go on. Here their warnings are caught, so that a build can
//! treat them as mistakes.

use std::fmt::Write;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Collects the messages of warnings and errors.
struct Listener(Arc<Mutex<Vec<String>>>);

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        if let Ok(mut all) = self.0.lock() {
            all.push(text.0);
        }
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// The message of an event, and its other fields behind it.
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing to a string cannot fail.
        let _ = match field.name() {
            "message" => write!(self.0, "{value:?}"),
            name => write!(self.0, " {name}: {value:?}"),
        };
    }
}

/// Runs something on this thread and returns what it warned of.
pub fn listen<T>(run: impl FnOnce() -> T) -> (T, Vec<String>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let value = tracing::subscriber::with_default(Listener(heard.clone()), run);
    let heard = heard.lock().map(|h| h.clone()).unwrap_or_default();
    (value, heard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_heard_and_chatter_is_not() {
        let (value, heard) = listen(|| {
            tracing::info!("chatter");
            tracing::warn!("odd: {}", 7);
            42
        });
        assert_eq!((value, heard), (42, vec!["odd: 7".to_string()]));
    }

    #[test]
    fn listening_can_be_nested() {
        let ((_, inner), outer) = listen(|| {
            tracing::warn!("outer");
            listen(|| tracing::warn!("inner"))
        });
        assert_eq!((inner, outer), (vec!["inner".to_string()], vec!["outer".to_string()]));
    }
}
