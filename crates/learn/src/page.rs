//! The book's pages, as they are to be had here: served, built, or not yet.

use crate::browse;
use crate::check::Session;
use crate::steps::At;
use crate::term::say;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// Where `cargo book` serves.
const SERVED: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 3000);
/// How long a server on this machine may take to answer.
const PATIENCE: Duration = Duration::from_millis(200);

/// The address of a page while `cargo book` runs.
pub(crate) fn served(page: &str) -> String {
    format!("http://{SERVED}/{page}")
}

/// The address of a page, for example `designs/02-fan-out-search/exercise.html`: served if `cargo book` runs, else from the disk if
/// it was built, else none.
pub(crate) fn address(session: &Session, page: &str) -> Option<String> {
    if TcpStream::connect_timeout(&SERVED, PATIENCE).is_ok() {
        return Some(served(page));
    }
    let file = session.place.root.join("target/book").join(page);
    file.is_file().then(|| crate::term::file_address(&file))
}

/// Opens the exercise's page of a step in the browser, and says where it is.
pub(crate) fn open(session: &Session, at: At) {
    let page = format!("designs/{}/exercise.html", session.catalogue.entry(at).folder);
    let Some(address) = address(session, &page) else {
        let text = "The book is not built here. Run `cargo book` in another terminal; then the page is at";
        let address = served(&page);
        say(&session.term.hang("", 0, text));
        say(&format!("{}\n", session.term.link(&address, &address)));
        return;
    };
    say(&format!("{}\n", session.term.link(&address, &address)));
    // A machine without a browser, or one far away: the address is there to be copied.
    if let Err(why) = browse::open(&address) {
        say(&session.term.hang("", 0, &format!("{why:#}")));
    }
}
