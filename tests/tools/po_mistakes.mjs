// That the check of the translations finds what it is for.
import {mistakes, parse} from '../../tools/po.mjs'

const pot = parse(String.raw`
#: templates/a.html:3
msgid "Hello, {name}!"
msgstr ""

#: src/a.c:1
#, c-format
msgid "%d of %s"
msgstr ""

#: templates/a.html:4
#, c-format
msgid "100 % done"
msgstr ""

#: templates/a.html:5
msgid "See <a href=\"/x\">this</a>"
msgstr ""

#: templates/a.html:6
msgid "{count} call"
msgid_plural "{count} calls"
msgstr[0] ""
msgstr[1] ""
`)
const [hello, printf, percent, link, calls] = pot
const one = (text, flags = []) => ({forms: [text], flags})
const cases = [
	['lets a good one pass', hello, one('Вітаю, {name}!'), ''],
	['missing', hello, undefined, 'is not in po/uk'],
	['empty', hello, one(' '), 'no Ukrainian text'],
	['fuzzy', hello, one('Вітаю, {name}!', ['fuzzy']), 'fuzzy'],
	['a name lost', hello, one('Вітаю!'), 'other {names}'],
	['a name misspelt', hello, one('Вітаю, {nаme}!'), 'other {names}'],
	['a directive of another kind', printf, one('%s з %s'), 'other % directives'],
	['directives that are right', printf, one('%d з %s'), ''],
	['a percent sign in a template is no directive', percent, one('зроблено 100 %'), ''],
	['a tag lost', link, one('Дивіться тут'), 'other tags'],
	['a tag changed', link, one('Дивіться <a href="//evil">тут</a>'), 'other tags'],
	['a tag moved', link, one('<a href="/x">Тут</a> дивіться'), ''],
	['an apostrophe of a typewriter', hello, one("Ім'я: {name}"), 'apostrophe'],
	['quotes of a typewriter', hello, one('Вітаю, "{name}"'), 'quotes'],
	['a letter of another language', hello, one('Привет, мы тут, {name}'), 'letter'],
	['a plural form missing', calls, {forms: ['{count} дзвінок', '{count} дзвінки'], flags: []}, 'in form 2'],
	['a name lost in a plural form', calls, {forms: ['один дзвінок', '{count} дзвінки', '{count} дзвінків'], flags: []}, 'in form 0'],
	['a good plural', calls, {forms: ['{count} дзвінок', '{count} дзвінки', '{count} дзвінків'], flags: []}, ''],
]
console.log(`1..${cases.length}`)
cases.forEach(([name, entry, translated, wanted], n) => {
	const found = mistakes(entry, translated).join('; ')
	const good = wanted ? found.includes(wanted) : found === ''
	if (!good) process.exitCode = 1
	console.log(`${good ? 'ok' : 'not ok'} ${n + 1} - mistakes__${name}${good ? '' : ` # got “${found}”`}`)
})
