// Bundled twice, in two places, the assets are the same bytes under the same addresses; and what is packed holds the same as what is not: assets_same.mjs BUNDLER ROOT FILE…
import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {brotliDecompressSync, gunzipSync} from 'node:zlib'

const [bundler, root, ...files] = process.argv.slice(2)
const made = [1, 2].map(() => {
	const folder = mkdtempSync(join(tmpdir(), 'assets-'))
	try {
		execFileSync(process.execPath, [bundler, '--source', join(root, 'assets'), '--templates', join(root, 'templates'), '--out', join(folder, 'assets.c'),
			'--depfile', join(folder, 'assets.d'), ...files], {stdio: 'inherit'})
		const table = readFileSync(join(folder, 'assets.c'), 'utf8').replaceAll(folder, '')
		const bytes = readdirSync(join(folder, 'assets.bin')).sort().map(name => name + createHash('sha256').update(readFileSync(join(folder, 'assets.bin', name))).digest('hex'))
		const read = name => readFileSync(join(folder, 'assets.bin', name)), names = readdirSync(join(folder, 'assets.bin'))
		const packed = names.filter(name => /[bz]$/.test(name))
		const whole = packed.length > 5 && packed.every(name => (name.endsWith('b') ? brotliDecompressSync : gunzipSync)(read(name)).equals(read(name.slice(0, -1))))
		return {whole, table, bytes: bytes.join('\n'), count: bytes.length}
	} finally {
		rmSync(folder, {recursive: true})
	}
})
const same = made[0].table === made[1].table && made[0].bytes === made[1].bytes && made[0].count > 5
console.log('1..2')
console.log(`${same ? 'ok' : 'not ok'} 1 - assets__are_the_same_each_time`)
console.log(`${made[0].whole ? 'ok' : 'not ok'} 2 - assets__are_packed_without_loss`)
process.exitCode = same && made[0].whole ? 0 : 1
