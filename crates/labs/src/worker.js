// The worker behind every lab and calculator of a page. build.sh puts this function's text, with the module, into one
// classic script, so that it runs from http, from a sub-path and from disk alike.
//
// In:  {kind: "module", bytes}                              once, first
//      {kind: "run", lab, number, token, knobs, seed, width, calm}   a run; it replaces this lab's last one at once
//      {kind: "stop" | "resume" | "close", lab}             a word about this lab's run
//      {kind: "width", lab, width}                          draw the same moment again, for another width
//      {kind: "map", lab, number, token, cells, seed, most}   a whole run for each cell's knobs, of at most so many events
//      {kind: "unmap", lab}                                 no more of these
//      {kind: "ask", id, request}                           one request of crates/labs, answered at once
// Out: {kind: "cell", lab, token, cell, done, facts, sides, error}, {kind: "ready"}, {kind: "picture", lab, token, picture, more, stopped, redrawn}, {kind: "error", lab, token, error}, {kind: "answer", id, text}
function dsrWorker() {
  "use strict";
  // The first picture must stand within 50 ms of a knob: 6 ms of simulation leave room for drawing and for the page, also where other
  // work on the machine makes each of these last three times as long.
  const FIRST_MS = 6;
  // A slice is short, so that a knob turned meanwhile is heard at once.
  const SLICE_MS = 8;
  // Between two pictures of a refining run; a slow picture is drawn less often still.
  const PICTURE_EVERY_MS = 150;

  let module = null;
  let wasm = null;
  const runs = new Map();
  const maps = new Map();
  const later = new MessageChannel();
  let scheduled = false;
  // Kept over runs: how many events fill one slice on this machine.
  let eventsPerMs = 500;

  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  function instantiate() {
    wasm = new WebAssembly.Instance(module, {}).exports;
  }

  // One request as crates/labs answers it, to the letter.
  function call(request) {
    const bytes = encoder.encode(JSON.stringify(request));
    const at = wasm.alloc(bytes.length);
    // The memory may grow in any call: look at it anew each time.
    new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
    const out = wasm.call(at, bytes.length);
    wasm.release(at, bytes.length);
    const length = new DataView(wasm.memory.buffer).getUint32(out, true);
    const text = decoder.decode(new Uint8Array(wasm.memory.buffer, out + 4, length));
    wasm.release(out, 4 + length);
    return text;
  }

  function ask(request) {
    const answer = JSON.parse(call(request));
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  // A trap leaves the module in no state to trust: begin with a fresh one and tell every lab whose run is lost.
  function failed(error, lab) {
    const trap = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const said = trap ? "the simulation stopped on an error of its own (" + error.message + ")" : error.message;
    if (trap) {
      for (const [name, run] of runs) postMessage({ kind: "error", lab: name, token: run.token, error: said });
      runs.clear();
      for (const map of maps.values()) map.run = 0;
      instantiate();
    } else if (lab !== undefined) {
      const run = runs.get(lab);
      postMessage({ kind: "error", lab, token: run ? run.token : 0, error: said });
    }
    return said;
  }

  function drop(lab) {
    const run = runs.get(lab);
    runs.delete(lab);
    if (run && run.id) ask({ op: "drop", run: run.id });
  }

  function draw(lab, run, redrawn) {
    const before = performance.now();
    const picture = ask({ op: "picture", run: run.id, width: run.width });
    run.drawn = performance.now();
    run.drawing = run.drawn - before;
    run.pictured = true;
    postMessage({ kind: "picture", lab, token: run.token, picture, more: run.more, stopped: run.stopped, redrawn });
  }

  // Advances for about `ms`, in steps small enough to hit it.
  function advance(run, ms) {
    const end = performance.now() + ms;
    for (;;) {
      const before = performance.now();
      const left = end - before;
      if (left <= 0 || !run.more) return;
      const events = Math.max(500, Math.floor(eventsPerMs * Math.min(left, ms / 2)));
      run.more = ask({ op: "advance", run: run.id, events }).more;
      const took = performance.now() - before;
      if (run.more) eventsPerMs = pace(events, took);
    }
  }

  function pace(events, ms) {
    return Math.min(1e6, Math.max(20, 0.5 * eventsPerMs + 0.5 * (events / Math.max(ms, 0.05))));
  }

  function step(lab, run) {
    advance(run, run.pictured ? SLICE_MS : FIRST_MS);
    const due = performance.now() - run.drawn > Math.max(PICTURE_EVERY_MS, 4 * run.drawing);
    if (!run.pictured || !run.more || (due && !run.calm)) draw(lab, run, false);
  }

  // One slice of a map's cell. A cell that cannot run has an error for a value; the others go on.
  function fill(lab, map) {
    const cell = map.next;
    try {
      if (!map.run) {
        map.run = ask({ op: "start", lab: map.number, knobs: map.cells[cell], seed: map.seed }).run;
        map.left = map.most;
      }
      const events = Math.max(500, Math.min(map.left, Math.floor(eventsPerMs * SLICE_MS)));
      const before = performance.now();
      const { more } = ask({ op: "advance", run: map.run, events });
      if (more) eventsPerMs = pace(events, performance.now() - before);
      map.left -= events;
      if (more && map.left > 0) return;
      const { done, facts, sides } = ask({ op: "facts", run: map.run });
      ask({ op: "drop", run: map.run });
      postMessage({ kind: "cell", lab, token: map.token, cell, done, facts, sides });
    } catch (error) {
      postMessage({ kind: "cell", lab, token: map.token, cell, done: 0, facts: [], sides: [], error: failed(error) });
    }
    map.run = 0;
    map.next += 1;
    if (map.next >= map.cells.length) maps.delete(lab);
  }

  function endMap(lab) {
    const map = maps.get(lab);
    maps.delete(lab);
    if (map && map.run) ask({ op: "drop", run: map.run });
  }

  const running = () => [...runs.values()].some((r) => r.more && !r.stopped);

  function schedule() {
    if (scheduled || !(running() || maps.size)) return;
    scheduled = true;
    later.port2.postMessage(0);
  }

  later.port1.onmessage = () => {
    scheduled = false;
    for (const [lab, run] of [...runs]) {
      if (run.more && !run.stopped && runs.get(lab) === run) attempt(lab, () => step(lab, run));
    }
    // A map waits for the run that its reader looks at.
    if (!running()) for (const [lab, map] of [...maps]) fill(lab, map);
    schedule();
  };

  function attempt(lab, what) {
    try {
      what();
    } catch (error) {
      failed(error, lab);
      runs.delete(lab);
    }
  }

  const told = {
    module({ bytes }) {
      module = new WebAssembly.Module(bytes);
      instantiate();
      postMessage({ kind: "ready" });
    },
    run({ lab, number, token, knobs, seed, width, calm }) {
      attempt(lab, () => drop(lab));
      const run = { id: 0, token, width, calm, more: true, stopped: false, pictured: false, drawn: 0, drawing: 0 };
      runs.set(lab, run);
      attempt(lab, () => {
        run.id = ask({ op: "start", lab: number, knobs, seed }).run;
        step(lab, run);
      });
    },
    stop({ lab }) {
      const run = runs.get(lab);
      if (!run || !run.more) return;
      run.stopped = true;
      attempt(lab, () => draw(lab, run, false));
    },
    resume({ lab }) {
      const run = runs.get(lab);
      if (run) run.stopped = false;
    },
    close({ lab }) {
      attempt(lab, () => drop(lab));
    },
    width({ lab, width }) {
      const run = runs.get(lab);
      if (!run || run.width === width) return;
      run.width = width;
      if (run.pictured) attempt(lab, () => draw(lab, run, true));
    },
    map({ lab, number, token, cells, seed, most }) {
      attempt(lab, () => endMap(lab));
      if (cells.length) maps.set(lab, { number, token, cells, seed, most, next: 0, run: 0, left: 0 });
    },
    unmap({ lab }) {
      attempt(lab, () => endMap(lab));
    },
    ask({ id, request }) {
      let text;
      try {
        text = call(request);
      } catch (error) {
        text = JSON.stringify({ error: failed(error) });
      }
      postMessage({ kind: "answer", id, text });
    },
  };

  onmessage = (event) => {
    try {
      told[event.data.kind](event.data);
    } catch (error) {
      postMessage({ kind: "fatal", error: String(error && error.message ? error.message : error) });
    }
    schedule();
  };
}
