//! The labs and calculators of the page, as WebAssembly: one module for each design, and one for the calculators.
//!
//! This crate adds nothing to what a lab is ([`designs::lab`]) or a calculator ([`models`]): it is the thin shell that lets a
//! page talk to them. A request goes in as JSON, an answer comes out as JSON:
//!
//! | request | answer |
//! |---|---|
//! | `{"op":"labs"}` | every lab of this build with its knobs, and every calculator |
//! | `{"op":"start","lab":"02","knobs":{"hedge_after":18},"seed":7}` | `{"run":1}` |
//! | `{"op":"advance","run":1,"events":200000}` | `{"more":true}`, or `false` once the run is complete |
//! | `{"op":"picture","run":1,"width":720}` | a [`designs::lab::Picture`] |
//! | `{"op":"facts","run":1}` | the same moment's `done`, `facts` and names of the `sides`, without its figures |
//! | `{"op":"grid","lab":"02","across":"hedge_after","down":"leaves"}` | a [`map::Grid`]: the values of two knobs that a map runs through |
//! | `{"op":"map","lab":"02","across":"hedge_after","quantity":"p99",…}` | a [`map::Drawn`]: a grid of results over two knobs |
//! | `{"op":"drop","run":1}` | `{}` |
//! | `{"op":"calculate","model":"tails.any_slow","inputs":{"p":1}}` | `{"outputs":[…]}` |
//!
//! Whatever is wrong with a request gives `{"error":"…"}`, in words for the person who turned the knob.
//! [`handle`] is the whole of it; [`abi`] carries the same function over the border of linear memory.

pub mod abi;
pub mod map;
pub mod module;
mod session;

pub use session::Session;

use std::cell::RefCell;

thread_local! {
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// Answers one request in this thread's session over everything that this build holds.
pub fn handle(request: &str) -> String {
    SESSION.with_borrow_mut(|session| {
        session
            .get_or_insert_with(|| Session::new(module::LABS.to_vec(), module::MODELS))
            .handle(request)
    })
}
