// A program of its own: reads sentences aloud into files. One request a line on standard input, one answer a line on standard output:
//   {"file":"/…/sv/today.wav","language":"sv","text":"i dag"}  ->  {"file":"/…","problem":"…"}
// The voice is espeak-ng (docs/decisions/0117); nothing else of the platform loads it.
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import ESpeakNg from 'espeak-ng'
import type { SpeakAnswer, SpeakRequest } from './speak-request.ts'
import { toPrompt } from './to-prompt.ts'

const voices = { en: 'en-gb', sv: 'sv', fr: 'fr' } as const

/** What the voice says, as the WAV file that it writes. */
async function speak({ language, text }: SpeakRequest): Promise<Uint8Array> {
  const output = 'out.wav'
  const speaker = await ESpeakNg({
    arguments: ['-v', voices[language], '-s', '150', '-p', '45', '-g', '2', '-w', output, '--', text],
    print: () => {},
    printErr: () => {},
  })
  return speaker.FS.readFile(output)
}

async function answer(request: SpeakRequest): Promise<SpeakAnswer> {
  const { file } = request
  try {
    const sound = toPrompt(await speak(request))
    await mkdir(dirname(file), { recursive: true })
    const aside = `${file}.${process.pid}.part`
    await writeFile(aside, sound)
    await rename(aside, file)
    return { file }
  } catch (error) {
    return { file, problem: String(error) }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const reply = await answer(JSON.parse(line) as SpeakRequest)
  process.stdout.write(`${JSON.stringify(reply)}\n`)
}
