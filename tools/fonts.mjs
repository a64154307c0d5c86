// Cuts Onest to what Sturgeon writes, at weights 400–600: what every page needs in onest-latin and onest-cyrillic, rarer letters and signs in files of their own
// that a browser fetches when it meets one. Run by hand when the font changes; the files are kept, so that the build needs no font tool:
//   npm install --no-save subset-font && node tools/fonts.mjs
import {readFileSync, writeFileSync} from 'node:fs'
import subset from 'subset-font'

const range = (from, to) => Array.from({length: to - from + 1}, (_, i) => String.fromCharCode(from + i)).join('')
const from = new URL('../node_modules/@fontsource-variable/onest/files/', import.meta.url)
const to = new URL('../assets/fonts/', import.meta.url)

const latin = range(32, 126) + '\u00a0«»·×–—’“”…−€\u202f'
const cyrillic = 'АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюяЁЪЫЭёъыэ№'
const without = (all, some) => [...all].filter((letter) => !some.includes(letter)).join('')

const cuts = {
	'onest-latin.woff2': ['latin', latin],
	'onest-latin-more.woff2': ['latin', without(range(0xa1, 0xff) + '‘„•™↑↓', latin)],
	'onest-cyrillic.woff2': ['cyrillic', cyrillic],
	'onest-cyrillic-more.woff2': ['cyrillic', without(range(0x400, 0x45f), cyrillic)],
	'onest-hryvnia.woff2': ['cyrillic-ext', '₴'],
}
for (const [file, [part, text]] of Object.entries(cuts)) {
	const font = readFileSync(new URL(`onest-${part}-wght-normal.woff2`, from))
	const cut = await subset(font, text, {targetFormat: 'woff2', variationAxes: {wght: {min: 400, max: 600}}})
	writeFileSync(new URL(file, to), cut)
	console.log(file, cut.length)
}
