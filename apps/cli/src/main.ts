import { printable } from './output.ts'
import { runCommandLine } from './run-command-line.ts'

/** What a shell expects of a program that Ctrl-C ended. */
const interrupted = 130
const patienceMs = 500

const stop = new AbortController()
// A command that follows something ends by itself; what waits for an answer is not waited for.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    stop.abort()
    setTimeout(() => process.exit(interrupted), patienceMs).unref()
  })
// A reader that has seen enough (`vaxel call list | head`) is no mistake.
process.stdout.on('error', () => process.exit(0))

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: {
    line: (text) => void process.stdout.write(`${process.stdout.isTTY ? printable(text) : text}\n`),
    note: (text) => void process.stderr.write(`${printable(text)}\n`),
  },
  environment: process.env,
  signal: stop.signal,
})
