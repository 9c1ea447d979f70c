// The engine behind labs and calculators: one worker for the whole page, running the simulations as WebAssembly. Worker and
// module come from one classic script (assets/labs/labs.js), loaded when the first widget needs it, so that a page without
// one costs nothing and a book opened from disk works.
(() => {
  const own = document.currentScript?.src;
  // Which labs.js this book was built with: part of its address, so that no browser runs an old one. Written by crates/labs/build.sh.
  const VERSION = 'b610c9e0c8e2';

  const engine = {
    ready: null,
    listeners: new Map(),
    questions: new Map(),
    last: 0,

    load() {
      this.ready ??= this.begin().catch(error => {
        this.ready = null; // a later attempt may succeed
        throw error;
      });
      return this.ready;
    },

    async begin() {
      if (!window.dsrLabs) {
        const root = own ? new URL('../../', own) : new URL(document.documentElement.dataset.root ?? './', location.href);
        const script = document.createElement('script');
        script.src = new URL('assets/labs/labs.js?' + VERSION, root).href;
        const loaded = new Promise((yes, no) => {
          script.onload = yes;
          script.onerror = () => no(new Error('its script, assets/labs/labs.js, could not be loaded'));
        });
        document.head.append(script);
        await loaded;
      }
      if (typeof WebAssembly !== 'object') throw new Error('this browser has WebAssembly switched off');
      const url = URL.createObjectURL(new Blob([window.dsrLabs.worker], { type: 'text/javascript' }));
      const worker = new Worker(url);
      const packed = Uint8Array.from(atob(window.dsrLabs.wasmGz), c => c.charCodeAt(0));
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
    },

    tell(message) {
      this.worker?.postMessage(message);
    },

    ask(request) {
      const id = ++this.last;
      return new Promise(yes => {
        this.questions.set(id, yes);
        this.tell({ kind: 'ask', id, request });
      });
    },
  };

  window.dsr = Object.assign(window.dsr ?? {}, { engine });
})();
