// The engines behind labs and calculators: one worker for each module that the page's widgets need, running its simulations as
// WebAssembly. Worker and module come from one classic script (assets/labs/NAME.js: a design's number, or "calculators"), loaded
// when the first widget needs it, so that a page without one costs nothing and a book opened from disk works.
(() => {
  const own = document.currentScript?.src;
  // Which scripts this book was built with: part of their address, so that no browser runs an old one. Written by crates/labs/build.sh.
  const VERSION = '6c7c1a35fc1b';

  class Engine {
    constructor(name) {
      Object.assign(this, { name, ready: null, worker: null, listeners: new Map(), questions: new Map(), last: 0 });
    }

    load() {
      this.ready ??= this.begin().catch(error => {
        this.ready = null; // a later attempt may succeed
        throw error;
      });
      return this.ready;
    }

    async script() {
      if (window.dsrLabs?.[this.name]) return;
      const file = `assets/labs/${this.name}.js`;
      const root = own ? new URL('../../', own) : new URL(document.documentElement.dataset.root ?? './', location.href);
      const script = document.createElement('script');
      script.src = new URL(`${file}?${VERSION}`, root).href;
      const loaded = new Promise((yes, no) => {
        script.onload = yes;
        script.onerror = () => no(new Error(`its script, ${file}, could not be loaded`));
      });
      document.head.append(script);
      await loaded;
    }

    async begin() {
      await this.script();
      if (typeof WebAssembly !== 'object') throw new Error('this browser has WebAssembly switched off');
      const { worker: source, wasmGz } = window.dsrLabs[this.name];
      const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
      const worker = new Worker(url);
      const packed = Uint8Array.from(atob(wasmGz), c => c.charCodeAt(0));
      const bytes = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
      await new Promise((yes, no) => {
        const failed = why => {
          worker.terminate();
          no(new Error(why));
          this.ready = this.worker = null;
          this.listeners.forEach(f => f({ kind: 'error', error: why, token: null }));
          this.questions.forEach(f => f({ error: why }));
          this.questions.clear();
        };
        worker.onerror = e => failed(`its worker failed (${e.message || 'it could not start'})`);
        worker.onmessage = ({ data }) => {
          if (data.kind === 'ready') yes();
          else if (data.kind === 'fatal') failed(data.error);
          else if (data.kind === 'answer') {
            this.questions.get(data.id)?.(JSON.parse(data.text));
            this.questions.delete(data.id);
          } else this.listeners.get(data.lab)?.(data);
        };
        worker.postMessage({ kind: 'module', bytes }, [bytes]);
      });
      URL.revokeObjectURL(url);
      this.worker = worker;
    }

    tell(message) {
      this.worker?.postMessage(message);
    }

    ask(request) {
      const id = ++this.last;
      return new Promise(yes => {
        this.questions.set(id, yes);
        this.tell({ kind: 'ask', id, request });
      });
    }
  }

  const engines = new Map();
  const engine = name => {
    if (!engines.has(name)) engines.set(name, new Engine(name));
    return engines.get(name);
  };

  window.dsr = Object.assign(window.dsr ?? {}, { engine });
})();
