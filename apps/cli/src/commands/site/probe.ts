import { probeExitText, probeFlags, runProbeCommand } from '@vaxel/probe'
import type { Command } from '../../command.ts'
import { Failure } from '../../failure.ts'
import { programVersion } from '../../program-version.ts'

export const siteProbeCommands: readonly Command[] = [
  {
    name: 'site probe',
    words: ['TARGET?'],
    options: probeFlags,
    summary: 'check from this machine whether a site is ready',
    details: [
      'TARGET is the server to check, or the link that a site was sent. The same probe as one file, for machines without Vaxel:',
      'https://SERVER/downloads/vaxel-probe.mjs, run by Node.js 20 or later. docs/probe.md tells what is measured and how.',
      probeExitText,
    ].join('\n'),
    async run({ words, options }, { out, environment, signal }) {
      const { target } = words
      const code = await runProbeCommand(
        { ...(target !== undefined && { target }), options },
        { line: out.line, note: out.note, environment, version: programVersion, signal },
      )
      // What there is to say has been said; only the exit code is left to tell.
      if (code !== 0) throw new Failure('', code)
    },
  },
]
