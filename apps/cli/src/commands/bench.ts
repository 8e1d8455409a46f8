import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, textOf } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'

/** The measurement is a program of its own, with a server of its own: a crash of either harms nothing here. */
const program = fileURLToPath(new URL('../../../../bench/capacity/main.ts', import.meta.url))
const leastSeconds = 5
const mostSeconds = 1800

export const benchCommands: readonly Command[] = [
  {
    name: 'bench',
    options: {
      seconds: { value: 'N', about: 'about how long it may take; 120 unless told' },
      apply: { about: 'write the limit to vaxel.json of the data folder, for the next start of the server' },
      data: { value: 'FOLDER', about: 'with --apply: the data folder (or VAXEL_DATA; default ./data)' },
      folder: { value: 'FOLDER', about: "for the temporary data: best on the disk of the server's data" },
    },
    summary: 'measure what this machine carries and propose the admission limit',
    details: [
      'Runs a server of its own on loopback, with data of its own that is removed afterwards; a live server and its data are',
      'not touched, but its calls share the machine: better not while people talk. Ctrl-C ends it at any time.',
      'With --apply nothing is written when something disturbed the measurement; the variable VAXEL_MAX_CALLS wins over the file.',
      'docs/scale.md tells how to read the card.',
    ].join('\n'),
    async run(typed, { api, out, json, environment, signal }) {
      const seconds = Number(textOf(typed, 'seconds') ?? 120)
      if (!(seconds >= leastSeconds && seconds <= mostSeconds))
        throw new Failure(`--seconds is a number from ${leastSeconds} to ${mostSeconds}.`, exitCodes.usage)
      const folder = textOf(typed, 'folder')
      const data = resolve(textOf(typed, 'data') ?? (environment.VAXEL_DATA || './data'))
      const apply = typed.options.apply === true ? ['--apply', join(data, 'vaxel.json')] : []
      if (apply.length > 0 && environment.VAXEL_MAX_CALLS)
        out.note('Note: VAXEL_MAX_CALLS is set here; where the server has it too, it wins over what is written.')
      const args = ['--seconds', String(seconds), '--url', api.url, ...apply, ...(json ? ['--json'] : [])]
      const child = spawn(process.execPath, [program, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...environment, ...(folder !== undefined && { TMPDIR: folder }) },
      })
      const stop = (): void => void child.kill('SIGTERM')
      signal.addEventListener('abort', stop)
      let card = ''
      child.stdout.on('data', (bytes: Buffer) => (card += bytes.toString()))
      child.stderr.on('data', (bytes: Buffer) => out.note(bytes.toString().trimEnd()))
      const code = await new Promise<number | null>((resolve, reject) => {
        child.on('close', resolve)
        child.on('error', reject)
      })
      signal.removeEventListener('abort', stop)
      if (code !== 0) throw new Failure(signal.aborted ? 'Stopped; nothing is left of it.' : 'Nothing was measured.')
      out.line(card.trimEnd())
    },
  },
]
