// Cuts Onest to what Sturgeon writes: Latin with western letters, Ukrainian and its neighbours, the hryvnia, a few signs; weights
// 400–700. Run by hand when the font changes; the four files are kept, so that the build needs no font tool:
//   npm install --no-save subset-font && node tools/fonts.mjs
import {readFileSync, writeFileSync} from 'node:fs'
import subset from 'subset-font'

const range = (from, to) => Array.from({length: to - from + 1}, (_, i) => String.fromCharCode(from + i)).join('')
const from = new URL('../node_modules/@fontsource-variable/onest/files/', import.meta.url)
const to = new URL('../assets/fonts/', import.meta.url)

const cuts = {
	'onest-latin.woff2': ['latin', range(32, 126) + '\u00a0§©«»°±²³·×÷–—‘’“”„•…−€™éèüöäßóçñáíú↑↓\u2009\u202f\u2011'],
	'onest-cyrillic.woff2': ['cyrillic', range(0x400, 0x45f) + 'Ґґ№\u0301'],
	'onest-hryvnia.woff2': ['cyrillic-ext', '₴'],
	'onest-signs.woff2': ['math', '→←≈≥≤√'],
}
for (const [file, [part, text]] of Object.entries(cuts)) {
	const font = readFileSync(new URL(`onest-${part}-wght-normal.woff2`, from))
	writeFileSync(new URL(file, to), await subset(font, text, {targetFormat: 'woff2', variationAxes: {wght: {min: 400, max: 700}}}))
}
