// The cases of tmplc_*.json as one C file of templates, compiled by tmplc.
//
//   node tmplc_cases.mjs compile TMPLC OUT.c ICONS LABELS CASES.json…   templates for test_tmpl.c: the case number N of all is "cN"
//   node tmplc_cases.mjs refused TMPLC ICONS LABELS CASES.json…         TAP: each is refused, at its place, with its reason
//
// Names of partials are a case's own, so each gets the case's number.
import {execFileSync, spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

const [what, tmplc, ...rest] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'tmplc-'))
const read = files => files.flatMap(file => JSON.parse(readFileSync(file, 'utf8')))

function write(cases) {
	const files = []
	const put = (name, text) => {
		const file = join(folder, name + '.html')
		writeFileSync(file, text)
		files.push(file)
	}
	cases.forEach((one, n) => {
		const partials = Object.keys(one.partials ?? {})
		const own = text => partials.reduce(
			(all, name) => all.replace(new RegExp(`\\{\\{([<>/])(\\s*)${name}(\\s*)\\}\\}`, 'g'), `{{$1$2c${n}_${name}$3}}`), text)
		put(`c${n}`, own(one.template))
		for (const name of partials) put(`c${n}_${name}`, own(one.partials[name]))
	})
	return files
}

let failed = 0
try {
	if (what === 'compile') {
		const [out, icons, labels, ...files] = rest
		execFileSync(tmplc, ['--root', folder, '--prefix', 'cases', '--icons', icons, '--labels', labels, '--symbol', 'tmpl_cases', '-o', out, ...write(read(files))], {stdio: 'inherit'})
	} else {
		const [icons, labels, ...files] = rest
		const cases = read(files)
		console.log(`1..${cases.length}`)
		cases.forEach((one, n) => {
			const partials = Object.entries(one.partials ?? {})
			const all = [['page', one.template], ...partials].map(([name, text]) => {
				const file = join(folder, name + '.html')
				writeFileSync(file, text)
				return file
			})
			const run = spawnSync(tmplc, ['--root', folder, '--prefix', 'templates', '--icons', icons, '--labels', labels, '-o', join(folder, 'out.c'), ...all], {encoding: 'utf8'})
			const good = run.status === 1 && run.stderr.includes(`templates/page.html:${one.error}`)
			console.log(`${good ? 'ok' : 'not ok'} ${n + 1} - tmplc__refuses: ${one.name}`)
			if (!good) {
				failed = 1
				console.log(`# wanted templates/page.html:${one.error}\n# got (${run.status}) ${run.stderr.replace(/\n/g, '\n# ')}`)
			}
		})
	}
} finally {
	rmSync(folder, {recursive: true})
}
process.exit(failed)
