import { readFileSync } from 'node:fs'

const about = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

/** Of the platform that this command line belongs to; told in what it writes. */
export const programVersion = about.version
