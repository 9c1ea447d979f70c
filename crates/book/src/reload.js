// Added to pages by `cargo book` while it serves them; never part of a published book.
(() => {
  "use strict";
  let seen = null;
  let book = null;
  let notice = null;

  const show = (error) => {
    if (notice) notice.remove();
    notice = null;
    if (!error) return;
    notice = document.createElement("aside");
    notice.setAttribute("role", "status");
    notice.setAttribute("aria-label", "The last change does not build");
    Object.assign(notice.style, {
      position: "fixed", insetInlineEnd: "1rem", bottom: "1rem", zIndex: "200", maxWidth: "min(46rem, calc(100vw - 2rem))",
      maxHeight: "40vh", overflow: "auto", padding: ".6rem .9rem", border: "1px solid currentColor", borderRadius: "6px",
      background: "var(--paper, Canvas)", color: "var(--ink, CanvasText)", font: "400 14px/1.5 var(--font-ui, system-ui)",
    });
    const title = document.createElement("b");
    title.textContent = "The last change does not build; this page is from before it.";
    const text = document.createElement("pre");
    Object.assign(text.style, { margin: ".4rem 0", whiteSpace: "pre-wrap", font: "12px/1.5 var(--font-code, monospace)" });
    text.tabIndex = 0;
    text.textContent = error;
    const hide = document.createElement("button");
    hide.type = "button";
    hide.textContent = "Hide";
    hide.addEventListener("click", () => show(null));
    notice.append(title, text, hide);
    document.body.append(notice);
  };

  const poll = async () => {
    for (;;) {
      try {
        const query = seen === null ? "" : "?seen=" + encodeURIComponent(seen);
        const answer = await fetch("/__book/state" + query, { cache: "no-store" });
        const state = await answer.json();
        if (book !== null && book !== state.book) {
          location.reload();
          return;
        }
        if (seen !== state.seen) show(state.error);
        seen = state.seen;
        book = state.book;
      } catch {
        // The server stopped or restarts: ask again in a second.
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
  };
  poll();
})();
