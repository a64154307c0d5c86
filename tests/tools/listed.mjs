// Every template in templates/ is compiled: listed.mjs FILE… are those that templates/meson.build lists.
import {readdirSync} from 'node:fs'
import {dirname, join, resolve} from 'node:path'

const listed = process.argv.slice(2).map(file => resolve(file))
const missing = readdirSync(dirname(listed[0])).filter(name => name.endsWith('.html') && !listed.includes(join(dirname(listed[0]), name)))
console.log('1..1')
console.log(`${missing.length ? 'not ok' : 'ok'} 1 - templates__all_are_in_templates/meson.build`)
for (const name of missing) console.log(`# ${name} is not`)
process.exitCode = missing.length ? 1 : 0
