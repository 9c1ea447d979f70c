// node serve.mjs DIR [--prefix /sub/path] [--port N]: a small static server, to open a built book at the root or below a path.
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json', '.wasm': 'application/wasm', '.woff2': 'font/woff2', '.png': 'image/png', '.txt': 'text/plain; charset=utf-8' };

/** Serves `dir` on 127.0.0.1 below `prefix`; resolves to its address and a way to stop it. */
export function serve(dir, { prefix = '/', port = 0 } = {}) {
  const root = resolve(dir);
  const lead = `/${prefix}/`.replace(/\/+/g, '/');
  const server = createServer(async (request, response) => {
    const send = (code, type, body) => {
      response.writeHead(code, { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
      response.end(body);
    };
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    let file = path.startsWith(lead) ? normalize(join(root, path.slice(lead.length))) : '';
    if (file !== root && !file.startsWith(root + sep)) return send(404, 'text/plain', 'not found');
    try {
      if ((await stat(file)).isDirectory()) file = join(file, 'index.html');
      send(200, TYPES[extname(file)] ?? 'application/octet-stream', await readFile(file));
    } catch {
      send(404, TYPES['.html'], await readFile(join(root, '404.html')).catch(() => 'not found'));
    }
  });
  return new Promise((yes, no) => {
    server.on('error', no);
    server.listen(port, '127.0.0.1', () => yes({
      base: `http://127.0.0.1:${server.address().port}${lead}`,
      close: () => { server.close(); server.closeAllConnections(); },
    }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const take = name => { const at = args.indexOf(name); return at < 0 ? undefined : args.splice(at, 2)[1]; };
  const prefix = take('--prefix');
  const port = Number(take('--port') ?? 0);
  if (args.length !== 1 || !Number.isInteger(port) || port < 0 || port > 65535) {
    console.error('usage: node serve.mjs DIR [--prefix /sub/path] [--port N]');
    process.exit(2);
  }
  console.log((await serve(args[0], { prefix, port })).base);
}
