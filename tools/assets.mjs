// Bundles files and writes them as one C file: assets.mjs --source assets --templates templates --out assets.c --depfile assets.d FILE …
// .css and .js are entry points for esbuild (which brings in fonts and packages); other files go as they are; icons.svg is made of the lucide icons that templates ({{icon:name}}) and scripts (icon('name')) name. Each is embedded raw
// and, where it helps, packed as gzip and as Brotli; its address holds the hash of its bytes, so it may be kept for ever. Same input, same output.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const { values: option, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { source: { type: 'string' }, templates: { type: 'string' }, out: { type: 'string' }, depfile: { type: 'string' } },
});
const types = {
  '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.wasm': 'application/wasm',
  '.png': 'image/png', '.webmanifest': 'application/manifest+json',
};
const icons_folder = fileURLToPath(new URL('../node_modules/lucide-static/icons', import.meta.url));
const read = new Set();
const assets = []; // {name, path, bytes}
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

function add(name, bytes, path) {
  const end = extname(name);
  assets.push({ name, path: path ?? `/assets/${basename(name, end)}.${hash(bytes)}${end}`, bytes: Buffer.from(bytes) });
}

// The name under assets/ of what esbuild copied.
function source(metafile, path) {
  const output = Object.entries(metafile.outputs).find(([name]) => resolve(name) === path)[1];
  return relative(option.source, Object.keys(output.inputs)[0]);
}

function bundle(entries) {
  const out = resolve(dirname(option.out), 'assets.tmp');
  const result = buildSync({
    entryPoints: entries, bundle: true, minify: true, write: false, metafile: true, outdir: out, format: 'iife', target: ['chrome123', 'firefox121', 'safari17.5'],
    loader: { '.woff2': 'file', '.svg': 'file' }, assetNames: '[name].[hash]', publicPath: '/assets', charset: 'utf8', legalComments: 'none', logLevel: 'warning',
  });
  for (const input of Object.keys(result.metafile.inputs)) read.add(resolve(input));
  const entry = new Set(entries.map((e) => basename(e)));
  for (const file of result.outputFiles) {
    const name = basename(file.path);
    if (entry.has(name)) add(name, file.contents);
    else add(source(result.metafile, file.path), file.contents, `/assets/${name}`); // what a style sheet names: esbuild has put the hash in
  }
}

function sprite() {
  const icons = new Set();
  const scan = (folder, pattern) => {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(html|js|mjs)$/.test(entry.name)) continue;
      const path = join(entry.parentPath ?? entry.path, entry.name);
      read.add(resolve(path));
      for (const found of readFileSync(path, 'utf8').matchAll(pattern)) icons.add(found[1]);
    }
  };
  scan(option.templates, /\{\{\s*icon:([a-z0-9-]+)/g);
  scan(option.source, /\bicon\('([a-z0-9-]+)'\)/g);
  const symbols = [...icons].sort().map((name) => {
    const path = join(icons_folder, `${name}.svg`);
    const svg = readFileSync(path, 'utf8');
    const inside = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)[1].replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inside}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

const entries = files.filter((f) => /\.(css|js)$/.test(f));
bundle(entries);
const plain = files.filter((f) => !entries.includes(f));
for (const file of plain.filter((f) => !f.endsWith('.webmanifest'))) {
  read.add(resolve(file));
  add(basename(file), readFileSync(file));
}
// The manifest names its icons as they lie in assets/; they are served under their hashes.
for (const file of plain.filter((f) => f.endsWith('.webmanifest'))) {
  read.add(resolve(file));
  add(basename(file), readFileSync(file, 'utf8').replace(/"src": "([^"]+)"/g, (_, name) => `"src": "${assets.find((a) => a.name === name).path}"`));
}
add('icons.svg', sprite());
assets.sort((a, b) => (a.path < b.path ? -1 : 1));

const folder = resolve(dirname(option.out), 'assets.bin');
mkdirSync(folder, { recursive: true });
const rows = [], blobs = [];
assets.forEach((asset, i) => {
  const packed = gzipSync(asset.bytes, { level: 9 });
  packed[9] = 255; // "unknown system": the same bytes everywhere
  const zip = packed.length < asset.bytes.length * 0.9;
  const embed = (suffix, bytes) => {
    const file = join(folder, `${i}${suffix}`);
    writeFileSync(file, bytes);
    blobs.push(`BLOB(asset_${i}${suffix}, "${file}")`);
    return `asset_${i}${suffix}`;
  };
  const brotli = zip && brotliCompressSync(asset.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: asset.bytes.length } });
  const raw = embed('', asset.bytes), gz = zip ? embed('z', packed) : 'NULL', br = zip ? embed('b', brotli) : 'NULL';
  rows.push(`\t{"${asset.name}", "${asset.path}", "${types[extname(asset.path)]}", ${raw}, ${gz}, ${br}, ${asset.bytes.length}, ${zip ? packed.length : 0}, ${zip ? brotli.length : 0}, true},`);
});
writeFileSync(option.out, `#include "web/asset.h"

#define BLOB(name, file) \\
\textern const unsigned char name[]; \\
\t__asm__(".section .rodata\\n.balign 16\\n" #name ":\\n.incbin \\"" file "\\"\\n.byte 0\\n.previous\\n");

${blobs.join('\n')}

const struct asset assets[] = {
${rows.join('\n')}
};
const size_t assets_count = ${rows.length};
`);
writeFileSync(option.depfile, `${relative('.', option.out)}: ${[...read].sort().map((f) => f.replaceAll(' ', '\\ ')).join(' ')}\n`);
