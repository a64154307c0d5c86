// Messages: what the sources say, and whether po/uk says all of it.
//
//   node po.mjs pot OUT.pot PAGES.c                 extracts with xgettext from src/, labels.def and the compiled templates
//   node po.mjs check PLURALS PAGES.c FILE.po…      TAP: nothing untranslated, nothing doubtful, nothing lost on the way
//
// PLURALS prints the plural form of each number from 0 as the program computes it.
import {execFileSync} from 'node:child_process'
import {readFileSync, readdirSync, writeFileSync} from 'node:fs'
import {dirname, join, relative, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const keywords = ['N_', 'NC_:1c,2', 'tr:2', 'tr_c:2c,3', 'tr_n:2,3', 'tr_cn:2c,3,4', 'tmpl_t:2', 'tmpl_tc:2c,3', 'tmpl_tn:2,3', 'tmpl_tcn:2c,3,4']
const formats = ['buf_printf:2', 'arena_printf:2', 'cli_usage:1', 'cli_fail:1']

function sources(folder) {
	return readdirSync(join(root, folder), {withFileTypes: true}).flatMap(entry => {
		const path = `${folder}/${entry.name}`
		if (entry.isDirectory()) return sources(path)
		return /\.c$|^labels\.def$/.test(entry.name) ? [path] : []
	}).sort()
}

function extract(pages) {
	const options = ['-L', 'C', '--from-code=UTF-8', '--no-wrap', '-k', ...keywords.map(k => `-k${k}`), ...formats.map(f => `--flag=${f}:c-format`),
		'--package-name=sturgeon', '-o', '-', ...sources('src'), relative(root, resolve(pages))]
	return execFileSync('xgettext', options, {cwd: root, encoding: 'utf8', maxBuffer: 1 << 26})
		.replace(/^"POT-Creation-Date.*\n/m, '')
}

// Entries of a PO file: {context, id, plural, forms, flags, references}; obsolete ones are left out.
export function parse(text) {
	return text.split(/\n[ \t]*\n/).flatMap(block => {
		const entry = {context: '', id: null, plural: null, forms: [], flags: [], references: []}
		let add = null
		for (const line of block.split('\n')) {
			const match = line.match(/^(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? *)?"(.*)"$/)
			if (line.startsWith('#,')) entry.flags.push(...line.slice(2).split(',').map(f => f.trim()))
			if (line.startsWith('#:')) entry.references.push(...line.slice(2).trim().split(/\s+/))
			if (!match) continue
			const [, word, form, quoted] = match
			if (word === 'msgctxt') add = s => { entry.context += s }
			if (word === 'msgid') entry.id = '', add = s => { entry.id += s }
			if (word === 'msgid_plural') entry.plural = '', add = s => { entry.plural += s }
			if (word === 'msgstr') {
				const n = Number(form ?? 0)
				entry.forms[n] = ''
				add = s => { entry.forms[n] += s }
			}
			add(JSON.parse(`"${quoted}"`))
		}
		return entry.id === null ? [] : [entry]
	})
}

const sorted = list => [...list].sort().join(' ')
const placeholders = text => sorted(text.match(/\{[a-zA-Z_.-][\w.-]*\}/g) ?? [])
const unique = text => [...new Set(text.split(' '))].join(' ')
const tags = text => sorted(text.match(/<[^>]*>/g) ?? [])
const directives = text => (text.match(/%(?:\d+\$)?[-+ #0]*[\d.*]*(?:hh|h|ll|l|j|z|t)?[a-zA-Z%]/g) ?? []).join(' ')

// What is wrong with a translation of an entry; nothing where it is good.
export function mistakes(entry, translated) {
	if (!translated) return ['is not in po/uk']
	const found = [], inTemplate = entry.references.every(r => r.startsWith('templates/'))
	if (translated.flags.includes('fuzzy')) found.push('is fuzzy, or translated in two ways in two files')
	const wanted = entry.plural === null ? 1 : 3
	for (let form = 0; form < wanted; form++) {
		const text = translated.forms[form] ?? '', like = entry.plural ?? entry.id, where = wanted > 1 ? ` in form ${form}` : ''
		if (!text.trim()) {
			found.push(`has no Ukrainian text${where}`)
			continue
		}
		if (unique(placeholders(text)) !== unique(placeholders(like))) found.push(`has other {names}${where}: “${text}”`)
		if (tags(text) !== tags(like)) found.push(`has other tags${where}: “${text}”`)
		if (entry.flags.includes('c-format') && !inTemplate && directives(text) !== directives(like)) found.push(`has other % directives${where}: “${text}”`)
		const words = text.replace(/<[^>]*>/g, '')
		if (/[а-яіїєґ]['`][а-яіїєґ]/i.test(words)) found.push(`writes an apostrophe other than ’${where}: “${text}”`)
		if (/"/.test(words)) found.push(`writes quotes other than «»${where}: “${text}”`)
		if (/[ыэъё]/i.test(words)) found.push(`has a letter that Ukrainian does not have${where}: “${text}”`)
	}
	return found
}

function check(plurals, pages, files) {
	const results = []
	const say = (name, problems) => results.push([name, problems])
	const key = entry => `${entry.context}\u0004${entry.id}`

	const folder = dirname(resolve(files[0]))
	const listed = files.map(file => resolve(file))
	say('po__every_file_is_listed_in_po/meson.build', readdirSync(folder).filter(f => f.endsWith('.po') && !listed.includes(join(folder, f))))

	const forms = execFileSync(plurals, {encoding: 'utf8'}).trim().split('\n').map(Number)
	say('po__the_plural_rule_is_the_program’s', listed.flatMap(file => {
		const header = parse(readFileSync(file, 'utf8')).find(entry => entry.id === '')
		const rule = header?.forms[0].match(/nplurals=3; plural=([n0-9%=!<>&|?:() ]+);/)
		if (!rule) return [`${relative(root, file)}: no Plural-Forms with three forms`]
		const wrong = forms.findIndex((form, n) => Number(new Function('n', `return ${rule[1]}`)(n)) !== form)
		return forms.length > 1000 && wrong < 0 ? [] : [`${relative(root, file)}: ${wrong} has another form in the program`]
	}))

	let translated
	try {
		for (const file of listed) execFileSync('msgfmt', ['--check-format', '-o', '/dev/null', file], {stdio: 'pipe'})
		const merged = execFileSync('msgcat', ['--no-wrap', ...listed], {encoding: 'utf8', maxBuffer: 1 << 26})
		translated = new Map(parse(merged).map(entry => [key(entry), entry]))
		say('po__is_well_formed', [])
	} catch (error) {
		say('po__is_well_formed', String(error.stderr ?? error).split('\n').filter(Boolean))
		translated = new Map()
	}

	const wanted = parse(extract(pages)).filter(entry => entry.id !== '')
	say('po__there_are_messages', wanted.length > 20 ? [] : ['xgettext found next to nothing'])
	for (const entry of wanted) {
		const context = entry.context ? `(${entry.context}) ` : ''
		const found = mistakes(entry, translated.get(key(entry)))
		if (found.length) say(`po__${context}“${entry.id}”`, found.map(m => `${entry.references[0]}: ${m}`))
	}
	say(`po__all_${wanted.length}_messages_speak_Ukrainian`, results.some(([name, p]) => p.length && name.includes('“')) ? ['see above'] : [])

	const known = new Set(wanted.map(key))
	const unused = [...translated.values()].filter(entry => entry.id !== '' && !known.has(key(entry)))
	console.log(`1..${results.length}`)
	results.forEach(([name, problems], n) => {
		console.log(`${problems.length ? 'not ok' : 'ok'} ${n + 1} - ${name.replace(/#/g, '♯').replace(/\n/g, '⏎')}`)
		for (const problem of problems) console.log(`# ${problem.replace(/\n/g, '⏎')}`)
	})
	for (const entry of unused) console.log(`# not used any more: “${entry.id.replace(/\n/g, '⏎')}”`)
	return results.some(([, problems]) => problems.length) ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [what, ...rest] = process.argv.slice(2)
	if (what === 'pot') writeFileSync(rest[0], extract(rest[1]))
	else process.exitCode = check(rest[0], rest[1], rest.slice(2))
}
