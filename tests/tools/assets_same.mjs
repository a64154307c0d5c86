// Bundled twice, in two places, the assets are the same bytes under the same addresses: assets_same.mjs BUNDLER ROOT FILE…
import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

const [bundler, root, ...files] = process.argv.slice(2)
const made = [1, 2].map(() => {
	const folder = mkdtempSync(join(tmpdir(), 'assets-'))
	try {
		execFileSync(process.execPath, [bundler, '--source', join(root, 'assets'), '--templates', join(root, 'templates'), '--out', join(folder, 'assets.c'),
			'--depfile', join(folder, 'assets.d'), ...files], {stdio: 'inherit'})
		const table = readFileSync(join(folder, 'assets.c'), 'utf8').replaceAll(folder, '')
		const bytes = readdirSync(join(folder, 'assets.bin')).sort().map(name => name + createHash('sha256').update(readFileSync(join(folder, 'assets.bin', name))).digest('hex'))
		return {table, bytes: bytes.join('\n'), count: bytes.length}
	} finally {
		rmSync(folder, {recursive: true})
	}
})
const same = made[0].table === made[1].table && made[0].bytes === made[1].bytes && made[0].count > 5
console.log('1..1')
console.log(`${same ? 'ok' : 'not ok'} 1 - assets__are_the_same_each_time`)
process.exitCode = same ? 0 : 1
