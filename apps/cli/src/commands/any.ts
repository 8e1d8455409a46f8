import type { Command } from '../command.ts'
import { exitCodes, Failure } from '../failure.ts'

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

function parseBody(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new Failure(`BODY is not JSON: ${(error as Error).message}.`, exitCodes.usage)
  }
}

/** Whatever the API can do, also where no command is made for it. */
export const anyCommands: readonly Command[] = [
  {
    name: 'api',
    words: ['METHOD', 'PATH', 'BODY?'],
    summary: 'any request to the API, e.g. vaxel api PATCH /api/v1/companies/ID \'{"name":"New"}\'',
    details: 'Prints the JSON of the answer. What there is: GET /api/openapi.json.',
    async run({ words }, { api, out }) {
      const method = words.method!.toUpperCase()
      if (!methods.includes(method)) throw new Failure(`METHOD is one of ${methods.join(', ')}.`, exitCodes.usage)
      if (!words.path!.startsWith('/')) throw new Failure('PATH begins with a slash.', exitCodes.usage)
      const answer = await api.request(method, words.path!, parseBody(words.body))
      if (typeof answer === 'string') out.line(answer)
      else if (answer !== undefined) out.line(JSON.stringify(answer, undefined, 2))
    },
  },
]
