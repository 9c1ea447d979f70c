// node .ci/labs-node.mjs [FOLDER]: a hash of every result of the page's WebAssembly modules on a fixed list of runs.
// `cargo run -p labs --example results` prints the same lines from native code; CI compares the two.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';

const SEEDS = [1, 7, 4294967311];

/** FNV-1a, 64 bits, over the answer's very bytes. In two halves: BigInt would be too slow for a picture. */
function hash(text) {
  let [high, low] = [0xcbf29ce4, 0x84222325];
  for (const byte of new TextEncoder().encode(text)) {
    low = (low ^ byte) >>> 0;
    // × 0x00000100_000001b3
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.imul(low, 0x100) + Math.floor(product / 2 ** 32)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/** Every line, given a function (or an asynchronous one) that answers a request with the module's text. */
export async function lines(ask) {
  const out = [];
  const run = async (lab, knobs, seed, slices) => {
    const started = JSON.parse(await ask({ op: 'start', lab, knobs, seed }));
    if (!started.run) throw new Error(`it did not start: ${started.error}`);
    const { run } = started;
    await ask({ op: 'advance', run, events: 20000 });
    const early = hash(await ask({ op: 'picture', run, width: 360 }));
    for (let left = slices; left > 0 && JSON.parse(await ask({ op: 'advance', run, events: 200000 })).more;) left -= 1;
    const late = hash(await ask({ op: 'picture', run, width: 720 }));
    if (slices === Infinity) out.push(`${lab} seed=${seed} facts ${hash(await ask({ op: 'facts', run }))}`);
    await ask({ op: 'drop', run });
    return `${early} ${late}`;
  };
  const known = JSON.parse(await ask({ op: 'labs' }));
  for (const lab of known.labs) {
    for (const seed of SEEDS) out.push(`${lab.name} seed=${seed} ${await run(lab.name, {}, seed, Infinity)}`);
    for (const knob of lab.knobs) {
      for (const end of ['min', 'max']) out.push(`${lab.name} seed=7 ${knob.name}=${knob[end]} ${await run(lab.name, { [knob.name]: knob[end] }, 7, 5)}`);
    }
  }
  for (const model of known.models) {
    for (const at of ['default', 'min', 'max']) {
      const inputs = Object.fromEntries(model.inputs.map(i => [i.name, i[at]]));
      out.push(`${model.id} ${at} ${hash(await ask({ op: 'calculate', model: model.id, inputs }))}`);
    }
  }
  return out;
}

/** The scripts in a folder, in the registry's order: designs by number, then the calculators. */
export const scriptsIn = folder => readdirSync(folder).filter(name => name.endsWith('.js')).sort().map(name => join(folder, name));

/** The module inside a script, as a function from request to text. */
export function moduleOf(file) {
  const page = createContext({});
  runInContext(readFileSync(file, 'utf8'), page);
  const { wasmGz } = page.dsrLabs[basename(file, '.js')];
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(gunzipSync(Buffer.from(wasmGz, 'base64'))), {}).exports;
  return request => {
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    const at = wasm.alloc(bytes.length);
    new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
    const answer = wasm.call(at, bytes.length);
    wasm.release(at, bytes.length);
    const length = new DataView(wasm.memory.buffer).getUint32(answer, true);
    const text = new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, answer + 4, length));
    wasm.release(answer, 4 + length);
    return text;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('../src/assets/labs', import.meta.url));
  for (const script of scriptsIn(folder)) console.log((await lines(moduleOf(script))).join('\n'));
}
