//! The border of linear memory: the only shipped code with `unsafe` (a test of `sim` counts allocations with some more).
//!
//! A page writes a request with [`alloc`], passes it to [`call`], reads the answer (four bytes of length, then UTF-8), and gives both
//! back with [`release`]. Addresses are 32 bits wide in the module and as wide as the machine's in the tests.
#![allow(unsafe_code)]

use std::alloc::{Layout, alloc as allocate, dealloc, handle_alloc_error};

/// Both sides allocate with the length's alignment, so that the length of an answer can be read in place.
const ALIGN: usize = 4;

fn layout(len: usize) -> Layout {
    // Room for one byte at least: an allocation of nothing has no address.
    Layout::from_size_align(len.max(1), ALIGN).expect("a length that fits into memory")
}

/// Gives `len` bytes of memory to the caller, who writes all of them before anyone reads them.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn alloc(len: usize) -> *mut u8 {
    let layout = layout(len);
    // SAFETY: the layout's size is not zero.
    let at = unsafe { allocate(layout) };
    if at.is_null() {
        handle_alloc_error(layout);
    }
    at
}

/// Takes back what [`alloc`] or [`call`] gave.
///
/// # Safety
/// `at` came from `alloc(len)`, or from `call` with `len` = 4 + the answer's length, and was not released before.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn release(at: *mut u8, len: usize) {
    // SAFETY: by contract the block is ours, live, and of this very layout.
    unsafe { dealloc(at, layout(len)) }
}

/// Answers the request at `at`. The answer is `u32` length (little-endian) and UTF-8; release it with 4 + length.
///
/// # Safety
/// `at` came from `alloc(len)`, and all its `len` bytes are written.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn call(at: *const u8, len: usize) -> *mut u8 {
    // SAFETY: by contract `len` bytes at `at` are allocated and written; nobody writes to them during this call.
    let request = unsafe { std::slice::from_raw_parts(at, len) };
    let answer = match std::str::from_utf8(request) {
        Ok(text) => crate::handle(text),
        Err(_) => r#"{"error":"the request is not UTF-8"}"#.to_string(),
    };
    let length = u32::try_from(answer.len()).expect("an answer below 4 GB");
    let out = alloc(4 + answer.len());
    // SAFETY: `out` has 4 + answer.len() bytes, freshly allocated, so it cannot overlap either source.
    unsafe {
        std::ptr::copy_nonoverlapping(length.to_le_bytes().as_ptr(), out, 4);
        std::ptr::copy_nonoverlapping(answer.as_ptr(), out.add(4), answer.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page's script does, in Rust.
    fn ask(request: &[u8]) -> String {
        let at = alloc(request.len());
        // SAFETY: `at` has request.len() bytes; each block is released once, with its own length.
        unsafe {
            std::ptr::copy_nonoverlapping(request.as_ptr(), at, request.len());
            let answer = call(at, request.len());
            release(at, request.len());
            let mut length = [0; 4];
            std::ptr::copy_nonoverlapping(answer, length.as_mut_ptr(), 4);
            let length = u32::from_le_bytes(length) as usize;
            let text = std::slice::from_raw_parts(answer.add(4), length).to_vec();
            release(answer, 4 + length);
            String::from_utf8(text).expect("answers are UTF-8")
        }
    }

    #[test]
    fn a_request_crosses_the_border_and_its_answer_comes_back() {
        assert!(ask(br#"{"op":"labs"}"#).starts_with(r#"{"labs":["#));
    }

    #[test]
    fn nothing_and_nonsense_get_an_error_in_words() {
        assert!(ask(b"").contains(r#""error":"#));
        assert_eq!(ask(&[0xff, 0xfe]), r#"{"error":"the request is not UTF-8"}"#);
    }
}
